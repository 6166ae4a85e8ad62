//! Every story of every API has a name, calls what there is, and together they leave nothing untold.

use std::collections::BTreeSet;

use estoppel_catalog::apis;
use estoppel_contract::{Availability, Contract, Expectation, Protocol, Step};

fn steps(contract: &Contract) -> impl Iterator<Item = &Step> {
    contract.stories.iter().flat_map(|story| &story.steps)
}

/// A new operation, refusal or webhook needs a story.
#[test]
fn stories_reach_every_success_every_refusal_and_every_webhook() {
    let mut untold = Vec::new();
    for api in apis() {
        let contract = api.contract();
        let unknown_route = (contract.service.protocol)(&Protocol::UnknownRoute).id;
        for operation in &contract.operations {
            let id = operation.spec.id;
            let withheld = operation.spec.availability != Availability::Served;
            let refusals = operation.refusals.iter().map(|notice| notice.id);
            let refusals = refusals.chain(withheld.then_some(unknown_route)).map(Expectation::Refusal);
            for expected in refusals.chain([Expectation::Reply]) {
                if !steps(contract).any(|step| step.operation == id && step.expect == expected) {
                    untold.push(format!("{}: {id}: {expected:?}", contract.name()));
                }
            }
        }
        for webhook in &contract.webhooks {
            let id = webhook.spec.id;
            if !steps(contract).flat_map(|step| &step.arrivals).any(|arrival| arrival.webhook == id) {
                untold.push(format!("{}: {id}", contract.name()));
            }
        }
    }
    assert!(untold.is_empty(), "{untold:#?}");
}

#[test]
fn stories_have_names_of_their_own_and_call_what_there_is() {
    for api in apis() {
        let contract = api.contract();
        let mut ids = BTreeSet::new();
        for story in &contract.stories {
            assert!(ids.insert(story.id), "{}: {} twice", contract.name(), story.id);
            for step in &story.steps {
                assert!(contract.operation(step.operation).is_some(), "{}: {}", story.id, step.operation);
                for arrival in &step.arrivals {
                    assert!(contract.webhook(arrival.webhook).is_some(), "{}: {}", story.id, arrival.webhook);
                }
            }
            if let Some((reading, _)) = story.under {
                let known = contract.service.readings.iter().any(|known| known.name == reading);
                assert!(known, "{}: {reading}", story.id);
            }
        }
    }
}
