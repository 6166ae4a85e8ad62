//! A value with few enough faults that each can be told.
//!
//! The validator makes an error of some hundred bytes for every fault before it gives the first. So of an array that is
//! longer than the number of violations wanted, only so many items are shown to it: the first faulty ones, and others
//! to fill up. A violation found there is put back to its place in the whole value.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::{Map, Value};

use super::Checker;
use crate::{JsonPointer, Segment};

/// A value whose long arrays are cut.
#[derive(Debug)]
pub(super) struct Sample<'v> {
    pub(super) value: Cow<'v, Value>,
    /// Faulty items that are not in the sample.
    pub(super) omitted: usize,
    /// For each array that was cut, by its place in the sample: where its items were.
    places: BTreeMap<JsonPointer, Vec<usize>>,
}

impl<'v> Sample<'v> {
    /// A sample for `max` violations. A value without longer arrays is its own sample.
    pub(super) fn of(checker: &Checker, value: &'v Value, max: usize) -> Self {
        if !has_longer_array(value, max) {
            return Self { value: Cow::Borrowed(value), omitted: 0, places: BTreeMap::new() };
        }
        let mut cut = Cut { checker, max: max.max(1), omitted: 0, places: BTreeMap::new() };
        let sample = cut.value(Some(checker.schema()), value, &JsonPointer::root());
        Self { value: Cow::Owned(sample), omitted: cut.omitted, places: cut.places }
    }

    /// Changes a place in the sample to that in the whole value.
    pub(super) fn restore(&self, pointer: &mut JsonPointer) {
        if self.places.is_empty() {
            return;
        }
        let mut sampled = JsonPointer::root();
        let mut restored = JsonPointer::root();
        for segment in pointer.segments() {
            let original = match (segment, self.places.get(&sampled)) {
                (Segment::Index(index), Some(places)) => places.get(*index).copied().map(Segment::Index),
                _ => None,
            };
            restored = restored.child(original.unwrap_or_else(|| segment.clone()));
            sampled = sampled.child(segment.clone());
        }
        *pointer = restored;
    }
}

fn has_longer_array(value: &Value, max: usize) -> bool {
    match value {
        Value::Array(items) => items.len() > max || items.iter().any(|item| has_longer_array(item, max)),
        Value::Object(members) => members.values().any(|member| has_longer_array(member, max)),
        _ => false,
    }
}

struct Cut<'c> {
    checker: &'c Checker,
    max: usize,
    omitted: usize,
    places: BTreeMap<JsonPointer, Vec<usize>>,
}

impl Cut<'_> {
    fn value(&mut self, schema: Option<&Value>, value: &Value, at: &JsonPointer) -> Value {
        match value {
            Value::Object(members) => {
                let properties = schema.and_then(|schema| self.checker.properties(schema));
                let cut = members.iter().map(|(name, member)| {
                    let schema = properties.and_then(|all| all.get(name));
                    let at = at.clone().child(Segment::Key(name.clone()));
                    (name.clone(), self.value(schema, member, &at))
                });
                Value::Object(cut.collect::<Map<_, _>>())
            }
            Value::Array(items) => {
                let schema = schema.and_then(|schema| self.checker.resolve(schema).get("items"));
                let kept = self.kept(schema, items);
                let cut = kept.iter().enumerate().filter_map(|(index, place)| {
                    let at = at.clone().child(Segment::Index(index));
                    items.get(*place).map(|item| self.value(schema, item, &at))
                });
                let cut = Value::Array(cut.collect());
                if kept.len() < items.len() {
                    self.places.insert(at.clone(), kept);
                }
                cut
            }
            other => other.clone(),
        }
    }

    /// The places of the items that are kept. An array of which the schema says nothing is kept whole.
    fn kept(&mut self, schema: Option<&Value>, items: &[Value]) -> Vec<usize> {
        let all = || (0..items.len()).collect();
        if items.len() <= self.max {
            return all();
        }
        let Some(checker) = schema.and_then(|schema| self.of_items(schema)) else { return all() };
        let is_faulty = |place: &usize| items.get(*place).is_some_and(|item| !checker.accepts(item));
        let mut faulty = (0..items.len()).filter(is_faulty);
        let mut kept: Vec<usize> = faulty.by_ref().take(self.max).collect();
        self.omitted += faulty.count();
        let good = (0..items.len()).filter(|place| kept.binary_search(place).is_err());
        let filling: Vec<usize> = good.take(self.max - kept.len()).collect();
        kept.extend(filling);
        kept.sort_unstable();
        kept
    }

    /// A checker for single items.
    fn of_items(&self, schema: &Value) -> Option<Checker> {
        let mut alone = schema.as_object()?.clone();
        if let Some(definitions) = self.checker.schema().get("$defs") {
            alone.insert("$defs".to_owned(), definitions.clone());
        }
        Checker::new(Value::Object(alone)).ok()
    }
}
