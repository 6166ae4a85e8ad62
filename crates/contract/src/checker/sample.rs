//! A part of a JSON document that is small enough to be looked into, whatever the size of the document.
//!
//! A parsed value takes many times the bytes of its text, and the validator makes an error of some hundred bytes for
//! every fault before it gives the first. So what no violation can depend on is not kept: the values of members that the
//! schema does not name, and of an array that is longer than the number of violations wanted all but the first faulty
//! items, and as many others as fill it up. A violation found there is put back to its place in the document.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::Checker;
use crate::{JsonPointer, Segment, anything::Anything};

/// A part of a document.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    pub(crate) value: Value,
    /// Faulty items that were not kept. Each counts once.
    pub(super) faulty_omitted: usize,
    /// Members of the document itself that the schema does not name and that were not kept.
    pub(crate) undeclared_omitted: usize,
    /// For each array that was cut, by its place in the document: where the items that were kept had been.
    cuts: Vec<(JsonPointer, Vec<usize>)>,
}

impl Sample {
    /// The part of a document that `max` violations depend on. It fails where the document is no JSON.
    pub(crate) fn of<'de, D: Deserializer<'de>>(
        checker: &Checker,
        document: D,
        max: usize,
    ) -> Result<Self, D::Error> {
        Self::within(checker, document, max, max)
    }

    /// As [`of`](Self::of), with all items of every array.
    pub(crate) fn with_all_items<'de, D: Deserializer<'de>>(
        checker: &Checker,
        document: D,
        names_max: usize,
    ) -> Result<Self, D::Error> {
        Self::within(checker, document, usize::MAX, names_max)
    }

    fn within<'de, D: Deserializer<'de>>(
        checker: &Checker,
        document: D,
        items_max: usize,
        names_max: usize,
    ) -> Result<Self, D::Error> {
        let mut sample = Self::default();
        let schema = Some(checker.schema());
        let part = Part { checker, items_max, names_max, schema, at: JsonPointer::root() };
        sample.value = Sampled { part, sample: &mut sample }.deserialize(document)?;
        Ok(sample)
    }

    /// Whether items of arrays were left out.
    pub(crate) const fn is_cut(&self) -> bool {
        !self.cuts.is_empty()
    }

    /// Changes a place in the sample to that in the document.
    pub(super) fn restore(&self, pointer: &mut JsonPointer) {
        if !self.is_cut() {
            return;
        }
        let mut restored = JsonPointer::root();
        for segment in pointer.segments() {
            let cut = self.cuts.iter().find(|(place, _)| *place == restored);
            let original = match (segment, cut) {
                (Segment::Index(index), Some((_, places))) => places.get(*index).copied().map(Segment::Index),
                _ => None,
            };
            restored = restored.child(original.unwrap_or_else(|| segment.clone()));
        }
        *pointer = restored;
    }
}

/// Where in the document and in the schema a value is read.
struct Part<'c> {
    checker: &'c Checker,
    items_max: usize,
    names_max: usize,
    schema: Option<&'c Value>,
    at: JsonPointer,
}

impl<'c> Part<'c> {
    fn child(&self, schema: Option<&'c Value>, segment: Segment) -> Self {
        Self { schema, at: self.at.clone().child(segment), ..*self }
    }

    /// The members that the schema names, if no others matter to it.
    fn members(&self) -> Option<&'c Map<String, Value>> {
        let (schema, resolved) = (self.schema?, self.checker.resolve(self.schema?));
        let is_plain =
            |keyword: &String| MEMBER_KEYWORDS.contains(&keyword.as_str()) || keyword.starts_with("x-");
        let mut keywords = [schema, resolved].into_iter().filter_map(Value::as_object).flat_map(Map::keys);
        let are_plain = keywords.all(is_plain);
        resolved.get("properties").and_then(Value::as_object).filter(|_| are_plain)
    }

    /// A checker for single items of the array.
    fn of_items(&self) -> Option<Checker> {
        let items = self.checker.resolve(self.schema?).get("items")?;
        let mut alone = items.as_object()?.clone();
        if let Some(definitions) = self.checker.schema().get("$defs") {
            alone.insert("$defs".to_owned(), definitions.clone());
        }
        Checker::new(Value::Object(alone)).ok()
    }
}

/// Keywords of an object's schema to which members that it does not name are nothing.
const MEMBER_KEYWORDS: [&str; 10] =
    ["$schema", "$defs", "$id", "$ref", "title", "description", "type", "required", "properties", "examples"];

/// Reads a value into a sample.
struct Sampled<'c, 's> {
    part: Part<'c>,
    sample: &'s mut Sample,
}

impl<'de> DeserializeSeed<'de> for Sampled<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Sampled<'_, '_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let Self { part, sample } = self;
        let declared = part.members();
        let properties = part.schema.and_then(|schema| part.checker.properties(schema));
        let mut kept = Map::new();
        let mut undeclared = 0;
        while let Some(name) = members.next_key::<String>()? {
            let schema = properties.and_then(|all| all.get(&name));
            if declared.is_some() && schema.is_none() {
                members.next_value::<Anything>()?;
                undeclared += 1;
                if undeclared <= part.names_max {
                    kept.insert(name, Value::Null);
                } else if part.at == JsonPointer::root() {
                    sample.undeclared_omitted += 1;
                }
                continue;
            }
            let part = part.child(schema, Segment::Key(name.clone()));
            let value = members.next_value_seed(Sampled { part, sample: &mut *sample })?;
            kept.insert(name, value);
        }
        Ok(Value::Object(kept))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Self { part, sample } = self;
        let schema = part.schema.and_then(|schema| part.checker.resolve(schema).get("items"));
        let mut kept = Kept::default();
        for place in 0.. {
            let before = (sample.faulty_omitted, sample.cuts.len());
            let child = part.child(schema, Segment::Index(place));
            let Some(item) = items.next_element_seed(Sampled { part: child, sample: &mut *sample })? else {
                break;
            };
            if kept.has_room(&part) || kept.takes(&item) {
                kept.items.push(item);
                kept.places.push(place);
            } else {
                sample.cuts.truncate(before.1);
                sample.faulty_omitted = before.0 + usize::from(kept.is_faulty(&item));
            }
        }
        if kept.checker.is_some() {
            sample.cuts.push((part.at, kept.places));
        }
        Ok(Value::Array(kept.items))
    }
}

/// The items of an array that are kept.
#[derive(Default)]
struct Kept {
    items: Vec<Value>,
    /// Where each of them was.
    places: Vec<usize>,
    /// A checker for single items, once there are too many of them.
    checker: Option<Checker>,
    /// Which of the items kept are not faulty, by their index.
    good: Vec<usize>,
}

impl Kept {
    /// Whether an item is kept whatever it is. When there are too many for the first time, those that are kept are looked
    /// into; of an array of which the schema says nothing all are kept.
    fn has_room(&mut self, part: &Part<'_>) -> bool {
        if self.items.len() < part.items_max {
            return true;
        }
        if self.checker.is_none() {
            let Some(checker) = part.of_items() else { return true };
            let items = self.items.iter().enumerate();
            self.good = items.filter(|(_, item)| checker.accepts(item)).map(|(index, _)| index).collect();
            self.checker = Some(checker);
        }
        false
    }

    fn is_faulty(&self, item: &Value) -> bool {
        self.checker.as_ref().is_some_and(|checker| !checker.accepts(item))
    }

    /// Whether an item is faulty and takes the place of one that is not.
    fn takes(&mut self, item: &Value) -> bool {
        if self.good.is_empty() || !self.is_faulty(item) {
            return false;
        }
        if let Some(index) = self.good.pop() {
            self.items.remove(index);
            self.places.remove(index);
        }
        true
    }
}
