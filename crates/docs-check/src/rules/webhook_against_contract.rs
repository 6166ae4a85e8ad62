//! DOC-WEBHOOK.

use std::collections::BTreeSet;

use estoppel_contract::{Basis, Contract, WebhookDeclaration};

use super::rule;
use crate::{
    Page, Severity, Span, Webhook,
    corpus::{Corpus, Draft, Findings, Spot},
    schema_view::SchemaView,
};

rule! {
    /// ## What it does
    /// Compares the webhooks that documents describe with the contract's: their keys, and which of them every body has.
    /// It also tells webhooks of the contract that no document speaks of.
    ///
    /// ## Why is this bad?
    /// Receivers wait for keys that never come, or rely on keys that may be left out.
    ///
    /// ## Example
    /// “Only `boatId` is guaranteed” where the contract also guarantees `sunk`.
    "DOC-WEBHOOK", "webhook-against-contract", Warning, Contract
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let Some(contract) = corpus.contract else { return };
    for known in &contract.webhooks {
        let schema = SchemaView::of_model(contract, &known.payload);
        let mut told = false;
        for (page, read) in corpus.pages() {
            for webhook in &read.facts.webhooks {
                if is_meant(contract, known, &schema, read, webhook) {
                    told = true;
                    compare(page, read, webhook, known, &schema, findings);
                }
            }
        }
        let titles = || {
            corpus
                .pages
                .iter()
                .flat_map(|read| &read.facts.headings)
                .map(|heading| heading.title.to_lowercase())
        };
        let named =
            |title: String| title.contains("webhook") || title.contains(&known.spec.id.to_lowercase());
        let stated = matches!(known.spec.basis, Basis::Documented | Basis::Example);
        if told
            || !stated
            || titles().any(named)
            || corpus.pages.iter().all(|read| read.facts.operations.is_empty())
        {
            continue;
        }
        let id = known.spec.id;
        let first = corpus.pages.first().and_then(|read| read.facts.headings.first());
        let place = first.map_or(Span::new(0, 0), |heading| heading.span);
        let message = format!("no document tells of the webhook {id}, which the contract sends");
        let draft = Draft::new(id, message, "describe it, or check it together with the documents that do");
        findings.report(&RULE, draft.at(0, place, "the documents begin here").weighing(Severity::Info));
    }
}

/// The keys that a document shows for a webhook, each with a place.
fn keys(read: &Page, webhook: &Webhook) -> Vec<(String, Span)> {
    let table = webhook.table.and_then(|index| read.facts.tables.get(index));
    if let Some(table) = table {
        return table.rows.iter().map(|row| (row.name.text.to_string(), row.name.span)).collect();
    }
    let example = webhook.example.and_then(|index| read.facts.examples.get(index));
    let members = example.into_iter().flat_map(|example| &example.members);
    let outermost = members.filter(|member| member.pointer.matches('/').count() == 1);
    outermost.map(|member| (member.key.to_string(), member.key_span)).collect()
}

/// Whether a document means this webhook: it names its event, or shows most of its keys.
fn is_meant(
    contract: &Contract,
    known: &WebhookDeclaration,
    schema: &SchemaView,
    read: &Page,
    webhook: &Webhook,
) -> bool {
    if let Some((_, event)) = known.spec.event {
        let one = contract.webhooks.len() == 1;
        return webhook.name == event || (one && webhook.name.contains(event));
    }
    let (shown, names) = (keys(read, webhook), schema.names());
    let shared = shown.iter().filter(|(key, _)| names.contains(key)).count();
    !shown.is_empty() && shared * 2 >= shown.len()
}

fn compare(
    page: usize,
    read: &Page,
    webhook: &Webhook,
    known: &WebhookDeclaration,
    schema: &SchemaView,
    findings: &mut Findings<'_>,
) {
    let (id, names, shown) = (known.spec.id, schema.names(), keys(read, webhook));
    for (key, span) in shown.iter().filter(|(key, _)| !names.contains(key)) {
        let message = format!("the webhook {id} has no `{key}` in the contract");
        let draft = Draft::new(format!("{id} {key}"), message, "correct the key, or add it to the contract");
        findings.report(&RULE, draft.at(page, *span, "not in the contract"));
    }
    if webhook.guaranteed.is_empty() {
        return;
    }
    let stated: BTreeSet<&str> = webhook.guaranteed.iter().map(|word| word.text.as_str()).collect();
    let promised: BTreeSet<&str> = known.spec.guaranteed.iter().copied().collect();
    if stated != promised {
        let told = promised.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let message =
            format!("the contract guarantees {told} in every body of {id}, and the document other keys");
        let spots = webhook
            .guaranteed
            .iter()
            .map(|word| (Spot { page, span: word.span }, "guaranteed here".to_owned()));
        findings.report(&RULE, Draft::new(id, message, "guarantee the same keys in both").at_all(spots));
    }
}
