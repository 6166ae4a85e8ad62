//! Webhooks of a replay server: where the server that is verified is one, it can be told where to send them.

use serde_json::{Value, json};
use thiserror::Error;

use super::ReplaySession;

/// An endpoint for webhooks at a replay server. It stays until it is removed.
#[derive(Debug)]
pub struct Registration {
    client: reqwest::Client,
    /// The URL of the endpoint as the server's controls know it.
    control_url: String,
}

/// Why a replay server does not take an endpoint for webhooks, or does not let it go.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RegistrationError {
    /// The server does not do it.
    #[error("the replay server at {base} answers {answer}")]
    Refused {
        /// Where its controls are.
        base: String,
        /// What it answered, or why it did not.
        answer: String,
    },
}

impl Registration {
    /// Asks a replay server to send the webhooks of the API of this name to `receiver_url`.
    pub async fn make(
        session: &ReplaySession,
        api: &str,
        receiver_url: &str,
    ) -> Result<Self, RegistrationError> {
        let ReplaySession { client, base, control_url, .. } = session;
        let url = format!("{control_url}/webhooks");
        let body = json!({"api": api, "url": receiver_url}).to_string();
        let request = client.post(&url).header(http::header::CONTENT_TYPE, "application/json").body(body);
        let refused = |answer: String| RegistrationError::Refused { base: base.clone(), answer };
        let response = request.send().await.map_err(|error| refused(error.without_url().to_string()))?;
        let status = response.status();
        let text = response.text().await.unwrap_or_default();
        let id = serde_json::from_str::<Value>(&text).ok().and_then(|body| body.get("id")?.as_u64());
        let id = id.filter(|_| status.is_success()).ok_or_else(|| refused(format!("{status}: {text}")))?;
        Ok(Self { client: client.clone(), control_url: format!("{url}/{id}") })
    }

    /// Removes the endpoint.
    pub async fn remove(self) -> Result<(), RegistrationError> {
        let refused = |answer: String| RegistrationError::Refused { base: self.control_url.clone(), answer };
        let sent = self.client.delete(&self.control_url).send().await;
        let status = sent.map_err(|error| refused(error.without_url().to_string()))?.status();
        if status.is_success() { Ok(()) } else { Err(refused(status.to_string())) }
    }
}
