//! Plays stories in both worlds, and every call that is about to succeed with one thing wrong.

mod arrivals;
mod probing;
mod step;

use std::collections::BTreeSet;

use estoppel_contract::{Auth, Contract, Expectation, Operation, Step, Story};
use estoppel_simulator::Simulation;
use jiff::SignedDuration;

use super::{
    ProviderOptions, VerifyError,
    call::Request,
    comparison::Difference,
    delivered::{Delivered, Postmaster},
    judgement::{Complaint, Judge},
    ledger::Ledger,
    names::Names,
    origin::Origin,
    probe::probes,
    server::NoReply,
    worlds::Worlds,
};
use crate::{Check, Failure, Outcome, Progress, ProviderReport, Rule, Skipped};

/// Differences of one reply that are reported one by one.
const COMPLAINTS_MAX: usize = 8;
/// Calls in a row without an answer after which the server counts as gone.
const SILENCE_MAX: u32 = 3;

/// Plays stories and keeps the report.
pub(super) struct Player<'o, F> {
    contract: &'static Contract,
    options: &'o ProviderOptions,
    progress: F,
    worlds: Worlds,
    judge: Judge,
    ledger: Ledger,
    report: ProviderReport,
    /// Operations whose calls have been sent with one thing wrong.
    probed: BTreeSet<&'static str>,
    silence: u32,
    postmaster: Postmaster,
    /// Every webhook that was received, in order.
    received: Vec<Delivered>,
    /// Arrivals in a row that were waited for in vain.
    missed: u32,
}

/// Where a call stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    story: Option<&'p str>,
    step: Option<usize>,
    change: Option<&'p str>,
    operation: Option<&'static str>,
}

/// A story with what its steps captured so far.
struct Scene<'s> {
    story: &'s Story,
    model: Names,
    server: Names,
}

/// Why a story ends before its last step.
struct Stop(String);

impl<'o, F: FnMut(Progress<'_>)> Player<'o, F> {
    /// Finds the server and checks the options.
    pub(super) async fn begin(
        simulation: &'static dyn Simulation,
        options: &'o ProviderOptions,
        progress: F,
    ) -> Result<Self, VerifyError> {
        let contract = simulation.contract();
        for id in options.include.iter().chain(&options.exclude) {
            if contract.operation(id).is_none() {
                let known: Vec<&str> =
                    contract.operations.iter().map(|operation| operation.spec.id).collect();
                return Err(VerifyError::UnknownOperation { id: id.clone(), known: known.join(", ") });
            }
        }
        let worlds = Worlds::open(simulation, options).await?;
        let report = ProviderReport {
            api: contract.name().to_owned(),
            base_url: worlds.base_url().to_owned(),
            ..ProviderReport::default()
        };
        let encoding = worlds.model.delivery_settings().encoding;
        Ok(Self {
            postmaster: Postmaster::new(contract, encoding),
            received: Vec::new(),
            missed: 0,
            contract,
            options,
            progress,
            worlds,
            judge: Judge::new(contract),
            ledger: Ledger::default(),
            report,
            probed: BTreeSet::new(),
            silence: 0,
        })
    }

    /// Plays everything.
    pub(super) async fn play(mut self) -> Result<ProviderReport, VerifyError> {
        let stories: Vec<&'static Story> =
            self.contract.stories.iter().filter(|story| self.selects_story(story)).collect();
        if stories.is_empty() {
            return Err(VerifyError::NothingSelected);
        }
        self.probe_routes().await;
        for (index, story) in stories.iter().enumerate() {
            (self.progress)(Progress::Story { id: story.id, number: index + 1, of: stories.len() });
            self.play_story(story).await;
            if self.silence >= SILENCE_MAX
                && self.report.checks.iter().all(|check| check.outcome == Outcome::Failed)
            {
                let reason = format!("{SILENCE_MAX} calls in a row had no answer");
                return Err(VerifyError::Unreachable { base_url: self.report.base_url, reason });
            }
        }
        self.play_unasked().await;
        self.report.coverage = self.ledger.coverage(self.contract, |id| selects(self.options, id));
        self.report.coverage.webhooks = self.ledger.webhooks(self.contract, self.options.inbox.as_deref());
        self.report.requests_sent = self.worlds.server.requests_sent;
        Ok(self.report)
    }

    fn selects_story(&self, story: &Story) -> bool {
        let calls = |id: &String| story.steps.iter().any(|step| step.operation == id);
        let wanted = self.options.include.is_empty() || self.options.include.iter().any(calls);
        wanted && self.holds(story) && !self.options.exclude.iter().any(calls)
    }

    /// Whether the reading is in force under which a story holds.
    fn holds(&self, story: &Story) -> bool {
        let Some((name, word)) = story.under else { return true };
        let reading = self.contract.service.readings.iter().find(|reading| reading.name == name);
        reading.is_some_and(|reading| self.options.readings.is(reading, word))
    }

    async fn play_story(&mut self, story: &'static Story) {
        let model = self.worlds.model_names.clone();
        let server = self.worlds.server_names.clone();
        let mut scene = Scene { story, model, server };
        for (index, step) in story.steps.iter().enumerate() {
            let outcome = if self.silence < SILENCE_MAX {
                self.play_step(&mut scene, index, step).await
            } else {
                Err(Stop("the server no longer answers".to_owned()))
            };
            if let Err(Stop(reason)) = outcome {
                self.report.skipped.push(Skipped { story: story.id.to_owned(), step: index + 1, reason });
                return;
            }
        }
    }

    /// One step, after its pause, and before it everything that can be wrong with its call.
    async fn play_step(
        &mut self,
        scene: &mut Scene<'_>,
        index: usize,
        step: &'static Step,
    ) -> Result<(), Stop> {
        let unknown = |id: &str| Stop(format!("the contract has no operation `{id}`"));
        let operation = self.contract.operation(step.operation).ok_or_else(|| unknown(step.operation))?;
        let missing =
            |name: super::names::UnknownName| Stop(format!("no step before it captured `{}`", name.0));
        let model = scene.model.call(operation, step).map_err(missing)?;
        let server = scene.server.call(operation, step).map_err(missing)?;
        if step.pause_milliseconds > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(step.pause_milliseconds)).await;
            self.worlds.model.wait(milliseconds(step.pause_milliseconds));
        }
        let place = Place {
            story: Some(scene.story.id),
            step: Some(index + 1),
            change: None,
            operation: Some(operation.spec.id),
        };
        let succeeds = step.expect == Expectation::Reply && !step.eventually;
        let selected = succeeds && selects(self.options, operation.spec.id);
        if selected
            && let Some(own_model) = model.on_its_path(self.contract, self.worlds.model.base_url())
            && let Some(own_server) = server.on_its_path(self.contract, self.worlds.base_url())
            && self.probed.insert(operation.spec.id)
        {
            for probe in probes(self.contract, &own_model) {
                self.play_probe(place, &probe, &own_model, &own_server).await?;
            }
            self.play_call(scene, place, step, model, server.clone(), step::Unknown::Added).await?;
        } else {
            self.play_call(scene, place, step, model, server.clone(), step::Unknown::Left).await?;
        }
        self.play_arrivals(scene, place, step, &server).await
    }

    /// A call that was not answered.
    fn no_answer(&mut self, operation: &Operation, no_reply: NoReply) -> Complaint {
        self.silence += 1;
        let difference = Difference {
            rule: Rule::AnswerMissing,
            pointer: None,
            expected: "an answer".to_owned(),
            actual: no_reply.reason,
        };
        Complaint { difference, origin: Origin::of_operation(operation) }
    }

    /// Puts a check of a call and its failures into the report.
    fn conclude(
        &mut self,
        place: Place<'_>,
        rule: Option<Rule>,
        request: &Request,
        complaints: Vec<Complaint>,
    ) {
        let curl = if complaints.is_empty() { String::new() } else { self.worlds.curl(request) };
        self.conclude_as(place, rule, &curl, complaints);
    }

    /// Puts a check and its failures into the report, with the command line that shows them.
    fn conclude_as(&mut self, place: Place<'_>, rule: Option<Rule>, curl: &str, complaints: Vec<Complaint>) {
        let outcome = if complaints.is_empty() { Outcome::Passed } else { Outcome::Failed };
        let count = complaints.len();
        for (index, complaint) in complaints.into_iter().take(COMPLAINTS_MAX).enumerate() {
            let Complaint { difference, origin } = complaint;
            let is_last = index + 1 == COMPLAINTS_MAX && count > COMPLAINTS_MAX;
            let more =
                if is_last { format!(" (and {} more)", count - COMPLAINTS_MAX) } else { String::new() };
            self.report.failures.push(Failure {
                rule: difference.rule,
                operation: place.operation.map(str::to_owned),
                story: place.story.map(str::to_owned),
                step: place.step,
                change: place.change.map(str::to_owned),
                pointer: difference.pointer,
                expected: difference.expected,
                actual: difference.actual + &more,
                source: origin.source,
                basis: origin.basis,
                curl: curl.to_owned(),
            });
        }
        let check =
            Check { name: place.name(), operation: place.operation.map(str::to_owned), rule, outcome };
        (self.progress)(Progress::Checked(&check));
        self.report.checks.push(check);
    }
}

impl Place<'_> {
    /// `claim-life/3: without Authorization`.
    fn name(&self) -> String {
        let story = self.story.unwrap_or("api");
        let step = self.step.map(|step| format!("/{step}")).unwrap_or_default();
        let change = self.change.map(|change| format!(": {change}")).unwrap_or_default();
        format!("{story}{step}{change}")
    }
}

/// Whether an operation is verified.
fn selects(options: &ProviderOptions, id: &str) -> bool {
    let is = |known: &String| known == id;
    (options.include.is_empty() || options.include.iter().any(is)) && !options.exclude.iter().any(is)
}

fn needs_token(operation: &Operation) -> bool {
    operation.spec.auth != Auth::None
}

fn milliseconds(count: u64) -> SignedDuration {
    SignedDuration::from_millis(i64::try_from(count).unwrap_or(i64::MAX))
}
