//! What an API sends on its own account.

use schemars::JsonSchema;
use serde::Serialize;

use super::Word;
use crate::Span;

/// Something that an API sends to an address of its client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// The event, or the heading that it stands under.
    pub name: String,
    /// Place of the table of its keys in [`Facts::tables`](crate::Facts::tables).
    pub table: Option<usize>,
    /// Place of its example in [`Facts::examples`](crate::Facts::examples).
    pub example: Option<usize>,
    /// Keys that every body has, as a sentence says.
    pub guaranteed: Vec<Word>,
    /// Where the heading stands.
    pub span: Span,
}

/// How what an API sends is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Signature {
    /// The header that carries it.
    pub header: Word,
    /// The hash, such as `SHA256`.
    pub algorithm: Option<Word>,
    /// The text that is signed.
    pub signed_text: Option<Word>,
    /// How the digest is written, such as `hex`.
    pub encoding: Option<Word>,
    /// Where it is described.
    pub span: Span,
}
