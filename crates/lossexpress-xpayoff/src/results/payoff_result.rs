//! The webhook `payoffResult`.

use estoppel_contract::{Basis, Source, Webhook, WebhookSpec};

use super::PayoffResultBody;

/// The result of a payoff request.
#[derive(Debug)]
pub enum PayoffResult {}

impl Webhook for PayoffResult {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "payoffResult",
        summary: "Tells what came of a payoff request.",
        description: "Sent whenever payoff information on a request arrives, mostly within seconds. Only `payoffId` \
            and `success` are promised. The receiver answers 200; any other status counts as a failure, and five in a \
            row or ten within 15 minutes deactivate the account's webhooks and its open requests (R7). Nothing is sent \
            twice by itself (R8). The signature is the HMAC with SHA-256 of the body's exact bytes, a colon and the \
            payoff id, under the API key, in lower-case hexadecimal (R4); the body is written as `JSON.stringify` \
            writes it (R5).",
        group: "Receiving Information (Webhooks)",
        event: None,
        request: &["payoffId", "packetId"],
        guaranteed: &["payoffId", "success"],
        basis: Basis::Documented,
        source: Source::document("xpayoff", "Webhook Body"),
    };
    type Payload = PayoffResultBody;
}
