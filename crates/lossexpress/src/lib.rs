//! What the LossExpress APIs share: the shape of their refusals, which is that of hapi with Joi, and what we decided
//! alike for all of them.

mod errors;
pub mod rulings;

pub use errors::{ErrorEnvelope, Validation, ValidationError, envelope, fault, protocol_notice};
