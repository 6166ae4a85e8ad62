//! Refreshes of liability groups: asked for, polled and told by webhook.

mod begun_refresh;
mod payoff_quote_status_change;
pub(crate) mod poll_student_loans_payoff_fetch_status;
mod refresh_item;
mod refresh_record;
pub(crate) mod trigger_student_loans_payoff_fetch;

pub use begun_refresh::{BegunRefresh, BegunRefreshReply};
pub use payoff_quote_status_change::{
    FinalRefreshStatus, LiabilityGroupPayoffQuoteStatusChange, PayoffQuote, PayoffQuoteEventType,
    PayoffQuoteStatusChange,
};
pub use poll_student_loans_payoff_fetch_status::{PollPath, PollRefusal, PollStudentLoansPayoffFetchStatus};
pub use refresh_item::{Capability, LiabilityType, RefreshItem, RefreshReply, RefreshStatus};
pub(crate) use refresh_record::RefreshRecord;
pub use trigger_student_loans_payoff_fetch::{
    GroupsToRefresh, NewRefresh, TriggerRefusal, TriggerStudentLoansPayoffFetch, UserPath,
};
