//! Stories that the operations tell together.
//!
//! Every story makes its own claims, so that it can be played on a server that is in use. What is found by anything
//! but a claim's id is made unique with the id that the server gave.

mod activities;
mod claims;
mod documents;
mod orders;
mod requests;
mod steps;
mod strangers;
mod tokens;

use estoppel_contract::Story;

/// Every story of the API.
pub(crate) fn stories() -> Vec<Story> {
    [
        tokens::stories(),
        claims::stories(),
        documents::stories(),
        requests::stories(),
        orders::stories(),
        activities::stories(),
        strangers::stories(),
    ]
    .concat()
}
