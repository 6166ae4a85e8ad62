//! What all documents of one check tell together, and the contract that they are held to.

use estoppel_contract::Contract;

use crate::{
    Document, RefusedInclude, extract,
    include_graph::FileNames,
    lenient_json::{self, Reading},
    lists::Lists,
    name_variants::{self, NameVariants},
    names::{ExamplePlace, Names},
    page::Page,
    spot::Spot,
    text::Text,
    word_variants::{self, Texts, WordVariants},
};

/// What is noted of each document as it is read.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    names: Names,
    lists: Lists,
    texts: Texts,
    includes: Vec<(Spot, String)>,
}

impl Gathering {
    /// Looks at the next document.
    pub(crate) fn look(&mut self, page: &Page<'_>) {
        self.names.look(page);
        self.lists.look(page);
        self.texts.look(page);
        let includes = page.facts.includes.iter().map(|include| &include.name);
        self.includes.extend(includes.map(|name| (page.spot(name.span), name.text.to_string())));
    }

    /// What the documents tell together, when all have been looked at.
    pub(crate) fn conclude<'c>(
        self,
        documents: &'c [Document<'c>],
        contract: Option<&'c Contract>,
        refused: &'c [RefusedInclude],
    ) -> Corpus<'c> {
        Corpus {
            name_variants: name_variants::find(&self.names),
            word_variants: word_variants::find(&self.lists, &self.texts),
            names: self.names,
            lists: self.lists,
            includes: self.includes,
            files: FileNames::new(documents),
            refused,
            documents,
            contract,
        }
    }
}

/// What all documents of one check tell together.
///
/// The documents themselves are gone: what a rule needs of them is here, or the rule has kept it.
#[derive(Debug)]
pub(crate) struct Corpus<'c> {
    pub(crate) documents: &'c [Document<'c>],
    pub(crate) contract: Option<&'c Contract>,
    pub(crate) name_variants: NameVariants,
    pub(crate) word_variants: WordVariants,
    /// The names of rows and the keys of examples.
    pub(crate) names: Names,
    /// The lists of words.
    pub(crate) lists: Lists,
    /// The files that documents include, each where it is named.
    pub(crate) includes: Vec<(Spot, String)>,
    /// The documents by the names that includes have for them.
    pub(crate) files: FileNames<'c>,
    /// The includes that the caller did not read.
    pub(crate) refused: &'c [RefusedInclude],
}

impl Corpus<'_> {
    /// Whether this name is one spelling of several, which is told elsewhere.
    pub(crate) fn is_name_variant(&self, name: &str) -> bool {
        self.name_variants.contains(name)
    }

    /// Whether this word is another spelling of a listed word, which is told elsewhere.
    pub(crate) fn is_word_variant(&self, word: &str) -> bool {
        self.word_variants.listed_as(word).is_some()
    }

    /// Whether a document lists the words that the last key of this JSON pointer can hold.
    pub(crate) fn lists_words_of(&self, pointer: &str) -> bool {
        let key = pointer.rsplit('/').next();
        self.lists.iter().any(|list| list.subject.is_some() && list.subject == key)
    }

    /// The text of a document, once more.
    pub(crate) fn text_again(&self, page: usize) -> Option<Text<'_>> {
        self.documents.get(page).map(|document| extract::text(document.bytes))
    }

    /// Reads examples once more, in the order given, and hands each on with the place of its document.
    ///
    /// Few rules want more of an example than was noted, and of few examples.
    pub(crate) fn read_again(&self, examples: &[ExamplePlace], mut take: impl FnMut(usize, Reading)) {
        for here in examples.chunk_by(|left, right| left.spot.page() == right.spot.page()) {
            let Some(page) = here.first().map(|example| example.spot.page()) else { continue };
            let Some(text) = self.text_again(page) else { continue };
            for span in here.iter().map(|example| example.spot.span()) {
                take(page, lenient_json::read(text.slice(span), span.start));
            }
        }
    }
}
