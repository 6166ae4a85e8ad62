//! Payoff requests and requests for letters of guarantee.

use estoppel_contract::{Step, Story};
use serde_json::json;

use super::steps::{NOBODYS_ID, THEIR_OWN, add_document, create_claim, feed, on_claim, story};
use crate::{carrier::PRODUCTION_CLAIM_ID, readings::REFRESH};

pub(super) fn stories() -> Vec<Story> {
    vec![
        payoff(),
        payoff_combined(),
        payoff_answered(),
        letter(),
        letter_arrives(),
        announced_refresh(),
        refresh(),
    ]
}

fn payoff() -> Story {
    let create = || on_claim("createPayoffRequest");
    let cancel = || on_claim("cancelPayoffRequest");
    let done = || json!({"claimId": "{claimId}", "success": true});
    story(
        "payoff-request",
        "A payoff needs both documents; asking twice and cancelling twice leave one trace each.",
        [
            create_claim(),
            cancel().refused("no-payoff-request"),
            create().refused("missing-documents"),
            add_document("settlement breakdown"),
            create().refused("missing-documents"),
            add_document("Valuation Report"),
            create().states("", json!({"claimId": "{claimId}"})),
            create().states("", json!({"claimId": "{claimId}"})),
            feed(&["claim-created", "document-added", "document-added", "payoff-request-created"])
                .states("/results/3/data", json!({})),
            cancel().states("", done()),
            cancel().states("", done()),
            feed(&[
                "claim-created",
                "document-added",
                "document-added",
                "payoff-request-created",
                "payoff-request-cancelled",
            ]),
            create(),
            feed(&[
                "claim-created",
                "document-added",
                "document-added",
                "payoff-request-created",
                "payoff-request-cancelled",
                "payoff-request-created",
            ]),
        ],
    )
}

fn payoff_combined() -> Story {
    story(
        "payoff-request-combined",
        "One document that combines both does, whichever part is named first.",
        [
            create_claim(),
            add_document("Valuation Report & Settlement Breakdown"),
            on_claim("createPayoffRequest").states("/claimId", "{claimId}"),
            create_claim(),
            add_document("settlement breakdown & valuation report"),
            on_claim("createPayoffRequest").states("/claimId", "{claimId}"),
            create_claim(),
            add_document("cause of loss"),
            add_document("valuation report"),
            on_claim("createPayoffRequest").refused("missing-documents"),
        ],
    )
}

fn payoff_answered() -> Story {
    story(
        "payoff-request-answered",
        "A payoff request that the lender has answered can be cancelled without a trace.",
        [
            create_claim(),
            add_document("settlement breakdown & valuation report"),
            on_claim("createPayoffRequest"),
            on_claim("triggerActivity").with("activityType", "payoff-data-added").states("/success", true),
            on_claim("cancelPayoffRequest").states("/success", true),
            feed(&["claim-created", "document-added", "payoff-request-created", "payoff-data-added"])
                .varies(THEIR_OWN),
        ],
    )
}

fn letter() -> Story {
    let create = || on_claim("createLetterOfGuaranteeRequest");
    let cancel = || on_claim("cancelLetterOfGuaranteeRequest");
    story(
        "letter-of-guarantee-request",
        "A letter of guarantee needs both documents; asking twice and cancelling twice leave one trace each.",
        [
            create_claim(),
            cancel().refused("no-letter-of-guarantee-request"),
            create().refused("missing-documents"),
            add_document("settlement breakdown"),
            add_document("valuation report"),
            create().states("/claimId", "{claimId}").capture("estimate", "/turnAroundTimeEstimate"),
            create().states("/turnAroundTimeEstimate", "{estimate}"),
            on_claim("fetchClaim").lacks("/claim/letterOfGuaranteeRequest/documentUrl"),
            feed(&[
                "claim-created",
                "document-added",
                "document-added",
                "letter-of-guarantee-request-created",
            ])
            .states("/results/3/data/estimatedResponseTime", "{estimate}"),
            cancel().states("/success", true),
            cancel().states("/success", true),
            feed(&[
                "claim-created",
                "document-added",
                "document-added",
                "letter-of-guarantee-request-created",
                "letter-of-guarantee-request-cancelled",
            ])
            .states("/results/4/data", json!({})),
        ],
    )
}

fn letter_arrives() -> Story {
    story(
        "letter-of-guarantee-arrives",
        "A letter of guarantee that nobody asked for makes its request at the same time.",
        [
            create_claim(),
            on_claim("triggerActivity").with("activityType", "letter-of-guarantee-added"),
            feed(&["claim-created", "letter-of-guarantee-request-created", "letter-of-guarantee-added"])
                .capture("letter", "/results/2/data/documentUrl")
                .lacks("/results/1/data/estimatedResponseTime"),
            on_claim("fetchClaim")
                .states("/claim/letterOfGuaranteeRequest/documentUrl", "{letter}")
                .counts("/claim/documents", 0),
            on_claim("cancelLetterOfGuaranteeRequest").states("/success", true),
        ],
    )
}

fn announced_refresh() -> Story {
    story(
        "announced-refresh",
        "The refresh of a payoff request is announced and not there.",
        [
            create_claim(),
            on_claim("refreshPayoffRequest").refused("unknown-route"),
            add_document("settlement breakdown & valuation report"),
            on_claim("createPayoffRequest"),
            on_claim("refreshPayoffRequest").refused("unknown-route"),
        ],
    )
    .under(REFRESH.name, "off")
}

fn refresh() -> Story {
    let on = |claim: &str| Step::call("refreshPayoffRequest").with("claimId", claim);
    story(
        "refresh",
        "Where the refresh of a payoff request is there, it needs the documents and a request.",
        [
            create_claim(),
            on_claim("refreshPayoffRequest").refused("missing-documents"),
            add_document("settlement breakdown & valuation report"),
            on_claim("refreshPayoffRequest").refused("no-payoff-request"),
            on_claim("createPayoffRequest"),
            on_claim("refreshPayoffRequest").states("/claimId", "{claimId}"),
            feed(&["claim-created", "document-added", "payoff-request-created"]),
            on(NOBODYS_ID).refused("no-such-claim"),
            on(PRODUCTION_CLAIM_ID).refused("not-during-testing"),
        ],
    )
    .under(REFRESH.name, "on")
}
