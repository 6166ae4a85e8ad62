//! Slips in what an API sends, in signatures and in headers.

use estoppel_contract::{Authentication, Basis};
use estoppel_docs_check::Span;

use super::{Count, Kind, Places, examples::slip};
use crate::{
    Mutant, Reference,
    page::{Block, BlockKind},
    reference::Subject,
};

const WEBHOOK: &[&str] = &["DOC-WEBHOOK"];
const SIGNATURE: &[&str] = &["DOC-SIGNATURE", "DOC-WEBHOOK"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("webhook-guarantee-dropped", WEBHOOK, |r, p| guaranteed(r, p, Count::Fewer)),
    Kind::to_contract("webhook-guarantee-added", WEBHOOK, |r, p| guaranteed(r, p, Count::More)),
    Kind::to_contract("webhook-removed", WEBHOOK, removed),
    Kind::to_contract("webhook-event-misspelled", &["DOC-WEBHOOK", "DOC-WORD-SPELLING"], event_misspelled),
    Kind::to_contract("signature-encoding-removed", SIGNATURE, |r, p| {
        in_signature(r, p, "hexadecimal", "letters");
    }),
    Kind::to_contract("signature-encoding-flipped", SIGNATURE, |r, p| {
        in_signature(r, p, "hexadecimal", "Base64");
    }),
    Kind::to_contract("signature-hash-changed", SIGNATURE, |r, p| in_signature(r, p, "SHA-256", "SHA-1")),
    Kind::to_contract("signature-header-misspelled", SIGNATURE, signature_header),
    Kind::to_contract("credential-header-misspelled", &["DOC-HEADER"], credential_header),
];

/// The webhooks of the page, each with the paragraphs of its section.
fn sections<'r, 'c>(
    reference: &'r Reference<'c>,
) -> impl Iterator<Item = (&'c estoppel_contract::WebhookDeclaration, Span, Vec<&'r Block>)> {
    let sections = reference.page.sections.iter().enumerate().filter(|(_, section)| section.level == 2);
    sections.filter_map(|(index, section)| match reference.subject(index) {
        Subject::Webhook(webhook) => {
            let blocks = reference.page.blocks.iter();
            let inside = blocks.filter(|block| section.span.contains(block.span));
            Some((
                webhook,
                section.span,
                inside.filter(|block| matches!(block.kind, BlockKind::Prose)).collect(),
            ))
        }
        _ => None,
    })
}

fn guaranteed(reference: &Reference<'_>, places: &mut Places, count: Count) {
    for (webhook, _, paragraphs) in sections(reference) {
        let told =
            paragraphs.iter().find(|block| reference.page.slice(block.span).starts_with("Guaranteed: "));
        let Some(told) = told else { continue };
        let text = reference.page.slice(told.span);
        for name in webhook.spec.guaranteed {
            let quoted = format!("`{name}`");
            let Some(at) = text.find(&quoted) else { continue };
            let span = Span::new(told.span.start + at, told.span.start + at + quoted.len());
            if count == Count::More {
                places.push(Mutant::new().insert(span.end, ", `mastColour`"));
            } else if webhook.spec.guaranteed.len() == 1 {
                places.equivalent("a sentence that guarantees nothing promises nothing");
            } else {
                let before = text.get(..at).unwrap_or_default().ends_with(", ");
                let span = if before {
                    Span::new(span.start - 2, span.end)
                } else {
                    Span::new(span.start, span.end + 2)
                };
                places.push(Mutant::new().replace(span, ""));
            }
        }
    }
}

fn removed(reference: &Reference<'_>, places: &mut Places) {
    let first = reference.page.sections.first().map(|section| section.title);
    for (webhook, span, _) in sections(reference) {
        if matches!(webhook.spec.basis, Basis::Documented | Basis::Example) {
            let mutant = Mutant::new().remove(span);
            places.push(first.into_iter().fold(mutant, Mutant::near));
        } else {
            places.equivalent("documents need not tell what the contract infers or decides");
        }
    }
}

fn event_misspelled(reference: &Reference<'_>, places: &mut Places) {
    for (webhook, _, paragraphs) in sections(reference) {
        let Some((_, event)) = webhook.spec.event else { continue };
        for block in paragraphs {
            let quoted = format!("`{event}`");
            let Some(at) = reference.page.slice(block.span).find(&quoted) else { continue };
            if let Some(other) = slip(event) {
                let start = block.span.start + at + 1;
                places.replace(Span::new(start, start + event.len()), other);
            }
        }
    }
}

/// The paragraphs that describe how messages are signed.
fn signature_paragraphs<'r>(reference: &'r Reference<'_>) -> Vec<(&'r Block, &'static str)> {
    let signing = reference.contract.service.deliveries.and_then(|rules| rules.signing);
    let Some(signing) = signing else { return Vec::new() };
    let blocks = reference.page.blocks.iter();
    let naming = blocks.filter(|block| {
        let text = reference.page.slice(block.span);
        matches!(block.kind, BlockKind::Prose) && text.contains(&format!("`{}", signing.header))
    });
    naming.map(|block| (block, signing.header)).collect()
}

fn in_signature(reference: &Reference<'_>, places: &mut Places, word: &str, other: &str) {
    for (block, _) in signature_paragraphs(reference) {
        if let Some(at) = reference.page.slice(block.span).find(word) {
            let start = block.span.start + at;
            places.replace(Span::new(start, start + word.len()), other);
        }
    }
}

fn signature_header(reference: &Reference<'_>, places: &mut Places) {
    for (block, header) in signature_paragraphs(reference) {
        let Some(at) = reference.page.slice(block.span).find(header) else { continue };
        let start = block.span.start + at;
        // The word by which a signature is known stays.
        let Some(first) = header.split('-').max_by_key(|word| word.len() * usize::from(*word != "signature"))
        else {
            continue;
        };
        if let (Some(from), Some(other)) = (header.find(first), slip(first)) {
            places.replace(Span::new(start + from, start + from + first.len()), other);
        }
    }
}

/// Misspells a header that calls carry, wherever the page names it.
fn credential_header(reference: &Reference<'_>, places: &mut Places) {
    let further = match reference.contract.service.authentication {
        Authentication::Secret { headers, .. } => headers,
        Authentication::ClientCredentials { .. } => &[],
    };
    for header in further.iter().map(|header| header.name).chain(["Authorization"]) {
        let Some(other) = slip(header) else { continue };
        for (at, _) in reference.page.text.match_indices(header) {
            let before = reference.page.text.get(..at).unwrap_or_default();
            let after = reference.page.text.get(at + header.len()..).unwrap_or_default();
            if before.ends_with(['`', '"', '\'']) && after.starts_with([':', '`']) {
                places.replace(Span::new(at, at + header.len()), other.clone());
            }
        }
    }
}
