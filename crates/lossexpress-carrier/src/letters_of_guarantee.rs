//! Requests for letters of guarantee.

pub(crate) mod cancel_letter_of_guarantee_request;
pub(crate) mod create_letter_of_guarantee_request;

pub use cancel_letter_of_guarantee_request::CancelLetterOfGuaranteeRequest;
pub use create_letter_of_guarantee_request::{CreateLetterOfGuaranteeRequest, LetterOfGuaranteeEstimate};
