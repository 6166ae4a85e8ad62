//! Checks the documents whose paths are given, and prints what was found as JSON.

#![expect(clippy::print_stdout, reason = "an example shows its result")]

use estoppel_docs_check::{Document, check};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        pages.push((path.clone(), std::fs::read(path)?));
    }
    let documents: Vec<_> = pages.iter().map(|(name, bytes)| Document { name, bytes }).collect();
    let report = check(&documents, None);
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
