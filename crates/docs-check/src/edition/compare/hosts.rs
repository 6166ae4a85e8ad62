//! Hosts: however many URLs name one, it changes once.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    drafts::{Draft, Drafts},
    renames::Matching,
};
use crate::edition::{
    change::Direction,
    rules,
    surface::{At, Named, Surface},
};

/// Compares the hosts of both editions. Gives the operations that both editions have.
pub(super) fn compare(drafts: &mut Drafts<'_>) -> Matching {
    let matched = super::operations::matched(drafts);
    let mut moves: BTreeMap<(&str, &str), Vec<(At, At)>> = BTreeMap::new();
    let (old, new) = (drafts.old, drafts.new);
    for (before, after) in &matched.same {
        let (Some(before), Some(after)) = (old.operations.get(*before), new.operations.get(*after)) else {
            continue;
        };
        if let (Some(from), Some(to)) = (&before.host, &after.host)
            && from != to
        {
            moves.entry((from, to)).or_default().push((before.at.clone(), after.at.clone()));
        }
    }
    let told: BTreeSet<&str> = moves.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let mut gone = only(old, new, &told);
    let mut fresh = only(new, old, &told);
    // A base URL moves with its host.
    for ((from, to), places) in &mut moves {
        gone.retain(|base| {
            let path = base.name.strip_prefix(*from).filter(|path| path.starts_with('/'));
            let expected = path.map(|path| format!("{to}{path}"));
            let place = fresh.iter().position(|other| Some(&other.name) == expected.as_ref());
            match place.map(|place| fresh.remove(place)) {
                Some(other) => places.push((base.at.clone(), other.at.clone())),
                None => return true,
            }
            false
        });
    }
    if let ([from], [to]) = (gone.as_slice(), fresh.as_slice()) {
        moves.entry((&from.name, &to.name)).or_default().push((from.at.clone(), to.at.clone()));
    } else {
        for host in gone {
            let draft = Draft::new(&rules::HOST_REMOVED, Direction::Sent, format!("the host {}", host.name));
            let draft =
                draft.told(format!("{} is no longer named", host.name)).at(Some(host.at.clone()), None);
            drafts.add(draft.keyed(format!("host {}", host.name)));
        }
        for host in fresh {
            let draft = Draft::new(&rules::HOST_ADDED, Direction::Sent, format!("the host {}", host.name));
            let draft = draft.told(format!("{} is named now", host.name)).at(None, Some(host.at.clone()));
            drafts.add(draft.keyed(format!("host {}", host.name)));
        }
    }
    for ((from, to), places) in moves {
        let stand_in = |host: &str| host.contains(['{', '<', '[', ' ']);
        let rule = if stand_in(from) || stand_in(to) { &rules::HOST_NAMED } else { &rules::HOST_CHANGED };
        let mut draft = Draft::new(rule, Direction::Sent, format!("the host {from}"));
        let times = if places.len() == 1 { "once".to_owned() } else { format!("{} times", places.len()) };
        draft.message = format!("the host was {from}, and is {to} ({times})");
        let mut places = places.into_iter().map(|(before, after)| (Some(before), Some(after)));
        if let Some((before, after)) = places.next() {
            draft = draft.at(before, after);
        }
        draft.others = places.collect();
        drafts.add(draft);
    }
    matched
}

/// The hosts that only one of the editions names, apart from those that are told of already.
fn only<'s>(surface: &'s Surface, other: &Surface, told: &BTreeSet<&str>) -> Vec<&'s Named> {
    let known: BTreeSet<&str> = other.hosts.iter().map(|host| host.name.as_str()).collect();
    let mut only: Vec<&Named> = Vec::new();
    for host in &surface.hosts {
        let name = host.name.as_str();
        if !known.contains(name) && !told.contains(name) && !only.iter().any(|seen| seen.name == name) {
            only.push(host);
        }
    }
    only
}
