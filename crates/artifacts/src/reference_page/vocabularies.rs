//! The closed sets of words.

use estoppel_contract::{Contract, WORDS_KEY};
use serde_json::Value;

use super::{Markdown, objects::provenance};
use crate::member::{description, words};

pub(super) fn describe(page: &mut Markdown, contract: &Contract) {
    let vocabularies: Vec<_> =
        contract.models.iter().filter_map(|model| Some((model, words(&model.schema)?))).collect();
    if vocabularies.is_empty() {
        return;
    }
    page.heading(1, "Vocabularies");
    for (model, words) in vocabularies {
        page.heading(2, &model.name);
        page.paragraph(description(&model.schema));
        page.paragraph(&provenance(&model.schema));
        let meaning = |word: &str| {
            let told = model.schema.get(WORDS_KEY).and_then(|told| told.get(word)).and_then(Value::as_str);
            told.unwrap_or("–").to_owned()
        };
        page.table(["Value", "Meaning"], words.into_iter().map(|word| [format!("`{word}`"), meaning(word)]));
    }
}
