//! Changes as text, JSON and Markdown.

use crate::{
    Failure,
    console::{Style, Styled, print_json},
    out_line, out_text,
};
use estoppel_docs_check::edition::{Change, Comparison, Site, Tier};

/// How many other places of one change are listed.
const OCCURRENCES_MAX: usize = 5;

/// For people: the gravest first.
pub(super) fn text(comparison: &Comparison) {
    for change in &comparison.changes {
        let style = match change.tier {
            Tier::Breaking => Style::Breaking,
            Tier::Dangerous => Style::Dangerous,
            Tier::Safe => Style::Safe,
            Tier::DocumentationOnly => Style::Dimmed,
        };
        let tier = Styled(style, change.tier.as_str());
        out_line!("{tier} {}: {}", Styled(Style::Bold, change.rule), headline(change));
        for (label, site) in [("old", &change.old), ("new", &change.new)] {
            if let Some(site) = site {
                out_line!("    {label} {}", told(site));
            }
        }
        for (old, new) in change.occurrences.iter().take(OCCURRENCES_MAX) {
            let places = [old, new].into_iter().flatten().map(told).collect::<Vec<_>>().join(", ");
            out_line!("    also {places}");
        }
        let others = change.occurrences.len().saturating_sub(OCCURRENCES_MAX);
        if others > 0 {
            out_line!("    and {others} more places");
        }
        let directions: Vec<_> = change.directions.iter().map(|direction| direction.as_str()).collect();
        out_line!("    {}, because {}", directions.join(" and "), change.why);
        out_line!();
    }
    if comparison.changes.is_empty() {
        out_line!("nothing changed that a client could notice");
    }
}

fn headline(change: &Change) -> String {
    let operation = change.operation.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
    if change.message.starts_with(&change.subject) {
        format!("{}{operation}", change.message)
    } else {
        format!("{}: {}{operation}", change.subject, change.message)
    }
}

fn told(site: &Site) -> String {
    let place = &site.place;
    let pointer = site.pointer.as_ref().filter(|pointer| !pointer.is_empty());
    let pointer = pointer.map(|pointer| format!(" ({pointer})")).unwrap_or_default();
    format!("{}:{}:{}{pointer}", place.file, place.line, place.column)
}

/// For programs.
pub(super) fn json(comparison: &Comparison) -> Result<(), Failure> {
    print_json(comparison)
}

/// For release notes: one table for each tier.
pub(super) fn markdown(comparison: &Comparison) {
    if comparison.changes.is_empty() {
        out_line!("Nothing changed that a client could notice.");
    }
    for tier in [Tier::Breaking, Tier::Dangerous, Tier::Safe, Tier::DocumentationOnly] {
        let changes: Vec<&Change> = comparison.changes.iter().filter(|change| change.tier == tier).collect();
        if changes.is_empty() {
            continue;
        }
        let mut title = tier.as_str().to_owned();
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        out_text!(
            "## {title} ({})\n\nChange | Old | New | Why | Rule\n--- | --- | --- | --- | ---",
            changes.len()
        );
        for change in changes {
            let place = |site: &Option<Site>| site.as_ref().map(|site| cell(&told(site))).unwrap_or_default();
            out_line!(
                "{} | {} | {} | {} | {}",
                cell(&headline(change)),
                place(&change.old),
                place(&change.new),
                cell(change.why),
                change.rule
            );
        }
        out_line!();
    }
}

/// A text that ends no cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
