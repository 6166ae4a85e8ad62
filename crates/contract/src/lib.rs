//! What an API promises, as typed Rust and as data.
//!
//! An API is a list of [`Endpoint`]s: each one a type that names its method, path, request, reply and refusals
//! and the place in the published documents that says so. Erased to data they make a [`Contract`], which every tool
//! loops over: artefacts, replay server, verifier and documentation checks read the same table.
//!
//! This crate knows no vendor, no transport and no I/O.

mod anything;
mod bounded;
mod checker;
mod contract;
mod endpoint;
mod input;
mod json_pointer;
mod optional;
mod path_template;
mod personal_data;
mod reading;
mod refusal;
mod reply;
mod ruling;
mod schema;
mod source;
mod story;
mod text;
mod vocabulary;
mod webhook;

pub use bounded::Bounded;
pub use checker::{Checker, Violation};
pub use contract::{
    Authentication, Contract, CredentialHeader, Declaration, Document, Error, Model, Operation, Server,
    Service, TestValue, TrailingSlash, WebhookDeclaration,
};
pub use endpoint::{Auth, Availability, Endpoint, Method, Spec};
pub use input::{DecodeFailure, Decoded, Decoder, objects, optional_object};
pub use json_pointer::{JsonPointer, Segment};
pub use optional::Optional;
pub use path_template::{PathMatch, PathTemplate, Routes};
pub use personal_data::PersonalData;
pub use reading::{Reading, ReadingError, ReadingValue, Readings, Setting};
pub use refusal::{Invalid, Notice, Protocol, Refusal};
pub use reply::{Encoded, File, Nothing, Respond};
pub use ruling::{Question, Ruling, Topic};
pub use schema::{BASIS_KEY, Direction, INSTANT_KEY, PERSONAL_KEY, SENSITIVE_KEY, SOURCE_KEY, Schemas};
pub use source::{Basis, DocRef, Source};
pub use story::{Arrival, Content, Expectation, Step, Story, TEST_CLIENT_ID, TEST_SECRET};
#[doc(hidden)]
pub use text::{deserialize_text, parse_timestamp};
pub use vocabulary::describe_words;
pub use vocabulary::{WORDS_KEY, Words};
pub use webhook::{
    DeliveryRules, FailureLimit, SignatureEncoding, Signing, Success, Webhook, WebhookSpec, hmac_sha256,
};
