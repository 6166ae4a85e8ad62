//! Each operation's exchange on the wire, as callers see it. The snapshots are reviewed as product.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, call, good_headers};

/// Sends a call and holds the exchange to the snapshot with this name.
fn exchange(sandbox: &mut Sandbox, name: &str, method: &str, path: &str, body: Option<&Value>) -> Value {
    let mut text = format!("{method} {path}\n");
    if let Some(body) = body {
        writeln!(text, "content-type: application/json\n\n{body:#}").unwrap();
    }
    let answer = sandbox.send(&call(method, path, body, good_headers()));
    writeln!(text, "\n---\n\n{}", answer.status).unwrap();
    for (header, value) in &answer.headers {
        writeln!(text, "{header}: {}", value.to_str().unwrap()).unwrap();
    }
    let reply: Value = serde_json::from_slice(&answer.body).unwrap();
    writeln!(text, "\n{reply:#}").unwrap();
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/loanpro");
    insta::with_settings!({snapshot_path => snapshots, prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
    reply
}

#[test]
fn every_operation_has_its_exchange() {
    let mut sandbox = Sandbox::new();
    let sandbox = &mut sandbox;
    let get = |sandbox: &mut Sandbox, name: &str, path: &str| {
        exchange(sandbox, name, "GET", &format!("/odata.svc/{path}"), None)
    };
    get(sandbox, "fetchCustomer", "Customers(751)");
    get(sandbox, "fetchCustomer.expanded", "Customers(751)?$expand=PrimaryAddress,Phones,Loans");
    get(sandbox, "fetchCustomer.refused", "Customers(404)");
    get(sandbox, "fetchCustomerNavigation", "Customers(id=751)/Phones");
    get(sandbox, "fetchCustomerNavigation.refused", "Customers(751)/phones");
    get(sandbox, "fetchStatusArchive", "LoanStatusArchive(9118)");
    let first = "LoanStatusArchive?$filter=loanId%20eq%209118&$top=1";
    get(sandbox, "listStatusArchives", first);
    let day = "Loans(9118)/StatusArchive?$filter=date%20eq%20datetime'2021-02-09'";
    get(sandbox, "listLoanStatusArchive", day);
    get(sandbox, "fetchLoan", "Loans(9118)?$expand=LoanSetup");
    get(sandbox, "fetchLoan.refused", "Loans(9118)?$expand=LoanSetups");
    get(sandbox, "fetchLoanSetup", "Loans(9118)/LoanSetup");
    get(sandbox, "fetchLoanNavigation", "Loans(9118)/Payments?$top=2");
    get(sandbox, "fetchPaymentAccounts", "Customers(751)/PaymentAccounts");
    get(sandbox, "fetchAddress", "Addresses(id=1501)");
    get(sandbox, "fetchAddress.refused", "Addresses(id=404404)");
    get(sandbox, "fetchPhone", "Phones(id=2251)");
    get(sandbox, "fetchPaymentAccount", "PaymentAccounts(id=289)");
    get(sandbox, "fetchLoanSetupById", "LoanSetup(id=9104)");
    get(sandbox, "fetchLoanSettings", "LoanSettings(id=9118)");
    get(sandbox, "fetchPayment", "Payments(id=1820)");
    get(sandbox, "fetchTransaction", "Transactions(id=91180001)");
    let payment = json!({"Payments": {"results": [{
        "selectedProcessor": 0, "paymentMethodId": 3, "early": 0, "echeckAuthType": "payment.echeckauth.WEB",
        "amount": "303.78", "date": "2022-04-15", "info": "04/15/2022 Credit/Debit Card", "paymentTypeId": 1,
        "active": 1, "resetPastDue": 0, "payoffPayment": false, "CustomFieldValues": {"results": []},
        "_saveProfile": 0, "extra": "payment.extra.tx.principal", "__processorName": "{\"id\":\"98\"}",
        "paymentAccountId": 289, "chargeFeeType": "loan.cardfee.types.0", "chargeFeeAmount": 5,
        "chargeFeePercentage": 5, "payoffFlag": 0,
    }]}});
    exchange(sandbox, "updateLoan", "PUT", "/odata.svc/Loans(9118)", Some(&payment));
    let wrong = json!({"Payments": {"results": [{"amount": "free"}]}});
    exchange(sandbox, "updateLoan.refused", "PUT", "/odata.svc/Loans(9118)", Some(&wrong));
    let autopay = json!({"Autopays": {"results": [{
        "name": "Default monthly autopay", "type": "autopay.type.recurring", "amount": 250.0,
        "chargeServiceFee": "0", "processCurrent": 1, "retryDays": 0, "processTime": 22, "postPaymentUpdate": 1,
        "applyDate": "2022-09-18", "processDate": "2022-09-17", "primaryPaymentMethodId": 123,
        "recurringPeriods": 36, "baProcessor": "1", "processDateTime": "2022-09-17 22:00:00",
    }]}});
    assert_eq!(sandbox.put(9118, &autopay).0, 200);
    get(sandbox, "fetchAutopay", "Autopays(id=10002)");
    let contract = estoppel_loanpro::simulation().contract();
    for operation in &contract.operations {
        let name =
            format!("{}/../../snapshots/loanpro/{}.snap", env!("CARGO_MANIFEST_DIR"), operation.spec.id);
        assert!(std::path::Path::new(&name).exists(), "{} has no exchange", operation.spec.id);
    }
}

#[test]
fn calls_without_good_headers_are_refused() {
    let mut sandbox = Sandbox::new();
    let path = "/odata.svc/Customers(751)";
    for (name, value) in [
        ("authorization", None),
        ("authorization", Some("loanpro-test-token")),
        ("authorization", Some("Bearer other")),
        ("authorization", Some("Basic loanpro-test-token")),
        ("autopal-instance-id", None),
        ("autopal-instance-id", Some("2")),
    ] {
        let mut headers = good_headers();
        match value {
            None => drop(headers.remove(name)),
            Some(value) => drop(headers.insert(name, value.parse().unwrap())),
        }
        let answer = sandbox.send(&call("GET", path, None, headers));
        let reply: Value = serde_json::from_slice(&answer.body).unwrap();
        let expected = json!({"code": "401-CN0001", "message": "Unauthorized", "context": {}});
        assert_eq!((answer.status.as_u16(), reply), (401, expected), "{name}: {value:?}");
    }
}
