//! The reference page of an API, in Slate's Markdown.

mod curl;
mod decisions;
mod markdown;
mod member_table;
mod objects;
mod operation;
mod refusals;
mod vocabularies;
mod webhooks;

use estoppel_contract::{Auth, Contract, TrailingSlash};
use serde_json::Value;

use crate::{
    ArtifactError,
    examples::Examples,
    member,
    open_api::{credential_headers, credentials, sandbox_url},
};
use markdown::Markdown;

/// The reference page of a contract.
pub(crate) fn page(contract: &Contract, examples: &Examples) -> Result<String, ArtifactError> {
    let mut page = Markdown::with_front_matter(contract.service.title);
    introduce(&mut page, contract);
    let mut group = "";
    for operation in &contract.operations {
        if operation.spec.group != group {
            group = operation.spec.group;
            page.heading(1, group);
        }
        operation::describe(&mut page, contract, operation, examples)?;
    }
    webhooks::describe(&mut page, contract, examples);
    objects::describe(&mut page, contract, examples);
    vocabularies::describe(&mut page, contract);
    refusals::describe(&mut page, contract, examples)?;
    decisions::describe(&mut page, contract);
    Ok(page.into_text())
}

fn introduce(page: &mut Markdown, contract: &Contract) {
    let service = &contract.service;
    page.heading(1, "Introduction");
    page.paragraph(service.description);
    let ruling = if service.rulings.is_empty() { "ruling" } else { "[ruling](#rulings)" };
    page.paragraph(&format!(
        "This page is generated from a contract that holds edition {} of the documents below. Every statement names \
         its source, a heading of a document or a {ruling} that decides where the documents are silent, and its \
         basis: how we know.",
        service.edition
    ));
    let bases = [
        ("documented", "A document states it in prose or in a table."),
        ("example", "Only an example shows it."),
        ("inferred", "It follows from what a document states or shows."),
        ("ruled", "The documents are silent or disagree; a ruling decides."),
    ];
    page.table(["Basis", "Meaning"], bases.map(|(basis, meaning)| [basis.to_owned(), meaning.to_owned()]));
    page.heading(2, "Documents");
    let documents = service.documents.iter();
    page.table(["Document", "Title"], documents.map(|known| [known.name.to_owned(), known.title.to_owned()]));
    page.heading(2, "Servers");
    let sandbox = [format!("`{}`", sandbox_url(contract)), "The replay server on this machine".to_owned()];
    let servers = service.servers.iter();
    let servers = servers.map(|server| [format!("`{}`", server.url), server.description.to_owned()]);
    page.table(["Server", "Purpose"], servers.chain([sandbox]));
    if service.trailing_slash == TrailingSlash::Ignored {
        page.paragraph("A slash at the end of a path changes nothing.");
    }
    if contract.operations.iter().any(|operation| operation.spec.auth == Auth::Bearer) {
        page.heading(2, "Credentials");
        page.paragraph(&credentials(contract));
        let headers = credential_headers(contract).iter();
        let rows: Vec<[String; 3]> = headers
            .map(|header| {
                let test = format!("`{}`", header.test_value);
                [format!("`{}`", header.name), header.description.to_owned(), test]
            })
            .collect();
        if !rows.is_empty() {
            page.table(["Header", "Meaning", "In Every Fresh Session"], rows);
        }
    }
    if !service.test_values.is_empty() {
        decisions::describe_test_values(page, contract);
    }
}

/// Whether the model stands in the section of objects, because others contain it or neither operation nor webhook
/// shows it.
fn is_shared(contract: &Contract, name: &str) -> bool {
    let contained = contract.models.iter().any(|model| refers_to(&model.schema, name));
    let of_operations = contract.operations.iter().flat_map(|operation| [&operation.body, &operation.reply]);
    let in_operation = of_operations.flatten().any(|schema| member::target(schema) == Some(name));
    let in_webhook = contract.webhooks.iter().any(|webhook| {
        member::target(&webhook.payload) == Some(name) && webhooks::shows_members(contract, webhook)
    });
    contained || !(in_operation || in_webhook)
}

fn refers_to(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(keywords) => {
            member::target(schema) == Some(name) || keywords.values().any(|value| refers_to(value, name))
        }
        Value::Array(items) => items.iter().any(|item| refers_to(item, name)),
        _ => false,
    }
}
