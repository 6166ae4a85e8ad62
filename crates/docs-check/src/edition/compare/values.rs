//! What a value can be, in lockstep: node against node, field against field.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    drafts::{Draft, Drafts},
    kinds::{self, Relation, relation},
    needs,
    renames::{Candidate, pairs, renames},
    words,
};
use crate::edition::{
    change::Direction,
    rules::{self, ChangeRule},
    surface::{At, Field, Node, NodeId, Origin, Surface},
};

/// Two nodes that stand for one value.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) old: NodeId,
    pub(super) new: NodeId,
    pub(super) directions: BTreeSet<Direction>,
    /// What the value stands in, such as `the reply of GET /boats`.
    pub(super) whole: String,
    /// Where in it, such as `owner.name`; empty for all of it.
    pub(super) path: String,
    pub(super) route: Option<(String, String)>,
    /// What a model was first met in, once the value is told by a model's name.
    pub(super) first: Option<String>,
}

impl Task {
    pub(super) fn draft(&self, rule: &'static ChangeRule, message: impl Into<String>) -> Draft {
        self.draft_of(rule, &self.path, message)
    }

    fn draft_of(&self, rule: &'static ChangeRule, path: &str, message: impl Into<String>) -> Draft {
        let subject =
            if path.is_empty() { self.whole.clone() } else { format!("`{path}` in {}", self.whole) };
        let first = self.directions.first().copied().unwrap_or(Direction::Sent);
        Draft::new(rule, first, subject).in_directions(&self.directions).told(message).on(self.route.as_ref())
    }

    fn member(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// From here on it is told by the name of a model.
    fn name(&mut self, name: &str) {
        let first = self.first.get_or_insert_with(|| self.whole.clone());
        self.whole = format!("`{name}` (first met in {first})");
        self.path = String::new();
        self.route = None;
    }

    fn inside(&self, old: NodeId, new: NodeId, path: String) -> Self {
        Self { old, new, path, ..self.clone() }
    }
}

/// Nodes that are still to be compared, and those that were.
#[derive(Debug, Default)]
pub(super) struct Values {
    seen: BTreeSet<(NodeId, NodeId, Direction)>,
    queue: Vec<Task>,
}

impl Values {
    /// Compares two nodes and everything inside, each pair once for each direction.
    pub(super) fn compare(&mut self, drafts: &mut Drafts<'_>, task: Task) {
        self.queue.push(task);
        while let Some(mut task) = self.queue.pop() {
            let (old, new) = (task.old, task.new);
            task.directions.retain(|direction| self.seen.insert((old, new, *direction)));
            if !task.directions.is_empty() {
                self.nodes(drafts, task);
            }
        }
    }

    fn nodes(&mut self, drafts: &mut Drafts<'_>, mut task: Task) {
        let (Some(old), Some(new)) = (drafts.old.node(task.old), drafts.new.node(task.new)) else { return };
        if let Some(name) = new.name.as_ref().or(old.name.as_ref()) {
            // What has a name is compared once, wherever it is used: it is told by its name.
            task.name(name);
        }
        if old.alternatives.is_empty() != new.alternatives.is_empty() {
            self.alternatives(drafts, old, new, &task);
            return;
        }
        kinds::types(drafts, old, new, &task);
        kinds::formats(drafts, old, new, &task);
        kinds::limits(drafts, old, new, &task);
        words::compare(drafts, old, new, &task);
        self.fields(drafts, old, new, &task);
        if let (Some(before), Some(after)) = (old.items, new.items) {
            self.queue.push(task.inside(before, after, format!("{}[]", task.path)));
        }
        self.alternatives(drafts, old, new, &task);
        if old.closed != new.closed {
            let (rule, message) = if new.closed {
                (&rules::OBJECT_CLOSED, "fields that are not listed are forbidden now")
            } else {
                (&rules::OBJECT_OPENED, "fields that are not listed are allowed now")
            };
            drafts.add(task.draft(rule, message).at(Some(old.at.clone()), Some(new.at.clone())));
        }
    }

    fn fields(&mut self, drafts: &mut Drafts<'_>, old: &Node, new: &Node, task: &Task) {
        let removed: Vec<(&String, &Field)> = only(&old.fields, &new.fields);
        let added: Vec<(&String, &Field)> = only(&new.fields, &old.fields);
        let paired = if removed.is_empty() || added.is_empty() {
            Vec::new()
        } else {
            let alike = |before: usize, after: usize| {
                let fields = removed.get(before).zip(added.get(after));
                fields.is_some_and(|((_, before), (_, after))| same_type(drafts, before.node, after.node))
            };
            renames(&candidates(&removed), &candidates(&added), alike)
        };
        for (name, before) in &old.fields {
            if let Some(after) = new.fields.get(name) {
                self.field(drafts, (name, before), (name, after), task);
            }
        }
        for (before, after) in &paired {
            let (Some(before), Some(after)) = (removed.get(*before), added.get(*after)) else { continue };
            let path = task.member(before.0);
            let message = format!("`{}` is now called `{}`", before.0, after.0);
            let draft = task.draft_of(&rules::FIELD_RENAMED, &path, message);
            drafts.add(draft.at(Some(before.1.at.clone()), Some(after.1.at.clone())));
            self.field(drafts, (before.0, before.1), (after.0, after.1), task);
        }
        for (place, (name, field)) in removed.iter().enumerate() {
            let hidden = new.leaves_out && !field.listed;
            if hidden || paired.iter().any(|(before, _)| *before == place) {
                continue;
            }
            let message = format!("`{name}` is gone; it was {}", needs::told(&field.need));
            let draft = task.draft_of(needs::removed(&field.need), &task.member(name), message);
            drafts.add(draft.at(Some(field.at.clone()), Some(new.at.clone())));
        }
        for (place, (name, field)) in added.iter().enumerate() {
            let hidden = old.leaves_out && !field.listed;
            if hidden || paired.iter().any(|(_, after)| *after == place) {
                continue;
            }
            let message = format!("`{name}` is new; it is {}", needs::told(&field.need));
            let draft = task.draft_of(needs::added(&field.need), &task.member(name), message);
            drafts.add(draft.at(Some(old.at.clone()), Some(field.at.clone())));
        }
    }

    fn field(
        &mut self,
        drafts: &mut Drafts<'_>,
        (_, old): (&str, &Field),
        (name, new): (&str, &Field),
        task: &Task,
    ) {
        let path = task.member(name);
        let places = || (Some(old.at.clone()), Some(new.at.clone()));
        let mut add = |rule: &'static ChangeRule, message: String| {
            let (before, after) = places();
            drafts.add(task.draft_of(rule, &path, message).at(before, after));
        };
        if let Some(rule) = needs::changed(&old.need, &new.need) {
            add(rule, format!("it was {}, and is {}", needs::told(&old.need), needs::told(&new.need)));
        }
        match (&old.default, &new.default) {
            (Some(before), Some(after)) if before != after => add(
                &rules::DEFAULT_CHANGED,
                format!("`{after}` stands for it when it is left out, and not `{before}`"),
            ),
            (None, Some(after)) => {
                add(&rules::DEFAULT_ADDED, format!("`{after}` is said to stand for it when it is left out"));
            }
            (Some(before), None) => add(
                &rules::DEFAULT_REMOVED,
                format!("`{before}` is no longer said to stand for it when it is left out"),
            ),
            _ => {}
        }
        match (&old.deprecated, &new.deprecated) {
            (None, Some(_)) => add(&rules::DEPRECATED_ADDED, "it is deprecated now".to_owned()),
            (Some(_), None) => add(&rules::DEPRECATED_REMOVED, "it is no longer deprecated".to_owned()),
            _ => {}
        }
        self.queue.push(task.inside(old.node, new.node, path));
    }

    fn alternatives(&mut self, drafts: &mut Drafts<'_>, old: &Node, new: &Node, task: &Task) {
        if old.alternatives.is_empty() && new.alternatives.is_empty() {
            return;
        }
        let before = ways(old, task.old, new, drafts.new);
        let after = ways(new, task.new, old, drafts.old);
        let places = || (Some(old.at.clone()), Some(new.at.clone()));
        let at = |node: Option<&Node>, other: &At| Some(node.map_or(other, |node| &node.at).clone());
        for (label, id) in &before {
            if let Some(other) = after.get(label) {
                let path = format!("{}<{label}>", task.path);
                if (*id, *other) != (task.old, task.new) {
                    self.queue.push(task.inside(*id, *other, path));
                }
            } else {
                let draft = task.draft(&rules::ALTERNATIVE_REMOVED, format!("it can no longer be {label}"));
                drafts.add(draft.at(at(drafts.old.node(*id), &old.at), places().1));
            }
        }
        for (label, id) in after.iter().filter(|(label, _)| !before.contains_key(*label)) {
            let draft = task.draft(&rules::ALTERNATIVE_ADDED, format!("it can also be {label}"));
            drafts.add(draft.at(places().0, at(drafts.new.node(*id), &new.at)));
        }
    }
}

/// The ways that a value can look. What looks in one way only is its own alternative: it goes by the label that the
/// other side has for the model of its name.
fn ways(node: &Node, id: NodeId, other: &Node, other_side: &Surface) -> BTreeMap<String, NodeId> {
    if !node.alternatives.is_empty() {
        return node.alternatives.clone();
    }
    let named = other.alternatives.iter().find(|(_, way)| {
        node.name.is_some() && other_side.node(**way).is_some_and(|way| way.name == node.name)
    });
    let own = || node.name.clone().unwrap_or_else(|| "what it was".to_owned());
    BTreeMap::from([(named.map_or_else(own, |(label, _)| label.clone()), id)])
}

fn only<'f>(
    fields: &'f BTreeMap<String, Field>,
    others: &BTreeMap<String, Field>,
) -> Vec<(&'f String, &'f Field)> {
    fields.iter().filter(|(name, _)| !others.contains_key(*name)).collect()
}

fn candidates<'f>(fields: &[(&'f String, &'f Field)]) -> Vec<Candidate<'f>> {
    let candidate = |(name, field): &(&'f String, &'f Field)| Candidate {
        name,
        description: field.description.as_deref(),
    };
    fields.iter().map(candidate).collect()
}

/// Whether two nodes can be one value under two names.
pub(super) fn same_type(drafts: &Drafts<'_>, old: NodeId, new: NodeId) -> bool {
    let (Some(old), Some(new)) = (drafts.old.node(old), drafts.new.node(new)) else { return false };
    relation(old, new, Origin::Documents) == Relation::Same
        && (old.format.is_none() || new.format.is_none() || old.format == new.format)
}

/// Places of nodes that describe the same object: more than half of the names of each are those of the other.
pub(super) fn same_object(
    drafts: &Drafts<'_>,
    old: &[(NodeId, String)],
    new: &[(NodeId, String)],
) -> Vec<(usize, usize)> {
    let names = |node: Option<&Node>| -> BTreeSet<String> {
        let Some(node) = node else { return BTreeSet::new() };
        let words = node.words.iter().flat_map(|words| words.keys().cloned());
        node.fields.keys().cloned().chain(words).collect()
    };
    let old: Vec<_> = old.iter().map(|(id, name)| (names(drafts.old.node(*id)), name)).collect();
    let new: Vec<_> = new.iter().map(|(id, name)| (names(drafts.new.node(*id)), name)).collect();
    pairs(old.len(), new.len(), |before, after| {
        let ((before, old_name), (after, new_name)) = (old.get(before)?, new.get(after)?);
        let shared = before.intersection(after).count();
        let likeness = shared * 200 / (before.len() + after.len()).max(1);
        let resemblance = super::renames::resemblance(old_name, new_name);
        (likeness > 50).then(|| u32::try_from(likeness).unwrap_or_default() + resemblance)
    })
}
