//! DOC-BASE-URL.

use super::rule;
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::{Spot, Spots},
    watch::Watch,
};

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
    "DOC-BASE-URL", "base-url-with-scheme", Warning, Addresses, BaseUrls
}

/// The first base URL, and the operations under a stand-in for it.
#[derive(Default)]
struct BaseUrls {
    base: Option<(Spot, String)>,
    stand_in: Option<String>,
    spots: Spots,
}

impl Watch for BaseUrls {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        if let (None, Some(base)) = (&self.base, page.facts.base_urls.first()) {
            self.base = Some((page.spot(base.span), base.url.clone()));
        }
        for server in &page.facts.servers {
            let host = server.url.split("://").nth(1).unwrap_or_default();
            if host.starts_with(['{', '<']) {
                self.stand_in.get_or_insert_with(|| server.url.clone());
                self.spots.extend(server.spans.iter().map(|span| page.spot(*span)));
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        let (Some((base_spot, base)), Some(stand_in)) = (self.base, self.stand_in) else { return };
        let scheme = base.split("://").next().unwrap_or_default();
        let count = super::count(self.spots.len(), "operation");
        let message =
            format!("{count} on {stand_in}, where the base URL {base} begins with {scheme}:// itself");
        let help = "write the stand-in alone, or the base URL without its scheme";
        let spots = self.spots.iter().map(|spot| (spot, "a scheme"));
        let draft = Draft::new(stand_in, message, help).at_all(spots);
        findings.report(&RULE, draft.at(base_spot, "a base URL with its scheme"));
    }
}
