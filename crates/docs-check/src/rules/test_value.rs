//! DOC-TEST-VALUE.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    identifier::{one_slip_apart, words},
    page::Page,
};

rule! {
    /// ## What it does
    /// Compares the magic inputs of a table with the contract's.
    ///
    /// ## Why is this bad?
    /// A test that sends a misspelled magic input waits for an effect that never comes.
    ///
    /// ## Example
    /// `TEST-BOAT-1` in the table, `TEST-BOAT-01` in the contract.
    "DOC-TEST-VALUE", "test-value", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let Some(contract) = page.contract else { return };
    let listed = &page.facts.test_values;
    let Some(first) = listed.first() else { return };
    let mut meant = Vec::new();
    for row in listed {
        let value = row.value.text.as_str();
        if contract.service.test_values.iter().any(|known| known.value == value) {
            continue;
        }
        let near = contract.service.test_values.iter().find(|known| one_slip_apart(known.value, value));
        meant.extend(near.map(|known| known.value));
        let help = near.map_or_else(
            || "correct the value, or add it to the contract".to_owned(),
            |known| format!("the contract has `{}`", known.value),
        );
        let message = format!("`{value}` is no test value of the contract");
        let draft = Draft::new(value, message, help);
        findings.report(&RULE, draft.at(page.spot(row.value.span), "not in the contract"));
    }
    // Only values of the field that the column names can be missing from it.
    let column = words(&first.column);
    let missing: Vec<String> = contract
        .service
        .test_values
        .iter()
        .filter(|known| words(known.field).iter().any(|word| column.contains(word)))
        .filter(|known| !meant.contains(&known.value))
        .filter(|known| !listed.iter().any(|row| row.value.text == known.value))
        .map(|known| format!("`{}`", known.value))
        .collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        let message = format!("the table leaves out {missing}, which the contract has");
        findings.report(
            &RULE,
            Draft::new(&missing, message, "add the rows").at(page.spot(first.value.span), "the table"),
        );
    }
}
