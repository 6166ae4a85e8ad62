//! What operations answer: the statuses of successes, and refusals.

use super::{
    drafts::{Draft, Drafts},
    operations::route,
    renames::pairs,
};
use crate::edition::{
    change::{Direction, Side},
    rules,
    surface::{At, NodeId, Operation, Refusal, Reply, plain},
};

/// Stands for the status of refusals that an id tells apart.
const STATUS_NONE: u16 = 0;

/// Compares the statuses of successes. Gives the replies that are one.
pub(super) fn replies<'s>(
    drafts: &mut Drafts<'_>,
    old: &'s Operation,
    new: &'s Operation,
) -> Vec<(&'s Reply, &'s Reply)> {
    let label = new.label();
    let mut add = |rule, message: String, before: &At, after: &At| {
        let draft = Draft::new(rule, Direction::Received, format!("the reply of {label}"));
        let draft = draft.told(message).at(Some(before.clone()), Some(after.clone()));
        drafts.add(draft.on(Some(&route(new))));
    };
    let told = |status: Option<u16>| status.map_or("not told".to_owned(), |status| status.to_string());
    if let ([before], [after]) = (old.replies.as_slice(), new.replies.as_slice()) {
        let rule = match (before.status, after.status) {
            (Some(one), Some(other)) if one != other => Some(&rules::STATUS_CHANGED),
            (None, Some(_)) => Some(&rules::STATUS_STATED),
            (Some(_), None) => Some(&rules::STATUS_UNSTATED),
            _ => None,
        };
        if let Some(rule) = rule {
            let message = format!("its status was {}, and is {}", told(before.status), told(after.status));
            add(rule, message, &before.at, &after.at);
        }
        return vec![(before, after)];
    }
    let mut same = Vec::new();
    for before in &old.replies {
        match new.replies.iter().find(|after| after.status == before.status) {
            Some(after) => same.push((before, after)),
            None if new.replies.is_empty() => {
                if before.body.is_some() {
                    add(&rules::BODY_UNSTATED, "no reply is shown any more".to_owned(), &before.at, &new.at);
                }
            }
            None => {
                let message = format!("the success {} is gone", told(before.status));
                add(&rules::STATUS_REMOVED, message, &before.at, &new.at);
            }
        }
    }
    for after in &new.replies {
        if old.replies.iter().any(|before| before.status == after.status) {
            continue;
        }
        if old.replies.is_empty() {
            if after.body.is_some() {
                add(&rules::BODY_STATED, "a reply is shown now".to_owned(), &old.at, &after.at);
            }
        } else {
            let message = format!("the success {} is new", told(after.status));
            add(&rules::STATUS_ADDED, message, &old.at, &after.at);
        }
    }
    same
}

/// Compares refusals. Gives status and bodies of those that both editions have and describe.
pub(super) fn refusals(
    drafts: &mut Drafts<'_>,
    (old, new): (&[Refusal], &[Refusal]),
    (old_at, new_at): (&At, &At),
    label: &str,
    route: Option<&(String, String)>,
) -> Vec<(u16, NodeId, NodeId)> {
    let key =
        |refusal: &Refusal| (refusal.id.clone(), refusal.id.as_ref().map_or(refusal.status, |_| STATUS_NONE));
    let gone: Vec<&Refusal> =
        old.iter().filter(|one| !new.iter().any(|other| key(other) == key(one))).collect();
    let fresh: Vec<&Refusal> =
        new.iter().filter(|one| !old.iter().any(|other| key(other) == key(one))).collect();
    let mut same: Vec<(&Refusal, &Refusal)> =
        old.iter().filter_map(|one| Some((one, new.iter().find(|other| key(other) == key(one))?))).collect();
    // What says the same under another status is the same refusal.
    let moved = pairs(gone.len(), fresh.len(), |before, after| {
        let (before, after) = (gone.get(before)?.message.as_ref()?, fresh.get(after)?.message.as_ref()?);
        (plain(before) == plain(after)).then_some(1)
    });
    same.extend(moved.iter().filter_map(|(before, after)| Some((*gone.get(*before)?, *fresh.get(*after)?))));
    let named = |refusal: &Refusal| match &refusal.id {
        Some(id) => format!("{} (`{id}`)", refusal.status),
        None => refusal.status.to_string(),
    };
    for (before, after) in same.iter().filter(|(before, after)| before.status != after.status) {
        let message = format!("the refusal {} is now {}", named(before), named(after));
        let draft =
            Draft::new(&rules::REFUSAL_STATUS, Direction::Received, format!("the refusals of {label}"));
        let draft = draft.told(message).at(Some(before.at.clone()), Some(after.at.clone()));
        drafts.add(draft.on(route));
    }
    let unpaired = |places: Vec<&&Refusal>, paired: &dyn Fn(usize) -> bool| -> Vec<Refusal> {
        let left = places.into_iter().enumerate().filter(|(place, _)| !paired(*place));
        left.map(|(_, refusal)| (*refusal).clone()).collect()
    };
    let gone = unpaired(gone.iter().collect(), &|place| moved.iter().any(|(before, _)| *before == place));
    let fresh = unpaired(fresh.iter().collect(), &|place| moved.iter().any(|(_, after)| *after == place));
    for (refusals, other, side) in [(gone, new.is_empty(), Side::Old), (fresh, old.is_empty(), Side::New)] {
        // A list that is gone as a whole is one change.
        let groups: Vec<&[Refusal]> =
            if other { vec![refusals.as_slice()] } else { refusals.chunks(1).collect() };
        for group in groups {
            let Some((first, others)) = group.split_first() else { continue };
            let listed = group.iter().map(named).collect::<Vec<_>>().join(", ");
            let plural = !others.is_empty();
            let (rule, verb) = match side {
                Side::Old => (&rules::REFUSAL_REMOVED, if plural { "are gone" } else { "is gone" }),
                Side::New => (&rules::REFUSAL_ADDED, if plural { "are new" } else { "is new" }),
            };
            let noun = if plural { "refusals" } else { "refusal" };
            let mut draft = Draft::new(rule, Direction::Received, format!("the refusals of {label}"));
            draft.message = format!("the {noun} {listed} {verb}");
            let ordered = |at: At| match side {
                Side::Old => (Some(at), Some(new_at.clone())),
                Side::New => (Some(old_at.clone()), Some(at)),
            };
            (draft.old, draft.new) = ordered(first.at.clone());
            draft.others = others.iter().map(|refusal| ordered(refusal.at.clone())).collect();
            drafts.add(draft.on(route));
        }
    }
    let bodies = same.iter().filter_map(|(before, after)| Some((after.status, before.body?, after.body?)));
    bodies.collect()
}
