//! DOC-DEPRECATED-GUARANTEED.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Requiredness, Span,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds fields that are, or soon will be, deprecated, and that the same documents require or guarantee.
    ///
    /// ## Why is this bad?
    /// Clients are told to rely on the field and to stop using it.
    ///
    /// ## Example
    /// “Only `hull` is guaranteed” beside `hull | Will be deprecated`.
    "DOC-DEPRECATED-GUARANTEED", "deprecated-guaranteed", Warning, Requiredness
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let mut hooks: BTreeMap<usize, BTreeMap<&str, Span>> = BTreeMap::new();
    for hook in &page.facts.webhooks {
        let Some(table) = hook.table else { continue };
        let known = hooks.entry(table).or_default();
        for word in &hook.guaranteed {
            known.entry(&word.text).or_insert(word.span);
        }
    }
    for (index, table) in page.facts.tables.iter().enumerate() {
        for row in &table.rows {
            let Some(deprecated) = row.deprecated else { continue };
            let guaranteed = hooks.get(&index).and_then(|known| known.get(row.name.text.as_str()));
            let required = row.requiredness == Some(Requiredness::Required);
            if guaranteed.is_none() && !required {
                continue;
            }
            let (name, how) = (&row.name.text, if required { "required" } else { "guaranteed" });
            let message = format!("`{name}` is {how}, and its row says that it is deprecated");
            let other = guaranteed.map(|span| (page.spot(*span), "guaranteed".to_owned()));
            let draft = Draft::new(name.as_str(), message, "name the field to use instead, or keep this one");
            findings.report(&RULE, draft.at(page.spot(deprecated), "deprecated").at_all(other));
        }
    }
}
