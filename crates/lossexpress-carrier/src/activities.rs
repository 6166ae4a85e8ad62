//! The activity feed: what has happened, oldest first.

mod activity;
mod data;
mod examples;

pub(crate) mod fetch_activities;
pub(crate) mod trigger_activity;

pub use activity::{Activity, ActivityData, ActivityType, TriggerableActivityType};
pub use data::{
    AccountNumberViewed, CallMade, ClaimUpdated, DirectMessageAdded, DocumentAdded, DocumentLink,
    LenderAliasVerified, LetterOfGuaranteeRequested, NewLenderVerified, NoData, OrderCancelled, OrderCreated,
    OrderFulfilled, OrderUpdated, PaymentSent, SettlementCounterAdded, SettlementCounterUpdated,
};
pub use fetch_activities::{ActivityPage, FetchActivities, FetchActivitiesQuery, Pagination};
pub use trigger_activity::{TriggerActivity, TriggerActivityQuery, TriggeredActivity};
