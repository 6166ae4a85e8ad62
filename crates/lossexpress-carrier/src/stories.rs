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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use estoppel_contract::{Availability, Expectation};

    use crate::simulation;

    /// A new operation or refusal needs a story.
    #[test]
    fn stories_reach_every_success_and_every_refusal() {
        let contract = simulation().contract();
        let told: Vec<(&str, &Expectation)> = contract
            .stories
            .iter()
            .flat_map(|story| &story.steps)
            .map(|step| (step.operation, &step.expect))
            .collect();
        let mut untold = Vec::new();
        for operation in &contract.operations {
            let id = operation.spec.id;
            if operation.spec.availability != Availability::Served
                && !told.contains(&(id, &Expectation::Refusal("unknown-route")))
            {
                untold.push(format!("{id}: unknown-route"));
            }
            if !told.contains(&(id, &Expectation::Reply)) {
                untold.push(format!("{id}: success"));
            }
            for notice in &operation.refusals {
                if !told.contains(&(id, &Expectation::Refusal(notice.id))) {
                    untold.push(format!("{id}: {}", notice.id));
                }
            }
        }
        assert!(untold.is_empty(), "{untold:#?}");
    }

    #[test]
    fn stories_have_names_of_their_own_and_call_what_there_is() {
        let contract = simulation().contract();
        let mut ids = BTreeSet::new();
        for story in &contract.stories {
            assert!(ids.insert(story.id), "{} twice", story.id);
            for step in &story.steps {
                assert!(contract.operation(step.operation).is_some(), "{}: {}", story.id, step.operation);
            }
        }
    }
}
