//! DOC-HOST.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    identifier::one_slip_apart,
    page::Page,
    spot::Spots,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds operations whose URL names another host than the rest of the documents, or than the contract.
    /// Hosts with a placeholder are left alone. A base URL that is one of the contract but for a letter is told too.
    ///
    /// ## Why is this bad?
    /// One of the hosts is old, or a slip: calls to it fail or reach the wrong system.
    ///
    /// ## Example
    /// `GET https://api.example.com/boats` beside `GET https://old.example.com/ports`.
    "DOC-HOST", "host", Error, Addresses, Hosts
}

/// Where operations name each host.
#[derive(Default)]
struct Hosts(BTreeMap<String, Spots>);

impl Watch for Hosts {
    fn look(&mut self, page: &Page<'_>, findings: &mut Findings) {
        misspelled(page, findings);
        for server in page.facts.servers.iter().filter(|server| !server.url.contains(['{', '<'])) {
            let spots = server.spans.iter().map(|span| page.spot(*span));
            self.0.entry(server.url.clone()).or_default().extend(spots);
        }
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        // The host of most operations is the host; of two with as many, the one that is named first.
        let usual = self.0.iter().max_by_key(|(_, spots)| (spots.len(), std::cmp::Reverse(spots.first())));
        let usual = usual.map(|(host, _)| host);
        let declared = corpus.contract.map(|contract| contract.service.servers);
        for (host, spots) in &self.0 {
            let known =
                declared.is_some_and(|servers| servers.iter().any(|server| host_of(server.url) == *host));
            let expected = match declared.and_then(|servers| servers.first()) {
                Some(_) if known && usual == Some(host) => continue,
                Some(server) if !known => host_of(server.url),
                _ => match usual {
                    Some(usual) if usual != host => usual,
                    _ => continue,
                },
            };
            let operations = super::count(spots.len(), "operation");
            let message = format!("{operations} on {host}, where the host is {expected}");
            let places = spots.iter().map(|spot| (spot, format!("{host} here")));
            findings.report(&RULE, Draft::new(host, message, "name one host").at_all(places));
        }
    }
}

/// Base URLs that are those of the contract but for one letter.
fn misspelled(page: &Page<'_>, findings: &mut Findings) {
    let servers = page.contract.map(|contract| contract.service.servers).unwrap_or_default();
    let plain = |url: &str| url.trim_end_matches('/').to_owned();
    for base in &page.facts.base_urls {
        let url = plain(&base.url);
        let known = servers.iter().any(|server| plain(server.url) == url || host_of(server.url) == url);
        let near = servers.iter().find(|server| one_slip_apart(&plain(server.url), &url));
        let Some(near) = near.filter(|_| !known) else { continue };
        let message = format!("the base URL {url} is {} in the contract", near.url);
        let draft = Draft::new(url, message, "name one host");
        findings.report(&RULE, draft.at(page.spot(base.span), "not in the contract"));
    }
}

/// Scheme and host of a base URL, without the path that all operations share.
fn host_of(base_url: &str) -> &str {
    let host_begins = base_url.find("://").map_or(0, |scheme| scheme + 3);
    let path = base_url.get(host_begins..).and_then(|rest| rest.find('/'));
    path.and_then(|path| base_url.get(..host_begins + path)).unwrap_or(base_url)
}
