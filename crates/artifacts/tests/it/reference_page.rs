//! The reference page.

use estoppel_contract::SignatureEncoding;
use estoppel_docs_check::{Document, check};

use crate::ferries::{SIGNING, TEST_SECRET, contract, file};

fn holds(page: &str, text: &str) {
    assert!(page.contains(text), "{text:?} is not in:\n{page}");
}

#[test]
fn the_page_checks_clean_against_its_own_contract() {
    let page = file("reference.md");
    let report = check(&[Document { name: "reference.md", bytes: page.as_bytes() }], Some(&contract()));
    let found: Vec<String> = report
        .findings
        .iter()
        .map(|finding| format!("{} at line {}: {}", finding.rule, finding.place.line, finding.message))
        .collect();
    assert!(found.is_empty(), "{found:#?}\n{page}");
    assert_eq!(report.read.operations, 2);
}

#[test]
fn a_wrong_table_of_a_webhook_is_found() {
    let page = file("reference.md").replace("confirmed | boolean | Whether there is room. | Y\n", "");
    let report = check(&[Document { name: "reference.md", bytes: page.as_bytes() }], Some(&contract()));
    assert!(!report.findings.is_empty(), "{page}");
}

#[test]
fn a_webhook_has_its_rules_body_guarantees_and_signature() {
    let page = file("reference.md");
    holds(&page, "\n# Webhooks\n\n## Delivery\n");
    holds(&page, "counts as received after a reply with status 200, and no other.");
    holds(&page, "5 failures in a row, or 10 failures within 15 minutes.");
    holds(&page, "\n## Booking Result\n");
    holds(&page, "bookingId | string | The booking. | Y\n");
    holds(&page, "ticket | object, [Ticket](#ticket) | The ticket. | N\n");
    holds(&page, "remark | string or null | What was said about it; null where nothing was. | N\n");
    holds(&page, "Guaranteed: `bookingId`, `confirmed`. A receiver can rely on nothing else.");
    let body =
        r#"{"bookingId":"b-1","confirmed":true,"price":10.5,"ticket":{"deck":"Captain's"},"remark":null}"#;
    let signature = SIGNING.sign(TEST_SECRET, body.as_bytes(), "b-1", SignatureEncoding::default());
    holds(&page, &format!("`x-ferry-signature: {signature}`"));
    let quoted = body.replace('\'', r"'\''");
    holds(&page, &format!("printf '%s' '{quoted}:b-1' | openssl dgst -sha256 -hmac 'ferry-test-key'"));
}

#[test]
fn calls_are_shell_lines_that_keep_their_dollars() {
    let page = file("reference.md");
    holds(
        &page,
        "curl \\\n  'http://127.0.0.1:8080/ferries/odata.svc/Ferries(7)/Cabins?$expand=Beds,Deck%20%26%20Lounge' \\\n  \
         -H \"Authorization: Bearer $TOKEN\" \\\n  -H 'Harbour-Id: 1'\n",
    );
    holds(&page, r#"--data-binary '{"name":"O'\''Hara"}'"#);
    holds(&page, "`GET https://ferries.example.com/api/1/odata.svc/Ferries({id})/Cabins`");
    holds(&page, "$expand | string |");
    holds(&page, "A slash at the end of a path changes nothing.");
    holds(&page, "`Harbour-Id` | The harbour that the caller belongs to. | `1`\n");
}
