//! What both front ends make of a document: a list of blocks, in order, each with its span.

use crate::{Link, text::Span};

/// What a document is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) blocks: Vec<Block>,
    pub(crate) links: Vec<Link>,
}

/// A piece of a document that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Its text, without the marks around it.
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading; one is the outermost level.
    Heading { level: u8 },
    /// A paragraph, caption or quotation.
    Prose,
    /// An item of a list.
    Item,
    /// Verbatim text, such as an example.
    Code { language: String },
    /// Rows and columns.
    Table(Grid),
    /// A box that stands out from the text.
    Aside,
}

/// A table as it is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    /// The column headings, in order.
    pub(crate) header: Vec<Span>,
    pub(crate) rows: Vec<GridRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GridRow {
    pub(crate) span: Span,
    /// One span for each column heading; an empty span is an empty cell.
    pub(crate) cells: Vec<Span>,
}
