//! What of a call may be shown.

use std::{borrow::Cow, collections::BTreeSet};

use http::{HeaderMap, HeaderName, header};
use serde_json::{Map, Value, json};

/// What stands for a value that is not shown.
const HIDDEN: &str = "[redacted]";

/// Longest text that is shown whole, in characters.
const TEXT_MAX: usize = 2_000;

/// A body as it may be shown: JSON with the values of `showable` members, or its size. Long text is cut.
pub(crate) fn body(bytes: &[u8], showable: &BTreeSet<String>) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    match serde_json::from_slice::<Value>(bytes) {
        Ok(mut document) if document.is_object() || document.is_array() => {
            hide(&mut document, showable);
            document
        }
        Ok(_) => Value::from(HIDDEN),
        Err(_) => json!({"notJson": true, "bytes": bytes.len()}),
    }
}

fn hide(document: &mut Value, showable: &BTreeSet<String>) {
    match document {
        Value::Object(members) => {
            for (name, value) in members {
                if showable.contains(name) {
                    hide(value, showable);
                } else {
                    *value = Value::from(HIDDEN);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, showable)),
        Value::String(text) if text.chars().count() > TEXT_MAX => {
            let start: String = text.chars().take(64).collect();
            *text = format!("{start}… ({} characters)", text.chars().count());
        }
        _ => {}
    }
}

/// A query as it may be shown: its names, and the values of those that are `showable`.
pub(crate) fn query<'q>(
    pairs: impl Iterator<Item = (Cow<'q, str>, Cow<'q, str>)>,
    showable: &BTreeSet<String>,
) -> Value {
    let shown = |name: &str, value: Cow<'q, str>| {
        if showable.contains(name) { value.into_owned() } else { HIDDEN.to_owned() }
    };
    pairs.map(|(name, value)| json!({"name": name, "value": shown(&name, value)})).collect()
}

/// Headers whose values hold no secret.
const SHOWN_HEADERS: [HeaderName; 7] = [
    header::ACCEPT,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPECT,
    header::HOST,
    header::TRANSFER_ENCODING,
    header::USER_AGENT,
];

/// Headers as they may be shown.
pub(crate) fn headers(headers: &HeaderMap) -> Value {
    let shown: Map<String, Value> = headers
        .iter()
        .map(|(name, value)| {
            let is_shown = SHOWN_HEADERS.contains(name);
            let text = if is_shown { String::from_utf8_lossy(value.as_bytes()) } else { HIDDEN.into() };
            (name.to_string(), Value::from(text.into_owned()))
        })
        .collect();
    Value::Object(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_contract_names_is_shown() {
        let showable = BTreeSet::from(["a".to_owned(), "c".to_owned()]);
        let shown = body(br#"{"a":[{"secret":"x"}],"client_secret":{"b":1},"c":2}"#, &showable);
        assert_eq!(shown, json!({"a": [{"secret": HIDDEN}], "client_secret": HIDDEN, "c": 2}));
        assert_eq!(body(b"", &showable), Value::Null);
        assert_eq!(body(b"\"text\"", &showable), HIDDEN);
        assert_eq!(body(b"\xFF", &showable), json!({"notJson": true, "bytes": 1}));
        let pairs = [("a".into(), "1".into()), ("access_token".into(), "x".into())];
        let expected = json!([{"name": "a", "value": "1"}, {"name": "access_token", "value": HIDDEN}]);
        assert_eq!(query(pairs.into_iter(), &showable), expected);
    }
}
