//! Slips that concern a page as a whole.

use std::collections::BTreeMap;

use estoppel_contract::Authentication;
use estoppel_docs_check::Span;

use super::{Kind, Places, json::texts};
use crate::{Mutant, Reference, page::BlockKind, reference::Shows};

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("bytes-that-are-no-text", &["DOC-UTF8"], no_text),
    Kind::to_contract("line-without-end", &["DOC-LINE-LENGTH"], endless),
    Kind::to_contract("file-included-and-not-there", &["DOC-INCLUDE"], include),
    Kind::to_contract("file-included-from-outside", &["DOC-INCLUDE-REFUSED"], include_outside),
    Kind::to_contract("comment-that-allows-nothing", &["DOC-ALLOW-UNUSED"], allows_nothing),
    Kind::to_contract("authentication-told-nowhere", &["DOC-AUTH-MISSING"], authentication),
    Kind::to_contract("errors-told-nowhere", &["DOC-ERROR-MISSING"], errors),
    Kind::to_contract("host-told-nowhere", &["DOC-HOST-MISSING"], host),
    Kind::to_itself("alone-name-shortened", &["DOC-NAME-SHORTENED"], shortened),
];

fn paragraphs(reference: &Reference<'_>) -> impl Iterator<Item = Span> {
    let blocks = reference.page.blocks.iter();
    blocks.filter(|block| matches!(block.kind, BlockKind::Prose)).map(|block| block.span)
}

fn no_text(reference: &Reference<'_>, places: &mut Places) {
    for paragraph in paragraphs(reference) {
        places.push(Mutant::new().replace_bytes(Span::new(paragraph.end, paragraph.end), b" Caf\xe9"));
    }
}

fn endless(reference: &Reference<'_>, places: &mut Places) {
    for (section, _) in reference.operations() {
        let end = reference.whole(section).end;
        places.push(Mutant::new().insert(end, format!("{}\n\n", "QkFTRTY0".repeat(13_000))));
    }
}

fn include(reference: &Reference<'_>, places: &mut Places) {
    include_file(reference, places, "harbours");
}

fn include_outside(reference: &Reference<'_>, places: &mut Places) {
    for name in ["../harbours", "/srv/harbours"] {
        include_file(reference, places, name);
    }
}

fn include_file(reference: &Reference<'_>, places: &mut Places, name: &str) {
    if let Some(head) =
        reference.page.blocks.first().filter(|block| matches!(block.kind, BlockKind::FrontMatter))
    {
        places.push(Mutant::new().insert(head.span.end - 3, format!("includes:\n  - {name}\n")));
    }
}

fn allows_nothing(reference: &Reference<'_>, places: &mut Places) {
    for section in &reference.page.sections {
        let comment = "<!-- estoppel: allow DOC-HOST -->\n\n";
        places.push(Mutant::new().insert(section.span.start, comment));
    }
}

/// Where the first operation of the page stands.
fn first_call(reference: &Reference<'_>) -> Option<Span> {
    let calls = reference.operations().filter_map(|(section, _)| reference.call(section));
    calls.min()
}

/// Takes out of sentences and headings, and of the lines that call, what tells how calls are authenticated.
fn authentication(reference: &Reference<'_>, places: &mut Places) {
    const WORDS: [(&str, &str); 9] = [
        ("authenticat", "register"),
        ("authoriz", "arrang"),
        ("api key", "number"),
        ("bearer", "usual"),
        ("oauth", "usual"),
        ("access token", "number"),
        ("credential", "detail"),
        ("secret", "number"),
        ("-instance-id", "-number"),
    ];
    let Some(call) = first_call(reference) else { return };
    if matches!(reference.contract.service.authentication, Authentication::ClientCredentials { .. }) {
        return places.equivalent("an operation of the page is told that gives tokens");
    }
    let lower = reference.page.text.to_ascii_lowercase();
    let own = reference.page.blocks.iter().any(|block| match &block.kind {
        BlockKind::Table(grid) => grid.rows.iter().filter_map(|row| row.cells.first()).any(|cell| {
            let words = lower.get(cell.start..cell.end).unwrap_or_default();
            words.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with("authoriz"))
        }),
        _ => false,
    });
    if own {
        return places.equivalent("a word of the API itself speaks of authorization");
    }
    let refusals: Vec<Span> = reference.grids("Id").map(|(block, _)| block.span).collect();
    let mut mutant = Mutant::new();
    let told = reference.page.blocks.iter().flat_map(|block| match &block.kind {
        BlockKind::Prose | BlockKind::Aside | BlockKind::Heading => vec![block.span],
        BlockKind::Code { language, .. } if language == "shell" => vec![block.span],
        // Names and words of tables are the API's own.
        BlockKind::Table(grid) => {
            let texts = usize::from(refusals.contains(&block.span)) * 2;
            grid.rows.iter().flat_map(|row| row.cells.iter().skip(1 + texts).copied()).collect()
        }
        _ => Vec::new(),
    });
    for span in told {
        for (word, other) in WORDS {
            for (at, _) in lower.get(span.start..span.end).unwrap_or_default().match_indices(word) {
                let start = span.start + at;
                mutant = mutant.replace(Span::new(start, start + word.len()), other);
            }
        }
    }
    places.push(mutant.near(call));
}

fn errors(reference: &Reference<'_>, places: &mut Places) {
    let Some(call) = first_call(reference) else { return };
    let tables = reference.grids("Id").map(|(block, _)| block.span);
    let examples = reference.examples.iter().filter(|shown| shown.shows == Shows::Refusal);
    let examples = examples.map(|shown| Span::new(shown.caption.start, shown.block.end));
    let mutant = tables.chain(examples).fold(Mutant::new(), Mutant::remove);
    // The model of refusals and sentences with a status tell of errors too.
    let model = reference.page.sections.iter().find(|section| {
        section.level == 2 && reference.page.slice(section.title) == reference.contract.service.error_model
    });
    let mutant = model.map(|section| section.span).into_iter().fold(mutant, Mutant::remove);
    let sentences = reference.page.blocks.iter().filter(|block| {
        let outside = model.is_none_or(|section| !section.span.contains(block.span));
        matches!(block.kind, BlockKind::Prose | BlockKind::Aside) && outside
    });
    let mutant = sentences.fold(mutant, |mutant, block| {
        let found = reference.page.slice(block.span).find("answers 4").map(|at| block.span.start + at);
        found
            .into_iter()
            .fold(mutant, |mutant, at| mutant.replace(Span::new(at, at + "answers 404".len()), "is silent"))
    });
    places.push(mutant.near(call));
}

fn host(reference: &Reference<'_>, places: &mut Places) {
    let calls: Vec<Span> =
        reference.operations().filter_map(|(section, _)| reference.call(section)).collect();
    let Some(first) = calls.first().copied() else { return };
    let mut mutant = Mutant::new();
    for call in calls {
        let text = reference.page.slice(call);
        let (Some(url), Some(scheme)) = (text.find(' '), text.find("://")) else { continue };
        let path =
            text.get(scheme + 3..).and_then(|rest| rest.find('/')).map_or(text.len(), |at| scheme + 3 + at);
        mutant = mutant.remove(Span::new(call.start + url + 1, call.start + path));
    }
    let servers = reference.grids("Server").map(|(block, _)| block.span);
    places.push(servers.fold(mutant, Mutant::remove).near(first));
}

/// Calls a text by a part of its name, where the object has an id of the rest of the name and another example shows the
/// same text under its full name.
fn shortened(reference: &Reference<'_>, places: &mut Places) {
    let mut shown: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (_, entry, text) in texts(reference) {
        if let Some(name) = entry.name(&reference.page) {
            *shown.entry((name.to_owned(), text)).or_default() += 1;
        }
    }
    for (shown_in, entry, text) in texts(reference) {
        let Some(name) = entry.name(&reference.page) else { continue };
        let beside: Vec<&str> = shown_in
            .lines
            .entries
            .iter()
            .filter(|other| other.parent() == entry.parent())
            .filter_map(|other| other.name(&reference.page))
            .collect();
        let id = beside.iter().filter_map(|key| key.strip_suffix("Id")).find(|id| {
            name.strip_prefix(id).is_some_and(|rest| rest.starts_with(char::is_uppercase) && rest != "Id")
        });
        let (Some(id), Some(key)) = (id, entry.key) else { continue };
        let rest = name.strip_prefix(id).unwrap_or_default();
        let short = rest.chars().take(1).flat_map(char::to_lowercase).chain(rest.chars().skip(1));
        let short: String = short.collect();
        if shown.get(&(name.to_owned(), text)).copied().unwrap_or_default() < 2 {
            places.equivalent("no other example shows the text under its full name");
        } else if beside.contains(&short.as_str()) {
            places.equivalent("the object has a member of the shorter name");
        } else {
            places.replace(key, format!("\"{short}\""));
        }
    }
}
