//! Editions of published documents.

use estoppel_docs_check::{Document, edition::Edition};

use super::side;
use crate::Failure;

/// Endings of files that can be documents.
const ENDINGS: [&str; 5] = [".md", ".markdown", ".txt", ".html", ".htm"];

/// Reads an edition, all its pages together.
pub(super) fn read(name: &str) -> Result<Vec<Edition>, Failure> {
    let wanted = |file: &str| {
        let lower = file.to_lowercase();
        ENDINGS.iter().any(|ending| lower.ends_with(ending))
    };
    let side = side::read(name, wanted)?;
    if side.files.is_empty() {
        let endings = ENDINGS.join(", ");
        return Err(Failure::new(format!(
            "there is no document in {name}: expected files that end in {endings}"
        )));
    }
    let documents: Vec<Document<'_>> =
        side.files.iter().map(|(name, bytes)| Document { name, bytes }).collect();
    let edition = Edition::of_documents(name, &documents).map_err(|error| Failure::new(error.to_string()))?;
    Ok(vec![edition])
}
