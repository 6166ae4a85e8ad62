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
    /// The reading, and the word for it, under which it holds; whatever is read where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<(&'static str, &'static str)>,
}

impl Story {
    /// The same story, told only where this word is in force for this reading.
    pub fn under(mut self, reading: &'static str, word: &'static str) -> Self {
        self.under = Some((reading, word));
        self
    }
}

/// One call of a story.
///
/// Text in `parameters`, `body`, `url`, `states`, `includes` and `arrivals` may name what earlier steps captured:
/// `"{claimId}"`; in the last three also what the step captures itself. Text that is nothing but one name stands for
/// the captured value itself, whatever its type. Two names are there from the start: [`TEST_CLIENT_ID`] and
/// [`TEST_SECRET`].
///
/// A pointer of `varies` may hold `*` for every item or member.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// The operation that is called.
    pub operation: &'static str,
    /// Path and query parameters by name.
    pub parameters: Vec<(&'static str, String)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// A URL that an earlier reply gave: it is called in place of the operation's own path.
    pub url: Option<String>,
    /// What must come back.
    pub expect: Expectation,
    /// Values of the reply that later steps use: a name and the JSON pointer to the value.
    pub captures: Vec<(&'static str, &'static str)>,
    /// What must stand in the reply at these JSON pointers; `None` means that nothing may stand there.
    pub states: Vec<(&'static str, Option<Value>)>,
    /// How many items the arrays at these JSON pointers hold.
    pub counts: Vec<(&'static str, usize)>,
    /// Arrays, by JSON pointer, and part of an item that each of them holds among others.
    pub includes: Vec<(&'static str, Value)>,
    /// Places whose values are the server's own: their type is promised, no more.
    pub varies: Vec<&'static str>,
    /// The raw bytes of a reply that is not JSON.
    pub content: Option<Content>,
    /// How long to wait before the call, so that instants of the steps before it lie in the past.
    pub pause_milliseconds: u64,
    /// Whether the call is repeated for a while until its expectation holds, because its cause takes time.
    pub eventually: bool,
    /// Webhooks that arrive because of the call, in this order, within a while. Who cannot receive them skips them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arrivals: Vec<Arrival>,
}

/// A webhook that arrives because of a call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// The webhook, by its id.
    pub webhook: &'static str,
    /// What must stand in its body at these JSON pointers (templates like a step's body); `None` means that nothing
    /// may stand there. What it says about the request that it belongs to tells it from other arrivals.
    pub states: Vec<(&'static str, Option<Value>)>,
}

/// The name of the caller's identifier in every story.
pub const TEST_CLIENT_ID: &str = "testClientId";
/// The name of the caller's secret in every story.
pub const TEST_SECRET: &str = "testSecret";

/// The raw bytes of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// Value of `Content-Type`, without parameters.
    pub media_type: &'static str,
    /// The bytes, in base64.
    pub base64: &'static str,
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
            url: None,
            expect: Expectation::Reply,
            captures: Vec::new(),
            states: Vec::new(),
            counts: Vec::new(),
            includes: Vec::new(),
            varies: Vec::new(),
            content: None,
            pause_milliseconds: 0,
            eventually: false,
            arrivals: Vec::new(),
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

    /// Called at a URL that an earlier reply gave, which no parameters are added to.
    pub fn at(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The array at this JSON pointer holds so many items.
    pub fn counts(mut self, pointer: &'static str, items: usize) -> Self {
        self.counts.push((pointer, items));
        self
    }

    /// The array at this JSON pointer holds an item that has at least these members (templates like the body's).
    pub fn includes(mut self, pointer: &'static str, part: Value) -> Self {
        self.includes.push((pointer, part));
        self
    }

    /// What stands at these JSON pointers is the server's own.
    pub fn varies<const N: usize>(mut self, pointers: [&'static str; N]) -> Self {
        self.varies.extend(pointers);
        self
    }

    /// The reply is these bytes, given in base64.
    pub fn content(mut self, media_type: &'static str, base64: &'static str) -> Self {
        self.content = Some(Content { media_type, base64 });
        self
    }

    /// Called only after so many milliseconds.
    pub fn after_milliseconds(mut self, pause: u64) -> Self {
        self.pause_milliseconds = pause;
        self
    }

    /// This webhook arrives because of the call, with these values (templates like the body's) in its body.
    pub fn arrives<const N: usize>(
        mut self,
        webhook: &'static str,
        states: [(&'static str, Option<Value>); N],
    ) -> Self {
        self.arrivals.push(Arrival { webhook, states: Vec::from(states) });
        self
    }

    /// The call is repeated for a while until its expectation holds.
    pub fn eventually(mut self) -> Self {
        self.eventually = true;
        self
    }
}
