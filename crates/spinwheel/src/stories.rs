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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use estoppel_contract::Expectation;

    use crate::simulation;

    /// A new operation, refusal or webhook needs a story.
    #[test]
    fn stories_reach_every_success_every_refusal_and_every_webhook() {
        let contract = simulation().contract();
        let steps = || contract.stories.iter().flat_map(|story| &story.steps);
        let told: Vec<(&str, &Expectation)> = steps().map(|step| (step.operation, &step.expect)).collect();
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
        for webhook in &contract.webhooks {
            let arrives = |arrival: &estoppel_contract::Arrival| arrival.webhook == webhook.spec.id;
            if !steps().any(|step| step.arrivals.iter().any(arrives)) {
                untold.push(webhook.spec.id.to_owned());
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

    #[test]
    fn the_declaration_has_no_defects() {
        assert_eq!(simulation().contract().defects(), [""; 0]);
        assert_eq!(simulation().controls().defects(), [""; 0]);
    }
}
