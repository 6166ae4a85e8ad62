//! Types of documents, and which of them a payoff needs.

use estoppel_values::Text;

use crate::{claims::Document, readings::CombinedDocuments};

/// The document that breaks the settlement down.
const SETTLEMENT_BREAKDOWN: &str = "settlement breakdown";
/// The document that values the vehicle.
const VALUATION_REPORT: &str = "valuation report";
/// The standard types that no request needs.
#[cfg(test)]
const OPTIONAL: [&str; 3] = ["cause of loss", "police report", "declaration page"];

/// A type as it is compared (R2): lower case, trimmed, the parts of a combined type in alphabetical order.
pub(crate) fn canonical_type(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut parts: Vec<&str> = lower.split('&').map(str::trim).collect();
    parts.sort_unstable();
    parts.join(" & ")
}

/// Which of the required documents a claim has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DocumentTypes {
    settlement_breakdown: bool,
    valuation_report: bool,
    combined: bool,
}

impl DocumentTypes {
    /// Those among these documents.
    pub(crate) fn of(documents: &[Document]) -> Self {
        Self::of_types(documents.iter().map(|document| &document.r#type))
    }

    fn of_types<'t>(types: impl Iterator<Item = &'t Text>) -> Self {
        let combined = format!("{SETTLEMENT_BREAKDOWN} & {VALUATION_REPORT}");
        types.fold(Self::default(), |mut found, text| {
            let canonical = canonical_type(text);
            found.settlement_breakdown |= canonical == SETTLEMENT_BREAKDOWN;
            found.valuation_report |= canonical == VALUATION_REPORT;
            found.combined |= canonical == combined;
            found
        })
    }

    /// Whether a payoff or a letter of guarantee can be asked for (R38).
    pub(crate) fn complete(self, combined: CombinedDocuments) -> bool {
        let both = self.settlement_breakdown && self.valuation_report;
        both || (self.combined && combined == CombinedDocuments::Allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(types: &[&str], allowed: bool, refused: bool) {
        let types: Vec<Text> = types.iter().map(|text| Text::from(*text)).collect();
        let found = DocumentTypes::of_types(types.iter());
        let complete =
            (found.complete(CombinedDocuments::Allowed), found.complete(CombinedDocuments::Refused));
        assert_eq!(complete, (allowed, refused), "{types:?}");
    }

    #[test]
    fn both_single_documents_or_a_combined_one_are_needed() {
        check(&[], false, false);
        check(&["settlement breakdown"], false, false);
        check(&["Settlement Breakdown", " valuation report "], true, true);
        check(&["settlement breakdown & valuation report"], true, false);
        check(&["Valuation Report &settlement breakdown"], true, false);
        check(&OPTIONAL, false, false);
    }
}
