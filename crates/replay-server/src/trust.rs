//! Whom a server trusts: who may use the admin API, under which names, where webhooks may go, and who sees personal data.

use std::{fmt, net::SocketAddr, str::FromStr};

use estoppel_contract::PersonalData;
use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::{
    guard::Guard,
    host::HostName,
    target_policy::{TargetPolicy, TargetRule},
};

/// Fewest characters of an admin token.
const TOKEN_MIN: usize = 16;
/// Most characters of an admin token.
const TOKEN_MAX: usize = 512;

/// Whom a server trusts. The default trusts this machine only.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// What every call of the admin API has to carry, where one is chosen.
    pub admin_token: Option<AdminToken>,
    /// A listener of its own that alone serves the admin API; the main one then serves the APIs only.
    pub admin_listen: Option<SocketAddr>,
    /// Whether other machines may reach the admin API without a token.
    pub admin_exposure: AdminExposure,
    /// Host names under which the admin API answers, besides those of its listener and of this machine.
    pub allowed_hosts: Vec<HostName>,
    /// Where webhooks may go besides this machine and the endpoints that the server is started with.
    pub webhook_targets: Vec<TargetRule>,
    /// Whether journals and lists of deliveries show personal data. Where nothing is chosen they do if only this machine
    /// reaches the admin API.
    pub personal_data: Option<PersonalData>,
}

/// Whether other machines may reach the admin API without a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AdminExposure {
    /// They may not: a server that would let them does not start.
    #[default]
    Protected,
    /// Whoever reaches the listener controls the server.
    Insecure,
}

/// A secret that opens the admin API. It never appears in `Debug`.
#[derive(Clone)]
pub struct AdminToken(String);

impl AdminToken {
    /// Whether `given` is the token, in a time that says nothing about where the two differ.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(given).into()
    }
}

impl FromStr for AdminToken {
    type Err = TrustError;

    fn from_str(text: &str) -> Result<Self, TrustError> {
        let length = text.chars().count();
        if length < TOKEN_MIN || length > TOKEN_MAX {
            return Err(TrustError::TokenLength(length));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TrustError::TokenCharacters);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for AdminToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AdminToken(…)")
    }
}

/// Why a server does not start as it was asked to. No message holds a token.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TrustError {
    /// The token has too few or too many characters.
    #[error("the admin token has {0} characters: expected {TOKEN_MIN} to {TOKEN_MAX}")]
    TokenLength(usize),
    /// The token holds characters that a header cannot carry.
    #[error(
        "the admin token holds a character that is none of a header: expected visible ASCII without spaces"
    )]
    TokenCharacters,
    /// Other machines would reach the admin API without a token.
    #[error(
        "other machines reach {flag} {address}, and with it the admin API: give --admin-token TOKEN (or \
         ESTOPPEL_ADMIN_TOKEN), {other}or --insecure-admin if everybody there may control the server"
    )]
    Exposed {
        /// The flag that gave the address.
        flag: &'static str,
        /// The address.
        address: SocketAddr,
        /// The other way out, where there is one.
        other: &'static str,
    },
    /// Two listeners on one address.
    #[error("--admin-listen {0} is --listen too: expected another address, such as 127.0.0.1:0")]
    SameListener(SocketAddr),
    /// A token that is asked for and not.
    #[error("--insecure-admin and an admin token contradict each other: expected one of them")]
    Contradiction,
    /// The base URL names no host.
    #[error("the base URL `{0}` names no host: expected one such as http://127.0.0.1:8080")]
    PublicUrl(String),
}

impl Trust {
    /// Whether a server that listens on `listen` may start.
    pub(crate) fn check(&self, listen: SocketAddr) -> Result<(), TrustError> {
        if let Some(admin) = self.admin_listen
            && admin.port() != 0
            && admin.port() == listen.port()
            && (admin.ip() == listen.ip() || admin.ip().is_unspecified() || listen.ip().is_unspecified())
        {
            return Err(TrustError::SameListener(admin));
        }
        match (&self.admin_token, self.admin_exposure) {
            (Some(_), AdminExposure::Insecure) => return Err(TrustError::Contradiction),
            (Some(_), _) | (_, AdminExposure::Insecure) => return Ok(()),
            (None, AdminExposure::Protected) => {}
        }
        let (flag, address, other) = match self.admin_listen {
            Some(address) => ("--admin-listen", address, "a loopback address, "),
            None => ("--listen", listen, "--admin-listen 127.0.0.1:PORT, "),
        };
        if is_of_this_machine(address) {
            return Ok(());
        }
        Err(TrustError::Exposed { flag, address, other })
    }

    /// Whether a server that listens on `listen` shows personal data.
    pub(crate) fn shown_personal_data(&self, listen: SocketAddr) -> PersonalData {
        let is_local = is_of_this_machine(self.admin_listen.unwrap_or(listen));
        let by_listener = if is_local { PersonalData::Shown } else { PersonalData::Masked };
        self.personal_data.unwrap_or(by_listener)
    }

    /// Whether other machines may control a server that listens on `listen` without a token.
    pub fn is_exposed(&self, listen: SocketAddr) -> bool {
        self.admin_token.is_none() && !is_of_this_machine(self.admin_listen.unwrap_or(listen))
    }
}

/// What follows from whom a server trusts.
#[derive(Debug)]
pub(crate) struct Policies {
    /// Who may use the admin API.
    pub(crate) guard: Guard,
    /// Where webhooks may go.
    pub(crate) targets: TargetPolicy,
    /// Whether personal data is shown.
    pub(crate) personal_data: PersonalData,
}

/// Whether only this machine reaches an address.
pub(crate) fn is_of_this_machine(address: SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "correct-horse-battery";

    fn check(listen: &str, admin_listen: Option<&str>, token: Option<&str>, expected: Result<(), &str>) {
        let trust = Trust {
            admin_token: token.map(|token| token.parse().unwrap()),
            admin_listen: admin_listen.map(|address| address.parse().unwrap()),
            ..Trust::default()
        };
        match (trust.check(listen.parse().unwrap()), expected) {
            (Ok(()), Ok(())) => {}
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
            (checked, expected) => panic!("{listen} {admin_listen:?}: {checked:?} is not {expected:?}"),
        }
    }

    #[test]
    fn only_this_machine_reaches_the_admin_api_unless_a_token_guards_it() {
        check("127.0.0.1:80", None, None, Ok(()));
        check("127.8.8.8:80", None, None, Ok(()));
        check("[::1]:80", None, None, Ok(()));
        check("[::ffff:127.0.0.1]:80", None, None, Ok(()));
        check("0.0.0.0:80", None, None, Err("--admin-listen 127.0.0.1:PORT"));
        check("[::]:80", None, None, Err("--insecure-admin"));
        check("192.168.1.5:80", None, None, Err("--admin-token TOKEN"));
        check("0.0.0.0:80", None, Some(TOKEN), Ok(()));
        check("0.0.0.0:80", Some("127.0.0.1:81"), None, Ok(()));
        check("0.0.0.0:80", Some("127.0.0.1:0"), None, Ok(()));
        check("127.0.0.1:80", Some("0.0.0.0:81"), None, Err("--admin-listen 0.0.0.0:81"));
        check("127.0.0.1:80", Some("0.0.0.0:81"), Some(TOKEN), Ok(()));
        check("127.0.0.1:80", Some("127.0.0.1:80"), None, Err("is --listen too"));
        check("0.0.0.0:80", Some("127.0.0.1:80"), None, Err("is --listen too"));
        check("127.0.0.1:0", Some("127.0.0.1:0"), None, Ok(()));
        let insecure = Trust { admin_exposure: AdminExposure::Insecure, ..Trust::default() };
        let everywhere = "0.0.0.0:80".parse().unwrap();
        assert_eq!((insecure.check(everywhere), insecure.is_exposed(everywhere)), (Ok(()), true));
        let both = Trust { admin_token: Some(TOKEN.parse().unwrap()), ..insecure };
        assert_eq!(both.check(everywhere), Err(TrustError::Contradiction));
    }

    #[test]
    fn personal_data_is_shown_where_only_this_machine_looks() {
        let check = |trust: &Trust, listen: &str, expected| {
            assert_eq!(trust.shown_personal_data(listen.parse().unwrap()), expected, "{listen}");
        };
        let (shown, masked) = (PersonalData::Shown, PersonalData::Masked);
        check(&Trust::default(), "127.0.0.1:80", shown);
        check(&Trust::default(), "0.0.0.0:80", masked);
        let apart = Trust { admin_listen: Some("127.0.0.1:81".parse().unwrap()), ..Trust::default() };
        check(&apart, "0.0.0.0:80", shown);
        check(&Trust { personal_data: Some(shown), ..Trust::default() }, "0.0.0.0:80", shown);
        check(&Trust { personal_data: Some(masked), ..Trust::default() }, "127.0.0.1:80", masked);
    }

    #[test]
    fn a_token_is_long_enough_and_never_shown() {
        let token: AdminToken = TOKEN.parse().unwrap();
        assert!(token.is(TOKEN.as_bytes()) && !token.is(b"correct-horse-batterx") && !token.is(b""));
        assert_eq!(format!("{token:?}"), "AdminToken(…)");
        for (text, part) in [
            ("fifteen-letters", "has 15 characters: expected 16 to 512"),
            ("", "has 0 characters"),
            ("sixteen letters and", "visible ASCII without spaces"),
            ("sechzehn-zeichen-ü", "visible ASCII"),
            ("sixteen-letters\nand", "visible ASCII"),
        ] {
            let error = text.parse::<AdminToken>().unwrap_err().to_string();
            assert!(error.contains(part) && (text.is_empty() || !error.contains(text)), "{error}");
        }
    }
}
