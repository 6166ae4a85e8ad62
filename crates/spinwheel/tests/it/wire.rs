//! Each operation's exchange and each webhook on the wire. The snapshots are reviewed as product.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::sandbox::{COMPLETING, FAILING, START, Sandbox, UNSUPPORTED, USER, body, raw_call, request};

const SNAPSHOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/spinwheel");

fn hold(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => SNAPSHOTS, prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

/// Sends a call and holds the exchange to the snapshot with this name.
fn exchange(sandbox: &mut Sandbox, name: &str, method: &str, path: &str, body: Option<&Value>) {
    let mut text = format!("{method} {path}\n");
    if let Some(body) = body {
        writeln!(text, "content-type: application/json\n\n{body:#}").unwrap();
    }
    let answer = sandbox.send(&raw_call(method, path, body));
    writeln!(text, "\n---\n\n{}", answer.status).unwrap();
    for (header, value) in &answer.headers {
        writeln!(text, "{header}: {}", value.to_str().unwrap()).unwrap();
    }
    let reply: Value = serde_json::from_slice(&answer.body).unwrap();
    writeln!(text, "\n{reply:#}").unwrap();
    hold(name, &text);
}

/// Takes the next webhook and holds it to the snapshot with this name.
fn webhook(sandbox: &mut Sandbox, name: &str) {
    let real = START.parse().unwrap();
    let parcel = sandbox.session.take_parcels(1, real).remove(0);
    let mut text = "POST\n".to_owned();
    for (header, value) in &parcel.headers {
        writeln!(text, "{header}: {value}").unwrap();
    }
    let body: Value = serde_json::from_slice(&parcel.body).unwrap();
    writeln!(text, "\n{body:#}").unwrap();
    hold(name, &text);
    sandbox.session.settle(parcel.delivery, estoppel_simulator::AttemptOutcome::Status(204), real);
}

#[test]
fn every_operation_has_its_exchange() {
    let sandbox = &mut Sandbox::new();
    let user = format!("/v1/users?userId={USER}");
    let refresh = format!("/v1/users/{USER}/liabilities/refresh");
    let poll = format!("{refresh}/{}", request(1));
    exchange(sandbox, "getUser", "GET", &user, None);
    exchange(sandbox, "getUser.invalid", "GET", "/v1/users", None);
    exchange(sandbox, "getUser.refused", "GET", &format!("/v1/users?extUserId={USER}"), None);
    let both = body(&request(1), &[COMPLETING, FAILING]);
    exchange(sandbox, "triggerStudentLoansPayoffFetch", "POST", &refresh, Some(&both));
    let unsupported = body(&request(2), &[UNSUPPORTED]);
    exchange(sandbox, "triggerStudentLoansPayoffFetch.refused", "POST", &refresh, Some(&unsupported));
    let exhausted = body(&request(2), &[COMPLETING]);
    exchange(sandbox, "triggerStudentLoansPayoffFetch.exhausted", "POST", &refresh, Some(&exhausted));
    let invalid = json!({"extRequestId": "1", "studentLoans": [{"capabilities": ["PAYMENTS"]}]});
    exchange(sandbox, "triggerStudentLoansPayoffFetch.invalid", "POST", &refresh, Some(&invalid));
    exchange(sandbox, "pollStudentLoansPayoffFetchStatus.running", "GET", &poll, None);
    sandbox.advance(2_000);
    webhook(sandbox, "liabilityGroupPayoffQuoteStatusChange");
    webhook(sandbox, "liabilityGroupPayoffQuoteStatusChange.failed");
    exchange(sandbox, "pollStudentLoansPayoffFetchStatus", "GET", &poll, None);
    let unknown = format!("{refresh}/{}", request(2));
    exchange(sandbox, "pollStudentLoansPayoffFetchStatus.refused", "GET", &unknown, None);
    exchange(sandbox, "getUser.quoted", "GET", &user, None);
    let contract = estoppel_spinwheel::simulation().contract();
    let ids = contract.operations.iter().map(|operation| operation.spec.id);
    for id in ids.chain(contract.webhooks.iter().map(|webhook| webhook.spec.id)) {
        let name = format!("{SNAPSHOTS}/{id}.snap");
        assert!(std::path::Path::new(&name).exists(), "{id} has no exchange");
    }
}
