//! Tables of parameters and fields, and lists of words.

use schemars::JsonSchema;
use serde::Serialize;
use smol_str::SmolStr;

use super::Word;
use crate::Span;

/// A table whose rows name parameters or fields.
///
/// One with a column that says for each row where it is sent is read as one table for each of these places. One that
/// goes on after a word such as `and` is one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// What the rows name.
    pub kind: TableKind,
    /// The column headings.
    pub columns: Vec<String>,
    /// Whether a row says that members of any other name can be there too.
    pub open: bool,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The sentence before it.
    pub introduction: Option<Span>,
    /// The status of the reply that it describes, where a line before it names one.
    pub status: Option<u16>,
    /// Where the column headings stand.
    pub header: Span,
    /// Where it stands.
    pub span: Span,
}

/// What the rows of a table name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    /// Parameters in a path.
    Path,
    /// Parameters in a query string.
    Query,
    /// Headers of a request.
    Header,
    /// Cookies.
    Cookie,
    /// Members of a request body.
    Body,
    /// Members of a reply or a model.
    Object,
}

/// A row that names a parameter or field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The parameter or field, without the marks of its depth.
    pub name: Word,
    /// The field that it is a member of, as `rig.masts[]`; absent at the outermost level. A level without a name is
    /// `*`, and the second of them in one place `*2`.
    #[schemars(with = "Option<String>")]
    pub within: Option<SmolStr>,
    /// What it is; empty where the cell is.
    pub description: Option<Word>,
    /// Whether it must be sent.
    pub requiredness: Option<Requiredness>,
    /// What stands for it when it is left out.
    pub default: Option<Word>,
    /// Its type, from a column of its own or out of the description.
    pub stated_type: Option<Word>,
    /// The words that it can be.
    pub words: Vec<Word>,
    /// How large, long or many it can be.
    pub limits: Vec<Limit>,
    /// What it can look like, from a column of its own.
    pub example: Option<Word>,
    /// Where the row says that it should not be used any more.
    pub deprecated: Option<Span>,
    /// Columns whose cell is empty.
    pub empty_columns: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

impl Table {
    /// The rows of its outermost level.
    pub fn members(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_member())
    }
}

impl Row {
    /// Whether it is a member of what the whole table describes: only levels without a name are around it.
    pub fn is_member(&self) -> bool {
        self.named_levels().next().is_none()
    }

    /// Its place in what the table describes, as `rig.masts[].height`; levels without a name are left out.
    pub fn path(&self) -> String {
        self.named_levels().chain([self.name.text.as_str()]).collect::<Vec<_>>().join(".")
    }

    fn named_levels(&self) -> impl Iterator<Item = &str> {
        let levels = self.within.as_deref().into_iter().flat_map(|within| within.split('.'));
        levels.filter(|level| !level.starts_with('*'))
    }
}

/// Whether a field must be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Requiredness {
    /// Always.
    Required,
    /// It may be left out.
    Optional,
    /// Under the condition that the cell states.
    Conditional(String),
}

/// How large, long or many a value can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Limit {
    /// What is limited.
    pub kind: LimitKind,
    /// The number, as the document writes it.
    pub value: Word,
}

/// What a limit holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LimitKind {
    /// The value is at most this.
    Maximum,
    /// The value is at least this.
    Minimum,
    /// The text has at most this many characters.
    LengthMaximum,
    /// The text has at least this many characters.
    LengthMinimum,
}

/// A list of the words that a field can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WordList {
    /// The field, where the list stands in the row of one.
    pub subject: Option<String>,
    /// The part of the document that it is true of, where it is a table of its own; absent where it is true of every
    /// field of this name.
    pub part: Option<Span>,
    /// The words, in order.
    pub words: Vec<Word>,
    /// Where the list stands.
    pub span: Span,
}
