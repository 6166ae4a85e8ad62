//! What docs check sees of slips in the generated reference pages, on a sample.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use std::{collections::BTreeSet, fs, path::Path, thread};

use estoppel_docs_mutation::{Baseline, Held, Kind, Reference, Tally, judge, kinds, total};

/// A page with what is said of it before any slip.
struct Subject {
    reference: Reference<'static>,
    to_contract: Baseline,
    to_itself: Baseline,
}

fn subjects() -> Vec<Subject> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let read = |name: &str| fs::read_to_string(schemas.join(name).join("reference.md")).unwrap();
    let mut pages: Vec<_> = estoppel_catalog::apis()
        .into_iter()
        .map(|api| (read(api.contract().name()), api.contract()))
        .collect();
    // Short pages are checked sooner, and long ones only for the kinds that have no room on them.
    pages.sort_by_key(|(page, _)| page.len());
    let subjects = pages.into_iter().map(|(page, contract)| {
        let reference = Reference::new(contract, &page);
        let to_contract = Baseline::of(&reference, Held::ToContract);
        let to_itself = Baseline::of(&reference, Held::ToItself);
        Subject { reference, to_contract, to_itself }
    });
    subjects.collect()
}

/// One slip of the kind, in the middle of the shortest page that has room for it.
fn tally(kind: &Kind, subjects: &[Subject]) -> Tally {
    let found = subjects.iter().find_map(|subject| {
        let places = kind.places(&subject.reference).mutants;
        let mutant = places.get(places.len() / 2)?.clone();
        Some((subject, mutant))
    });
    let Some((subject, mutant)) = found else { return Tally::default() };
    let baseline = match kind.held {
        Held::ToContract => &subject.to_contract,
        Held::ToItself => &subject.to_itself,
    };
    judge(&subject.reference, kind, &mutant, baseline)
}

/// The part of the findings that must tell a slip. Of this sample every slip must be told: a kind that no longer is shows.
const RATIO_MIN: f64 = 0.95;

#[test]
fn slips_are_told_and_nothing_else() {
    let (kinds, subjects) = (kinds(), subjects());
    for subject in &subjects {
        let (tables, examples) = subject.reference.size();
        assert!(tables > 5 && examples > 5, "a generated page is read as one");
        assert!(subject.to_contract.is_empty(), "a generated page checks clean");
    }
    let (first, second) = kinds.split_at(kinds.len() / 2);
    let told = |half: &[Kind]| half.iter().map(|kind| tally(kind, &subjects)).collect::<Vec<_>>();
    let tallies = thread::scope(|scope| {
        let other = scope.spawn(|| told(second));
        let mut tallies = told(first);
        tallies.extend(other.join().unwrap());
        tallies
    });
    let whole = total(&tallies);
    assert!(whole.mutants > 120, "{} slips", whole.mutants);
    let told = format!(
        "recall {:.3}, precision {:.3}\n{}\n{}",
        whole.recall(),
        whole.precision(),
        whole.missed.join("\n"),
        whole.strange.join("\n")
    );
    assert!(whole.missed.is_empty() && whole.precision() >= RATIO_MIN, "{told}");
}

#[test]
fn kinds_have_names_of_their_own_and_rules_that_exist() {
    let (kinds, rules) = (kinds(), estoppel_docs_check::rules());
    assert_eq!(kinds.iter().map(|kind| kind.name).collect::<BTreeSet<_>>().len(), kinds.len());
    let expected: BTreeSet<&str> = kinds.iter().flat_map(|kind| kind.rules).copied().collect();
    for rule in &expected {
        assert!(rules.iter().any(|known| known.id == *rule), "{rule}");
    }
    let missing: Vec<_> =
        rules.iter().filter(|rule| !expected.contains(rule.id)).map(|rule| rule.id).collect();
    assert!(missing.is_empty(), "no kind of slip is told by {missing:?}");
}
