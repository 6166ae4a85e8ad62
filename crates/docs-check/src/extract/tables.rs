//! Tables: of parameters and fields, of magic inputs, of error codes, of words.

mod refusals;

use std::sync::LazyLock;

use regex::Regex;

use super::{limits::limits, unmarked};
use crate::{
    ErrorCode, Facts, Requiredness, Row, Span, Table, TableKind, TestValue, Word, WordList,
    block::{Block, BlockKind, Grid, GridRow},
    column::{Column, classify},
    identifier::is_name,
    text::Text,
};

static STATED_TYPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\((?P<inside>boolean|string|integer|number|decimal|array|object|uuid|guid)\)
        |^(?:an?\s+)?(?P<first>boolean|string|integer|number|array|object|uuid|guid)\b",
    )
    .ok()
});
static STATED_DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)\bdefaults?\s+(?:to|is|value\s+is)\s+[`"']?(?P<value>[\w.-]*\w)"#).ok()
});

/// A table and what its columns hold.
struct Layout<'t> {
    text: &'t Text<'t>,
    grid: &'t Grid,
    columns: Vec<Column>,
}

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Table(grid) = &block.kind else { continue };
        let columns = grid.header.iter().map(|cell| classify(text.slice(*cell))).collect();
        let layout = Layout { text, grid, columns };
        match layout.columns.first() {
            Some(Column::TestValue) => facts.test_values.extend(layout.test_values()),
            Some(first) if *first != Column::Code && layout.names_refusals() => {
                let refusals = layout.refusals(facts);
                facts.refusals.extend(refusals);
            }
            Some(Column::Code) => facts.error_codes.extend(layout.error_codes()),
            Some(Column::Type | Column::Value) => facts.word_lists.extend(layout.words(block.span)),
            Some(Column::Description) if layout.columns.get(1) == Some(&Column::Required) => {
                facts.word_lists.extend(layout.words(block.span));
            }
            Some(first) if first.is_name() => {
                let before = index.checked_sub(1).and_then(|before| blocks.get(before));
                let introduction =
                    before.filter(|block| block.kind == BlockKind::Prose).map(|block| block.span);
                let kind = layout.kind(*first, block.span, facts);
                let expected = layout.expects_examples();
                let rows = grid.rows.iter().filter_map(|row| layout.row(row, expected)).collect();
                facts.tables.push(Table {
                    kind,
                    columns: grid.header.iter().map(|cell| text.slice(*cell).to_owned()).collect(),
                    rows,
                    introduction,
                    header: layout.header(),
                    span: block.span,
                });
            }
            _ => {}
        }
    }
}

impl Layout<'_> {
    fn header(&self) -> Span {
        let start = self.grid.header.first().map_or(0, |cell| cell.start);
        let end = self.grid.header.last().map_or(start, |cell| cell.end);
        Span::new(start, end.max(start))
    }

    fn kind(&self, first: Column, span: Span, facts: &Facts) -> TableKind {
        match first {
            Column::BodyName => return TableKind::Body,
            Column::QueryName => return TableKind::Query,
            Column::PathName => return TableKind::Path,
            Column::ObjectName => return TableKind::Object,
            _ => {}
        }
        let title = facts.heading_at(span).map(|heading| heading.title.to_lowercase()).unwrap_or_default();
        if title.contains("query") {
            return TableKind::Query;
        }
        if title.contains("body") {
            return if ["response", "reply"].iter().any(|word| title.contains(word)) {
                TableKind::Object
            } else {
                TableKind::Body
            };
        }
        if title.contains("url") || title.contains("path") {
            return TableKind::Path;
        }
        let Some(operation) = facts.operation_at(span) else { return TableKind::Object };
        let in_path = |row: &GridRow| {
            let name = row.cells.first().map(|cell| unmarked(self.text, *cell).0).unwrap_or_default();
            !name.is_empty() && operation.path.contains(&name)
        };
        match operation.method.as_str() {
            _ if self.grid.rows.iter().all(in_path) => TableKind::Path,
            _ if !title.contains("param") => TableKind::Object,
            "GET" | "DELETE" => TableKind::Query,
            _ => TableKind::Body,
        }
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

    /// Whether at least half of the rows have an example, in a column for it.
    fn expects_examples(&self) -> bool {
        let Some(column) = self.columns.iter().position(|column| *column == Column::Example) else {
            return false;
        };
        let filled = |row: &&GridRow| row.cells.get(column).is_some_and(|cell| !cell.is_empty());
        self.grid.rows.iter().filter(filled).count() * 2 >= self.grid.rows.len()
    }

    fn row(&self, row: &GridRow, examples_expected: bool) -> Option<Row> {
        let name = self.first(row).filter(|name| is_name(&name.text))?;
        let description = self.cell(row, Column::Description);
        let told = description.as_ref();
        let empty_columns = self.columns.iter().enumerate().filter(|(index, column)| {
            let empty = row.cells.get(*index).is_none_or(|cell| cell.is_empty());
            let asked = match column {
                Column::Description | Column::Required => true,
                Column::Example => examples_expected,
                _ => false,
            };
            empty && asked
        });
        let heading =
            |index: usize| self.grid.header.get(index).map(|cell| self.text.slice(*cell).to_owned());
        Some(Row {
            default: self.cell(row, Column::Default).or_else(|| told.and_then(stated_default)),
            stated_type: self.cell(row, Column::Type).or_else(|| told.and_then(stated_type)),
            requiredness: self.cell(row, Column::Required).and_then(|cell| requiredness(&cell.text)),
            empty_columns: empty_columns.filter_map(|(index, _)| heading(index)).collect(),
            words: Vec::new(),
            limits: told.map(limits).unwrap_or_default(),
            example: self.cell(row, Column::Example),
            deprecated: told.and_then(deprecation),
            span: row.span,
            description,
            name,
        })
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

    fn words(&self, span: Span) -> Option<WordList> {
        let words: Vec<Word> = self.grid.rows.iter().filter_map(|row| self.first(row)).collect();
        (!words.is_empty()).then_some(WordList { subject: None, words, span })
    }
}

fn requiredness(cell: &str) -> Option<Requiredness> {
    let lower = cell.trim().to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let first = words.next().unwrap_or_default();
    let alone = words.all(str::is_empty);
    match (first, alone) {
        ("y" | "yes" | "required" | "true" | "always", true) => Some(Requiredness::Required),
        ("n" | "no" | "optional" | "false" | "never", _) => Some(Requiredness::Optional),
        ("y" | "yes" | "required" | "conditional" | "if" | "when", _) => {
            Some(Requiredness::Conditional(cell.trim().to_owned()))
        }
        _ => None,
    }
}

fn stated_type(description: &Word) -> Option<Word> {
    let captures = STATED_TYPE.as_ref()?.captures(&description.text)?;
    let found = captures.name("inside").or_else(|| captures.name("first"))?;
    let span = Span::new(found.start(), found.end()).moved(description.span.start);
    Some(Word { text: found.as_str().to_lowercase().into(), span })
}

/// Where a description says that a field should not be used any more.
fn deprecation(description: &Word) -> Option<Span> {
    let lower = description.text.to_ascii_lowercase();
    let at = lower.find("deprecated")?;
    let before = lower.get(..at)?.trim_end();
    let announced = ["be", "is", "been", "are"].iter().any(|word| before.ends_with(word));
    let stands_alone = before.is_empty() || before.ends_with(['(', '.', '-', '—']);
    let place = Span::new(at, at + "deprecated".len()).moved(description.span.start);
    (announced || stands_alone).then_some(place)
}

/// Gives each row the words that its description lists.
pub(super) fn add_words(facts: &mut Facts) {
    let mut lists = facts.word_lists.iter().filter(|list| list.subject.is_some()).peekable();
    for row in facts.tables.iter_mut().flat_map(|table| &mut table.rows) {
        while lists.next_if(|list| list.span.start < row.span.start).is_some() {}
        while let Some(list) = lists.next_if(|list| row.span.contains(list.span)) {
            row.words.extend(list.words.iter().cloned());
        }
    }
}

fn stated_default(description: &Word) -> Option<Word> {
    let told = description.text.as_bytes().windows(6).any(|word| word.eq_ignore_ascii_case(b"efault"));
    let found = STATED_DEFAULT.as_ref().filter(|_| told)?.captures(&description.text)?.name("value")?;
    let span = Span::new(found.start(), found.end()).moved(description.span.start);
    Some(Word { text: found.as_str().into(), span })
}

#[cfg(test)]
mod tests {
    use crate::{Document, Requiredness, TableKind, extract};

    /// Name, requiredness, default and type.
    type Told<'t> = (&'t str, Option<Requiredness>, Option<&'t str>, Option<&'t str>);

    fn check(page: &str, kind: TableKind, expected: &[Told<'_>]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let [table] = facts.tables.as_slice() else { panic!("{:?}", facts.tables) };
        let rows: Vec<_> = table
            .rows
            .iter()
            .map(|row| {
                let text = |word: &Option<crate::Word>| word.as_ref().map(|word| word.text.to_string());
                (
                    row.name.text.to_string(),
                    row.requiredness.clone(),
                    text(&row.default),
                    text(&row.stated_type),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, required, default, kind)| {
                ((*name).to_owned(), required.clone(), default.map(str::to_owned), kind.map(str::to_owned))
            })
            .collect();
        assert_eq!((table.kind, rows), (kind, expected));
    }

    #[test]
    fn rows_say_what_a_field_is() {
        check(
            "# A\n\nBody Parameter | Description | Required?\n--|--|--\n`sail` | Is up (boolean) | Y\nport | Its port | Y if docked\nx | | N\n",
            TableKind::Body,
            &[
                ("sail", Some(Requiredness::Required), None, Some("boolean")),
                ("port", Some(Requiredness::Conditional("Y if docked".to_owned())), None, None),
                ("x", Some(Requiredness::Optional), None, None),
            ],
        );
        check(
            "# A\n\n## Query Parameters\n\nParameter | Default | Description\n--|--|--\nsize | 10 | An integer\npage | | From zero; defaults to 0.\n",
            TableKind::Query,
            &[("size", None, Some("10"), Some("integer")), ("page", None, Some("0"), None)],
        );
        check(
            "Ports\n\nGET /ports/{id}\n\nParameter Description\nid The port.\n",
            TableKind::Path,
            &[("id", None, None, None)],
        );
    }
}
