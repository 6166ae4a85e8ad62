//! What a correct receiver thinks of a request.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Mutex, PoisonError},
};

use estoppel_contract::{Checker, SignatureEncoding, Signing, Violation, hmac_sha256};
use estoppel_replay_server::ReceivedRequest;
use estoppel_verifier::signature::{Mistake, SignatureVerdict, SignedBody};
use serde_json::Value;

use crate::{Failure, commands::webhook::sender_side::SenderSide};

/// Bodies that are remembered, to know them again.
const REMEMBERED_MAX: usize = 100_000;

/// Characters that are shown of a request's identifier.
const SHOWN_MAX: usize = 64;

/// Knows what a delivery has to be, and which there were.
pub(super) struct Inspector {
    webhooks: Vec<KnownWebhook>,
    signing: Option<Signing>,
    encoding: SignatureEncoding,
    key: String,
    /// Digests of bodies.
    seen: Mutex<BTreeSet<[u8; 32]>>,
}

struct KnownWebhook {
    id: &'static str,
    event: Option<(&'static str, &'static str)>,
    request: &'static [&'static str],
    checker: Checker,
}

/// What is wrong with a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no POST.
    Method(String),
    /// Its body is no JSON object.
    NotJson,
    /// It is no webhook of the API.
    UnknownWebhook,
    /// Its body breaks the schema.
    Schema(Vec<Violation>),
    /// Its signature does not hold.
    Signature(Vec<Mistake>),
}

/// What a correct receiver thinks of a request.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    webhook: Option<&'static str>,
    request: Option<String>,
    faults: Vec<Fault>,
    repeated: bool,
}

impl Inspector {
    /// An inspector of what this API sends.
    pub(super) fn new(side: &SenderSide) -> Result<Self, Failure> {
        let webhooks = side.contract.webhooks.iter().map(|webhook| {
            let checker = side.contract.checker(&webhook.payload).map_err(|error| {
                Failure::new(format!("the schema of {} cannot be used: {error}", webhook.spec.id))
            })?;
            let spec = webhook.spec;
            Ok(KnownWebhook { id: spec.id, event: spec.event, request: spec.request, checker })
        });
        Ok(Self {
            webhooks: webhooks.collect::<Result<_, Failure>>()?,
            signing: side.rules.signing,
            encoding: side.settings.encoding,
            key: side.settings.key.to_string(),
            seen: Mutex::default(),
        })
    }

    /// Judges a request, and remembers it. Requests are judged at the same time: only what is remembered is locked.
    pub(super) fn inspect(&self, request: &ReceivedRequest) -> Verdict {
        let mut faults = Vec::new();
        if request.method != "POST" {
            faults.push(Fault::Method(request.method.to_string()));
        }
        let body = serde_json::from_slice::<Value>(&request.body).ok().filter(Value::is_object);
        let webhook = body.as_ref().and_then(|body| self.webhook_of(body));
        match (&body, webhook) {
            (None, _) => faults.push(Fault::NotJson),
            (Some(_), None) => faults.push(Fault::UnknownWebhook),
            (Some(body), Some(webhook)) => {
                let violations = webhook.checker.check(body);
                if !violations.is_empty() {
                    faults.push(Fault::Schema(violations));
                }
            }
        }
        if let Some(signing) = self.signing {
            let signed = SignedBody {
                signing: &signing,
                encoding: self.encoding,
                key: &self.key,
                body: &request.body,
                header: request.headers.get(signing.header).map(http::HeaderValue::as_bytes),
                suffix: None,
            };
            if let SignatureVerdict::Broken(diagnosis) = signed.judge() {
                faults.push(Fault::Signature(diagnosis.mistakes));
            }
        }
        let about = webhook.zip(body.as_ref()).and_then(|(webhook, body)| {
            let value = webhook.request.iter().find_map(|member| body.get(*member))?;
            Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        });
        let webhook = webhook.map(|webhook| webhook.id);
        let repeated = !self.remember(&request.body);
        Verdict { webhook, request: about, faults, repeated }
    }

    /// The webhook that a body is of: the one that its event names, or the only one without an event.
    fn webhook_of(&self, body: &Value) -> Option<&KnownWebhook> {
        let is_of = |webhook: &&KnownWebhook| {
            webhook.event.is_none_or(|(member, word)| body.get(member).and_then(Value::as_str) == Some(word))
        };
        let mut candidates = self.webhooks.iter().filter(is_of);
        let first = candidates.next()?;
        Some(
            std::iter::once(first)
                .chain(candidates)
                .find(|webhook| webhook.checker.accepts(body))
                .unwrap_or(first),
        )
    }

    /// Remembers a body; says whether it is new.
    fn remember(&self, body: &[u8]) -> bool {
        let digest = hmac_sha256("", &[body]);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= REMEMBERED_MAX {
            return !seen.contains(&digest);
        }
        seen.insert(digest)
    }
}

impl Verdict {
    /// Whether nothing is wrong.
    pub(super) const fn is_right(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether the same body has come before. That is no fault: a sender may send again.
    pub(super) const fn is_repeated(&self) -> bool {
        self.repeated
    }

    /// The status that refuses it.
    pub(super) fn refusal(&self) -> u16 {
        let status = |fault: &Fault| match fault {
            Fault::Method(_) => 405,
            Fault::Signature(_) => 401,
            Fault::NotJson | Fault::UnknownWebhook | Fault::Schema(_) => 400,
        };
        self.faults.iter().map(status).max().unwrap_or(400)
    }
}

/// `payoffResult 5d1c…: right`, on one line.
impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request: String = self.request.as_deref().unwrap_or("-").chars().take(SHOWN_MAX).collect();
        // What came may hold anything, also what moves a terminal.
        write!(formatter, "{} {}: ", self.webhook.unwrap_or("(unknown)"), request.escape_debug())?;
        if self.faults.is_empty() {
            formatter.write_str("right")?;
        }
        for (place, fault) in self.faults.iter().enumerate() {
            formatter.write_str(if place == 0 { "wrong: " } else { "; " })?;
            write!(formatter, "{fault}")?;
        }
        if self.repeated {
            formatter.write_str(", the same as one before")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => write!(formatter, "a {method}, not a POST"),
            Self::NotJson => formatter.write_str("its body is no JSON object"),
            Self::UnknownWebhook => formatter.write_str("it is no webhook of this API"),
            Self::Schema(violations) => {
                let told = violations.iter().map(|violation| {
                    let Violation { pointer, expected, actual, .. } = violation;
                    let pointer = pointer.to_string();
                    format!("{}: expected {expected}, found {actual}", pointer.escape_debug())
                });
                formatter.write_str(&told.collect::<Vec<_>>().join("; "))
            }
            Self::Signature(mistakes) => {
                let told = mistakes.iter().map(|mistake| format!("{mistake} [{}]", mistake.id()));
                formatter.write_str(&told.collect::<Vec<_>>().join("; "))
            }
        }
    }
}
