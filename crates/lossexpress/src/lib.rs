//! What the LossExpress APIs share: the shape of their refusals, which is that of hapi with Joi.

mod errors;

pub use errors::{ErrorEnvelope, Validation, ValidationError, envelope, fault, protocol_notice};
