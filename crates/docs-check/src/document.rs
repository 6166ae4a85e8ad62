//! A document as a caller hands it in.

use schemars::JsonSchema;
use serde::Serialize;

/// A published document: its name in findings, and its bytes as they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document<'d> {
    /// The name that findings carry, such as a path.
    pub name: &'d str,
    /// The bytes; they need not be UTF-8.
    pub bytes: &'d [u8],
}

/// How a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Markup {
    /// GitHub-flavoured Markdown, with the asides of Slate.
    Markdown,
    /// The visible text of a page, without table borders, list marks and heading levels.
    #[default]
    FlattenedText,
    /// HTML.
    Html,
}
