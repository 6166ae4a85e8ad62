//! Controls: users from nothing, and refreshes that end as one wants.

use serde_json::{Value, json};

use crate::sandbox::{COMPLETING, FAILING, Sandbox, USER, raw_call, request};

fn create(sandbox: &mut Sandbox, body: &Value) -> Value {
    let (status, reply) = sandbox.control("POST", "/users", body);
    assert_eq!((status, &reply["status"]), (201, &json!({"code": 201, "desc": "success"})), "{reply}");
    reply["data"].clone()
}

#[test]
fn a_user_from_nothing_is_refreshed_to_the_cent() {
    let mut sandbox = Sandbox::new();
    let user = create(
        &mut sandbox,
        &json!({
            "userId": "40000000-0000-4000-8000-000000000001",
            "profile": {"firstName": "Ada", "lastName": "Example"},
            "liabilityGroups": [{
                "liabilityGroupId": "my group",
                "institutionName": "Test Student Servicing",
                "studentLoans": [
                    {"studentLoanId": "a", "outstandingBalance": 10000, "interestRate": 3.65, "lastPaymentDate": "2023-03-01"},
                    {"outstandingBalance": 0.01, "interestRate": 0, "minimumPaymentAmount": 0},
                ],
            }],
        }),
    );
    let id = user["userId"].as_str().unwrap().to_owned();
    assert_eq!(id, "40000000-0000-4000-8000-000000000001");
    assert_eq!(user["profile"], json!({"firstName": "Ada", "lastName": "Example"}));
    assert_eq!(user["studentLoans"][0]["studentLoanId"], "a");
    assert_eq!(sandbox.user(&id), user);
    assert_eq!(user["studentLoanSummary"]["currentOutstandingBalance"], 10000.01);
    sandbox.refresh(&id, &request(1), &["my group"]);
    sandbox.advance(2_000);
    // Twenty-two days at a dollar a day: twelve until the quote, and ten more through its last day.
    assert_eq!(sandbox.poll(&id, &request(1)).1["data"][0]["payoffAmount"], 10022.01);
    // Three days later the next refresh counts three days more.
    sandbox.advance(3 * 86_400_000);
    sandbox.refresh(&id, &request(2), &["my group"]);
    sandbox.advance(2_000);
    assert_eq!(sandbox.poll(&id, &request(2)).1["data"][0]["payoffAmount"], 10025.01);
    assert_eq!(sandbox.poll(&id, &request(1)).1["data"][0]["payoffAmount"], 10022.01);
}

#[test]
fn what_is_left_out_is_made_up() {
    let mut sandbox = Sandbox::new();
    let empty = create(&mut sandbox, &json!({}));
    assert_eq!(empty["studentLoanSummary"]["noOfLoans"], 0);
    assert_eq!(empty["studentLoans"], json!([]));
    let full = create(
        &mut sandbox,
        &json!({"liabilityGroups": [
            {"studentLoans": [{}, {}]},
            {"studentLoans": [{}], "notSupported": "CLOSED_ACCOUNT", "outcome": "FAILED"},
        ]}),
    );
    assert_ne!(empty["userId"], full["userId"]);
    let contract = estoppel_spinwheel::simulation().contract();
    let checker = contract.checker(&contract.model("User").unwrap().schema).unwrap();
    for user in [&empty, &full] {
        assert_eq!(checker.check(user), [], "{user}");
    }
    let capability = &full["studentLoans"][2]["capabilities"]["data"]["liabilityGroupPayoffQuote"];
    assert_eq!(capability["description"], "CLOSED_ACCOUNT");
    let by_ext_id = format!("/v1/users?extUserId={}", full["extUserId"].as_str().unwrap());
    assert_eq!(sandbox.call("GET", &by_ext_id, None).1["data"], full);
}

#[test]
fn users_that_cannot_be_are_refused() {
    let mut sandbox = Sandbox::new();
    let mut check = |body: Value, status: u16, message: &str| {
        let (actual, reply) = sandbox.control("POST", "/users", &body);
        assert_eq!(actual, status, "{body}: {reply}");
        let told = reply["status"]["messages"][0]["desc"].as_str().unwrap();
        assert!(told.contains(message), "{told}");
    };
    let loan = |loan: Value| json!({"liabilityGroups": [{"studentLoans": [loan]}]});
    check(json!({"userId": USER}), 409, "in use");
    check(json!({"extUserId": "10000000-0000-4000-8000-0000000000e1"}), 409, "in use");
    check(
        json!({"liabilityGroups": [{"liabilityGroupId": COMPLETING, "studentLoans": [{}]}]}),
        409,
        "in use",
    );
    let same = json!({"liabilityGroupId": "g", "studentLoans": [{}]});
    check(json!({"liabilityGroups": [same, same]}), 400, "liabilityGroups.1");
    let twice = json!({"studentLoans": [{"studentLoanId": "a"}, {"studentLoanId": "a"}]});
    check(json!({"liabilityGroups": [twice]}), 400, "liabilityGroups.0");
    check(json!({"liabilityGroups": [{"studentLoans": []}]}), 400, "at least one loan");
    check(json!({"liabilityGroups": vec![same; 101]}), 400, "100 items");
    check(
        loan(json!({"outstandingBalance": -1})),
        400,
        "liabilityGroups.0.studentLoans.0.outstandingBalance",
    );
    check(loan(json!({"outstandingBalance": 1.005})), 400, "whole cents");
    check(loan(json!({"outstandingBalance": 1e15})), 400, "10000000");
    check(loan(json!({"interestRate": 100.01})), 400, "interestRate");
    check(loan(json!([])), 400, "an object");
    check(json!({"profile": []}), 400, "profile");
}

/// What a control says stood at the place of a fault: the shape that verdicts tell, never a value.
#[test]
fn a_refusal_says_what_stood_there() {
    let mut sandbox = Sandbox::new();
    let mut check = |body: Value, pointer: &str, actual: &str| {
        let call = raw_call("POST", "/users", Some(&body));
        let answer = sandbox.session.control(0, &call, sandbox.now()).unwrap();
        let violations = &answer.verdict.violations;
        let told: Vec<(String, &str)> = violations
            .iter()
            .map(|violation| (violation.pointer.to_string(), violation.actual.as_str()))
            .collect();
        assert_eq!(told, [(pointer.to_owned(), actual)], "{body}");
    };
    let group = |loans: Value| json!({"liabilityGroups": [{"studentLoans": loans}]});
    let loans = "/liabilityGroups/0/studentLoans";
    let (balance, rate) = (format!("{loans}/0/outstandingBalance"), format!("{loans}/0/interestRate"));
    check(group(json!(-5)), loans, "an integer");
    check(group(json!([])), loans, "an array of 0 items");
    check(group(json!(vec![json!({}); 101])), loans, "an array of 101 items");
    check(group(json!([{"outstandingBalance": -5}])), &balance, "a negative number");
    check(group(json!([{"outstandingBalance": 1.005}])), &balance, "a number with 3 decimals");
    check(group(json!([{"outstandingBalance": 10_000_000.01}])), &balance, "a larger number");
    check(group(json!([{"interestRate": -5}])), &rate, "a negative number");
    check(
        group(json!([{"minimumPaymentAmount": -5}])),
        &format!("{loans}/0/minimumPaymentAmount"),
        "a negative number",
    );
    let same = json!({"liabilityGroupId": "g", "studentLoans": [{}]});
    check(json!({"liabilityGroups": [same, same]}), "/liabilityGroups/1", "an id that stands before");
}

#[test]
fn the_outcome_of_a_group_is_chosen() {
    let mut sandbox = Sandbox::new();
    let path = |group: &str| format!("/users/{USER}/liability-groups/{group}/outcome");
    for (group, outcome) in [(COMPLETING, "FAILED"), (FAILING, "COMPLETED")] {
        let chosen = sandbox.control("PUT", &path(group), &json!({"outcome": outcome}));
        assert_eq!((chosen.0, &chosen.1["data"]), (200, &json!({"outcome": outcome})));
    }
    sandbox.refresh(USER, &request(1), &[COMPLETING, FAILING]);
    assert_eq!(sandbox.advance(2_000), ["refresh-failed", "refresh-completed"]);
    assert_eq!(sandbox.control("PUT", &path("nowhere"), &json!({"outcome": "FAILED"})).0, 404);
    assert_eq!(sandbox.control("PUT", &path(COMPLETING), &json!({"outcome": "IN_PROGRESS"})).0, 400);
    // A control is no call of the API.
    assert_eq!(sandbox.call("POST", "/users", Some(&json!({}))).0, 404);
}
