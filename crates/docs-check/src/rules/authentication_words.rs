//! DOC-AUTH-WORDS.

use std::sync::LazyLock;

use regex::Regex;

use super::rule;
use crate::{
    Span,
    corpus::{Corpus, Draft, Findings, Spot},
};

rule! {
    /// ## What it does
    /// Finds 401 rows of error tables that blame an API key where the rest of the documents know only tokens, or a
    /// token where they know only API keys.
    ///
    /// ## Why is this bad?
    /// The reader looks for a key that does not exist.
    ///
    /// ## Example
    /// `401 | Your API key is wrong` in an API with OAuth tokens.
    "DOC-AUTH-WORDS", "authentication-words", Warning, Names
}

static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\bapi[ -]?key").ok());
static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\boauth|\baccess token").ok());

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let codes = || {
        corpus.pages().flat_map(|(page, read)| {
            let codes = read.facts.error_codes.iter().filter(|code| code.status == 401);
            codes.map(move |code| (page, read, code))
        })
    };
    for (page, read, code) in codes() {
        let says = |words: &LazyLock<Option<Regex>>, text: &str| {
            words.as_ref().is_some_and(|words| words.is_match(text))
        };
        let elsewhere = |words: &'static LazyLock<Option<Regex>>| -> Option<(Spot, String)> {
            corpus.pages().find_map(|(page, read)| {
                let outside = |span: &&Span| !codes().any(|(_, _, code)| code.span.contains(**span));
                let told =
                    read.prose.iter().filter(outside).find(|span| says(words, read.text.slice(**span)))?;
                let found = words.as_ref()?.find(read.text.slice(*told))?;
                let span = Span::new(found.start(), found.end()).moved(told.start);
                Some((Spot { page, span }, "how calls are authenticated".to_owned()))
            })
        };
        let meaning = code.meaning.text.as_str();
        let (blamed, other) = if says(&KEY, meaning) && elsewhere(&KEY).is_none() {
            ("an API key", elsewhere(&TOKEN))
        } else if says(&TOKEN, meaning) && elsewhere(&TOKEN).is_none() {
            ("a token", elsewhere(&KEY))
        } else {
            continue;
        };
        let Some(other) = other else { continue };
        let message = format!("the 401 blames {blamed}, which the documents do not use");
        let span = read.text.trim(code.meaning.span);
        let draft = Draft::new(blamed, message, "name what is really sent");
        findings.report(&RULE, draft.at(page, span, "blames it").at_all([other]));
    }
}
