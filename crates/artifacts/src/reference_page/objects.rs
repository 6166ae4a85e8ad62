//! The objects that operations share, and those that stand inside others.

use std::collections::BTreeSet;

use estoppel_contract::{BASIS_KEY, Contract, Model, SOURCE_KEY};
use serde_json::Value;

use super::{
    Markdown, is_shared,
    member_table::{self, link},
};
use crate::{
    examples::Examples,
    member::{self, Discriminator, description, discriminator, members},
};

pub(super) fn describe(page: &mut Markdown, contract: &Contract, examples: &Examples) {
    let schema = |name: &str| contract.model(name).map(|model| &model.schema);
    let found = contract.models.iter().filter_map(|model| discriminator(&model.schema, schema));
    let alternatives: BTreeSet<&str> =
        found.flat_map(|found| found.models).map(|(_, alternative)| alternative).collect();
    let is_object = |model: &&Model| {
        let name = model.name.as_str();
        member::words(&model.schema).is_none() && !alternatives.contains(name) && is_shared(contract, name)
    };
    let objects: Vec<&Model> = contract.models.iter().filter(is_object).collect();
    if objects.is_empty() {
        return;
    }
    page.heading(1, "Objects");
    for model in objects {
        page.heading(2, &model.name);
        page.paragraph(description(&model.schema));
        page.paragraph(&provenance(&model.schema));
        if let Some(found) = discriminator(&model.schema, schema) {
            describe_alternatives(page, contract, &found, examples);
        } else {
            show(page, examples, &model.name);
            member_table::object(page, contract, &members(&model.schema));
        }
    }
}

/// Where a model comes from, in a sentence.
pub(super) fn provenance(schema: &Value) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    match (text(SOURCE_KEY), text(BASIS_KEY)) {
        (Some(source), Some(basis)) => format!("Source: {source}; basis: {basis}."),
        _ => String::new(),
    }
}

fn show(page: &mut Markdown, examples: &Examples, name: &str) {
    for example in examples.of_model(name).iter().filter(|example| **example != serde_json::json!({})) {
        page.example(&format!("Example of {name}"), example);
    }
}

/// The members that all alternatives have, and what tells them apart.
fn describe_alternatives(
    page: &mut Markdown,
    contract: &Contract,
    found: &Discriminator<'_>,
    examples: &Examples,
) {
    let models: Vec<(&str, &Model)> =
        found.models.iter().filter_map(|(word, name)| Some((*word, contract.model(name)?))).collect();
    let Some((_, first)) = models.first() else { return };
    let differs = |name: &str, schema: &Value| {
        models.iter().any(|(_, model)| model.schema.pointer(&format!("/properties/{name}")) != Some(schema))
    };
    let rows = members(&first.schema).into_iter().map(|member| {
        let own = differs(member.name, member.schema);
        let kind = match member.schema.get("const") {
            _ if !own => member_table::type_in_words(contract, member.schema),
            Some(_) => "string".to_owned(),
            None => "object".to_owned(),
        };
        let told = description(member.schema);
        let told = if own { format!("{told} See the table below.") } else { told.to_owned() };
        [member.name.to_owned(), kind, told, member.need.to_string()]
    });
    page.table(["Key", "Type", "Description", "Always there?"], rows);
    let contents = |model: &Model| {
        let own = members(&model.schema).into_iter().filter(|member| differs(member.name, member.schema));
        own.filter_map(|member| member::target(member.schema)).map(link).collect::<Vec<_>>().join(", ")
    };
    page.table(
        ["Value", "Meaning", "Contents", "Source"],
        models.iter().map(|(word, model)| {
            let source = model.schema.get(SOURCE_KEY).and_then(Value::as_str).unwrap_or_default();
            [format!("`{word}`"), description(&model.schema).to_owned(), contents(model), source.to_owned()]
        }),
    );
    for (word, model) in &models {
        page.heading(3, word);
        page.paragraph(description(&model.schema));
        for example in examples.of_model(&model.name) {
            page.example(&format!("Example of {word}"), example);
        }
    }
}
