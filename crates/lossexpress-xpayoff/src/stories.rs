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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use estoppel_contract::Expectation;

    use crate::simulation;

    /// A new operation or refusal needs a story.
    #[test]
    fn stories_reach_every_success_every_refusal_and_every_webhook() {
        let contract = simulation().contract();
        let steps: Vec<_> = contract.stories.iter().flat_map(|story| &story.steps).collect();
        let told: Vec<(&str, &Expectation)> =
            steps.iter().map(|step| (step.operation, &step.expect)).collect();
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
        let arrives =
            |id: &str| steps.iter().any(|step| step.arrivals.iter().any(|found| found.webhook == id));
        untold.extend(
            contract.webhooks.iter().map(|webhook| webhook.spec.id.to_owned()).filter(|id| !arrives(id)),
        );
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
                for arrival in &step.arrivals {
                    assert!(contract.webhook(arrival.webhook).is_some(), "{}", story.id);
                }
            }
        }
    }
}
