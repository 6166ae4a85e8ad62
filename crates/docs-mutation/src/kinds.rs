//! Every kind of slip, each with the rules that should see it.

mod addresses;
mod cells;
mod documents;
mod examples;
mod fields;
mod json;
mod operations;
mod prose;
mod refusals;
mod replies;
mod types;
mod values;
mod webhooks;
mod words;

use std::collections::BTreeMap;

use estoppel_docs_check::Span;

use crate::{Held, Mutant, Reference};

/// One kind of slip.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// What is done to the page, in kebab case.
    pub name: &'static str,
    /// What the page is held to.
    pub held: Held,
    /// The rules one of which must tell the slip; a finding of one of them where the slip is counts as told.
    pub rules: &'static [&'static str],
    pub(crate) mutate: fn(&Reference<'_>, &mut Places),
}

/// Whether a list gets a word too many or one too few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    More,
    Fewer,
}

/// The slips of one kind that a page has room for.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// One mutant for each place.
    pub mutants: Vec<Mutant>,
    /// How often a slip would contradict nothing, by the reason.
    pub equivalent: BTreeMap<&'static str, usize>,
}

impl Places {
    pub(crate) fn push(&mut self, mutant: Mutant) {
        self.mutants.push(mutant);
    }

    /// A slip whose finding belongs where the text is replaced.
    pub(crate) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.push(Mutant::new().replace(span, text));
    }

    /// A place where the slip would contradict nothing, and why.
    pub(crate) fn equivalent(&mut self, reason: &'static str) {
        *self.equivalent.entry(reason).or_default() += 1;
    }
}

impl Kind {
    /// The slips of this kind that a page has room for.
    pub fn places(&self, reference: &Reference<'_>) -> Places {
        let mut places = Places::default();
        (self.mutate)(reference, &mut places);
        places
    }

    const fn to_contract(
        name: &'static str,
        rules: &'static [&'static str],
        mutate: fn(&Reference<'_>, &mut Places),
    ) -> Self {
        Self { name, held: Held::ToContract, rules, mutate }
    }

    const fn to_itself(
        name: &'static str,
        rules: &'static [&'static str],
        mutate: fn(&Reference<'_>, &mut Places),
    ) -> Self {
        Self { name, held: Held::ToItself, rules, mutate }
    }
}

/// Every kind of slip.
pub fn kinds() -> Vec<Kind> {
    let groups: [&[Kind]; 14] = [
        json::KINDS,
        examples::KINDS,
        values::KINDS,
        fields::KINDS,
        cells::KINDS,
        types::KINDS,
        words::KINDS,
        addresses::KINDS,
        operations::KINDS,
        replies::KINDS,
        refusals::KINDS,
        webhooks::KINDS,
        prose::KINDS,
        documents::KINDS,
    ];
    groups.concat()
}
