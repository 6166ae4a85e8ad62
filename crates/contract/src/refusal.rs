//! A vendor's documented "no".

use serde::Serialize;

use crate::{Basis, Source, Violation};

/// One documented "no": status, text and source. It is correct output, never a failure of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Our name for it, in kebab case.
    pub id: &'static str,
    /// HTTP status code.
    pub status: u16,
    /// The fixed text, or a template of it where the text names a value.
    pub message: &'static str,
    /// When it is given, in our own words.
    pub when: &'static str,
    /// How we know.
    pub basis: Basis,
    /// Where it is stated.
    pub source: Source,
}

/// The refusals of one operation. Made by [`refusals!`](crate::refusals).
pub trait Refusal: Sized {
    /// Every refusal that the operation documents.
    fn all() -> Vec<&'static Notice>;

    /// Which one this is, or the requests's own faults.
    fn reason(self) -> Result<&'static Notice, Invalid>;
}

/// A request that the schema accepts and the contract does not: each violation names its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid(pub Vec<Violation>);

impl Refusal for Invalid {
    fn all() -> Vec<&'static Notice> {
        Vec::new()
    }

    fn reason(self) -> Result<&'static Notice, Invalid> {
        Err(self)
    }
}

/// What can be wrong with a call before any operation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// No operation has this path.
    UnknownRoute,
    /// The path exists, with other methods.
    MethodNotAllowed,
    /// The request carries no usable credential.
    Unauthorized,
    /// The request's credential was good once.
    CredentialExpired,
    /// `Accept` leaves out what we send.
    NotAcceptable,
    /// The body is longer than the limit.
    BodyTooLarge,
    /// The body is not declared as JSON.
    UnsupportedMediaType,
    /// The body is not JSON.
    MalformedBody,
    /// The request breaks its schema, or a rule that no schema holds.
    Invalid(Vec<Violation>),
    /// We failed. It is a defect of the simulator.
    Internal,
}

impl Protocol {
    /// One of each, for tables.
    pub fn all() -> [Self; 10] {
        [
            Self::UnknownRoute,
            Self::MethodNotAllowed,
            Self::Unauthorized,
            Self::CredentialExpired,
            Self::NotAcceptable,
            Self::BodyTooLarge,
            Self::UnsupportedMediaType,
            Self::MalformedBody,
            Self::Invalid(Vec::new()),
            Self::Internal,
        ]
    }
}

/// Declares the refusals of an operation: its own, and sets that it shares with others.
///
/// ```
/// use estoppel_contract::{Basis, Invalid, Notice, Refusal, Source, refusals};
/// const GONE: Notice = Notice {
///     id: "gone", status: 404, message: "Gone.", when: "It is gone.",
///     basis: Basis::Ruled, source: Source::ruling("R14"),
/// };
/// refusals! {
///     /// Why nothing is fetched.
///     pub enum FetchRefusal: Invalid {
///         /// It is gone.
///         Gone = GONE,
///     }
/// }
/// assert_eq!(FetchRefusal::all(), [&GONE]);
/// assert_eq!(FetchRefusal::Gone.reason(), Ok(&GONE));
/// ```
#[macro_export]
macro_rules! refusals {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident $(: $($shared:ident)|+)? {
            $($(#[$variant_meta:meta])* $variant:ident = $notice:expr),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $visibility enum $name {
            $($(#[$variant_meta])* $variant,)*
            $($(
                #[doc = concat!("One of [`", stringify!($shared), "`].")]
                $shared($shared),
            )+)?
        }

        impl $crate::Refusal for $name {
            fn all() -> Vec<&'static $crate::Notice> {
                #[allow(unused_mut)]
                let mut all: Vec<&'static $crate::Notice> = vec![$(const { &$notice }),*];
                $($(all.extend(<$shared as $crate::Refusal>::all());)+)?
                all
            }

            fn reason(self) -> Result<&'static $crate::Notice, $crate::Invalid> {
                match self {
                    $(Self::$variant => Ok(const { &$notice }),)*
                    $($(Self::$shared(shared) => $crate::Refusal::reason(shared),)+)?
                }
            }
        }

        $($(
            impl From<$shared> for $name {
                fn from(shared: $shared) -> Self {
                    Self::$shared(shared)
                }
            }
        )+)?
    };
}
