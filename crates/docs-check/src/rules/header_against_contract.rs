//! DOC-HEADER.

use estoppel_contract::{Authentication, Contract};

use super::rule;
use crate::{
    Span,
    findings::{Draft, Findings},
    identifier::one_slip_apart,
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds names of headers, in quotation marks or code, that are a header of the contract but for one letter: the
    /// headers that calls carry, and the one that carries a signature.
    ///
    /// ## Why is this bad?
    /// A call with the misspelled header is refused as if it had none.
    ///
    /// ## Example
    /// `Authorisation: Bearer …` where the contract has `Authorization`.
    "DOC-HEADER", "header-against-contract", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let Some(contract) = page.contract else { return };
    let known = headers(contract);
    for (name, span) in quoted(page.text.as_str()) {
        let same = known.iter().any(|header| header.eq_ignore_ascii_case(name));
        let lower = name.to_ascii_lowercase();
        let near = known.iter().find(|header| one_slip_apart(&header.to_ascii_lowercase(), &lower));
        let Some(near) = near.filter(|_| !same) else { continue };
        let message = format!("the header `{name}` is `{near}` in the contract");
        let draft = Draft::new(name, message, format!("write `{near}`"));
        findings.report(&RULE, draft.at(page.spot(span), "misspelled"));
    }
}

/// The headers of the contract. One that carries a signature is compared where it is described.
fn headers(contract: &Contract) -> Vec<&'static str> {
    let further = match contract.service.authentication {
        Authentication::Secret { headers, .. } => headers,
        Authentication::ClientCredentials { .. } => &[],
    };
    further.iter().map(|header| header.name).chain(["Authorization", "Content-Type"]).collect()
}

/// Shorter words are one letter from others by chance.
const LENGTH_MIN: usize = 6;

/// Words that begin after a quotation mark or backtick and end before a backtick or the colon of a header.
fn quoted(text: &str) -> impl Iterator<Item = (&str, Span)> {
    text.match_indices(['`', '"', '\'']).filter_map(|(at, mark)| {
        let start = at + mark.len();
        let rest = text.get(start..)?;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let length = rest.bytes().take_while(is_part).count();
        let after = rest.get(length..)?;
        let ends = (after.starts_with('`') && mark == "`") || after.starts_with(": ");
        let name = rest.get(..length).filter(|name| name.len() >= LENGTH_MIN && ends)?;
        Some((name, Span::new(start, start + length)))
    })
}
