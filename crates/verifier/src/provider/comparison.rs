//! How two JSON values of the two worlds differ.

use serde_json::{Map, Value};

use super::correspondence::{Correspondence, TextDifference};
use crate::{Rule, redaction::Redaction};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) rule: Rule,
    /// The JSON pointer of the place; absent where the difference is not in the body.
    pub(super) pointer: Option<String>,
    pub(super) expected: String,
    pub(super) actual: String,
}

/// Compares what the simulator answered with what the server answered.
#[derive(Debug)]
pub(super) struct Comparison<'c> {
    pub(super) correspondence: &'c mut Correspondence,
    /// Pointers whose values are the server's own; `*` stands for any one step.
    pub(super) varies: &'c [String],
    pub(super) redaction: &'c Redaction,
    pub(super) differences: Vec<Difference>,
}

impl Comparison<'_> {
    /// Compares two values at a place.
    pub(super) fn compare(&mut self, pointer: &str, model: &Value, server: &Value) {
        if self.varies.iter().any(|pattern| fits(pattern, pointer)) {
            if kind(model) != kind(server) {
                self.differ(Rule::ReplyValue, pointer, kind(model).to_owned(), kind(server).to_owned());
            }
            return;
        }
        match (model, server) {
            (Value::Object(model), Value::Object(server)) => self.members(pointer, model, server),
            (Value::Array(model), Value::Array(server)) => self.items(pointer, model, server),
            (Value::String(text), Value::String(other)) => match self.correspondence.text(text, other) {
                Ok(()) => {}
                Err(difference) => {
                    let rule = match difference {
                        TextDifference::Link => Rule::ReplyLink,
                        TextDifference::Value => Rule::ReplyValue,
                    };
                    let expected = Value::String(self.correspondence.translated(text));
                    self.differ(
                        rule,
                        pointer,
                        self.redaction.value(pointer, &expected),
                        self.shown(pointer, server),
                    );
                }
            },
            (Value::Number(number), Value::Number(other)) => {
                if number != other && number.as_f64() == other.as_f64() {
                    let expected = format!("{number}, without a fraction");
                    self.differ(Rule::ReplyNumberForm, pointer, expected, other.to_string());
                } else if number != other {
                    self.differ(Rule::ReplyValue, pointer, number.to_string(), other.to_string());
                }
            }
            _ if model == server => {}
            _ => self.differ(
                Rule::ReplyValue,
                pointer,
                self.shown(pointer, model),
                self.shown(pointer, server),
            ),
        }
    }

    fn members(&mut self, pointer: &str, model: &Map<String, Value>, server: &Map<String, Value>) {
        for (name, expected) in model {
            let place = format!("{pointer}/{}", escaped(name));
            if let Some(actual) = server.get(name) {
                self.compare(&place, expected, actual);
            } else {
                let expected = self.shown(&place, expected);
                self.differ(Rule::ReplyMemberMissing, &place, expected, "no such member".to_owned());
            }
        }
        for (name, actual) in server.iter().filter(|(name, _)| !model.contains_key(*name)) {
            let place = format!("{pointer}/{}", escaped(name));
            let actual = self.shown(&place, actual);
            self.differ(Rule::ReplyMemberExtra, &place, "no such member".to_owned(), actual);
        }
    }

    fn items(&mut self, pointer: &str, model: &[Value], server: &[Value]) {
        if model.len() != server.len() {
            let place = self.first_difference(pointer, model, server);
            let shown = |items: &[Value]| match items.get(place) {
                Some(item) => {
                    let item = self.redaction.value(&format!("{pointer}/{place}"), item);
                    format!("{} items, at {place} {item}", items.len())
                }
                None => format!("{} items", items.len()),
            };
            let (expected, actual) = (shown(model), shown(server));
            self.differ(Rule::ReplyCount, pointer, expected, actual);
            return;
        }
        for (index, (expected, actual)) in model.iter().zip(server).enumerate() {
            self.compare(&format!("{pointer}/{index}"), expected, actual);
        }
    }

    /// The first place at which two arrays differ, or the end of the shorter one.
    fn first_difference(&self, pointer: &str, model: &[Value], server: &[Value]) -> usize {
        let same = model.iter().zip(server).enumerate().take_while(|(index, (expected, actual))| {
            let mut trial = Comparison {
                correspondence: &mut self.correspondence.clone(),
                varies: self.varies,
                redaction: self.redaction,
                differences: Vec::new(),
            };
            trial.compare(&format!("{pointer}/{index}"), expected, actual);
            trial.differences.is_empty()
        });
        same.count()
    }

    fn shown(&self, pointer: &str, value: &Value) -> String {
        self.redaction.value(pointer, value)
    }

    fn differ(&mut self, rule: Rule, pointer: &str, expected: String, actual: String) {
        let actual = if self.redaction.hides(pointer) && expected == actual {
            format!("{actual}, another value")
        } else {
            actual
        };
        self.differences.push(Difference { rule, pointer: Some(pointer.to_owned()), expected, actual });
    }
}

/// Whether a pointer fits a pattern with `*` for any one step.
fn fits(pattern: &str, pointer: &str) -> bool {
    let (mut pattern, mut pointer) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) => return true,
            (Some(wanted), Some(step)) if wanted == "*" || wanted == step => {}
            _ => return false,
        }
    }
}

/// A member's name as a step of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    fn check(model: &Value, server: &Value, expected: &[(Rule, &str)]) {
        let mut correspondence = Correspondence::new("http://model", "http://server", BTreeSet::new());
        let mut comparison = Comparison {
            correspondence: &mut correspondence,
            varies: &["/any/*/own".to_owned()],
            redaction: &Redaction::default(),
            differences: Vec::new(),
        };
        comparison.compare("", model, server);
        let actual: Vec<_> = comparison
            .differences
            .iter()
            .map(|difference| (difference.rule, difference.pointer.clone().unwrap_or_default()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(rule, place)| (*rule, (*place).to_owned())).collect();
        assert_eq!(actual, expected, "{server}");
    }

    #[test]
    fn every_difference_is_named_by_its_place() {
        let model =
            json!({"a": 1, "b": [{"c": "x"}, {"c": "y"}], "any": [{"own": 3}], "u": "http://model/p"});
        let server =
            json!({"a": 1, "b": [{"c": "x"}, {"c": "y"}], "any": [{"own": 9}], "u": "http://server/p"});
        check(&model, &server, &[]);
        let change = |pointer: &str, value: Value| {
            let mut server = server.clone();
            *server.pointer_mut(pointer).unwrap() = value;
            server
        };
        check(&model, &change("/a", json!(1.0)), &[(Rule::ReplyNumberForm, "/a")]);
        check(&model, &change("/a", json!("1")), &[(Rule::ReplyValue, "/a")]);
        check(&model, &change("/b/1/c", json!("z")), &[(Rule::ReplyValue, "/b/1/c")]);
        check(&model, &change("/b", json!([])), &[(Rule::ReplyCount, "/b")]);
        check(&model, &change("/any/0/own", json!("9")), &[(Rule::ReplyValue, "/any/0/own")]);
        check(&model, &change("/u", json!("/p")), &[(Rule::ReplyLink, "/u")]);
        check(
            &model,
            &change("/b/0", json!({"d": null})),
            &[(Rule::ReplyMemberMissing, "/b/0/c"), (Rule::ReplyMemberExtra, "/b/0/d")],
        );
    }
}
