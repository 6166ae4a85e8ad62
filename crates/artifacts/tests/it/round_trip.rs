//! From contract to page and back: what `docs extract` reads out of a reference page is what the contract states,
//! nothing invented and nothing lost.

mod invented;
mod stated;

use std::collections::BTreeSet;

use estoppel_contract::{Availability, Contract, Operation};
use estoppel_docs_check::{
    Document, Example, Facts, NoticeKind, Operation as Told, Role, Span, TableKind, extract,
};
use serde_json::Value;

use crate::ferries;
use stated::{host_and_path, members, object_of, rows, words};

/// Which fields a table lists, and each field as its row tells it.
type Table = (TableKind, Vec<String>);

/// Holds the facts of a contract's page to the contract.
pub(crate) fn round_trip(contract: &Contract) {
    let files = estoppel_artifacts::files(contract).unwrap();
    let page = &files[&format!("{}/reference.md", contract.name())];
    let facts = extract(&Document { name: "reference.md", bytes: page.as_bytes() });
    let name = contract.name();
    operations(contract, &facts, name);
    tables(contract, &facts, name);
    vocabularies(contract, &facts, name);
    refusals(contract, &facts, name);
    webhooks(contract, &facts, name);
    whole(contract, &facts, name);
    // Every fence of JSON is an example that is read without a fault; all others are bodies of calls in a shell.
    let fenced = |example: &&Example| page[..example.span.start].ends_with("```json\n");
    let called = facts.examples.iter().filter(|example| !fenced(example));
    assert_eq!(facts.examples.iter().filter(fenced).count(), page.matches("```json\n").count(), "{name}");
    assert!(called.clone().count() <= page.matches("--data-binary ").count(), "{name}");
    assert!(called.into_iter().all(|example| example.role == Role::Request), "{name}");
    assert!(
        facts.examples.iter().all(|example| example.faults.is_empty() && example.open.is_empty()),
        "{name}"
    );
}

fn operations(contract: &Contract, facts: &Facts, name: &str) {
    let server = contract.service.servers[0].url;
    let known = contract.operations.iter().map(|operation| {
        let (host, base) = host_and_path(server);
        let (method, path) = (operation.spec.method.as_str(), operation.path.as_str());
        (method.to_owned(), Some(host.to_owned()), format!("{base}{path}"))
    });
    let told = facts.operations.iter();
    let told = told.map(|told| (told.method.clone(), told.server.clone(), told.path.clone()));
    assert_eq!(told.collect::<Vec<_>>(), known.collect::<Vec<_>>(), "{name}");
    for (index, (known, told)) in contract.operations.iter().zip(&facts.operations).enumerate() {
        let replies =
            facts.replies.iter().filter(|reply| reply.operation == Some(index) && reply.status < 400);
        let statuses: BTreeSet<u16> = replies.map(|reply| reply.status).collect();
        assert_eq!(statuses, BTreeSet::from([known.spec.status]), "{name} {}", known.spec.id);
        let mut notices = facts.notices.iter().filter(|notice| told.scope.contains(notice.span));
        let announced = notices.any(|notice| notice.kind == NoticeKind::NotAvailable);
        assert_eq!(announced, known.spec.availability != Availability::Served, "{name} {}", known.spec.id);
    }
}

/// The tables of a part of the page.
fn told_tables(facts: &Facts, part: Span) -> Vec<Table> {
    let tables = facts.tables_in(part).iter();
    tables.map(|table| (table.kind, table.rows.iter().map(stated::row).collect())).collect()
}

/// The tables that an operation has in the contract.
fn known_tables(contract: &Contract, operation: &Operation, facts: &Facts, told: &Told) -> Vec<Table> {
    let body = operation.body.as_ref().map(|body| object_of(contract, body));
    let parts = [
        (TableKind::Path, Some(&operation.path_parameters)),
        (TableKind::Query, Some(&operation.query)),
        (TableKind::Body, body),
    ];
    let parts = parts.into_iter().filter_map(|(kind, schema)| Some((kind, rows(contract, schema?))));
    let mut tables: Vec<Table> = parts.filter(|(_, rows)| !rows.is_empty()).collect();
    // A reply that others show too is linked, and described in a section of its own.
    let linked = |schema: &Value| {
        let model = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next());
        model.is_some_and(|model| {
            let links = facts.links.iter().filter(|link| told.scope.contains(link.target.span));
            links.into_iter().any(|link| {
                link.text == model
                    && facts.heading_at(link.target.span).is_some_and(|heading| heading.title == "Reply")
                    && facts.tables_in(told.scope).iter().all(|table| !table.span.contains(link.target.span))
            })
        })
    };
    if let Some(reply) = operation.reply.as_ref().filter(|reply| !linked(reply)) {
        let rows = rows(contract, object_of(contract, reply));
        tables.extend((!rows.is_empty()).then_some((TableKind::Object, rows)));
    }
    tables
}

fn tables(contract: &Contract, facts: &Facts, name: &str) {
    let mut read = 0;
    for (known, told) in contract.operations.iter().zip(&facts.operations) {
        let tables = told_tables(facts, told.scope);
        read += tables.len();
        assert_eq!(tables, known_tables(contract, known, facts, told), "{name} {}", known.spec.id);
    }
    for webhook in &facts.webhooks {
        read += usize::from(webhook.table.is_some());
    }
    let objects = facts.headings.iter().position(|heading| heading.title == "Objects");
    let sections = objects.map(|objects| &facts.headings[objects + 1..]).unwrap_or_default();
    for heading in
        sections.iter().take_while(|heading| heading.level > 1).filter(|heading| heading.level == 2)
    {
        let Some(model) = contract.model(&heading.title) else { panic!("{name}: {}", heading.title) };
        let part = section(facts, heading.span);
        let tables: Vec<Vec<String>> = told_tables(facts, part).into_iter().map(|(_, rows)| rows).collect();
        read += tables.len();
        // Forms that are told apart by a word share a table of what they have in common.
        if model.schema.get("oneOf").is_some() {
            continue;
        }
        let rows = rows(contract, &model.schema);
        assert_eq!(tables.concat(), rows, "{name} {}", model.name);
    }
    assert_eq!(read, facts.tables.len(), "{name}: a table stands where the contract has none");
}

/// From a heading of the second level to the next one, or to one of the first.
fn section(facts: &Facts, heading: Span) -> Span {
    let next = facts.headings.iter().find(|next| next.level <= 2 && next.span.start > heading.start);
    Span::new(heading.start, next.map_or(usize::MAX, |next| next.span.start))
}

fn vocabularies(contract: &Contract, facts: &Facts, name: &str) {
    let known = contract.models.iter().filter_map(|model| Some((model.name.clone(), words(&model.schema)?)));
    let known: Vec<(String, Vec<String>)> = known.collect();
    let lists = facts.word_lists.iter().filter(|list| list.subject.is_none());
    let told = lists.filter_map(|list| {
        let heading = facts.heading_at(list.span)?.title.clone();
        let words = list.words.iter().map(|word| word.text.to_string()).collect();
        Some((heading, words))
    });
    // A model with several forms lists the words that tell them apart.
    let forms = |title: &str| contract.model(title).is_some_and(|model| model.schema.get("oneOf").is_some());
    let (of_forms, told): (Vec<_>, Vec<_>) =
        told.partition(|(title, _): &(String, Vec<String>)| forms(title));
    assert_eq!(told, known, "{name}");
    for (title, told) in of_forms {
        let forms = contract.model(&title).unwrap().schema["oneOf"].as_array().unwrap();
        let constants = forms.iter().map(|form| {
            let known = members(object_of(contract, form));
            let constant = known.iter().find_map(|(_, member)| member.get("const")?.as_str());
            constant.unwrap_or_default().to_owned()
        });
        assert_eq!(told, constants.collect::<Vec<_>>(), "{name} {title}");
    }
}

fn refusals(contract: &Contract, facts: &Facts, name: &str) {
    let told = |operation: Option<usize>| {
        let rows = facts.refusals.iter().filter(|row| row.operation == operation);
        let text = |word: &Option<estoppel_docs_check::Word>| {
            word.as_ref().map(|word| stated::plain(&word.text)).unwrap_or_default()
        };
        rows.map(|row| (row.name.text.to_string(), row.status, text(&row.message), text(&row.when)))
            .collect::<Vec<_>>()
    };
    let known = |notice: &estoppel_contract::Notice| {
        (notice.id.to_owned(), notice.status, stated::plain(notice.message), stated::plain(notice.when))
    };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (index, operation) in contract.operations.iter().enumerate() {
        let expected: Vec<_> = operation.refusals.iter().map(|notice| known(notice)).collect();
        seen.extend(expected.iter().map(|(id, ..)| id.clone()));
        assert_eq!(told(Some(index)), expected, "{name} {}", operation.spec.id);
    }
    // The table of the whole API has the others, and those that many operations share.
    let notices = contract.notices();
    let general = told(None);
    for row in &general {
        assert!(notices.iter().any(|notice| known(notice) == *row), "{name}: {row:?}");
    }
    seen.extend(general.into_iter().map(|(id, ..)| id));
    assert_eq!(seen, notices.iter().map(|notice| notice.id.to_owned()).collect(), "{name}");
}

fn webhooks(contract: &Contract, facts: &Facts, name: &str) {
    assert_eq!(facts.webhooks.len(), contract.webhooks.len(), "{name}");
    for (told, known) in facts.webhooks.iter().zip(&contract.webhooks) {
        let expected = known.spec.event.map_or(known.spec.id, |(_, event)| event);
        assert_eq!(told.name, expected, "{name}");
        let guaranteed: Vec<&str> = told.guaranteed.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(guaranteed, known.spec.guaranteed, "{name} {expected}");
        let declared = object_of(contract, &known.payload).get("examples").is_some();
        assert!(told.example.is_some() || !declared, "{name} {expected}");
        if let Some(table) = told.table.map(|table| &facts.tables[table]) {
            let rows: Vec<String> = table.rows.iter().map(stated::row).collect();
            assert_eq!(
                rows,
                stated::rows(contract, object_of(contract, &known.payload)),
                "{name} {expected}"
            );
        }
    }
    let signing = contract.service.deliveries.and_then(|rules| rules.signing);
    let known = signing.map(|signing| (signing.header.to_owned(), "sha256".to_owned(), true));
    let told = facts.signatures.iter().map(|told| {
        let hash = told.algorithm.as_ref().map(|word| word.text.replace(['-', ' '], "").to_lowercase());
        let hex = told.encoding.as_ref().is_some_and(|word| word.text.to_lowercase().starts_with("hex"));
        (told.header.text.to_string(), hash.unwrap_or_default().replace("hmac", ""), hex)
    });
    assert_eq!(told.collect::<Vec<_>>(), known.into_iter().collect::<Vec<_>>(), "{name}");
}

/// What is true of the API as a whole.
fn whole(contract: &Contract, facts: &Facts, name: &str) {
    let service = &contract.service;
    let told: Vec<&str> = facts.base_urls.iter().map(|base| base.url.as_str()).collect();
    let (own, sandbox) = told.split_at(service.servers.len());
    assert_eq!(own, service.servers.iter().map(|server| server.url).collect::<Vec<_>>(), "{name}");
    assert_eq!(sandbox.len(), 1, "{name}: besides its servers the page tells of the replay server");
    let told = facts.test_values.iter().map(|row| {
        let field = row.column.strip_prefix("Test ").unwrap_or_default().to_owned();
        (field, row.value.text.to_string(), stated::plain(&row.effect.text))
    });
    let mut known: Vec<_> = service.test_values.iter().collect();
    let place = |field: &str| service.test_values.iter().position(|value| value.field == field);
    known.sort_by_key(|value| place(value.field));
    let known = known
        .into_iter()
        .map(|value| (value.field.to_owned(), value.value.to_owned(), stated::plain(value.effect)));
    assert_eq!(told.collect::<Vec<_>>(), known.collect::<Vec<_>>(), "{name}");
    let bearer = facts.credentials.iter().any(|told| told.name == "Authorization");
    let asked = contract.operations.iter().any(|known| known.spec.auth == estoppel_contract::Auth::Bearer);
    assert_eq!(bearer, asked, "{name}");
}

#[test]
fn pages_tell_what_their_contracts_state() {
    for api in estoppel_catalog::apis() {
        round_trip(api.contract());
    }
}

#[test]
fn the_page_of_an_invented_api_does_too() {
    round_trip(&ferries::contract());
}
