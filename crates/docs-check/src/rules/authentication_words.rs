//! DOC-AUTH-WORDS.

use std::sync::LazyLock;

use regex::Regex;

use super::rule;
use crate::{
    Span, Word,
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
    watch::Watch,
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
    "DOC-AUTH-WORDS", "authentication-words", Warning, Names, AuthenticationWords
}

static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\bapi[ -]?key").ok());
static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\boauth|\baccess token").ok());

/// A page without them has no sentence that tells, and its sentences need not be asked one by one.
static ANYWHERE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)api[ -]?key|oauth|access token").ok());

/// Rows that may blame the wrong thing, and where sentences first tell of each.
#[derive(Default)]
struct AuthenticationWords {
    /// Whether it is a key that is blamed.
    rows: Vec<(bool, Spot)>,
    key: Option<Spot>,
    token: Option<Spot>,
}

fn says(words: Option<&Regex>, text: &str) -> bool {
    words.is_some_and(|words| words.is_match(text))
}

impl Watch for AuthenticationWords {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        let codes = page.facts.error_codes.iter().map(|code| (code.status, &code.meaning, code.span));
        let refusals = page.facts.refusals.iter();
        let refusals = refusals.filter_map(|row| Some((row.status, row.message.as_ref()?, row.span)));
        let codes: Vec<(&Word, Span)> = codes
            .chain(refusals)
            .filter(|(status, ..)| *status == 401)
            .map(|(_, meaning, row)| (meaning, row))
            .collect();
        for (meaning, _) in &codes {
            let (meaning, spot) = (meaning.text.as_str(), page.spot(page.text.trim(meaning.span)));
            self.rows.extend(says(KEY.as_ref(), meaning).then_some((true, spot)));
            self.rows.extend(says(TOKEN.as_ref(), meaning).then_some((false, spot)));
        }
        if (self.key.is_some() && self.token.is_some()) || !says(ANYWHERE.as_ref(), page.text.as_str()) {
            return;
        }
        let first = |words: Option<&Regex>| {
            let mut outside =
                page.prose.iter().filter(|span| !codes.iter().any(|(_, row)| row.contains(**span)));
            outside.find_map(|prose| {
                let found = words?.find(page.text.slice(*prose))?;
                Some(page.spot(Span::new(found.start(), found.end()).moved(prose.start)))
            })
        };
        self.key = self.key.or_else(|| first(KEY.as_ref()));
        self.token = self.token.or_else(|| first(TOKEN.as_ref()));
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        for (blames_key, spot) in self.rows {
            let (blamed, missing, other) = if blames_key {
                ("an API key", self.key, self.token)
            } else {
                ("a token", self.token, self.key)
            };
            let (None, Some(other)) = (missing, other) else { continue };
            let message = format!("the 401 blames {blamed}, which the documents do not use");
            let draft = Draft::new(blamed, message, "name what is really sent");
            findings.report(&RULE, draft.at(spot, "blames it").at(other, "how calls are authenticated"));
        }
    }
}
