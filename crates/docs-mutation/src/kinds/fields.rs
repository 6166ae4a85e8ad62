//! Slips in the names of rows, and in which rows there are.

use estoppel_docs_check::Span;

use super::{
    Kind, Places,
    examples::{recased, slip},
};
use crate::{
    Mutant, Reference,
    page::Row,
    reference::{FieldTable, Fields, Shows},
    schema::Need,
};

const FIELDS: &[&str] = &["DOC-FIELDS", "DOC-PATH-PARAMETER", "DOC-WEBHOOK"];
const NAMES: &[&str] = &["DOC-FIELDS", "DOC-PATH-PARAMETER", "DOC-NAME-VARIANT", "DOC-WEBHOOK"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("row-deleted", FIELDS, deleted),
    Kind::to_contract("row-misspelled", NAMES, |r, p| renamed(r, p, slip)),
    Kind::to_contract("row-in-other-case", NAMES, |r, p| renamed(r, p, recased)),
    Kind::to_contract("row-of-another-field", NAMES, |r, p| renamed(r, p, |_| Some("mastColour".to_owned()))),
    Kind::to_contract("row-twice", &["DOC-ROW-DUPLICATE"], twice),
    Kind::to_contract("row-name-and-description-swapped", FIELDS, name_and_description_swapped),
    Kind::to_contract("row-required-and-deprecated", &["DOC-DEPRECATED-GUARANTEED"], deprecated),
    Kind::to_itself("alone-row-deleted", &["DOC-TABLE-EXAMPLE"], deleted_alone),
    Kind::to_itself("alone-required-under-condition", &["DOC-REQUIRED-IF"], under_condition),
];

/// Where a finding about a table as a whole belongs: its heading or, of a path, the path.
fn of_table(reference: &Reference<'_>, table: &FieldTable<'_>) -> Vec<Span> {
    let call = reference.call(table.section).filter(|_| table.fields == Fields::Path);
    [table.grid.header_line].into_iter().chain(call).collect()
}

fn deleted(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        let Some(name) = row.cells.first().map(|cell| reference.page.slice(*cell)) else { continue };
        let documented = table.schema.member(name).is_some_and(|member| member.is_documented());
        if documented || table.fields == Fields::Path {
            let mutant = Mutant::new().remove(reference.page.with_end(row.line));
            places.push(of_table(reference, table).into_iter().fold(mutant, Mutant::near));
        } else {
            places.equivalent("documents need not tell what the contract infers or decides");
        }
    }
}

fn renamed(reference: &Reference<'_>, places: &mut Places, change: impl Fn(&str) -> Option<String>) {
    for (table, row) in reference.rows() {
        let Some(cell) = row.cells.first() else { continue };
        let Some(other) = change(reference.page.slice(*cell)) else { continue };
        if table.schema.names().contains(other.as_str()) {
            places.equivalent("the table has a row of the other name");
            continue;
        }
        let mutant = Mutant::new().replace(*cell, other);
        places.push(of_table(reference, table).into_iter().fold(mutant, Mutant::near));
    }
}

fn twice(reference: &Reference<'_>, places: &mut Places) {
    for (_, row) in reference.rows() {
        let line = reference.page.slice(row.line);
        places.push(Mutant::new().insert(row.line.end, format!("\n{line}")).near(row.line));
    }
}

fn name_and_description_swapped(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        let description = cell(reference, table, row, "Description");
        let (Some(name), Some(description)) = (row.cells.first().copied(), description) else { continue };
        let documented = table.schema.member(reference.page.slice(name)).is_some_and(|m| m.is_documented());
        if !documented && table.fields != Fields::Path {
            places.equivalent("documents need not tell what the contract infers or decides");
            continue;
        }
        let (first, second) =
            (reference.page.slice(name).to_owned(), reference.page.slice(description).to_owned());
        let mutant = Mutant::new().replace(name, second).replace(description, first);
        places.push(of_table(reference, table).into_iter().fold(mutant, Mutant::near));
    }
}

/// The cell of a row in the column with this heading.
pub(super) fn cell(
    reference: &Reference<'_>,
    table: &FieldTable<'_>,
    row: &Row,
    heading: &str,
) -> Option<Span> {
    let column = table.grid.header.iter().position(|cell| reference.page.slice(*cell) == heading)?;
    row.cells.get(column).copied()
}

/// The cell that says whether a field must be there: the last one.
pub(super) fn need_cell(row: &Row) -> Option<Span> {
    row.cells.last().copied()
}

fn deprecated(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        let (Some(name), Some(told)) = (row.cells.first(), cell(reference, table, row, "Description")) else {
            continue;
        };
        if table.schema.need(reference.page.slice(*name)) == Need::Always {
            places.push(Mutant::new().insert(told.end, " It is deprecated."));
        } else {
            places.equivalent("what may be left out may be deprecated");
        }
    }
}

/// Rows without which an example of the same section shows what its table does not have.
fn deleted_alone(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        let wanted = match table.fields {
            Fields::Path | Fields::Query => continue,
            Fields::Body => Shows::Request,
            Fields::Object => match reference.operation(table.section) {
                Some(_) => Shows::Reply,
                None => Shows::Object,
            },
        };
        let name_of = |row: &Row| row.cells.first().map_or("", |cell| reference.page.slice(*cell));
        let name = name_of(row);
        let others: Vec<&str> = table.grid.rows.iter().map(name_of).filter(|other| *other != name).collect();
        let whole = reference.whole(table.section);
        let keys =
            reference.examples.iter().filter(|shown| whole.contains(shown.block) && shown.shows == wanted);
        let fits = keys.into_iter().any(|shown| {
            let Some(object) = shown.value.as_object() else { return false };
            let shared = others.iter().filter(|other| object.contains_key(**other)).count();
            object.contains_key(name)
                && shared >= 2
                && shared * 5 >= others.len() * 4
                && shared * 3 >= object.len() * 2
        });
        if fits {
            let mutant = Mutant::new().remove(reference.page.with_end(row.line));
            let mutant = mutant.near(table.grid.header_line);
            // The finding stands where the example shows the key.
            let shown = reference.examples.iter().filter(|shown| whole.contains(shown.block));
            places.push(shown.map(|shown| shown.contents).fold(mutant, Mutant::near));
        } else {
            places.equivalent("no example of the section shows the field beside most of the others");
        }
    }
}

fn under_condition(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        let (Some(need), Some(told)) = (need_cell(row), cell(reference, table, row, "Description")) else {
            continue;
        };
        if reference.page.slice(need) == "Y" {
            let text = reference.page.slice(told).trim_end_matches('.').to_owned();
            places.replace(told, format!("{text}, if it is known."));
        }
    }
}
