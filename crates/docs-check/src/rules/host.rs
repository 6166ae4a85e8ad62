//! DOC-HOST.

use std::collections::BTreeMap;

use super::rule;
use crate::corpus::{Corpus, Draft, Findings, Spot};

rule! {
    /// ## What it does
    /// Finds operations whose URL names another host than the rest of the documents, or than the contract.
    /// Hosts with a placeholder are left alone.
    ///
    /// ## Why is this bad?
    /// One of the hosts is old, or a slip: calls to it fail or reach the wrong system.
    ///
    /// ## Example
    /// `GET https://api.example.com/boats` beside `GET https://old.example.com/ports`.
    "DOC-HOST", "host", Error, Addresses
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut hosts: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for server in read.facts.servers.iter().filter(|server| !server.url.contains(['{', '<'])) {
            let spots = server.spans.iter().map(|span| Spot { page, span: *span });
            hosts.entry(&server.url).or_default().extend(spots);
        }
    }
    // The host of most operations is the host; of two with as many, the one that is named first.
    let usual =
        hosts.iter().max_by_key(|(_, spots)| (spots.len(), std::cmp::Reverse(spots.first().copied())));
    let usual = usual.map(|(host, _)| *host);
    let declared = corpus.contract.map(|contract| contract.service.servers);
    for (host, spots) in &hosts {
        let known = declared.is_some_and(|servers| servers.iter().any(|server| host_of(server.url) == *host));
        let expected = match declared.and_then(|servers| servers.first()) {
            Some(_) if known && usual == Some(host) => continue,
            Some(server) if !known => host_of(server.url),
            _ => match usual {
                Some(usual) if usual != *host => usual,
                _ => continue,
            },
        };
        let operations = super::count(spots.len(), "operation");
        let message = format!("{operations} on {host}, where the host is {expected}");
        let places = spots.iter().map(|spot| (*spot, format!("{host} here")));
        findings.report(&RULE, Draft::new(*host, message, "name one host").at_all(places));
    }
}

/// Scheme and host of a base URL, without the path that all operations share.
fn host_of(base_url: &str) -> &str {
    let host_begins = base_url.find("://").map_or(0, |scheme| scheme + 3);
    let path = base_url.get(host_begins..).and_then(|rest| rest.find('/'));
    path.and_then(|path| base_url.get(..host_begins + path)).unwrap_or(base_url)
}
