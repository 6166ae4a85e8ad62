//! The webhooks that arrive because of a call.

use std::time::Duration;

use estoppel_contract::{Arrival, Step, WebhookDeclaration};
use serde_json::Value;
use tokio::time::timeout;

use super::{Place, Player, SILENCE_MAX, Scene, Stop, milliseconds, step::LOOKS_MAX};
use crate::{
    Progress, Rule,
    provider::{
        call::Call, comparison::Difference, delivered::Delivered, judgement::Complaint, names::Names,
        origin::Origin,
    },
};

/// The simulator's time between two looks at what it has sent, in milliseconds.
const LOOK_MILLISECONDS: u64 = 100;
const LOOK_EVERY: Duration = Duration::from_millis(LOOK_MILLISECONDS);
/// How long an arrival is waited for where the ones before it did not come either.
const SHORT_PATIENCE: Duration = Duration::from_secs(1);
/// How long nothing must arrive at the end until nothing more is expected.
const QUIET: Duration = Duration::from_millis(250);
/// Webhooks that no story waits for and that are judged, at most.
const UNASKED_MAX: usize = 1000;

/// What must stand in a body, resolved.
type States = Vec<(&'static str, Option<Value>)>;

impl<F: FnMut(Progress<'_>)> Player<'_, F> {
    /// Waits for the webhooks that a step sets off, in both worlds, and judges them.
    pub(super) async fn play_arrivals(
        &mut self,
        scene: &Scene<'_>,
        place: Place<'_>,
        step: &'static Step,
        call: &Call<'_>,
    ) -> Result<(), Stop> {
        let mut last = None;
        for arrival in &step.arrivals {
            let unknown = || Stop(format!("the contract has no webhook `{}`", arrival.webhook));
            let webhook = self.contract.webhook(arrival.webhook).ok_or_else(unknown)?;
            let predicted = self.model_sends(webhook, &states(arrival, &scene.model)?);
            if predicted.is_none() && self.options.readings.chosen().is_empty() {
                let id = arrival.webhook;
                return Err(Stop(format!("the simulator does not send `{id}` as the story expects")));
            }
            let (Some(_), true) = (predicted, self.options.inbox.is_some()) else {
                self.report.arrivals_skipped += 1;
                // What follows from the webhook's cause takes the server as long as the simulator.
                tokio::time::sleep(predicted.unwrap_or_default().min(self.options.arrival_patience)).await;
                continue;
            };
            let states = states(arrival, &scene.server)?;
            let found = self.await_webhook(webhook, &states).await;
            self.conclude_arrival(place, webhook, &states, call, found, last);
            last = found.or(last);
        }
        Ok(())
    }

    /// After how much of its time the simulator sends this webhook; `None` where it does not.
    fn model_sends(&mut self, webhook: &WebhookDeclaration, states: &States) -> Option<Duration> {
        let sends = |id: &str, body: &Value| id == webhook.spec.id && hold(body, states);
        for look in 0..LOOKS_MAX {
            if self.worlds.model.take_sent(sends) {
                return Some(LOOK_EVERY * look);
            }
            self.worlds.model.wait(milliseconds(LOOK_MILLISECONDS));
        }
        None
    }

    /// The place among all that was received of a webhook that no story has waited for yet.
    async fn await_webhook(&mut self, webhook: &WebhookDeclaration, states: &States) -> Option<usize> {
        let patience = if self.missed < SILENCE_MAX { self.options.arrival_patience } else { SHORT_PATIENCE };
        let inbox = self.options.inbox.as_ref()?;
        let (received, postmaster) = (&mut self.received, &self.postmaster);
        let looks = async {
            loop {
                let found = received.iter().position(|known| is_meant(known, webhook, states));
                if found.is_some() {
                    return found;
                }
                received.push(postmaster.take(inbox.next().await?));
            }
        };
        timeout(patience, looks).await.ok().flatten()
    }

    /// Judges the webhook at a place of all that was received, or says that it did not come.
    fn conclude_arrival(
        &mut self,
        place: Place<'_>,
        webhook: &'static WebhookDeclaration,
        states: &States,
        call: &Call<'_>,
        found: Option<usize>,
        last: Option<usize>,
    ) {
        let id = webhook.spec.id;
        let change = format!("webhook {id}");
        let place = Place { change: Some(&change), ..place };
        self.report.arrivals_tested += 1;
        let delivered = found.and_then(|found| self.received.get_mut(found));
        let Some(delivered) = delivered else {
            self.missed += 1;
            let difference = Difference {
                rule: Rule::WebhookMissing,
                pointer: None,
                expected: format!("the webhook {id} within {} s", self.options.arrival_patience.as_secs()),
                actual: "it did not arrive".to_owned(),
            };
            let missing = Complaint { difference, origin: Origin::of_webhook(webhook) };
            let curl = self.request(call).map(|request| self.worlds.curl(&request)).unwrap_or_default();
            return self.conclude_as(place, None, &curl, vec![missing]);
        };
        self.missed = 0;
        delivered.awaited = true;
        self.ledger.webhook(id);
        let redaction = &self.worlds.redaction;
        let mut complaints = self.postmaster.complaints(delivered, &self.worlds.webhook_key, redaction);
        let named: Vec<Option<String>> =
            complaints.iter().map(|complaint| complaint.difference.pointer.clone()).collect();
        let said = self.postmaster.states(delivered, states, redaction).into_iter();
        complaints.extend(said.filter(|complaint| !named.contains(&complaint.difference.pointer)));
        if found < last {
            let difference = Difference {
                rule: Rule::WebhookOrder,
                pointer: None,
                expected: format!("{id} after the webhook before it"),
                actual: "it arrived first".to_owned(),
            };
            complaints.push(Complaint { difference, origin: Origin::of_webhook(webhook) });
        }
        let curl = if complaints.is_empty() { String::new() } else { delivered.curl(redaction) };
        self.conclude_as(place, None, &curl, complaints);
    }

    /// Judges what arrived and no story has waited for, and says what was not tested.
    pub(super) async fn play_unasked(&mut self) {
        let skipped = self.report.arrivals_skipped;
        if skipped > 0 {
            let why = match self.options.inbox {
                None => "there is nowhere to receive them",
                Some(_) => "under these readings the simulator does not send them",
            };
            self.report
                .notes
                .push(format!("{skipped} webhooks that stories wait for were not tested: {why}"));
        }
        let Some(inbox) = &self.options.inbox else { return };
        while self.received.len() < UNASKED_MAX
            && let Ok(Some(next)) = timeout(QUIET, inbox.next()).await
        {
            self.received.push(self.postmaster.take(next));
        }
        for delivered in std::mem::take(&mut self.received).into_iter().filter(|known| !known.awaited) {
            let id = delivered.webhook.map_or("unknown", |webhook| webhook.spec.id);
            let change = format!("webhook {id} that no story waits for");
            let place = Place { story: None, step: None, change: Some(&change), operation: None };
            let redaction = &self.worlds.redaction;
            let complaints = self.postmaster.complaints(&delivered, &self.worlds.webhook_key, redaction);
            let curl = if complaints.is_empty() { String::new() } else { delivered.curl(redaction) };
            self.conclude_as(place, None, &curl, complaints);
        }
    }
}

/// What an arrival's body must hold, with the names of one world resolved.
fn states(arrival: &Arrival, names: &Names) -> Result<States, Stop> {
    let states = arrival.states.iter().map(|(pointer, value)| {
        let value = value.as_ref().map(|value| names.value(value)).transpose();
        Ok((*pointer, value.map_err(|name| Stop(format!("no step before it captured `{}`", name.0)))?))
    });
    states.collect()
}

/// Whether a webhook that was received is the one that a story waits for: it is of this kind, no other step has
/// waited for it, and it says the same about the request that it belongs to.
fn is_meant(delivered: &Delivered, webhook: &WebhookDeclaration, states: &States) -> bool {
    let same_kind = delivered.webhook.is_some_and(|known| known.spec.id == webhook.spec.id);
    let about_request = |pointer: &str| {
        let path = pointer.trim_start_matches('/').replace('/', ".");
        webhook.spec.request.contains(&path.as_str())
    };
    let body = delivered.body.as_ref();
    same_kind
        && !delivered.awaited
        && states
            .iter()
            .filter(|(pointer, _)| about_request(pointer))
            .all(|(pointer, value)| body.and_then(|body| body.pointer(pointer)) == value.as_ref())
}

/// Whether all of this holds of a body.
fn hold(body: &Value, states: &States) -> bool {
    states.iter().all(|(pointer, value)| body.pointer(pointer) == value.as_ref())
}
