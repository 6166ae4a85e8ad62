//! The lender search.

use estoppel_contract::{Step, Story};
use serde_json::json;

use super::steps::story;

pub(super) fn stories() -> Vec<Story> {
    let search = |name: &str| Step::call("searchLenders").with("name", name);
    let listed = || json!({"lenderId": "{lenderId}", "lenderName": "Test Lender"});
    vec![story(
        "lender-search",
        "Lenders are found by part of a name or alias, in any case; two characters are too few.",
        [
            search("Test Lender").capture("lenderId", "/lenders/0/lenderId"),
            search("test lend").includes("/lenders", listed()),
            search("EST LENDING").includes("/lenders", listed()),
            search("no lender has this name").counts("/lenders", 0),
            Step::call("searchLenders").invalid(["/name"]),
            search("Te").invalid(["/name"]),
            search("").invalid(["/name"]),
        ],
    )]
}
