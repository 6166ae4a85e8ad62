//! Endpoints and deliveries.

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use estoppel_contract::Success;
use jiff::Timestamp;
use serde::Serialize;

use crate::shown_url;

/// An endpoint that is to be added.
#[derive(Clone, PartialEq, Eq)]
pub struct NewEndpoint {
    /// The API whose webhooks it gets.
    pub api: &'static str,
    /// Where they are sent.
    pub url: String,
    /// Headers that every request carries.
    pub headers: Vec<(String, String)>,
}

/// Shows no header value: it may be a secret.
impl fmt::Debug for NewEndpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NewEndpoint({} {})", self.api, shown_url(&self.url))
    }
}

/// Where the webhooks of an API go.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its number.
    pub id: u64,
    /// The API.
    pub api: &'static str,
    /// The URL.
    pub url: String,
    /// Headers that every request carries.
    pub headers: Vec<(String, String)>,
    /// When it was added, on the session's clock.
    pub created_at: Timestamp,
    /// Whether it is served.
    pub state: EndpointState,
}

impl Endpoint {
    /// Whether it is served.
    pub const fn is_enabled(&self) -> bool {
        matches!(self.state, EndpointState::Enabled)
    }

    /// What its URL and headers hold.
    pub(super) fn bytes(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        self.url.len() + headers.sum::<usize>()
    }
}

/// Shows no header value: it may be a secret.
impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = shown_url(&self.url);
        write!(formatter, "Endpoint({} {} {url} {:?})", self.id, self.api, self.state)
    }
}

/// Whether an endpoint is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EndpointState {
    /// It is.
    Enabled,
    /// Not any more.
    Deactivated {
        /// Since when, on the session's clock.
        at: Timestamp,
        /// Why.
        reason: String,
    },
}

/// One message on its way to one endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: u64,
    /// The API.
    pub api: &'static str,
    /// The webhook.
    pub webhook: &'static str,
    /// The endpoint, by its number.
    pub endpoint: u64,
    /// The request that the message belongs to.
    pub request: Arc<str>,
    /// The bytes that are signed and sent.
    pub body: Bytes,
    /// What it comes from.
    pub cause: Cause,
    /// When it came up, on the session's clock.
    pub created_at: Timestamp,
    /// Not before this time, on the session's clock.
    pub due_at: Timestamp,
    /// How far it has come.
    pub state: DeliveryState,
    /// How it went so far.
    pub attempts: Vec<Attempt>,
    /// The signature of the last attempt, where there was one and it is signed.
    pub signature: Option<String>,
}

impl Delivery {
    /// What its body and the name of its request hold.
    pub(super) fn bytes(&self) -> usize {
        self.body.len() + self.request.len()
    }
}

/// Shows no body: it may hold account numbers.
impl fmt::Debug for Delivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Delivery({} {} to {}, {:?}, {:?})",
            self.id, self.webhook, self.endpoint, self.state, self.attempts
        )
    }
}

/// What a delivery comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// The API itself.
    Event,
    /// It was fired by hand.
    Fired,
    /// The delivery with this number was sent once more.
    Redelivered(u64),
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// It waits for its time, for the one before it, or for room.
    Waiting,
    /// It is being sent.
    UnderWay,
    /// The receiver took it.
    Delivered,
    /// It failed and is not tried again.
    Failed,
    /// It was given up: its endpoint was deactivated or removed, or too many deliveries waited.
    Dropped,
}

impl DeliveryState {
    /// Every state, in the order in which deliveries come to them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::UnderWay, Self::Delivered, Self::Failed, Self::Dropped];

    /// Its word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::UnderWay => "underWay",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// One try to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// When it ended, on the session's clock.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: AttemptOutcome,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AttemptOutcome {
    /// The receiver answered with this status.
    Status(u16),
    /// The receiver did not answer in time.
    TimedOut,
    /// No answer came, for this reason.
    NoReply(String),
}

impl AttemptOutcome {
    /// Whether the receiver took the delivery.
    pub const fn is_received(&self, success: Success) -> bool {
        matches!(self, Self::Status(status) if success.accepts(*status))
    }
}

impl fmt::Display for AttemptOutcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(formatter, "status {status}"),
            Self::TimedOut => formatter.write_str("timed out"),
            Self::NoReply(reason) => write!(formatter, "no reply: {reason}"),
        }
    }
}

/// One request, ready to be sent.
#[derive(Clone)]
pub struct Parcel {
    /// The delivery, by its number.
    pub delivery: u64,
    /// The endpoint, by its number.
    pub endpoint: u64,
    /// Where it goes.
    pub url: String,
    /// Its headers, the signature among them.
    pub headers: Vec<(String, String)>,
    /// The bytes that are signed.
    pub body: Bytes,
    /// How long the receiver may take, in real time.
    pub timeout: Duration,
}

/// Shows no header and no body: both may hold secrets.
impl fmt::Debug for Parcel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = shown_url(&self.url);
        write!(formatter, "Parcel({} to {url}, {} bytes)", self.delivery, self.body.len())
    }
}
