//! The feed: its windows, pages and cursor, and what LossExpress and lenders do.

use estoppel_contract::{Step, Story, Words};
use serde_json::json;

use super::steps::{
    NOBODYS_ID, THEIR_OWN, create_claim, create_claim_as, feed, feed_of, message, on_claim, story,
};
use crate::{activities::TriggerableActivityType, test_vins::TEST_VINS};

pub(super) fn stories() -> Vec<Story> {
    vec![windows(), replay(), pages(), cursor(), types(), triggers(), test_vins()]
}

const TALK: [&str; 4] =
    ["claim-created", "direct-message-added", "direct-message-added", "direct-message-added"];
const SENT_BY: [&str; 1] = ["/results/*/data/sentBy"];

/// A claim with three messages, whose instants later steps call `first`, `second` and `third`.
fn talk() -> Vec<Step> {
    vec![
        create_claim(),
        message("one"),
        message("two"),
        message("three"),
        feed(&TALK)
            .capture("created", "/results/0/createdAt")
            .capture("first", "/results/1/createdAt")
            .capture("second", "/results/2/createdAt")
            .capture("third", "/results/3/createdAt")
            .capture("secondActivity", "/results/2/activityId")
            .varies(SENT_BY),
    ]
}

fn windows() -> Story {
    let window = |types: &[&'static str]| feed(types).varies(SENT_BY);
    let [created, said, ..] = TALK;
    let mut steps = talk();
    steps.extend([
        window(&[said, said]).with("createdAfter", "{first}").states("/results/0/data/message", "two"),
        window(&[created, said, said])
            .with("createdBefore", "{third}")
            .states("/results/2/data/message", "two"),
        window(&[said])
            .with("createdAfter", "{first}")
            .with("createdBefore", "{third}")
            .states("/results/0/data/message", "two"),
        window(&[]).with("createdAfter", "{first}").with("createdBefore", "{second}"),
        window(&[]).with("createdAfter", "{third}").with("createdBefore", "{first}"),
        window(&[]).with("createdAfter", "2999-01-01T00:00:00.000Z"),
        window(&TALK).with("createdAfter", "2000-01-01T00:00:00.000Z"),
        window(&TALK)
            .with("createdAfter", "2000-01-01T00:00:00Z")
            .with("createdBefore", "2999-01-01T01:00:00+01:00"),
        Step::call("fetchActivities")
            .with("createdAfter", "{second}")
            .includes("/results", json!({"claimId": "{claimId}", "type": "direct-message-added"}))
            .varies(["/results", "/pagination/totalPages", "/pagination/totalResults"]),
    ]);
    story("feed-windows", "Both ends of a window are outside it.", steps)
}

fn replay() -> Story {
    let [created, said, ..] = TALK;
    let mut steps = talk();
    steps.extend([
        feed(&TALK).varies(SENT_BY).after_milliseconds(10).capture("requestUrl", "/requestUrl"),
        message("four"),
        feed(&[created, said, said, said, said]).varies(SENT_BY),
        Step::call("fetchActivities")
            .at("{requestUrl}")
            .states("/requestUrl", "{requestUrl}")
            .counts("/results", 4)
            .states("/results/3/data/message", "three")
            .varies(SENT_BY),
    ]);
    story(
        "feed-replay",
        "The requestUrl of a page gives the same page again, whatever happened since.",
        steps,
    )
}

fn pages() -> Story {
    let [created, said, ..] = TALK;
    let page = |types: &[&'static str], size: &str, number: &str| {
        feed(types).with("pageSize", size).with("pageNumber", number).varies(SENT_BY)
    };
    let mut steps = talk();
    steps.extend([
        page(&[created, said], "2", "0")
            .states("/pagination", json!({"pageSize": 2, "page": 0, "totalPages": 2, "totalResults": 4})),
        page(&[said, said], "2", "1").states("/results/1/data/message", "three"),
        page(&[], "2", "2")
            .states("/pagination", json!({"pageSize": 2, "page": 2, "totalPages": 2, "totalResults": 4})),
        page(&[said], "3", "1").states("/pagination/totalPages", 2),
        page(&TALK, "500", "0").states("/pagination/pageSize", 500),
        feed(&TALK).varies(SENT_BY).states("/pagination/pageSize", 100),
        on_claim("fetchActivities").with("pageSize", "501").invalid(["/pageSize"]),
        on_claim("fetchActivities").with("pageSize", "0").invalid(["/pageSize"]),
        on_claim("fetchActivities").with("pageSize", "ten").invalid(["/pageSize"]),
        on_claim("fetchActivities").with("pageNumber", "-1").invalid(["/pageNumber"]),
    ]);
    story("feed-pages", "Pages are counted from zero; a page past the last is empty.", steps)
}

fn cursor() -> Story {
    let [_, said, ..] = TALK;
    let mut steps = talk();
    steps.extend([
        feed(&[said, said])
            .with("activityId", "{secondActivity}")
            .states("/results/0/activityId", "{secondActivity}")
            .states("/results/1/data/message", "three")
            .varies(SENT_BY),
        feed(&[said]).with("activityId", "{secondActivity}").with("createdAfter", "{second}").varies(SENT_BY),
        on_claim("fetchActivities")
            .with("activityId", "{secondActivity}")
            .with("createdBefore", "{third}")
            .invalid(["/createdBefore"]),
        on_claim("fetchActivities").with("activityId", NOBODYS_ID).refused("no-such-activity"),
    ]);
    story("feed-cursor", "A page can begin at an activity, that one included.", steps)
}

fn types() -> Story {
    let [created, said, ..] = TALK;
    let mut steps = talk();
    steps.extend([
        feed(&[created]).with("types", "claim-created"),
        feed(&[said, said, said]).with("types", "direct-message-added,claim-updated").varies(SENT_BY),
        feed(&TALK).with("types", "direct-message-added,claim-created").varies(SENT_BY),
        feed(&TALK)
            .with("types", " direct-message-added, claim-created,")
            .varies(SENT_BY)
            .capture("spaced", "/requestUrl"),
        Step::call("fetchActivities").at("{spaced}").counts("/results", 4).varies(SENT_BY),
        feed(&[]).with("types", "order-created"),
        on_claim("fetchActivities").with("types", "claim-created,not-a-type").invalid(["/types"]),
        on_claim("fetchActivities").with("types", "CLAIM-CREATED").invalid(["/types"]),
    ]);
    story("feed-types", "The feed can be cut to types, and an unknown type is refused.", steps)
}

fn triggers() -> Story {
    let mut steps = vec![create_claim()];
    steps.extend(TriggerableActivityType::ALL.iter().map(|word| {
        on_claim("triggerActivity").with("activityType", word.as_str()).states("/success", true)
    }));
    steps.extend([
        feed(&[
            "claim-created",
            "direct-message-added",
            "document-sent-to-lender",
            "letter-of-guarantee-request-created",
            "letter-of-guarantee-added",
            "payoff-data-added",
            "claim-updated",
            "call-made",
            "document-added",
            "settlement-counter-added",
            "payoff-request-created",
            "payoff-request-cancelled",
        ])
        .states("/results/1/data/sentByLossExpress", true)
        .lacks("/results/1/data/sentBy")
        .states("/results/6/data/updatedByLossExpress", true)
        .capture("document", "/results/8/data/documentUrl")
        .varies(THEIR_OWN),
        Step::call("fetchDocument").at("{document}").varies([""]),
        on_claim("fetchClaim")
            .counts("/claim/documents", 1)
            .states("/claim/documents/0/documentUrl", "{document}")
            .varies([
                "/claim/accountNumber",
                "/claim/documents/*/type",
                "/claim/payoffData/payoffAmount",
                "/claim/payoffData/perDiem",
                "/claim/payoffData/remittanceInformation",
            ]),
        on_claim("triggerActivity").with("activityType", "claim-created").invalid(["/activityType"]),
        on_claim("triggerActivity").invalid(["/activityType"]),
    ]);
    story("trigger-activities", "A carrier that tests can trigger nine types of activity.", steps)
}

fn test_vins() -> Story {
    const NAMES: [&str; 8] = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    let mut steps: Vec<Step> = TEST_VINS
        .iter()
        .zip(NAMES)
        .map(|(test_vin, name)| create_claim_as(name, &json!({"vin": test_vin.value})))
        .collect();
    steps.extend(TEST_VINS.iter().zip(NAMES).map(|(test_vin, name)| {
        let claim = format!("{{{name}}}");
        let types: &[&'static str] = match test_vin.shows {
            "letter-of-guarantee-added" => {
                &["claim-created", "letter-of-guarantee-request-created", "letter-of-guarantee-added"]
            }
            shows => &["claim-created", shows],
        };
        feed_of(&claim, types).varies(THEIR_OWN).eventually()
    }));
    story("test-vins", "A claim with a test VIN takes effect within a second.", steps)
}
