//! Slips in the types that tables state.

use std::collections::BTreeSet;

use estoppel_docs_check::Span;
use serde_json::Value;

use super::{Kind, Places, fields::cell};
use crate::{Mutant, Reference, page::Row, reference::FieldTable, schema::Schema};

const TYPE: &[&str] = &["DOC-TYPE"];

/// An instant as milliseconds since 1970.
const MILLISECONDS: u64 = 1_678_724_487_099;

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("type-of-another-kind", TYPE, another_kind),
    Kind::to_contract("type-of-two-rows-swapped", TYPE, swapped),
    Kind::to_contract("type-format-changed", TYPE, format_changed),
    Kind::to_contract("type-of-items-changed", TYPE, items_changed),
    Kind::to_contract("type-of-another-object", TYPE, another_object),
    Kind::to_contract("type-of-another-list-of-words", TYPE, another_list),
    Kind::to_contract("timestamp-unit", &["DOC-TIMESTAMP-UNIT"], timestamp_unit),
    Kind::to_itself("alone-amount-as-integer", &["DOC-AMOUNT"], integer_amount),
];

/// The rows of all tables with the cell of the type and the schema of the field.
fn typed<'r, 'c>(
    reference: &'r Reference<'c>,
) -> impl Iterator<Item = (&'r FieldTable<'c>, &'r Row, Span, Schema<'c>)> {
    reference.rows().filter_map(|(table, row)| {
        let kind = cell(reference, table, row, "Type")?;
        let member = table.schema.member(reference.page.slice(*row.cells.first()?))?;
        Some((table, row, kind, member))
    })
}

/// The types of JSON that the contract takes; none where it takes all.
fn kinds_of(schema: &Schema<'_>) -> BTreeSet<String> {
    let value = schema.value();
    match value.get("type") {
        Some(Value::String(kind)) => [kind.clone()].into(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => {
            let forms = ["oneOf", "anyOf"].iter().filter_map(|keyword| value.get(*keyword)?.as_array());
            let kinds = forms.flatten().filter_map(|form| Some(form.get("type")?.as_str()?.to_owned()));
            kinds.collect()
        }
    }
}

/// A type that the field does not have, of another kind than the cell says.
fn other_than<'k>(schema: &Schema<'_>, stated: &str) -> Option<&'k str> {
    let kinds = kinds_of(schema);
    let takes = |kind: &str| kinds.contains(kind);
    let candidates = match stated.split([' ', ',']).next().unwrap_or_default() {
        "string" => ["integer", "boolean", "object"],
        "integer" | "number" => ["string", "boolean", "object"],
        "boolean" => ["string", "integer", "object"],
        "array" => ["object", "string", "integer"],
        _ => ["array of string", "string", "integer"],
    };
    if kinds.is_empty() {
        return None;
    }
    candidates.into_iter().find(|kind| !takes(kind.split(' ').next().unwrap_or_default()))
}

fn another_kind(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, kind, member) in typed(reference) {
        match other_than(&member, reference.page.slice(kind)) {
            Some(other) => places.replace(kind, other),
            None => places.equivalent("the contract takes values of any type"),
        }
    }
}

/// The word of JSON at the start of a type.
fn word(stated: &str) -> &str {
    stated.split([' ', ',']).next().unwrap_or_default()
}

fn swapped(reference: &Reference<'_>, places: &mut Places) {
    let rows: Vec<_> = typed(reference).collect();
    for pair in rows.windows(2) {
        let [(table, _, first, left), (other_table, _, second, right)] = pair else { continue };
        if table.grid.header_line != other_table.grid.header_line {
            continue;
        }
        let (one, other) =
            (reference.page.slice(*first).to_owned(), reference.page.slice(*second).to_owned());
        let fits = |schema: &Schema<'_>, stated: &str| {
            let kinds = kinds_of(schema);
            kinds.is_empty()
                || kinds.contains(word(stated))
                || (word(stated) == "number" && kinds.contains("integer"))
        };
        if fits(left, &other) && fits(right, &one) {
            places.equivalent("both rows have values of one type");
        } else {
            places.push(Mutant::new().replace(*first, other).replace(*second, one));
        }
    }
}

fn format_changed(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, kind, member) in typed(reference) {
        let stated = reference.page.slice(kind);
        let Some(format) = member.keyword("format").and_then(Value::as_str) else { continue };
        let other = if format == "date" { "uuid" } else { "date" };
        if stated.contains(&format!("({format})")) {
            places.replace(kind, stated.replace(&format!("({format})"), &format!("({other})")));
        }
    }
}

fn items_changed(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, kind, member) in typed(reference) {
        let Some(items) = reference.page.slice(kind).strip_prefix("array of ") else { continue };
        let Some(schema) = member.items() else { continue };
        let told = if items.starts_with('[') { "object" } else { items };
        match other_than(&schema, told) {
            Some(other) => places.replace(kind, format!("array of {other}")),
            None => places.equivalent("the contract takes items of any type"),
        }
    }
}

/// Names another model where a cell links one of these.
fn link_to_another(reference: &Reference<'_>, places: &mut Places, wanted: impl Fn(&Schema<'_>) -> bool) {
    let models = || {
        let models = reference.contract.models.iter();
        models.filter(|model| wanted(&Schema::new(reference.contract, &model.schema)))
    };
    let linked = |name: &str| {
        reference.page.sections.iter().any(|section| reference.page.slice(section.title) == name)
    };
    for (_, _, kind, member) in typed(reference) {
        let stated = reference.page.slice(kind);
        let schema = if stated.starts_with("array of") { member.items() } else { Some(member) };
        let Some(own) = schema.as_ref().and_then(Schema::model) else { continue };
        if !schema.as_ref().is_some_and(&wanted) {
            continue;
        }
        let after = models().skip_while(|model| model.name != own).skip(1).chain(models());
        let Some(other) = after.into_iter().find(|model| model.name != own && linked(&model.name)) else {
            places.equivalent("the page describes no other of its kind");
            continue;
        };
        let link = |name: &str| format!("[{name}](#{})", name.to_lowercase());
        places.replace(kind, stated.replace(&link(own), &link(&other.name)));
    }
}

fn another_object(reference: &Reference<'_>, places: &mut Places) {
    link_to_another(reference, places, |schema| schema.value().get("properties").is_some());
}

fn another_list(reference: &Reference<'_>, places: &mut Places) {
    link_to_another(reference, places, |schema| schema.words().is_some());
}

/// Calls an integer a Unix timestamp and shows one in milliseconds.
fn timestamp_unit(reference: &Reference<'_>, places: &mut Places) {
    for (table, row, _, member) in typed(reference) {
        let Some(told) = cell(reference, table, row, "Description") else { continue };
        let name = row.cells.first().map_or("", |cell| reference.page.slice(*cell));
        if member.type_name() != Some("integer") {
            continue;
        }
        let whole = reference.whole(table.section);
        let shown = reference.examples.iter().filter(|shown| whole.contains(shown.block));
        let mut entries = shown.flat_map(|shown| shown.lines.entries.iter().map(move |entry| (shown, entry)));
        let entry = entries.find(|(shown, entry)| {
            let mut other = shown.value.clone();
            let value = other.pointer_mut(&entry.pointer).filter(|value| value.is_u64());
            entry.name(&reference.page) == Some(name)
                && value.is_some_and(|value| {
                    *value = MILLISECONDS.into();
                    true
                })
                && reference.accepts(shown, &other)
        });
        match entry {
            Some((_, entry)) => places.push(
                Mutant::new()
                    .replace(entry.value, MILLISECONDS.to_string())
                    .replace(told, "A Unix timestamp."),
            ),
            None => places.equivalent("no example of the section can show a timestamp in the field"),
        }
    }
}

fn integer_amount(reference: &Reference<'_>, places: &mut Places) {
    let money = |name: &str| {
        let lower = name.to_lowercase();
        name.chars().any(char::is_uppercase)
            && ["amount", "balance", "payment"].iter().any(|end| lower.ends_with(end))
    };
    let cents = reference.examples.iter().flat_map(|shown| &shown.lines.entries).any(|entry| {
        let number = entry.scalar(&reference.page).and_then(|value| value.as_f64());
        entry.name(&reference.page).is_some_and(money) && number.is_some_and(|number| number.fract() != 0.0)
    });
    for (_, row, kind, _) in typed(reference) {
        let name = row.cells.first().map_or("", |cell| reference.page.slice(*cell));
        if !money(name) || reference.page.slice(kind) != "number" {
            continue;
        }
        if cents {
            places.replace(kind, "integer");
        } else {
            places.equivalent("no example of the page shows an amount with cents");
        }
    }
}
