//! The session that a scene is played in, and what is seen of it.

use estoppel_contract::{Authentication, Contract, Step};
use estoppel_simulator::{
    Answer, AttemptOutcome, Clock, Delivery, DeliveryState, EndpointState, NewEndpoint, Parcel, RawCall,
    Session, SessionLimits, SessionOptions,
};
use estoppel_verifier::{Names, UnknownName};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{call::raw_call, gate::Passage, script::Script};
use crate::{Failure, commands::webhook::sender_side::SenderSide};

/// The API's place in the session: it is alone.
const API: usize = 0;
/// When every scene begins: 1 January 2026.
const BEGIN_SECONDS: i64 = 1_767_225_600;

/// The session that a scene is played in.
pub(super) struct Stage<'d> {
    side: &'d SenderSide,
    session: Session,
    script: Script,
    names: Names,
    token: String,
    begin: Timestamp,
    /// The calls that asked for something, in order.
    asked: Vec<Asked>,
    /// The name of the request of every delivery that went out, in order.
    sent: Vec<String>,
}

/// A call that asked for something.
#[derive(Clone, Debug)]
struct Asked {
    /// What the call captured, by name: one of it is the request's identifier.
    captured: Vec<(&'static str, String)>,
    /// What becomes of its delivery.
    passage: Passage,
}

impl Asked {
    /// Whether a delivery is about it.
    fn is_about(&self, request: &str) -> bool {
        self.captured.iter().any(|(_, value)| value == request)
    }

    /// How to name it.
    fn name(&self) -> &str {
        self.captured.first().map_or("a request without a name", |(_, value)| value.as_str())
    }
}

impl<'d> Stage<'d> {
    /// A fresh session with this receiver, in which the calls that come first have been made.
    pub(super) fn set(
        side: &'d SenderSide,
        receiver: &str,
        headers: &[(String, String)],
        seed: u64,
    ) -> Result<Self, Failure> {
        let begin = Timestamp::from_second(BEGIN_SECONDS).unwrap_or(Timestamp::UNIX_EPOCH);
        let endpoint =
            NewEndpoint { api: side.contract.name(), url: receiver.to_owned(), headers: headers.to_vec() };
        let options = SessionOptions {
            name: "drill".to_owned(),
            seed,
            clock: Clock::Frozen(begin),
            readings: side.readings.clone(),
            base_url: "http://drill.invalid".to_owned(),
            limits: SessionLimits::default(),
            webhooks: vec![endpoint],
        };
        let mut stage = Self {
            side,
            session: Session::new(&[side.simulation], options, begin),
            script: Script::of(side.contract, &side.readings)?,
            names: Names::default(),
            token: String::new(),
            begin,
            asked: Vec::new(),
            sent: Vec::new(),
        };
        stage.token = stage.log_in()?;
        for step in stage.script.before {
            let answer = stage.play(step)?;
            if !answer.status.is_success() {
                return Err(Failure::new(format!("{} is answered with {}", step.operation, answer.status)));
            }
        }
        Ok(stage)
    }

    /// The secret that proves who calls.
    fn log_in(&mut self) -> Result<String, Failure> {
        match self.side.contract.service.authentication {
            Authentication::Secret { test_secret, .. } => Ok(test_secret.to_owned()),
            Authentication::ClientCredentials {
                operation,
                client_id,
                secret,
                token,
                test_client_id,
                test_secret,
            } => {
                let body = json!({client_id: test_client_id, secret: test_secret});
                let answer = self.play(&Step::call(operation).body(body))?;
                let reply: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                let token = reply.get(token).and_then(Value::as_str);
                token.map(str::to_owned).ok_or_else(|| Failure::new(format!("{operation} gives no token")))
            }
        }
    }

    /// What time it is, on the session's clock, from the scene's beginning.
    pub(super) fn elapsed(&self) -> SignedDuration {
        self.session.now(self.begin).duration_since(self.begin)
    }

    /// The name of the operation that asks for something.
    pub(super) const fn asking_operation(&self) -> &'static str {
        self.script.asks.operation
    }

    /// Makes the call that something arrives because of; gives its answer.
    pub(super) fn ask(&mut self) -> Result<Answer, Failure> {
        self.play(self.script.asks)
    }

    /// Makes the call that something arrives because of; gives the request's name. What is delivered of it passes so.
    pub(super) fn ask_successfully(&mut self, passage: Passage) -> Result<String, Failure> {
        let answer = self.ask()?;
        if !answer.status.is_success() {
            let line = format!("{} is answered with {}", self.asking_operation(), answer.status);
            return Err(Failure::new(line));
        }
        let names = self.script.asks.captures.iter();
        let captured =
            names.filter_map(|(name, _)| Some((*name, self.names.text(&format!("{{{name}}}")).ok()?)));
        let asked = Asked { captured: captured.collect(), passage };
        let name = asked.name().to_owned();
        self.asked.push(asked);
        Ok(name)
    }

    fn play(&mut self, step: &Step) -> Result<Answer, Failure> {
        let call = self.call(step)?;
        let answer = self.session.call(API, &call, self.begin);
        let answer = answer.ok_or_else(|| Failure::new("the session does not run the API"))?;
        if answer.status.is_success() {
            let reply: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            for (name, pointer) in &step.captures {
                if let Some(value) = reply.pointer(pointer) {
                    self.names.keep(name, value.clone());
                }
            }
        }
        Ok(answer)
    }

    fn call(&self, step: &Step) -> Result<RawCall, Failure> {
        let unknown = |error: UnknownName| Failure::new(error.to_string());
        let contract: &Contract = self.side.contract;
        let operation = contract.operation(step.operation);
        let operation =
            operation.ok_or_else(|| Failure::new(format!("there is no operation `{}`", step.operation)))?;
        let mut values = Vec::new();
        for (name, template) in &step.parameters {
            values.push((*name, self.names.text(template).map_err(unknown)?));
        }
        let in_path: Vec<&str> = operation.path.parameters().collect();
        let value =
            |name: &str| values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        let mut target = operation.path.expand(value);
        let rest = values.iter().filter(|(name, _)| !in_path.contains(name));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).finish();
        if !query.is_empty() {
            target = format!("{target}?{query}");
        }
        let body = step.body.as_ref().map(|body| self.names.value(body)).transpose().map_err(unknown)?;
        raw_call(operation.spec.method.as_str(), &target, body.as_ref(), &self.credentials())
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("authorization", format!("Bearer {}", self.token))];
        if let Authentication::Secret { headers: further, .. } = self.side.contract.service.authentication {
            headers.extend(further.iter().map(|header| (header.name, header.test_value.to_owned())));
        }
        headers
    }

    /// What a delivery tells, in a few words, and what becomes of it.
    pub(super) fn about(&self, delivery: u64) -> (String, Passage) {
        let Some(delivery) = self.session.outbox().delivery(delivery) else {
            return ("an unknown delivery".to_owned(), Passage::Through);
        };
        let asked = self.asked.iter().find(|asked| asked.is_about(&delivery.request));
        let passage = asked.map_or(Passage::Through, |asked| asked.passage);
        (format!("{} of {}", delivery.webhook, delivery.request), passage)
    }

    /// What became of every request whose result was not delivered, and what the API's controls tell of it.
    pub(super) fn losses(&mut self) -> Vec<String> {
        let asked: Vec<Asked> = self.lost_requests().cloned().collect();
        let line = |asked: &Asked| {
            let delivery = self.delivery_of(asked).map_or("never sent", |delivery| delivery.state.as_str());
            let told = self.told_of(asked);
            let state = told.map(|told| format!("; {told}")).unwrap_or_default();
            format!("{}: {delivery}{state}", asked.name())
        };
        asked.iter().map(line).collect()
    }

    /// The names of the requests whose result was not delivered.
    pub(super) fn lost(&self) -> Vec<String> {
        self.lost_requests().map(|asked| asked.name().to_owned()).collect()
    }

    /// The name of the request that was made last.
    pub(super) fn newest(&self) -> Option<&str> {
        self.asked.last().map(Asked::name)
    }

    fn lost_requests(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(|asked| {
            self.delivery_of(asked).is_none_or(|delivery| delivery.state != DeliveryState::Delivered)
        })
    }

    fn delivery_of(&self, asked: &Asked) -> Option<&Delivery> {
        self.session.outbox().deliveries().rev().find(|delivery| asked.is_about(&delivery.request))
    }

    /// What the API's controls tell about something that was asked for, where they tell anything.
    fn told_of(&mut self, asked: &Asked) -> Option<Value> {
        let controls = self.side.simulation.controls();
        let known = |name: &str| asked.captured.iter().find(|(known, _)| *known == name);
        let control = controls.operations.iter().find(|control| {
            let mut parameters = control.path.parameters();
            control.spec.method.as_str() == "GET"
                && control.path.parameters().next().is_some()
                && parameters.all(|name| known(name).is_some())
        })?;
        let target = control.path.expand(|name| known(name).map_or("", |(_, value)| value.as_str()));
        let call = raw_call("GET", &target, None, &self.credentials()).ok()?;
        let answer = self.session.control(API, &call, self.begin)?;
        serde_json::from_slice(&answer.body).ok().filter(|_| answer.status.is_success())
    }

    /// Moves the clock.
    pub(super) fn advance(&mut self, to: Timestamp) -> Result<(), Failure> {
        let events = self.session.advance(to, self.begin);
        events.map(drop).map_err(|error| Failure::new(error.to_string()))
    }

    /// When the next thing is due.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.session.next_due()
    }

    /// The time on the session's clock.
    pub(super) fn now(&self) -> Timestamp {
        self.session.now(self.begin)
    }

    /// The next delivery that is due, signed with the key that was given.
    pub(super) fn take(&mut self) -> Option<Parcel> {
        let mut parcel = self.session.take_parcels(1, self.begin).pop()?;
        let Some(delivery) = self.session.outbox().delivery(parcel.delivery) else { return Some(parcel) };
        let asked = self.asked.iter().find(|asked| asked.is_about(&delivery.request));
        self.sent.push(asked.map_or(&*delivery.request, Asked::name).to_owned());
        if let Some(signing) = self.side.rules.signing {
            let settings = &self.side.settings;
            let signature = signing.sign(&settings.key, &parcel.body, &delivery.request, settings.encoding);
            for (_, value) in parcel.headers.iter_mut().filter(|(name, _)| name == signing.header) {
                signature.clone_into(value);
            }
        }
        Some(parcel)
    }

    /// The name of the request of every delivery that went out, in order.
    pub(super) fn sent(&self) -> &[String] {
        &self.sent
    }

    /// Notes how a delivery ended.
    pub(super) fn settle(&mut self, delivery: u64, outcome: AttemptOutcome) {
        self.session.settle(delivery, outcome, self.begin);
    }

    /// How many deliveries are in this state.
    pub(super) fn deliveries_in(&self, state: DeliveryState) -> usize {
        self.session.outbox().deliveries().filter(|delivery| delivery.state == state).count()
    }

    /// How many deliveries there have been.
    pub(super) fn deliveries(&self) -> usize {
        self.session.outbox().deliveries().count()
    }

    /// Why the webhook is deactivated, if it is.
    pub(super) fn deactivated(&self) -> Option<String> {
        self.session.outbox().endpoints().find_map(|endpoint| match &endpoint.state {
            EndpointState::Enabled => None,
            EndpointState::Deactivated { reason, .. } => Some(reason.clone()),
        })
    }

    /// Does what the vendor's own interface does: the webhook is served again.
    pub(super) fn enable(&mut self) {
        self.session.enable_webhooks(API, self.begin);
    }
}
