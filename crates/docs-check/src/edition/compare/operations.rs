//! Operations: which are one, and what differs in each.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    answers::{refusals, replies},
    drafts::{Draft, Drafts},
    payloads, remarks,
    renames::{Matching, pairs, resemblance},
    values::{Task, Values},
};
use crate::{
    described::shape,
    edition::{
        change::Direction,
        rules,
        surface::{Dormant, Field, NodeId, Operation, Origin, Surface, plain},
    },
};

/// The operations that both editions have: those with one method and path, then those that moved.
pub(super) fn matched(drafts: &Drafts<'_>) -> Matching {
    let (old, new) = (&drafts.old.operations, &drafts.new.operations);
    let mut matching = Matching::by_name(old.iter().map(Operation::key), new.iter().map(Operation::key));
    // What is only switched off or on did not move.
    let awake = |parts: &[Dormant], operation: &Operation| {
        let key = operation.key();
        !parts.iter().any(|part| part.keys.contains(&key))
    };
    let (old_names, new_names) = (sole_names(old), sole_names(new));
    let moved = pairs(matching.gone.len(), matching.fresh.len(), |before, after| {
        let (before, after) = (old.get(*matching.gone.get(before)?)?, new.get(*matching.fresh.get(after)?)?);
        let both = awake(&drafts.new.dormant, before) && awake(&drafts.old.dormant, after);
        let same_name = before.name.as_ref().zip(after.name.as_ref()).is_some_and(|(before, after)| {
            let name = plain(before);
            name == plain(after) && old_names.contains(&name) && new_names.contains(&name)
        });
        likeness(before, after, same_name).filter(|_| both)
    });
    matching.join(&moved);
    matching
}

/// The names that only one operation goes by. A heading over several tells none of them.
fn sole_names(operations: &[Operation]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in operations.iter().filter_map(|operation| operation.name.as_ref()) {
        *counts.entry(plain(name)).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count == 1).map(|(name, _)| name).collect()
}

/// How likely it is that an operation moved from one method and path to another.
fn likeness(old: &Operation, new: &Operation, same_name: bool) -> Option<u32> {
    let (old_path, new_path) = (shape(&old.path), shape(&new.path));
    if old_path == new_path {
        return Some(if same_name { 20 } else { 10 });
    }
    let method = u32::from(old.method == new.method);
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old_path.split('/').collect(), new_path.split('/').collect());
    let shared = before.iter().filter(|part| !part.is_empty() && after.contains(part)).count();
    let shared = u32::try_from(shared).unwrap_or(u32::MAX).min(6);
    if same_name {
        return (method == 1 || shared > 0).then_some(10 + method * 6 + shared);
    }
    let mut differing = before.iter().zip(&after).filter(|(one, other)| one != other);
    let first = differing.next().filter(|_| differing.next().is_none() && before.len() == after.len())?;
    let respelled = !first.0.contains('{') && !first.1.contains('{');
    let versions = is_version(first.0) && is_version(first.1);
    (method == 1 && respelled && (versions || resemblance(first.0, first.1) == 4)).then_some(8 + shared)
}

fn is_version(part: &str) -> bool {
    let digits = part.strip_prefix(['v', 'V']).unwrap_or(part);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Compares all operations.
pub(super) fn compare(drafts: &mut Drafts<'_>, matched: &Matching) {
    let (old, new) = (drafts.old, drafts.new);
    let mut values = Values::default();
    moves(drafts, matched);
    for (before, after) in &matched.same {
        if let (Some(before), Some(after)) = (old.operations.get(*before), new.operations.get(*after)) {
            pair(drafts, &mut values, before, after);
        }
    }
    for gone in matched.gone.iter().filter_map(|place| old.operations.get(*place)) {
        let draft = Draft::new(&rules::OPERATION_REMOVED, Direction::Sent, gone.label());
        let draft = draft.told(format!("{} is gone", gone.label())).at(Some(gone.at.clone()), None);
        drafts.add(draft.on(Some(&route(gone))).keyed(gone.key()));
    }
    for fresh in matched.fresh.iter().filter_map(|place| new.operations.get(*place)) {
        let draft = Draft::new(&rules::OPERATION_ADDED, Direction::Sent, fresh.label());
        let draft = draft.told(format!("{} is new", fresh.label())).at(None, Some(fresh.at.clone()));
        drafts.add(draft.on(Some(&route(fresh))).keyed(fresh.key()));
    }
    payloads::compare(drafts, &mut values);
}

pub(super) fn route(operation: &Operation) -> (String, String) {
    (operation.method.clone(), operation.path.clone())
}

/// Operations with another method or path; where many paths change in the same way, that is one change.
fn moves(drafts: &mut Drafts<'_>, matched: &Matching) {
    let mut moves: BTreeMap<(String, String), Vec<(&Operation, &Operation)>> = BTreeMap::new();
    for (before, after) in &matched.same {
        let pair = drafts.old.operations.get(*before).zip(drafts.new.operations.get(*after));
        let Some((before, after)) = pair else { continue };
        if before.method != after.method {
            let draft = Draft::new(&rules::METHOD_CHANGED, Direction::Sent, before.label());
            let message = format!("{} is now {}", before.label(), after.label());
            let draft = draft.told(message).on(Some(&route(after)));
            drafts.add(draft.at(Some(before.at.clone()), Some(after.at.clone())));
        }
        if shape(&before.path) != shape(&after.path) {
            moves.entry(difference(&before.path, &after.path)).or_default().push((before, after));
        }
    }
    for ((from, to), operations) in moves {
        let Some(((before, after), others)) = operations.split_first() else { continue };
        let mut draft = Draft::new(&rules::PATH_CHANGED, Direction::Sent, before.label());
        draft.message = if others.is_empty() {
            format!("{} is now {}", before.label(), after.label())
        } else {
            format!("in {} paths `{from}` is now `{to}`", operations.len())
        };
        let places =
            |(before, after): &(&Operation, &Operation)| (Some(before.at.clone()), Some(after.at.clone()));
        draft.others = others.iter().map(places).collect();
        let route = others.is_empty().then(|| route(after));
        drafts.add(draft.at(Some(before.at.clone()), Some(after.at.clone())).on(route.as_ref()));
    }
}

/// What differs between two paths, between a common beginning and a common end.
fn difference(old: &str, new: &str) -> (String, String) {
    let (before, after): (Vec<&str>, Vec<&str>) = (old.split('/').collect(), new.split('/').collect());
    let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let room = before.len().min(after.len()) - start;
    let end = before.iter().rev().zip(after.iter().rev()).take(room).take_while(|(one, other)| one == other);
    let end = end.count();
    let middle = |parts: &[&str]| {
        let inside = parts.get(start..parts.len() - end).unwrap_or_default();
        format!("/{}", inside.join("/"))
    };
    (middle(&before), middle(&after))
}

fn pair(drafts: &mut Drafts<'_>, values: &mut Values, old: &Operation, new: &Operation) {
    let label = new.label();
    let task = |before: NodeId, after: NodeId, direction: Direction, whole: String| Task {
        old: before,
        new: after,
        directions: BTreeSet::from([direction]),
        whole,
        path: String::new(),
        route: Some(route(new)),
        first: None,
    };
    security(drafts, old, new);
    path_parameters(drafts, values, old, new);
    let places: BTreeSet<&str> = old.parameters.keys().chain(new.parameters.keys()).copied().collect();
    for place in places.into_iter().filter(|place| *place != "path") {
        let whole = format!("the {place} parameters of {label}");
        let sides = (old.parameters.get(place).copied(), new.parameters.get(place).copied());
        body(drafts, values, sides, (old, new), Direction::Sent, whole);
    }
    let sides = (old.request, new.request);
    body(drafts, values, sides, (old, new), Direction::Sent, format!("the request of {label}"));
    for (before, after) in replies(drafts, old, new) {
        let whole = format!("the reply of {label}");
        body(drafts, values, (before.body, after.body), (old, new), Direction::Received, whole);
    }
    let refused =
        refusals(drafts, (&old.refusals, &new.refusals), (&old.at, &new.at), &label, Some(&route(new)));
    for (status, before, after) in refused {
        let whole = format!("the {status} refusal of {label}");
        values.compare(drafts, task(before, after, Direction::Received, whole));
    }
    remarks::notices(drafts, (&old.notices, &new.notices), (&old.at, &new.at), &label, Some(&route(new)));
}

fn security(drafts: &mut Drafts<'_>, old: &Operation, new: &Operation) {
    let (rule, message) = match (&old.security, &new.security) {
        (Some(before), Some(after)) if before != after => match (before.is_empty(), after.is_empty()) {
            (true, _) => (&rules::SECURITY_ADDED, format!("it needs {after} now")),
            (_, true) => (&rules::SECURITY_REMOVED, format!("it no longer needs {before}")),
            _ => (&rules::SECURITY_CHANGED, format!("it needed {before}, and needs {after}")),
        },
        _ => return,
    };
    let draft = Draft::new(rule, Direction::Sent, new.label()).told(message).on(Some(&route(new)));
    drafts.add(draft.at(Some(old.at.clone()), Some(new.at.clone())));
}

/// Parameters of a path stand in an order, and their names are told to nobody.
fn path_parameters(drafts: &mut Drafts<'_>, values: &mut Values, old: &Operation, new: &Operation) {
    let (before, after) = (names(&old.path), names(&new.path));
    if before.len() != after.len() {
        return;
    }
    let field = |side: &Surface, operation: &Operation, name: &str| -> Option<Field> {
        side.node(*operation.parameters.get("path")?)?.fields.get(name).cloned()
    };
    for (before, after) in before.into_iter().zip(after) {
        let (old_field, new_field) = (field(drafts.old, old, &before), field(drafts.new, new, &after));
        if before != after {
            let at = |field: Option<&Field>, operation: &Operation| {
                Some(field.map_or_else(|| operation.at.clone(), |field| field.at.clone()))
            };
            let draft = Draft::new(&rules::PATH_PARAMETER_RENAMED, Direction::Sent, new.label());
            let message = format!("the parameter `{before}` is now called `{after}`");
            let draft = draft.told(message).on(Some(&route(new)));
            drafts.add(draft.at(at(old_field.as_ref(), old), at(new_field.as_ref(), new)));
        }
        if let (Some(old_field), Some(new_field)) = (old_field, new_field) {
            let task = Task {
                old: old_field.node,
                new: new_field.node,
                directions: BTreeSet::from([Direction::Sent]),
                whole: format!("the path of {}", new.label()),
                path: after,
                route: Some(route(new)),
                first: None,
            };
            values.compare(drafts, task);
        }
    }
}

/// The names of a path's parameters, in order.
fn names(path: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in path.split('/') {
        if let Some(name) = part.strip_prefix(':') {
            names.push(name.to_owned());
            continue;
        }
        let inside = part.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        names.extend(inside.map(|(name, _)| name.to_owned()));
    }
    names
}

/// Compares two bodies, of which one may be missing.
fn body(
    drafts: &mut Drafts<'_>,
    values: &mut Values,
    (before, after): (Option<NodeId>, Option<NodeId>),
    (old, new): (&Operation, &Operation),
    direction: Direction,
    whole: String,
) {
    let task = Task {
        old: before.unwrap_or_default(),
        new: after.unwrap_or_default(),
        directions: BTreeSet::from([direction]),
        whole,
        path: String::new(),
        route: Some(route(new)),
        first: None,
    };
    match (before, after) {
        (Some(_), Some(_)) => values.compare(drafts, task),
        (None, Some(after)) => payloads::body_added(drafts, &task, after, &old.at),
        (Some(before), None) => payloads::body_removed(drafts, &task, before, &new.at),
        (None, None) => {}
    }
}

/// Whether what is not stated is free rather than unknown.
pub(super) fn is_schema(drafts: &Drafts<'_>) -> bool {
    drafts.new.origin == Origin::Schemas
}
