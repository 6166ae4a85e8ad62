//! One payload: what its tables and examples say together.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    pages::PageRead,
    stated_type::{self, StatedType},
};
use crate::{
    Example, LimitKind, Requiredness, Row, Table, Word, WordList,
    edition::surface::{At, Bound, Field, Need, Node, NodeId, Surface, Type},
};

/// A fact, its page and the page's place in the edition's list.
pub(super) type Stated<'p, T> = (usize, &'p PageRead, &'p T);

/// The tables, examples and lists that describe one payload.
#[derive(Debug, Default)]
pub(super) struct Payload<'p> {
    pub(super) tables: Vec<Stated<'p, Table>>,
    pub(super) examples: Vec<Stated<'p, Example>>,
    /// Lists of the words that it can be.
    pub(super) lists: Vec<Stated<'p, WordList>>,
    /// Fields that are only named.
    pub(super) names: Vec<Stated<'p, Word>>,
    /// Fields that are said to be always there; the others then are not.
    pub(super) guaranteed: Vec<Stated<'p, Word>>,
}

/// Where in an example a name stands: the objects that have a field of it.
type Index = BTreeMap<String, Vec<NodeId>>;

impl Payload<'_> {
    /// The words of the types that its tables state, in lower case.
    pub(super) fn type_words(&self) -> impl Iterator<Item = String> {
        let rows = self.tables.iter().flat_map(|(_, _, table)| &table.rows);
        let types = rows.filter_map(|row| row.stated_type.as_ref());
        types.flat_map(|told| told.text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase))
    }

    /// Writes it to the surface; nothing where it says nothing.
    pub(super) fn write(&self, surface: &mut Surface) -> Option<NodeId> {
        let tables = self.tables.iter().map(|(file, page, table)| page.at(*file, table.header));
        let examples = self.examples.iter().map(|(file, page, example)| page.at(*file, example.span));
        let lists = self.lists.iter().map(|(file, page, list)| page.at(*file, list.span));
        let names = self.names.iter().chain(&self.guaranteed);
        let names = names.map(|(file, page, word)| page.at(*file, word.span));
        let first = tables.chain(examples).chain(lists).chain(names).next()?;
        let root = surface.add(Node { shown: true, at: first, ..Node::default() });
        for (file, page, example) in &self.examples {
            Shown { surface, file: *file, page, example }.write(root);
        }
        let mut index = Index::new();
        collect(surface, root, &mut index);
        for (file, page, table) in &self.tables {
            for row in &table.rows {
                let place = place(surface, root, &index, &row.path());
                write_row(surface, place, (*file, page, row));
            }
        }
        for (file, page, word) in &self.names {
            let at = page.at(*file, word.span);
            let object = object_of(surface, root);
            field(surface, object, &word.text, &at, true);
        }
        self.guarantee(surface, root);
        for (file, page, list) in &self.lists {
            if let Some(node) = surface.nodes.get_mut(root) {
                let words = node.words.get_or_insert_default();
                words
                    .extend(list.words.iter().map(|word| (word.text.to_string(), page.at(*file, word.span))));
            }
        }
        Some(root)
    }

    /// Fields that are said to be always there are; where some are named, the others are not.
    fn guarantee(&self, surface: &mut Surface, root: NodeId) {
        if self.guaranteed.is_empty() {
            return;
        }
        let object = object_of(surface, root);
        for (file, page, word) in &self.guaranteed {
            let at = page.at(*file, word.span);
            field(surface, object, &word.text, &at, true);
        }
        let Some(node) = surface.nodes.get_mut(object) else { return };
        for (name, field) in &mut node.fields {
            let promised = self.guaranteed.iter().find(|(_, _, word)| word.text == *name);
            if let Some((file, page, word)) = promised {
                field.need = Need::Required;
                field.at = page.at(*file, word.span);
            } else if field.need == Need::Unstated {
                field.need = Need::Optional;
            }
        }
    }
}

/// One example, while it is written.
struct Shown<'w> {
    surface: &'w mut Surface,
    file: usize,
    page: &'w PageRead,
    example: &'w Example,
}

impl Shown<'_> {
    fn write(&mut self, root: NodeId) {
        let places: BTreeMap<&str, At> = self
            .example
            .members
            .iter()
            .map(|member| (member.pointer.as_str(), self.page.at(self.file, member.key_span)))
            .collect();
        match &self.example.value {
            Some(value) => self.value(root, value, "", &places),
            // What is no JSON still names its members.
            None => {
                for member in &self.example.members {
                    let mut object = root;
                    for step in member.pointer.split('/').skip(1) {
                        let step = step.replace("~1", "/").replace("~0", "~");
                        if !step.chars().all(|c| c.is_ascii_digit()) {
                            let at = self.page.at(self.file, member.key_span);
                            object = field(self.surface, object_of(self.surface, object), &step, &at, false);
                        }
                    }
                }
            }
        }
    }

    /// Adds what a value shows. Examples are at most as deep as their reader goes.
    fn value(&mut self, id: NodeId, value: &Value, pointer: &str, places: &BTreeMap<&str, At>) {
        let open = self.example.open.iter().any(|open| open == pointer);
        if open && let Some(node) = self.surface.nodes.get_mut(id) {
            node.leaves_out = true;
        }
        let kind = match value {
            Value::Null => None,
            Value::Bool(_) => Some(Type::Boolean),
            Value::Number(_) => Some(Type::Number),
            Value::String(_) => Some(Type::String),
            Value::Array(_) => Some(Type::Array),
            Value::Object(_) => Some(Type::Object),
        };
        if let (Some(kind), Some(node)) = (kind, self.surface.nodes.get_mut(id)) {
            node.types.insert(kind);
        }
        match value {
            Value::Object(members) => {
                for (name, inside) in members {
                    let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                    let here = places.get(pointer.as_str()).cloned();
                    let at = here.or_else(|| self.surface.node(id).map(|node| node.at.clone()));
                    let child = field(self.surface, id, name, &at.unwrap_or_default(), false);
                    self.value(child, inside, &pointer, places);
                }
            }
            Value::Array(items) => {
                for (place, inside) in items.iter().enumerate() {
                    let Some(child) = items_of(self.surface, id) else { return };
                    self.value(child, inside, &format!("{pointer}/{place}"), places);
                }
            }
            _ => {}
        }
    }
}

/// The node of an array's items.
fn items_of(surface: &mut Surface, id: NodeId) -> Option<NodeId> {
    let node = surface.node(id)?;
    if let Some(items) = node.items {
        return Some(items);
    }
    let at = node.at.clone();
    let items = surface.add(Node { shown: true, at, ..Node::default() });
    surface.nodes.get_mut(id)?.items = Some(items);
    Some(items)
}

/// The object that rows describe: of a list, what is in it.
fn object_of(surface: &Surface, id: NodeId) -> NodeId {
    let Some(node) = surface.node(id) else { return id };
    match node.items {
        Some(items) if node.fields.is_empty() => items,
        _ => id,
    }
}

/// The node of a field, which is made where it is not there.
fn field(surface: &mut Surface, object: NodeId, name: &str, at: &At, listed: bool) -> NodeId {
    if let Some(known) = surface.nodes.get_mut(object).and_then(|node| node.fields.get_mut(name)) {
        if listed && !known.listed {
            known.listed = true;
            known.at = at.clone();
        }
        return known.node;
    }
    let node = surface.add(Node { shown: true, at: at.clone(), ..Node::default() });
    let made = Field {
        node,
        need: Need::Unstated,
        default: None,
        description: None,
        deprecated: None,
        listed,
        at: at.clone(),
    };
    if let Some(object) = surface.nodes.get_mut(object) {
        object.fields.insert(name.to_owned(), made);
    }
    node
}

/// Which objects inside a payload have a field of each name.
fn collect(surface: &Surface, root: NodeId, index: &mut Index) {
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        let Some(node) = surface.node(id) else { continue };
        open.extend(node.items);
        for (name, field) in &node.fields {
            index.entry(name.clone()).or_default().push(id);
            open.push(field.node);
        }
    }
}

/// The object that a row's field belongs to, and the field's own name.
fn place(surface: &mut Surface, root: NodeId, index: &Index, name: &str) -> (NodeId, String) {
    let name = name.trim_end_matches("[]");
    let mut object = object_of(surface, root);
    let mut steps: Vec<&str> = name.split('.').map(|step| step.trim_end_matches("[]")).collect();
    let own = steps.pop().unwrap_or(name);
    if steps.is_empty() {
        let at_root = surface.node(object).is_some_and(|node| node.fields.contains_key(own));
        // A row names a field of the only object in the example that has one of its name.
        if let (false, Some([only])) = (at_root, index.get(own).map(Vec::as_slice)) {
            object = *only;
        }
        return (object, own.to_owned());
    }
    for step in steps.iter().filter(|step| !step.is_empty()) {
        let at = surface.node(object).map_or_else(At::default, |node| node.at.clone());
        let inside = field(surface, object, step, &at, false);
        object = object_of(surface, inside);
    }
    (object, own.to_owned())
}

fn write_row(surface: &mut Surface, (object, name): (NodeId, String), (file, page, row): Stated<'_, Row>) {
    let at = page.at(file, row.name.span);
    let id = field(surface, object, &name, &at, true);
    if let Some(known) = surface.nodes.get_mut(object).and_then(|node| node.fields.get_mut(&name)) {
        known.need = match &row.requiredness {
            None => known.need.clone(),
            Some(Requiredness::Required) => Need::Required,
            Some(Requiredness::Optional) => Need::Optional,
            Some(Requiredness::Conditional(condition)) => Need::Conditional(condition.clone()),
        };
        known.default = row.default.as_ref().map(|word| word.text.to_string()).or(known.default.take());
        known.description = row.description.as_ref().map(|word| word.text.to_string());
        known.deprecated = row.deprecated.map(|span| page.at(file, span));
    }
    let stated = row.stated_type.as_ref().map(|told| stated_type::read(&told.text)).unwrap_or_default();
    write_type(surface, id, stated);
    let lists = &page.facts.word_lists;
    let first = lists.partition_point(|list| list.span.start < row.span.start);
    let inside = lists.iter().skip(first).take_while(|list| list.span.start < row.span.end);
    let words = inside.filter(|list| list.subject.is_some()).flat_map(|list| &list.words).chain(&row.words);
    let words: BTreeMap<String, At> =
        words.map(|word| (word.text.to_string(), page.at(file, word.span))).collect();
    let Some(node) = surface.nodes.get_mut(id) else { return };
    node.at = at;
    if !words.is_empty() {
        node.words = Some(words);
    }
    for limit in &row.limits {
        let digits: String =
            limit.value.text.chars().filter(|c| c.is_ascii_digit() || "-.".contains(*c)).collect();
        let Ok(number) = digits.trim_end_matches('.').parse::<f64>() else { continue };
        let (name, bound) = match limit.kind {
            LimitKind::Maximum => ("maximum", Bound::AtMost(number)),
            LimitKind::Minimum => ("minimum", Bound::AtLeast(number)),
            LimitKind::LengthMaximum => ("greatest length", Bound::AtMost(number)),
            LimitKind::LengthMinimum => ("least length", Bound::AtLeast(number)),
        };
        node.limits.insert(name, bound);
    }
}

fn write_type(surface: &mut Surface, id: NodeId, stated: StatedType) {
    let Some(node) = surface.nodes.get_mut(id).filter(|_| !stated.types.is_empty()) else { return };
    node.types = stated.types;
    node.shown = false;
    node.format = stated.format;
    if let Some(inside) = stated.items
        && let Some(items) = items_of(surface, id)
    {
        write_type(surface, items, *inside);
    }
}
