//! DOC-AMOUNT.

use super::rule;
use crate::{
    Word,
    corpus::{Corpus, Draft, Findings, Spot},
    identifier::words,
};

rule! {
    /// ## What it does
    /// Finds amounts of money that a table calls integers, where examples of the same documents show such amounts with
    /// cents.
    ///
    /// ## Why is this bad?
    /// Clients round, or send what is refused; and nobody knows whether the integer counts cents.
    ///
    /// ## Example
    /// `priceAmount | An integer with the price` beside `{"paidAmount": 12.5}`
    "DOC-AMOUNT", "integer-amount", Warning, Types
}

/// Last words of names of amounts.
const MONEY: [&str; 8] = ["amount", "balance", "price", "fee", "payment", "total", "cost", "diem"];

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    // A contract has the right type, and a rule compares with it.
    if corpus.contract.is_some() {
        return;
    }
    let Some((cents, name)) = with_cents(corpus) else { return };
    for (page, read) in corpus.pages() {
        for row in read.facts.tables.iter().flat_map(|table| &table.rows) {
            let is_integer = |stated: &&Word| stated.text.to_lowercase().starts_with("int");
            let Some(stated) = row.stated_type.as_ref().filter(is_integer) else { continue };
            if !is_amount(&row.name.text) {
                continue;
            }
            let message = format!("`{}` is called an integer, and `{name}` has cents", row.name.text);
            let draft =
                Draft::new(row.name.text.as_str(), message, "call it a number, or say that it counts cents");
            findings.report(
                &RULE,
                draft.at(page, stated.span, "an integer").at_all([(cents, "with cents".to_owned())]),
            );
        }
    }
}

fn is_amount(name: &str) -> bool {
    words(name).last().is_some_and(|last| MONEY.contains(&last.as_str()))
}

/// The first amount of an example that is no integer.
fn with_cents<'c>(corpus: &'c Corpus<'_>) -> Option<(Spot, &'c str)> {
    corpus.pages().find_map(|(page, read)| {
        let members = read
            .facts
            .examples
            .iter()
            .flat_map(|example| example.members.iter().map(move |member| (example, member)));
        let mut cents = members.filter(|(example, member)| {
            let looks_so = |number: &str| number.contains(['.', 'e', 'E']) && !number.starts_with('"');
            looks_so(read.text.slice(member.value_span)) && is_amount(&member.key) && {
                let value = read.value_of(example);
                let number = value.as_ref().and_then(|value| value.pointer(&member.pointer)?.as_f64());
                number.is_some_and(|number| number.fract() != 0.0)
            }
        });
        cents.next().map(|(_, member)| (Spot { page, span: member.value_span }, member.key.as_str()))
    })
}
