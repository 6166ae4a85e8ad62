//! Where webhooks arrive.

use std::{fmt, future::Future, pin::Pin};

use bytes::Bytes;
use http::HeaderMap;

/// A request that was received where webhooks are sent to.
#[derive(Clone)]
pub struct ReceivedWebhook {
    /// Its method.
    pub method: http::Method,
    /// Its headers.
    pub headers: HeaderMap,
    /// The exact bytes of its body.
    pub body: Bytes,
}

impl ReceivedWebhook {
    /// The value of a header, where it is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Shows no header and no body: both may hold secrets.
impl fmt::Debug for ReceivedWebhook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReceivedWebhook({}, {} bytes)", self.method, self.body.len())
    }
}

/// The next webhook, or `None` where no more can come. Dropping it loses no webhook.
pub type NextWebhook<'i> = Pin<Box<dyn Future<Output = Option<ReceivedWebhook>> + Send + 'i>>;

/// What the server's webhooks are sent to. Whoever has one makes sure that they are.
pub trait Inbox: Send + Sync + fmt::Debug {
    /// The oldest webhook that was not taken yet; waits until there is one.
    fn next(&self) -> NextWebhook<'_>;
}
