//! Every link that a reply hands out leads somewhere.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// Where every session of these tests serves its entities.
const SERVICE: &str = "/odata.svc/";

/// All links in a value, relative to the service.
fn links(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| links(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str() {
                    Some(link) if name == "uri" || name == "__next" => {
                        let relative = link.split_once(SERVICE).map_or(link, |(_, relative)| relative);
                        found.insert(relative.to_owned());
                    }
                    _ => links(member, found),
                }
            }
        }
        _ => {}
    }
}

/// Follows links until none is new; returns all of them.
fn walk(sandbox: &mut Sandbox) -> BTreeSet<String> {
    let mut waiting: Vec<String> = (751..=755).map(|id| format!("Customers({id})")).collect();
    waiting.extend((9_118..=9_122).map(|id| format!("LoanStatusArchive({id})")));
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(link) = waiting.pop() {
        let (status, reply) = sandbox.call("GET", &format!("{SERVICE}{link}"), None);
        assert_eq!(status, 200, "{link}: {reply}");
        let uri = reply["d"]["__metadata"]["uri"].as_str();
        if let (Some(uri), true) = (uri, link.contains("(id=") && !link.contains(")/")) {
            assert!(uri.ends_with(&format!("{SERVICE}{link}")), "{link} leads to {uri}");
        }
        let mut found = BTreeSet::new();
        links(&reply, &mut found);
        for next in found {
            if seen.insert(next.clone()) {
                waiting.push(next);
            }
        }
    }
    seen
}

fn autopay() -> Value {
    json!({"Autopays": {"results": [{
        "amount": 250, "type": "autopay.type.recurring", "recurringPeriods": 5, "primaryPaymentMethodId": 123,
        "applyDate": "2022-05-18", "processDate": "2022-05-17", "processDateTime": "2022-05-17 22:00:00",
    }]}})
}

#[test]
fn every_link_of_every_reply_leads_to_what_it_names() {
    let mut sandbox = Sandbox::new();
    assert_eq!(sandbox.put(9118, &autopay()).0, 200);
    sandbox.advance_days(40);
    let customer = sandbox.control("/customers", &json!({})).1["customerId"].clone();
    let terms = json!({"customerId": customer, "loanAmount": 5000, "loanRate": 9.9, "loanTerm": 24});
    assert_eq!(sandbox.control("/loans", &terms).0, 201);
    let seen = walk(&mut sandbox);
    for set in [
        "Addresses",
        "Autopays",
        "Customers",
        "LoanSettings",
        "LoanSetup",
        "LoanStatusArchive",
        "Loans",
        "PaymentAccounts",
        "Payments",
        "Phones",
        "Transactions",
    ] {
        assert!(seen.iter().any(|link| link.starts_with(&format!("{set}(id="))), "{set}");
    }
}

#[test]
fn a_transaction_keeps_its_id() {
    let mut sandbox = Sandbox::new();
    let all = |sandbox: &mut Sandbox| {
        let list = sandbox.get("Loans(9118)/Transactions?nopaging");
        list["results"].as_array().unwrap().clone()
    };
    let before = all(&mut sandbox);
    let early = json!({"Payments": {"results": [{"amount": "1.00", "date": "2020-09-20"}]}});
    assert_eq!(sandbox.put(9118, &early).0, 200);
    let after = all(&mut sandbox);
    assert_eq!(after.len(), before.len() + 1);
    let ids: BTreeSet<u64> = after.iter().map(|transaction| transaction["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), after.len());
    for old in before {
        let new = sandbox.get(&format!("Transactions({})", old["id"]));
        for name in ["date", "type", "paymentId", "paymentAmount"] {
            assert_eq!(new[name], old[name], "{new}");
        }
    }
}

#[test]
fn unknown_sets_are_404_and_unknown_ids_409() {
    let mut sandbox = Sandbox::new();
    for set in ["Pets", "Notes", "addresses"] {
        assert_eq!(sandbox.call("GET", &format!("{SERVICE}{set}(id=1)"), None).0, 404, "{set}");
    }
    for set in ["Addresses", "Phones", "Transactions", "Payments", "LoanSetup"] {
        for id in ["0", "id=2", "999999999999999", "x", "-1"] {
            let (status, reply) = sandbox.call("GET", &format!("{SERVICE}{set}({id})"), None);
            assert_eq!((status, &reply["error"]["code"]), (409, &json!(409)), "{set}({id}): {reply}");
        }
    }
}
