//! Results that a tester chooses.

use serde_json::{Value, json};

use crate::sandbox::{CENTER_SECONDS, OK, Sandbox, signed_body};

/// Chooses a result and returns what arrives.
fn choose(sandbox: &mut Sandbox, id: &str, chosen: &Value) -> Value {
    let (status, reply) = sandbox.control("POST", &format!("/payoff/{id}/result"), Some(chosen));
    assert_eq!((status, &reply["state"]), (200, &json!("delivered")), "{reply}");
    let parcels = sandbox.receive(&OK);
    assert_eq!(parcels.len(), 1);
    signed_body(&parcels[0])
}

#[test]
fn a_chosen_result_arrives_at_once_in_place_of_the_requests_own() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask_center();
    let body =
        choose(&mut sandbox, &id, &json!({"success": false, "errorMessage": "Loan has been paid off"}));
    assert_eq!(
        body,
        json!({
            "packetId": id, "payoffId": id, "orderId": body["orderId"], "orderType": "Payoff Request",
            "success": false, "errorMessage": "Loan has been paid off", "fulfilledBy": "fulfillment center",
            "customerAuthorizationAttempted": false,
        })
    );
    assert!(sandbox.advance(2 * CENTER_SECONDS, &OK).is_empty(), "its own result does not come");
}

#[test]
fn a_body_may_hold_nothing_but_what_is_promised() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask_center();
    for success in [true, false] {
        let body = choose(&mut sandbox, &id, &json!({"success": success, "members": "promised"}));
        assert_eq!(body, json!({"payoffId": id, "success": success}));
    }
}

#[test]
fn chosen_members_stand_in_the_order_of_the_table() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask_center();
    let chosen = json!({
        "success": true, "members": "promised", "customerAuthorizationAttempted": true, "fulfilledBy": "integration",
        "errorMessage": "Größe / 大", "checkPayableTo": "Jane \"J\" Doe\n", "validThroughDate": "2020-08-22T00:00:00Z",
        "perDiem": 2.0, "payoffAmount": 10222.0,
    });
    let (status, _) = sandbox.control("POST", &format!("/payoff/{id}/result"), Some(&chosen));
    assert_eq!(status, 200);
    let parcels = sandbox.receive(&OK);
    let expected = format!(
        r#"{{"payoffId":"{id}","payoffAmount":10222,"perDiem":2,"validThroughDate":"2020-08-22T00:00:00.000Z","checkPayableTo":"Jane \"J\" Doe\n","success":true,"errorMessage":"Größe / 大","fulfilledBy":"integration","customerAuthorizationAttempted":true}}"#
    );
    assert_eq!(std::str::from_utf8(&parcels[0].body).unwrap(), expected);
}

#[test]
fn a_chosen_quote_is_made_up_where_nothing_is_chosen() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask_center();
    let body = choose(&mut sandbox, &id, &json!({"success": true, "payoffAmount": 0.1}));
    assert_eq!(body["payoffAmount"], 0.1);
    assert!(body["perDiem"].is_number() && body["standardMailingAddress"].is_object());
    let failed = choose(&mut sandbox, &id, &json!({"success": false}));
    assert!(failed["errorMessage"].is_string());
    let failed = choose(&mut sandbox, &id, &json!({"success": false, "fulfilledBy": "integration"}));
    assert_eq!(failed.get("errorMessage"), None);
}

#[test]
fn a_request_that_is_over_delivers_nothing() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask_center();
    sandbox.call("DELETE", &format!("/payoff/{id}"), None);
    let path = format!("/payoff/{id}/result");
    let (status, reply) = sandbox.control("POST", &path, Some(&json!({"success": true})));
    assert_eq!((status, &reply["error"]), (409, &json!("Conflict")));
    assert!(sandbox.receive(&OK).is_empty());
}

#[test]
fn what_cannot_be_delivered_is_refused() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask_center();
    let path = format!("/payoff/{id}/result");
    for (chosen, message) in [
        (json!({}), "success is required"),
        (
            json!({"success": true, "payoffAmount": 0.001}),
            "payoffAmount must have no more than 2 decimal places",
        ),
        (json!({"success": true, "perDiem": -1}), "perDiem must be larger than or equal to 0"),
        (
            json!({"success": true, "payoffAmount": 9_007_199_254_740_991_i64}),
            "payoffAmount must be less than or equal to 1000000000",
        ),
        (json!({"success": true, "fulfilledBy": "magic"}), "fulfilledBy must be one of"),
    ] {
        let (status, reply) = sandbox.control("POST", &path, Some(&chosen));
        assert_eq!(status, 400, "{chosen}");
        assert!(reply["message"].as_str().unwrap().starts_with(message), "{reply}");
    }
    let nobody = "/payoff/00000000-0000-4000-8000-000000000404";
    assert_eq!(sandbox.control("GET", nobody, None).0, 404);
    assert_eq!(sandbox.control("POST", &format!("{nobody}/result"), Some(&json!({"success": true}))).0, 404);
    assert_eq!(sandbox.state(&id), "open");
    let mut sandbox = Sandbox::without_webhook(&[("xpayoff-webhook-precondition", "not-required")]);
    let id = sandbox.ask_center();
    let (status, _) =
        sandbox.control("POST", &format!("/payoff/{id}/result"), Some(&json!({"success": true})));
    assert_eq!((status, sandbox.state(&id).as_str()), (400, "open"));
}

#[test]
fn how_far_a_request_has_come_can_be_told() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask(&json!({}));
    let path = format!("/payoff/{id}");
    assert_eq!(
        sandbox.control("GET", &path, None).1,
        json!({
            "payoffId": id, "state": "open", "createdAt": "2021-01-08T22:03:09.598Z",
            "dueAt": "2021-01-08T22:03:11.598Z", "fulfilledBy": "integration",
        })
    );
    sandbox.advance(2, &OK);
    assert_eq!(
        sandbox.control("GET", &path, None).1,
        json!({
            "payoffId": id, "state": "delivered", "createdAt": "2021-01-08T22:03:09.598Z",
            "endedAt": "2021-01-08T22:03:11.598Z", "fulfilledBy": "integration",
        })
    );
    // A control is no call of the API.
    assert_eq!(sandbox.call("GET", &path, None).0, 405);
}
