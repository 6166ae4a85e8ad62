//! JSON examples, and inputs with a documented effect.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use smol_str::SmolStr;

use super::Word;
use crate::{Fault, FaultKind, Span};

/// A JSON example.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Example {
    /// What it shows.
    pub role: Role,
    /// The words that introduce it.
    pub caption: Option<Word>,
    /// The HTTP status that stands with it.
    pub status: Option<u16>,
    /// What it says, repaired where it is not JSON and the intention is certain.
    pub value: Option<Value>,
    /// Its members, in order.
    pub members: Vec<Member>,
    /// Its text values, in order.
    pub texts: Vec<Word>,
    /// What keeps it from being JSON.
    pub faults: Vec<Fault>,
    /// JSON pointers of the objects and arrays that leave things out, and of the values that stand for others.
    pub open: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The body of a request.
    Request,
    /// The body of a success.
    Reply,
    /// The body of an error.
    Refusal,
    /// An object on its own.
    Object,
}

/// A member of an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// JSON pointer to its value.
    #[schemars(with = "String")]
    pub pointer: SmolStr,
    /// Its key.
    #[schemars(with = "String")]
    pub key: SmolStr,
    /// Where the key stands, quotation marks included.
    pub key_span: Span,
    /// Where the value stands; of an object or array, its opening brace or bracket.
    pub value_span: Span,
}

/// An input with a documented effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TestValue {
    /// The input.
    pub value: Word,
    /// What the column calls it, such as `VIN`.
    pub column: String,
    /// What it sets off.
    pub effect: Word,
}

impl Example {
    /// Whether it is certain what the example says, in spite of its faults.
    pub fn is_certain(&self) -> bool {
        self.faults.iter().all(|fault| fault.kind.is_shorthand() || fault.kind == FaultKind::TrailingComma)
    }
}
