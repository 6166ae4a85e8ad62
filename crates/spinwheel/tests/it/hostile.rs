//! Bad input gets its ruled answer and leaves everything as it was.

use serde_json::{Value, json};

use crate::sandbox::{
    COMPLETING, FAILING, SECOND_GROUP, SECOND_USER, Sandbox, UNSUPPORTED, USER, body, raw_call, request,
};

/// Both users, as they are now.
fn world(sandbox: &mut Sandbox) -> [Value; 2] {
    [sandbox.user(USER), sandbox.user(SECOND_USER)]
}

/// The path on which a user's groups are refreshed.
fn path(user: &str) -> String {
    format!("/v1/users/{user}/liabilities/refresh")
}

fn check(path: &str, body: &Value, status: u16, message: &str) {
    let mut sandbox = Sandbox::new();
    let before = world(&mut sandbox);
    let (actual, reply) = sandbox.call("POST", path, Some(body));
    assert_eq!(actual, status, "{body}: {reply}");
    assert_eq!(reply["status"]["code"], status, "{reply}");
    assert_eq!(reply["status"]["messages"][0]["type"], "ERROR", "{reply}");
    let told = reply["status"]["messages"][0]["desc"].as_str().unwrap();
    assert!(told.contains(message), "{body}: {told}");
    assert!(reply.get("data").is_none(), "{reply}");
    assert_eq!(sandbox.advance(10_000), [""; 0]);
    assert!(sandbox.receive(200).is_empty());
    assert_eq!(world(&mut sandbox), before);
    let (taken, reply) = sandbox.refresh(USER, &request(1), &[COMPLETING]);
    assert_eq!(taken, 200, "the request id stays free: {reply}");
}

#[test]
fn groups_that_cannot_be_quoted_are_refused() {
    let refused =
        |groups: &[&str], message: &str| check(&path(USER), &body(&request(1), groups), 400, message);
    refused(&[UNSUPPORTED], "is not SUPPORTED");
    refused(&[COMPLETING, UNSUPPORTED], "is not SUPPORTED");
    refused(&[SECOND_GROUP], "does not belong");
    refused(&[COMPLETING, SECOND_GROUP], "does not belong");
    refused(&["", COMPLETING], "does not belong");
    refused(&["null"], "does not belong");
    refused(&[COMPLETING, COMPLETING], "studentLoans.1.liabilityGroupId");
    refused(&[], "studentLoans");
    check(&path("30000000-0000-4000-8000-000000000003"), &body(&request(1), &[COMPLETING]), 404, "No user");
    check(&path("nobody"), &body(&request(1), &[COMPLETING]), 400, "userId");
}

#[test]
fn malformed_requests_are_refused() {
    let with = |pointer: &str, value: Value| {
        let mut body = body(&request(1), &[COMPLETING]);
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let refused = |body: &Value, message: &str| check(&path(USER), body, 400, message);
    refused(&json!({}), "extRequestId");
    refused(&json!([]), "an object");
    refused(&json!(null), "an object");
    refused(&with("/extRequestId", json!("")), "extRequestId");
    refused(&with("/extRequestId", json!("3000000000004000800000000000001")), "extRequestId");
    refused(&with("/extRequestId", json!(null)), "extRequestId");
    refused(&with("/studentLoans", json!({})), "studentLoans");
    refused(&with("/studentLoans/0", json!(null)), "studentLoans.0");
    refused(
        &with("/studentLoans/0", json!([["LIABILITY_GROUP_PAYOFF_QUOTE"], COMPLETING])),
        "studentLoans.0",
    );
    refused(&with("/studentLoans/0/liabilityGroupId", json!(null)), "liabilityGroupId");
    refused(&with("/studentLoans/0/capabilities", json!([])), "capabilities");
    refused(&with("/studentLoans/0/capabilities/0", json!("liability_group_payoff_quote")), "capabilities.0");
}

#[test]
fn other_faults_of_the_protocol_have_the_envelope() {
    let mut sandbox = Sandbox::new();
    let mut status = |method: &str, path: &str, credential: Option<&'static str>| {
        let mut call = raw_call(method, path, None);
        match credential {
            Some(value) => drop(call.headers.insert("authorization", value.parse().unwrap())),
            None => drop(call.headers.remove("authorization")),
        }
        let answer = sandbox.send(&call);
        let reply: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(reply["status"]["code"], answer.status.as_u16(), "{reply}");
        answer.status.as_u16()
    };
    let good = Some("Bearer spinwheel-test-key");
    let user = format!("/v1/users?userId={USER}");
    assert_eq!(status("GET", &user, good), 200);
    assert_eq!(status("GET", &format!("/v1/users/?userId={USER}"), good), 200);
    assert_eq!(status("GET", &user, Some("bearer spinwheel-test-key")), 200);
    assert_eq!(status("GET", &user, None), 401);
    assert_eq!(status("GET", &user, Some("Basic spinwheel-test-key")), 401);
    assert_eq!(status("GET", &user, Some("Bearer spinwheel-test-keys")), 401);
    assert_eq!(status("GET", &user, Some("spinwheel-test-key")), 401);
    assert_eq!(status("DELETE", &user, good), 405);
    assert_eq!(status("GET", "/v1/loans", good), 404);
    assert_eq!(status("GET", "/v1/users", good), 400);
    assert_eq!(status("GET", &format!("{user}&userId={USER}"), good), 400);
    assert_eq!(status("POST", &path(USER), good), 400);
}

#[test]
fn a_user_that_is_asked_for_by_no_id_could_have_either() {
    let mut sandbox = Sandbox::new();
    let (status, reply) = sandbox.call("GET", "/v1/users", None);
    assert_eq!(status, 400);
    let messages = &reply["status"]["messages"];
    assert_eq!(*messages, json!([{"desc": "userId or extUserId: expected a value", "type": "ERROR"}]));
    let (_, reply) = sandbox.call("GET", "/v1/users?userId=7", None);
    assert_eq!(reply["status"]["messages"][0]["desc"], "userId: expected format uuid");
}

#[test]
fn a_request_that_comes_again_gets_its_first_answer() {
    let mut sandbox = Sandbox::new();
    let (_, first) = sandbox.refresh(USER, &request(1), &[COMPLETING, FAILING]);
    for wait in [0, 1_000, 1_000, 5_000_000] {
        sandbox.advance(wait);
        assert_eq!(sandbox.refresh(USER, &request(1), &[COMPLETING, FAILING]), (200, first.clone()));
        let upper = request(1).to_uppercase();
        assert_eq!(sandbox.refresh(USER, &upper, &[COMPLETING, FAILING]), (200, first.clone()));
        for groups in [&[COMPLETING][..], &[FAILING, COMPLETING], &[UNSUPPORTED]] {
            let (status, reply) = sandbox.refresh(USER, &request(1), groups);
            assert_eq!(
                (status, &reply["status"]["desc"]),
                (400, &json!("extRequestId was used for another refresh request."))
            );
        }
    }
    assert_eq!(sandbox.receive(200).len(), 2, "nothing was refreshed again");
    // Another user's requests are other requests.
    assert_eq!(sandbox.refresh(SECOND_USER, &request(1), &[SECOND_GROUP]).0, 200);
    // Unknown members change nothing about what is asked.
    let mut again = body(&request(1), &[COMPLETING, FAILING]);
    again["comment"] = json!("again");
    assert_eq!(sandbox.call("POST", &path(USER), Some(&again)), (200, first));
}

#[test]
fn unknown_members_are_refused_where_that_is_read() {
    let mut sandbox = Sandbox::with_readings(&[("spinwheel-unknown-fields", "refuse")]);
    let mut unknown = body(&request(1), &[COMPLETING]);
    unknown["studentLoans"][0]["comment"] = json!("?");
    let (status, reply) = sandbox.call("POST", &path(USER), Some(&unknown));
    assert_eq!(status, 400, "{reply}");
    assert_eq!(sandbox.refresh(USER, &request(1), &[COMPLETING]).0, 200);
}
