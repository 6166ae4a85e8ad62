//! The only list of APIs.

use estoppel_generate::FixtureKind;
use estoppel_simulator::Simulation;

/// One API: how sessions run it, and what can be generated for it.
#[derive(Clone, Copy)]
struct Entry {
    simulation: fn() -> &'static dyn Simulation,
    fixture_kinds: fn() -> &'static [FixtureKind],
}

/// Every API, in the order in which tools list them.
const APIS: &[Entry] = &[Entry {
    simulation: estoppel_lossexpress_carrier::simulation,
    fixture_kinds: estoppel_lossexpress_carrier::fixture_kinds,
}];

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
