//! Identifiers of the Spinwheel API.

use std::fmt;

use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

estoppel_values::identifiers! {
    /// Names one user in Spinwheel (R60).
    pub struct UserId;
    /// Names one user in the caller's own books.
    pub struct ExtUserId;
    /// Names one refresh request; the caller chooses it.
    pub struct ExtRequestId;
    /// Names the refresh of one liability group.
    pub struct RefreshTransactionId;
    /// Names one webhook message.
    pub struct WebhookId;
    /// Names one institution. It is never the identifier of a liability group.
    pub struct InstitutionId;
}

macro_rules! text_identifiers {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        #[schemars(inline)]
        pub struct $name(Text);

        impl $name {
            /// The identifier with these bits, in the form of a random UUID.
            pub(crate) fn from_bits(bits: u128) -> Self {
                let id = uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid();
                let mut text = [0; 36];
                Self(Text::from(&*id.hyphenated().encode_lower(&mut text)))
            }

            /// An identifier that is known when the program is built.
            pub(crate) const fn from_static(text: &'static str) -> Self {
                Self(Text::from_static(text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, formatter)
            }
        }
    )+};
}

text_identifiers! {
    /// Names one liability group: loans under one institution that are quoted together.
    LiabilityGroupId;
    /// Names one student loan.
    StudentLoanId;
}
