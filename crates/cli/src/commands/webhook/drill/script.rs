//! The calls that make an API send something, taken from its stories.

use estoppel_contract::{Contract, Expectation, Readings, Step, Story};

use crate::Failure;

/// Calls of which the last one makes the API send webhooks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    /// Calls that come first, once.
    pub(super) before: &'static [Step],
    /// The call that something arrives because of.
    pub(super) asks: &'static Step,
}

impl Script {
    /// The shortest script of the contract's stories that holds under these readings.
    pub(super) fn of(contract: &'static Contract, readings: &Readings) -> Result<Self, Failure> {
        let scripts = contract.stories.iter().filter(|story| holds(contract, story, readings));
        let scripts = scripts.filter_map(|story| {
            let place = story.steps.iter().position(|step| !step.arrivals.is_empty())?;
            let (before, rest) = story.steps.split_at_checked(place)?;
            let asks = rest.first().filter(|step| step.expect == Expectation::Reply)?;
            Some(Self { before, asks })
        });
        scripts.min_by_key(|script| script.before.len()).ok_or_else(|| {
            Failure::new(format!(
                "no story of `{}` makes a webhook arrive, so nothing can be rehearsed",
                contract.name()
            ))
        })
    }
}

/// Whether a story is told under the readings in force.
fn holds(contract: &'static Contract, story: &Story, readings: &Readings) -> bool {
    story.under.is_none_or(|(name, word)| {
        let reading = contract.service.readings.iter().find(|reading| reading.name == name);
        reading.is_some_and(|reading| readings.word(reading) == word)
    })
}
