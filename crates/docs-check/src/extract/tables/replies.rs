//! Tables of what operations answer.

use super::Layout;
use crate::{Facts, Reply, ReplyBody, Word, block::GridRow, column::Column, extract::unmarked};

impl Layout<'_> {
    /// Reads a table whose rows begin with a status: replies of the operation around it, or codes that are true of all.
    pub(super) fn codes(&self, facts: &mut Facts) {
        let part = facts.heading_at(self.span).is_some_and(|heading| heading.part);
        let told = self.has(Column::Model) || (part && self.has(Column::Description));
        // What is said of an operation can have headings of its own, as high as the operation's; the models of replies
        // are those of the last operation all the same.
        let last = facts.operations.partition_point(|operation| operation.span.start < self.span.start);
        let place = match facts.operation_at(self.span).map(|operation| operation.span.start) {
            Some(start) => {
                facts.operations.binary_search_by_key(&start, |operation| operation.span.start).ok()
            }
            None => last.checked_sub(1).filter(|_| part && self.has(Column::Model)),
        };
        let place = place.filter(|_| told);
        match place {
            None => facts.error_codes.extend(self.error_codes()),
            Some(place) => {
                let otherwise = self.grid.rows.iter().find_map(|row| self.otherwise(row));
                if let Some(operation) = facts.operations.get_mut(place) {
                    operation.otherwise = operation.otherwise.take().or(otherwise);
                }
                facts.replies.extend(self.grid.rows.iter().filter_map(|row| self.reply(row, place)));
            }
        }
    }

    fn reply(&self, row: &GridRow, operation: usize) -> Option<Reply> {
        let status = self.first(row)?.text.parse().ok().filter(|status| (100..600).contains(status))?;
        let when = self.meaning(row);
        let body = self.cell(row, Column::Model).map(|cell| body(&plain(&cell.text)));
        Some(Reply { status, operation: Some(operation), when, body, example: None, span: row.span })
    }

    /// What a row says of every status that no other row names.
    fn otherwise(&self, row: &GridRow) -> Option<Word> {
        let status = self.first(row).filter(|status| status.text.eq_ignore_ascii_case("default"))?;
        Some(self.meaning(row).unwrap_or(status))
    }

    /// What a status means here; its usual name stands before that.
    fn meaning(&self, row: &GridRow) -> Option<Word> {
        let columns = self.columns.iter().zip(&row.cells).rev();
        let mut meanings =
            columns.filter(|(column, cell)| **column == Column::Description && !cell.is_empty());
        let (_, cell) = meanings.next()?;
        let (text, span) = unmarked(self.text, *cell);
        Some(Word { text: text.into(), span })
    }
}

fn body(cell: &str) -> ReplyBody {
    match cell.to_lowercase().as_str() {
        "none" | "-" | "n/a" | "empty" => ReplyBody::Absent,
        "inline" => ReplyBody::Inline,
        _ => ReplyBody::Model(cell.to_owned()),
    }
}

/// A cell longer than this is no name of a type.
const TYPE_LENGTH_MAX: usize = 300;

/// The name of a type without the links in it: `[[Mast](#mast)]` is `[Mast]`.
pub(super) fn plain(cell: &str) -> String {
    let mut cell = cell.to_owned();
    while let Some(middle) = cell.find("](").filter(|_| cell.len() < TYPE_LENGTH_MAX) {
        let (before, after) = cell.split_at(middle);
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else { break };
        let words = [before.get(..open), before.get(open + 1..), after.get(close + 1..)];
        cell = words.into_iter().flatten().collect();
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, extract};

    fn check(page: &str, expected: &[(u16, Option<&str>, Option<ReplyBody>)], codes: usize) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<_> = facts
            .replies
            .iter()
            .filter(|reply| reply.operation.is_some())
            .map(|reply| {
                (reply.status, reply.when.as_ref().map(|when| when.text.as_str()), reply.body.clone())
            })
            .collect();
        assert_eq!((found.as_slice(), facts.error_codes.len(), facts.tables.len()), (expected, codes, 0));
    }

    #[test]
    fn replies_stand_in_tables() {
        check(
            "## Fetch\n\n`GET /boats`\n\n### Responses\n\n|Status|Meaning|Description|Schema|\n|--|--|--|--|\n|200|[OK](https://b.test)|The boat|[Boat](#boat)|\n|204|No Content|Sunk|None|\n|default|Default|Else|Inline|\n",
            &[
                (200, Some("The boat"), Some(ReplyBody::Model("Boat".to_owned()))),
                (204, Some("Sunk"), Some(ReplyBody::Absent)),
            ],
            0,
        );
        check("# Errors\n\nStatus | Meaning\n--|--\n404 | Sunk\n", &[], 1);
    }

    #[test]
    fn types_lose_their_links() {
        assert_eq!(plain("[[Mast](#mast)]"), "[Mast]");
        assert_eq!(plain("string"), "string");
        assert_eq!(plain("](x"), "](x");
    }
}
