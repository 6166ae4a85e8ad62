//! The session of a replay server that an API's base URL leads to.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use serde_json::Value;
use thiserror::Error;

use super::server::client_with;

/// The session whose APIs stand directly below the server's base.
const DEFAULT_SESSION: &str = "default";
/// The longest that one call of a control may take.
pub(super) const TIMEOUT: Duration = Duration::from_secs(5);

/// The header that carries the token of an admin API.
const TOKEN_HEADER: &str = "x-estoppel-admin-token";

/// Why a replay server's admin API cannot be used. No message holds the token.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AdminTokenError {
    /// It wants a token, or another one.
    #[error(
        "the admin API of the replay server at {0} wants its token: give --admin-token or ESTOPPEL_ADMIN_TOKEN"
    )]
    Wanted(String),
    /// No header can hold the token.
    #[error("the admin token is none: expected visible ASCII without spaces")]
    NoHeader,
}

/// A session of a replay server, found by its controls.
#[derive(Debug)]
pub struct ReplaySession {
    pub(super) client: reqwest::Client,
    /// The server's base.
    pub(super) base: String,
    /// The URL of the session as the server's controls know it.
    pub(super) control_url: String,
    calls: u64,
}

impl ReplaySession {
    /// The session that has the API of this name at `base_url`. `None` where no replay server answers there; an error
    /// where one does and wants another token for its admin API.
    pub async fn at(
        base_url: &str,
        api: &str,
        admin_token: Option<&str>,
    ) -> Result<Option<Self>, AdminTokenError> {
        let Some((base, session)) = place(base_url, api) else { return Ok(None) };
        let headers = admin_token.map(token_header).transpose()?.into_iter().collect();
        let Ok(client) = client_with(TIMEOUT, headers) else { return Ok(None) };
        let Some(health) = get(&client, &format!("{base}/__admin/health")).await else { return Ok(None) };
        let help = health.get("help").and_then(Value::as_str).unwrap_or_default();
        if help.contains(TOKEN_HEADER) {
            return Err(AdminTokenError::Wanted(base.to_owned()));
        }
        let apis = health.get("apis").and_then(Value::as_array);
        if !apis.is_some_and(|apis| apis.iter().any(|known| known == api)) {
            return Ok(None);
        }
        let control_url = format!("{base}/__admin/sessions/{session}");
        let described = get(&client, &control_url).await.unwrap_or_default();
        let calls = described.get("calls").and_then(Value::as_u64).unwrap_or_default();
        Ok(Some(Self { client, base: base.to_owned(), control_url, calls }))
    }

    /// How many calls it had answered when it was found: what they changed is unlike a fresh session.
    pub const fn calls(&self) -> u64 {
        self.calls
    }

    /// Where a `POST` makes it anew.
    pub fn reset_url(&self) -> String {
        format!("{}/reset", self.control_url)
    }
}

/// The header that carries a token.
fn token_header(token: &str) -> Result<(HeaderName, HeaderValue), AdminTokenError> {
    let mut value = HeaderValue::from_str(token).map_err(|_| AdminTokenError::NoHeader)?;
    value.set_sensitive(true);
    Ok((HeaderName::from_static(TOKEN_HEADER), value))
}

async fn get(client: &reqwest::Client, url: &str) -> Option<Value> {
    let text = client.get(url).send().await.ok()?.text().await.ok()?;
    serde_json::from_str(&text).ok()
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
