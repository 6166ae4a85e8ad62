//! The only list of APIs.

use estoppel_generate::FixtureKind;
use estoppel_simulator::Simulation;
use estoppel_values::NormalizedQuote;
use serde_json::Value;

/// One API: how sessions run it, what can be generated for it, and what its quotes say.
#[derive(Clone, Copy)]
struct Entry {
    simulation: fn() -> &'static dyn Simulation,
    fixture_kinds: fn() -> &'static [FixtureKind],
    normalize_quote: fn(&Value) -> Option<NormalizedQuote>,
}

/// Every API, in the order in which tools list them.
const APIS: &[Entry] = &[
    Entry {
        simulation: estoppel_lossexpress_carrier::simulation,
        fixture_kinds: estoppel_lossexpress_carrier::fixture_kinds,
        normalize_quote: estoppel_lossexpress_carrier::normalize_quote,
    },
    Entry {
        simulation: estoppel_lossexpress_xpayoff::simulation,
        fixture_kinds: estoppel_lossexpress_xpayoff::fixture_kinds,
        normalize_quote: estoppel_lossexpress_xpayoff::normalize_quote,
    },
    Entry {
        simulation: estoppel_spinwheel::simulation,
        fixture_kinds: estoppel_spinwheel::fixture_kinds,
        normalize_quote: estoppel_spinwheel::normalize_quote,
    },
    Entry {
        simulation: estoppel_loanpro::simulation,
        fixture_kinds: estoppel_loanpro::fixture_kinds,
        normalize_quote: estoppel_loanpro::normalize_quote,
    },
];

/// Every API, in the order in which tools list them.
pub fn apis() -> Vec<&'static dyn Simulation> {
    APIS.iter().map(|entry| (entry.simulation)()).collect()
}

/// The API with this name.
pub fn api(name: &str) -> Option<&'static dyn Simulation> {
    apis().into_iter().find(|api| api.service().name == name)
}

/// The kinds of fixtures of the API with this name.
pub fn fixture_kinds(api: &str) -> Option<&'static [FixtureKind]> {
    let entry = APIS.iter().find(|entry| (entry.simulation)().service().name == api)?;
    Some((entry.fixture_kinds)())
}

/// The payoff quote in a payload of the API with this name, in the words of no vendor; `None` where there is none.
pub fn normalize_quote(api: &str, payload: &Value) -> Option<NormalizedQuote> {
    let entry = APIS.iter().find(|entry| (entry.simulation)().service().name == api)?;
    (entry.normalize_quote)(payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_fixture_keeps_a_model_of_its_contract() {
        for api in apis() {
            for kind in fixture_kinds(api.service().name).unwrap() {
                assert!(api.contract().model(kind.model).is_some(), "{}", kind.name);
            }
        }
        assert!(fixture_kinds("no such API").is_none());
    }
}
