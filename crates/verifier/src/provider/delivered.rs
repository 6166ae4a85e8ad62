//! Whether a webhook that was received is what the contract says.

use std::collections::BTreeMap;

use bytes::Bytes;
use estoppel_contract::{Checker, Contract, SignatureEncoding, WebhookDeclaration};
use serde_json::Value;

use super::{
    call::quoted, comparison::Difference, inbox::ReceivedWebhook, judgement::Complaint, origin::Origin,
};
use crate::{
    Rule,
    redaction::Redaction,
    signature::{SignatureVerdict, SignedBody},
};

/// What a state that does not hold is held against.
const NOTHING: &str = "nothing";

/// Holds webhooks to a contract.
#[derive(Debug)]
pub(super) struct Postmaster {
    contract: &'static Contract,
    checkers: BTreeMap<&'static str, Checker>,
    encoding: SignatureEncoding,
}

/// A webhook that was received, and whether a story has waited for it.
#[derive(Debug)]
pub(super) struct Delivered {
    pub(super) request: ReceivedWebhook,
    /// The body as JSON.
    pub(super) body: Option<Value>,
    /// Which webhook it is, as far as can be told.
    pub(super) webhook: Option<&'static WebhookDeclaration>,
    pub(super) awaited: bool,
}

impl Postmaster {
    /// Signatures are written in `encoding`.
    pub(super) fn new(contract: &'static Contract, encoding: SignatureEncoding) -> Self {
        let checkers = contract
            .webhooks
            .iter()
            .filter_map(|webhook| Some((webhook.spec.id, contract.checker(&webhook.payload).ok()?)));
        Self { contract, checkers: checkers.collect(), encoding }
    }

    /// A webhook that was received, with what can be told of it.
    pub(super) fn take(&self, request: ReceivedWebhook) -> Delivered {
        let body = serde_json::from_slice(&request.body).ok();
        let webhook = body.as_ref().and_then(|body| self.declaration_of(body));
        Delivered { request, body, webhook, awaited: false }
    }

    /// The webhook that a body is most likely meant for: none whose event is another.
    fn declaration_of(&self, body: &Value) -> Option<&'static WebhookDeclaration> {
        let possible = self.contract.webhooks.iter().filter(|webhook| {
            webhook
                .spec
                .event
                .is_none_or(|(member, value)| body.get(member).is_none_or(|found| found == value))
        });
        possible.max_by_key(|webhook| {
            let checker = self.checkers.get(webhook.spec.id);
            let named = webhook.spec.event.is_some_and(|(member, _)| body.get(member).is_some());
            let fits = checker.is_some_and(|checker| checker.accepts(body));
            (named, fits, checker.map_or(0, |checker| shared_members(checker.schema(), body)))
        })
    }

    /// Everything that is wrong with a webhook, whatever a story says of it.
    pub(super) fn complaints(
        &self,
        delivered: &Delivered,
        key: &str,
        redaction: &Redaction,
    ) -> Vec<Complaint> {
        let mut complaints = self.form(delivered);
        complaints.extend(self.signature(delivered, key));
        let Some(body) = &delivered.body else {
            complaints.push(Complaint {
                difference: Difference {
                    rule: Rule::WebhookJson,
                    pointer: None,
                    expected: "a JSON document".to_owned(),
                    actual: redaction.body(&delivered.request.body),
                },
                origin: self.origin(delivered),
            });
            return complaints;
        };
        let Some(webhook) = delivered.webhook else {
            let known = self.contract.webhooks.iter().filter_map(|webhook| webhook.spec.event);
            let known: Vec<String> =
                known.map(|(member, value)| format!("`{member}` is `{value}`")).collect();
            complaints.push(Complaint {
                difference: Difference {
                    rule: Rule::WebhookUnknown,
                    pointer: None,
                    expected: known.join(" or "),
                    actual: redaction.value("", body),
                },
                origin: self.origin(delivered),
            });
            return complaints;
        };
        complaints.extend(self.content(webhook, body, redaction));
        complaints
    }

    fn form(&self, delivered: &Delivered) -> Vec<Complaint> {
        let request = &delivered.request;
        let mut complaints = Vec::new();
        let mut complain = |expected: &str, actual: String| {
            let difference =
                Difference { rule: Rule::WebhookForm, pointer: None, expected: expected.to_owned(), actual };
            complaints.push(Complaint { difference, origin: self.origin(delivered) });
        };
        if request.method != http::Method::POST {
            complain("POST", request.method.to_string());
        }
        let declared = request.header("content-type");
        let media_type = declared.and_then(|value| value.split(';').next()).map(str::trim);
        if !media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json")) {
            complain("application/json", declared.unwrap_or("no content type").to_owned());
        }
        complaints
    }

    /// The signature holds over the exact bytes of the body.
    fn signature(&self, delivered: &Delivered, key: &str) -> Option<Complaint> {
        let signing = self.contract.service.deliveries?.signing?;
        let request = &delivered.request;
        let signed = SignedBody {
            signing: &signing,
            encoding: self.encoding,
            key,
            body: &request.body,
            header: request.headers.get(signing.header).map(http::HeaderValue::as_bytes),
            suffix: None,
        };
        let SignatureVerdict::Broken(diagnosis) = signed.judge() else { return None };
        let mistakes: Vec<String> = diagnosis.mistakes.iter().map(ToString::to_string).collect();
        let header = request.header(signing.header).unwrap_or(NOTHING);
        let expected = signed.expected().unwrap_or_else(|| "a signature".to_owned());
        let difference = Difference {
            rule: Rule::WebhookSignature,
            pointer: None,
            expected: format!("{}: {expected}", signing.header),
            actual: format!("{header} ({})", mistakes.join("; ")),
        };
        let basis = delivered.webhook.map(|webhook| webhook.spec.basis);
        let origin = Origin {
            source: signing.source.to_string(),
            basis: basis.unwrap_or(estoppel_contract::Basis::Documented),
        };
        Some(Complaint { difference, origin })
    }

    /// The guaranteed members are there, and the body keeps its schema.
    fn content(&self, webhook: &WebhookDeclaration, body: &Value, redaction: &Redaction) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        let checker = self.checkers.get(webhook.spec.id);
        let mut missing = Vec::new();
        for path in webhook.spec.guaranteed {
            let pointer = format!("/{}", path.replace('.', "/"));
            if body.pointer(&pointer).is_none() {
                let difference = Difference {
                    rule: Rule::WebhookGuarantee,
                    pointer: Some(pointer.clone()),
                    expected: format!("`{path}`, which is guaranteed"),
                    actual: "no such member".to_owned(),
                };
                complaints.push(Complaint { difference, origin: Origin::of_webhook(webhook) });
                missing.push(pointer);
            }
        }
        for violation in checker.map(|checker| checker.check(body)).unwrap_or_default() {
            let pointer = violation.pointer.to_string();
            if missing.contains(&pointer) {
                continue;
            }
            let shown = body.pointer(&pointer).map(|value| redaction.value(&pointer, value));
            let origin = Origin::of_webhook(webhook).at(checker.map(Checker::schema), &pointer);
            let difference = Difference {
                rule: Rule::WebhookSchema,
                pointer: Some(pointer),
                expected: violation.expected,
                actual: shown.unwrap_or(violation.actual),
            };
            complaints.push(Complaint { difference, origin });
        }
        complaints
    }

    /// What a story says of the webhook and does not hold.
    pub(super) fn states(
        &self,
        delivered: &Delivered,
        states: &[(&'static str, Option<Value>)],
        redaction: &Redaction,
    ) -> Vec<Complaint> {
        let body = delivered.body.as_ref();
        let broken = states.iter().filter_map(|(pointer, expected)| {
            let actual = body.and_then(|body| body.pointer(pointer));
            let shown = |value: Option<&Value>| {
                value.map_or_else(|| NOTHING.to_owned(), |value| redaction.value(pointer, value))
            };
            (actual != expected.as_ref()).then(|| Difference {
                rule: Rule::WebhookState,
                pointer: Some((*pointer).to_owned()),
                expected: shown(expected.as_ref()),
                actual: shown(actual),
            })
        });
        let checker = delivered.webhook.and_then(|webhook| self.checkers.get(webhook.spec.id));
        broken
            .map(|difference| {
                let pointer = difference.pointer.clone().unwrap_or_default();
                Complaint {
                    origin: self.origin(delivered).at(checker.map(Checker::schema), &pointer),
                    difference,
                }
            })
            .collect()
    }

    fn origin(&self, delivered: &Delivered) -> Origin {
        let webhook = delivered.webhook.or_else(|| self.contract.webhooks.first());
        webhook.map_or_else(
            || Origin { source: String::new(), basis: estoppel_contract::Basis::Ruled },
            Origin::of_webhook,
        )
    }
}

impl Delivered {
    /// A command line that sends it once more, to the receiver `$RECEIVER`.
    pub(super) fn curl(&self, redaction: &Redaction) -> String {
        let mut words = vec![format!("curl -sS -i -X {} \"$RECEIVER\"", self.request.method)];
        for (name, value) in &self.request.headers {
            let own = ["host", "content-length", "user-agent", "accept", "connection", "transfer-encoding"];
            if let (false, Ok(value)) = (own.contains(&name.as_str()), value.to_str()) {
                let header = redaction.without_secrets(&format!("{name}: {value}"));
                words.push(format!("-H {}", quoted(&header)));
            }
        }
        words.push(format!("--data-binary {}", redaction.shell_body(&Bytes::clone(&self.request.body))));
        words.join(" ")
    }
}

/// How many members of a body the schema names.
fn shared_members(schema: &Value, body: &Value) -> usize {
    let declared = super::applicable::properties(schema, schema);
    declared.map_or(0, |declared| declared.keys().filter(|name| body.get(name.as_str()).is_some()).count())
}
