//! What a document states, each statement with its place.

mod deliveries;
mod examples;
mod places;
mod remarks;
mod tables;

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use crate::{Markup, Span};

pub use deliveries::{Signature, Webhook};
pub use examples::{Example, Member, Role, TestValue};
pub use remarks::{
    Announced, Announcement, Bullets, CodeSample, ErrorCode, Include, Link, Mention, Notice, NoticeKind,
    Refusal, Reply, ReplyBody, Status,
};
pub use tables::{Limit, LimitKind, Requiredness, Row, Table, TableKind, WordList};

/// Everything that was read out of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// How the document is written.
    pub markup: Markup,
    /// What its head calls it.
    pub title: Option<Word>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Scheme and host of the operations' URLs, each once.
    pub servers: Vec<Server>,
    /// Addresses that the document calls base URLs.
    pub base_urls: Vec<BaseUrl>,
    /// What calls carry to be let in.
    pub credentials: Vec<Credential>,
    /// Files that the head of the document includes.
    pub includes: Vec<Include>,
    /// Its operations, in order.
    pub operations: Vec<Operation>,
    /// What operations answer, as tables, captions and sentences say.
    pub replies: Vec<Reply>,
    /// What it sends on its own account.
    pub webhooks: Vec<Webhook>,
    /// How what it sends is signed.
    pub signatures: Vec<Signature>,
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
    /// Rows of tables that name refusals.
    pub refusals: Vec<Refusal>,
    /// Success or error codes that stand on a line of their own.
    pub statuses: Vec<Status>,
    /// What it says is not available or deprecated.
    pub notices: Vec<Notice>,
    /// Sentences that announce a list.
    pub announcements: Vec<Announcement>,
    /// Lists with marks.
    pub bullets: Vec<Bullets>,
    /// Links to other places.
    pub links: Vec<Link>,
    /// Operations that sentences name.
    pub mentions: Vec<Mention>,
    /// Code in any language.
    pub code_samples: Vec<CodeSample>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Heading {
    /// Its text.
    pub title: String,
    /// Its level; one is the outermost.
    pub level: u8,
    /// Whether it names a part of an operation, such as `Query Parameters`, and not a subject of its own.
    pub part: bool,
    /// Where it stands.
    pub span: Span,
    /// Place in the list of the last heading up to this one that is no part, and of the next one after it.
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) subject: (Option<usize>, Option<usize>),
}

/// Scheme and host of an operation's URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Server {
    /// Such as `https://api.example.com`.
    pub url: String,
    /// Where each operation names it.
    pub spans: Vec<Span>,
}

/// An address that the document calls a base URL, a server or a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BaseUrl {
    /// The address, without a slash at its end.
    pub url: String,
    /// What the document calls it, such as `Production URL`.
    pub label: String,
    /// Where it stands.
    pub span: Span,
}

/// What calls carry to be let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Credential {
    /// The header, query parameter or cookie, such as `Authorization`.
    pub name: String,
    /// Which of them it is.
    pub place: CredentialPlace,
    /// The scheme before the secret, such as `Bearer`.
    pub scheme: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// Where a call carries what lets it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialPlace {
    /// In a header.
    Header,
    /// In the query string.
    Query,
    /// In a cookie.
    Cookie,
}

/// A method and path that stand on a line of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// The HTTP method, in upper case.
    pub method: String,
    /// Scheme and host, where the document gives them.
    pub server: Option<String>,
    /// The path, from its first slash, without query. A fragment that tells operations with one path apart belongs to
    /// it.
    pub path: String,
    /// Parameters that the URL names after its question mark.
    pub query: Vec<Word>,
    /// The heading of the operation.
    pub heading: Option<String>,
    /// The first sentences about it that are no caption.
    pub description: Option<Word>,
    /// What it answers with every status that is not named, where its replies say so.
    pub otherwise: Option<Word>,
    /// Where the method and URL stand.
    pub span: Span,
    /// The part of the document that describes the operation.
    pub scope: Span,
}

/// A text and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Word {
    /// The text, without marks.
    #[schemars(with = "String")]
    pub text: SmolStr,
    /// Where it stands.
    pub span: Span,
}

/// Operations before a place that are asked whether it belongs to them.
pub(crate) const SCOPES_MAX: usize = 256;

impl Facts {
    /// The operation that describes itself where `span` stands.
    pub fn operation_at(&self, span: Span) -> Option<&Operation> {
        // Scopes are in order, and the innermost around a place begins last.
        let before = self.operations.partition_point(|operation| operation.scope.start <= span.start);
        let near = self.operations.iter().take(before).rev().take(SCOPES_MAX);
        near.into_iter().find(|operation| operation.scope.contains(span))
    }

    /// The examples in a part of the document, in order.
    pub fn examples_in(&self, part: Span) -> &[Example] {
        within(&self.examples, part, |example| example.span)
    }

    /// The tables of parameters and fields in a part of the document, in order.
    pub fn tables_in(&self, part: Span) -> &[Table] {
        within(&self.tables, part, |table| table.span)
    }

    /// The last heading before a place that does not open a part of an operation.
    pub fn subject_at(&self, span: Span) -> Option<&Heading> {
        let after = self.headings.partition_point(|heading| heading.span.start <= span.start);
        let last = after.checked_sub(1).and_then(|last| self.headings.get(last))?;
        self.headings.get(last.subject.0?)
    }

    /// The part of the document under the last heading that does not open a part of an operation, up to the next one.
    pub fn subject_part(&self, span: Span) -> Option<Span> {
        let subject = self.subject_at(span)?;
        let next = subject.subject.1.and_then(|next| self.headings.get(next));
        Some(Span::new(subject.span.start, next.map_or(usize::MAX, |next| next.span.start)))
    }

    /// The last heading before a place.
    pub fn heading_at(&self, span: Span) -> Option<&Heading> {
        let after = self.headings.partition_point(|heading| heading.span.start <= span.start);
        after.checked_sub(1).and_then(|index| self.headings.get(index))
    }
}

/// What begins in a part of the document, out of what stands in order.
fn within<T>(list: &[T], part: Span, span: impl Fn(&T) -> Span) -> &[T] {
    let from = list.partition_point(|item| span(item).start < part.start);
    let to = list.partition_point(|item| span(item).start < part.end);
    list.get(from..to.max(from)).unwrap_or_default()
}
