//! Stories that the operations tell together.
//!
//! Every story makes its own requests, so that it can be played on a server that is in use. Those that ask for payoffs
//! take an enabled webhook for granted, unless they say otherwise.

mod cancelling;
mod lenders;
mod requests;
mod steps;

use estoppel_contract::Story;

/// Every story of the API.
pub(crate) fn stories() -> Vec<Story> {
    [lenders::stories(), requests::stories(), cancelling::stories()].concat()
}
