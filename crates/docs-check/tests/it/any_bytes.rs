//! Whatever a document holds, checking it ends, and every place lies inside it.

use estoppel_docs_check::{Document, Finding, Place, check, extract, fact_sheet, openapi};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, prop_oneof, proptest};

use crate::boats;

/// Bits that documents are made of, so that generated ones reach every reader.
const BITS: [&str; 66] = [
    "# ",
    "## Boats\n",
    "\n\n",
    "\n",
    " ",
    "```json\n",
    "```\n",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "...",
    "// x",
    "| ",
    "--|--\n",
    "Parameter | Description\n",
    "Parameter Description\n",
    "Body Parameter Description Required?\n",
    "Y",
    "N if x",
    "name",
    "GET /boats/{id}",
    "`POST https://x.test/boats`",
    "VIN Action\n",
    "Error Code Meaning\n",
    "400 Bad",
    "Either \"a\" or \"b\"",
    "the following:",
    "Status: 201",
    "é",
    "\u{feff}",
    "\r\n",
    "> ",
    "- ",
    "<aside",
    "</aside>",
    "Key Description\n",
    "boatId",
    "\"boatId\": \"7\"",
    "ownersName",
    "ownerName",
    "\\",
    "null",
    "<html><body>",
    "<table><tr><th>Key<th>Description",
    "<tr><td>boatId<td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<p>",
    "<li>",
    "<h2>Boats</h2>",
    "&amp;",
    "&lt;",
    "&#233;",
    "<script>",
    "</script>",
    "<!-- estoppel: allow DOC-HOST -->",
    "---\nincludes:\n  - second\n---\n",
    "Only `boatId` is guaranteed",
    "Webhook Body\n\n",
    "X-Boat-Signature SHA256",
    "[a](##b)",
];

fn page() -> impl Strategy<Value = Vec<u8>> {
    let bit = prop_oneof![
        8 => proptest::sample::select(&BITS).prop_map(|bit| bit.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
        1 => Just(b"text".to_vec()),
    ];
    let html = prop_oneof![3 => Just(""), 1 => Just("<html><body>")];
    (html, proptest::collection::vec(bit, 0..60))
        .prop_map(|(html, bits)| [html.as_bytes().to_vec(), bits.concat()].concat())
}

fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    std::iter::once(&finding.place).chain(&finding.occurrences)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_can_be_checked(first in page(), second in page()) {
        let documents = [Document { name: "first", bytes: &first }, Document { name: "second", bytes: &second }];
        let contract = boats::contract();
        let report = check(&documents, Some(&contract));
        let again = check(&documents, Some(&contract));
        prop_assert!(report == again, "two checks differ");
        for place in report.findings.iter().flat_map(places) {
            let document = documents.iter().find(|document| document.name == place.file);
            let length = document.map_or(0, |document| document.bytes.len());
            prop_assert!(place.span.start <= place.span.end && place.span.end <= length, "{place:?}");
            let lines = document.map_or(0, |document| document.bytes.split(|byte| *byte == b'\n').count());
            prop_assert!(1 <= place.line && place.line <= place.end_line && place.end_line <= lines, "{place:?}");
        }
    }

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        extract(&Document { name: "bytes", bytes: &bytes });
    }

    #[test]
    fn any_page_becomes_a_draft(first in page()) {
        let documents = [Document { name: "first", bytes: &first }];
        prop_assert!(openapi(&documents)["openapi"] == "3.1.0");
        prop_assert!(fact_sheet(&documents)["version"] == 1);
    }
}

#[test]
fn deep_nesting_costs_no_stack() {
    for unit in ["[", "{\"a\":", "> ", "- ", "((", "`", "*", "{", "<", "\"", "...", "|"] {
        for lead in ["", "```json\n", "# A\n\n", "a | b\n--|--\n"] {
            let page = format!("{lead}{}", unit.repeat(20_000));
            check(&[Document { name: "deep", bytes: page.as_bytes() }], None);
        }
    }
}
