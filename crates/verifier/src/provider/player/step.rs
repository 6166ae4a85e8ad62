//! One step of a story, in both worlds.

use std::time::Duration;

use estoppel_contract::{Availability, Expectation, Protocol, Step};
use estoppel_simulator::{Outcome as Ending, Verdict};
use serde_json::Value;

use super::{Place, Player, Scene, Stop, milliseconds, needs_token};
use crate::{
    Progress, Rule,
    provider::{
        call::{Call, ForeignUrl, Reply, Request},
        comparison::Difference,
        declared::{Declared, contradiction},
        judgement::{Complaint, Expected},
        names::UnknownName,
        origin::Origin,
        server::NoReply,
        worlds::Worlds,
    },
};

/// A member that no contract names.
const UNKNOWN_MEMBER: &str = "estoppelUnknownMember";
/// Time between two looks at a server that an effect is waited for on.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Looks at the simulator, a tenth of a second apart, until an effect must be there.
pub(super) const LOOKS_MAX: u32 = 600;

/// Whether a call is sent with a member that no contract names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// It is, where it has a body.
    Added,
    /// It is not.
    Left,
}

/// What must come back of a call.
struct Forecast {
    reply: Reply,
    verdict: Verdict,
    by: By,
}

/// Who says what must come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The story and the simulator, which agree.
    Story,
    /// The simulator alone, under readings that the story does not know.
    Readings,
}

impl<F: FnMut(Progress<'_>)> Player<'_, F> {
    /// Plays the call of a step, judges the reply, and keeps what the step captures.
    pub(super) async fn play_call(
        &mut self,
        scene: &mut Scene<'_>,
        place: Place<'_>,
        step: &'static Step,
        mut model: Call<'static>,
        mut server: Call<'static>,
        unknown: Unknown,
    ) -> Result<(), Stop> {
        let (plain_model, plain) = (model.clone(), server.clone());
        let mut has_unknown = unknown == Unknown::Added && add_unknown_member(&mut model, &mut server);
        let mut forecast = self.predicted(scene, step, &model)?;
        if has_unknown && forecast.by == By::Readings {
            (has_unknown, model, server) = (false, plain_model, plain.clone());
            forecast = self.predicted(scene, step, &model)?;
        }
        let Forecast { reply, verdict, by } = forecast;
        let operation = model.operation;
        let request = match self.request(&server) {
            Ok(request) => request,
            Err(foreign) => return Err(self.foreign_url(place, step, &plain, &foreign)),
        };
        self.learn_sent(&model, &server);
        let missing = |name: UnknownName| Stop(format!("no step before it captured `{}`", name.0));
        let declared = match by {
            By::Story => Declared::of(step, &scene.server).map_err(missing)?,
            By::Readings => Declared::default(),
        };
        let mut sent = request;
        let mut actual = self.answer(step, &sent, &reply, &declared).await;
        if has_unknown
            && let Ok(answer) = &actual
            && answer.status != reply.status
        {
            let refused = unknown_member_refused(&plain, answer, &self.worlds);
            self.conclude(place, Some(Rule::BodyMemberUnknown), &sent, vec![refused]);
            sent = self.request(&plain).unwrap_or(sent);
            actual = self.answer(step, &sent, &reply, &declared).await;
        }
        let mut complaints = Vec::new();
        let varies = self.varies(step);
        let announced = matches!(operation.spec.availability, Availability::Announced { .. });
        let unknown_route = (self.contract.service.protocol)(&Protocol::UnknownRoute).id;
        let rule =
            (announced && step.expect == Expectation::Refusal(unknown_route)).then_some(Rule::RouteAnnounced);
        match &actual {
            Ok(actual) => {
                self.silence = 0;
                let expected =
                    Expected { operation, reply: &reply, verdict: &verdict, varies: &varies, rule };
                let Worlds { correspondence, redaction, .. } = &mut self.worlds;
                complaints.extend(self.judge.complaints(expected, actual, correspondence, redaction));
                if actual.status == reply.status {
                    add_declared(&mut complaints, declared.differences(actual, redaction), operation);
                }
            }
            Err(no_reply) => complaints.push(self.no_answer(operation, no_reply.clone())),
        }
        self.note(operation.spec.id, verdict.outcome, rule, has_unknown);
        self.conclude(place, None, &sent, complaints);
        let actual = actual.map_err(|no_reply| Stop(no_reply.reason))?;
        capture(scene, step, &reply, &actual)
    }

    /// What the simulator answers. Where the step takes time, time passes until it has what the step declares.
    ///
    /// Stories hold under the default readings. Under others the simulator alone says what must come back.
    fn predicted(
        &mut self,
        scene: &Scene<'_>,
        step: &'static Step,
        call: &Call<'_>,
    ) -> Result<Forecast, Stop> {
        let missing = |name: UnknownName| Stop(format!("no step before it captured `{}`", name.0));
        let declared = Declared::of(step, &scene.model).map_err(missing)?;
        let needs_token = needs_token(call.operation);
        let looks = if step.eventually { LOOKS_MAX } else { 1 };
        let mut problem = "the simulator gives no answer".to_owned();
        let mut last = None;
        for _ in 0..looks {
            let answer = self.worlds.predict(needs_token, |base, proof| call.request(base, proof));
            let Some((reply, verdict)) = answer else { break };
            let differences = declared.differences(&reply, &self.worlds.redaction);
            match (contradiction(call.operation, step, &reply, &verdict), differences.first()) {
                (None, None) => return Ok(Forecast { reply, verdict, by: By::Story }),
                (Some(contradiction), _) => problem = contradiction,
                (None, Some(difference)) => {
                    let at = difference.pointer.as_deref().unwrap_or_default();
                    problem = format!("{} at `{at}`, not {}", difference.actual, difference.expected);
                }
            }
            last = Some(Forecast { reply, verdict, by: By::Readings });
            self.worlds.model.wait(milliseconds(100));
        }
        let by_readings = last.filter(|_| !self.options.readings.chosen().is_empty());
        by_readings.ok_or_else(|| Stop(format!("the simulator does not do what the step expects: {problem}")))
    }

    /// The server's answer. Where the step takes time, the call is repeated until it has what the step declares.
    async fn answer(
        &mut self,
        step: &Step,
        request: &Request,
        expected: &Reply,
        declared: &Declared,
    ) -> Result<Reply, NoReply> {
        let mut reply = self.worlds.server.send(request).await?;
        if !step.eventually {
            return Ok(reply);
        }
        let settled = |reply: &Reply, redaction| {
            reply.status == expected.status && declared.differences(reply, redaction).is_empty()
        };
        let looks = async {
            while !settled(&reply, &self.worlds.redaction) {
                tokio::time::sleep(LOOK_EVERY).await;
                reply = self.worlds.server.send(request).await?;
            }
            Ok(())
        };
        // When patience runs out, the last reply is judged as it is.
        if let Ok(outcome) = tokio::time::timeout(self.options.patience, looks).await {
            outcome?;
        }
        Ok(reply)
    }

    pub(super) fn request(&self, call: &Call<'_>) -> Result<Request, ForeignUrl> {
        self.worlds.to_server(needs_token(call.operation), |base, proof| call.request(base, proof))
    }

    /// A URL of a reply leads to another server: nothing is sent there, least of all the token.
    fn foreign_url(&mut self, place: Place<'_>, step: &Step, call: &Call<'_>, foreign: &ForeignUrl) -> Stop {
        let shown = self.worlds.redaction.text(&foreign.0);
        let difference = Difference {
            rule: Rule::ReplyLink,
            pointer: None,
            expected: format!("a URL below {}", self.worlds.base_url()),
            actual: shown.clone(),
        };
        let origin = Origin::of_operation(call.operation);
        let without_url = Call { url: None, ..call.clone() };
        if let Ok(request) = self.request(&without_url) {
            self.conclude(place, None, &request, vec![Complaint { difference, origin }]);
        }
        Stop(format!("{} leads to another server: {shown}", step.url.as_deref().unwrap_or_default()))
    }

    /// Text that went to both worlds corresponds.
    fn learn_sent(&mut self, model: &Call<'_>, server: &Call<'_>) {
        for ((_, model), (_, server)) in model.parameters.iter().zip(&server.parameters) {
            self.worlds.correspondence.sent(model, server);
        }
        if let (Some(model), Some(server)) = (&model.body, &server.body) {
            self.worlds.correspondence.sent(&model.to_string(), &server.to_string());
        }
        if let (Some(model), Some(server)) = (&model.url, &server.url) {
            self.worlds.correspondence.sent(model, server);
        }
    }

    /// The places of the reply whose values are the server's own.
    fn varies(&self, step: &Step) -> Vec<String> {
        let token = self.worlds.token_member.filter(|(operation, _)| *operation == step.operation);
        step.varies
            .iter()
            .map(|pointer| (*pointer).to_owned())
            .chain(token.map(|(_, name)| format!("/{name}")))
            .collect()
    }

    fn note(&mut self, operation: &'static str, ending: Ending, rule: Option<Rule>, has_unknown: bool) {
        match ending {
            Ending::Served => self.ledger.success(operation),
            Ending::Refused(notice) | Ending::Faulty(notice) => self.ledger.refusal(operation, notice),
            // The model has no such limits.
            Ending::Exhausted(_) => {}
        }
        if let Some(rule) = rule {
            self.ledger.rule(operation, rule);
        }
        if has_unknown {
            self.ledger.rule(operation, Rule::BodyMemberUnknown);
        }
    }
}

/// Adds a member that no contract names, where there is a body to add it to.
fn add_unknown_member<'c>(model: &mut Call<'c>, server: &mut Call<'c>) -> bool {
    let mut added = false;
    for call in [model, server] {
        if let Some(members) = call.body.as_mut().and_then(Value::as_object_mut) {
            members.insert(UNKNOWN_MEMBER.to_owned(), Value::Bool(true));
            added = true;
        }
    }
    added
}

fn unknown_member_refused(call: &Call<'_>, answer: &Reply, worlds: &Worlds) -> Complaint {
    let difference = Difference {
        rule: Rule::BodyMemberUnknown,
        pointer: None,
        expected: format!("`{UNKNOWN_MEMBER}` ignored"),
        actual: answer.shown(&worlds.redaction),
    };
    Complaint { difference, origin: Origin::of_operation(call.operation) }
}

/// Adds what the story declares and the comparison has not already found at the same place.
fn add_declared(
    complaints: &mut Vec<Complaint>,
    differences: Vec<Difference>,
    operation: &estoppel_contract::Operation,
) {
    for difference in differences {
        let known = complaints.iter().map(|complaint| &complaint.difference).any(|known| {
            let same_rule = known.rule == difference.rule || difference.rule == Rule::StoryState;
            same_rule && known.pointer == difference.pointer
        });
        if !known {
            complaints.push(Complaint { difference, origin: Origin::of_operation(operation) });
        }
    }
}

/// Keeps what the step captures, in both worlds.
fn capture(scene: &mut Scene<'_>, step: &Step, model: &Reply, server: &Reply) -> Result<(), Stop> {
    if step.captures.is_empty() {
        return Ok(());
    }
    let (model, server) = (model.json().unwrap_or_default(), server.json().unwrap_or_default());
    for (name, pointer) in &step.captures {
        match (model.pointer(pointer), server.pointer(pointer)) {
            (Some(model), Some(server)) => {
                scene.model.keep(name, model.clone());
                scene.server.keep(name, server.clone());
            }
            (None, _) => return Err(Stop(format!("the simulator's reply has nothing at `{pointer}`"))),
            (Some(_), None) => {
                return Err(Stop(format!("the reply has nothing at `{pointer}` to go on with")));
            }
        }
    }
    Ok(())
}
