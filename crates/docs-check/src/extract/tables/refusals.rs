//! Tables that say what operations refuse with, each refusal by a name.

use super::Layout;
use crate::{Facts, Refusal, Span, Word, block::GridRow, column::Column, extract::unmarked};

/// Headings of columns with the text of an error, in lower case.
const MESSAGES: [&str; 4] = ["message", "text", "error message", "error text"];
/// And of columns that say when it comes.
const CAUSES: [&str; 5] = ["when", "cause", "condition", "reason", "description"];

impl Layout<'_> {
    /// The place of the column with one of these headings.
    fn headed(&self, headings: &[&str]) -> Option<usize> {
        let lower = |cell: &Span| self.text.slice(*cell).trim().to_lowercase();
        self.grid.header.iter().position(|cell| headings.contains(&lower(cell).as_str()))
    }

    /// The error status in a row, in whatever column statuses stand.
    fn refused_status(&self, row: &GridRow) -> Option<u16> {
        let told = self.cell(row, Column::Code)?;
        let status = told.text.get(..3)?.parse().ok().filter(|status| (400..600).contains(status))?;
        (told.text.len() == 3 || told.text.get(3..)?.starts_with([' ', ':'])).then_some(status)
    }

    /// Whether each row names something and gives it an error status and a text.
    pub(super) fn names_refusals(&self) -> bool {
        let named = |row: &GridRow| self.first(row).is_some() && self.refused_status(row).is_some();
        !self.grid.rows.is_empty()
            && self.headed(&MESSAGES).is_some_and(|column| column > 0)
            // One row in which the status is lost does not make it another table.
            && self.grid.rows.iter().filter(|row| named(row)).count() * 2 > self.grid.rows.len()
    }

    pub(super) fn refusals(&self, facts: &Facts) -> Vec<Refusal> {
        let word = |row: &GridRow, column: Option<usize>| {
            let cell = row.cells.get(column?).filter(|cell| !cell.is_empty())?;
            let (text, span) = unmarked(self.text, *cell);
            Some(Word { text: text.into(), span })
        };
        let (message, when) = (self.headed(&MESSAGES), self.headed(&CAUSES));
        let operation = |row: &GridRow| {
            let here = facts.operation_at(row.span)?.span.start;
            facts.operations.binary_search_by_key(&here, |operation| operation.span.start).ok()
        };
        let rows = self.grid.rows.iter().filter_map(|row| {
            Some(Refusal {
                name: self.first(row)?,
                status: self.refused_status(row)?,
                message: word(row, message),
                when: word(row, when),
                operation: operation(row),
                header: self.header(),
                span: row.span,
            })
        });
        rows.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, extract};

    /// Name, status, text, when, and the place of the operation.
    type Told<'t> = (&'t str, u16, Option<&'t str>, Option<&'t str>, Option<usize>);

    fn check(page: &str, expected: &[Told<'_>]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let text = |word: &Option<crate::Word>| word.as_ref().map(|word| word.text.to_string());
        let found: Vec<_> = facts
            .refusals
            .iter()
            .map(|row| {
                (row.name.text.to_string(), row.status, text(&row.message), text(&row.when), row.operation)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, status, message, when, operation)| {
                let owned = |text: Option<&str>| text.map(str::to_owned);
                ((*name).to_owned(), *status, owned(*message), owned(*when), *operation)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn refusals_are_read_out_of_their_tables() {
        check(
            "# Fetch\n\n`GET /boats`\n\nId | Status | Message | When\n--|--|--|--\n`sunk` | 404 | It sank. | It is gone.\n`late` | 409 | | \n",
            &[
                ("sunk", 404, Some("It sank."), Some("It is gone."), Some(0)),
                ("late", 409, None, None, Some(0)),
            ],
        );
        check(
            "# All\n\nError | Message | Code\n--|--|--\nsunk | It sank. | 404\n",
            &[("sunk", 404, Some("It sank."), None, None)],
        );
        check("# All\n\nState | Status | Message\n--|--|--\nmoored | 1 | Fine\n", &[]);
        check("# All\n\nCode | Message\n--|--\n404 | It sank.\n", &[]);
    }
}
