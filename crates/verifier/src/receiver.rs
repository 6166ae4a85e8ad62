//! Verification of a receiver of webhooks.
//!
//! The receiver gets deliveries as the API sends them: bodies that the contract allows must be accepted, whatever they
//! hold and however they arrive; deliveries that the API did not sign must be refused.

mod acceptance;
mod dialect;
mod examiner;
mod letter;
mod payload;
mod refusal;
mod repetition;
mod report;
mod sample;
mod schema_view;
mod wire;

use std::{fmt, time::Duration};

use estoppel_contract::{Contract, PersonalData, SignatureEncoding};
use estoppel_simulator::shown_url;
use thiserror::Error;

use crate::Check;
use examiner::Examiner;
pub use report::{NotRun, ReceiverReport};
pub use sample::{SampleRequest, sample_body};

/// How a receiver is verified.
#[derive(Clone)]
pub struct ReceiverOptions {
    /// Where deliveries go.
    pub url: String,
    /// The key that signs.
    pub key: String,
    /// How signatures are written.
    pub encoding: SignatureEncoding,
    /// Further headers of every delivery.
    pub headers: Vec<(String, String)>,
    /// How long the receiver may take to answer.
    pub timeout: Duration,
    /// How long a delivery that arrives slowly pauses in its middle.
    pub pause: Duration,
    /// Identifiers of requests that the receiver knows; invented ones where there is none.
    pub requests: Vec<String>,
    /// The webhook to verify, by its id; every one where it is `None`.
    pub webhook: Option<String>,
    /// Where invented identifiers come from.
    pub seed: u64,
    /// Whether the report shows personal data of the receiver's answers.
    pub personal_data: PersonalData,
}

impl ReceiverOptions {
    /// All webhooks, signed with this key, to this URL.
    pub fn new(url: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            key: key.into(),
            encoding: SignatureEncoding::LowerHex,
            headers: Vec::new(),
            timeout: Duration::from_secs(10),
            pause: Duration::from_millis(200),
            requests: Vec::new(),
            webhook: None,
            seed: 1,
            personal_data: PersonalData::default(),
        }
    }
}

/// Shows neither key nor header values.
impl fmt::Debug for ReceiverOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("ReceiverOptions")
            .field("url", &shown_url(&self.url))
            .field("headers", &names)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Why a receiver could not be verified.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReceiverError {
    /// The URL is not one.
    #[error("`{0}` is no URL of a receiver: expected http:// or https:// and a host")]
    Url(String),
    /// A header cannot be sent.
    #[error(
        "the header `{0}` cannot be sent: its name or its value holds characters that no header may hold"
    )]
    Header(String),
    /// No HTTP client could be made.
    #[error("no HTTP client: {0}")]
    Client(String),
    /// There is no receiver.
    #[error("nothing answers at {url}: {reason}")]
    Unreachable {
        /// Where it should be.
        url: String,
        /// Why it is not.
        reason: String,
    },
    /// The API sends no webhooks.
    #[error("`{0}` sends no webhooks")]
    NoWebhooks(String),
    /// The API has no such webhook.
    #[error("unknown webhook `{id}`: expected one of {known}")]
    UnknownWebhook {
        /// The id that was given.
        id: String,
        /// The ids that exist.
        known: String,
    },
    /// No body can be made for a webhook.
    #[error("no body can be made for the webhook `{webhook}`: {reason}")]
    NoBody {
        /// The webhook.
        webhook: String,
        /// Why.
        reason: String,
    },
}

/// Verifies the receiver at `options.url` against what the contract says about webhooks.
///
/// Fails where the receiver cannot be verified at all. What it does wrong is no error: the report says it. `progress` is
/// called with each thing that has been checked.
pub async fn verify_receiver(
    contract: &Contract,
    options: &ReceiverOptions,
    progress: impl FnMut(&Check),
) -> Result<ReceiverReport, ReceiverError> {
    Examiner::begin(contract, options, progress)?.examine(contract).await
}
