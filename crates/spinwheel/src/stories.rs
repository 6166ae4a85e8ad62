//! Stories that the operations tell together.
//!
//! The API has no way to make a user, so the stories are told about the users that are there from the start. A group
//! is refreshed in one story only, because it is exhausted afterwards: a server that is in use tells them again once
//! its refresh window has passed.

mod lookups;
mod refreshes;
mod refusals;
mod steps;

use estoppel_contract::Story;

/// Every story of the API. Those that change nothing come first.
pub(crate) fn stories() -> Vec<Story> {
    [lookups::stories(), refusals::stories(), refreshes::stories()].concat()
}
