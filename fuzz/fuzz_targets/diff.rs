//! Compares any two documents as editions: with itself nothing differs, and both ways are answered.

#![no_main]

use estoppel_docs_check::{
    Document,
    edition::{Edition, compare},
};
use libfuzzer_sys::fuzz_target;

/// Stands between the old document and the new one.
const BETWEEN: &[u8] = b"\n%%%%\n";

fuzz_target!(|bytes: &[u8]| {
    let cut = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    let (old, new) = match cut {
        Some(at) => (&bytes[..at], &bytes[at + BETWEEN.len()..]),
        None => (bytes, &[][..]),
    };
    let editions = |bytes| {
        let document = Document { name: "page", bytes };
        let page = Edition::of_documents("page", &[document]);
        let contract = Edition::of_open_api("page", &document);
        page.into_iter().chain(contract).collect::<Vec<_>>()
    };
    let (old, new) = (editions(old), editions(new));
    for edition in &old {
        let edition = std::slice::from_ref(edition);
        assert!(compare(edition, edition).changes.is_empty());
    }
    drop((compare(&old, &new), compare(&new, &old)));
});
