//! Slips in which operations a page tells of, and whether they are served.

use estoppel_contract::{Availability, Basis};
use estoppel_docs_check::Span;

use super::{Kind, Places};
use crate::{Mutant, Reference, page::BlockKind, reference::Shows};

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("operation-removed", &["DOC-OPERATION-UNDOCUMENTED"], removed),
    Kind::to_contract("operation-twice", &["DOC-OPERATION-TWICE"], twice),
    Kind::to_contract("notice-not-available-added", &["DOC-AVAILABILITY"], notice_added),
    Kind::to_contract("notice-not-available-removed", &["DOC-AVAILABILITY"], notice_removed),
    Kind::to_contract("request-examples-removed", &["DOC-REQUEST-UNSHOWN"], request_unshown),
    Kind::to_itself("alone-create-and-update-differ", &["DOC-CREATE-UPDATE"], create_and_update),
];

fn removed(reference: &Reference<'_>, places: &mut Places) {
    let first = reference.page.sections.first().map(|section| section.title);
    for (section, operation) in reference.operations() {
        if !matches!(operation.spec.basis, Basis::Documented | Basis::Example) {
            places.equivalent("documents need not tell what the contract infers or decides");
            continue;
        }
        let mutant = Mutant::new().remove(reference.whole(section));
        places.push(first.into_iter().fold(mutant, Mutant::near));
    }
}

/// Describes an operation once more, at the end of the operations of its group.
fn twice(reference: &Reference<'_>, places: &mut Places) {
    for (section, _) in reference.operations() {
        let whole = reference.whole(section);
        let Some(call) = reference.call(section) else { continue };
        let Some(title) = reference.page.sections.get(section).map(|section| section.title) else { continue };
        let copy = reference.page.slice(whole).replacen(reference.page.slice(title), "Another Way", 1);
        places.push(Mutant::new().insert(whole.end, copy).near(call));
    }
}

fn notice_added(reference: &Reference<'_>, places: &mut Places) {
    for (section, operation) in reference.operations() {
        if operation.spec.availability != Availability::Served {
            continue;
        }
        let Some(line) = reference.page.sections.get(section).map(|section| section.title.end) else {
            continue;
        };
        let notice = "\n\n<aside class=\"notice\">\nThis operation is not currently available.\n</aside>";
        places.push(Mutant::new().insert(line, notice));
    }
}

fn notice_removed(reference: &Reference<'_>, places: &mut Places) {
    for (section, operation) in reference.operations() {
        if operation.spec.availability == Availability::Served {
            continue;
        }
        let whole = reference.whole(section);
        let inside = reference.page.blocks.iter().filter(|block| whole.contains(block.span));
        let telling = inside.filter(|block| {
            let sentence = matches!(block.kind, BlockKind::Aside | BlockKind::Prose);
            sentence && reference.page.slice(block.span).contains("available")
        });
        let mutant = telling.fold(Mutant::new(), |mutant, block| mutant.remove(block.span));
        places.push(reference.call(section).into_iter().fold(mutant, Mutant::near));
    }
}

fn request_unshown(reference: &Reference<'_>, places: &mut Places) {
    for (section, operation) in reference.operations() {
        let whole = reference.whole(section);
        let shown = reference.examples.iter().filter(|shown| whole.contains(shown.block));
        let shown: Vec<_> = shown.filter(|shown| shown.shows == Shows::Request).collect();
        if operation.body.is_none() || shown.is_empty() {
            continue;
        }
        let mutant = shown.iter().fold(Mutant::new(), |mutant, shown| {
            mutant.remove(Span::new(shown.caption.start, shown.block.end + 1))
        });
        // A command that calls the operation shows its body too.
        let blocks = reference.page.blocks.iter().map(|block| block.span);
        let commands = blocks
            .filter(|block| whole.contains(*block) && reference.page.slice(*block).starts_with("```shell"));
        let mutant = commands.fold(mutant, |mutant, block| mutant.remove(reference.page.with_end(block)));
        places.push(reference.call(section).into_iter().fold(mutant, Mutant::near));
    }
}

/// Renames a field of the body of an update that the body of the creation has too.
fn create_and_update(reference: &Reference<'_>, places: &mut Places) {
    let bodies = || reference.tables.iter().filter(|table| table.fields == crate::reference::Fields::Body);
    for update in bodies() {
        let Some(changes) = reference.operation(update.section) else { continue };
        let create = bodies().find(|table| {
            reference.operation(table.section).is_some_and(|creates| {
                let item = changes.path.as_str().strip_prefix(creates.path.as_str());
                let below = item.is_some_and(|rest| rest.starts_with("/{") && rest.matches('/').count() == 1);
                creates.spec.method.as_str() == "POST" && changes.spec.method.as_str() == "PUT" && below
            })
        });
        let Some(create) = create else { continue };
        let name = |row: &crate::page::Row| row.cells.first().map_or("", |cell| reference.page.slice(*cell));
        for row in &update.grid.rows {
            let other = create.grid.rows.iter().find(|other| name(other) == name(row));
            match other {
                Some(other) => {
                    let line = reference.page.with_end(row.line);
                    let lines = create.grid.rows.iter().map(|row| row.line);
                    let mutant = Mutant::new().remove(line).near(other.line);
                    places.push(lines.fold(mutant, Mutant::near));
                }
                None => places.equivalent("only the update has the field"),
            }
        }
    }
}
