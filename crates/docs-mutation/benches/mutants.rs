//! What docs check sees of slips in the generated reference pages: `cargo bench -p estoppel-docs-mutation`.
//!
//! A number among the arguments says how many slips of a kind are tried on a page, words which kinds; `--missed` and
//! `--strange` list slips that are not told and findings that tell something else. It fails below the bounds.

#![expect(clippy::print_stdout, reason = "figures are for who runs it")]

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode, thread};

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

/// What came of one kind.
struct Row {
    kind: &'static str,
    /// Places that have room for the slip.
    places: usize,
    /// Places where it would contradict nothing.
    equivalent: usize,
    tally: Tally,
}

/// How often a slip was left out, by the reason.
type Reasons = BTreeMap<&'static str, usize>;

fn run(subject: &Subject, kind: &Kind, mutants: &[&Mutant]) -> Tally {
    let baseline = match kind.held {
        Held::ToContract => &subject.to_contract,
        Held::ToItself => &subject.to_itself,
    };
    let mut tally = Tally::default();
    for mutant in mutants {
        tally.add(judge(&subject.reference, kind, mutant, baseline));
    }
    tally
}

/// Tries so many slips of a kind on each page.
fn measure(kind: &Kind, subjects: &[Subject], most: usize, reasons: &mut Reasons) -> Row {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut row = Row { kind: kind.name, places: 0, equivalent: 0, tally: Tally::default() };
    for subject in subjects {
        let found = kind.places(&subject.reference);
        row.places += found.mutants.len();
        for (reason, count) in found.equivalent {
            row.equivalent += count;
            *reasons.entry(reason).or_default() += count;
        }
        let mutants = sample(&found.mutants, most);
        let share = mutants.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let chunks = mutants.chunks(share);
            let workers: Vec<_> =
                chunks.map(|mutants| scope.spawn(move || run(subject, kind, mutants))).collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).for_each(|part| row.tally.add(part));
        });
    }
    row
}

fn line(name: &str, counts: (usize, usize), tally: &Tally) -> String {
    let (places, equivalent) = counts;
    let (recall, precision) = (tally.recall() * 100.0, tally.precision() * 100.0);
    format!("{name:<36} {places:>7} {equivalent:>7} {:>7} {recall:>7.1}% {precision:>8.1}%", tally.mutants)
}

/// The part of the slips that must be told, and of the findings that must tell one.
const RATIO_MIN: f64 = 0.95;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = |name: &str| arguments.iter().any(|argument| argument == name);
    let most = arguments.iter().find_map(|argument| argument.parse::<usize>().ok()).unwrap_or(2);
    let is_word = |argument: &&String| !argument.starts_with('-') && argument.parse::<usize>().is_err();
    let only: Vec<&String> = arguments.iter().filter(is_word).collect();
    let wanted = |kind: &Kind| only.is_empty() || only.iter().any(|name| kind.name.contains(name.as_str()));
    let (subjects, mut reasons) = (subjects(), Reasons::new());
    println!(
        "{:<36} {:>7} {:>7} {:>7} {:>8} {:>9}",
        "kind", "places", "equal", "slips", "recall", "precision"
    );
    let mut rows = Vec::new();
    for kind in kinds().iter().filter(|kind| wanted(kind)) {
        let row = measure(kind, &subjects, most, &mut reasons);
        println!("{}", line(row.kind, (row.places, row.equivalent), &row.tally));
        rows.push(row);
    }
    let whole = total(rows.iter().map(|row| &row.tally));
    let counts = (rows.iter().map(|row| row.places).sum(), rows.iter().map(|row| row.equivalent).sum());
    println!("{}\n", line(&format!("{} kinds", rows.len()), counts, &whole));
    for (reason, count) in reasons {
        println!("{count:>7} left out: {reason}");
    }
    if asked("--missed") {
        whole.missed.iter().for_each(|told| println!("missed: {told}"));
    }
    if asked("--strange") {
        whole.strange.iter().for_each(|told| println!("strange: {told}"));
    }
    let kept = whole.recall() >= RATIO_MIN && whole.precision() >= RATIO_MIN;
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
