//! Editions of generated contracts: OpenAPI documents, and folders of schemas.

use estoppel_docs_check::{
    Document,
    edition::{Edition, EditionError},
};

use super::side::{self, Files};
use crate::Failure;

/// The files that hold a contract, whatever folder they stand in.
const OPEN_API: [&str; 3] = ["openapi.json", "openapi.yaml", "openapi.yml"];
/// How files of single models end.
const SCHEMA: &str = ".schema.json";

/// Reads every contract that is named; only that of one API where its name is given.
pub(super) fn read(name: &str, api: Option<&str>) -> Result<Vec<Edition>, Failure> {
    let side = side::read(name, |file| is_open_api(file) || file.ends_with(SCHEMA))?;
    if !side.is_folder {
        return Ok(vec![single(name, &side).map_err(failed)?]);
    }
    let mut editions = Vec::new();
    for (file, bytes) in side.files.iter().filter(|(file, _)| is_open_api(file)) {
        let (folder, _) = file.rsplit_once('/').unwrap_or_default();
        let own = folder.rsplit('/').next().unwrap_or(folder);
        if api.is_some_and(|api| !own.is_empty() && own != api) {
            continue;
        }
        editions.push(Edition::of_open_api(folder, &Document { name: file, bytes }).map_err(failed)?);
    }
    if let (true, Some(api)) = (editions.is_empty(), api) {
        return Err(Failure::new(format!("{name} has no {api}/{}", OPEN_API.join(" or "))));
    }
    if editions.is_empty() {
        let documents: Vec<Document<'_>> =
            side.files.iter().map(|(name, bytes)| Document { name, bytes }).collect();
        if documents.is_empty() {
            let told = format!(
                "nothing was found in {name}: expected {}, or files that end in {SCHEMA}",
                OPEN_API.join(", ")
            );
            return Err(Failure::new(told));
        }
        editions.push(Edition::of_schemas(name, &documents).map_err(failed)?);
    }
    Ok(editions)
}

fn is_open_api(file: &str) -> bool {
    OPEN_API.contains(&file.rsplit('/').next().unwrap_or(file))
}

fn single(name: &str, side: &Files) -> Result<Edition, EditionError> {
    let documents: Vec<Document<'_>> =
        side.files.iter().map(|(name, bytes)| Document { name, bytes }).collect();
    match documents.as_slice() {
        [document] if !name.ends_with(SCHEMA) => Edition::of_open_api(name, document),
        _ => Edition::of_schemas(name, &documents),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where errors are mapped")]
fn failed(error: EditionError) -> Failure {
    Failure::new(error.to_string())
}
