//! Who sees personal data in the journal: whoever debugs on this machine.

use estoppel_contract::PersonalData;
use estoppel_replay_server::{ServerOptions, Trust};
use serde_json::{Value, json};

use crate::{
    server::{Server, options},
    webhooks::{DELIVERIES, good, next},
};

async fn start(personal_data: Option<PersonalData>) -> Server {
    let trust = Trust { personal_data, ..Trust::default() };
    Server::start_with(ServerOptions { trust, ..options() }).await
}

const VIN: &str = "1GCHC29U62E142306";

/// Sends personal data to every API, and gets some back; gives all of it.
async fn tell(server: &Server) -> Vec<String> {
    let mut told: Vec<String> = vec![VIN.to_owned()];
    let mut name = |text: &str| {
        told.push(text.to_owned());
        text.to_owned()
    };
    let claim = json!({
        "accountNumber": "SECRET-77", "causeOfLoss": "Fire", "claimNumber": "EXAMPLE3", "dateOfLoss": "2020-10-20",
        "deductible": 400, "financeType": "Retail", "insurerType": "First Party", "lenderName": "Test Lender",
        "odometer": 39993, "ownersName": name("Zebulon Quixote"), "ownersPhoneNumber": name("+12225550101"),
        "ownersRetained": false, "ownersStreetAddress": name("77 Xylophone Way"), "settlementAmount": 5553,
        "titleRemittanceAddress": name("78 Xylophone Way"), "vin": VIN, "adjusterName": name("Wilhelmina Adjuster"),
        "adjusterEmailAddress": name("wilhelmina@example.com"), "adjusterPhoneNumber": name("+12225550102"),
    });
    let payoff = json!({
        "vin": VIN, "entityName": "Acme", "lenderName": "Test Lender", "customerName": name("Yolanda Quagmire"),
        "customerAddress": name("79 Xylophone Way"), "customerBirthdate": name("1981-02-03"),
        "customerPhoneNumber": name("+12225550103"), "requesterName": name("Xavier Requester"),
        "requesterEmailAddress": name("xavier@example.com"), "requesterPhoneNumber": name("+12225550104"),
    });
    let user = json!({"extUserId": "7f0c2f0e-4d0f-4d6a-9a5e-1c2d3e4f5a6b", "profile": {
        "firstName": name("Violetta"), "lastName": name("Borrower-Quince"), "emailAddress": name("v@example.com"),
        "phoneNumber": name("+12225550105"),
        "address": {"streetAddress": name("80 Xylophone Way"), "city": name("Quonochontaug"), "zipCode": name("02813")},
    }});
    let token = server.token("").await;
    let (status, created) = server.call("POST", "/carrier/claims", &token, &claim).await;
    assert_eq!(status, 201, "{created}");
    let found = server.call("GET", &format!("/carrier/claims?vin={VIN}"), &token, &Value::Null).await;
    assert_eq!(found.0, 200, "{}", found.1);
    let claim = format!("/carrier/claims/{}", created["claimId"].as_str().unwrap());
    assert_eq!(server.call("GET", &claim, &token, &Value::Null).await.0, 200);
    assert_eq!(server.call("GET", "/carrier/activities", &token, &Value::Null).await.0, 200);
    let webhook = json!({"api": "xpayoff", "url": "http://127.0.0.1:9/"});
    server.post("/__admin/sessions/default/webhooks", webhook).await;
    let (status, reply) = server.call("POST", "/xpayoff/payoff", "xpayoff-test-key", &payoff).await;
    assert!(status < 300, "{status} {reply}");
    server.post("/__admin/sessions/default/spinwheel/users", user).await;
    let (status, shown) = server
        .call(
            "GET",
            "/spinwheel/v1/users?extUserId=7f0c2f0e-4d0f-4d6a-9a5e-1c2d3e4f5a6b",
            "spinwheel-test-key",
            &Value::Null,
        )
        .await;
    assert!(status == 200 && shown.to_string().contains("Borrower-Quince"), "{status} {shown}");
    let url = server.url("/loanpro/odata.svc/Customers(752)?$expand=Phones,PrimaryAddress");
    let customer =
        server.client.get(url).header("autopal-instance-id", "1").bearer_auth("loanpro-test-token");
    let customer: Value =
        serde_json::from_slice(&customer.send().await.unwrap().bytes().await.unwrap()).unwrap();
    let customer = &customer["d"];
    for pointer in
        ["/firstName", "/lastName", "/birthDate", "/PrimaryAddress/address1", "/Phones/results/0/phone"]
    {
        let value = customer.pointer(pointer).and_then(Value::as_str);
        told.push(value.unwrap_or_else(|| panic!("{pointer}: {customer}")).to_owned());
    }
    told
}

async fn check(personal_data: Option<PersonalData>, is_shown: bool) {
    let server = start(personal_data).await;
    let told = tell(&server).await;
    let journal = server.get("/__admin/sessions/default/journal").await.to_string();
    for text in &told {
        // As JSON writes it inside a text.
        let text = text.replace('/', "\\/");
        let seen = journal.contains(&text) || journal.contains(&text.replace("\\/", "/"));
        assert_eq!(seen, is_shown, "{text}: {journal}");
    }
    for always in ["EXAMPLE3", "Acme", "createdAt"] {
        assert!(journal.contains(always), "{always}: {journal}");
    }
    assert!(!journal.contains("SECRET-77"), "sensitive is never shown");
    server.stop().await;
}

#[tokio::test]
async fn on_this_machine_the_journal_shows_whom_a_call_is_about() {
    check(None, true).await;
}

#[tokio::test]
async fn beyond_it_the_journal_does_not() {
    check(Some(PersonalData::Masked), false).await;
}

#[tokio::test]
async fn bodies_of_deliveries_are_masked_with_it() {
    let receiver = good();
    let server = start(Some(PersonalData::Masked)).await;
    let webhooks = json!({"api": "ferry", "url": receiver.url()});
    server.post("/__admin/sessions/default/webhooks", webhooks).await;
    let fire =
        json!({"api": "ferry", "body": {"crossing": "a", "event": "announced", "stowaway": "Zebulon"}});
    server.post("/__admin/sessions/default/webhooks/fire", fire).await;
    assert!(
        String::from_utf8_lossy(&next(&receiver).await.body).contains("Zebulon"),
        "what is sent is whole"
    );
    let listed = server.get(DELIVERIES).await;
    let body = listed["deliveries"][0]["body"].as_str().unwrap();
    assert!(body.contains("announced") && !body.contains("Zebulon"), "{body}");
    server.stop().await;
}
