//! Verification of a server.

mod applicable;
mod call;
mod comparison;
mod correspondence;
mod declared;
mod delivered;
mod inbox;
mod judgement;
mod ledger;
mod model;
mod names;
mod origin;
mod player;
mod probe;
mod registration;
mod replay_session;
mod server;
mod worlds;

use std::{fmt, sync::Arc, time::Duration};

use estoppel_contract::{PersonalData, Readings};
use estoppel_simulator::Simulation;
use jiff::Timestamp;
use thiserror::Error;

use crate::{Progress, ProviderReport};
pub use inbox::{Inbox, NextWebhook, ReceivedWebhook};
pub use names::{Names, UnknownName};
use player::Player;
pub use registration::{Registration, RegistrationError};
pub use replay_session::{AdminTokenError, ReplaySession};

/// How a server is verified.
#[derive(Clone, Debug)]
pub struct ProviderOptions {
    /// Where the API is, such as `http://127.0.0.1:8080/carrier`.
    pub base_url: String,
    /// Who calls; what is left out is what every fresh session takes.
    pub credentials: Credentials,
    /// The longest that one call may take.
    pub timeout: Duration,
    /// The longest that an effect which takes time is waited for.
    pub patience: Duration,
    /// Where the server's webhooks arrive; without it those that stories wait for are not tested.
    pub inbox: Option<Arc<dyn Inbox>>,
    /// The longest that a webhook is waited for.
    pub arrival_patience: Duration,
    /// The server's time, where what it answers depends on the day; any time otherwise.
    pub now: Option<Timestamp>,
    /// How the server decides what the documents leave open.
    pub readings: Readings,
    /// Ids of the operations to verify; all of them where there is none.
    pub include: Vec<String>,
    /// Ids of operations that are not called; stories that call them are not played.
    pub exclude: Vec<String>,
    /// Whether the report shows personal data of the server's replies.
    pub personal_data: PersonalData,
}

impl ProviderOptions {
    /// All operations of the API at this base URL, with the credentials of a fresh session.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            credentials: Credentials::default(),
            timeout: Duration::from_secs(10),
            patience: Duration::from_secs(5),
            inbox: None,
            now: None,
            arrival_patience: Duration::from_secs(15),
            readings: Readings::default(),
            include: Vec::new(),
            exclude: Vec::new(),
            personal_data: PersonalData::default(),
        }
    }
}

/// Who calls.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The client's identifier, where there is one.
    pub client_id: Option<String>,
    /// The client's secret.
    pub secret: Option<String>,
    /// Further headers that every call carries, by name; in place of those that the contract names, or besides them.
    pub headers: Vec<(String, String)>,
}

/// Shows no secret.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.secret.as_ref().map(|_| "(hidden)");
        formatter
            .debug_struct("Credentials")
            .field("client_id", &self.client_id)
            .field("secret", &shown)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish()
    }
}

/// Why a server could not be verified.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// The base URL is not one.
    #[error("`{0}` is no base URL: expected http:// or https:// and a host, without a query")]
    BaseUrl(String),
    /// No HTTP client could be made.
    #[error("no HTTP client: {0}")]
    Client(String),
    /// There is no server.
    #[error("nothing answers at {base_url}: {reason}")]
    Unreachable {
        /// Where it should be.
        base_url: String,
        /// Why it is not.
        reason: String,
    },
    /// The server does not take the credentials.
    #[error("{base_url} gives no token for these credentials: {answer}")]
    Credentials {
        /// The server.
        base_url: String,
        /// What it answered.
        answer: String,
    },
    /// No operation has this id.
    #[error("unknown operation `{id}`: expected one of {known}")]
    UnknownOperation {
        /// The id that was given.
        id: String,
        /// The ids that exist.
        known: String,
    },
    /// No operation is left to verify.
    #[error("nothing to verify: no story is left to play")]
    NothingSelected,
}

/// Verifies the server at `options.base_url` against the contract of `simulation` and against its behaviour.
///
/// Fails where the server cannot be verified at all. What a server does wrong is no error: the report says it.
pub async fn verify_provider(
    simulation: &'static dyn Simulation,
    options: &ProviderOptions,
    progress: impl FnMut(Progress<'_>),
) -> Result<ProviderReport, VerifyError> {
    Player::begin(simulation, options, progress).await?.play().await
}
