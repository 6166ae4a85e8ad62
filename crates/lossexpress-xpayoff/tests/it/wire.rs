//! Each operation's exchange on the wire and each webhook, as callers see them. The snapshots are reviewed as product.

use std::fmt::Write;

use estoppel_simulator::{Body, Parcel, RawCall};
use serde_json::{Value, json};

use crate::sandbox::{CENTER_SECONDS, OK, Sandbox, by_name, headers, lender_id, new_request, start};

const SNAPSHOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/xpayoff");

fn hold(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => SNAPSHOTS, prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

/// Sends a call and holds the exchange to the snapshot with this name.
fn exchange(sandbox: &mut Sandbox, name: &str, method: &str, path: &str, body: Option<&Value>) -> Value {
    let mut call = RawCall::new(method.parse().unwrap(), path.parse().unwrap());
    call.headers = headers();
    let mut text = format!("{method} {path}\n");
    if let Some(body) = body {
        writeln!(text, "content-type: application/json\n\n{body:#}").unwrap();
        call.body = Body::Complete(body.to_string().into());
    }
    let answer = if name.starts_with("control.") {
        sandbox.session.control(0, &call, start()).unwrap()
    } else {
        sandbox.session.call(0, &call, start()).unwrap()
    };
    writeln!(text, "\n---\n\n{}", answer.status).unwrap();
    for (header, value) in &answer.headers {
        writeln!(text, "{header}: {}", value.to_str().unwrap()).unwrap();
    }
    let reply: Value = serde_json::from_slice(&answer.body).unwrap();
    writeln!(text, "\n{reply:#}").unwrap();
    hold(name, &text);
    reply
}

/// Holds a webhook to the snapshot with this name: its body is shown byte for byte.
fn webhook(name: &str, parcels: &[Parcel]) {
    let [parcel] = parcels else { unreachable!("one webhook arrives") };
    let mut text = format!("POST {}\n", parcel.url);
    for (header, value) in &parcel.headers {
        writeln!(text, "{header}: {value}").unwrap();
    }
    writeln!(text, "\n{}", std::str::from_utf8(&parcel.body).unwrap()).unwrap();
    hold(name, &text);
}

#[test]
fn every_operation_and_webhook_has_its_exchange() {
    let mut unprepared = Sandbox::without_webhook(&[]);
    let request = new_request(&json!({"vin": "1FTMF1CB6JKE12626"}));
    exchange(&mut unprepared, "createPayoffRequest.refused", "POST", "/payoff", Some(&request));
    let mut sandbox = Sandbox::new();
    let sandbox = &mut sandbox;
    exchange(sandbox, "searchLenders", "GET", "/lenders?name=lake%20shore", None);
    exchange(sandbox, "searchLenders.refused", "GET", "/lenders?name=la", None);
    exchange(sandbox, "createPayoffRequest", "POST", "/payoff", Some(&request));
    webhook("payoffResult", &sandbox.advance(2, &OK));
    exchange(
        sandbox,
        "createPayoffRequest.invalid",
        "POST",
        "/payoff",
        Some(&json!({"entityName": "Test Dealership"})),
    );
    let asked = exchange(
        sandbox,
        "createPayoffRequest.lenderName",
        "POST",
        "/payoff",
        Some(&new_request(&by_name())),
    );
    let path = format!("/payoff/{}", asked["payoffId"].as_str().unwrap());
    exchange(sandbox, "cancelPayoffRequest", "DELETE", &path, None);
    let nobody = "/payoff/00000000-0000-4000-8000-000000000404";
    exchange(sandbox, "cancelPayoffRequest.refused", "DELETE", nobody, None);
    sandbox.ask(&json!({"lenderId": lender_id("Cedar Hollow Credit Union")}));
    webhook("payoffResult.fulfillmentCenter", &sandbox.advance(CENTER_SECONDS, &OK));
    let id = sandbox.ask_center();
    for (name, chosen) in [
        (
            "payoffResult.failed",
            json!({"success": false, "errorMessage": "Need Full Social Security Number"}),
        ),
        ("payoffResult.promised", json!({"success": true, "members": "promised"})),
    ] {
        let delivered = format!("control.deliverResult.{}", name.trim_start_matches("payoffResult."));
        exchange(sandbox, &delivered, "POST", &format!("/payoff/{id}/result"), Some(&chosen));
        webhook(name, &sandbox.receive(&OK));
    }
    let status = format!("/payoff/{}", sandbox.ask(&json!({})));
    exchange(sandbox, "control.fetchPayoffRequest", "GET", &status, None);
    let contract = estoppel_lossexpress_xpayoff::simulation().contract();
    let operations = contract.operations.iter().map(|operation| operation.spec.id);
    for id in operations.chain(contract.webhooks.iter().map(|webhook| webhook.spec.id)) {
        assert!(std::path::Path::new(&format!("{SNAPSHOTS}/{id}.snap")).exists(), "{id} has no exchange");
    }
}
