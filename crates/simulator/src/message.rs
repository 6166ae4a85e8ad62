//! What an API hands over to be sent.

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use estoppel_contract::{SignatureEncoding, Webhook};

/// A webhook that an API sets off. The bytes of its body are the bytes that are signed and sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The webhook, by its id.
    pub webhook: &'static str,
    /// The request that it belongs to. Messages of one request arrive in order.
    pub request: Arc<str>,
    /// The body.
    pub body: Bytes,
}

impl Message {
    /// A message with this payload. A payload that cannot be written, which no payload of ours is, makes an empty
    /// body, which no receiver takes for a message.
    pub fn new<W: Webhook>(payload: &W::Payload, request: impl Into<Arc<str>>) -> Self {
        let body = serde_json::to_vec(payload).unwrap_or_default();
        Self { webhook: W::SPEC.id, request: request.into(), body: Bytes::from(body) }
    }
}

/// Shows no body: it may hold account numbers.
impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Message({} of {}, {} bytes)", self.webhook, self.request, self.body.len())
    }
}

/// How the webhooks of an API are signed and sent in a session.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliverySettings {
    /// The key that signs.
    pub key: Arc<str>,
    /// How signatures are written.
    pub encoding: SignatureEncoding,
    /// How long a receiver may take to answer, in real time.
    pub timeout: Duration,
    /// How often a failed delivery is tried again.
    pub retries: u32,
    /// How long after a failure, on the session's clock.
    pub retry_delay: Duration,
}

impl Default for DeliverySettings {
    fn default() -> Self {
        Self {
            key: Arc::default(),
            encoding: SignatureEncoding::LowerHex,
            timeout: Duration::from_secs(10),
            retries: 0,
            retry_delay: Duration::from_mins(1),
        }
    }
}

/// Shows no key.
impl fmt::Debug for DeliverySettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DeliverySettings({:?}, {} retries)", self.timeout, self.retries)
    }
}

/// What has become of the endpoints for an API's webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookChange {
    /// There is at least one now.
    Enabled,
    /// The last one was removed.
    Removed,
    /// Too many failures: none is served any more.
    Deactivated,
}
