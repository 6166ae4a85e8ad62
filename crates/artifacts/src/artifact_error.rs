//! Why an API has no generated files.

use estoppel_contract::Violation;
use thiserror::Error;

/// A contract that does not hold together.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArtifactError {
    /// A schema of the contract is not a JSON Schema.
    #[error("the schema of {subject} is no JSON Schema: {message}")]
    Schema {
        /// What it describes, such as `Claim`.
        subject: String,
        /// What is wrong with it.
        message: String,
    },
    /// An example breaks the schema that it stands beside.
    #[error("an example of {subject} breaks its schema at `{}`: expected {}, found {}", violation.pointer, violation.expected, violation.actual)]
    Example {
        /// What it is an example of.
        subject: String,
        /// Where and how.
        violation: Violation,
    },
    /// The contract names a model that it does not have.
    #[error("the contract has no model `{0}`")]
    NoSuchModel(String),
    /// What a webhook guarantees is not what the schema of its body requires.
    #[error(
        "the webhook `{webhook}` guarantees {guaranteed}, and the schema of its body requires {required}"
    )]
    Guarantee {
        /// The webhook.
        webhook: String,
        /// The members that its declaration names.
        guaranteed: String,
        /// The members that its schema requires.
        required: String,
    },
    /// A value cannot be written as JSON.
    #[error("a file cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
