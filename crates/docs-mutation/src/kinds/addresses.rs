//! Slips in methods, hosts, paths and links.

use estoppel_docs_check::Span;

use super::{Kind, Places, examples::slip};
use crate::{Mutant, Reference, reference::Fields};

const UNKNOWN: &[&str] = &["DOC-OPERATION-UNKNOWN"];
const LINK: &[&str] = &["DOC-LINK"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("method-changed", UNKNOWN, method_changed),
    Kind::to_contract("path-segment-misspelled", UNKNOWN, |r, p| segment(r, p, slip)),
    Kind::to_contract("path-segment-in-other-case", UNKNOWN, |r, p| segment(r, p, other_case)),
    Kind::to_contract("path-segment-dropped", UNKNOWN, segment_dropped),
    Kind::to_contract("path-segment-added", UNKNOWN, |r, p| {
        segment(r, p, |word| Some(format!("{word}/hull")));
    }),
    Kind::to_contract("path-parameter-renamed", &["DOC-PATH-PARAMETER"], parameter_renamed),
    Kind::to_contract("host-changed", &["DOC-HOST"], |r, p| host(r, p, "https://ferry.harbour.test")),
    Kind::to_contract("host-misspelled", &["DOC-HOST"], host_misspelled),
    Kind::to_contract("host-as-stand-in", &["DOC-BASE-URL"], |r, p| host(r, p, "https://{BASE_URL}")),
    Kind::to_contract("host-of-server-misspelled", &["DOC-HOST"], server_misspelled),
    Kind::to_contract("link-misspelled", LINK, |r, p| link(r, p, slip)),
    Kind::to_contract("link-with-two-hashes", LINK, |r, p| link(r, p, |target| Some(format!("#{target}")))),
    Kind::to_contract("heading-of-link-renamed", LINK, heading_renamed),
    Kind::to_itself("alone-body-without-method", &["DOC-BODY-METHOD"], body_without_method),
    Kind::to_itself("alone-path-overlap", &["DOC-PATH-OVERLAP"], path_overlap),
    Kind::to_itself("alone-path-order", &["DOC-PATH-ORDER", "DOC-PATH-OVERLAP"], path_order),
];

/// The line of an operation in its parts.
struct Call {
    section: usize,
    whole: Span,
    method: Span,
    /// Scheme and host.
    host: Span,
    path: Span,
}

fn calls(reference: &Reference<'_>) -> Vec<Call> {
    let calls = reference.operations().filter_map(|(section, _)| {
        let whole = reference.call(section)?;
        let text = reference.page.slice(whole);
        let space = text.find(' ')?;
        let host = text.find("://")? + 3;
        let path = text.get(host..)?.find('/')? + host;
        let at = |from: usize, to: usize| Span::new(whole.start + from, whole.start + to);
        Some(Call {
            section,
            whole,
            method: at(0, space),
            host: at(space + 1, path),
            path: at(path, text.len()),
        })
    });
    calls.collect()
}

/// The words between the slashes of a path that are no parameter, below the path that all operations share.
fn segments(reference: &Reference<'_>, call: &Call) -> Vec<Span> {
    let base = reference.contract.service.servers.first().map_or("", |server| server.url);
    let shared = base.get(reference.page.slice(call.host).len()..).unwrap_or_default().len();
    let path = Span::new((call.path.start + shared).min(call.path.end), call.path.end);
    let mut segments = Vec::new();
    let mut at = path.start;
    for piece in reference.page.slice(path).split_inclusive(['/', '(', ')', '.']) {
        let word = piece.trim_end_matches(['/', '(', ')', '.']);
        if !word.is_empty() && !word.starts_with('{') {
            segments.push(Span::new(at, at + word.len()));
        }
        at += piece.len();
    }
    segments
}

fn other_case(word: &str) -> Option<String> {
    let first = word.chars().next()?;
    let other =
        if first.is_ascii_uppercase() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
    let rest = word.get(first.len_utf8()..)?;
    (other != first).then(|| format!("{other}{rest}"))
}

fn method_changed(reference: &Reference<'_>, places: &mut Places) {
    for call in calls(reference) {
        let path = reference.operation(call.section).map(|operation| operation.path);
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let known = reference.contract.operations.iter().any(|operation| {
                operation.spec.method.as_str() == method
                    && path.is_some_and(|path| shape(path.as_str()) == shape(operation.path.as_str()))
            });
            if reference.page.slice(call.method) == method {
                continue;
            }
            if known {
                places.equivalent("the contract has the operation of the other method");
            } else {
                places.replace(call.method, method);
            }
        }
    }
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let parts = path.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    parts.collect::<Vec<_>>().join("{}")
}

fn segment(reference: &Reference<'_>, places: &mut Places, change: impl Fn(&str) -> Option<String>) {
    for call in calls(reference) {
        for segment in segments(reference, &call) {
            if let Some(other) = change(reference.page.slice(segment)) {
                places.replace(segment, other);
            }
        }
    }
}

fn segment_dropped(reference: &Reference<'_>, places: &mut Places) {
    for call in calls(reference) {
        for segment in segments(reference, &call) {
            let text = reference.page.slice(call.path);
            let without = text.replacen(reference.page.slice(segment), "", 1).replace("//", "/");
            let base = reference.contract.service.servers.first().map_or("", |server| server.url);
            let shared = base.get(reference.page.slice(call.host).len()..).unwrap_or_default();
            let below = without.strip_prefix(shared).unwrap_or(&without).trim_end_matches('/');
            let known = reference.contract.operations.iter().any(|operation| {
                operation.spec.method.as_str() == reference.page.slice(call.method)
                    && shape(operation.path.as_str()) == shape(below)
            });
            if known {
                places.equivalent("the contract has an operation with the shorter path");
            } else {
                places.replace(call.path, without);
            }
        }
    }
}

fn parameter_renamed(reference: &Reference<'_>, places: &mut Places) {
    for call in calls(reference) {
        let text = reference.page.slice(call.whole);
        for (at, _) in text.match_indices('{') {
            let end = text.get(at..).and_then(|rest| rest.find('}')).map_or(text.len(), |end| at + end);
            let name = Span::new(call.whole.start + at + 1, call.whole.start + end);
            let whole = reference.whole(call.section);
            let table = reference
                .tables
                .iter()
                .find(|table| table.fields == Fields::Path && whole.contains(table.grid.header_line));
            let rows = table.into_iter().flat_map(|table| &table.grid.rows);
            let mutant = Mutant::new().replace(name, "shipId");
            places.push(rows.map(|row| row.line).fold(mutant, Mutant::near));
        }
    }
}

fn host(reference: &Reference<'_>, places: &mut Places, other: &str) {
    for call in calls(reference) {
        places.replace(call.host, other);
    }
}

fn host_misspelled(reference: &Reference<'_>, places: &mut Places) {
    for call in calls(reference) {
        if let Some(other) = slip(reference.page.slice(call.host)) {
            places.replace(call.host, other);
        }
    }
}

fn server_misspelled(reference: &Reference<'_>, places: &mut Places) {
    for (_, grid) in reference.grids("Server") {
        for row in &grid.rows {
            let Some(cell) = row.cells.first() else { continue };
            let stated = reference.page.slice(*cell).trim_matches('`').to_owned();
            let known = reference.contract.service.servers.iter().any(|server| server.url == stated);
            match slip(&stated).filter(|_| known) {
                Some(other) => places.replace(*cell, format!("`{other}`")),
                None => places.equivalent("the server is not the contract's"),
            }
        }
    }
}

/// The targets of the links of the page, after the hash.
fn targets(reference: &Reference<'_>) -> Vec<Span> {
    let text = &reference.page.text;
    let starts = text.match_indices("](#").map(|(at, found)| at + found.len());
    let targets = starts.filter_map(|start| {
        let length = text.get(start..)?.find(')')?;
        Some(Span::new(start, start + length))
    });
    targets.collect()
}

fn link(reference: &Reference<'_>, places: &mut Places, change: impl Fn(&str) -> Option<String>) {
    for target in targets(reference) {
        if let Some(other) = change(reference.page.slice(target)) {
            places.replace(target, other);
        }
    }
}

/// Renames a heading that links lead to. One finding for each way of writing the link is enough.
fn heading_renamed(reference: &Reference<'_>, places: &mut Places) {
    for section in &reference.page.sections {
        let anchor = reference.page.slice(section.title).to_lowercase();
        let leading: Vec<Span> =
            targets(reference).into_iter().filter(|target| reference.page.slice(*target) == anchor).collect();
        let same = reference
            .page
            .sections
            .iter()
            .filter(|other| reference.page.slice(other.title).to_lowercase() == anchor);
        if leading.is_empty() || same.count() > 1 {
            places.equivalent("no link leads to the heading alone");
            continue;
        }
        let mutant = Mutant::new().replace(section.title, "Something Else");
        places.push(leading.into_iter().fold(mutant, Mutant::near));
    }
}

fn body_without_method(reference: &Reference<'_>, places: &mut Places) {
    for call in calls(reference) {
        let operation = reference.operation(call.section);
        let method = reference.page.slice(call.method);
        if operation.is_some_and(|operation| operation.body.is_some()) && ["POST", "PUT"].contains(&method) {
            places.replace(call.method, if method == "POST" { "GET" } else { "DELETE" });
        }
    }
}

/// Adds an operation with a word where an operation of the page has a parameter at its end.
fn path_overlap(reference: &Reference<'_>, places: &mut Places) {
    another(reference, places, |text, open| Some(format!("{}/newest", text.get(..open)?)));
}

/// A word between a parameter and what it follows in three paths or more.
fn path_order(reference: &Reference<'_>, places: &mut Places) {
    let paths: Vec<&str> = calls(reference).iter().map(|call| reference.page.slice(call.path)).collect();
    another(reference, places, |text, open| {
        let (before, parameter) = text.split_at_checked(open)?;
        let end = format!("/{}{parameter}", before.rsplit('/').next()?);
        let usual = paths.iter().filter(|path| path.contains(&end)).count();
        (usual > 2).then(|| format!("{before}/newest{parameter}"))
    });
}

/// Adds an operation whose line is made of one that ends in a parameter.
fn another(reference: &Reference<'_>, places: &mut Places, line: impl Fn(&str, usize) -> Option<String>) {
    for call in calls(reference) {
        let text = reference.page.slice(call.whole);
        let open = text.rfind("/{").filter(|_| text.ends_with('}'));
        let Some(line) = open.and_then(|open| line(text, open)) else { continue };
        let whole = reference.whole(call.section);
        let table = reference
            .tables
            .iter()
            .find(|table| table.fields == Fields::Path && whole.contains(table.grid.header_line));
        let rows = table.into_iter().flat_map(|table| &table.grid.rows).filter(|row| {
            row.cells
                .first()
                .is_some_and(|cell| line.contains(&format!("{{{}}}", reference.page.slice(*cell))))
        });
        let rows: Vec<&str> = rows.map(|row| reference.page.slice(row.line)).collect();
        let head = table.map_or("", |table| {
            let ruler = reference.page.line_at(table.grid.header_line.end + 1);
            reference.page.slice(Span::new(table.grid.header_line.start, ruler.end))
        });
        let parameters = if rows.is_empty() {
            String::new()
        } else {
            format!("### URL Parameters\n\n{head}\n{}\n\n", rows.join("\n"))
        };
        let section = format!(
            "## Newest\n\nThe newest of all.\n\n### HTTP Request\n\n`{line}`\n\n{parameters}### Reply\n\nStatus 200 with the raw bytes.\n\n"
        );
        let end = whole.end;
        places.push(Mutant::new().insert(end, section).near(call.whole));
    }
}
