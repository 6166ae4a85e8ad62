//! What of a call may be shown.

use std::collections::BTreeSet;

use http::{HeaderMap, header};
use serde_json::{Map, Value, json};

/// What stands for a value that is not shown.
const HIDDEN: &str = "[redacted]";

/// Longest text that is shown whole, in characters.
const TEXT_MAX: usize = 2_000;

/// A body as it may be shown: JSON with sensitive members hidden and long text cut, or its size.
pub(crate) fn body(bytes: &[u8], sensitive: &BTreeSet<String>) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    match serde_json::from_slice::<Value>(bytes) {
        Ok(mut document) => {
            hide(&mut document, sensitive);
            document
        }
        Err(_) => json!({"notJson": true, "bytes": bytes.len()}),
    }
}

fn hide(document: &mut Value, sensitive: &BTreeSet<String>) {
    match document {
        Value::Object(members) => {
            for (name, value) in members {
                if sensitive.contains(name) {
                    *value = Value::from(HIDDEN);
                } else {
                    hide(value, sensitive);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, sensitive)),
        Value::String(text) if text.chars().count() > TEXT_MAX => {
            *text = format!(
                "{}… ({} characters)",
                text.chars().take(64).collect::<String>(),
                text.chars().count()
            );
        }
        _ => {}
    }
}

/// Headers as they may be shown.
pub(crate) fn headers(headers: &HeaderMap) -> Value {
    let hidden = [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION];
    let shown: Map<String, Value> = headers
        .iter()
        .map(|(name, value)| {
            let text =
                if hidden.contains(name) { HIDDEN.into() } else { String::from_utf8_lossy(value.as_bytes()) };
            (name.to_string(), Value::from(text.into_owned()))
        })
        .collect();
    Value::Object(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sensitive_members_are_hidden_at_any_depth() {
        let sensitive = BTreeSet::from(["secret".to_owned()]);
        let shown = body(br#"{"a":[{"secret":"x"}],"secret":{"b":1},"c":2}"#, &sensitive);
        assert_eq!(shown, json!({"a": [{"secret": HIDDEN}], "secret": HIDDEN, "c": 2}));
        assert_eq!(body(b"", &sensitive), Value::Null);
        assert_eq!(body(b"\xFF", &sensitive), json!({"notJson": true, "bytes": 1}));
    }
}
