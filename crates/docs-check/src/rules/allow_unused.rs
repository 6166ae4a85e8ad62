//! DOC-ALLOW-UNUSED.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
};

rule! {
    /// ## What it does
    /// Finds comments that allow a rule where the rule has nothing to say, or that name no rule.
    ///
    /// ## Why is this bad?
    /// The finding they hid is cured, and the next one would be hidden too.
    ///
    /// ## Example
    /// `<!-- estoppel: allow DOC-HOST -->` beside a right host.
    "DOC-ALLOW-UNUSED", "allow-unused", Warning, Form
}

/// It is asked after all others, with what they found: see [`unused`].
const fn check(_: &Page<'_>, _: &mut Findings) {}

/// The finding for a comment that hid nothing. Its span is in the source.
pub(crate) fn unused(page: usize, rule: &str, span: crate::Span) -> Draft {
    let known = super::ALL.iter().any(|known| known.id == rule);
    let (message, help) = if known {
        (format!("nothing on these lines breaks {rule}"), "take the comment out")
    } else {
        (format!("there is no rule {rule}"), "`estoppel docs check --explain all` lists the rules")
    };
    Draft::new(rule, message, help).at(Spot::new(page, span), "allows what is not there")
}
