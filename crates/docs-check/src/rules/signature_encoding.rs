//! DOC-SIGNATURE.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    identifier::one_slip_apart,
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds descriptions of a signature that do not say which hash is used, or how the digest is written: in
    /// hexadecimal or in Base64.
    ///
    /// ## Why is this bad?
    /// Nobody can compare the header with a digest without knowing it, and who guesses wrong refuses every delivery.
    ///
    /// ## Example
    /// “The `X-Boat-Signature` header holds an HMAC of the body.”
    "DOC-SIGNATURE", "signature-incomplete", Warning, Completeness
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for signature in &page.facts.signatures {
        let mut missing = Vec::new();
        if signature.algorithm.is_none() {
            missing.push("its hash");
        }
        if signature.encoding.is_none() {
            missing.push("how the digest is written");
        }
        // A header that is only named is described elsewhere.
        if missing.is_empty() || (signature.algorithm.is_none() && signature.signed_text.is_none()) {
            continue;
        }
        // So is one that a description misspells.
        let mut others = page.facts.signatures.iter().filter(|other| other.encoding.is_some());
        if others.any(|other| one_slip_apart(&other.header.text, &signature.header.text)) {
            continue;
        }
        let (header, missing) = (&signature.header.text, missing.join(" and "));
        let message = format!("the description of `{header}` does not say {missing}");
        let draft = Draft::new(header.as_str(), message, "name the hash, and hexadecimal or Base64");
        findings.report(&RULE, draft.at(page.spot(signature.header.span), "the signature"));
    }
}
