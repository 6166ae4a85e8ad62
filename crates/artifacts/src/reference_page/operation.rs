//! One operation.

use estoppel_contract::{Auth, Availability, Contract, Operation};
use serde_json::Value;

use super::{Markdown, curl, is_shared, member_table, refusals};
use crate::{
    ArtifactError,
    examples::Examples,
    member::{self, members},
    open_api::credential_headers,
};

pub(super) fn describe(
    page: &mut Markdown,
    contract: &Contract,
    operation: &Operation,
    examples: &Examples,
) -> Result<(), ArtifactError> {
    let spec = &operation.spec;
    page.heading(2, &title(spec.id));
    page.paragraph(spec.summary);
    page.paragraph(spec.description);
    if let Availability::Announced { reading } = spec.availability {
        page.aside(&format!(
            "This operation is not currently available: its path answers 404 until the reading `{reading}` turns it on."
        ));
    }
    let proof = match spec.auth {
        Auth::None => "no credentials".to_owned(),
        Auth::Bearer => {
            let headers = credential_headers(contract).iter().map(|header| format!(" and `{}`", header.name));
            ["a bearer token".to_owned()].into_iter().chain(headers).collect()
        }
    };
    page.paragraph(&format!(
        "Operation `{}`; asks for {proof}; source: {}; basis: {}.",
        spec.id, spec.source, spec.basis
    ));
    for example in shown(operation.body.as_ref(), examples) {
        page.example("Example request", example);
    }
    for example in shown(operation.reply.as_ref(), examples) {
        page.example(&format!("Example reply, status {}", spec.status), example);
    }
    page.shell(&curl::command(contract, operation, examples)?);
    page.heading(3, "HTTP Request");
    let host = contract.service.servers.first().map_or("", |server| server.url);
    page.paragraph(&format!("`{} {host}{}`", spec.method, operation.path));
    if !members(&operation.path_parameters).is_empty() {
        page.heading(3, "URL Parameters");
        member_table::parameters(page, contract, &operation.path_parameters);
    }
    if !members(&operation.query).is_empty() {
        page.heading(3, "Query Parameters");
        member_table::parameters(page, contract, &operation.query);
    }
    if let Some(body) = &operation.body {
        page.heading(3, "Request Body");
        member_table::body(page, contract, model_of(contract, body));
    }
    page.heading(3, "Reply");
    describe_reply(page, contract, operation);
    if !operation.refusals.is_empty() {
        page.heading(3, "Refusals");
        refusals::describe_own(page, contract, operation);
    }
    Ok(())
}

fn shown<'e>(schema: Option<&Value>, examples: &'e Examples) -> &'e [Value] {
    schema.and_then(member::target).map(|name| examples.of_model(name)).unwrap_or_default()
}

fn describe_reply(page: &mut Markdown, contract: &Contract, operation: &Operation) {
    let status = operation.spec.status;
    let Some(reply) = &operation.reply else {
        return page.paragraph(&format!("Status {status} with the raw bytes."));
    };
    if let Some(name) = member::target(reply).filter(|name| is_shared(contract, name)) {
        page.paragraph(&format!("Status {status} with one {}.", member_table::link(name)));
    } else {
        page.paragraph(&format!("Status {status} with this object:"));
        member_table::object(page, contract, &members(model_of(contract, reply)));
    }
}

fn model_of<'c>(contract: &'c Contract, schema: &'c Value) -> &'c Value {
    let model = member::target(schema).and_then(|name| contract.model(name));
    model.map_or(schema, |model| &model.schema)
}

/// `createPayoffRequest` as `Create Payoff Request`.
pub(super) fn title(id: &str) -> String {
    let mut title = String::with_capacity(id.len() + 4);
    for (index, character) in id.char_indices() {
        match character {
            first if index == 0 => title.extend(first.to_uppercase()),
            capital if capital.is_uppercase() => title.extend([' ', capital]),
            other => title.push(other),
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_operation_ids_in_words() {
        assert_eq!(title("createPayoffRequest"), "Create Payoff Request");
        assert_eq!(title("search"), "Search");
    }
}
