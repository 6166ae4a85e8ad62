//! What an API sends by itself, and how it is signed and judged.

use std::{fmt, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;

use crate::{Basis, Source};

/// One documented webhook: its declaration and the type of its body.
///
/// A type that implements this has no values; it is the name of the webhook.
pub trait Webhook: 'static {
    /// Summary, event and source.
    const SPEC: WebhookSpec;
    /// The JSON body.
    type Payload: Serialize + JsonSchema;
}

/// What a webhook declares besides its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookSpec {
    /// Its name, a noun in camel case.
    pub id: &'static str,
    /// One line: what it tells.
    pub summary: &'static str,
    /// When it is sent and what is promised, as Markdown in our own words.
    pub description: &'static str,
    /// The heading under which it is listed.
    pub group: &'static str,
    /// The member that tells it from other webhooks, and its value, where there is one.
    pub event: Option<(&'static str, &'static str)>,
    /// The members that say which request it belongs to; the first that is there counts.
    pub request: &'static [&'static str],
    /// The members, as dotted paths, that every body holds; a receiver can rely on no other.
    pub guaranteed: &'static [&'static str],
    /// How we know.
    pub basis: Basis,
    /// Where it is documented.
    pub source: Source,
}

/// How the webhooks of an API are sent, and which replies it takes as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryRules {
    /// Which replies count as received.
    pub success: Success,
    /// What deactivates the webhooks of an account.
    pub limits: &'static [FailureLimit],
    /// How bodies are signed, where they are.
    pub signing: Option<Signing>,
    /// Where all of this is documented.
    pub source: Source,
}

/// Which replies of a receiver count as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Success {
    /// This status and no other.
    Exactly(u16),
    /// Every status from 200 to 299.
    Any2xx,
}

impl Success {
    /// Whether a reply with this status counts as received.
    pub const fn accepts(self, status: u16) -> bool {
        match self {
            Self::Exactly(only) => status == only,
            Self::Any2xx => status >= 200 && status <= 299,
        }
    }
}

/// So many failures deactivate the webhooks of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FailureLimit {
    /// So many in a row, however long it takes.
    InARow(u32),
    /// So many within a span of time. A failure that is exactly as old as the span no longer counts.
    Within {
        /// How many.
        failures: u32,
        /// The span.
        #[serde(rename = "seconds", serialize_with = "whole_seconds")]
        span: Duration,
    },
}

/// `5 failures in a row`, `10 failures within 15 minutes`.
impl fmt::Display for FailureLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InARow(failures) => write!(formatter, "{failures} failures in a row"),
            Self::Within { failures, span } => {
                let seconds = span.as_secs();
                let (count, unit) = match seconds {
                    _ if seconds.is_multiple_of(3600) => (seconds / 3600, "hour"),
                    _ if seconds.is_multiple_of(60) => (seconds / 60, "minute"),
                    _ => (seconds, "second"),
                };
                let plural = if count == 1 { "" } else { "s" };
                write!(formatter, "{failures} failures within {count} {unit}{plural}")
            }
        }
    }
}

fn whole_seconds<S: serde::Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(span.as_secs())
}

/// A signature: HMAC with SHA-256 over the exact bytes of the body, a separator, and a member of the body, keyed with the
/// secret that authenticates calls, in lower-case hexadecimal unless a reading chooses otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Signing {
    /// The header that carries it, in lower case.
    pub header: &'static str,
    /// What stands between body and suffix.
    pub separator: &'static str,
    /// The members whose value is the suffix; the first that is there counts.
    pub suffix: &'static [&'static str],
    /// The reading that decides on the encoding, where there is one.
    pub encoding_reading: Option<&'static str>,
    /// Where it is documented.
    pub source: Source,
}

/// How the bytes of a signature are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SignatureEncoding {
    /// Lower-case hexadecimal.
    #[default]
    LowerHex,
    /// Base64 with padding.
    Base64,
}

impl SignatureEncoding {
    /// The bytes, written.
    pub fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::LowerHex => bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
                for nibble in [byte >> 4, byte & 15] {
                    hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
                }
                hex
            }),
            Self::Base64 => STANDARD.encode(bytes),
        }
    }
}

impl Signing {
    /// The signature of a body, where the suffix is known.
    pub fn sign(&self, key: &str, body: &[u8], suffix: &str, encoding: SignatureEncoding) -> String {
        encoding.encode(&hmac_sha256(key, &[body, self.separator.as_bytes(), suffix.as_bytes()]))
    }

    /// The suffix that a body gives, if it is a JSON object with one of the members.
    pub fn suffix_of(&self, body: &[u8]) -> Option<String> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let value =
            self.suffix.iter().find_map(|member| body.get(member).filter(|value| !value.is_null()))?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }
}

/// HMAC with SHA-256 over these parts, one after the other.
pub fn hmac_sha256(key: &str, parts: &[&[u8]]) -> [u8; 32] {
    // A key of any length is a key, so this is never the default.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNING: Signing = Signing {
        header: "x-signature",
        separator: ":",
        suffix: &["requestId", "packetId"],
        encoding_reading: None,
        source: Source::ruling("R4"),
    };

    fn check(body: &str, suffix: Option<&str>) {
        assert_eq!(SIGNING.suffix_of(body.as_bytes()).as_deref(), suffix, "{body}");
    }

    #[test]
    fn the_first_member_that_is_there_is_the_suffix() {
        check(r#"{"requestId":"a","packetId":"b"}"#, Some("a"));
        check(r#"{"packetId":"b"}"#, Some("b"));
        check(r#"{"requestId":null,"packetId":7}"#, Some("7"));
        check(r#"{"other":"b"}"#, None);
        check("not JSON", None);
    }

    #[test]
    fn limits_are_told_in_the_largest_unit() {
        let within = |seconds| FailureLimit::Within { failures: 3, span: Duration::from_secs(seconds) };
        assert_eq!(FailureLimit::InARow(5).to_string(), "5 failures in a row");
        for (seconds, expected) in [
            (30, "30 seconds"),
            (60, "1 minute"),
            (900, "15 minutes"),
            (3_600, "1 hour"),
            (5_400, "90 minutes"),
        ] {
            assert_eq!(within(seconds).to_string(), format!("3 failures within {expected}"));
        }
    }

    #[test]
    fn a_signature_is_the_hmac_of_body_separator_and_suffix() {
        // Test case 2 of RFC 4231, cut in two.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let bytes = hmac_sha256("Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(SignatureEncoding::LowerHex.encode(&bytes), expected);
        assert_eq!(SignatureEncoding::Base64.encode(&bytes), "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
        assert_eq!(
            SIGNING.sign("k", b"{}", "7", SignatureEncoding::LowerHex),
            SignatureEncoding::LowerHex.encode(&hmac_sha256("k", &[b"{}:7"]))
        );
    }
}
