//! Why an edition cannot be read.

use thiserror::Error;

use super::FILE_BYTES_MAX;

/// Why an edition cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EditionError {
    /// A file holds bytes that no text has.
    #[error("{file} is no text")]
    Binary {
        /// Its name.
        file: String,
    },
    /// A file is beyond every use.
    #[error("{file} has {bytes} bytes or more, and no document needs more than {FILE_BYTES_MAX}")]
    TooLarge {
        /// Its name.
        file: String,
        /// Its size.
        bytes: usize,
    },
    /// A file is no JSON.
    #[error("{file} is not JSON: {source}")]
    NotJson {
        /// Its name.
        file: String,
        /// What the reader says.
        source: serde_json::Error,
    },
    /// A file is no YAML.
    #[error("{file} is neither JSON nor YAML: {reason}")]
    NotYaml {
        /// Its name.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// A file is JSON or YAML and no OpenAPI document that is understood.
    #[error("{file} is no OpenAPI 3 document: {reason}")]
    NotOpenApi {
        /// Its name.
        file: String,
        /// What is missing or strange.
        reason: String,
    },
    /// Nothing was found that could be compared.
    #[error("nothing was found in {name} that could be compared: {expected}")]
    Nothing {
        /// The edition.
        name: String,
        /// What would have been found.
        expected: &'static str,
    },
}
