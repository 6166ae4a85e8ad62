//! DOC-EXAMPLE-SCHEMA.

mod comparison;

use std::collections::BTreeSet;

use estoppel_contract::Contract;
use serde_json::Value;

use super::rule;
use crate::{Example, Role, described, findings::Findings, page::Page, schema_view::SchemaView};
use comparison::{Checkers, Comparison};

rule! {
    /// ## What it does
    /// Validates JSON examples against the contract: bodies, replies and errors against their schemas, other objects
    /// against the model whose name, tag or heading they carry. What an example leaves out with dots, or shows by a
    /// placeholder, is not asked for. Values are never repeated in the finding.
    ///
    /// ## Why is this bad?
    /// Clients are generated from examples; one that the API never sends, or refuses, breaks them.
    ///
    /// ## Example
    /// `{"oars": "two"}` where the contract has an integer.
    "DOC-EXAMPLE-SCHEMA", "example-against-schema", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let Some(contract) = page.contract else { return };
    let mut checkers = Checkers::default();
    for example in page.facts.examples.iter().filter(|example| example.is_certain()) {
        let Some(value) = &page.value_of(example) else { continue };
        let Some((schema, subject)) = schema_of(page, contract, example, value) else { continue };
        let name = super::name_of(page, example);
        let compared = Comparison::new(page.number, (example, value), (schema, subject), name, &mut checkers);
        let Some(compared) = compared else { continue };
        findings.later(&RULE, move |corpus| compared.drafts(corpus));
    }
}

fn schema_of(
    page: &Page<'_>,
    contract: &Contract,
    example: &Example,
    value: &Value,
) -> Option<(SchemaView, String)> {
    let declared = page.facts.operation_at(example.span);
    let operation = declared.and_then(|declared| described::operation(contract, declared));
    let of = |schema: &Value| SchemaView::of_model(contract, schema);
    if let Some(operation) = operation {
        let id = operation.spec.id;
        match example.role {
            Role::Request => return Some((of(operation.body.as_ref()?), format!("the body of {id}"))),
            Role::Reply => return Some((of(operation.reply.as_ref()?), format!("the reply of {id}"))),
            Role::Refusal | Role::Object => {}
        }
    }
    if example.role == Role::Refusal {
        let model = page.models.iter().find(|model| model.name == contract.service.error_model)?;
        return Some((model.schema.clone(), format!("the model {}", model.name)));
    }
    described::tagged(page.models, value).or_else(|| {
        let keys: BTreeSet<String> = value.as_object()?.keys().cloned().collect();
        let caption = example.caption.as_ref().map_or("", |caption| caption.text.as_str());
        let heading = page.facts.heading_at(example.span).map_or("", |heading| heading.title.as_str());
        described::model_named(page.models, &[caption.trim_end_matches(':'), heading], &keys)
    })
}
