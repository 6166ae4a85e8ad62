//! What the API sends by itself.

use estoppel_contract::{Contract, DeliveryRules, Signing, WebhookDeclaration};
use serde_json::Value;

use super::{Markdown, is_shared, member_table, operation::title};
use crate::{
    delivery::{self, limits_in_words, success_in_words, worked_example},
    examples::Examples,
    member::{self, members},
};

/// The heading of the section, and the group of webhooks that stand under it.
const HEADING: &str = "Webhooks";

pub(super) fn describe(page: &mut Markdown, contract: &Contract, examples: &Examples) {
    let Some(rules) = &contract.service.deliveries else { return };
    page.heading(1, HEADING);
    describe_delivery(page, rules);
    if let Some(signing) = &rules.signing {
        page.heading(2, "Signatures");
        describe_signing(page, signing);
    }
    let mut group = HEADING;
    for webhook in &contract.webhooks {
        if webhook.spec.group != group {
            group = webhook.spec.group;
            page.heading(1, group);
        }
        describe_webhook(page, contract, webhook, examples);
    }
}

fn describe_delivery(page: &mut Markdown, rules: &DeliveryRules) {
    page.heading(2, "Delivery");
    page.paragraph(&format!(
        "A webhook is a `POST` with a JSON body to each URL that is enabled for it. It counts as received after {}. \
         Another status, no reply in time and no connection are failures.",
        success_in_words(rules)
    ));
    if let Some(limits) = limits_in_words(rules) {
        page.aside(&format!("Failures deactivate the webhooks of an account: {limits}."));
    }
    page.paragraph(&format!("Source: {}.", rules.source));
}

fn describe_signing(page: &mut Markdown, signing: &Signing) {
    page.paragraph(&format!(
        "Every webhook carries the header `{}`: {} Compare it before the body is parsed: a body that is written \
         anew has other bytes.",
        signing.header,
        delivery::recipe(signing)
    ));
    page.paragraph(&format!("Source: {}.", signing.source));
}

fn describe_webhook(
    page: &mut Markdown,
    contract: &Contract,
    webhook: &WebhookDeclaration,
    examples: &Examples,
) {
    let spec = &webhook.spec;
    page.heading(2, &title(spec.id));
    page.paragraph(spec.summary);
    page.paragraph(spec.description);
    let event = spec.event.map_or_else(String::new, |(member, value)| format!("; `{member}` is `{value}`"));
    page.paragraph(&format!("Webhook `{}`{event}; source: {}; basis: {}.", spec.id, spec.source, spec.basis));
    describe_body(page, contract, webhook, examples);
    if !spec.request.is_empty() {
        let request = quoted(spec.request).join(" or ");
        page.paragraph(&format!("{request} says which request it belongs to."));
    }
    page.paragraph(&match spec.guaranteed {
        [] => "No member is guaranteed: a receiver can rely on none.".to_owned(),
        guaranteed => {
            format!("Guaranteed: {}. A receiver can rely on nothing else.", quoted(guaranteed).join(", "))
        }
    });
    describe_worked_example(page, contract, webhook, examples);
}

fn describe_body(
    page: &mut Markdown,
    contract: &Contract,
    webhook: &WebhookDeclaration,
    examples: &Examples,
) {
    let name = member::target(&webhook.payload);
    for example in name.map(|name| examples.of_model(name)).unwrap_or_default() {
        page.example(&format!("Example of {}", name.unwrap_or(webhook.spec.id)), example);
    }
    match name {
        Some(name) if is_shared(contract, name) => {
            page.paragraph(&format!("The body is one {}.", member_table::link(name)));
        }
        _ => {
            page.paragraph(&format!("The body is one {}:", name.unwrap_or("object")));
            member_table::object(page, contract, &members(schema_of(contract, webhook)));
        }
    }
}

fn describe_worked_example(
    page: &mut Markdown,
    contract: &Contract,
    webhook: &WebhookDeclaration,
    examples: &Examples,
) {
    let Some(signing) = contract.service.deliveries.and_then(|rules| rules.signing) else { return };
    let Some(worked) = worked_example(contract, webhook, examples) else { return };
    let printf = delivery::shell_quoted(&worked.signed);
    let key = delivery::shell_quoted(worked.key);
    page.paragraph(&format!(
        "The first example, sent as one line of {} bytes and signed with `{}`, the secret of every fresh session, \
         carries `{}: {}`. To compute it:",
        worked.body.len(),
        worked.key,
        signing.header,
        worked.signature
    ));
    page.shell(&format!("printf '%s' {printf} | openssl dgst -sha256 -hmac {key}"));
}

/// Whether the members of its body stand in the section of the webhook itself.
pub(super) fn shows_members(contract: &Contract, webhook: &WebhookDeclaration) -> bool {
    !members(schema_of(contract, webhook)).is_empty()
}

fn schema_of<'c>(contract: &'c Contract, webhook: &'c WebhookDeclaration) -> &'c Value {
    let model = member::target(&webhook.payload).and_then(|name| contract.model(name));
    model.map_or(&webhook.payload, |model| &model.schema)
}

fn quoted(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("`{name}`")).collect()
}
