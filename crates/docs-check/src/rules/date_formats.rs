//! DOC-DATE-FORMAT.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use smol_str::SmolStr;

use super::rule;
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spots,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds keys that hold a date in one form in one example, and in another form in another.
    ///
    /// ## Why is this bad?
    /// A client that parses one of the forms fails on the other, or reads another day.
    ///
    /// ## Example
    /// `{"date": "2021-01-31"}` and `{"date": "/Date(1612051200)/"}`
    "DOC-DATE-FORMAT", "date-formats", Warning, Types, DateFormats
}

/// A form of dates, and how it is called.
type Form = (&'static str, LazyLock<Option<Regex>>);

static FORMS: [Form; 5] = [
    ("YYYY-MM-DD", LazyLock::new(|| Regex::new(r"^\d{4}-\d\d-\d\d$").ok())),
    ("an ISO timestamp", LazyLock::new(|| Regex::new(r"^\d{4}-\d\d-\d\dT\d\d:\d\d").ok())),
    ("YYYY-MM-DD HH:MM:SS", LazyLock::new(|| Regex::new(r"^\d{4}-\d\d-\d\d \d\d:\d\d").ok())),
    ("/Date(…)/", LazyLock::new(|| Regex::new(r"^/Date\(-?\d+\)/$").ok())),
    ("with slashes", LazyLock::new(|| Regex::new(r"^\d{1,2}/\d{1,2}/\d{2,4}$").ok())),
];

/// For each key, where it shows each form.
#[derive(Default)]
struct DateFormats(BTreeMap<SmolStr, BTreeMap<&'static str, Spots>>);

impl Watch for DateFormats {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        // What a contract has too is how the API is, and other rules compare examples with it.
        if page.contract.is_some() {
            return;
        }
        for member in page.facts.examples.iter().flat_map(|example| &example.members) {
            let text = page.text.slice(member.value_span).trim_matches('"');
            // Every form begins with a digit or a slash; digits of other scripts are digits too.
            let possible = |byte: &u8| byte.is_ascii_digit() || *byte == b'/' || !byte.is_ascii();
            if text.len() > 40 || !text.as_bytes().first().is_some_and(possible) {
                continue;
            }
            let form = FORMS.iter().find(|(_, form)| form.as_ref().is_some_and(|form| form.is_match(text)));
            if let Some((form, _)) = form {
                let spots = self.0.entry(member.key.clone()).or_default().entry(form).or_default();
                spots.push(page.spot(member.value_span));
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        for (key, forms) in self.0.into_iter().filter(|(_, forms)| forms.len() > 1) {
            let told = forms.keys().copied().collect::<Vec<_>>().join(" and ");
            let message = format!("`{key}` is written in {} forms: {told}", forms.len());
            let spots = forms.iter().flat_map(|(form, spots)| spots.iter().map(|spot| (spot, *form)));
            findings.report(&RULE, Draft::new(key.as_str(), message, "write it in one form").at_all(spots));
        }
    }
}
