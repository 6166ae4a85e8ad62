//! The webhook that tells how the refresh of a liability group ended.

use estoppel_contract::{Basis, Optional, Source, Webhook, WebhookSpec, vocabulary};
use estoppel_values::{Date, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{LiabilityType, RefreshItem};
use crate::{
    epoch::EpochMilliseconds,
    ids::{ExtRequestId, LiabilityGroupId, RefreshTransactionId, StudentLoanId, UserId, WebhookId},
};

/// The status of a payoff quote has changed.
#[derive(Debug)]
pub enum LiabilityGroupPayoffQuoteStatusChange {}

impl Webhook for LiabilityGroupPayoffQuoteStatusChange {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "liabilityGroupPayoffQuoteStatusChange",
        summary: "The refresh of a liability group has ended, with a quote or without one.",
        description: "Sent once for each liability group of a refresh request (R67), when its status becomes \
            `COMPLETED` or `FAILED`. It says what a poll says from that instant on. `data` is there only with a quote \
            (R68). Nothing is signed (R72).",
        group: "Liabilities",
        event: Some(("eventType", "LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE")),
        request: &["extRequestId"],
        guaranteed: &[
            "webhookId",
            "eventType",
            "liabilityType",
            "userId",
            "extRequestId",
            "refreshTransactionId",
            "liabilityGroupId",
            "refreshTransactionStatus",
            "nextEligibleRefreshOn",
            "studentLoanIds",
        ],
        basis: Basis::Documented,
        source: Source::document("spinwheel", "LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE Webhook Event"),
    };
    type Payload = PayoffQuoteStatusChange;
}

vocabulary! {
    /// What a webhook tells.
    #![source("spinwheel: LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE Webhook Event")]
    #![basis("documented")]
    pub enum PayoffQuoteEventType {
        /// The status of a liability group's payoff quote has changed.
        StatusChange = "LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE",
    }
}

vocabulary! {
    /// How a refresh ended.
    #![source("spinwheel: LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE Webhook Event")]
    #![basis("example")]
    pub enum FinalRefreshStatus {
        /// With a quote.
        Completed = "COMPLETED",
        /// Without one.
        Failed = "FAILED",
    }
}

/// How the refresh of one liability group ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend(
        "x-source" = "spinwheel: LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE Webhook Event",
        "x-basis" = "example",
    ),
    example = crate::examples::status_change(),
    example = crate::examples::failed_status_change(),
)]
pub struct PayoffQuoteStatusChange {
    /// Names the message.
    pub webhook_id: WebhookId,
    /// What it tells.
    pub event_type: PayoffQuoteEventType,
    /// What kind of liability it is about.
    pub liability_type: LiabilityType,
    /// The user.
    pub user_id: UserId,
    /// The request, as its sender named it.
    pub ext_request_id: ExtRequestId,
    /// Names the refresh of this group.
    pub refresh_transaction_id: RefreshTransactionId,
    /// The group.
    pub liability_group_id: LiabilityGroupId,
    /// How it ended.
    pub refresh_transaction_status: FinalRefreshStatus,
    /// When the group may be refreshed again, in milliseconds since 1970.
    pub next_eligible_refresh_on: EpochMilliseconds,
    /// The loans of the group.
    pub student_loan_ids: Vec<StudentLoanId>,
    /// The quote; absent where there is none (R68).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub data: Optional<PayoffQuote>,
}

/// A payoff quote. Quirk: it stands below `data` here, and flat in polls and in Get User
/// (spinwheel: `LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE` Webhook Event).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend(
        "x-source" = "spinwheel: LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE Webhook Event",
        "x-basis" = "example",
    ),
    example = json!({
        "payoffAmount": 28041,
        "payoffGoodThroughDate": "2023-03-23",
        "updatedOn": 1_678_724_487_099_i64,
    }),
)]
pub struct PayoffQuote {
    /// What it takes to pay all loans of the group off on any day through the last one, in dollars (R74).
    pub payoff_amount: Usd,
    /// The last day on which the amount holds, in UTC (R75).
    pub payoff_good_through_date: Date,
    /// When the quote was made, in milliseconds since 1970 (R70).
    pub updated_on: EpochMilliseconds,
}

impl PayoffQuoteStatusChange {
    /// What the webhook says when a refresh has ended: what a poll says of it.
    pub(crate) fn of(
        item: &RefreshItem,
        webhook_id: WebhookId,
        ext_request_id: ExtRequestId,
        quote: Option<PayoffQuote>,
    ) -> Self {
        Self {
            webhook_id,
            event_type: PayoffQuoteEventType::StatusChange,
            liability_type: item.liability_type,
            user_id: item.user_id,
            ext_request_id,
            refresh_transaction_id: item.refresh_transaction_id,
            liability_group_id: item.liability_group_id.clone(),
            refresh_transaction_status: match quote {
                Some(_) => FinalRefreshStatus::Completed,
                None => FinalRefreshStatus::Failed,
            },
            next_eligible_refresh_on: item.next_eligible_refresh_on,
            student_loan_ids: item.student_loan_ids.clone(),
            data: quote.into(),
        }
    }
}
