//! What docs check sees of slips in the generated reference pages.

#![expect(clippy::print_stdout, reason = "figures are for who runs it")]

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, process::ExitCode, thread};

use estoppel_docs_mutation::{Baseline, Held, Kind, Mutant, Reference, Tally, judge, kinds, sample, total};

/// One page, ready to be mutated.
struct Subject {
    reference: Reference<'static>,
    to_contract: Baseline,
    to_itself: Baseline,
}

fn subjects() -> Vec<Subject> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let read = |contract: &'static estoppel_contract::Contract| {
        let text = fs::read_to_string(schemas.join(contract.name()).join("reference.md")).unwrap_or_default();
        let reference = Reference::new(contract, &text);
        let to_contract = Baseline::of(&reference, Held::ToContract);
        let to_itself = Baseline::of(&reference, Held::ToItself);
        Subject { reference, to_contract, to_itself }
    };
    estoppel_catalog::apis().into_iter().map(|api| read(api.contract())).collect()
}

fn run(subject: &Subject, kind: &Kind, mutants: &[&Mutant]) -> Tally {
    let baseline = match kind.held {
        Held::ToContract => &subject.to_contract,
        Held::ToItself => &subject.to_itself,
    };
    let mut tally = Tally::default();
    mutants.iter().for_each(|mutant| tally.add(judge(&subject.reference, kind, mutant, baseline)));
    tally
}

/// The part of the slips that must be told, and of the findings that must tell one.
const RATIO_MIN: f64 = 0.95;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = |name: &str| arguments.iter().any(|argument| argument == name);
    let most = arguments.iter().find_map(|argument| argument.parse::<usize>().ok()).unwrap_or(2);
    let only: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-') && argument.parse::<usize>().is_err())
        .collect();
    let subjects = subjects();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut rows: Vec<(&str, usize, usize, Tally)> = Vec::new();
    let mut reasons: BTreeMap<&'static str, usize> = BTreeMap::new();
    for kind in kinds()
        .into_iter()
        .filter(|kind| only.is_empty() || only.iter().any(|name| kind.name.contains(name.as_str())))
    {
        let mut tally = Tally::default();
        let (mut places, mut equivalent) = (0, 0);
        for subject in &subjects {
            let found = kind.places(&subject.reference);
            places += found.mutants.len();
            for (reason, count) in found.equivalent {
                equivalent += count;
                *reasons.entry(reason).or_default() += count;
            }
            let mutants = sample(&found.mutants, most);
            let share = mutants.len().div_ceil(threads).max(1);
            thread::scope(|scope| {
                let kind = &kind;
                let workers: Vec<_> = mutants
                    .chunks(share)
                    .map(|mutants| scope.spawn(move || run(subject, kind, mutants)))
                    .collect();
                workers.into_iter().filter_map(|worker| worker.join().ok()).for_each(|part| tally.add(part));
            });
        }
        rows.push((kind.name, places, equivalent, tally));
    }
    let mut table = String::new();
    let _ = writeln!(
        table,
        "{:<36} {:>7} {:>7} {:>7} {:>8} {:>9}",
        "kind", "places", "equal", "mutants", "recall", "precision"
    );
    for (name, places, equivalent, tally) in &rows {
        let _ = writeln!(
            table,
            "{name:<36} {places:>7} {equivalent:>7} {:>7} {:>7.1}% {:>8.1}%",
            tally.mutants,
            tally.recall() * 100.0,
            tally.precision() * 100.0
        );
    }
    let whole = total(rows.iter().map(|(.., tally)| tally));
    let sum = |number: fn(&(&str, usize, usize, Tally)) -> usize| rows.iter().map(number).sum::<usize>();
    let _ = writeln!(
        table,
        "{:<36} {:>7} {:>7} {:>7} {:>7.1}% {:>8.1}%",
        format!("{} kinds", rows.len()),
        sum(|row| row.1),
        sum(|row| row.2),
        whole.mutants,
        whole.recall() * 100.0,
        whole.precision() * 100.0
    );
    println!("{table}");
    for (reason, count) in reasons {
        println!("{count:>7} left out: {reason}");
    }
    if asked("--missed") {
        whole.missed.iter().for_each(|told| println!("missed: {told}"));
    }
    if asked("--strange") {
        whole.strange.iter().for_each(|told| println!("strange: {told}"));
    }
    let missed = whole.recall() < RATIO_MIN || whole.precision() < RATIO_MIN;
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
