//! How a rule is asked: it looks at every document once, in order, and then concludes.

use crate::{corpus::Corpus, findings::Findings, page::Page};

/// A rule at work on the documents of one check.
///
/// A document is gone when the next one comes, so that a rule keeps what it needs of it, and little: all documents
/// together can have a place for every few bytes.
pub(crate) trait Watch {
    /// Looks at the next document.
    fn look(&mut self, page: &Page<'_>, findings: &mut Findings);

    /// Says what all documents together tell.
    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings);
}

/// A rule that needs no more than one document at a time.
pub(crate) struct EachPage(pub(crate) fn(&Page<'_>, &mut Findings));

impl Watch for EachPage {
    fn look(&mut self, page: &Page<'_>, findings: &mut Findings) {
        (self.0)(page, findings);
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, _: &mut Findings) {}
}
