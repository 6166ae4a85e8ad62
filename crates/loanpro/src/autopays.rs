//! Payments that pay themselves.

pub(crate) mod fetch_autopay;

mod autopay;
mod new_autopay;
mod plan;
mod vocabularies;

pub use autopay::Autopay;
pub(crate) use autopay::AutopayRecord;
pub use fetch_autopay::FetchAutopay;
pub use new_autopay::NewAutopay;
pub(crate) use plan::Plan;
pub use vocabularies::{
    AccountType, AmountType, AutopayStatus, AutopayType, MethodType, RecurringDate, RecurringFrequency,
    SchedulingType,
};
