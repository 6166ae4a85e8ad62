//! What holds values and is no operation: webhooks, and objects that stand on their own.

use std::collections::BTreeSet;

use super::{
    drafts::{Draft, Drafts},
    needs, operations,
    renames::{Candidate, Matching, renames},
    values::{Task, Values, same_object},
};
use crate::edition::{
    change::Direction,
    rules,
    surface::{At, Model, NodeId, Webhook, plain},
};

/// Compares webhooks, and objects that stand on their own.
pub(super) fn compare(drafts: &mut Drafts<'_>, values: &mut Values) {
    webhooks(drafts, values);
    models(drafts, values);
}

fn webhooks(drafts: &mut Drafts<'_>, values: &mut Values) {
    let (old, new) = (&drafts.old.webhooks, &drafts.new.webhooks);
    let name = |webhook: &Webhook| plain(&webhook.name);
    let mut matching = Matching::by_name(old.iter().map(name), new.iter().map(name));
    let called = |webhook: &Webhook| webhook.name.clone();
    let (gone, fresh) = (matching.gone(old, called), matching.fresh(new, called));
    let old_candidates: Vec<_> = gone.iter().map(|name| Candidate { name, description: None }).collect();
    let new_candidates: Vec<_> = fresh.iter().map(|name| Candidate { name, description: None }).collect();
    for (before, after) in matching.join(&renames(&old_candidates, &new_candidates, |_, _| true)) {
        let (Some(before), Some(after)) = (old.get(before), new.get(after)) else { continue };
        let subject = format!("the webhook {}", before.name);
        let message = format!("{subject} is now called {}", after.name);
        let draft = Draft::new(&rules::WEBHOOK_RENAMED, Direction::Called, subject).told(message);
        drafts.add(draft.at(Some(before.at.clone()), Some(after.at.clone())));
    }
    for (before, after) in &matching.same {
        let (Some(before), Some(after)) = (old.get(*before), new.get(*after)) else { continue };
        if let (Some(one), Some(other)) = (before.headers, after.headers) {
            let whole = format!("the headers of the webhook {}", after.name);
            values.compare(drafts, task(one, other, BTreeSet::from([Direction::Called]), whole));
        }
        let whole = format!("the webhook {}", after.name);
        let (one, other) = (before.body.unwrap_or_default(), after.body.unwrap_or_default());
        let task = task(one, other, BTreeSet::from([Direction::Called]), whole);
        match (before.body, after.body) {
            (Some(_), Some(_)) => values.compare(drafts, task),
            (None, Some(body)) => body_added(drafts, &task, body, &before.at),
            (Some(body), None) => body_removed(drafts, &task, body, &after.at),
            (None, None) => {}
        }
    }
    for one in matching.gone.iter().filter_map(|place| old.get(*place)) {
        let subject = format!("the webhook {}", one.name);
        let draft = Draft::new(&rules::WEBHOOK_REMOVED, Direction::Called, subject.clone());
        let draft = draft.told(format!("{subject} is gone")).at(Some(one.at.clone()), None);
        drafts.add(draft.keyed(format!("webhook {}", plain(&one.name))));
    }
    for one in matching.fresh.iter().filter_map(|place| new.get(*place)) {
        let subject = format!("the webhook {}", one.name);
        let draft = Draft::new(&rules::WEBHOOK_ADDED, Direction::Called, subject.clone());
        let draft = draft.told(format!("{subject} is new")).at(None, Some(one.at.clone()));
        drafts.add(draft.keyed(format!("webhook {}", plain(&one.name))));
    }
}

const fn task(old: NodeId, new: NodeId, directions: BTreeSet<Direction>, whole: String) -> Task {
    Task { old, new, directions, whole, path: String::new(), route: None, first: None }
}

fn models(drafts: &mut Drafts<'_>, values: &mut Values) {
    let (old, new) = (&drafts.old.models, &drafts.new.models);
    let name = |model: &Model| plain(&model.name);
    let mut matching = Matching::by_name(old.iter().map(name), new.iter().map(name));
    let node = |model: &Model| (model.node, model.name.clone());
    let (gone, fresh) = (matching.gone(old, node), matching.fresh(new, node));
    // An object under another heading is the same object: a heading is no promise.
    matching.join(&same_object(drafts, &gone, &fresh));
    for (before, after) in &matching.same {
        let (Some(before), Some(after)) = (old.get(*before), new.get(*after)) else { continue };
        let directions = before.directions.union(&after.directions).copied().collect();
        values.compare(drafts, task(before.node, after.node, directions, format!("“{}”", after.name)));
    }
    for one in matching.gone.iter().filter_map(|place| old.get(*place)) {
        let subject = format!("“{}”", one.name);
        let draft = Draft::new(&rules::MODEL_REMOVED, Direction::Received, subject.clone());
        let draft = draft.in_directions(&one.directions).told(format!("{subject} is no longer described"));
        drafts.add(draft.at(Some(one.at.clone()), None).keyed(format!("model {}", plain(&one.name))));
    }
    for one in matching.fresh.iter().filter_map(|place| new.get(*place)) {
        let subject = format!("“{}”", one.name);
        let draft = Draft::new(&rules::MODEL_ADDED, Direction::Received, subject.clone());
        let draft = draft.in_directions(&one.directions).told(format!("{subject} is described now"));
        drafts.add(draft.at(None, Some(one.at.clone())).keyed(format!("model {}", plain(&one.name))));
    }
}

/// A body where there was none: what is sent is told field by field, because each can be required.
pub(super) fn body_added(drafts: &mut Drafts<'_>, task: &Task, body: NodeId, old_at: &At) {
    let Some(node) = drafts.new.node(body) else { return };
    if task.directions.contains(&Direction::Sent) && !node.fields.is_empty() {
        for (name, field) in &node.fields {
            let message = format!("`{name}` is new; it is {}", needs::told(&field.need));
            let named = Task { path: name.clone(), ..task.clone() };
            let draft = named.draft(needs::added(&field.need), message);
            drafts.add(draft.at(Some(old_at.clone()), Some(field.at.clone())));
        }
        return;
    }
    let rule = if operations::is_schema(drafts) { &rules::BODY_ADDED } else { &rules::BODY_STATED };
    let draft = task.draft(rule, "it has a body now");
    drafts.add(draft.at(Some(old_at.clone()), Some(node.at.clone())));
}

/// No body where there was one.
pub(super) fn body_removed(drafts: &mut Drafts<'_>, task: &Task, body: NodeId, new_at: &At) {
    let Some(node) = drafts.old.node(body) else { return };
    if task.directions.contains(&Direction::Sent) && !node.fields.is_empty() {
        for (name, field) in &node.fields {
            let message = format!("`{name}` is gone; it was {}", needs::told(&field.need));
            let named = Task { path: name.clone(), ..task.clone() };
            let draft = named.draft(needs::removed(&field.need), message);
            drafts.add(draft.at(Some(field.at.clone()), Some(new_at.clone())));
        }
        return;
    }
    let rule = if operations::is_schema(drafts) { &rules::BODY_REMOVED } else { &rules::BODY_UNSTATED };
    let draft = task.draft(rule, "it has no body any more");
    drafts.add(draft.at(Some(node.at.clone()), Some(new_at.clone())));
}
