//! Findings and documents as a terminal may see them: every place stays where it is.

use std::borrow::Cow;

use estoppel_docs_check::{Document, Finding, Place, source_text};

use crate::console::{one_line, same_length};

/// The name and the text of a document. Characters that a terminal obeys are replaced by others, as long in bytes, so
/// that lines and columns of findings hold.
pub(super) fn document<'d>(document: &Document<'d>) -> (Cow<'d, str>, Cow<'d, str>) {
    let text = match str::from_utf8(document.bytes).map(same_length) {
        Ok(Cow::Borrowed(text)) => Cow::Borrowed(text),
        // Places are told in the text that the check read, whatever its bytes were.
        _ => Cow::Owned(same_length(&source_text(document)).into_owned()),
    };
    (one_line(document.name), text)
}

/// A finding whose texts hold nothing that a terminal obeys.
pub(super) fn finding(finding: &Finding) -> Finding {
    Finding {
        message: one_line(&finding.message).into_owned(),
        help: Cow::Owned(one_line(&finding.help).into_owned()),
        place: place(&finding.place),
        occurrences: finding.occurrences.iter().map(place).collect(),
        ..finding.clone()
    }
}

fn place(place: &Place) -> Place {
    Place { file: one_line(&place.file).into(), label: one_line(&place.label).into(), ..place.clone() }
}
