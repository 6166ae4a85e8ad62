//! Bodies that the contract allows and that a receiver must accept.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    examiner::{Case, Examiner},
    payload::{Payloads, insert, without},
    schema_view::SchemaView,
};
use crate::{Check, Rule};

/// Text that is added to what people write.
const BEYOND_ASCII: &str = " – Zoë Núñez / 北京 😀 \"q\" <&>";
/// An amount that is a whole number.
const WHOLE: u64 = 10_222;
/// A time long ago, in seconds since the start of 1970.
const LONG_AGO_SECONDS: i64 = 1_000_000_000;
/// The day of it.
const LONG_AGO_DAY: &str = "2001-09-09";

type Body = Map<String, Value>;

impl<P: FnMut(&Check)> Examiner<'_, P> {
    /// Sends every kind of body that the contract allows.
    pub(super) async fn accept_payloads(&mut self, payloads: &Payloads<'_>) {
        for (place, example) in payloads.examples.iter().enumerate().skip(1) {
            let what = format!("example {} of its body", place + 1);
            self.accept(payloads, Rule::PayloadExample, what, example).await;
        }
        if payloads.examples.len() < 2 {
            self.skip(&[Rule::PayloadExample], "the contract has no further example of a body");
        }
        let complete = payloads.complete();
        let what = "a body with every documented member";
        let is_accepted = self.accept(payloads, Rule::PayloadComplete, what, &complete).await;
        let complete = if is_accepted { complete } else { payloads.base.clone() };
        let minimal = self.accept_minimal(payloads).await;
        self.accept_without_members(payloads).await;
        self.accept_unknown_members(payloads).await;
        self.accept_text(payloads, &complete).await;
        self.accept_whole_numbers(payloads, &complete).await;
        // Where the shortest or the longest body is not accepted that has been told: others then stand on the plain one.
        let shortest = minimal.as_ref().unwrap_or(&payloads.base);
        self.accept_failure(payloads, shortest).await;
        self.accept_words(payloads, shortest).await;
        self.accept_delayed(payloads, &complete).await;
    }

    async fn accept(
        &mut self,
        payloads: &Payloads<'_>,
        rule: Rule,
        what: impl Into<String>,
        body: &Body,
    ) -> bool {
        let letter = self.letter(payloads, body);
        self.expect_accepted(&Case::new(rule, &letter, what)).await
    }

    /// The shortest body, if it is accepted.
    async fn accept_minimal(&mut self, payloads: &Payloads<'_>) -> Option<Body> {
        let minimal = payloads.minimal();
        if minimal.is_empty() || !payloads.accepts(&minimal) {
            let reason = "the guaranteed members alone are no body that the schema allows";
            self.skip(&[Rule::PayloadMinimal], reason);
            return None;
        }
        let what = "a body with nothing but the guaranteed members";
        self.accept(payloads, Rule::PayloadMinimal, what, &minimal).await.then_some(minimal)
    }

    async fn accept_without_members(&mut self, payloads: &Payloads<'_>) {
        let optional: Vec<&String> =
            payloads.base.keys().filter(|name| !payloads.is_guaranteed(name)).collect();
        for name in optional {
            let body = without(&payloads.base, name);
            if payloads.accepts(&body) {
                let what = format!("a body without `{name}`");
                self.accept(payloads, Rule::PayloadMemberAbsent, what, &body).await;
            }
        }
        self.skip(&[Rule::PayloadMemberAbsent], "every member of the body is guaranteed");
    }

    async fn accept_unknown_members(&mut self, payloads: &Payloads<'_>) {
        let body = insert(&payloads.base, "estoppelAddedLater", json!("new"));
        let body = insert(&body, "estoppelAddedObject", json!({"members": [true, null], "since": 2}));
        if payloads.accepts(&body) {
            let what = "a body with members that are not documented yet";
            self.accept(payloads, Rule::PayloadMemberUnknown, what, &body).await;
        } else {
            self.skip(&[Rule::PayloadMemberUnknown], "the contract allows no member that it does not name");
        }
    }

    async fn accept_text(&mut self, payloads: &Payloads<'_>, complete: &Body) {
        for (name, value) in complete {
            let Some(schema) = payloads.view().member(name).filter(|_| !payloads.identifies(name)) else {
                continue;
            };
            let mut changed = value.clone();
            if !change(schema, &mut changed, &with_text) {
                continue;
            }
            let body = insert(&payloads.base, name, changed);
            if payloads.accepts(&body) {
                let what = format!("text beyond ASCII in `{name}`");
                self.accept(payloads, Rule::PayloadText, what, &body).await;
            }
        }
        self.skip(&[Rule::PayloadText], "no member of the body holds text that people write");
    }

    async fn accept_whole_numbers(&mut self, payloads: &Payloads<'_>, complete: &Body) {
        let whole = |schema: SchemaView<'_>, value: &mut Value| {
            let fits = schema.type_name() == Some("number") && value.is_number();
            if fits {
                *value = json!(WHOLE);
            }
            fits
        };
        match changed(payloads, complete, &whole) {
            Some(body) => {
                let what = format!("a body whose amounts are whole numbers, such as {WHOLE}");
                self.accept(payloads, Rule::PayloadWholeNumber, what, &body).await;
            }
            None => self.skip(&[Rule::PayloadWholeNumber], "no member of the body is an amount"),
        }
    }

    async fn accept_failure(&mut self, payloads: &Payloads<'_>, shortest: &Body) {
        let flags: Vec<String> = shortest
            .iter()
            .filter(|(name, value)| value.is_boolean() && payloads.is_guaranteed(name))
            .map(|(name, _)| name.clone())
            .collect();
        for name in flags {
            let body = insert(shortest, &name, json!(false));
            if payloads.accepts(&body) {
                let what = format!("a body in which `{name}` is false");
                self.accept(payloads, Rule::PayloadFailure, what, &body).await;
            }
        }
        self.skip(&[Rule::PayloadFailure], "no guaranteed member says whether something failed");
    }

    async fn accept_words(&mut self, payloads: &Payloads<'_>, shortest: &Body) {
        for (name, schema) in payloads.view().members() {
            let known = payloads.base.get(name).and_then(Value::as_str);
            let is_other = |word: &&str| Some(*word) != known && !payloads.identifies(name);
            for word in schema.words().into_iter().filter(is_other) {
                let body = insert(shortest, name, json!(word));
                if payloads.accepts(&body) {
                    let what = format!("a body in which `{name}` is `{word}`");
                    self.accept(payloads, Rule::PayloadWord, what, &body).await;
                }
            }
        }
        self.skip(&[Rule::PayloadWord], "no member of the body has a closed vocabulary");
    }

    async fn accept_delayed(&mut self, payloads: &Payloads<'_>, complete: &Body) {
        let then = Timestamp::from_second(LONG_AGO_SECONDS).unwrap_or(Timestamp::UNIX_EPOCH);
        let long_ago = |schema: SchemaView<'_>, value: &mut Value| {
            *value = match schema.instant() {
                Some(form) => form.write(then),
                None if schema.format() == Some("date") => json!(LONG_AGO_DAY),
                None => return false,
            };
            true
        };
        match changed(payloads, complete, &long_ago) {
            Some(body) => {
                let what = "a body whose times are long past, as when a delivery is late";
                self.accept(payloads, Rule::PayloadDelayed, what, &body).await;
            }
            None => self.skip(&[Rule::PayloadDelayed], "no member of the body is a time"),
        }
    }
}

/// The body with a change made wherever it fits; `None` where it fits nowhere or the schema does not allow it.
fn changed(payloads: &Payloads<'_>, body: &Body, make: &Change<'_>) -> Option<Body> {
    let mut value = Value::Object(body.clone());
    let has_changed = change(payloads.view(), &mut value, make);
    let body = value.as_object().cloned().filter(|_| has_changed)?;
    payloads.accepts(&body).then_some(body)
}

/// Changes a value where it fits; says whether it did.
type Change<'f> = dyn Fn(SchemaView<'_>, &mut Value) -> bool + 'f;

/// Makes a change in a value and everything in it; says whether it fitted anywhere.
fn change(schema: SchemaView<'_>, value: &mut Value, make: &Change<'_>) -> bool {
    if let Value::Object(members) = value {
        let mut has_changed = false;
        for (name, member) in members {
            has_changed |= schema.member(name).is_some_and(|schema| change(schema, member, make));
        }
        return has_changed;
    }
    make(schema, value)
}

/// Adds letters beyond ASCII to text that people write: names and addresses, not codes and numbers.
fn with_text(schema: SchemaView<'_>, value: &mut Value) -> bool {
    let Some(text) = value.as_str().filter(|_| schema.is_free_text()) else { return false };
    let is_prose = text.contains(' ') && text.chars().any(char::is_alphabetic);
    if is_prose {
        *value = Value::from(format!("{text}{BEYOND_ASCII}"));
    }
    is_prose
}
