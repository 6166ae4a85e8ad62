//! The documents of one check, read, with what rules ask of them together.

use estoppel_contract::Contract;
use serde_json::Value;

use crate::{
    Document, Example, Facts, Finding, Place, Severity, Span,
    described::{self, DescribedTable, KnownModel},
    extract::{Reading, read},
    finding::fingerprint,
    key_uses::{self, KeyUses},
    lenient_json,
    name_variants::{self, NameVariants},
    rules::Rule,
    text::Text,
    word_variants::{self, WordVariants},
};

/// One document, read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) text: Text,
    pub(crate) facts: Facts,
    /// Sentences: paragraphs, items of lists, cells of tables.
    pub(crate) prose: Vec<Span>,
}

impl Page {
    /// What an example says. Few rules ask, and of few examples, so that it is read again and not kept.
    pub(crate) fn value_of(&self, example: &Example) -> Option<Value> {
        lenient_json::read(self.text.slice(example.span), example.span.start).value
    }
}

/// A place in one of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) page: usize,
    pub(crate) span: Span,
}

/// All documents of one check, and the contract that they are held to.
#[derive(Debug)]
pub(crate) struct Corpus<'c> {
    pub(crate) pages: Vec<Page>,
    pub(crate) contract: Option<&'c Contract>,
    pub(crate) name_variants: NameVariants,
    pub(crate) word_variants: WordVariants,
    /// The keys of all examples.
    pub(crate) key_uses: KeyUses,
    /// The tables that describe something of the contract.
    pub(crate) described: Vec<DescribedTable>,
    /// The models of the contract.
    pub(crate) models: Vec<KnownModel>,
}

impl<'c> Corpus<'c> {
    pub(crate) fn new(documents: &[Document<'_>], contract: Option<&'c Contract>) -> Self {
        let pages = documents.iter().map(|document| {
            let Reading { text, mut facts, prose } = read(document.bytes);
            for example in &mut facts.examples {
                example.value = None;
                example.members.shrink_to_fit();
                example.texts.shrink_to_fit();
            }
            facts.tables.iter_mut().for_each(|table| table.rows.shrink_to_fit());
            Page { name: document.name.to_owned(), text, facts, prose }
        });
        let pages: Vec<Page> = pages.collect();
        let models = contract.map(described::models).unwrap_or_default();
        let described =
            contract.map(|contract| described::tables(&pages, contract, &models)).unwrap_or_default();
        let key_uses = key_uses::find(&pages);
        Self {
            name_variants: name_variants::find(&pages, &key_uses),
            word_variants: word_variants::find(&pages),
            key_uses,
            described,
            models,
            contract,
            pages,
        }
    }

    /// The documents with their places in the list.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (usize, &Page)> {
        self.pages.iter().enumerate()
    }

    /// Whether this name is one spelling of several, which is told elsewhere.
    pub(crate) fn is_name_variant(&self, name: &str) -> bool {
        self.name_variants.contains(name)
    }

    /// Whether this word is another spelling of a listed word, which is told elsewhere.
    pub(crate) fn is_word_variant(&self, word: &str) -> bool {
        self.word_variants.listed_as(word).is_some()
    }

    /// What a table describes, where the contract has it.
    pub(crate) fn described(&self, page: usize, table: usize) -> Option<&DescribedTable> {
        self.described.iter().find(|described| described.page == page && described.table == table)
    }

    /// Whether a document lists the words that the last key of this JSON pointer can hold.
    pub(crate) fn lists_words_of(&self, pointer: &str) -> bool {
        let key = pointer.rsplit('/').next();
        let mut lists = self.pages.iter().flat_map(|page| &page.facts.word_lists);
        lists.any(|list| list.subject.is_some() && list.subject.as_deref() == key)
    }

    /// A place in the source of a document.
    fn place(&self, page: usize, span: Span, label: String) -> Place {
        let Some(page) = self.pages.get(page) else {
            return Place {
                file: String::new(),
                span,
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 1,
                label,
            };
        };
        let start = page.text.position(span.start);
        let end = page.text.position(span.end);
        Place {
            file: page.name.clone(),
            span,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            label,
        }
    }
}

/// A finding as a rule states it.
#[derive(Debug)]
pub(crate) struct Draft {
    /// What the finding is about: with the rule and the line it makes the finding's identity.
    pub(crate) cause: String,
    pub(crate) message: String,
    pub(crate) help: String,
    /// The places, the one to look at first in front; each with a label.
    pub(crate) spots: Vec<(Spot, String)>,
    /// Where it weighs less or more than the rule does.
    pub(crate) severity: Option<Severity>,
}

impl Draft {
    pub(crate) fn new(cause: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            cause: cause.into(),
            message: message.into(),
            help: help.into(),
            spots: Vec::new(),
            severity: None,
        }
    }

    pub(crate) fn at(mut self, page: usize, span: Span, label: impl Into<String>) -> Self {
        self.spots.push((Spot { page, span }, label.into()));
        self
    }

    pub(crate) fn at_all(mut self, spots: impl IntoIterator<Item = (Spot, String)>) -> Self {
        self.spots.extend(spots);
        self
    }

    pub(crate) fn weighing(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// Collects what rules find.
#[derive(Debug)]
pub(crate) struct Findings<'c> {
    corpus: &'c Corpus<'c>,
    drafts: Vec<(&'static Rule, Draft)>,
    /// Whether places are in the source, and not in what readers saw of it.
    in_source: bool,
}

impl<'c> Findings<'c> {
    pub(crate) const fn new(corpus: &'c Corpus<'c>) -> Self {
        Self { corpus, drafts: Vec::new(), in_source: false }
    }

    pub(crate) fn report(&mut self, rule: &'static Rule, draft: Draft) {
        if !draft.spots.is_empty() {
            self.drafts.push((rule, draft));
        }
    }

    /// The same for a draft whose places are in the source already.
    pub(crate) fn report_in_source(&mut self, rule: &'static Rule, draft: Draft) {
        self.in_source = true;
        self.report(rule, draft);
    }

    /// The findings in document order.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        self.drafts.sort_by_cached_key(|(rule, draft)| {
            (draft.spots.first().map(|(spot, _)| *spot), rule.id, draft.cause.clone())
        });
        let mut seen = std::collections::BTreeMap::new();
        let corpus = self.corpus;
        let place = |spot: Spot, label: String| {
            let span = corpus.pages.get(spot.page).map_or(spot.span, |page| page.text.in_source(spot.span));
            corpus.place(spot.page, if self.in_source { spot.span } else { span }, label)
        };
        let findings = self.drafts.into_iter().filter_map(|(rule, draft)| {
            let mut spots = draft.spots.into_iter();
            let (first, label) = spots.next()?;
            let line = corpus.pages.get(first.page).map_or("", |page| page.text.line_at(first.span.start));
            let alone = fingerprint(rule.id, &draft.cause, line, 0);
            let repetition = *seen.entry(alone).and_modify(|count| *count += 1).or_insert(0_usize);
            Some(Finding {
                rule: rule.id,
                cause: draft.cause.clone(),
                severity: draft.severity.unwrap_or(rule.severity),
                message: draft.message,
                help: draft.help,
                place: place(first, label),
                fingerprint: fingerprint(rule.id, &draft.cause, line, repetition),
                occurrences: spots.map(|(spot, label)| place(spot, label)).collect(),
            })
        });
        findings.collect()
    }
}
