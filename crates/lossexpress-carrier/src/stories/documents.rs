//! Documents: added to claims, and served back byte for byte.

use estoppel_contract::{Step, Story};
use serde_json::{Value, json};

use super::steps::{NOBODYS_ID, PDF, PNG, create_claim, feed, on_claim, story};

pub(super) fn stories() -> Vec<Story> {
    let add = |document: &str, description: &str| {
        let body: Value = json!({"document": document, "description": description});
        on_claim("addDocument").body(body)
    };
    let fetch = || Step::call("fetchDocument");
    vec![story(
        "documents",
        "A document is added, appears in claim and feed, and comes back byte for byte.",
        [
            create_claim(),
            add(PDF, "Police Report").capture("report", "/documentUrl"),
            fetch().at("{report}").content("application/pdf", PDF),
            add(PNG, "a photograph").capture("photograph", "/documentUrl"),
            fetch().at("{photograph}").content("image/png", PNG),
            fetch().at("{report}").content("application/pdf", PDF),
            on_claim("fetchClaim")
                .counts("/claim/documents", 2)
                .states("/claim/documents/0/documentUrl", "{report}")
                .states("/claim/documents/0/type", "police report")
                .states("/claim/documents/1/documentUrl", "{photograph}"),
            feed(&["claim-created", "document-added", "document-added"])
                .states("/results/1/data", json!({"type": "police report", "documentUrl": "{report}"})),
            add("%", "police report").invalid(["/document"]),
            add("cGxhaW4gdGV4dA==", "police report").invalid(["/document"]),
            add("data:application/pdf;base64,JVBERi0xLjQK", "police report").invalid(["/document"]),
            fetch().with("documentId", NOBODYS_ID).refused("no-such-document"),
            on_claim("fetchClaim").counts("/claim/documents", 2),
        ],
    )]
}
