//! Findings as workflow commands, which a pull request shows beside its lines.

use std::fmt::Write;

use estoppel_docs_check::{Finding, Severity};

/// One command for each finding.
pub(super) fn lines(findings: &[Finding]) -> String {
    let mut lines = String::new();
    for finding in findings {
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let place = &finding.place;
        let elsewhere: Vec<String> = finding
            .occurrences
            .iter()
            .take(OCCURRENCES_MAX)
            .map(|place| format!("{}:{}", place.file, place.line))
            .collect();
        let also =
            if elsewhere.is_empty() { String::new() } else { format!("\nAlso at {}", elsewhere.join(", ")) };
        let message = format!("{}\n{}{also}", finding.message, finding.help);
        // Writing to a text never fails.
        let _ = writeln!(
            lines,
            "::{kind} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            property(&place.file),
            place.line,
            place.end_line,
            place.column,
            place.end_column,
            property(finding.rule),
            data(&message)
        );
    }
    lines
}

/// Other places beyond this many do not fit into an annotation.
const OCCURRENCES_MAX: usize = 10;

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use estoppel_docs_check::{Document, check};

    use super::lines;

    #[test]
    fn findings_become_commands() {
        let page = "# A\n\nKey | Description\n--|--\nsail |\n";
        let report = check(&[Document { name: "a,b.md", bytes: page.as_bytes() }], None);
        assert_eq!(
            lines(&report.findings),
            "::warning file=a%2Cb.md,line=5,endLine=5,col=1,endColumn=7,title=DOC-CELL-MISSING::\
             the row of `sail` has nothing under “Description”%0Afill the cell\n"
        );
    }
}
