//! Changes as text, JSON and Markdown.

use estoppel_docs_check::edition::{Change, Comparison, Site, Tier};
use owo_colors::OwoColorize;

use crate::Failure;

/// How many other places of one change are listed.
const OCCURRENCES_MAX: usize = 5;

/// For people: the gravest first.
pub(super) fn text(comparison: &Comparison) {
    for change in &comparison.changes {
        let tier = change.tier.as_str();
        let tier = match change.tier {
            Tier::Breaking => tier.red().bold().to_string(),
            Tier::Dangerous => tier.yellow().bold().to_string(),
            Tier::Safe => tier.green().to_string(),
            Tier::DocumentationOnly => tier.dimmed().to_string(),
        };
        anstream::println!("{tier} {}: {}", change.rule.bold(), headline(change));
        for (label, site) in [("old", &change.old), ("new", &change.new)] {
            if let Some(site) = site {
                anstream::println!("    {label} {}", told(site));
            }
        }
        for (old, new) in change.occurrences.iter().take(OCCURRENCES_MAX) {
            let places = [old, new].into_iter().flatten().map(told).collect::<Vec<_>>().join(", ");
            anstream::println!("    also {places}");
        }
        let others = change.occurrences.len().saturating_sub(OCCURRENCES_MAX);
        if others > 0 {
            anstream::println!("    and {others} more places");
        }
        let directions: Vec<_> = change.directions.iter().map(|direction| direction.as_str()).collect();
        anstream::println!("    {}, because {}\n", directions.join(" and "), change.why);
    }
    if comparison.changes.is_empty() {
        anstream::println!("nothing changed that a client could notice");
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
    let text = serde_json::to_string_pretty(comparison)
        .map_err(|error| Failure::new(format!("the changes cannot be written as JSON: {error}")))?;
    anstream::println!("{text}");
    Ok(())
}

/// For release notes: one table for each tier.
pub(super) fn markdown(comparison: &Comparison) {
    if comparison.changes.is_empty() {
        anstream::println!("Nothing changed that a client could notice.");
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
        anstream::println!(
            "## {title} ({})\n\nChange | Old | New | Why | Rule\n--- | --- | --- | --- | ---",
            changes.len()
        );
        for change in changes {
            let place = |site: &Option<Site>| site.as_ref().map(|site| cell(&told(site))).unwrap_or_default();
            anstream::println!(
                "{} | {} | {} | {} | {}",
                cell(&headline(change)),
                place(&change.old),
                place(&change.new),
                cell(change.why),
                change.rule
            );
        }
        anstream::println!();
    }
}

/// A text that ends no cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
