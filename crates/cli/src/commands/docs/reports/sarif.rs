//! Findings as a SARIF 2.1.0 log.

use std::fmt::Write;

use estoppel_docs_check::{Finding, Place, Rule, Severity, rules};
use serde_json::{Value, json};

/// The log of one run.
pub(super) fn log(findings: &[Finding]) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "estoppel docs check",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules().iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn descriptor(rule: &Rule) -> Value {
    let explanation = rule.explanation();
    let told = explanation.lines().skip(1).take_while(|line| !line.starts_with("##"));
    let first = told.collect::<Vec<_>>().join(" ");
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": first.trim()},
        "help": {"text": explanation, "markdown": explanation},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [rule.group.as_str()]},
    })
}

fn result(finding: &Finding) -> Value {
    let related = finding.occurrences.iter().enumerate().map(|(id, place)| {
        let mut location = location(place);
        if let Some(location) = location.as_object_mut() {
            location.insert("id".to_owned(), id.into());
            location.insert("message".to_owned(), json!({"text": place.label}));
        }
        location
    });
    let index = rules().iter().position(|rule| rule.id == finding.rule);
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": {"text": format!("{}: {}", finding.message, finding.help)},
        "locations": [location(&finding.place)],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": {"estoppel/v1": finding.fingerprint},
    })
}

fn location(place: &Place) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": {"uri": uri(&place.file)},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a reference: bytes that references do not have stand as percent and two digits.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/._~-".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a text never fails.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("docs/a b.md"), "docs/a%20b.md");
        assert_eq!(uri("é"), "%C3%A9");
    }
}
