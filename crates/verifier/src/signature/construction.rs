//! What is done with key and message.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// What is done with key and message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Construction {
    /// HMAC with SHA-256, as it should be.
    Hmac,
    /// HMAC with SHA-256, the message taken as the key and the key as the message.
    Swapped,
    /// SHA-256 of the message, without any key.
    Unkeyed,
    /// SHA-256 of the key followed by the message.
    KeyBefore,
    /// SHA-256 of the message followed by the key.
    KeyAfter,
    /// HMAC with SHA-256 over the message's own SHA-256, in hexadecimal.
    OverDigest,
}

impl Construction {
    /// Every construction but the right one.
    pub(super) const WRONG: [Self; 5] =
        [Self::Unkeyed, Self::Swapped, Self::KeyBefore, Self::KeyAfter, Self::OverDigest];

    /// The digest.
    pub(crate) fn digest(self, key: &[u8], message: &[u8]) -> [u8; 32] {
        match self {
            Self::Hmac => hmac(key, message),
            Self::Swapped => hmac(message, key),
            Self::Unkeyed => Sha256::digest(message).into(),
            Self::KeyBefore => Sha256::new().chain_update(key).chain_update(message).finalize().into(),
            Self::KeyAfter => Sha256::new().chain_update(message).chain_update(key).finalize().into(),
            Self::OverDigest => {
                let digest: [u8; 32] = Sha256::digest(message).into();
                hmac(key, estoppel_contract::SignatureEncoding::LowerHex.encode(&digest).as_bytes())
            }
        }
    }
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // A key of any length is a key, so this is never the default.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// What was computed, in a few words.
impl fmt::Display for Construction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Hmac => "HMAC with SHA-256",
            Self::Swapped => "HMAC with SHA-256 in which key and message have changed places",
            Self::Unkeyed => "a plain SHA-256 without the key",
            Self::KeyBefore => "a plain SHA-256 of the key followed by the message",
            Self::KeyAfter => "a plain SHA-256 of the message followed by the key",
            Self::OverDigest => "HMAC with SHA-256 over the message's SHA-256 instead of the message",
        })
    }
}
