//! DOC-OBJECT-UNDESCRIBED.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use regex::Regex;

use super::rule;
use crate::{
    Span,
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spots,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds rows whose value is said to be an object with a name of its own, such as “a Harbor object”, where no
    /// heading, caption or sentence before a table describes an object of this name.
    ///
    /// ## Why is this bad?
    /// The reader knows what the object is called and not what is in it.
    ///
    /// ## Example
    /// `harbor | A Harbor object`, and no table of what a Harbor has.
    "DOC-OBJECT-UNDESCRIBED", "object-undescribed", Info, Completeness, Objects
}

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:[Aa]n?|[Tt]he|of|[Ll]ist)\s+(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)*)\s+objects?\b").ok()
});

/// Objects that descriptions name, and what may describe them.
#[derive(Default)]
struct Objects {
    named: BTreeMap<String, Spots>,
    /// Headings, in small letters.
    headings: BTreeSet<String>,
    /// Headings with a table under them, in small letters and without the marks of a plural.
    over_tables: BTreeSet<String>,
    /// Captions and sentences before a table that speak of an object, in small letters.
    speaking: BTreeSet<String>,
}

impl Watch for Objects {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        self.look_for_names(page);
        for heading in &page.facts.headings {
            let title = heading.title.to_lowercase();
            // Names are made of letters.
            if !title.chars().all(|c| c.is_alphabetic() || c.is_whitespace()) {
                continue;
            }
            if has_table(page, heading.span) {
                self.over_tables.insert(title.trim_end_matches('s').to_owned());
            }
            self.headings.insert(title);
        }
        let captions = page.facts.examples.iter().filter_map(|example| example.caption.as_ref());
        let captions = captions.map(|caption| caption.text.as_str());
        let introductions = page.facts.tables.iter().filter_map(|table| table.introduction);
        let told = captions.chain(introductions.map(|span| page.text.slice(span)));
        self.speaking.extend(told.map(str::to_lowercase).filter(|told| told.contains(" object")));
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        let spoken = self.spoken();
        for (name, spots) in &self.named {
            let lower = name.to_lowercase();
            if self.headings.contains(&lower) || self.over_tables.contains(&lower) || spoken.contains(&lower)
            {
                continue;
            }
            let message = format!("no table describes what a {name} object holds");
            let places = spots.iter().map(|spot| (spot, "named here"));
            findings.report(&RULE, Draft::new(name, message, "describe what is in it").at_all(places));
        }
    }
}

impl Objects {
    /// The names, in small letters, that stand before “object” somewhere: each text is looked at once for all of them.
    fn spoken(&self) -> BTreeSet<String> {
        let names: BTreeSet<String> = self.named.keys().map(|name| name.to_lowercase()).collect();
        let lengths: BTreeSet<usize> = names.iter().map(String::len).collect();
        let mut spoken = BTreeSet::new();
        for told in &self.speaking {
            for (end, _) in told.match_indices(" object") {
                let before = |length: &usize| told.get(end.checked_sub(*length)?..end);
                spoken.extend(lengths.iter().filter_map(before).filter(|name| names.contains(*name)));
            }
        }
        spoken.into_iter().map(str::to_owned).collect()
    }

    fn look_for_names(&mut self, page: &Page<'_>) {
        let rows = page.facts.tables.iter().flat_map(|table| &table.rows);
        for description in rows.filter_map(|row| row.description.as_ref()) {
            if !description.text.contains("object") {
                continue;
            }
            let found = NAMED.as_ref().and_then(|named| named.captures(&description.text)?.name("name"));
            if let Some(found) = found {
                let span = Span::new(found.start(), found.end()).moved(description.span.start);
                self.named.entry(found.as_str().to_owned()).or_default().push(page.spot(span));
            }
        }
    }
}

/// Whether a table stands under this heading, before the next one.
fn has_table(page: &Page<'_>, heading: Span) -> bool {
    let headings = &page.facts.headings;
    let after = headings.partition_point(|other| other.span.start <= heading.start);
    let end = headings.get(after).map_or(usize::MAX, |next| next.span.start);
    !page.facts.tables_in(Span::new(heading.start + 1, end)).is_empty()
}
