//! DOC-LIST-MISSING.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds sentences that end in a colon and announce something that does not follow: a heading, the end of the
    /// document or another thought comes next.
    ///
    /// ## Why is this bad?
    /// What was announced is lost: conditions, examples, a table. Readers cannot know that it ever existed.
    ///
    /// ## Example
    /// ```text
    /// The request will fail when:
    ///
    /// HTTP Request
    /// ```
    "DOC-LIST-MISSING", "announced-list-missing", Warning, Completeness
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for announcement in page.facts.announcements.iter().filter(|announcement| !announcement.kept) {
        let text = page.text.slice(announcement.span);
        let sentence = text.rsplit(['.', '\n']).next().unwrap_or(text).trim();
        let end: String = sentence
            .split_whitespace()
            .rev()
            .take(6)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
            .join(" ");
        let title = page.facts.heading_at(announcement.span).map_or("", |heading| heading.title.as_str());
        let message = format!("nothing follows “… {end}”");
        let start = announcement.span.end - sentence.len().min(text.len());
        let span = crate::Span::new(start.max(announcement.span.start), announcement.span.end);
        let draft =
            Draft::new(title, message, "restore what the sentence announces, or end it with a full stop");
        findings.report(&RULE, draft.at(page.spot(span), "announces what does not follow"));
    }
}
