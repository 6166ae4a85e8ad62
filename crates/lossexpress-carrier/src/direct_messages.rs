//! Direct messages between carrier and LossExpress.

pub(crate) mod create_direct_message;

pub use create_direct_message::{CreateDirectMessage, DirectMessage, SentDirectMessage};
