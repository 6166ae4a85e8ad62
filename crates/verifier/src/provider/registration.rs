//! Webhooks of a replay server: where the server that is verified is one, it can be told where to send them.

use std::time::Duration;

use serde_json::{Value, json};
use thiserror::Error;

use super::{VerifyError, server::client};

/// The session whose APIs stand directly below the server's base.
const DEFAULT_SESSION: &str = "default";
/// The longest that one call of a control may take.
const TIMEOUT: Duration = Duration::from_secs(5);

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
    /// No HTTP client could be made.
    #[error(transparent)]
    Client(#[from] VerifyError),
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
    /// Asks the replay server that has the API of this name at `base_url` to send its webhooks to `receiver_url`.
    ///
    /// `None` where no replay server answers there.
    pub async fn make(
        base_url: &str,
        api: &str,
        receiver_url: &str,
    ) -> Result<Option<Self>, RegistrationError> {
        let Some((base, session)) = place(base_url, api) else { return Ok(None) };
        let client = client(TIMEOUT)?;
        if !is_replay_server(&client, base, api).await {
            return Ok(None);
        }
        let url = format!("{base}/__admin/sessions/{session}/webhooks");
        let body = json!({"api": api, "url": receiver_url}).to_string();
        let request = client.post(&url).header(http::header::CONTENT_TYPE, "application/json").body(body);
        let refused = |answer: String| RegistrationError::Refused { base: base.to_owned(), answer };
        let response = request.send().await.map_err(|error| refused(error.without_url().to_string()))?;
        let status = response.status();
        let text = response.text().await.unwrap_or_default();
        let id = serde_json::from_str::<Value>(&text).ok().and_then(|body| body.get("id")?.as_u64());
        let id = id.filter(|_| status.is_success()).ok_or_else(|| refused(format!("{status}: {text}")))?;
        Ok(Some(Self { client, control_url: format!("{url}/{id}") }))
    }

    /// Removes the endpoint.
    pub async fn remove(self) -> Result<(), RegistrationError> {
        let refused = |answer: String| RegistrationError::Refused { base: self.control_url.clone(), answer };
        let sent = self.client.delete(&self.control_url).send().await;
        let status = sent.map_err(|error| refused(error.without_url().to_string()))?.status();
        if status.is_success() { Ok(()) } else { Err(refused(status.to_string())) }
    }
}

/// Where the controls are of a server that has the API at `base_url`, and the session's name.
fn place<'u>(base_url: &'u str, api: &str) -> Option<(&'u str, &'u str)> {
    let base = base_url.trim_end_matches('/').strip_suffix(api)?.strip_suffix('/')?;
    let (before, session) = base.rsplit_once('/')?;
    match before.strip_suffix("/sessions") {
        Some(root) if !root.is_empty() => Some((root, session)),
        _ => Some((base, DEFAULT_SESSION)),
    }
}

/// Whether a replay server with this API answers here.
async fn is_replay_server(client: &reqwest::Client, base: &str, api: &str) -> bool {
    let Ok(response) = client.get(format!("{base}/__admin/health")).send().await else { return false };
    let text = response.text().await.unwrap_or_default();
    let health: Value = serde_json::from_str(&text).unwrap_or_default();
    let apis = health.get("apis").and_then(Value::as_array);
    apis.is_some_and(|apis| apis.iter().any(|known| known == api))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base_url: &str, expected: Option<(&str, &str)>) {
        assert_eq!(place(base_url, "boats"), expected, "{base_url}");
    }

    #[test]
    fn controls_stand_beside_the_apis_and_sessions() {
        check("http://127.0.0.1:8080/boats", Some(("http://127.0.0.1:8080", "default")));
        check("http://127.0.0.1:8080/boats/", Some(("http://127.0.0.1:8080", "default")));
        check("http://x.test/sessions/job-7/boats", Some(("http://x.test", "job-7")));
        check("http://x.test/replay/boats", Some(("http://x.test/replay", "default")));
        check("https://api.example.com", None);
    }
}
