//! The comparison: surface against surface, whoever filled them.

mod answers;
mod drafts;
mod hosts;
mod kinds;
mod needs;
mod operations;
mod payloads;
mod remarks;
mod renames;
mod values;
mod words;

use std::cmp::Reverse;

use smol_str::SmolStr;

use super::{
    Edition,
    change::{Change, Compared, Comparison, Direction, Site},
    rules,
    surface::{At, Surface},
};
use crate::{Place, finding::fingerprint};
use drafts::{Draft, Drafts};

/// What changed between two editions of the same APIs.
///
/// Editions of one name are compared with each other; a single one with a single one, whatever they are called.
pub fn compare(old: &[Edition], new: &[Edition]) -> Comparison {
    let mut changes = Vec::new();
    if let ([old], [new]) = (old, new) {
        changes = pair(old, new);
    } else {
        for edition in old {
            match new.iter().find(|other| other.name == edition.name) {
                Some(other) => changes.extend(pair(edition, other)),
                None => changes.extend(finish(whole(edition, &rules::API_REMOVED), edition, edition)),
            }
        }
        for edition in new.iter().filter(|edition| !old.iter().any(|other| other.name == edition.name)) {
            changes.extend(finish(whole(edition, &rules::API_ADDED), edition, edition));
        }
    }
    changes.sort_by_key(|change| Reverse(change.tier));
    Comparison { changes, old: count(old), new: count(new) }
}

fn whole(edition: &Edition, rule: &'static rules::ChangeRule) -> Vec<Draft> {
    let draft = Draft::new(rule, Direction::Sent, format!("the API {}", edition.name));
    let at = Some(At::default());
    let draft = if *rule == rules::API_ADDED {
        draft.told("it is new").at(None, at)
    } else {
        draft.told("it is gone").at(at, None)
    };
    vec![draft]
}

fn pair(old: &Edition, new: &Edition) -> Vec<Change> {
    finish(drafts(&old.surface, &new.surface), old, new)
}

/// Everything that differs between two surfaces.
fn drafts(old: &Surface, new: &Surface) -> Vec<Draft> {
    let mut drafts = Drafts::new(old, new);
    // What is switched off as a whole promises nothing: that is one change, and not one for each promise.
    if old.is_empty() != new.is_empty() && drafts.switch_whole() {
        return drafts.finish();
    }
    remarks::fences(&mut drafts);
    let moved = hosts::compare(&mut drafts);
    operations::compare(&mut drafts, &moved);
    remarks::compare(&mut drafts);
    drafts.finish()
}

/// Gives drafts their places, in the order of the documents.
fn finish(drafts: Vec<Draft>, old: &Edition, new: &Edition) -> Vec<Change> {
    let mut repetitions = std::collections::BTreeMap::new();
    let changes = drafts.into_iter().map(|draft| {
        let verdicts = draft.directions.iter().map(|direction| draft.rule.verdict(*direction));
        let verdict = verdicts.max_by_key(|verdict| verdict.tier);
        let verdict = verdict.unwrap_or_else(|| draft.rule.verdict(Direction::Sent));
        let identity = format!("{}\n{}", draft.subject, draft.message);
        let alone = fingerprint(draft.rule.id, &identity, "", 0);
        let repetition = *repetitions.entry(alone).and_modify(|count| *count += 1).or_insert(0_usize);
        Change {
            rule: draft.rule.id,
            tier: verdict.tier,
            why: verdict.why,
            fingerprint: fingerprint(draft.rule.id, &identity, "", repetition),
            directions: draft.directions,
            subject: draft.subject,
            operation: None,
            message: draft.message,
            old: draft.old.as_ref().and_then(|at| site(old, at)),
            new: draft.new.as_ref().and_then(|at| site(new, at)),
            occurrences: draft
                .others
                .iter()
                .map(|(before, after)| {
                    (
                        before.as_ref().and_then(|at| site(old, at)),
                        after.as_ref().and_then(|at| site(new, at)),
                    )
                })
                .collect(),
            route: draft.route,
        }
    });
    changes.collect()
}

fn site(edition: &Edition, at: &At) -> Option<Site> {
    let (name, text) = edition.files.get(at.file)?;
    let (start, end) = (text.position(at.span.start), text.position(at.span.end));
    let place = Place {
        file: name.into(),
        span: at.span,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: SmolStr::default(),
    };
    Some(Site { place, pointer: at.pointer.clone() })
}

fn count(editions: &[Edition]) -> Compared {
    let mut compared = Compared::default();
    for surface in editions.iter().map(|edition| &edition.surface) {
        compared.operations += surface.operations.len();
        compared.webhooks += surface.webhooks.len();
        compared.models += surface.models.len();
        compared.fields += surface.nodes.iter().map(|node| node.fields.len()).sum::<usize>();
    }
    compared
}
