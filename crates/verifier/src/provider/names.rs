//! What the steps of a story captured, by name.

use std::collections::BTreeMap;

use estoppel_contract::{Operation, Step};
use serde_json::{Map, Value};
use thiserror::Error;

use super::call::Call;

/// A step names something that no step before it captured.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no step before it captured `{0}`")]
pub struct UnknownName(pub String);

/// What the steps of a story captured in one world.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<&'static str, Value>);

impl Names {
    /// Keeps a value under a name.
    pub fn keep(&mut self, name: &'static str, value: Value) {
        self.0.insert(name, value);
    }

    /// A step's call, with every name resolved.
    pub(super) fn call<'c>(&self, operation: &'c Operation, step: &Step) -> Result<Call<'c>, UnknownName> {
        let parameters = step.parameters.iter().map(|(name, text)| Ok((*name, self.text(text)?)));
        Ok(Call {
            operation,
            parameters: parameters.collect::<Result<_, _>>()?,
            body: step.body.as_ref().map(|body| self.value(body)).transpose()?,
            url: step.url.as_ref().map(|url| self.text(url)).transpose()?,
        })
    }

    /// A value with the names in its text resolved. Text that is only a name becomes the value itself.
    pub fn value(&self, template: &Value) -> Result<Value, UnknownName> {
        Ok(match template {
            Value::String(text) => match self.whole(text) {
                Some(value) => value.clone(),
                None => Value::String(self.text(text)?),
            },
            Value::Array(items) => {
                Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?)
            }
            Value::Object(members) => {
                let members = members.iter().map(|(name, member)| Ok((name.clone(), self.value(member)?)));
                Value::Object(members.collect::<Result<Map<_, _>, _>>()?)
            }
            other => other.clone(),
        })
    }

    /// Text with its names resolved.
    pub fn text(&self, template: &str) -> Result<String, UnknownName> {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((literal, tail)) = rest.split_once('{') {
            text.push_str(literal);
            let Some((name, after)) = tail.split_once('}').filter(|(name, _)| is_name(name)) else {
                text.push('{');
                rest = tail;
                continue;
            };
            match self.0.get(name) {
                Some(Value::String(value)) => text.push_str(value),
                Some(value) => text.push_str(&value.to_string()),
                None => return Err(UnknownName(name.to_owned())),
            }
            rest = after;
        }
        text.push_str(rest);
        Ok(text)
    }

    fn whole(&self, text: &str) -> Option<&Value> {
        let name = text.strip_prefix('{')?.strip_suffix('}')?;
        self.0.get(name)
    }
}

/// Whether text between braces is a name; what is not stands for itself, such as JSON within text.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(template: &Value, expected: Result<Value, &str>) {
        let mut names = Names::default();
        names.keep("claimId", json!("c-1"));
        names.keep("total", json!(3));
        let expected = expected.map_err(|name| UnknownName(name.to_owned()));
        assert_eq!(names.value(template), expected);
    }

    #[test]
    fn names_are_resolved_wherever_text_stands() {
        check(&json!({"a": ["{claimId}", "no {claimId}/{total}"]}), Ok(json!({"a": ["c-1", "no c-1/3"]})));
        check(&json!("{total}"), Ok(json!(3)));
        check(&json!("a { b"), Ok(json!("a { b")));
        check(&json!(r#"{"id":"{total}"} {}"#), Ok(json!(r#"{"id":"3"} {}"#)));
        check(&json!(r#"{"id":"98"}"#), Ok(json!(r#"{"id":"98"}"#)));
        check(&json!("{other}"), Err("other"));
    }
}
