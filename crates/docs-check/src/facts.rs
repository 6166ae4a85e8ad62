//! What a document states, each statement with its place.

use serde::Serialize;
use serde_json::Value;

use crate::{Fault, FaultKind, Markup, Span};

/// Everything that was read out of one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// How the document is written.
    pub markup: Markup,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Scheme and host of the operations' URLs, each once.
    pub servers: Vec<Server>,
    /// Its operations, in order.
    pub operations: Vec<Operation>,
    /// Its tables of parameters and fields.
    pub tables: Vec<Table>,
    /// Lists of the words that a field can hold.
    pub word_lists: Vec<WordList>,
    /// Words that prose quotes, outside lists and examples.
    pub quotations: Vec<Word>,
    /// Its JSON examples.
    pub examples: Vec<Example>,
    /// Inputs with a documented effect.
    pub test_values: Vec<TestValue>,
    /// Rows of error-code tables.
    pub error_codes: Vec<ErrorCode>,
    /// Success or error codes that stand on a line of their own.
    pub statuses: Vec<Status>,
    /// What it says is not available or deprecated.
    pub notices: Vec<Notice>,
    /// Sentences that announce a list.
    pub announcements: Vec<Announcement>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its text.
    pub title: String,
    /// Its level; one is the outermost.
    pub level: u8,
    /// Whether it names a part of an operation, such as `Query Parameters`, and not a subject of its own.
    pub part: bool,
    /// Where it stands.
    pub span: Span,
}

/// Scheme and host of an operation's URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// Such as `https://api.example.com`.
    pub url: String,
    /// Where each operation names it.
    pub spans: Vec<Span>,
}

/// A method and path that stand on a line of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// The HTTP method, in upper case.
    pub method: String,
    /// Scheme and host, where the document gives them.
    pub server: Option<String>,
    /// The path, from its first slash, without query.
    pub path: String,
    /// The heading of the operation.
    pub heading: Option<String>,
    /// Where the method and URL stand.
    pub span: Span,
    /// The part of the document that describes the operation.
    pub scope: Span,
}

/// A table whose rows name parameters or fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// What the rows name.
    pub kind: TableKind,
    /// The column headings.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The sentence before it.
    pub introduction: Option<Span>,
    /// Where the column headings stand.
    pub header: Span,
    /// Where it stands.
    pub span: Span,
}

/// What the rows of a table name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    /// Parameters in a path.
    Path,
    /// Parameters in a query string.
    Query,
    /// Members of a request body.
    Body,
    /// Members of a reply or a model.
    Object,
}

/// A row that names a parameter or field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The parameter or field.
    pub name: Word,
    /// What it is; empty where the cell is.
    pub description: Option<Word>,
    /// Whether it must be sent.
    pub requiredness: Option<Requiredness>,
    /// What stands for it when it is left out.
    pub default: Option<Word>,
    /// Its type, from a column of its own or out of the description.
    pub stated_type: Option<Word>,
    /// Columns whose cell is empty.
    pub empty_columns: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// A text and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// The text, without marks.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Whether a field must be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requiredness {
    /// Always.
    Required,
    /// It may be left out.
    Optional,
    /// Under the condition that the cell states.
    Conditional(String),
}

/// A list of the words that a field can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WordList {
    /// The field, where the list stands in the row of one.
    pub subject: Option<String>,
    /// The words, in order.
    pub words: Vec<Word>,
    /// Where the list stands.
    pub span: Span,
}

/// A JSON example.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// JSON pointer to its value.
    pub pointer: String,
    /// Its key.
    pub key: String,
    /// Where the key stands, quotation marks included.
    pub key_span: Span,
    /// Where the value stands; of an object or array, its opening brace or bracket.
    pub value_span: Span,
}

/// An input with a documented effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestValue {
    /// The input.
    pub value: Word,
    /// What the column calls it, such as `VIN`.
    pub column: String,
    /// What it sets off.
    pub effect: Word,
}

/// A row of an error-code table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorCode {
    /// The HTTP status.
    pub status: u16,
    /// What it means.
    pub meaning: Word,
    /// Where the row stands.
    pub span: Span,
}

/// A status code that stands on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The HTTP status.
    pub code: u16,
    /// Where it stands.
    pub span: Span,
}

/// A remark about what may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// What it says.
    pub kind: NoticeKind,
    /// Where it stands.
    pub span: Span,
}

/// What a notice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// The operation is not served yet.
    NotAvailable,
    /// It should not be used any more.
    Deprecated,
}

/// A sentence that announces a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// Where it stands.
    pub span: Span,
    /// Whether what it announces follows.
    pub kept: bool,
}

/// Operations before a place that are asked whether it belongs to them.
const SCOPES_MAX: usize = 256;

impl Example {
    /// Whether it is certain what the example says, in spite of its faults.
    pub fn is_certain(&self) -> bool {
        self.faults.iter().all(|fault| fault.kind.is_shorthand() || fault.kind == FaultKind::TrailingComma)
    }
}

impl Facts {
    /// The operation that describes itself where `span` stands.
    pub fn operation_at(&self, span: Span) -> Option<&Operation> {
        // Scopes are in order, and the innermost around a place begins last.
        let before = self.operations.partition_point(|operation| operation.scope.start <= span.start);
        let near = self.operations.iter().take(before).rev().take(SCOPES_MAX);
        near.into_iter().find(|operation| operation.scope.contains(span))
    }

    /// The last heading before a place that does not open a part of an operation.
    pub fn subject_at(&self, span: Span) -> Option<&Heading> {
        let after = self.headings.partition_point(|heading| heading.span.start <= span.start);
        self.headings.iter().take(after).rev().find(|heading| !heading.part)
    }

    /// The last heading before a place.
    pub fn heading_at(&self, span: Span) -> Option<&Heading> {
        let after = self.headings.partition_point(|heading| heading.span.start <= span.start);
        after.checked_sub(1).and_then(|index| self.headings.get(index))
    }
}
