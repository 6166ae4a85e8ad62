//! What differs, while it is collected.

use std::collections::{BTreeMap, BTreeSet};

use crate::edition::{
    change::Direction,
    rules::{self, ChangeRule},
    surface::{At, Surface},
};

/// A change without its places in lines and columns.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) rule: &'static ChangeRule,
    pub(super) directions: BTreeSet<Direction>,
    pub(super) subject: String,
    pub(super) message: String,
    pub(super) old: Option<At>,
    pub(super) new: Option<At>,
    pub(super) others: Vec<(Option<At>, Option<At>)>,
    pub(super) route: Option<(String, String)>,
    /// The key of what is removed or added, where it has a name of its own: see [`Surface::keys`].
    key: Option<String>,
}

impl Draft {
    pub(super) fn new(rule: &'static ChangeRule, direction: Direction, subject: impl Into<String>) -> Self {
        Self {
            rule,
            directions: BTreeSet::from([direction]),
            subject: subject.into(),
            message: rule.summary.to_owned(),
            old: None,
            new: None,
            others: Vec::new(),
            route: None,
            key: None,
        }
    }

    pub(super) fn told(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    pub(super) fn at(mut self, old: Option<At>, new: Option<At>) -> Self {
        self.old = old;
        self.new = new;
        self
    }

    pub(super) fn in_directions(mut self, directions: &BTreeSet<Direction>) -> Self {
        self.directions.clone_from(directions);
        self
    }

    pub(super) fn on(mut self, route: Option<&(String, String)>) -> Self {
        self.route = route.cloned();
        self
    }

    pub(super) fn keyed(mut self, key: String) -> Self {
        self.key = Some(key);
        self
    }
}

/// Rule, message and places: what makes two changes one.
type Cause = (&'static str, String, Option<At>, Option<At>);

/// The surfaces that are compared, and what differs so far.
#[derive(Debug)]
pub(super) struct Drafts<'s> {
    pub(super) old: &'s Surface,
    pub(super) new: &'s Surface,
    found: Vec<Draft>,
    /// Where a cause stands in the list: one cause that is met twice is one change.
    known: BTreeMap<Cause, usize>,
    /// Changes to each part that was switched off or on.
    switched: BTreeMap<(&'static str, usize), Vec<Draft>>,
}

impl<'s> Drafts<'s> {
    pub(super) const fn new(old: &'s Surface, new: &'s Surface) -> Self {
        Self { old, new, found: Vec::new(), known: BTreeMap::new(), switched: BTreeMap::new() }
    }

    /// Adds a change, or another direction of a known one, or another promise of a part that was switched off.
    pub(super) fn add(&mut self, draft: Draft) {
        if let Some(key) = &draft.key {
            let gone = draft.new.is_none();
            let side = if gone { self.new } else { self.old };
            let rule = if gone { &rules::SWITCHED_OFF } else { &rules::SWITCHED_ON };
            let part = side.dormant.iter().position(|part| part.keys.contains(key));
            if let Some(part) = part {
                self.switched.entry((rule.id, part)).or_default().push(draft);
                return;
            }
        }
        let cause = (draft.rule.id, draft.message.clone(), draft.old.clone(), draft.new.clone());
        let known = self.known.get(&cause).copied().and_then(|index| self.found.get_mut(index));
        if let Some(known) = known {
            known.directions.extend(draft.directions);
            return;
        }
        self.known.insert(cause, self.found.len());
        self.found.push(draft);
    }

    /// One change for an edition that is switched off, or on, as a whole; whether it is.
    pub(super) fn switch_whole(&mut self) -> bool {
        let (rule, parts, message) = if self.new.is_empty() {
            let message = "the whole edition stands inside an HTML comment, and promises nothing";
            (&rules::SWITCHED_OFF, &self.new.dormant, message)
        } else {
            let message = "the whole edition stood inside an HTML comment, and is stated now";
            (&rules::SWITCHED_ON, &self.old.dormant, message)
        };
        let mut places = parts.iter().map(|part| part.at.clone());
        let Some(first) = places.next() else { return false };
        let ordered = |at: At| if self.new.is_empty() { (None, Some(at)) } else { (Some(at), None) };
        let mut draft = Draft::new(rule, Direction::Sent, "the edition").told(message);
        (draft.old, draft.new) = ordered(first);
        draft.others = places.map(ordered).collect();
        draft.directions.extend([Direction::Received, Direction::Called]);
        self.found.push(draft);
        true
    }

    /// Every change, in the order of the documents.
    pub(super) fn finish(mut self) -> Vec<Draft> {
        for ((id, part), promises) in std::mem::take(&mut self.switched) {
            let off = id == rules::SWITCHED_OFF.id;
            let (side, rule) =
                if off { (self.new, &rules::SWITCHED_OFF) } else { (self.old, &rules::SWITCHED_ON) };
            let Some(at) = side.dormant.get(part).map(|part| part.at.clone()) else { continue };
            let names: Vec<&str> = promises.iter().map(|draft| draft.subject.as_str()).collect();
            let (verb, names) = (if off { "stands" } else { "stood" }, names.join(", "));
            let mut draft = Draft::new(rule, Direction::Sent, names.clone());
            draft.message = format!("{names} now {verb} inside an HTML comment");
            if !off {
                draft.message = format!("{names} {verb} inside an HTML comment, and is stated now");
            }
            let mut places = promises.iter().map(|draft| draft.old.clone().or_else(|| draft.new.clone()));
            let first = places.next().flatten();
            (draft.old, draft.new) = if off { (first, Some(at)) } else { (Some(at), first) };
            draft.others = places.map(|at| if off { (at, None) } else { (None, at) }).collect();
            draft.directions = promises.iter().flat_map(|draft| draft.directions.clone()).collect();
            self.found.push(draft);
        }
        self.found.sort_by_cached_key(|draft| {
            (
                draft.new.clone().or_else(|| draft.old.clone()),
                draft.old.clone(),
                draft.rule.id,
                draft.message.clone(),
            )
        });
        self.found
    }
}
