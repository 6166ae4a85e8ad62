//! OAuth tokens.

pub(crate) mod issue_token;

use std::collections::BTreeMap;

use estoppel_contract::Protocol;
use jiff::Timestamp;

pub use issue_token::{ClientCredentials, IssueToken, IssuedToken};

/// The client of every fresh session.
pub(crate) const TEST_CLIENT_ID: &str = "carrier-test";
/// The secret of every fresh session.
pub(crate) const TEST_SECRET: &str = "carrier-test-secret";

/// Tokens that are remembered, expired ones among them, so that those are told apart from invented ones. The oldest
/// are forgotten first, good or not.
const KNOWN_MAX: usize = 4096;

/// The tokens that were issued, and when each expires.
#[derive(Clone, Default)]
pub(crate) struct Tokens {
    expires_at: BTreeMap<String, Timestamp>,
    oldest_first: std::collections::VecDeque<String>,
}

/// Shows no token.
impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Tokens({})", self.expires_at.len())
    }
}

impl Tokens {
    /// Remembers a token. The oldest are forgotten when there are very many.
    pub(crate) fn add(&mut self, token: String, expires_at: Timestamp) {
        self.oldest_first.push_back(token.clone());
        self.expires_at.insert(token, expires_at);
        if self.oldest_first.len() > KNOWN_MAX
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.expires_at.remove(&oldest);
        }
    }

    /// Whether a token is there and good now (R12).
    pub(crate) fn check(&self, token: Option<&str>, now: Timestamp) -> Result<(), Protocol> {
        match token.and_then(|token| self.expires_at.get(token)) {
            None => Err(Protocol::Unauthorized),
            Some(expires_at) if *expires_at <= now => Err(Protocol::CredentialExpired),
            Some(_) => Ok(()),
        }
    }
}
