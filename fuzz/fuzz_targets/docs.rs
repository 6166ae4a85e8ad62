//! Checks any bytes as a document: every place of every finding lies inside it.

#![no_main]

use estoppel_docs_check::{Document, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Most pages go without a contract: comparing with one takes many times as long.
    let contracts = estoppel_catalog::apis();
    let contract = bytes.first().and_then(|first| contracts.get(usize::from(*first) % 64));
    let report = check(&[Document { name: "page.md", bytes }], contract.map(|api| api.contract()));
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for finding in &report.findings {
        assert!(usize::try_from(finding.place.line).is_ok_and(|line| line <= lines), "{finding:?}");
    }
});
