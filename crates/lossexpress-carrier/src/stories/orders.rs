//! Orders, payments, direct messages and settlement counters.

use estoppel_contract::{Step, Story};
use serde_json::{Value, json};

use super::steps::{NOBODYS_ID, PDF, THEIR_OWN, create_claim, create_claim_as, feed, on_claim, story};

pub(super) fn stories() -> Vec<Story> {
    vec![orders(), payment(), messages(), counter()]
}

fn orders() -> Story {
    let create = |types: Value| on_claim("createOrders").body(json!({"types": types}));
    let cancel = |ids: Value| on_claim("cancelOrders").body(json!({"orderIds": ids}));
    story(
        "orders",
        "Orders are made one for each type and cancelled all or none; a second cancel leaves no trace.",
        [
            Step::call("fetchOrderTypes")
                .states("/success", true)
                .capture("firstType", "/orderTypes/0")
                .capture("secondType", "/orderTypes/1"),
            create_claim_as("otherClaim", &json!({})),
            Step::call("createOrders")
                .with("claimId", "{otherClaim}")
                .body(json!({"types": ["{firstType}"]}))
                .capture("foreign", "/orders/0/orderId"),
            create_claim(),
            create(json!(["{firstType}", "{secondType}"]))
                .states("/claimId", "{claimId}")
                .states("/success", true)
                .counts("/orders", 2)
                .states("/orders/1/type", "{secondType}")
                .capture("first", "/orders/0/orderId")
                .capture("second", "/orders/1/orderId"),
            feed(&["claim-created", "order-created", "order-created"])
                .states("/results/1/data", json!({"orderId": "{first}", "orderType": "{firstType}"})),
            create(json!(["{firstType}", "not a type"])).invalid(["/types/1"]),
            cancel(json!(["{first}", "{foreign}"])).refused("no-such-order"),
            cancel(json!([NOBODYS_ID])).refused("no-such-order"),
            cancel(json!(["not-a-uuid"])).invalid(["/orderIds/0"]),
            feed(&["claim-created", "order-created", "order-created"]),
            cancel(json!(["{first}"])).states("", json!({"claimId": "{claimId}", "success": true})),
            cancel(json!(["{first}", "{second}"])),
            feed(&["claim-created", "order-created", "order-created", "order-cancelled", "order-cancelled"])
                .states("/results/3/data", json!({"orderId": "{first}"}))
                .states("/results/4/data", json!({"orderId": "{second}"})),
        ],
    )
}

fn payment() -> Story {
    let pay = |payment: Value| on_claim("acknowledgePaymentSent").body(payment);
    let sent_at = "2021-01-08T22:03:09.598Z";
    let full = json!({
        "sentAt": sent_at,
        "checkAmount": 20000,
        "sentVia": "USPS",
        "trackingNumber": "T-1",
        "sentTo": {
            "streetAddress": "1000 Main Street", "streetAddress2": "Ste. 500",
            "city": "Dallas", "state": "TX", "zipCode": "75204",
        },
    });
    story(
        "payment-sent",
        "A payment that the carrier sent appears in the feed as it was told.",
        [
            create_claim(),
            pay(full.clone()).states("/success", true),
            pay(json!({"sentAt": sent_at, "checkAmount": 10222.33})),
            feed(&["claim-created", "payment-sent", "payment-sent"])
                .states("/results/1/data/sentTo", full.pointer("/sentTo").cloned().unwrap_or_default())
                .states("/results/1/data/sentAt", sent_at)
                .states("/results/1/data/checkAmount", 20000)
                .states("/results/2/data/checkAmount", 10222.33)
                .lacks("/results/2/data/sentTo"),
            pay(json!({"sentAt": sent_at, "checkAmount": 1.005})).invalid(["/checkAmount"]),
            pay(json!({"sentAt": "yesterday", "checkAmount": "1"})).invalid(["/sentAt", "/checkAmount"]),
            feed(&["claim-created", "payment-sent", "payment-sent"]),
        ],
    )
}

fn messages() -> Story {
    let say = |message: &str| on_claim("createDirectMessage").body(json!({"message": message}));
    story(
        "direct-messages",
        "A direct message comes back as it was sent, and appears in the feed.",
        [
            create_claim(),
            say("Is the title on its way?")
                .states("", json!({"claimId": "{claimId}", "message": "Is the title on its way?"})),
            say("“Grüße” / \\ 🚗\n</script>").states("/message", "“Grüße” / \\ 🚗\n</script>"),
            feed(&["claim-created", "direct-message-added", "direct-message-added"])
                .states("/results/1/data/sentByLossExpress", false)
                .states("/results/2/data/message", "“Grüße” / \\ 🚗\n</script>")
                .varies(["/results/*/data/sentBy"]),
        ],
    )
}

fn counter() -> Story {
    let answer = |answer: Value| on_claim("acceptOrDisputeCounter").body(answer);
    let updated = ["claim-created", "settlement-counter-added", "settlement-counter-updated"];
    let [created, added, answered] = updated;
    story(
        "settlement-counter",
        "A lender's counter is disputed with a reason or accepted with a new settlement breakdown.",
        [
            create_claim(),
            answer(json!({"dispute": true, "reasonForDispute": "None was made."}))
                .refused("no-settlement-counter"),
            on_claim("triggerActivity").with("activityType", "settlement-counter-added"),
            feed(&[created, added]).varies(THEIR_OWN),
            answer(json!({"dispute": true})).invalid(["/reasonForDispute"]),
            answer(json!({"dispute": false})).invalid(["/settlementBreakdown"]),
            answer(json!({"dispute": false, "reasonForDispute": "It is wrong."}))
                .invalid(["/settlementBreakdown"]),
            answer(json!({"dispute": false, "settlementBreakdown": "%"})).invalid(["/settlementBreakdown"]),
            answer(json!({"dispute": true, "reasonForDispute": "Checked in person."}))
                .states("", json!({"claimId": "{claimId}", "success": true})),
            feed(&[created, added, answered])
                .states(
                    "/results/2/data",
                    json!({"disputed": true, "reasonForDispute": "Checked in person."}),
                )
                .varies(THEIR_OWN),
            answer(json!({"dispute": false, "settlementBreakdown": PDF})).states("/success", true),
            feed(&[created, added, answered, answered])
                .states("/results/3/data/disputed", false)
                .lacks("/results/3/data/reasonForDispute")
                .capture("breakdown", "/results/3/data/documentUrl")
                .varies(THEIR_OWN),
            Step::call("fetchDocument").at("{breakdown}").content("application/pdf", PDF),
            on_claim("fetchClaim")
                .counts("/claim/documents", 1)
                .states("/claim/documents/0/type", "settlement breakdown")
                .states("/claim/documents/0/documentUrl", "{breakdown}"),
        ],
    )
}
