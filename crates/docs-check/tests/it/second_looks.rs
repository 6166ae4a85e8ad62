//! Rules that look at a document again, when all of them are known, see what was read at first, however it is written.

use estoppel_docs_check::{Document, Finding, check};

const PAGE: &str = "# Boats\n\nKey | Description\n--|--\nrig | One of `sloop`, `yawl`.\n\n\
    ```json\n{\"rig\": \"ketch\", \"hull\": {\"rigId\": 1, \"rigName\": \"Gaff\"}}\n```\n\n\
    ```json\n{\"rigId\": 1, \"name\": \"Gaff\"}\n```\n";

const HTML: &str = "<html><body><h1>Boats</h1><table><tr><th>Key</th><th>Description</th></tr>\
    <tr><td>rig</td><td>One of <code>sloop</code>, <code>yawl</code>.</td></tr></table>\
    <pre>{\"rig\": \"ketch\", \"hull\": {\"rigId\": 1, \"rigName\": \"Gaff\"}}</pre>\
    <pre>{\"rigId\": 1, \"name\": \"Gaff\"}</pre></body></html>";

fn found(bytes: &[u8], rule: &str) -> Vec<Finding> {
    // The page before has nothing to say, and moves the numbers of everything.
    let before = Document { name: "before.md", bytes: b"# Ports\n\n```json\n{\"port\": 1}\n```\n" };
    let report = check(&[before, Document { name: "boats.md", bytes }], None);
    report.findings.into_iter().filter(|finding| finding.rule == rule).collect()
}

fn check_places(bytes: &[u8], source: &str) {
    for (rule, shown) in [("DOC-WORD-OUTSIDE", "\"ketch\""), ("DOC-NAME-SHORTENED", "\"name\"")] {
        let findings = found(bytes, rule);
        let places: Vec<_> = findings
            .iter()
            .map(|finding| {
                (finding.place.file.as_str(), &source[finding.place.span.start..finding.place.span.end])
            })
            .collect();
        assert_eq!(places, [("boats.md", shown)], "{rule} in {source}");
    }
}

#[test]
fn places_are_those_of_the_source() {
    check_places(PAGE.as_bytes(), PAGE);
    check_places(HTML.as_bytes(), HTML);
    let marked = format!("\u{feff}{PAGE}");
    check_places(marked.as_bytes(), &marked);
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_places(&wide, PAGE);
}
