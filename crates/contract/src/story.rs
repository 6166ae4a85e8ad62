//! Calls in an order that makes sense, as data: what a verifier plays and what documentation shows.

use serde::Serialize;
use serde_json::Value;

/// A named sequence of calls on a fresh part of an API, with what each must answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Story {
    /// Its name, in kebab case.
    pub id: &'static str,
    /// What it shows, in one line.
    pub summary: &'static str,
    /// Its calls, in order.
    pub steps: Vec<Step>,
}

/// One call of a story.
///
/// Text in `parameters` and `body` may name what earlier steps captured: `"{claimId}"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// The operation that is called.
    pub operation: &'static str,
    /// Path and query parameters by name.
    pub parameters: Vec<(&'static str, String)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// What must come back.
    pub expect: Expectation,
    /// Values of the reply that later steps use: a name and the JSON pointer to the value.
    pub captures: Vec<(&'static str, &'static str)>,
    /// What must stand in the reply at these JSON pointers; `None` means that nothing may stand there.
    pub states: Vec<(&'static str, Option<Value>)>,
    /// Whether the call is repeated for a while until its expectation holds, because its cause takes time.
    pub eventually: bool,
}

/// What a step must answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Expectation {
    /// The documented success.
    Reply,
    /// The refusal with this id.
    Refusal(&'static str),
    /// A refusal of the request itself, with a violation at each of these JSON pointers and nowhere else.
    Invalid(Vec<&'static str>),
}

impl Step {
    /// A call that succeeds.
    pub fn call(operation: &'static str) -> Self {
        Self {
            operation,
            parameters: Vec::new(),
            body: None,
            expect: Expectation::Reply,
            captures: Vec::new(),
            states: Vec::new(),
            eventually: false,
        }
    }

    /// With a path or query parameter.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// With a JSON body.
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Refused as documented under this id.
    pub fn refused(mut self, refusal: &'static str) -> Self {
        self.expect = Expectation::Refusal(refusal);
        self
    }

    /// Refused for its own faults at these JSON pointers.
    pub fn invalid<const N: usize>(mut self, pointers: [&'static str; N]) -> Self {
        self.expect = Expectation::Invalid(pointers.to_vec());
        self
    }

    /// Keeps a value of the reply under a name.
    pub fn capture(mut self, name: &'static str, pointer: &'static str) -> Self {
        self.captures.push((name, pointer));
        self
    }

    /// The reply holds this value (a template like the body's) at this JSON pointer.
    pub fn states(mut self, pointer: &'static str, value: impl Into<Value>) -> Self {
        self.states.push((pointer, Some(value.into())));
        self
    }

    /// The reply holds nothing at this JSON pointer.
    pub fn lacks(mut self, pointer: &'static str) -> Self {
        self.states.push((pointer, None));
        self
    }

    /// The call is repeated for a while until its expectation holds.
    pub fn eventually(mut self) -> Self {
        self.eventually = true;
        self
    }
}
