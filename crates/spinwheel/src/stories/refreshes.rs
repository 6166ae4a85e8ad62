//! Refreshes from their beginning to their end.

use estoppel_contract::Story;
use serde_json::json;

use super::steps::{completed, failed, get_user, poll, story, trigger};
use crate::seeds::{
    COMPLETING_GROUP, FAILING_GROUP, QUOTED_GROUP, SECOND_FAILING_GROUP, SECOND_GROUP, SECOND_USER, USER,
};

pub(super) fn stories() -> Vec<Story> {
    vec![quote(), failure(), several_groups(), renewed_quote()]
}

/// Where the first quote of a user stands.
const QUOTE: [&str; 4] = [
    "/data/studentLoanSummary/liabilityGroupPayoffQuotes/0/liabilityGroupId",
    "/data/studentLoanSummary/liabilityGroupPayoffQuotes/0/payoffAmount",
    "/data/studentLoanSummary/liabilityGroupPayoffQuotes/0/payoffGoodThroughDate",
    "/data/studentLoanSummary/liabilityGroupPayoffQuotes/0/updatedOn",
];

fn quote() -> Story {
    const REQUEST: &str = "30000000-0000-4000-8000-00000000d101";
    const LATER_REQUEST: &str = "30000000-0000-4000-8000-00000000d102";
    let [group, amount, good_through, updated_on] = QUOTE;
    let again = || trigger(USER, REQUEST, &[COMPLETING_GROUP]);
    let mut begun = again()
        .counts("/data", 1)
        .counts("/data/0/studentLoanIds", 2)
        .states("/data/0/refreshTransactionStatus", "IN_PROGRESS")
        .lacks("/data/0/payoffAmount")
        .capture("transaction", "/data/0/refreshTransactionId");
    begun.arrivals.push(completed(REQUEST, COMPLETING_GROUP));
    story(
        "payoff-quote",
        "A refresh gives one quote to poll, webhook and user, once in its window.",
        [
            begun,
            poll(USER, REQUEST)
                .states("/data/0/refreshTransactionStatus", "COMPLETED")
                .states("/data/0/refreshTransactionId", "{transaction}")
                .capture("amount", "/data/0/payoffAmount")
                .capture("goodThrough", "/data/0/payoffGoodThroughDate")
                .capture("updatedOn", "/data/0/updatedOn")
                .eventually(),
            poll(USER, REQUEST).states("/data/0/payoffAmount", "{amount}"),
            get_user(USER)
                .states(group, COMPLETING_GROUP)
                .states(amount, "{amount}")
                .states(good_through, "{goodThrough}")
                .states(updated_on, "{updatedOn}")
                .states(
                    "/data/studentLoans/1/capabilities/data/liabilityGroupPayoffQuote/availability",
                    "NOT_SUPPORTED",
                )
                .states(
                    "/data/studentLoans/1/capabilities/data/liabilityGroupPayoffQuote/description",
                    "REFRESH_EXHAUSTED",
                ),
            trigger(USER, LATER_REQUEST, &[COMPLETING_GROUP]).refused("refreshed-too-recently"),
            poll(USER, LATER_REQUEST).refused("no-such-refresh-request"),
            again()
                .states("/data/0/refreshTransactionStatus", "IN_PROGRESS")
                .states("/data/0/refreshTransactionId", "{transaction}"),
            trigger(USER, REQUEST, &[FAILING_GROUP]).refused("reused-ext-request-id"),
            poll(SECOND_USER, REQUEST).refused("no-such-refresh-request"),
        ],
    )
}

fn failure() -> Story {
    const REQUEST: &str = "30000000-0000-4000-8000-00000000d201";
    const LATER_REQUEST: &str = "30000000-0000-4000-8000-00000000d202";
    let mut begun = trigger(USER, REQUEST, &[FAILING_GROUP]);
    begun.arrivals.push(failed(REQUEST, FAILING_GROUP));
    story(
        "failed-refresh",
        "A refresh that fails gives no quote, and uses the window up all the same.",
        [
            begun.states("/data/0/refreshTransactionStatus", "IN_PROGRESS"),
            poll(USER, REQUEST)
                .states("/data/0/refreshTransactionStatus", "FAILED")
                .lacks("/data/0/payoffAmount")
                .lacks("/data/0/payoffGoodThroughDate")
                .lacks("/data/0/updatedOn")
                .eventually(),
            get_user(USER).states(
                "/data/studentLoans/2/capabilities/data/liabilityGroupPayoffQuote/description",
                "REFRESH_EXHAUSTED",
            ),
            trigger(USER, LATER_REQUEST, &[FAILING_GROUP]).refused("refreshed-too-recently"),
        ],
    )
}

fn several_groups() -> Story {
    const REQUEST: &str = "30000000-0000-4000-8000-00000000d301";
    let mut begun = trigger(SECOND_USER, REQUEST, &[SECOND_FAILING_GROUP, SECOND_GROUP]);
    begun.arrivals = vec![failed(REQUEST, SECOND_FAILING_GROUP), completed(REQUEST, SECOND_GROUP)];
    story(
        "several-groups",
        "Groups of one request have an item and a webhook each, and end each in its own way.",
        [
            begun
                .counts("/data", 2)
                .states("/data/0/liabilityGroupId", SECOND_FAILING_GROUP)
                .states("/data/1/liabilityGroupId", SECOND_GROUP)
                .counts("/data/1/studentLoanIds", 3),
            poll(SECOND_USER, REQUEST)
                .states("/data/0/refreshTransactionStatus", "FAILED")
                .lacks("/data/0/payoffAmount")
                .states("/data/1/refreshTransactionStatus", "COMPLETED")
                .eventually(),
        ],
    )
}

fn renewed_quote() -> Story {
    const REQUEST: &str = "30000000-0000-4000-8000-00000000d401";
    let quotes = "/data/studentLoanSummary/liabilityGroupPayoffQuotes";
    let of_group = json!({"liabilityGroupId": QUOTED_GROUP});
    let mut begun = trigger(SECOND_USER, REQUEST, &[QUOTED_GROUP]);
    begun.arrivals.push(completed(REQUEST, QUOTED_GROUP));
    story(
        "renewed-quote",
        "A quote that has run out stays until a refresh replaces it.",
        [
            get_user(SECOND_USER).includes(quotes, of_group),
            begun,
            poll(SECOND_USER, REQUEST)
                .states("/data/0/refreshTransactionStatus", "COMPLETED")
                .capture("updatedOn", "/data/0/updatedOn")
                .capture("amount", "/data/0/payoffAmount")
                .eventually(),
            get_user(SECOND_USER).includes(
                quotes,
                json!({
                    "liabilityGroupId": QUOTED_GROUP,
                    "payoffAmount": "{amount}",
                    "updatedOn": "{updatedOn}",
                }),
            ),
        ],
    )
}
