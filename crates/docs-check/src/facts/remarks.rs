//! What sentences, lists and lines on their own say.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Role, Word};
use crate::Span;

/// A row of an error-code table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorCode {
    /// The HTTP status.
    pub status: u16,
    /// What it means.
    pub meaning: Word,
    /// Where the row stands.
    pub span: Span,
}

/// A row of a table that says what operations refuse with, each by a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// What the table calls it.
    pub name: Word,
    /// The HTTP status.
    pub status: u16,
    /// Its text.
    pub message: Option<Word>,
    /// When it is given.
    pub when: Option<Word>,
    /// Place of the operation in [`Facts::operations`](crate::Facts::operations); absent where it is true of all.
    pub operation: Option<usize>,
    /// Where the column headings of the table stand.
    pub header: Span,
    /// Where the row stands.
    pub span: Span,
}

/// A status code that stands on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Status {
    /// The HTTP status.
    pub code: u16,
    /// Where it stands.
    pub span: Span,
}

/// A remark about what may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Notice {
    /// What it says.
    pub kind: NoticeKind,
    /// Where it stands.
    pub span: Span,
}

/// What a notice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// The operation is not served yet.
    NotAvailable,
    /// It should not be used any more.
    Deprecated,
    /// Only some callers may use it, or only in some places.
    Restricted,
    /// Every caller may use it: no credentials are asked for.
    Open,
}

/// A sentence that announces a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Announcement {
    /// Where it stands.
    pub span: Span,
    /// What it announces.
    pub announced: Announced,
    /// Whether what it announces follows.
    pub kept: bool,
}

/// What a sentence announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Announced {
    /// A URL or an endpoint.
    Address,
    /// Conditions under which something holds or fails.
    Conditions,
    /// Anything else.
    Other,
}

/// What an operation answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Place of the operation in [`Facts::operations`](crate::Facts::operations); absent where it is true of all.
    pub operation: Option<usize>,
    /// What the status means, or when it comes.
    pub when: Option<Word>,
    /// What its body is, where a column says so.
    pub body: Option<ReplyBody>,
    /// Place of the example that shows it in [`Facts::examples`](crate::Facts::examples).
    pub example: Option<usize>,
    /// Where it is stated.
    pub span: Span,
}

/// What the body of a reply is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyBody {
    /// There is none.
    Absent,
    /// It is described where the operation is.
    Inline,
    /// It is of this model or type.
    Model(String),
}

/// A list with marks before its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Bullets {
    /// The sentence that announces it.
    pub introduction: Option<Word>,
    /// Its items, in order; those of a list inside an item come after it.
    pub items: Vec<Word>,
    /// Where it stands.
    pub span: Span,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// The words that are linked.
    pub text: String,
    /// Where it leads; the span is that of the whole link.
    pub target: Word,
}

/// An operation that a sentence names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mention {
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path, without query.
    pub path: String,
    /// Where it stands.
    pub span: Span,
}

/// A file that the head of a document includes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Include {
    /// Its name, as the head writes it.
    pub name: Word,
}

/// Code in any language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CodeSample {
    /// The language, in lower case; empty where none is named.
    pub language: String,
    /// What a caption before it says that it shows.
    pub role: Option<Role>,
    /// Where it stands.
    pub span: Span,
}
