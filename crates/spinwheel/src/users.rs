//! Users, their student loans and what can be done with them.

mod capabilities;
pub(crate) mod get_user;
mod loan_record;
mod servicers;
mod student_loan;
mod user;
mod user_record;

pub use capabilities::{
    Availability, Capabilities, DataCapabilities, LiabilityGroupPayoffQuoteCapability, NotSupportedReason,
    PaymentCapabilities,
};
pub use get_user::{GetUser, GetUserQuery, GetUserRefusal, UserReply};
pub(crate) use loan_record::LoanRecord;
pub(crate) use servicers::{SERVICERS, creditor};
pub use student_loan::{BalanceDetails, Creditor, LiabilityProfile, StatementSummary, StudentLoan};
pub use user::{CreditReport, LiabilityGroupPayoffQuote, Profile, StudentLoanSummary, User};
pub(crate) use user_record::{GroupRecord, UserRecord};
