//! DOC-DEPRECATED-GUARANTEED.

use super::rule;
use crate::{
    Requiredness,
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
    for (index, table) in page.facts.tables.iter().enumerate() {
        for row in &table.rows {
            let Some(deprecated) = row.deprecated else { continue };
            let hooks = page.facts.webhooks.iter().filter(|hook| hook.table == Some(index));
            let guaranteed = hooks.flat_map(|hook| &hook.guaranteed).find(|word| word.text == row.name.text);
            let required = row.requiredness == Some(Requiredness::Required);
            if guaranteed.is_none() && !required {
                continue;
            }
            let (name, how) = (&row.name.text, if required { "required" } else { "guaranteed" });
            let message = format!("`{name}` is {how}, and its row says that it is deprecated");
            let other = guaranteed.map(|word| (page.spot(word.span), "guaranteed".to_owned()));
            let draft = Draft::new(name.as_str(), message, "name the field to use instead, or keep this one");
            findings.report(&RULE, draft.at(page.spot(deprecated), "deprecated").at_all(other));
        }
    }
}
