//! Sends deliveries, judges the answers, and keeps the report.

mod judging;
mod scope;

use std::{collections::BTreeSet, time::Duration};

use bytes::Bytes;
use estoppel_contract::{Contract, DeliveryRules, Signing};
use estoppel_simulator::shown_url;
use http::{HeaderName, HeaderValue, Method};
use serde_json::{Map, Value};

use super::{
    NotRun, ReceiverError, ReceiverOptions, ReceiverReport,
    dialect::{self, Dialect},
    letter::Letter,
    payload::{Payloads, invented_request, written},
    wire::{Ending, Request, Wire, content_type},
};
use crate::{Check, Outcome, Rule, redaction::Redaction};
pub(super) use judging::{Case, GONE};
use scope::{FOR_ACCEPTING_RECEIVERS, FOR_SIGNED_DELIVERIES, selected};

/// Connections in a row that fail before the receiver is taken to be gone.
const UNREACHABLE_MAX: u32 = 3;

/// Sends deliveries, judges the answers, and keeps the report.
pub(super) struct Examiner<'o, P> {
    pub(super) options: &'o ReceiverOptions,
    pub(super) rules: DeliveryRules,
    pub(super) wire: Wire,
    redaction: Redaction,
    /// How this receiver wants deliveries signed, where the API signs them.
    dialect: Option<Dialect>,
    /// The status with which it accepts, where that is a success but not the right one.
    accepts_with: Option<u16>,
    /// Rules that it has been held to.
    tried: BTreeSet<Rule>,
    requests_made: u64,
    /// Connections in a row that failed.
    unreachable: u32,
    pub(super) report: ReceiverReport,
    progress: P,
}

impl<'o, P: FnMut(&Check)> Examiner<'o, P> {
    /// An examiner with an empty report.
    pub(super) fn begin(
        contract: &Contract,
        options: &'o ReceiverOptions,
        progress: P,
    ) -> Result<Self, ReceiverError> {
        let no_webhooks = || ReceiverError::NoWebhooks(contract.name().to_owned());
        let rules = contract.service.deliveries.ok_or_else(no_webhooks)?;
        let mut redaction = Redaction::of_contract(contract, options.personal_data);
        redaction.hide(&options.key, "$KEY");
        for (name, value) in &options.headers {
            let fits = name.parse::<HeaderName>().is_ok() && HeaderValue::from_str(value).is_ok();
            if !fits {
                return Err(ReceiverError::Header(name.clone()));
            }
            redaction.hide(value, "$HEADER");
        }
        let report = ReceiverReport {
            api: contract.name().to_owned(),
            url: shown_url(&options.url),
            timeout_milliseconds: milliseconds(options.timeout),
            ..ReceiverReport::default()
        };
        Ok(Self {
            options,
            rules,
            wire: Wire::new(&options.url, options.timeout)?,
            redaction,
            dialect: rules.signing.map(|_| Dialect::right(options.encoding.into())),
            accepts_with: None,
            tried: BTreeSet::new(),
            requests_made: 0,
            unreachable: 0,
            report,
            progress,
        })
    }

    /// Examines every webhook, then what belongs to the receiver as a whole.
    pub(super) async fn examine(mut self, contract: &Contract) -> Result<ReceiverReport, ReceiverError> {
        let mut whole = None;
        for webhook in selected(contract, self.options.webhook.as_deref())? {
            let payloads = Payloads::of(contract, webhook)
                .map_err(|reason| ReceiverError::NoBody { webhook: webhook.spec.id.to_owned(), reason })?;
            if self.accepts_base(&payloads).await? {
                self.accept_payloads(&payloads).await;
                whole.get_or_insert(payloads);
            }
        }
        match whole {
            Some(payloads) => {
                self.refuse(&payloads).await;
                self.repeat(&payloads).await;
            }
            None => self.skip(
                &FOR_ACCEPTING_RECEIVERS,
                "no valid delivery is accepted, so nothing follows from others",
            ),
        }
        if self.rules.signing.is_none() {
            self.skip(&FOR_SIGNED_DELIVERIES, "this API does not sign its deliveries");
        }
        Ok(self.report)
    }

    /// Whether a plain valid delivery is accepted, if need be signed in the wrong way that this receiver wants.
    async fn accepts_base(&mut self, payloads: &Payloads<'_>) -> Result<bool, ReceiverError> {
        let letter = self.letter(payloads, &payloads.base);
        let case = Case::new(Rule::DeliveryRefused, &letter, "a valid delivery");
        let request = self.signed(&letter);
        let ending = self.send(&request).await;
        if let Ending::NoReply { reason, unreachable: true } = &ending
            && self.report.checks.is_empty()
        {
            let url = shown_url(&self.options.url);
            return Err(ReceiverError::Unreachable { url, reason: reason.clone() });
        }
        match &ending {
            Ending::Answered { status, .. } if (200..300).contains(status) => {
                if self.judge_accepted(&case, &request, &ending) || self.accepts_with.is_some() {
                    return Ok(true);
                }
                self.accepts_with = Some(*status);
                Ok(true)
            }
            Ending::Answered { status, .. } if *status >= 400 => {
                let right = (request, ending);
                Ok(self.accepts_in_a_wrong_way(payloads, &letter, &case, &right).await)
            }
            Ending::NoReply { .. } => {
                let case = Case::new(Rule::DeliveryUnanswered, &letter, "a valid delivery");
                Ok(self.judge_accepted(&case, &request, &ending))
            }
            _ => Ok(self.judge_accepted(&case, &request, &ending)),
        }
    }

    async fn accepts_in_a_wrong_way(
        &mut self,
        payloads: &Payloads<'_>,
        letter: &Letter,
        case: &Case<'_>,
        (right_request, right_ending): &(Request, Ending),
    ) -> bool {
        if let (Some(signing), Some(right)) = (self.rules.signing, self.dialect.clone()) {
            let names =
                payloads.base.iter().filter(|(_, value)| value.is_string()).map(|(name, _)| name.as_str());
            let names: Vec<&str> = names.take(16).collect();
            for wrong in dialect::wrong_ways(&right, &names) {
                let signature = wrong.dialect.sign(&signing, &self.options.key, &letter.body, &letter.suffix);
                let request = self.request(letter, Some(&signature));
                let ending = self.send(&request).await;
                if let Ending::Answered { status, .. } = ending
                    && (200..300).contains(&status)
                {
                    self.fail_in_a_wrong_way(case, wrong.rule, right_request, right_ending, &wrong.wants);
                    self.dialect = Some(wrong.dialect);
                    if !self.rules.success.accepts(status) {
                        self.judge_accepted(case, &request, &ending);
                        self.accepts_with = Some(status);
                    }
                    return true;
                }
            }
        }
        let is_accepted = self.judge_accepted(case, right_request, right_ending);
        if let (Some(_), Some(failure)) = (self.rules.signing, self.report.failures.last_mut()) {
            failure.actual.push_str("; no usual mistake in its signature helps either: look at the key");
        }
        is_accepted
    }

    /// Notes that rules do not apply.
    pub(super) fn skip(&mut self, rules: &[Rule], reason: &str) {
        for rule in rules {
            let is_told = self.report.not_run.iter().any(|skipped| skipped.rule == *rule);
            if !self.tried.contains(rule) && !is_told {
                self.report.not_run.push(NotRun { rule: *rule, reason: reason.to_owned() });
            }
        }
    }

    /// Whether the receiver is gone.
    pub(super) const fn is_gone(&self) -> bool {
        self.unreachable >= UNREACHABLE_MAX
    }

    /// A letter with this body, about a request of its own.
    pub(super) fn letter(&mut self, payloads: &Payloads<'_>, body: &Map<String, Value>) -> Letter {
        let request = self.next_request(payloads.request(body));
        self.letter_about(payloads, body, &request)
    }

    /// A letter with this body, about this request.
    pub(super) fn letter_about(
        &self,
        payloads: &Payloads<'_>,
        body: &Map<String, Value>,
        request: &str,
    ) -> Letter {
        let body = Bytes::from(written(&payloads.for_request(body, request)));
        let suffix = self.rules.signing.and_then(|signing| signing.suffix_of(&body));
        let spec = payloads.webhook.spec;
        Letter {
            webhook: spec.id,
            suffix: suffix.unwrap_or_else(|| request.to_owned()),
            body,
            source: spec.source,
            basis: spec.basis,
        }
    }

    /// The identifier of another request, of the same kind as an example of one.
    pub(super) fn next_request(&mut self, example: Option<&Value>) -> String {
        self.requests_made += 1;
        let number = self.requests_made;
        let known = &self.options.requests;
        let place = usize::try_from(number - 1).unwrap_or_default().checked_rem(known.len());
        if let Some(known) = place.and_then(|place| known.get(place)) {
            return known.clone();
        }
        invented_request(example, self.options.seed, number)
    }

    /// The delivery as the API sends it, or as this receiver wants it signed.
    pub(super) fn signed(&self, letter: &Letter) -> Request {
        let signature = self.signature(letter);
        self.request(letter, signature.as_deref())
    }

    /// The signature that this receiver takes.
    pub(super) fn signature(&self, letter: &Letter) -> Option<String> {
        let (signing, dialect) = (self.rules.signing?, self.dialect.as_ref()?);
        Some(dialect.sign(&signing, &self.options.key, &letter.body, &letter.suffix))
    }

    /// The signature that this receiver takes from another key.
    pub(super) fn signature_by(&self, key: &str, letter: &Letter) -> Option<String> {
        let (signing, dialect) = (self.rules.signing?, self.dialect.as_ref()?);
        Some(dialect.sign(&signing, key, &letter.body, &letter.suffix))
    }

    /// The delivery with this signature, or none.
    pub(super) fn request(&self, letter: &Letter, signature: Option<&str>) -> Request {
        let mut headers = vec![content_type()];
        headers.extend(self.options.headers.iter().filter_map(|(name, value)| {
            Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?))
        }));
        let header = self.rules.signing.map(|signing: Signing| HeaderName::from_static(signing.header));
        let value = signature.and_then(|signature| HeaderValue::from_str(signature).ok());
        headers.extend(header.zip(value));
        Request { method: Method::POST, headers, body: letter.body.clone() }
    }

    /// Sends a request on a connection of its own.
    pub(super) async fn send(&mut self, request: &Request) -> Ending {
        let sent = self.wire.send(request).await;
        self.note(sent)
    }

    /// Keeps count of an answer.
    pub(super) fn note(&mut self, (ending, took): (Ending, Duration)) -> Ending {
        self.report.requests_sent += 1;
        self.unreachable = match ending {
            Ending::NoReply { unreachable: true, .. } => self.unreachable + 1,
            _ => 0,
        };
        if matches!(ending, Ending::Answered { .. }) {
            self.report.slowest_milliseconds = self.report.slowest_milliseconds.max(milliseconds(took));
        }
        ending
    }

    fn checked(&mut self, case: &Case<'_>, rule: Rule, outcome: Outcome) {
        let check = Check {
            name: format!("{}: {}", case.webhook, case.what),
            operation: Some(case.webhook.to_owned()),
            rule: Some(rule),
            outcome,
        };
        (self.progress)(&check);
        self.tried.extend([case.rule, rule]);
        self.report.checks.push(check);
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
