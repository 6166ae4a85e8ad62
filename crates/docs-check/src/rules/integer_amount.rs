//! DOC-AMOUNT.

use smol_str::SmolStr;

use super::rule;
use crate::{
    Word,
    corpus::Corpus,
    findings::{Draft, Findings},
    identifier::words,
    page::Page,
    spot::Spot,
    watch::Watch,
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
    "DOC-AMOUNT", "integer-amount", Warning, Types, IntegerAmounts
}

/// Last words of names of amounts.
const MONEY: [&str; 8] = ["amount", "balance", "price", "fee", "payment", "total", "cost", "diem"];

/// Amounts that tables call integers, and the first amount of an example that has cents.
#[derive(Default)]
struct IntegerAmounts {
    rows: Vec<(SmolStr, Spot)>,
    cents: Option<(SmolStr, Spot)>,
}

impl Watch for IntegerAmounts {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        // A contract has the right type, and a rule compares with it.
        if page.contract.is_some() {
            return;
        }
        for row in page.facts.tables.iter().flat_map(|table| &table.rows) {
            let is_integer = |stated: &&Word| stated.text.to_lowercase().starts_with("int");
            let Some(stated) = row.stated_type.as_ref().filter(is_integer) else { continue };
            if is_amount(&row.name.text) {
                self.rows.push((row.name.text.clone(), page.spot(stated.span)));
            }
        }
        if self.cents.is_none() {
            self.cents = with_cents(page);
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        let Some((name, cents)) = self.cents else { return };
        for (row, spot) in self.rows {
            let message = format!("`{row}` is called an integer, and `{name}` has cents");
            let draft = Draft::new(row.as_str(), message, "call it a number, or say that it counts cents");
            findings.report(&RULE, draft.at(spot, "an integer").at(cents, "with cents"));
        }
    }
}

fn is_amount(name: &str) -> bool {
    words(name).last().is_some_and(|last| MONEY.contains(&last.as_str()))
}

/// The first amount of an example that is no integer.
fn with_cents(page: &Page<'_>) -> Option<(SmolStr, Spot)> {
    page.facts.examples.iter().find_map(|example| {
        let mut cents = example.members.iter().filter(|member| {
            let looks_so = |number: &str| number.contains(['.', 'e', 'E']) && !number.starts_with('"');
            looks_so(page.text.slice(member.value_span)) && is_amount(&member.key) && {
                let value = page.value_of(example);
                let number = value.as_ref().and_then(|value| value.pointer(&member.pointer)?.as_f64());
                number.is_some_and(|number| number.fract() != 0.0)
            }
        });
        cents.next().map(|member| (member.key.clone(), page.spot(member.value_span)))
    })
}
