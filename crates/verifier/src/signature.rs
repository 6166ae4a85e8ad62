//! Whether the signature of a webhook holds, and which usual mistake was made where it does not.
//!
//! A digest says nothing about what it was made of. So the mistakes that people make are made once more, one at a time
//! and then two at a time, until one of them gives the signature that came.

mod body_form;
mod construction;
mod difference;
mod key_form;
mod message_form;
mod mistake;
mod search;
mod writing;

use std::fmt;

use estoppel_contract::{SignatureEncoding, Signing};
use serde::Serialize;
use subtle::ConstantTimeEq;

pub use body_form::{BodyForm, BodyStyle, Escapes, Layout, MemberOrder, Numbers};
pub use construction::Construction;
pub use difference::ByteDifference;
pub use key_form::KeyForm;
pub use message_form::MessageForm;
pub use mistake::Mistake;
pub use writing::Writing;

/// A body, and the signature that came with it.
#[derive(Clone, Copy)]
pub struct SignedBody<'a> {
    /// How bodies are signed.
    pub signing: &'a Signing,
    /// How signatures are written.
    pub encoding: SignatureEncoding,
    /// The key.
    pub key: &'a str,
    /// The exact bytes of the body.
    pub body: &'a [u8],
    /// The value of the signature's header; `None` where there is no such header.
    pub header: Option<&'a [u8]>,
    /// What follows the separator; what the body gives where it is `None`.
    pub suffix: Option<&'a str>,
}

/// Shows neither key nor body: both may hold secrets.
impl fmt::Debug for SignedBody<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SignedBody({}, {} bytes)", self.signing.header, self.body.len())
    }
}

/// What a signature is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureVerdict {
    /// It is the signature of this body.
    Holds,
    /// It is not.
    Broken(SignatureDiagnosis),
}

/// Why a signature does not hold, as far as can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureDiagnosis {
    /// The mistakes that, made together, give the signature that came. The last resorts are
    /// [`Mistake::NotAllTried`], [`Mistake::NoDigest`] and [`Mistake::Unexplained`]; there is always one.
    pub mistakes: Vec<Mistake>,
    /// The first byte in which the header differs from the one that was expected, where something was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_difference: Option<ByteDifference>,
    /// The first byte in which the body differs from the one that was signed, where another one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_difference: Option<ByteDifference>,
}

impl SignedBody<'_> {
    /// The suffix: the one that is given, or else the one that the body gives.
    pub fn effective_suffix(&self) -> Option<String> {
        self.suffix.map(str::to_owned).or_else(|| self.signing.suffix_of(self.body))
    }

    /// The header's value that is right. `None` where no suffix is given and the body gives none.
    pub fn expected(&self) -> Option<String> {
        let suffix = self.effective_suffix()?;
        Some(self.signing.sign(self.key, self.body, &suffix, self.encoding))
    }

    /// Whether the signature holds, and if not, why. Signatures are compared in constant time.
    pub fn judge(&self) -> SignatureVerdict {
        self.judge_hashing(search::HASHED_MAX_BYTES)
    }

    /// The same, where the search for a mistake hashes so many bytes at most.
    fn judge_hashing(&self, hashed_max_bytes: usize) -> SignatureVerdict {
        let expected = self.expected();
        let header = self.header.unwrap_or_default();
        if expected.as_ref().is_some_and(|expected| bool::from(expected.as_bytes().ct_eq(header))) {
            return SignatureVerdict::Holds;
        }
        let broken = |mistakes| {
            SignatureVerdict::Broken(SignatureDiagnosis {
                mistakes,
                header_difference: None,
                body_difference: None,
            })
        };
        if self.header.is_none() {
            return broken(vec![Mistake::HeaderMissing]);
        }
        if header.trim_ascii().is_empty() {
            return broken(vec![Mistake::HeaderEmpty]);
        }
        let found = search::search(self, hashed_max_bytes);
        let mistakes = match &found {
            Ok(Some(found)) => found.mistakes.clone(),
            _ if expected.is_none() => vec![Mistake::SuffixUnknown],
            Err(search::Spent) => vec![Mistake::NotAllTried],
            Ok(None) if !writing::is_whole(header, self.encoding) => vec![Mistake::NoDigest {
                characters: String::from_utf8_lossy(header).chars().count(),
                expected: self.encoding.into(),
            }],
            Ok(None) => vec![Mistake::Unexplained],
        };
        let signed_body = found.ok().flatten().map(|found| found.signed_body);
        SignatureVerdict::Broken(SignatureDiagnosis {
            mistakes,
            header_difference: expected
                .and_then(|expected| ByteDifference::between(header, expected.as_bytes())),
            body_difference: signed_body.and_then(|signed| ByteDifference::between(self.body, &signed)),
        })
    }
}

#[cfg(test)]
mod tests;
