//! One row of a table of parameters or fields.

use smol_str::SmolStr;

use super::{
    Layout,
    cells::{deprecation, requiredness, stated_default, stated_type},
    nesting::{Nesting, Values, marked},
    replies::plain,
};
use crate::{
    Row, Span, TableKind, Word, block::GridRow, column::Column, extract::limits::limits, identifier::is_name,
};

/// What generated tables write where there is nothing to say.
const NOTHING: &str = "none";

const NAME_LENGTH_MAX: usize = 200;

fn is_list(stated: &str) -> bool {
    let lower = stated.to_lowercase();
    lower.starts_with('[') || lower.starts_with("array") || lower.starts_with("list")
}

impl Layout<'_> {
    /// Whether at least half of the rows have an example, in a column for it.
    pub(super) fn expects_examples(&self) -> bool {
        let Some(column) = self.columns.iter().position(|column| *column == Column::Example) else {
            return false;
        };
        let filled = |row: &&GridRow| row.cells.get(column).is_some_and(|cell| !cell.is_empty());
        self.grid.rows.iter().filter(filled).count() * 2 >= self.grid.rows.len()
    }

    pub(super) fn row(
        &self,
        row: &GridRow,
        kind: TableKind,
        nesting: &mut Nesting,
        examples_expected: bool,
    ) -> Option<Row> {
        let (name, within) = self.name(row, kind, nesting)?;
        let description = self.cell(row, Column::Description).filter(|told| told.text != NOTHING);
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
            stated_type: self.stated_type(row).or_else(|| told.and_then(stated_type)),
            requiredness: self.cell(row, Column::Required).and_then(|cell| requiredness(&cell.text)),
            empty_columns: empty_columns.filter_map(|(index, _)| heading(index)).collect(),
            words: Vec::new(),
            limits: told.map(limits).unwrap_or_default(),
            example: self.cell(row, Column::Example),
            deprecated: told.and_then(deprecation),
            span: row.span,
            description,
            name,
            within,
        })
    }

    /// The name of a row and the field that it is a member of; nothing where the row has no name of its own.
    fn name(&self, row: &GridRow, kind: TableKind, nesting: &mut Nesting) -> Option<(Word, Option<SmolStr>)> {
        let marked = marked(self.text, *row.cells.first()?);
        let within = nesting.around(marked.steps);
        if let Some(others) = marked.nameless {
            nesting.open_nameless(marked.steps, within.as_ref(), others);
            return None;
        }
        // A body is called so where its members follow, or its model stands in the row.
        let whole = self.place(row) == Some(TableKind::Body) && marked.steps == 0;
        if whole && marked.name.eq_ignore_ascii_case("body") {
            nesting.open_whole(marked.steps);
            return None;
        }
        if !self.names_a_field(&marked.name) {
            return None;
        }
        let name = Word { text: marked.name.as_str().into(), span: marked.span };
        if marked.steps == 0
            && matches!(kind, TableKind::Object | TableKind::Body)
            && let Some((within, own)) = nesting.dotted(&name.text)
        {
            let span = Span::new(name.span.start + own, name.span.end);
            let own = Word { text: name.text.get(own..).unwrap_or_default().into(), span };
            return Some((own, Some(within)));
        }
        let many = self.cell(row, Column::Type).is_some_and(|stated| is_list(&stated.text));
        let values = if many { Values::Many } else { Values::One };
        nesting.open(marked.steps, within.as_ref(), &name.text, values);
        Some((name, within))
    }

    /// Whether a first cell is a name. Beside a type, names can have signs that are rare in names.
    fn names_a_field(&self, cell: &str) -> bool {
        let odd = !cell.is_empty() && cell.len() < NAME_LENGTH_MAX && !cell.contains(char::is_whitespace);
        is_name(cell)
            || (odd && self.has(Column::Type) && (self.has(Column::Place) || self.has(Column::Required)))
    }

    fn stated_type(&self, row: &GridRow) -> Option<Word> {
        let stated = self.cell(row, Column::Type)?;
        if !stated.text.contains("](") {
            return Some(stated);
        }
        Some(Word { text: plain(&stated.text).into(), span: stated.span })
    }
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
