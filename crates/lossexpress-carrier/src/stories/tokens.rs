//! Tokens: given to who is known, refused to everyone else.

use estoppel_contract::{Step, Story};
use serde_json::json;

use super::steps::story;

pub(super) fn stories() -> Vec<Story> {
    let ask = |client: &str, secret: &str| {
        Step::call("issueToken").body(json!({"clientId": client, "secret": secret}))
    };
    vec![story(
        "token",
        "A client with the right secret gets a token; anyone else does not.",
        [
            ask("{testClientId}", "{testSecret}").states("/token_type", "Bearer"),
            ask("{testClientId}", "not-the-secret").refused("wrong-credentials"),
            ask("not-a-client", "{testSecret}").refused("wrong-credentials"),
            ask("", "").refused("wrong-credentials"),
        ],
    )]
}
