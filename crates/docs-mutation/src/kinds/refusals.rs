//! Slips in what operations refuse with.

use estoppel_contract::{Basis, Notice};
use estoppel_docs_check::Span;

use super::{Kind, Places, examples::slip, json::texts};
use crate::{
    Mutant, Reference,
    page::{Block, Grid, Row},
    reference::Shows,
};

const CODES: &[&str] = &["DOC-ERROR-CODES"];
const REFUSAL: &[&str] = &["DOC-REFUSAL", "DOC-EXAMPLE-SCHEMA"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("refusal-status-changed", CODES, |r, p| status_changed(r, p, "418")),
    Kind::to_contract("refusal-id-misspelled", CODES, id_misspelled),
    Kind::to_contract("refusal-message-changed", CODES, message_changed),
    Kind::to_contract("refusal-removed", CODES, removed),
    Kind::to_contract("refusal-added", CODES, added),
    Kind::to_contract("refusal-twice", &["DOC-ROW-DUPLICATE"], twice),
    Kind::to_contract("refusal-example-status-changed", REFUSAL, example_status),
    Kind::to_contract("refusal-example-text-changed", REFUSAL, example_text),
    Kind::to_contract(
        "refusal-blames-another-credential",
        &["DOC-AUTH-WORDS", "DOC-ERROR-CODES"],
        other_credential,
    ),
];

fn rows<'r>(reference: &'r Reference<'_>) -> impl Iterator<Item = (&'r Block, &'r Grid, &'r Row)> {
    let tables = reference.grids("Id");
    tables.flat_map(|(block, grid)| grid.rows.iter().map(move |row| (block, grid, row)))
}

/// The refusal that a row is of.
fn notice(reference: &Reference<'_>, row: &Row) -> Option<Notice> {
    let id = reference.page.slice(*row.cells.first()?).trim_matches('`');
    reference.contract.notices().into_iter().find(|notice| notice.id == id)
}

fn status_changed(reference: &Reference<'_>, places: &mut Places, other: &str) {
    for (_, _, row) in rows(reference) {
        if let Some(cell) = row.cells.get(1) {
            places.replace(*cell, other);
        }
    }
}

fn id_misspelled(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, row) in rows(reference) {
        let Some(cell) = row.cells.first() else { continue };
        let id = reference.page.slice(*cell).trim_matches('`').to_owned();
        if let Some(other) = slip(&id) {
            places.replace(*cell, format!("`{other}`"));
        }
    }
}

fn message_changed(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, row) in rows(reference) {
        let Some(cell) = row.cells.get(2) else { continue };
        if reference.page.slice(*cell).contains('{') {
            places.equivalent("the text of the contract is a template");
        } else {
            places.replace(*cell, "The mast is broken.");
        }
    }
}

fn removed(reference: &Reference<'_>, places: &mut Places) {
    for (_, grid, row) in rows(reference) {
        let basis = notice(reference, row).map(|notice| notice.basis);
        if matches!(basis, Some(Basis::Documented | Basis::Example)) {
            let line = reference.page.with_end(row.line);
            places.push(Mutant::new().remove(line).near(grid.header_line));
        } else {
            places.equivalent("documents need not tell what the contract infers or decides");
        }
    }
}

fn added(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, row) in rows(reference) {
        let other =
            "\n`mast-broken` | 418 | The mast is broken. | The mast is broken. | boats: Masts (documented)";
        places.push(Mutant::new().insert(row.line.end, other));
    }
}

fn twice(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, row) in rows(reference) {
        let line = reference.page.slice(row.line);
        places.push(Mutant::new().insert(row.line.end, format!("\n{line}")).near(row.line));
    }
}

/// Gives the example of a refusal a status in its caption that the contract never answers.
fn example_status(reference: &Reference<'_>, places: &mut Places) {
    for shown in reference.examples.iter().filter(|shown| shown.shows == Shows::Refusal) {
        let caption = reference.page.slice(shown.caption);
        let Some(at) = caption.find("status ").map(|at| shown.caption.start + at + "status ".len()) else {
            continue;
        };
        places.push(Mutant::new().replace(Span::new(at, at + 3), "418").near(shown.contents));
    }
}

/// Changes the text of a refusal in its example.
fn example_text(reference: &Reference<'_>, places: &mut Places) {
    for (shown, entry, text) in texts(reference) {
        if shown.shows != Shows::Refusal {
            continue;
        }
        let caption = reference.page.slice(shown.caption);
        let of = reference
            .contract
            .notices()
            .into_iter()
            .filter(|notice| caption.contains(&format!("refusal {},", notice.id)));
        let repeats = entry.pointer.matches('/').count() > 2;
        if of.into_iter().any(|notice| notice.message == text) && !repeats {
            places.replace(entry.value, "\"The mast is broken.\"");
        }
    }
}

/// Makes the 401 blame an API key where the page knows tokens only.
fn other_credential(reference: &Reference<'_>, places: &mut Places) {
    let lower = reference.page.text.to_lowercase();
    let tokens_only =
        (lower.contains("oauth") || lower.contains("access token")) && !lower.contains("api key");
    for (_, _, row) in rows(reference) {
        let (Some(status), Some(message)) = (row.cells.get(1), row.cells.get(2)) else { continue };
        if reference.page.slice(*status) != "401" {
            continue;
        }
        if tokens_only {
            places.replace(*message, "Your API key is wrong");
        } else {
            places.equivalent("the page does not say that calls carry an OAuth token");
        }
    }
}
