//! One document as rules look at it.

use estoppel_contract::Contract;
use serde_json::Value;

use crate::{
    Example, Facts, Span,
    described::{self, DescribedTable, KnownModel},
    extract::Reading,
    lenient_json,
    spot::Spot,
    text::Text,
};

/// One document, read, and the contract that it is held to.
///
/// It lasts while rules look at it: what a rule needs of it later the rule keeps.
#[derive(Debug)]
pub(crate) struct Page<'p> {
    /// Its place in the list of documents.
    pub(crate) number: usize,
    pub(crate) text: Text<'p>,
    pub(crate) facts: Facts,
    /// Sentences: paragraphs, items of lists, cells of tables.
    pub(crate) prose: Vec<Span>,
    pub(crate) contract: Option<&'p Contract>,
    /// The models of the contract.
    pub(crate) models: &'p [KnownModel],
    /// Its tables that describe something of the contract.
    pub(crate) described: Vec<DescribedTable>,
}

impl<'p> Page<'p> {
    pub(crate) fn new(
        number: usize,
        reading: Reading<'p>,
        contract: Option<&'p Contract>,
        models: &'p [KnownModel],
    ) -> Self {
        let Reading { text, facts, prose } = reading;
        let described = contract.map(|contract| described::tables(&text, &facts, contract, models));
        Self { number, described: described.unwrap_or_default(), text, facts, prose, contract, models }
    }

    /// A place in this document.
    pub(crate) fn spot(&self, span: Span) -> Spot {
        Spot::new(self.number, span)
    }

    /// What an example says. Few rules ask, and of few examples, so that it is read again and not kept.
    pub(crate) fn value_of(&self, example: &Example) -> Option<Value> {
        lenient_json::read(self.text.slice(example.span), example.span.start).value
    }

    /// What a table describes, where the contract has it.
    pub(crate) fn described(&self, table: usize) -> Option<&DescribedTable> {
        let place = self.described.binary_search_by_key(&table, |described| described.table).ok()?;
        self.described.get(place)
    }
}
