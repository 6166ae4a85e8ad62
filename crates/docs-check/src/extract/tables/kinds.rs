//! What the rows of a table name.

use super::Layout;
use crate::{Facts, TableKind, block::GridRow, column::Column, extract::unmarked};

impl Layout<'_> {
    /// What the heading of the column or of the part says that the rows name.
    pub(super) fn kind(&self, facts: &Facts) -> TableKind {
        match self.columns.first() {
            Some(Column::ObjectName) => return TableKind::Object,
            Some(first) if let Some(place) = first.place() => return place,
            _ => {}
        }
        let title =
            facts.heading_at(self.span).map(|heading| heading.title.to_lowercase()).unwrap_or_default();
        if ["response", "reply", "replies"].iter().any(|word| title.contains(word)) {
            return TableKind::Object;
        }
        if title.contains("header") {
            return TableKind::Header;
        }
        if title.contains("query") {
            return TableKind::Query;
        }
        if title.contains("body") {
            return TableKind::Body;
        }
        if title.contains("url") || title.contains("path") {
            return TableKind::Path;
        }
        let Some(operation) = facts.operation_at(self.span) else { return TableKind::Object };
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

    /// What a column says of one row.
    pub(super) fn place(&self, row: &GridRow) -> Option<TableKind> {
        let place = self.cell(row, Column::Place)?;
        match place.text.to_lowercase().as_str() {
            "path" | "url" | "uri" => Some(TableKind::Path),
            "query" | "querystring" | "query string" => Some(TableKind::Query),
            "header" | "headers" => Some(TableKind::Header),
            "cookie" | "cookies" => Some(TableKind::Cookie),
            "body" | "form" | "formdata" | "form-data" => Some(TableKind::Body),
            _ => None,
        }
    }
}
