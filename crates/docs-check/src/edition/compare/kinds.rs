//! What kind of value it is: its types, its form, its limits.

use std::collections::BTreeSet;

use super::{drafts::Drafts, values::Task};
use crate::edition::{
    rules::{self, ChangeRule},
    surface::{Bound, Node, Origin, Type},
};

/// How the types of one node stand to those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    Wider,
    Narrower,
    Other,
}

pub(super) fn relation(old: &Node, new: &Node, origin: Origin) -> Relation {
    let shown = old.shown || new.shown;
    let types = |node: &Node| -> BTreeSet<Type> {
        let without_null = node.types.iter().copied().filter(|kind| *kind != Type::Null);
        // Examples show integers where other numbers can stand.
        without_null.map(|kind| if shown && kind == Type::Integer { Type::Number } else { kind }).collect()
    };
    let (before, after) = (types(old), types(new));
    match (before.is_empty(), after.is_empty()) {
        (true, true) => return Relation::Same,
        _ if before == after => return Relation::Same,
        (false, false) => {}
        // Documents that tell no type say nothing; schemas without one take everything.
        _ if origin == Origin::Documents => return Relation::Same,
        (true, false) => return Relation::Narrower,
        (false, true) => return Relation::Wider,
    }
    if shown && !before.is_disjoint(&after) {
        return Relation::Same;
    }
    let covers = |wide: &BTreeSet<Type>, narrow: &BTreeSet<Type>| {
        let covered =
            |kind: &Type| wide.contains(kind) || (*kind == Type::Integer && wide.contains(&Type::Number));
        narrow.iter().all(covered)
    };
    match (covers(&after, &before), covers(&before, &after)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}

pub(super) fn types(drafts: &mut Drafts<'_>, old: &Node, new: &Node, task: &Task) {
    let places = || (Some(old.at.clone()), Some(new.at.clone()));
    let told = |node: &Node| {
        let names: Vec<_> =
            node.types.iter().filter(|kind| **kind != Type::Null).map(|kind| kind.as_str()).collect();
        if names.is_empty() { "any type".to_owned() } else { names.join(" or ") }
    };
    let rule = match relation(old, new, drafts.new.origin) {
        Relation::Same => None,
        Relation::Wider => Some(&rules::TYPE_WIDENED),
        Relation::Narrower => Some(&rules::TYPE_NARROWED),
        Relation::Other => Some(&rules::TYPE_CHANGED),
    };
    if let Some(rule) = rule {
        let message = format!("its type was {}, and is {}", told(old), told(new));
        let (before, after) = places();
        drafts.add(task.draft(rule, message).at(before, after));
    }
    let null = |node: &Node| node.types.contains(&Type::Null);
    let stated = !old.types.is_empty() && !new.types.is_empty() && !old.shown && !new.shown;
    if stated && null(old) != null(new) {
        let (rule, message) = if null(new) {
            (&rules::NULL_ADDED, "it can be null now")
        } else {
            (&rules::NULL_REMOVED, "it can no longer be null")
        };
        let (before, after) = places();
        drafts.add(task.draft(rule, message).at(before, after));
    }
}

pub(super) fn formats(drafts: &mut Drafts<'_>, old: &Node, new: &Node, task: &Task) {
    let documents = drafts.new.origin == Origin::Documents;
    let (rule, message) = match (&old.format, &new.format) {
        (Some(before), Some(after)) if before != after => {
            (&rules::FORMAT_CHANGED, format!("its form was {before}, and is {after}"))
        }
        // A text that may not be one is a change of type, which is told already.
        (None, Some(after)) if relation(old, new, drafts.new.origin) == Relation::Same => {
            let rule = if documents { &rules::FORMAT_STATED } else { &rules::FORMAT_ADDED };
            (rule, format!("its form is {after} now"))
        }
        (Some(before), None) if relation(old, new, drafts.new.origin) == Relation::Same => {
            let rule = if documents { &rules::FORMAT_UNSTATED } else { &rules::FORMAT_REMOVED };
            (rule, format!("its form is no longer {before}"))
        }
        _ => return,
    };
    drafts.add(task.draft(rule, message).at(Some(old.at.clone()), Some(new.at.clone())));
}

pub(super) fn limits(drafts: &mut Drafts<'_>, old: &Node, new: &Node, task: &Task) {
    let mut add = |rule: &'static ChangeRule, message: String| {
        drafts.add(task.draft(rule, message).at(Some(old.at.clone()), Some(new.at.clone())));
    };
    let names: BTreeSet<&&str> = old.limits.keys().chain(new.limits.keys()).collect();
    for name in names {
        let narrower = match (old.limits.get(*name), new.limits.get(*name)) {
            (Some(Bound::AtMost(before)), Some(Bound::AtMost(after))) => before.partial_cmp(after),
            (Some(Bound::AtLeast(before)), Some(Bound::AtLeast(after))) => after.partial_cmp(before),
            (None, Some(_)) => Some(std::cmp::Ordering::Greater),
            (Some(_), None) => Some(std::cmp::Ordering::Less),
            _ => None,
        };
        let told = |node: &Node| match node.limits.get(*name) {
            Some(Bound::AtMost(value) | Bound::AtLeast(value)) => value.to_string(),
            None => "not limited".to_owned(),
        };
        let message = format!("its {name} was {}, and is {}", told(old), told(new));
        match narrower {
            Some(std::cmp::Ordering::Greater) => add(&rules::LIMIT_NARROWED, message),
            Some(std::cmp::Ordering::Less) => add(&rules::LIMIT_WIDENED, message),
            _ => {}
        }
    }
    if old.pattern != new.pattern {
        let told = |pattern: &Option<String>| pattern.clone().unwrap_or_else(|| "anything".to_owned());
        let message =
            format!("it had to match {}, and must match {}", told(&old.pattern), told(&new.pattern));
        add(&rules::PATTERN_CHANGED, message);
    }
}
