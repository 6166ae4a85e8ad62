//! DOC-TEST-VALUE.

use estoppel_contract::TestValue;

use super::rule;
use crate::{
    TestValue as Listed,
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
    let known = contract.service.test_values.iter();
    let missing: Vec<&TestValue> = known
        .filter(|known| !meant.contains(&known.value))
        .filter(|known| !listed.iter().any(|row| row.value.text == known.value))
        .collect();
    let mut columns: Vec<&Listed> = Vec::new();
    for row in listed {
        if columns.iter().all(|first| first.column != row.column) {
            columns.push(row);
        }
    }
    for first in &columns {
        let here = missing.iter().filter(|known| column_of(&columns, known) == Some(first.column.as_str()));
        let here: Vec<String> = here.map(|known| format!("`{}`", known.value)).collect();
        if !here.is_empty() {
            let here = here.join(", ");
            let message = format!("the table leaves out {here}, which the contract has");
            let draft = Draft::new(&here, message, "add the rows");
            findings.report(&RULE, draft.at(page.spot(first.value.span), "the table"));
        }
    }
}

/// The column that names the field of a value: all of its words and few others or, where none does, any of them.
fn column_of<'c>(columns: &[&'c Listed], known: &TestValue) -> Option<&'c str> {
    let field = words(known.field);
    let named = columns.iter().map(|first| (words(&first.column), first.column.as_str()));
    let named: Vec<(Vec<String>, &str)> = named.collect();
    let whole = named.iter().filter(|(column, _)| field.iter().all(|word| column.contains(word)));
    let part = || named.iter().find(|(column, _)| field.iter().any(|word| column.contains(word)));
    whole.min_by_key(|(column, _)| column.len()).or_else(part).map(|(_, column)| *column)
}
