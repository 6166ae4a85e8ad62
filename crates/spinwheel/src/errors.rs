//! The `status` envelope of every reply, and the refusals that operations share.

use estoppel_contract::{
    Basis, Error, Invalid, JsonPointer, Notice, Optional, Protocol, Source, Violation, refusals, vocabulary,
};
use estoppel_values::{Integer, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How a call ended; every reply carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "spinwheel: Trigger Student Loans Payoff Fetch", "x-basis" = "example"),
    example = json!({"code": 200, "desc": "success"}),
)]
pub struct Status {
    /// The HTTP status code.
    pub code: Integer,
    /// `success`, or what is wrong, for a person.
    pub desc: Text,
    /// What is wrong, one by one; absent from a success (R61).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R61", "x-basis" = "ruled"))]
    pub messages: Optional<Vec<StatusMessage>>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "R61", "x-basis" = "ruled"),
    example = json!({"desc": "No user has these ids.", "type": "ERROR"}),
)]
pub struct StatusMessage {
    /// What it is, for a person.
    pub desc: Text,
    /// How grave it is.
    pub r#type: StatusMessageType,
}

vocabulary! {
    /// How grave a message is.
    #![source("R61")]
    #![basis("ruled")]
    pub enum StatusMessageType {
        /// The call failed because of it.
        Error = "ERROR",
        /// The call went on in spite of it.
        Warn = "WARN",
        /// Nothing is wrong.
        Info = "INFO",
    }
}

/// The body of every refusal: a `status` and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "R61", "x-basis" = "ruled"),
    example = json!({"status": {
        "code": 400,
        "desc": "The request is not valid.",
        "messages": [{"desc": "extRequestId: expected a value", "type": "ERROR"}],
    }}),
)]
pub struct ErrorEnvelope {
    /// How the call ended.
    pub status: Status,
}

impl Status {
    /// The status of a success.
    pub(crate) fn success() -> Self {
        Self::new(200, "success")
    }

    /// The status of a success with another code than 200.
    pub(crate) fn created() -> Self {
        Self::new(201, "success")
    }

    fn new(code: u16, desc: &str) -> Self {
        Self { code: u32::from(code).into(), desc: desc.into(), messages: Optional::Absent }
    }
}

/// No user has the ids of the request (R77).
pub(crate) const NO_SUCH_USER: Notice = Notice {
    id: "no-such-user",
    status: 404,
    message: "No user has these ids.",
    when: "No user has this id, or the two ids belong to different users.",
    basis: Basis::Ruled,
    source: Source::ruling("R77"),
};

refusals! {
    /// Why a user is not there for the caller.
    pub enum UserRefusal {
        /// No user has the ids of the request.
        NoSuchUser = NO_SUCH_USER,
    }
}

/// A fault at a place of the request, of a rule that no schema holds. `actual` tells type and shape of what is there,
/// never its value.
pub(crate) fn fault(
    pointer: JsonPointer,
    keyword: &str,
    expected: impl Into<String>,
    actual: impl Into<String>,
) -> Invalid {
    let (expected, actual) = (expected.into(), actual.into());
    Invalid(vec![Violation { pointer, keyword: keyword.to_owned(), expected, actual }])
}

/// The body of a refusal.
pub(crate) fn envelope(notice: &Notice, violations: &[Violation]) -> Error {
    let message = |desc: Text| StatusMessage { desc, r#type: StatusMessageType::Error };
    let mut messages: Vec<StatusMessage> = violations.iter().map(told).map(message).collect();
    if messages.is_empty() {
        messages.push(message(notice.message.into()));
    }
    let status = Status { messages: messages.into(), ..Status::new(notice.status, notice.message) };
    Error { body: json!(ErrorEnvelope { status }) }
}

/// A violation in one line: where, and what was expected.
fn told(violation: &Violation) -> Text {
    let steps: Vec<String> = violation.pointer.segments().iter().map(ToString::to_string).collect();
    let place = match steps.as_slice() {
        [] => "request".to_owned(),
        // Only Get User can lack one; it takes the other id as well (R77).
        [user_id] if user_id == "userId" && violation.keyword == "required" => {
            "userId or extUserId".to_owned()
        }
        _ => steps.join("."),
    };
    Text::from(format!("{place}: expected {}", violation.expected))
}

/// The notice of each fault of the protocol (R79).
pub(crate) fn protocol_notice(fault: &Protocol) -> Notice {
    let (id, status, message, when) = match fault {
        Protocol::UnknownRoute => ("unknown-route", 404, "Not Found", "No operation has this path."),
        Protocol::MethodNotAllowed => (
            "method-not-allowed",
            405,
            "Method Not Allowed",
            "The path exists with other methods, which `Allow` lists.",
        ),
        Protocol::Unauthorized | Protocol::CredentialExpired => (
            "unauthorized",
            401,
            "Unauthorized",
            "The request does not carry the secret key as a bearer token.",
        ),
        Protocol::NotAcceptable => ("not-acceptable", 406, "Not Acceptable", "`Accept` leaves out JSON."),
        Protocol::BodyTooLarge => {
            ("body-too-large", 413, "Request Entity Too Large", "The body is longer than the limit.")
        }
        Protocol::UnsupportedMediaType => {
            ("unsupported-media-type", 415, "Unsupported Media Type", "The body is not declared as JSON.")
        }
        Protocol::MalformedBody => ("malformed-body", 400, "The body is not JSON.", "The body is not JSON."),
        Protocol::Invalid(_) => (
            "invalid-request",
            400,
            "The request is not valid.",
            "The request breaks its schema, or a rule of its operation; `messages` lists every fault.",
        ),
        Protocol::Internal => ("internal", 500, "Internal Server Error", "The server failed."),
    };
    Notice { id, status, message, when, basis: Basis::Ruled, source: Source::ruling("R79") }
}
