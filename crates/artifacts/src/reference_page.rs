//! The reference page of an API, in Slate's Markdown.
use crate::{ArtifactError, examples::Examples};
use estoppel_contract::Contract;
pub(crate) fn page(_c: &Contract, _e: &Examples) -> Result<String, ArtifactError> {
    Ok(String::new())
}
