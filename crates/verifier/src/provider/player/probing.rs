//! Calls with one thing wrong, in both worlds.

use estoppel_contract::Auth;
use estoppel_simulator::Outcome as Ending;

use super::{Place, Player, SILENCE_MAX, Stop, needs_token};
use crate::{
    Progress, Rule, Skipped,
    provider::{
        call::{Call, ForeignUrl},
        judgement::Expected,
        probe::{Probe, route_probes},
        worlds::Worlds,
    },
};

impl<F: FnMut(Progress<'_>)> Player<'_, F> {
    /// Paths that do not exist, with any operation's method and token.
    pub(super) async fn probe_routes(&mut self) {
        let Some(operation) =
            self.contract.operations.iter().find(|operation| operation.spec.auth != Auth::None)
        else {
            return;
        };
        let call = Call { operation, parameters: Vec::new(), body: None, url: None };
        for probe in route_probes(self.contract) {
            let place = Place { story: None, step: None, change: None, operation: None };
            if self.play_probe(place, &probe, &call, &call).await.is_err() {
                return;
            }
        }
    }

    /// One call with one thing wrong.
    pub(super) async fn play_probe(
        &mut self,
        place: Place<'_>,
        probe: &Probe,
        model: &Call<'_>,
        server: &Call<'_>,
    ) -> Result<(), Stop> {
        let place = Place { change: Some(&probe.name), ..place };
        let operation = model.operation;
        let foreign = |url: ForeignUrl| Stop(format!("{} leads elsewhere", url.0));
        let needs_token = needs_token(operation);
        let request = self.worlds.to_server(needs_token, |base, proof| probe.request(server, base, proof));
        let request = request.map_err(foreign)?;
        let predicted = self.worlds.predict(needs_token, |base, proof| probe.request(model, base, proof));
        let wanted = (self.contract.service.protocol)(&probe.fault).id;
        let Some((reply, verdict)) =
            predicted.filter(|(_, verdict)| verdict.outcome == Ending::Faulty(wanted))
        else {
            self.report.skipped.push(Skipped {
                story: place.story.unwrap_or_default().to_owned(),
                step: place.step.unwrap_or_default(),
                reason: format!(
                    "{} {}: the simulator does not answer {wanted}",
                    operation.spec.id, probe.name
                ),
            });
            return Ok(());
        };
        let complaints = match self.worlds.server.send(&request).await {
            Ok(actual) => {
                self.silence = 0;
                let expected = Expected {
                    operation,
                    reply: &reply,
                    verdict: &verdict,
                    varies: &[],
                    rule: Some(probe.rule),
                };
                let Worlds { correspondence, redaction, .. } = &mut self.worlds;
                self.judge.complaints(expected, &actual, correspondence, redaction)
            }
            Err(no_reply) => vec![self.no_answer(operation, no_reply)],
        };
        self.ledger.refusal(operation.spec.id, wanted);
        self.ledger.rule(operation.spec.id, probe.rule);
        if probe.rule == Rule::MethodNotAllowed {
            self.ledger.rule(operation.spec.id, Rule::MethodAllow);
        }
        self.conclude(place, Some(probe.rule), &request, complaints);
        if self.silence >= SILENCE_MAX {
            Err(Stop("the server no longer answers".to_owned()))
        } else {
            Ok(())
        }
    }
}
