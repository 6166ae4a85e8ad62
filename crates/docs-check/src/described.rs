//! Which schema of the contract each table and operation of the documents describes.

use std::collections::BTreeSet;

use estoppel_contract::{Contract, SOURCE_KEY};
use serde_json::Value;

use crate::{Facts, Operation, Span, Table, TableKind, schema_view::SchemaView, text::Text};

/// A table and what it describes.
#[derive(Clone, Debug)]
pub(crate) struct DescribedTable {
    /// Its place in the list of its page.
    pub(crate) table: usize,
    pub(crate) schema: SchemaView,
    /// What is described, such as `the body of createBoat`.
    pub(crate) subject: String,
}

/// A model of the contract, ready to be compared.
#[derive(Debug)]
pub(crate) struct KnownModel {
    pub(crate) name: String,
    /// The heading of the documents that it is stated under.
    heading: Option<String>,
    pub(crate) schema: SchemaView,
    names: BTreeSet<String>,
    /// The ways it can look, each with the constants and names of its members.
    alternatives: Vec<Alternative>,
}

#[derive(Debug)]
struct Alternative {
    schema: SchemaView,
    tags: Vec<(String, String)>,
    names: BTreeSet<String>,
}

/// Every model of the contract.
pub(crate) fn models(contract: &Contract) -> Vec<KnownModel> {
    let models = contract.models.iter().map(|model| {
        let schema = SchemaView::of_model(contract, &model.schema);
        let alternatives = schema.alternatives().into_iter().map(|schema| Alternative {
            tags: schema.tags(),
            names: schema.names(),
            schema,
        });
        KnownModel {
            name: model.name.clone(),
            heading: source_heading(&model.schema).map(str::to_owned),
            names: schema.names(),
            alternatives: alternatives.collect(),
            schema,
        }
    });
    models.collect()
}

impl KnownModel {
    /// The constants of a kind that tell its alternatives apart.
    pub(crate) fn tags(&self) -> Vec<String> {
        let first = self.alternatives.iter().filter_map(|alternative| alternative.tags.first());
        first.map(|(_, tag)| tag.clone()).collect()
    }
}

/// The alternative of a model whose constants the object carries.
pub(crate) fn tagged(models: &[KnownModel], value: &Value) -> Option<(SchemaView, String)> {
    let keys: BTreeSet<String> = value.as_object()?.keys().cloned().collect();
    models.iter().find_map(|model| {
        let alternative = model.alternatives.iter().find(|alternative| {
            let carries = |(key, tag): &(String, String)| value.get(key).and_then(Value::as_str) == Some(tag);
            let alike = keys.intersection(&alternative.names).count() * 2 >= keys.len();
            !alternative.tags.is_empty() && alternative.tags.iter().all(carries) && alike
        })?;
        Some((alternative.schema.clone(), format!("the model {}", model.name)))
    })
}

/// The tables of a page that describe something of the contract.
pub(crate) fn tables(
    text: &Text<'_>,
    facts: &Facts,
    contract: &Contract,
    models: &[KnownModel],
) -> Vec<DescribedTable> {
    let tables = facts.tables.iter().enumerate().filter_map(|(index, table)| {
        let operation = facts.operation_at(table.span).and_then(|found| operation(contract, found));
        let (schema, subject) = match operation {
            Some(operation) => of_operation(contract, operation, facts, table),
            None => of_model(models, text, facts, table),
        }?;
        Some(DescribedTable { table: index, schema, subject })
    });
    tables.collect()
}

fn of_operation(
    contract: &Contract,
    operation: &estoppel_contract::Operation,
    facts: &Facts,
    table: &Table,
) -> Option<(SchemaView, String)> {
    let id = operation.spec.id;
    match table.kind {
        TableKind::Path => {
            Some((SchemaView::standalone(&operation.path_parameters), format!("the path parameters of {id}")))
        }
        TableKind::Query => {
            Some((SchemaView::standalone(&operation.query), format!("the query parameters of {id}")))
        }
        TableKind::Body => {
            let body = operation.body.as_ref().map(|body| SchemaView::of_model(contract, body));
            let body = body.filter(|body| !body.is_nothing())?;
            Some((body, format!("the body of {id}")))
        }
        TableKind::Header | TableKind::Cookie => None,
        TableKind::Object => {
            let reply = SchemaView::of_model(contract, operation.reply.as_ref()?);
            let names: BTreeSet<String> = table.members().map(|row| row.name.text.to_string()).collect();
            let shared = names.intersection(&reply.names()).count();
            // A table in the reply's place can describe an object inside the reply, unless it is the only one there.
            (shared * 2 >= names.len() || is_only_reply(facts, table))
                .then(|| (reply, format!("the reply of {id}")))
        }
    }
}

/// Whether the table is the only one under a heading such as “Reply”.
fn is_only_reply(facts: &Facts, table: &Table) -> bool {
    let Some(heading) = facts.heading_at(table.span).filter(|heading| heading.part) else { return false };
    let told = heading.title.to_lowercase();
    let after = facts.headings.partition_point(|next| next.span.start <= heading.span.start);
    let next = facts.headings.get(after);
    let part = Span::new(heading.span.start, next.map_or(usize::MAX, |next| next.span.start));
    ["reply", "response", "returns"].iter().any(|word| told.contains(word))
        && facts.tables_in(part).len() == 1
}

fn of_model(
    models: &[KnownModel],
    text: &Text<'_>,
    facts: &Facts,
    table: &Table,
) -> Option<(SchemaView, String)> {
    if table.kind != TableKind::Object {
        return None;
    }
    let introduction = table.introduction.map(|span| text.slice(span)).unwrap_or_default();
    let heading = facts.heading_at(table.span).map_or("", |heading| heading.title.as_str());
    let names: BTreeSet<String> = table.members().map(|row| row.name.text.to_string()).collect();
    model_named(models, &[introduction, heading], &names)
}

/// The model that one of these texts names, if it has most of these members.
pub(crate) fn model_named(
    models: &[KnownModel],
    texts: &[&str],
    members: &BTreeSet<String>,
) -> Option<(SchemaView, String)> {
    let named = |model: &&KnownModel| {
        texts.iter().any(|text| {
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word == model.name) || model.heading.as_deref() == Some(*text)
        })
    };
    let shared = |model: &KnownModel| members.intersection(&model.names).count();
    let fitting = models.iter().filter(named).filter(|model| shared(model) * 5 >= members.len() * 3);
    let best = fitting.max_by_key(|model| shared(model))?;
    Some((best.schema.clone(), format!("the model {}", best.name)))
}

fn source_heading(schema: &Value) -> Option<&str> {
    schema.get(SOURCE_KEY)?.as_str()?.split_once(": ").map(|(_, heading)| heading)
}

/// The operation of the contract that a document declares.
pub(crate) fn operation<'c>(
    contract: &'c Contract,
    declared: &Operation,
) -> Option<&'c estoppel_contract::Operation> {
    let path = shape(path_below_server(contract, declared));
    contract
        .operations
        .iter()
        .find(|known| known.spec.method.as_str() == declared.method && shape(known.path.as_str()) == path)
}

/// The operation of the contract, among some, that an operation of a document is meant for, if it only misspells it:
/// one part of the path is another, too much or left out, or the method is another.
pub(crate) fn nearest<'c>(
    contract: &'c Contract,
    declared: &Operation,
    among: impl Fn(&estoppel_contract::Operation) -> bool,
) -> Option<&'c estoppel_contract::Operation> {
    let path = shape(path_below_server(contract, declared));
    let parts: Vec<&str> = path.split('/').collect();
    let distance = |known: &estoppel_contract::Operation| {
        let shape = shape(known.path.as_str());
        let others: Vec<&str> = shape.split('/').collect();
        let differing: Vec<_> = parts.iter().zip(&others).filter(|(part, other)| part != other).collect();
        let method = usize::from(known.spec.method.as_str() != declared.method);
        if parts.len() != others.len() {
            let (short, long) =
                if parts.len() < others.len() { (&parts, &others) } else { (&others, &parts) };
            return (method == 0 && lacks_one(short, long)).then_some((1, usize::MAX));
        }
        // A parameter is no misspelling of a word.
        let misspelled = differing.iter().all(|(_, other)| !other.contains('{'));
        let strange: usize = differing.iter().map(|(part, other)| unlikeness(part, other)).sum();
        (misspelled && differing.len() + method <= 1).then_some((differing.len(), strange))
    };
    let known = contract.operations.iter().filter(|known| among(known));
    let near = known.filter_map(|known| Some((distance(known)?, known)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Whether the one path is the other without one of its parts.
fn lacks_one(short: &[&str], long: &[&str]) -> bool {
    let same = short.iter().zip(long).take_while(|(left, right)| left == right).count();
    short.len() + 1 == long.len() && short.get(same..) == long.get(same + 1..)
}

/// How many letters of two words are not in a common beginning or end.
fn unlikeness(left: &str, right: &str) -> usize {
    let before = left.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
    let after = left.bytes().rev().zip(right.bytes().rev()).take_while(|(a, b)| a == b).count();
    left.len().max(right.len()).saturating_sub(before + after)
}

/// The path of a declared operation below the base URL of the contract that it names.
pub(crate) fn path_below_server<'o>(contract: &Contract, declared: &'o Operation) -> &'o str {
    let host = declared.server.as_deref().unwrap_or_default();
    let servers = || contract.service.servers.iter().map(|server| server.url);
    // Below a host that the contract does not have, or below none, stands what all operations share.
    let shared = servers().filter_map(|url| {
        let (_, rest) = url.split_once("://")?;
        rest.find('/').and_then(|path| rest.get(path..))
    });
    servers()
        .filter_map(|url| url.strip_prefix(host))
        .chain(shared)
        .filter_map(|base| declared.path.strip_prefix(base.trim_end_matches('/')))
        .find(|path| path.starts_with('/'))
        .unwrap_or(&declared.path)
}

/// A path whose parameters have no names.
pub(crate) fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut rest = path.trim_end_matches('/');
    while let Some((literal, tail)) = rest.split_once('{') {
        shape.push_str(literal);
        shape.push_str("{}");
        rest = tail.split_once('}').map_or("", |(_, after)| after);
    }
    shape.push_str(rest);
    let segments = shape.split('/').map(|segment| if segment.starts_with(':') { "{}" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

/// Where a table's row of this name stands.
pub(crate) fn row_span(table: &Table, name: &str) -> Span {
    table.members().find(|row| row.name.text == name).map_or(table.header, |row| row.name.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(shape(path), expected);
    }

    #[test]
    fn paths_are_compared_without_the_names_of_their_parameters() {
        check("/boats/{boatId}/sails", "/boats/{}/sails");
        check("/boats/:id", "/boats/{}");
        check("/Boats({id})/Sails/", "/Boats({})/Sails");
        check("/", "");
    }
}
