//! Values that two or more APIs share: money, numbers, times, identifiers, vehicles and addresses.
//!
//! Each type keeps its invariant in a private field, parses exactly what its JSON Schema accepts, and is written as
//! JavaScript's `JSON.stringify` would write it.

mod address;
mod date;
mod identifier;
mod number;
mod quote;
mod sensitive;
mod text;
mod timestamp;
mod usd;
mod vin;

pub use address::PostalAddress;
pub use date::Date;
#[doc(hidden)]
pub use estoppel_contract::deserialize_text;
pub use identifier::IdentifierError;
#[doc(hidden)]
pub use identifier::{parse_hyphenated, uuid};
pub use number::{Integer, Number, NumberError};
pub use quote::{Loss, LossKind, NormalizedQuote, PayoffQuote, PerDiem, QuoteError};
pub use sensitive::Sensitive;
pub use text::Text;
pub use timestamp::{Timestamp, TimestampError};
pub use usd::Usd;
pub use vin::{Vin, VinError};
