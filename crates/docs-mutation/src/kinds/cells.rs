//! Slips in what rows say of their fields: cells, requiredness, defaults, limits, examples; and in columns.

use estoppel_docs_check::Span;
use serde_json::Value;

use super::{
    Kind, Places,
    fields::{cell, need_cell},
};
use crate::{
    Mutant, Reference,
    page::Row,
    reference::{FieldTable, Fields, Shows},
    schema::{Need, Schema},
};

const MISSING: &[&str] = &["DOC-CELL-MISSING"];
const NEED: &[&str] = &["DOC-REQUIREDNESS"];
const LIMIT: &[&str] = &["DOC-LIMIT"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("cell-description-emptied", MISSING, |r, p| emptied(r, p, "Description")),
    Kind::to_contract("cell-requiredness-emptied", MISSING, requiredness_emptied),
    Kind::to_contract("requiredness-required", NEED, |r, p| need_stated(r, p, "Y", Need::Always)),
    Kind::to_contract("requiredness-optional", NEED, |r, p| need_stated(r, p, "N", Need::Never)),
    Kind::to_contract("requiredness-conditional", NEED, |r, p| {
        need_stated(r, p, "Y if it is known", Need::Depends);
    }),
    Kind::to_contract("requiredness-of-two-rows-swapped", NEED, requiredness_swapped),
    Kind::to_contract(
        "type-and-requiredness-swapped",
        &["DOC-TYPE", "DOC-REQUIREDNESS"],
        type_and_need_swapped,
    ),
    Kind::to_contract("default-changed", LIMIT, default_changed),
    Kind::to_contract("limit-maximum", LIMIT, |r, p| limit(r, p, "maximum", "at most", "", 1)),
    Kind::to_contract("limit-minimum", LIMIT, |r, p| limit(r, p, "minimum", "at least", "", 1)),
    Kind::to_contract("limit-length-maximum", LIMIT, |r, p| {
        limit(r, p, "maxLength", "at most", " characters", 1);
    }),
    Kind::to_contract("limit-length-minimum", LIMIT, |r, p| {
        limit(r, p, "minLength", "at least", " characters", 1);
    }),
    Kind::to_contract("column-of-requiredness-removed", &["DOC-REQUIREDNESS-UNSTATED"], need_column_removed),
    Kind::to_contract("column-heading-in-plural", &["DOC-COLUMN"], heading_in_plural),
    Kind::to_contract("cell-example-of-another-row", &["DOC-EXAMPLE-CELL"], example_of_another_row),
];

fn name<'r>(reference: &'r Reference<'_>, row: &Row) -> &'r str {
    row.cells.first().map_or("", |cell| reference.page.slice(*cell))
}

fn emptied(reference: &Reference<'_>, places: &mut Places, heading: &str) {
    for (table, row) in reference.rows() {
        if let Some(cell) = cell(reference, table, row, heading).filter(|cell| !cell.is_empty()) {
            places.replace(cell, "");
        }
    }
}

fn requiredness_emptied(reference: &Reference<'_>, places: &mut Places) {
    for (_, row) in reference.rows() {
        if let Some(cell) = need_cell(row) {
            places.replace(cell, "");
        }
    }
}

/// States another requiredness than the contract has.
fn need_stated(reference: &Reference<'_>, places: &mut Places, told: &str, need: Need) {
    for (table, row) in reference.rows() {
        let Some(cell) = need_cell(row) else { continue };
        if table.schema.need(name(reference, row)) == need {
            places.equivalent("the contract says the same");
        } else {
            places.replace(cell, told);
        }
    }
}

/// Rows of one table that follow each other.
fn neighbours<'r, 'c>(
    reference: &'r Reference<'c>,
) -> impl Iterator<Item = (&'r FieldTable<'c>, &'r Row, &'r Row)> {
    reference.tables.iter().flat_map(|table| {
        let rows = table.grid.rows.iter().zip(table.grid.rows.iter().skip(1));
        rows.map(move |(first, second)| (table, first, second))
    })
}

fn requiredness_swapped(reference: &Reference<'_>, places: &mut Places) {
    for (_, first, second) in neighbours(reference) {
        let (Some(one), Some(other)) = (need_cell(first), need_cell(second)) else { continue };
        let (left, right) = (reference.page.slice(one).to_owned(), reference.page.slice(other).to_owned());
        let kind = |told: &str| (told.starts_with('Y'), told.len() > 1);
        if kind(&left) == kind(&right) {
            places.equivalent("both rows say the same");
        } else {
            places.push(Mutant::new().replace(one, right).replace(other, left));
        }
    }
}

fn type_and_need_swapped(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        let (Some(kind), Some(need)) = (cell(reference, table, row, "Type"), need_cell(row)) else {
            continue;
        };
        let (left, right) = (reference.page.slice(kind).to_owned(), reference.page.slice(need).to_owned());
        places.push(Mutant::new().replace(kind, right).replace(need, left));
    }
}

fn default_changed(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        let Some(stated) = cell(reference, table, row, "Default").filter(|cell| !cell.is_empty()) else {
            continue;
        };
        let text = reference.page.slice(stated).trim_matches('`').to_owned();
        let other = match serde_json::from_str(&text) {
            Ok(Value::Number(number)) => format!("{}", number.as_f64().unwrap_or_default() + 1.0),
            Ok(Value::Bool(value)) => (!value).to_string(),
            _ => "sloop".to_owned(),
        };
        places.replace(stated, format!("`{other}`"));
    }
}

/// Adds a sentence with another limit than the contract has.
fn limit(reference: &Reference<'_>, places: &mut Places, keyword: &str, words: &str, unit: &str, more: u64) {
    for (table, row) in reference.rows() {
        let Some(member) = table.schema.member(name(reference, row)) else { continue };
        let Some(told) = cell(reference, table, row, "Description") else { continue };
        let Some(limit) = meaningful(&member, keyword) else { continue };
        places.push(Mutant::new().insert(told.end, format!(" It is {words} {}{unit}.", limit + more)));
    }
}

/// A limit that a document would tell: not where numbers of a computer end.
fn meaningful(member: &Schema<'_>, keyword: &str) -> Option<u64> {
    const TOLD_MAX: u64 = 1_000_000;
    // A limit with a fraction is told with one, and no word of a sentence.
    let limit = member.keyword(keyword)?;
    let limit = limit.as_u64().or_else(|| limit.to_string().strip_suffix(".0")?.parse().ok())?;
    (limit <= TOLD_MAX && !(keyword.starts_with("min") && limit == 0)).then_some(limit)
}

fn need_column_removed(reference: &Reference<'_>, places: &mut Places) {
    let bodies = reference.tables.iter().filter(|table| table.fields == Fields::Body).count();
    for table in &reference.tables {
        match table.fields {
            Fields::Path | Fields::Object => continue,
            Fields::Query => {
                places.equivalent("the column of defaults says what may be left out");
                continue;
            }
            Fields::Body if bodies < 2 => {
                places.equivalent("no other table of a body says what is required");
                continue;
            }
            Fields::Body => {}
        }
        let ruler = Span::new(table.grid.header_line.end + 1, table.grid.header_line.end + 1);
        let lines = [table.grid.header_line, reference.page.line_at(ruler.start)];
        let lines = lines.into_iter().chain(table.grid.rows.iter().map(|row| row.line));
        let mutant = lines.fold(Mutant::new().near(table.grid.header_line), |mutant, line| {
            let cells = reference.page.cells(line);
            let before = cells.iter().rev().nth(1).map_or(line.end, |cell| cell.end);
            mutant.replace(Span::new(before, line.end), "")
        });
        places.push(mutant);
    }
}

fn heading_in_plural(reference: &Reference<'_>, places: &mut Places) {
    for table in &reference.tables {
        let Some(first) = table.grid.header.first() else { continue };
        let heading = reference.page.slice(*first);
        let same = |other: &&FieldTable<'_>| {
            other.grid.header.first().is_some_and(|cell| reference.page.slice(*cell) == heading)
        };
        if reference.tables.iter().filter(same).count() > 3 {
            places.replace(*first, format!("{heading}s"));
        } else {
            places.equivalent("fewer than three other tables have the column");
        }
    }
}

/// Gives a table a column of examples, in which one row has that of another.
fn example_of_another_row(reference: &Reference<'_>, places: &mut Places) {
    for table in &reference.tables {
        let wanted = match table.fields {
            Fields::Path | Fields::Query => continue,
            Fields::Body => Shows::Request,
            Fields::Object if reference.operation(table.section).is_some() => Shows::Reply,
            Fields::Object => Shows::Object,
        };
        let whole = reference.whole(table.section);
        let shown =
            reference.examples.iter().find(|shown| shown.shows == wanted && whole.contains(shown.block));
        let Some(object) = shown.and_then(|shown| shown.value.as_object()) else { continue };
        let texts: Vec<(usize, &str)> = table
            .grid
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some((index, object.get(name(reference, row))?.as_str()?)))
            .filter(|(_, text)| !text.is_empty() && !text.contains(['|', '`', '*']))
            .collect();
        for (position, (index, text)) in texts.iter().enumerate() {
            let other = texts.iter().cycle().skip(position + 1).take(texts.len());
            let Some((_, other)) = other.into_iter().find(|(_, other)| other != text) else {
                places.equivalent("no other row has a text of its own");
                continue;
            };
            let ruler = reference.page.line_at(table.grid.header_line.end + 1);
            let mut mutant = Mutant::new()
                .replace(Span::new(table.grid.header_line.end, table.grid.header_line.end), " | Example")
                .replace(Span::new(ruler.end, ruler.end), " | -------");
            for (row_index, row) in table.grid.rows.iter().enumerate() {
                let value = object.get(name(reference, row));
                let own = value.filter(|value| !value.is_object() && !value.is_array() && !value.is_null());
                let own = own.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                let own = own.filter(|own| !own.contains(['|', '`', '*']) && !own.is_empty());
                let own = own.unwrap_or_else(|| "as shown".to_owned());
                let cell = if row_index == *index { (*other).to_owned() } else { own };
                mutant = mutant.insert(row.line.end, format!(" | {cell}"));
            }
            let line = table.grid.rows.get(*index).map(|row| row.line);
            places.push(line.into_iter().fold(mutant, Mutant::near));
        }
    }
}
