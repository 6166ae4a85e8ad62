//! Cancelling payoff requests.

use estoppel_contract::{Step, Story};
use serde_json::json;

use super::steps::{NOBODYS_ID, ask_by_name, story};

pub(super) fn stories() -> Vec<Story> {
    let cancel = || Step::call("cancelPayoffRequest").with("payoffId", "{payoffId}");
    let done = || json!({"payoffId": "{payoffId}", "success": true});
    vec![story(
        "cancel",
        "A request can be cancelled, also twice; one that nobody made cannot.",
        [
            ask_by_name(),
            cancel().states("", done()),
            cancel().states("", done()),
            Step::call("cancelPayoffRequest").with("payoffId", NOBODYS_ID).refused("no-such-payoff-request"),
            Step::call("cancelPayoffRequest").with("payoffId", "not-a-uuid").invalid(["/payoffId"]),
        ],
    )]
}
