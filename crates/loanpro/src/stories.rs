//! Stories that the operations tell together.
//!
//! They are told of the customers and loans that every fresh session holds (R98), each of them of loans that no other
//! story changes in a way that matters to it. One of them pays a loan off, which a session does once.

mod autopays;
mod customers;
mod loans;
mod payments;
mod strangers;

use estoppel_contract::{Step, Story};

/// Every story of the API.
pub(crate) fn stories() -> Vec<Story> {
    [customers::stories(), loans::stories(), payments::stories(), autopays::stories(), strangers::stories()]
        .concat()
}

fn story(id: &'static str, summary: &'static str, steps: impl Into<Vec<Step>>) -> Story {
    Story { id, summary, steps: steps.into(), under: None }
}

/// Calls an operation on the entity with this id.
fn on(operation: &'static str, id: u64) -> Step {
    Step::call(operation).with("id", id.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use estoppel_contract::Expectation;

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
