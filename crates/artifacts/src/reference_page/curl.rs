//! Command lines that call an operation of the replay server.

use estoppel_contract::{Auth, Contract, Operation};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use crate::{
    ArtifactError,
    delivery::shell_quoted,
    examples::{self, Examples},
    member::{Member, Need, members},
    open_api::{credential_headers, sandbox_url},
};

/// Characters that a query cannot hold as they are.
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>');

/// A command line that calls the operation with its examples.
///
/// Of the query it has what must be there and what declares an example. What has no example is its name in capitals.
pub(super) fn command(
    contract: &Contract,
    operation: &Operation,
    examples: &Examples,
) -> Result<String, ArtifactError> {
    let mut values = Vec::new();
    for parameter in members(&operation.path_parameters) {
        values.push((parameter.name, value(contract, examples, &parameter)?));
    }
    let of =
        |name: &str| values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
    let mut url = format!("{}{}", sandbox_url(contract), operation.path.expand(of));
    for parameter in members(&operation.query) {
        if parameter.need == Need::Always || !examples::declared(parameter.schema).is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(parameter.name);
            url.push('=');
            url.extend(utf8_percent_encode(&value(contract, examples, &parameter)?, QUERY));
        }
    }
    let mut words = vec!["curl".to_owned()];
    if operation.spec.method.as_str() != "GET" {
        words.push(format!("-X {}", operation.spec.method));
    }
    words.push(shell_quoted(&url));
    if operation.spec.auth == Auth::Bearer {
        words.push(r#"-H "Authorization: Bearer $TOKEN""#.to_owned());
        let headers = credential_headers(contract).iter();
        words.extend(headers.map(|header| {
            format!("-H {}", shell_quoted(&format!("{}: {}", header.name, header.test_value)))
        }));
    }
    if let Some(body) = operation.body.as_ref().and_then(|body| examples.of_schema(body)) {
        words.push("-H 'Content-Type: application/json'".to_owned());
        words.push(format!("--data-binary {}", shell_quoted(&body.to_string())));
    }
    Ok(words.join(" \\\n  "))
}

/// A value of a parameter.
fn value(contract: &Contract, examples: &Examples, parameter: &Member<'_>) -> Result<String, ArtifactError> {
    let example = examples.of_parameter(contract, parameter.name, parameter.schema)?;
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Ok(example.as_ref().map_or_else(|| placeholder(parameter.name), text))
}

/// `claimId` as `CLAIM_ID`.
fn placeholder(name: &str) -> String {
    let mut placeholder = String::with_capacity(name.len() + 4);
    for character in name.chars().filter(|character| character.is_alphanumeric()) {
        if character.is_uppercase() && !placeholder.is_empty() {
            placeholder.push('_');
        }
        placeholder.extend(character.to_uppercase());
    }
    placeholder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_names_in_capitals() {
        for (name, expected) in [("claimId", "CLAIM_ID"), ("$expand", "EXPAND"), ("id", "ID")] {
            assert_eq!(placeholder(name), expected);
        }
    }
}
