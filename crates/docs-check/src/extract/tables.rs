//! Tables: of parameters and fields, of replies, of magic inputs, of error codes, of words.

mod cells;
mod kinds;
mod nesting;
mod refusals;
mod replies;
mod rows;
mod word_tables;

use nesting::Nesting;

use super::unmarked;
use crate::{
    ErrorCode, Facts, Span, Table, TestValue, Word, WordList,
    block::{Block, BlockKind, Grid, GridRow},
    column::{Column, classify},
    heading::status,
    text::Text,
};

pub(super) use nesting::field_name;
pub(super) use word_tables::add_words;

/// A table and what its columns hold.
struct Layout<'t> {
    text: &'t Text<'t>,
    grid: &'t Grid,
    columns: Vec<Column>,
    span: Span,
}

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    // Where the facts of the last table begin, and how deep its last row is.
    let mut last: Option<(usize, Nesting)> = None;
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Table(grid) = &block.kind else { continue };
        let columns = grid.header.iter().map(|cell| classify(text.slice(*cell))).collect();
        let layout = Layout { text, grid, columns, span: block.span };
        if layout.is_word_table(facts) {
            layout.word_table(facts);
            continue;
        }
        match layout.columns.first() {
            Some(Column::TestValue) => facts.test_values.extend(layout.test_values()),
            Some(first) if *first != Column::Code && layout.names_refusals() => {
                let refusals = layout.refusals(facts);
                facts.refusals.extend(refusals);
            }
            Some(Column::Code) if layout.has(Column::ReplyHeader) => {}
            Some(Column::Code) => layout.codes(facts),
            Some(Column::Type | Column::Value) => facts.word_lists.extend(layout.words()),
            Some(Column::Description) if layout.columns.get(1) == Some(&Column::Required) => {
                facts.word_lists.extend(layout.words());
            }
            Some(first) if first.is_name() => {
                let before = blocks.get(..index).unwrap_or_default();
                let goes_on = last.take().filter(|_| goes_on(text, before));
                last = Some(layout.fields(before, goes_on, facts));
            }
            _ => {}
        }
    }
}

/// Lines between two halves of a table, in lower case.
const JOINTS: [&str; 7] = ["and", "or", "xor", "continued", "allof", "anyof", "oneof"];

/// How many blocks may stand between a status and the table of its reply.
const STATUS_BLOCKS: usize = 8;

/// How many blocks may stand between an example of a model and its table.
const EXAMPLE_BLOCKS: usize = 8;

/// Whether nothing but words such as `and` stands between the last table and what comes next.
fn goes_on(text: &Text<'_>, before: &[Block]) -> bool {
    let between = before.iter().rev().take_while(|block| !matches!(block.kind, BlockKind::Table(_)));
    let mut joints = 0;
    for block in between {
        let words = text.slice(block.span).trim_matches(['*', '_', '`', ':', ' ']).to_lowercase();
        if block.kind != BlockKind::Prose || !JOINTS.contains(&words.as_str()) {
            return false;
        }
        joints += 1;
    }
    joints > 0
}

impl Layout<'_> {
    fn has(&self, wanted: Column) -> bool {
        self.columns.contains(&wanted)
    }

    fn header(&self) -> Span {
        let start = self.grid.header.first().map_or(0, |cell| cell.start);
        let end = self.grid.header.last().map_or(start, |cell| cell.end);
        Span::new(start, end.max(start))
    }

    /// Reads the rows into a table for each place of parameters, and gives the first of these tables.
    fn fields(
        &self,
        before: &[Block],
        goes_on: Option<(usize, Nesting)>,
        facts: &mut Facts,
    ) -> (usize, Nesting) {
        let usual = self.kind(facts);
        let expected = self.expects_examples();
        let own = facts.tables.len();
        let (first, mut nesting) = goes_on.unwrap_or_else(|| (own, Nesting::default()));
        let introduction =
            before.last().filter(|block| block.kind == BlockKind::Prose).map(|block| block.span);
        let status = self.status(before, facts);
        let table = |kind, span| Table {
            kind,
            columns: self.grid.header.iter().map(|cell| self.text.slice(*cell).to_owned()).collect(),
            open: false,
            rows: Vec::new(),
            introduction,
            status,
            header: self.header(),
            span,
        };
        if self.describes_one_value(before, facts) {
            return (first, nesting);
        }
        for row in &self.grid.rows {
            let kind = self.place(row).unwrap_or(usual);
            let Some(read) = self.row(row, kind, &mut nesting, expected) else { continue };
            let known = facts.tables.iter().skip(first).position(|table| table.kind == kind);
            let place = known.map_or(facts.tables.len(), |known| first + known);
            if known.is_none() {
                facts.tables.push(table(kind, if self.has(Column::Place) { row.span } else { self.span }));
            }
            if let Some(table) = facts.tables.get_mut(place) {
                table.span.end = table.span.end.max(row.span.end);
                table.rows.push(read);
            }
        }
        // A table that has lost its rows is one all the same.
        if first == own && facts.tables.len() == own && !self.has(Column::Place) {
            facts.tables.push(table(usual, self.span));
        }
        if let Some(table) = facts.tables.get_mut(first).filter(|_| nesting.is_open()) {
            table.open = true;
        }
        (first, nesting)
    }

    /// Whether the only row is named as the model that it stands under, and is that model: a text or a number.
    fn describes_one_value(&self, before: &[Block], facts: &Facts) -> bool {
        let ([row], Some(heading)) = (self.grid.rows.as_slice(), facts.subject_at(self.span)) else {
            return false;
        };
        let named = self.first(row).is_some_and(|name| name.text.eq_ignore_ascii_case(&heading.title));
        let here = before.iter().rev().take_while(|block| block.span.start > heading.span.start);
        let mut code = here.take(EXAMPLE_BLOCKS).filter(|block| matches!(block.kind, BlockKind::Code { .. }));
        named && code.next().is_some_and(|block| !self.text.slice(block.span).starts_with(['{', '[', '<']))
    }

    /// The status of the reply that the table describes.
    fn status(&self, before: &[Block], facts: &Facts) -> Option<u16> {
        let heading = facts.heading_at(self.span).map_or(0, |heading| heading.span.start);
        let here = before.iter().rev().take_while(|block| block.span.start >= heading);
        let lines =
            here.take(STATUS_BLOCKS).take_while(|block| !matches!(block.kind, BlockKind::Code { .. }));
        lines
            .filter(|block| block.kind == BlockKind::Prose)
            .find_map(|block| status(self.text.slice(block.span)))
    }

    fn cell(&self, row: &GridRow, wanted: Column) -> Option<Word> {
        let index = self.columns.iter().position(|column| *column == wanted)?;
        let cell = row.cells.get(index).filter(|cell| !cell.is_empty())?;
        let (text, span) = unmarked(self.text, *cell);
        Some(Word { text: text.into(), span })
    }

    fn first(&self, row: &GridRow) -> Option<Word> {
        let (text, span) = unmarked(self.text, *row.cells.first().filter(|cell| !cell.is_empty())?);
        Some(Word { text: text.into(), span })
    }

    fn test_values(&self) -> Vec<TestValue> {
        let column =
            self.grid.header.first().map(|cell| self.text.slice(*cell).to_owned()).unwrap_or_default();
        let rows = self.grid.rows.iter().filter_map(|row| {
            let (text, span) = row.cells.get(1).map(|cell| unmarked(self.text, *cell))?;
            let value = self.first(row)?;
            Some(TestValue { value, column: column.clone(), effect: Word { text: text.into(), span } })
        });
        rows.collect()
    }

    fn error_codes(&self) -> Vec<ErrorCode> {
        let rows = self.grid.rows.iter().filter_map(|row| {
            let status = self.first(row)?.text.get(..3)?.parse().ok()?;
            let (text, span) = row.cells.get(1).map(|cell| unmarked(self.text, *cell))?;
            Some(ErrorCode { status, meaning: Word { text: text.into(), span }, span: row.span })
        });
        rows.collect()
    }

    fn words(&self) -> Option<WordList> {
        let words: Vec<Word> = self.grid.rows.iter().filter_map(|row| self.first(row)).collect();
        (!words.is_empty()).then_some(WordList { subject: None, part: None, words, span: self.span })
    }
}
