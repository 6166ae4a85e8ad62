//! Users: found by either id, or not at all.

use estoppel_contract::{Step, Story};

use super::steps::{NOBODYS_ID, get_user, get_user_by_ext_id, story};
use crate::seeds::{
    COMPLETING_GROUP, EXT_USER, FAILING_GROUP, SECOND_EXT_USER, SECOND_USER, UNSUPPORTED_GROUP, USER,
};

pub(super) fn stories() -> Vec<Story> {
    vec![found(), not_found()]
}

/// Where the capability of the loan at each place stands.
const GROUPS: [&str; 4] = [
    "/data/studentLoans/0/capabilities/data/liabilityGroupPayoffQuote/liabilityGroupId",
    "/data/studentLoans/1/capabilities/data/liabilityGroupPayoffQuote/liabilityGroupId",
    "/data/studentLoans/2/capabilities/data/liabilityGroupPayoffQuote/liabilityGroupId",
    "/data/studentLoans/3/capabilities/data/liabilityGroupPayoffQuote/liabilityGroupId",
];

fn found() -> Story {
    let groups = [COMPLETING_GROUP, COMPLETING_GROUP, FAILING_GROUP, UNSUPPORTED_GROUP];
    let shown =
        GROUPS.into_iter().zip(groups).fold(get_user(USER), |step, (place, group)| step.states(place, group));
    story(
        "user",
        "A user is found by either id or both, and shows what can be quoted.",
        [
            shown
                .states("/status/code", 200)
                .states("/data/userId", USER)
                .states("/data/extUserId", EXT_USER)
                .states("/data/studentLoanSummary/noOfLoans", 4)
                .counts("/data/studentLoans", 4)
                .lacks("/data/studentLoans/0/capabilities/data/liabilityGroupPayoffQuote/description")
                .states(
                    "/data/studentLoans/3/capabilities/data/liabilityGroupPayoffQuote/availability",
                    "NOT_SUPPORTED",
                )
                .states(
                    "/data/studentLoans/3/capabilities/data/liabilityGroupPayoffQuote/description",
                    "INSTITUTION_NOT_SUPPORTED",
                ),
            get_user_by_ext_id(EXT_USER).states("/data/userId", USER),
            get_user(USER).with("extUserId", EXT_USER).states("/data/userId", USER),
            get_user_by_ext_id(SECOND_EXT_USER).states("/data/userId", SECOND_USER),
        ],
    )
}

fn not_found() -> Story {
    story(
        "no-user",
        "Unknown ids, ids of different users and no id find nobody.",
        [
            get_user(NOBODYS_ID).refused("no-such-user"),
            get_user_by_ext_id(NOBODYS_ID).refused("no-such-user"),
            get_user_by_ext_id(USER).refused("no-such-user"),
            get_user(USER).with("extUserId", SECOND_EXT_USER).refused("no-such-user"),
            Step::call("getUser").invalid(["/userId"]),
            get_user("10000000").invalid(["/userId"]),
            get_user_by_ext_id("").invalid(["/extUserId"]),
        ],
    )
}
