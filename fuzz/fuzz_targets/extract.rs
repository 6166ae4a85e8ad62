//! Extracts facts and an OpenAPI draft from any bytes: every place lies inside the text, and in order.

#![no_main]

use estoppel_docs_check::{Document, extract, fact_sheet, includes, openapi, source_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let document = Document { name: "page.md", bytes };
    let text = source_text(&document);
    let facts = extract(&document);
    let operations = facts.operations.iter().map(|operation| operation.span);
    let tables = facts.tables.iter().flat_map(|table| table.rows.iter().map(|row| row.span));
    let examples = facts.examples.iter().map(|example| example.span);
    for span in operations.chain(tables).chain(examples) {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} of {}", text.len());
    }
    drop((includes(&document), fact_sheet(&[document]), openapi(&[document])));
});
