//! Refreshes that never begin.

use estoppel_contract::Story;
use serde_json::{Value, json};

use super::steps::{NOBODYS_ID, get_user, poll, refresh_of, story, trigger, trigger_with};
use crate::seeds::{COMPLETING_GROUP, FAILING_GROUP, SECOND_GROUP, UNSUPPORTED_GROUP, USER};

pub(super) fn stories() -> Vec<Story> {
    vec![not_refreshed(), invalid()]
}

/// Names a request that is always refused.
const REQUEST: &str = "30000000-0000-4000-8000-00000000d001";

fn not_refreshed() -> Story {
    let group = "no group has this id";
    story(
        "refresh-refused",
        "What cannot be quoted is not refreshed, nor is anything that is asked for with it; no trace is left.",
        [
            trigger(NOBODYS_ID, REQUEST, &[COMPLETING_GROUP]).refused("no-such-user"),
            trigger(USER, REQUEST, &[UNSUPPORTED_GROUP]).refused("payoff-quote-not-supported"),
            trigger(USER, REQUEST, &[COMPLETING_GROUP, UNSUPPORTED_GROUP])
                .refused("payoff-quote-not-supported"),
            trigger(USER, REQUEST, &[SECOND_GROUP]).refused("no-such-liability-group"),
            trigger(USER, REQUEST, &[COMPLETING_GROUP, group]).refused("no-such-liability-group"),
            poll(USER, REQUEST).refused("no-such-refresh-request"),
            poll(NOBODYS_ID, REQUEST).refused("no-such-user"),
            get_user(USER).states(
                "/data/studentLoans/0/capabilities/data/liabilityGroupPayoffQuote/availability",
                "SUPPORTED",
            ),
        ],
    )
}

fn invalid() -> Story {
    let one = |member: &str, value: Value| {
        let mut body = refresh_of(REQUEST, &[COMPLETING_GROUP]);
        if let Some(group) = body.pointer_mut("/studentLoans/0").and_then(Value::as_object_mut) {
            group.insert(member.to_owned(), value);
            group.retain(|_, value| !value.is_null());
        }
        trigger_with(USER, body)
    };
    story(
        "refresh-invalid",
        "A request names itself by a UUID, and at least one group, once, with a capability that there is.",
        [
            trigger(USER, REQUEST, &[]).invalid(["/studentLoans"]),
            trigger(USER, REQUEST, &[COMPLETING_GROUP, FAILING_GROUP, COMPLETING_GROUP])
                .invalid(["/studentLoans/2/liabilityGroupId"]),
            one("liabilityGroupId", Value::Null).invalid(["/studentLoans/0/liabilityGroupId"]),
            one("liabilityGroupId", json!(7)).invalid(["/studentLoans/0/liabilityGroupId"]),
            one("capabilities", json!([])).invalid(["/studentLoans/0/capabilities"]),
            one("capabilities", json!("LIABILITY_GROUP_PAYOFF_QUOTE"))
                .invalid(["/studentLoans/0/capabilities"]),
            one("capabilities", json!(["PAYMENTS"])).invalid(["/studentLoans/0/capabilities/0"]),
            trigger(USER, "not a UUID", &[COMPLETING_GROUP]).invalid(["/extRequestId"]),
            trigger("not a UUID", REQUEST, &[COMPLETING_GROUP]).invalid(["/userId"]),
            poll(USER, "not a UUID").invalid(["/extRequestId"]),
            poll(USER, REQUEST).refused("no-such-refresh-request"),
        ],
    )
}
