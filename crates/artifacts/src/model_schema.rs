//! The file of one model: a JSON Schema that stands alone.

use estoppel_contract::{Contract, Model};
use serde_json::{Map, Value, json};

use crate::examples::Examples;

/// The dialect of every schema.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The JSON Schema of a model, with every model that it reaches under `$defs`.
pub(crate) fn document(contract: &Contract, model: &Model, examples: &Examples) -> Value {
    let mut document = Map::new();
    document.insert("$schema".to_owned(), DIALECT.into());
    let id = format!("urn:estoppel:{}:{}", contract.name(), kebab_case(&model.name));
    document.insert("$id".to_owned(), id.into());
    document.insert("title".to_owned(), model.name.as_str().into());
    let bundled = contract.bundle(&model.schema);
    let mut keywords = bundled.as_object().cloned().unwrap_or_default();
    let definitions = keywords.shift_remove("$defs");
    if let Some(description) = keywords.shift_remove("description") {
        document.insert("description".to_owned(), description);
    }
    document.extend(keywords);
    let shown = examples.of_model(&model.name);
    if !shown.is_empty() {
        document.insert("examples".to_owned(), json!(shown));
    }
    document.extend(definitions.map(|definitions| ("$defs".to_owned(), definitions)));
    Value::Object(document)
}

/// `ClaimCreatedReply` as `claim-created-reply`.
pub(crate) fn kebab_case(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for (index, character) in name.char_indices() {
        if character.is_uppercase() && index > 0 {
            kebab.push('-');
        }
        kebab.extend(character.to_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_in_kebab_case() {
        for (name, expected) in [("Claim", "claim"), ("NewClaim", "new-claim"), ("claim", "claim"), ("", "")]
        {
            assert_eq!(kebab_case(name), expected);
        }
    }
}
