//! Calls that nobody means well: a documented or ruled answer, in bounded time, and the state stays as it was.

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

fn check(path: &str, status: u16) {
    let mut sandbox = Sandbox::new();
    let (actual, reply) = sandbox.call("GET", path, None);
    let shown: String = path.chars().take(80).collect();
    assert_eq!(actual, status, "{shown}: {reply}");
    assert_eq!(reply["error"]["code"], status, "{shown}: {reply}");
    assert_eq!(reply["error"]["type"], "ODataException");
    assert!(reply["error"]["message"].as_str().unwrap().len() < 500);
}

#[test]
fn unbalanced_parentheses_and_unknown_entities_lead_nowhere() {
    for path in [
        "/odata.svc/Customers(751",
        "/odata.svc/Customers751)",
        "/odata.svc/Customers()",
        "/odata.svc/Customers",
        "/odata.svc/(751)",
        "/odata.svc/Pets(1)",
        "/odata.svc",
        "/",
        "/Customers(751)",
        "/odata.svc/Customers(751)/",
        "/odata.svc/Customers(751)/Loans(9118)/LoanSetup",
        "/odata.svc/Loans(9118)x",
        "/odata.svc/customers(751)",
    ] {
        check(path, 404);
    }
}

#[test]
fn keys_that_are_none_are_refused() {
    for key in [
        "(751)",
        "751)",
        "-1",
        "1.0",
        "9999999999999999999999",
        "id%3D",
        "ID=751",
        "%27751%27",
        "%00",
        "%FF",
        "null",
        "id=id=751",
    ] {
        check(&format!("/odata.svc/Customers({key})"), 409);
    }
    check(&format!("/odata.svc/Customers({})", "7".repeat(60_000)), 409);
}

#[test]
fn long_and_deep_options_are_refused() {
    let customers = "/odata.svc/Customers(751)";
    check(&format!("{customers}?$expand={}", ["Loans"; 1_000].join("/")), 409);
    check(&format!("{customers}?$expand={}", "Loans,".repeat(10_000)), 409);
    check(&format!("{customers}?%24expand=Loans%2FCustomers"), 409);
    check(&format!("{customers}?$expand=Loans&$expand=Phones"), 409);
    let archive = "/odata.svc/Loans(9118)/StatusArchive";
    check(&format!("{archive}?$filter={}", "date%20ge%202022-05-11%20and%20".repeat(1_700)), 409);
    check(&format!("{archive}?$filter={}", "(".repeat(50_000)), 409);
    check(&format!("{archive}?$filter=%00"), 409);
    check(&format!("{archive}?$top=1e300"), 409);
    check(&format!("{archive}?$skip=-1"), 409);
}

/// The whole calendar lies between a loan's contract date and a clock that was moved to its end.
#[test]
fn pages_are_bounded_at_the_end_of_time() {
    let mut sandbox = Sandbox::starting("9998-12-01T00:00:00Z");
    let mut early = Sandbox::starting("0001-01-01T00:00:00Z");
    for sandbox in [&mut sandbox, &mut early] {
        for loan in [9118, 9119, 9120, 9121, 9122] {
            let page = sandbox.get(&format!("Loans({loan})/StatusArchive?nopaging"));
            assert!(page["results"].as_array().unwrap().len() <= 1_000);
            sandbox.get(&format!("Loans({loan})?$expand=Transactions,StatusArchive,LoanSetup,Payments"));
        }
        sandbox.get("LoanStatusArchive?$skip=1000000000&$top=1000000000");
    }
    let mut sandbox = Sandbox::new();
    sandbox.advance_days(2_900_000);
    let page = sandbox.get("LoanStatusArchive?nopaging&$skip=2000000");
    assert_eq!(page["results"].as_array().unwrap().len(), 1_000);
    assert!(page["__next"].as_str().unwrap().ends_with("?nopaging&$skip=2001000"));
    let last = sandbox.get("Loans(9118)/StatusArchive?$orderby=date%20desc&$top=1");
    assert_eq!(last["results"][0]["stoplight"], "stoplight.display.red");
}

#[test]
fn refused_bodies_leave_no_trace() {
    let mut sandbox = Sandbox::new();
    let before = sandbox.get("Loans(9118)?$expand=Payments,Autopays");
    let deep = format!("{}{}", "[".repeat(400), "]".repeat(400));
    let good = json!({"amount": 1});
    for body in [
        json!(null),
        json!([]),
        json!({"Payments": null}),
        json!({"Payments": [good]}),
        json!({"Payments": {"results": good}}),
        json!({"Payments": {"results": [[1]]}}),
        json!({"Payments": {"results": [good, {"amount": "1e99"}]}}),
        json!({"Payments": {"results": [good, {"amount": "999999999999999"}]}}),
        json!({"Payments": {"results": [good]}, "Autopays": {"results": [{}]}}),
        json!({"Payments": {"results": vec![good.clone(); 1_200]}}),
        json!({"Payments": {"results": [{"amount": 1, "CustomFieldValues": {"results": [deep]}}]}}),
    ] {
        let (status, reply) = sandbox.put(9118, &body);
        assert_eq!(status, 409, "{reply}");
    }
    assert_eq!(sandbox.get("Loans(9118)?$expand=Payments,Autopays"), before);
    let unknown = json!({"Payments": {"results": [{"amount": 1, "tip": 2}]}});
    assert_eq!(sandbox.put(9118, &unknown).0, 200);
    let mut strict = Sandbox::with_readings(&[("loanpro-unknown-fields", "refuse")]);
    let (status, reply): (u16, Value) = strict.put(9118, &unknown);
    assert_eq!(status, 409, "{reply}");
}
