//! JSON Schemas, OpenAPI documents and reference pages from a contract.
//!
//! [`files`] makes every generated file of an API in memory, byte for byte the same for the same contract. Whoever
//! calls it writes them, or compares them with those that are committed ([`differences`]).
//!
//! No example leaves this crate unchecked: each one keeps the schema that it stands beside, or there are no files.

mod artifact_error;
mod delivery;
mod difference;
mod examples;
mod guarantee;
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
/// Fails where the contract does not hold together: an example that breaks its schema, a schema that is none, a
/// webhook that guarantees other members than its schema requires.
pub fn files(contract: &Contract) -> Result<BTreeMap<String, String>, ArtifactError> {
    let api = contract.name();
    guarantee::check(contract)?;
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

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use estoppel_contract::Checker;

    use super::*;

    fn contracts() -> Vec<&'static Contract> {
        let mut contracts = Vec::new();
        for api in estoppel_catalog::apis() {
            contracts.push(api.contract());
        }
        contracts
    }

    fn generated() -> BTreeMap<String, String> {
        contracts().into_iter().flat_map(|contract| files(contract).unwrap()).collect()
    }

    fn read(folder: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn the_committed_files_are_those_that_the_contracts_give() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
        let mut committed = BTreeMap::new();
        for contract in contracts() {
            read(&root.join(contract.name()), &root, &mut committed);
        }
        let differences = differences(&generated(), &committed);
        let list: Vec<String> = differences.iter().map(ToString::to_string).collect();
        assert!(list.is_empty(), "cured by `cargo xtask generate`:\n{}", list.join("\n"));
    }

    #[test]
    fn the_same_contract_gives_the_same_bytes() {
        assert!(!generated().is_empty());
        assert_eq!(generated(), generated());
    }

    #[test]
    fn every_model_has_a_file_that_stands_alone_and_examples_that_keep_it() {
        for (path, text) in generated().iter().filter(|(path, _)| path.ends_with(".schema.json")) {
            let schema: Value = serde_json::from_str(text).unwrap();
            let examples = schema["examples"].as_array().cloned().unwrap_or_default();
            assert!(!examples.is_empty(), "{path} shows no example");
            let checker = Checker::new(schema).unwrap();
            for example in examples {
                assert_eq!(checker.check(&example), [], "{path}: {example}");
            }
        }
    }

    #[test]
    fn every_example_of_the_open_api_documents_keeps_its_schema() {
        for contract in contracts() {
            let text = &files(contract).unwrap()[&format!("{}/openapi.json", contract.name())];
            let document: Value = serde_json::from_str(text).unwrap();
            let mut checked = 0;
            visit(&document, &mut |object| checked += check_examples(contract, object));
            let operations = contract.operations.len();
            assert!(checked > 4 * operations, "{}: {checked} examples", contract.name());
        }
    }

    fn visit(value: &Value, see: &mut impl FnMut(&Value)) {
        see(value);
        match value {
            Value::Object(members) => members.values().for_each(|value| visit(value, see)),
            Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
            _ => {}
        }
    }

    /// Checks the examples beside a schema, and says how many there are.
    fn check_examples(contract: &Contract, object: &Value) -> usize {
        let Some(schema) = object.get("schema").filter(|schema| schema.is_object()) else { return 0 };
        let schema = schema.to_string().replace("#/components/schemas/", "#/$defs/");
        let checker = contract.checker(&serde_json::from_str(&schema).unwrap()).unwrap();
        let named = object.get("examples").and_then(Value::as_object);
        let named = named.into_iter().flat_map(|examples| examples.values().map(|example| &example["value"]));
        let examples: Vec<&Value> = object.get("example").into_iter().chain(named).collect();
        for example in &examples {
            assert_eq!(checker.check(example), [], "{schema}: {example}");
        }
        examples.len()
    }

    #[test]
    fn every_reference_of_the_open_api_documents_leads_somewhere() {
        for (path, text) in generated().iter().filter(|(path, _)| path.ends_with("openapi.json")) {
            let document: Value = serde_json::from_str(text).unwrap();
            visit(&document, &mut |object| {
                if let Some(target) = object.get("$ref").and_then(Value::as_str) {
                    let pointer = target.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{path}: {target}");
                }
            });
        }
    }
}
