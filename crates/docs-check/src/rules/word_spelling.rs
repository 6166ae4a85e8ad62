//! DOC-WORD-SPELLING.

use super::rule;
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds words of a documented list that stand elsewhere in another spelling: other capitals, another order, one
    /// wrong letter. Elsewhere is: values of examples, quoted words, other lists.
    ///
    /// ## Why is this bad?
    /// Servers compare words letter by letter. A client that copies the other spelling is refused, or stores a word
    /// that nothing recognises.
    ///
    /// ## Example
    /// A list of `hull and sails` beside an example with `"kind": "sails and hull"`.
    "DOC-WORD-SPELLING", "word-spelling", Error, Words, WordSpelling
}

/// The words are noted with what all documents tell.
#[derive(Default)]
struct WordSpelling;

impl Watch for WordSpelling {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        for found in &corpus.word_variants.variants {
            let (variant, listed) = (&found.variant, &found.listed);
            let message = format!("`{variant}` is listed as `{listed}`");
            let places = found.spots.iter().map(|spot| (spot, format!("`{variant}` here")));
            let place = found.listed_spot.map(|spot| (spot, format!("listed as `{listed}`")));
            let draft = Draft::new(format!("{variant} {listed}"), message, "spell the word as the list does");
            findings.report(&RULE, draft.at_all(places).at_all(place));
        }
    }
}
