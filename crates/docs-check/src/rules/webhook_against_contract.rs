//! DOC-WEBHOOK.

use std::collections::BTreeSet;

use estoppel_contract::{Basis, Contract, Signing, WebhookDeclaration};

use super::rule;
use crate::{
    Heading, Severity, Signature, Span, TableKind, Webhook, Word,
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    schema_view::SchemaView,
    spot::Spot,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Compares the webhooks that documents describe with the contract's: their keys, and which of them every body has.
    /// It also compares how they are signed, and tells webhooks of the contract that no document speaks of.
    ///
    /// ## Why is this bad?
    /// Receivers wait for keys that never come, or rely on keys that may be left out.
    ///
    /// ## Example
    /// “Only `boatId` is guaranteed” where the contract also guarantees `sunk`.
    "DOC-WEBHOOK", "webhook-against-contract", Warning, Contract, Webhooks
}

/// The webhooks of the contract that documents tell of.
#[derive(Default)]
struct Webhooks {
    told: BTreeSet<&'static str>,
    /// Whether a heading speaks of webhooks.
    titled: bool,
    operations: bool,
    begin: Option<Span>,
}

impl Watch for Webhooks {
    fn look(&mut self, page: &Page<'_>, findings: &mut Findings) {
        let Some(contract) = page.contract.filter(|contract| !contract.webhooks.is_empty()) else { return };
        if page.number == 0 {
            self.begin = page.facts.headings.first().map(|heading| heading.span);
        }
        self.operations |= !page.facts.operations.is_empty();
        let titles: Vec<String> =
            page.facts.headings.iter().map(|heading| heading.title.to_lowercase()).collect();
        self.titled |= page.facts.headings.iter().any(|heading| {
            heading.title.to_lowercase().contains("webhook") && shows_something(page, heading)
        });
        if let Some(signing) = contract.service.deliveries.and_then(|rules| rules.signing) {
            page.facts.signatures.iter().for_each(|told| signed_otherwise(page, told, &signing, findings));
        }
        for known in &contract.webhooks {
            let id = known.spec.id;
            if titles.iter().any(|title| title.contains(&id.to_lowercase())) {
                self.told.insert(id);
            }
            if page.facts.webhooks.is_empty() {
                continue;
            }
            let schema = SchemaView::of_model(contract, &known.payload);
            for webhook in &page.facts.webhooks {
                if is_meant(contract, known, &schema, page, webhook) {
                    self.told.insert(id);
                    compare(page, webhook, known, &schema, findings);
                }
            }
        }
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let Some(contract) = corpus.contract.filter(|_| self.operations && !self.titled) else { return };
        for known in &contract.webhooks {
            let stated = matches!(known.spec.basis, Basis::Documented | Basis::Example);
            let id = known.spec.id;
            if self.told.contains(id) || !stated {
                continue;
            }
            let place = Spot::new(0, self.begin.unwrap_or_default());
            let message = format!("no document tells of the webhook {id}, which the contract sends");
            let help = "describe it, or check it together with the documents that do";
            let draft = Draft::new(id, message, help).at(place, "the documents begin here");
            findings.report(&RULE, draft.weighing(Severity::Info));
        }
    }
}

/// Whether something under a heading may describe what is sent: an example or a table.
/// Headings after one that are looked at for its end; a part of more is told by its first.
const HEADINGS_MAX: usize = 1_000;

fn shows_something(page: &Page<'_>, heading: &Heading) -> bool {
    let from = page.facts.headings.partition_point(|next| next.span.start <= heading.span.start);
    let after = page.facts.headings.iter().skip(from).take(HEADINGS_MAX);
    let next = after.into_iter().find(|next| next.level <= heading.level);
    let part = Span::new(heading.span.start, next.map_or(usize::MAX, |next| next.span.start));
    let from = page.facts.examples.partition_point(|example| example.span.start < part.start);
    let shown = page.facts.examples.iter().skip(from).take_while(|example| part.contains(example.span));
    let tables = page.facts.tables_in(part).iter().any(|table| table.kind == TableKind::Object);
    shown.count() > 0 || tables
}

/// Compares how messages are signed with the contract: the header, the hash, how the digest is written.
fn signed_otherwise(page: &Page<'_>, told: &Signature, signing: &Signing, findings: &mut Findings) {
    let mut differences = Vec::new();
    if !told.header.text.eq_ignore_ascii_case(signing.header) {
        differences.push((told.header.span, format!("the header `{}`", signing.header)));
    }
    let hash = |word: &Word| {
        let letters = word.text.chars().filter(|letter| letter.is_alphanumeric());
        letters.collect::<String>().to_lowercase().trim_start_matches("hmac").to_owned()
    };
    let algorithm = told.algorithm.as_ref().filter(|word| hash(word) != "sha256");
    differences.extend(algorithm.map(|word| (word.span, "SHA-256".to_owned())));
    let encoding = told.encoding.as_ref().filter(|word| !word.text.to_lowercase().starts_with("hex"));
    differences.extend(encoding.map(|word| (word.span, "hexadecimal".to_owned())));
    for (span, known) in differences {
        let message = format!("messages are signed with {known} in the contract, and otherwise here");
        let draft = Draft::new(format!("signature {known}"), message, "describe one signature");
        findings.report(&RULE, draft.at(page.spot(span), format!("{known} in the contract")));
    }
}

/// The keys that a document shows for a webhook, each with a place.
fn keys(page: &Page<'_>, webhook: &Webhook) -> Vec<(String, Span)> {
    let table = webhook.table.and_then(|index| page.facts.tables.get(index));
    if let Some(table) = table {
        return table.rows.iter().map(|row| (row.name.text.to_string(), row.name.span)).collect();
    }
    let example = webhook.example.and_then(|index| page.facts.examples.get(index));
    let members = example.into_iter().flat_map(|example| &example.members);
    let outermost = members.filter(|member| member.pointer.matches('/').count() == 1);
    outermost.map(|member| (member.key.to_string(), member.key_span)).collect()
}

/// Whether a document means this webhook: it names its event, or shows most of its keys.
fn is_meant(
    contract: &Contract,
    known: &WebhookDeclaration,
    schema: &SchemaView,
    page: &Page<'_>,
    webhook: &Webhook,
) -> bool {
    if let Some((_, event)) = known.spec.event {
        let one = contract.webhooks.len() == 1;
        return webhook.name == event || (one && webhook.name.contains(event));
    }
    let (shown, names) = (keys(page, webhook), schema.names());
    let shared = shown.iter().filter(|(key, _)| names.contains(key)).count();
    !shown.is_empty() && shared * 2 >= shown.len()
}

fn compare(
    page: &Page<'_>,
    webhook: &Webhook,
    known: &WebhookDeclaration,
    schema: &SchemaView,
    findings: &mut Findings,
) {
    let (id, names, shown) = (known.spec.id, schema.names(), keys(page, webhook));
    for (key, span) in shown.iter().filter(|(key, _)| !names.contains(key)) {
        let message = format!("the webhook {id} has no `{key}` in the contract");
        let draft = Draft::new(format!("{id} {key}"), message, "correct the key, or add it to the contract");
        findings.report(&RULE, draft.at(page.spot(*span), "not in the contract"));
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
        let spots =
            webhook.guaranteed.iter().map(|word| (page.spot(word.span), "guaranteed here".to_owned()));
        findings.report(&RULE, Draft::new(id, message, "guarantee the same keys in both").at_all(spots));
    }
}
