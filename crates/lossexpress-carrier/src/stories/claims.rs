//! Claims: created, fetched, updated and searched.

use estoppel_contract::{Step, Story};
use serde_json::{Value, json};

use super::steps::{create_claim, create_claim_as, feed, new_claim, on_claim, story};

pub(super) fn stories() -> Vec<Story> {
    vec![life(), least(), twin(), search(), vins()]
}

fn life() -> Story {
    let update = |changes: Value| on_claim("updateClaim").body(changes);
    story(
        "claim-life",
        "A claim is created, fetched and updated; the feed tells only what really changed.",
        [
            create_claim(),
            on_claim("fetchClaim")
                .states("/claim/claimId", "{claimId}")
                .states("/claim/ownersRetained", false)
                .states("/claim/ownerRetained", false)
                .counts("/claim/documents", 0)
                .lacks("/claim/payoffData")
                .lacks("/claim/letterOfGuaranteeRequest")
                .lacks("/claim/lenderPhoneNumber"),
            feed(&["claim-created"])
                .states("/results/0/claimId", "{claimId}")
                .states("/results/0/data/settlementAmount", 5553)
                .lacks("/results/0/data/payoffData"),
            update(json!({"odometer": 40001, "lenderName": "Test Lender", "adjusterName": "Ann Adjuster"}))
                .states("/claimId", "{claimId}")
                .states("/odometer", 40001)
                .states("/deductible", 400),
            feed(&["claim-created", "claim-updated"])
                .states("/results/1/data/update", json!({"odometer": 40001, "adjusterName": "Ann Adjuster"}))
                .states(
                    "/results/1/data/previous",
                    json!({"odometer": 39993, "adjusterName": "Mike Mclaren"}),
                )
                .states("/results/1/data/updatedByLossExpress", false),
            update(json!({"odometer": 40001, "causeOfLoss": "Fire"})).states("/odometer", 40001),
            update(json!({})),
            feed(&["claim-created", "claim-updated"]),
            update(json!({"settlementAmount": 10222.33, "deductible": 10222, "causeOfLoss": "Wind/Hail"})),
            on_claim("fetchClaim")
                .states("/claim/settlementAmount", 10222.33)
                .states("/claim/deductible", 10222)
                .states("/claim/causeOfLoss", "Wind/Hail"),
            update(json!({"causeOfLoss": "Wind"})).invalid(["/causeOfLoss"]),
            update(json!({"vin": "SHORT", "deductible": "400"})).invalid(["/deductible", "/vin"]),
        ],
    )
}

/// The claim that holds no optional member.
fn least() -> Story {
    let mut body = new_claim(&json!({}));
    if let Some(members) = body.as_object_mut() {
        for optional in [
            "adjusterName",
            "adjusterEmailAddress",
            "adjusterPhoneNumber",
            "lenderPhoneNumber",
            "lenderAddress",
            "vehicleLocation",
        ] {
            members.remove(optional);
        }
    }
    story(
        "claim-least",
        "What was never sent is absent, from the claim and from the feed.",
        [
            Step::call("createClaim").body(body).capture("claimId", "/claimId"),
            on_claim("fetchClaim").lacks("/claim/adjusterName").lacks("/claim/vehicleLocation"),
            feed(&["claim-created"]).lacks("/results/0/data/adjusterName"),
            on_claim("updateClaim").body(json!({"vehicleLocation": "1 Yard Road Dallas TX 75204"})),
            feed(&["claim-created", "claim-updated"])
                .states("/results/1/data/previous", json!({}))
                .lacks("/results/1/data/update/vin"),
        ],
    )
}

fn twin() -> Story {
    let mut other = new_claim(&json!({"ownerRetained": true}));
    let mut neither = new_claim(&json!({}));
    for body in [&mut other, &mut neither] {
        if let Some(members) = body.as_object_mut() {
            members.remove("ownersRetained");
        }
    }
    let differing = new_claim(&json!({"ownersRetained": true, "ownerRetained": false}));
    story(
        "owners-retained",
        "Either spelling of ownersRetained is taken, replies carry both, and two values are refused.",
        [
            Step::call("createClaim").body(other).capture("claimId", "/claimId"),
            on_claim("fetchClaim").states("/claim/ownersRetained", true).states("/claim/ownerRetained", true),
            on_claim("updateClaim").body(json!({"ownersRetained": false, "ownerRetained": false})),
            feed(&["claim-created", "claim-updated"])
                .states("/results/1/data/update", json!({"ownersRetained": false, "ownerRetained": false}))
                .states("/results/1/data/previous", json!({"ownersRetained": true, "ownerRetained": true})),
            on_claim("updateClaim")
                .body(json!({"ownersRetained": true, "ownerRetained": false}))
                .invalid([""]),
            Step::call("createClaim").body(neither).invalid(["/ownersRetained"]),
            Step::call("createClaim").body(differing).invalid([""]),
        ],
    )
}

fn search() -> Story {
    let search = || Step::call("searchClaims");
    let found = |step: Step| step.counts("/claims", 1).states("/claims/0/claimId", "{claimId}");
    story(
        "search-claims",
        "Claims are found by number and by VIN, whatever the case; both together must both match.",
        [
            create_claim(),
            on_claim("updateClaim")
                .body(json!({"claimNumber": "Nr-{claimId}"}))
                .states("/claimNumber", "Nr-{claimId}"),
            found(search().with("claimNumber", "Nr-{claimId}")),
            found(search().with("claimNumber", "NR-{claimId}")),
            found(search().with("claimNumber", "nr-{claimId}").with("vin", "1n4al3ap8jc231503")),
            search()
                .with("claimNumber", "Nr-{claimId}")
                .with("vin", "1GCHC29U62E142306")
                .counts("/claims", 0),
            search().with("claimNumber", "Nr-").counts("/claims", 0).with("vin", "1N4AL3AP8JC231503"),
            search()
                .with("vin", "1n4al3ap8jc231503")
                .includes("/claims", json!({"claimId": "{claimId}", "vin": "1N4AL3AP8JC231503"}))
                .varies(["/claims"]),
            create_claim_as("second", &json!({"claimNumber": "nR-{claimId}"})),
            search()
                .with("claimNumber", "NR-{claimId}")
                .counts("/claims", 2)
                .states("/claims/0/claimId", "{claimId}")
                .states("/claims/1/claimId", "{second}"),
            search().invalid(["/vin"]),
            search().with("vin", "1N4AL3AP8JC23150").invalid(["/vin"]),
        ],
    )
}

fn vins() -> Story {
    let with_vin = |vin: &str| Step::call("createClaim").body(new_claim(&json!({"vin": vin})));
    story(
        "vin-forms",
        "A VIN has 17 letters and digits without I, O and Q; its check digit is not examined.",
        [
            with_vin("11111111111111112"),
            with_vin("1N4AL3AP8JC23150").invalid(["/vin"]),
            with_vin("1N4AL3AP8JC231503X").invalid(["/vin"]),
            with_vin("IN4AL3AP8JC231503").invalid(["/vin"]),
            with_vin("").invalid(["/vin"]),
        ],
    )
}
