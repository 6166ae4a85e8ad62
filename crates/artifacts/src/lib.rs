//! JSON Schemas, OpenAPI documents and reference pages from a contract.
//!
//! [`files`] makes every generated file of an API in memory, byte for byte the same for the same contract. Whoever
//! calls it writes them, or compares them with those that are committed ([`differences`]).
//!
//! No example leaves this crate unchecked: each one keeps the schema that it stands beside, or there are no files.

mod artifact_error;
mod difference;
mod examples;
mod member;
mod model_schema;
mod open_api;
mod reference_page;

use std::collections::BTreeMap;

use estoppel_contract::Contract;
use serde_json::Value;

pub use artifact_error::ArtifactError;
pub use difference::{Difference, differences};

use examples::Examples;

/// Every generated file of an API: its path below `schemas/`, and its text.
///
/// - `<api>/models/<model>.schema.json`: a JSON Schema (2020-12) that stands alone, for each model;
/// - `<api>/openapi.json`: an OpenAPI 3.1 document;
/// - `<api>/reference.md`: a reference page in Slate's Markdown.
///
/// Fails where the contract does not hold together: an example that breaks its schema, a schema that is none.
pub fn files(contract: &Contract) -> Result<BTreeMap<String, String>, ArtifactError> {
    let api = contract.name();
    let examples = Examples::of(contract)?;
    let mut files = BTreeMap::new();
    for model in &contract.models {
        let path = format!("{api}/models/{}.schema.json", model_schema::kebab_case(&model.name));
        files.insert(path, json_text(&model_schema::document(contract, model, &examples))?);
    }
    files.insert(format!("{api}/openapi.json"), json_text(&open_api::document(contract, &examples)?)?);
    files.insert(format!("{api}/reference.md"), reference_page::page(contract, &examples)?);
    Ok(files)
}

/// A JSON file: indented by two spaces, with a newline at the end.
fn json_text(document: &Value) -> Result<String, ArtifactError> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}
