//! DOC-INCLUDE-REFUSED.

use std::collections::{BTreeMap, BTreeSet};

use super::rule;
use crate::{
    IncludeRefusal,
    corpus::Corpus,
    findings::{Draft, Findings},
    include::refused_name,
    page::Page,
    spot::Spot,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds includes that are not read because they lead out of the documentation's folder (an absolute path, `..`, a
    /// link), name no regular file, or go beyond what is read in one run.
    ///
    /// ## Why is this bad?
    /// Such an include works on one machine only, and publishes what stands there, perhaps a secret. What is not read is
    /// not checked.
    ///
    /// ## Example
    /// ```text
    /// includes:
    ///   - ../../secrets/keys
    /// ```
    "DOC-INCLUDE-REFUSED", "include-refused", Error, Documents, Refused
}

/// Includes are noted with what all documents tell.
#[derive(Default)]
struct Refused;

impl Watch for Refused {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let mut found: BTreeMap<(usize, IncludeRefusal), Vec<(Spot, &str)>> = BTreeMap::new();
        for (spot, name, reason) in refused(corpus) {
            found.entry((spot.page(), reason)).or_default().push((spot, name));
        }
        for ((_, reason), includes) in found {
            let names = includes.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let are = if includes.len() == 1 { "is included and is" } else { "are included and are" };
            let message = format!("{names} {are} not read: {reason}");
            let spots = includes.iter().map(|(spot, _)| (*spot, "not read"));
            findings.report(&RULE, Draft::new(&names, message, reason.help()).at_all(spots));
        }
    }
}

/// Includes that were not read, each with where it is named and why.
fn refused<'c>(corpus: &'c Corpus<'_>) -> impl Iterator<Item = (Spot, &'c str, IncludeRefusal)> {
    let told: BTreeMap<(usize, &str), IncludeRefusal> = corpus
        .refused
        .iter()
        .map(|refused| ((refused.document, refused.name.as_str()), refused.reason))
        .collect();
    corpus.includes.iter().filter_map(move |(spot, name)| {
        let reason = refused_name(name).or_else(|| told.get(&(spot.page(), name.as_str())).copied())?;
        Some((*spot, name.as_str(), reason))
    })
}

/// Where includes are named that were not read: no rule need call them missing.
pub(crate) fn places(corpus: &Corpus<'_>) -> BTreeSet<Spot> {
    refused(corpus).map(|(spot, ..)| spot).collect()
}
