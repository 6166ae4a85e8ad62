//! Stories that the operations tell together.
//!
//! They are told of the customers and loans that every fresh session holds (R98), each of them of loans that no other
//! story changes in a way that matters to it. One of them pays a loan off, which a session does once.

mod autopays;
mod customers;
mod entities;
mod loans;
mod payments;
mod strangers;

use estoppel_contract::{Step, Story};

/// Every story of the API.
pub(crate) fn stories() -> Vec<Story> {
    [
        customers::stories(),
        loans::stories(),
        payments::stories(),
        autopays::stories(),
        entities::stories(),
        strangers::stories(),
    ]
    .concat()
}

fn story(id: &'static str, summary: &'static str, steps: impl Into<Vec<Step>>) -> Story {
    Story { id, summary, steps: steps.into(), under: None }
}

/// Calls an operation on the entity with this id.
fn on(operation: &'static str, id: u64) -> Step {
    Step::call(operation).with("id", id.to_string())
}
