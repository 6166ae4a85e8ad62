//! `cargo xtask attack`: hostile callers, floods and unfair neighbours against a server in 512 MB.

mod calls;
mod dice;
mod files;
mod floods;
mod fuzz;
mod giants;
mod golden;
mod hostile;
mod mutation;
mod neighbours;
mod outcome;
mod programs;
mod reply;
mod slow;
mod target;

use std::time::Duration;

use clap::Args;
use estoppel_cli::{Exit, Failure, err_line, out_line};

use crate::bench::Stopwatch;
use dice::Dice;
use golden::Recording;
use outcome::Outcome;
use target::Target;

/// Attack the built command: raw and fuzzed requests, slow clients, floods, giant bodies, unfair neighbours, files.
#[derive(Debug, Args)]
pub(crate) struct AttackArgs {
    /// Where all requests come from; a breach names the seed that repeats it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The short form of `cargo xtask check`: the debug build, and fewer requests.
    #[arg(long)]
    short: bool,
    /// Only this scenario; may be given again.
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// Attack what has been built already.
    #[arg(long)]
    no_build: bool,
}

/// What a scenario may spend.
#[derive(Clone, Copy, Debug)]
struct Budget {
    /// Requests, or what stands for them.
    requests: u64,
    /// Real time.
    time: Duration,
    watch: Stopwatch,
}

impl Budget {
    fn new(requests: u64, time: Duration) -> Self {
        Self { requests, time, watch: Stopwatch::start() }
    }

    /// Whether the scenario goes on after so many requests.
    fn allows(&self, sent: u64) -> bool {
        sent < self.requests && self.watch.elapsed() < self.time
    }
}

/// What a scenario works with.
struct Attack<'t> {
    target: &'t Target,
    estoppel: &'t str,
    dice: Dice,
    budget: Budget,
}

/// A scenario: its name, its share of the full form in requests, and what it does.
type Scenario = (&'static str, u64, fn(&mut Attack<'_>) -> Outcome);

/// Every scenario, in the order in which they run. One more is a file with one function, and a line here.
const SCENARIOS: &[Scenario] = &[
    ("hostile-requests", 60_000, hostile::run),
    ("schema-fuzz", 60_000, fuzz::run),
    ("slow-clients", 400, slow::run),
    ("floods", 40_000, floods::run),
    ("giant-violations", 40, giants::run),
    ("unfair-neighbours", 4_000, neighbours::run),
    ("files-and-terminals", 60, files::run),
];

/// Longest run of the whole attack, and of its short form.
const TIME_MAX: Duration = Duration::from_mins(10);
const SHORT_TIME_MAX: Duration = Duration::from_secs(18);
/// The short form sends so many times fewer requests.
const SHORT_DIVISOR: u64 = 40;

impl AttackArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        if let Some(unknown) =
            self.scenario.iter().find(|name| SCENARIOS.iter().all(|(known, ..)| known != name))
        {
            let known: Vec<&str> = SCENARIOS.iter().map(|(name, ..)| *name).collect();
            return Err(Failure::new(format!(
                "there is no scenario `{unknown}`: expected {}",
                known.join(", ")
            )));
        }
        let estoppel = programs::built(self.short, self.no_build)?;
        let target = Target::start(&estoppel)?;
        let before = Recording::take(&target);
        let mut outcomes = self.scenarios(&target, &estoppel);
        outcomes.push(golden::compare(&before, &Recording::take(&target)));
        outcomes.push(target.finish());
        Ok(self.report(&outcomes))
    }

    /// Runs the scenarios; each has its own dice and its own share of the time.
    fn scenarios(&self, target: &Target, estoppel: &str) -> Vec<Outcome> {
        let chosen = SCENARIOS.iter().filter(|(name, ..)| {
            self.scenario.is_empty() || self.scenario.iter().any(|chosen| chosen == name)
        });
        let chosen: Vec<&Scenario> = chosen.collect();
        let time = if self.short { SHORT_TIME_MAX } else { TIME_MAX };
        let share = time / u32::try_from(chosen.len().max(1)).unwrap_or(1);
        let mut outcomes = Vec::new();
        for (name, requests, run) in chosen {
            let requests = if self.short { (requests / SHORT_DIVISOR).max(4) } else { *requests };
            let dice = Dice::of(self.seed, name);
            let mut attack = Attack { target, estoppel, dice, budget: Budget::new(requests, share) };
            let mut outcome = run(&mut attack).named(name);
            if !target.is_alive() {
                outcome.breach("the server ended");
            }
            err_line!("{}", outcome.line());
            outcomes.push(outcome);
            if !target.is_alive() {
                break;
            }
        }
        outcomes
    }

    /// Prints the table and the verdict.
    fn report(&self, outcomes: &[Outcome]) -> Exit {
        let seed = self.seed;
        let short = if self.short { " --short" } else { "" };
        for outcome in outcomes {
            out_line!("{}", outcome.line());
        }
        let mut breaches = 0;
        for outcome in outcomes.iter().filter(|outcome| !outcome.breaches.is_empty()) {
            breaches += outcome.breaches.len();
            for breach in &outcome.breaches {
                out_line!("BREACH {}: {}", outcome.name, breach.escape_debug());
            }
            if SCENARIOS.iter().any(|(name, ..)| *name == outcome.name) {
                out_line!("  again: cargo xtask attack{short} --seed {seed} --scenario {}", outcome.name);
            } else {
                out_line!("  again: cargo xtask attack{short} --seed {seed}");
            }
        }
        out_line!("attack: seed {seed}, {} scenarios, {breaches} breaches", outcomes.len());
        if breaches == 0 { Exit::Clean } else { Exit::Findings }
    }
}
