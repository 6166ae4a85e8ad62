//! Every statement of every contract rests on a document or a ruling that is there, and says how.

use std::collections::BTreeSet;

use estoppel_catalog::{api, apis};
use estoppel_contract::{
    Authentication, BASIS_KEY, Basis, Contract, PersonalData, SOURCE_KEY, Source, Topic,
};
use serde_json::Value;

/// The contracts of every API: its operations and its controls.
fn contracts() -> Vec<Contract> {
    apis().into_iter().flat_map(|api| [api.contract().clone(), api.controls()]).collect()
}

/// Checks every contract; `check` tells what is wrong.
fn check(check: impl Fn(&Contract, &mut dyn FnMut(String))) {
    let mut wrong = Vec::new();
    for contract in contracts() {
        check(&contract, &mut |complaint| wrong.push(format!("{}: {complaint}", contract.name())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a source is a ruling of the API, or names one of its documents and a heading.
fn is_known(contract: &Contract, source: &str) -> bool {
    match source.split_once(": ") {
        None => contract.service.rulings.iter().any(|ruling| ruling.id == source),
        Some((document, heading)) => {
            contract.service.documents.iter().any(|known| known.name == document)
                && !heading.trim().is_empty()
        }
    }
}

/// The texts under `key`, however deep.
fn texts_under<'v>(key: &str, value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| match value.as_str() {
            Some(text) if name == key => found.push(text),
            _ => texts_under(key, value, found),
        }),
        Value::Array(items) => items.iter().for_each(|item| texts_under(key, item, found)),
        _ => {}
    }
}

/// Every schema of a contract and whose it is: of models, parameters, bodies, replies and webhooks.
fn schemas(contract: &Contract) -> Vec<(&str, &Value)> {
    let models = contract.models.iter().map(|model| (model.name.as_str(), &model.schema));
    let operations = contract.operations.iter().flat_map(|operation| {
        let always = [&operation.path_parameters, &operation.query].into_iter();
        always
            .chain(operation.body.as_ref())
            .chain(operation.reply.as_ref())
            .map(|schema| (operation.spec.id, schema))
    });
    let webhooks = contract.webhooks.iter().map(|webhook| (webhook.spec.id, &webhook.payload));
    models.chain(operations).chain(webhooks).collect()
}

/// Every text of a contract in which a ruling may be named.
fn texts(contract: &Contract) -> Vec<&str> {
    let mut texts = vec![contract.service.description];
    for (_, schema) in schemas(contract) {
        texts_under("description", schema, &mut texts);
    }
    texts.extend(contract.operations.iter().flat_map(|known| [known.spec.summary, known.spec.description]));
    texts.extend(contract.webhooks.iter().flat_map(|known| [known.spec.summary, known.spec.description]));
    texts.extend(contract.stories.iter().map(|story| story.summary));
    texts.extend(contract.service.readings.iter().map(|reading| reading.summary));
    texts.extend(contract.service.rulings.iter().flat_map(|known| [known.gap, known.ruling, known.reason]));
    texts.extend(contract.service.test_values.iter().map(|value| value.effect));
    texts
}

#[test]
fn rulings_and_documents_are_listed_once_and_say_all() {
    check(|contract, complain| {
        let mut names = BTreeSet::new();
        for ruling in contract.service.rulings {
            if !names.insert(ruling.id) {
                complain(format!("{} twice", ruling.id));
            }
            for text in [ruling.gap, ruling.ruling, ruling.reason] {
                if !text.ends_with('.') {
                    complain(format!("{}: no sentence: {text}", ruling.id));
                }
            }
        }
        for document in contract.service.documents {
            if !names.insert(document.name) || document.title.is_empty() {
                complain(format!("the document {} is listed twice or has no title", document.name));
            }
        }
    });
}

/// The members, parameters and headers of a contract.
fn fields(contract: &Contract) -> BTreeSet<String> {
    let mut fields = contract.showable_members(PersonalData::Shown);
    fields.extend(contract.sensitive_members());
    if let Authentication::Secret { headers, .. } = contract.service.authentication {
        fields.extend(headers.iter().map(|header| header.name.to_owned()));
    }
    fields
}

/// The words that values of a contract can be.
fn words(contract: &Contract) -> BTreeSet<&str> {
    fn collect<'v>(schema: &'v Value, words: &mut BTreeSet<&'v str>) {
        match schema {
            Value::Object(members) => {
                words.extend(members.get("const").and_then(Value::as_str));
                let listed = members.get("enum").and_then(Value::as_array);
                words.extend(listed.into_iter().flatten().filter_map(Value::as_str));
                members.values().for_each(|value| collect(value, words));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, words)),
            _ => {}
        }
    }
    let mut words = BTreeSet::new();
    for (_, schema) in schemas(contract) {
        collect(schema, &mut words);
    }
    words
}

#[test]
fn rulings_are_about_what_is_there() {
    let mut wrong = Vec::new();
    // Controls have the rulings of their API, and not its members.
    for api in apis() {
        let contract = api.contract();
        let (fields, words) = (fields(contract), words(contract));
        let declared = |id| contract.operation(id).is_some() || contract.webhook(id).is_some();
        for ruling in contract.service.rulings {
            let topics: BTreeSet<&Topic> = ruling.about.iter().collect();
            let there = |topic: &Topic| match topic {
                Topic::Field(name) => fields.contains(*name),
                Topic::Operation(id) => declared(id),
                Topic::Word(word) => words.contains(word),
                // Only the documents have it.
                Topic::Documented(text) => {
                    !text.trim().is_empty()
                        && !fields.contains(*text)
                        && !words.contains(text)
                        && !declared(text)
                }
            };
            let strange = topics.iter().filter(|topic| !there(topic));
            wrong.extend(
                strange.map(|topic| format!("{}: {} is about {topic:?}", contract.name(), ruling.id)),
            );
            if topics.len() != ruling.about.len() {
                wrong.push(format!("{}: {} has a topic twice", contract.name(), ruling.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn operations_notices_webhooks_and_readings_rest_on_known_sources() {
    check(|contract, complain| {
        let operations =
            contract.operations.iter().map(|known| (known.spec.id, known.spec.source, known.spec.basis));
        let notices = contract.notices();
        let notices = notices.iter().map(|notice| (notice.id, notice.source, notice.basis));
        let webhooks =
            contract.webhooks.iter().map(|known| (known.spec.id, known.spec.source, known.spec.basis));
        for (id, source, basis) in operations.chain(notices).chain(webhooks) {
            if !is_known(contract, &source.to_string()) {
                complain(format!("{id} rests on {source}"));
            }
            if basis == Basis::Ruled && !matches!(source, Source::Ruling(_)) {
                complain(format!("{id} is ruled by {source}"));
            }
        }
        let deliveries = contract.service.deliveries.iter();
        for source in deliveries
            .flat_map(|rules| rules.signing.map(|signing| signing.source).into_iter().chain([rules.source]))
        {
            if !is_known(contract, &source.to_string()) {
                complain(format!("deliveries rest on {source}"));
            }
        }
        for reading in contract.service.readings {
            if !is_known(contract, reading.ruling) {
                complain(format!("{} varies {}", reading.name, reading.ruling));
            }
        }
    });
}

#[test]
fn models_and_their_members_rest_on_known_sources() {
    check(|contract, complain| {
        let api = api(contract.name()).unwrap().contract();
        for model in &contract.models {
            // A control's model that operations have too rests on what they say.
            let stated = api.model(&model.name).unwrap_or(model);
            for key in [SOURCE_KEY, BASIS_KEY] {
                if stated.schema.get(key).is_none() {
                    complain(format!("{} has no {key}", model.name));
                }
            }
        }
        for (name, schema) in schemas(contract) {
            let (mut sources, mut bases) = (Vec::new(), Vec::new());
            texts_under(SOURCE_KEY, schema, &mut sources);
            texts_under(BASIS_KEY, schema, &mut bases);
            for source in &sources {
                if !is_known(contract, source) {
                    complain(format!("{name} rests on {source}"));
                }
            }
            let words = ["documented", "example", "inferred", "ruled"];
            if sources.len() != bases.len() || !bases.iter().all(|basis| words.contains(basis)) {
                complain(format!("{name}: {sources:?} {bases:?}"));
            }
            check_pairs(contract, name, schema, complain);
        }
    });
}

/// What is ruled names a ruling, wherever source and basis stand together.
fn check_pairs(contract: &Contract, name: &str, schema: &Value, complain: &mut dyn FnMut(String)) {
    if let (Some(source), Some(basis)) = (schema.get(SOURCE_KEY), schema.get(BASIS_KEY)) {
        let ruling = contract.service.rulings.iter().any(|ruling| source == ruling.id);
        if basis == Basis::Ruled.as_str() && !ruling {
            complain(format!("{name} is ruled by {source}"));
        }
    }
    let inner: Vec<&Value> = match schema {
        Value::Object(members) => members.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    for schema in inner {
        check_pairs(contract, name, schema, complain);
    }
}

#[test]
fn every_ruling_that_a_text_names_exists() {
    check(|contract, complain| {
        for text in texts(contract) {
            for word in text.split(|character: char| !character.is_ascii_alphanumeric()) {
                let names_ruling = word.strip_prefix('R').is_some_and(|rest| rest.parse::<u16>().is_ok());
                if names_ruling && !is_known(contract, word) {
                    complain(format!("{word}: {text}"));
                }
            }
        }
    });
}

#[test]
fn every_member_and_parameter_is_described() {
    check(|contract, complain| {
        for (name, schema) in schemas(contract) {
            for (member, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten()
            {
                if schema.get("description").is_none() {
                    complain(format!("{name}.{member}"));
                }
            }
        }
    });
}

#[test]
fn no_declaration_has_defects() {
    check(|contract, complain| contract.defects().into_iter().for_each(complain));
}
