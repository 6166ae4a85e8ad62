//! The OpenAPI document.

use estoppel_contract::SignatureEncoding;
use serde_json::{Value, json};

use crate::ferries::{SIGNING, TEST_SECRET, file};

fn document() -> Value {
    serde_json::from_str(&file("openapi.json")).unwrap()
}

#[test]
fn every_webhook_is_a_post_with_its_payload_signature_and_replies() {
    let document = document();
    let post = &document["webhooks"]["bookingResult"]["post"];
    assert_eq!(post["operationId"], "bookingResult");
    assert_eq!(post["security"], json!([]));
    assert_eq!(post["x-guaranteed"], json!(["bookingId", "confirmed"]));
    assert_eq!(
        (&post["x-source"], &post["x-basis"]),
        (&json!("ferries: Booking Result"), &json!("documented"))
    );
    let media = &post["requestBody"]["content"]["application/json"];
    assert_eq!(media["schema"], json!({"$ref": "#/components/schemas/BookingResult"}));
    let body = &media["examples"]["bookingResult"]["value"];
    assert_eq!(media["examples"]["bookingResult-2"]["value"]["bookingId"], "b-2");
    let header = &post["parameters"][0];
    assert_eq!((&header["in"], &header["name"]), (&json!("header"), &json!("x-ferry-signature")));
    let signature =
        SIGNING.sign(TEST_SECRET, body.to_string().as_bytes(), "b-1", SignatureEncoding::default());
    assert_eq!(header["example"], signature);
    let replies: Vec<&String> = post["responses"].as_object().unwrap().keys().collect();
    assert_eq!(replies, ["200", "default"]);
    let told = post["responses"]["default"]["description"].as_str().unwrap();
    assert!(told.contains("5 failures in a row, or 10 failures within 15 minutes"), "{told}");
    assert_eq!(
        document["components"]["schemas"]["BookingResult"]["required"],
        json!(["bookingId", "confirmed"])
    );
    assert!(document["x-deliveries"]["limits"].is_array());
}

#[test]
fn every_credential_is_a_scheme_and_all_are_needed_together() {
    let document = document();
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["bearer"]["scheme"], "bearer");
    let header = &schemes["Harbour-Id"];
    assert_eq!(
        (&header["type"], &header["in"], &header["name"]),
        (&json!("apiKey"), &json!("header"), &json!("Harbour-Id"))
    );
    let post = &document["paths"]["/bookings"]["post"];
    assert_eq!(post["security"], json!([{"bearer": [], "Harbour-Id": []}]));
}

#[test]
fn an_example_of_a_refusal_that_another_api_gives_is_replaced() {
    let document = document();
    let own = json!([{"statusCode": 404, "message": "Ferry not found."}]);
    assert_eq!(document["components"]["schemas"]["ErrorBody"]["examples"], own);
}

#[test]
fn paths_parameters_and_servers_stand_as_the_documents_write_them() {
    let document = document();
    assert_eq!(document["servers"][0]["url"], "https://ferries.example.com/api/1");
    let get = &document["paths"]["/odata.svc/Ferries({id})/Cabins"]["get"];
    let names: Vec<&Value> =
        get["parameters"].as_array().unwrap().iter().map(|known| &known["name"]).collect();
    assert_eq!(names, ["id", "$expand"]);
    assert_eq!(get["parameters"][1]["example"], "Beds,Deck & Lounge");
}
