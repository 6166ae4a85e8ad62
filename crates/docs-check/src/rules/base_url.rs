//! DOC-BASE-URL.

use super::rule;
use crate::corpus::{Corpus, Draft, Findings, Spot};

rule! {
    /// ## What it does
    /// Finds operations whose URL has a stand-in for the base URL after a scheme, where the base URLs that the
    /// documents give begin with a scheme themselves.
    ///
    /// ## Why is this bad?
    /// Who puts the base URL where the stand-in is calls `https://https://…`.
    ///
    /// ## Example
    /// `GET https://{BASE_URL}/boats` beside a base URL of `https://boats.example.com/`.
    "DOC-BASE-URL", "base-url-with-scheme", Warning, Addresses
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut bases = Vec::new();
    let mut spots = Vec::new();
    let mut stand_in = None;
    for (page, read) in corpus.pages() {
        bases.extend(read.facts.base_urls.iter().map(|base| (Spot { page, span: base.span }, &base.url)));
        for server in &read.facts.servers {
            let host = server.url.split("://").nth(1).unwrap_or_default();
            if host.starts_with(['{', '<']) {
                stand_in.get_or_insert(server.url.as_str());
                spots.extend(
                    server.spans.iter().map(|span| (Spot { page, span: *span }, "a scheme".to_owned())),
                );
            }
        }
    }
    let (Some((base_spot, base)), Some(stand_in)) = (bases.first(), stand_in) else { return };
    let scheme = base.split("://").next().unwrap_or_default();
    let count = super::count(spots.len(), "operation");
    let message = format!("{count} on {stand_in}, where the base URL {base} begins with {scheme}:// itself");
    let draft = Draft::new(stand_in, message, "write the stand-in alone, or the base URL without its scheme");
    findings
        .report(&RULE, draft.at_all(spots).at_all([(*base_spot, "a base URL with its scheme".to_owned())]));
}
