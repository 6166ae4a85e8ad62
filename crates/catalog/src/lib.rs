//! The only list of APIs.

use estoppel_simulator::Simulation;

/// Every API, in the order in which tools list them.
pub fn apis() -> Vec<&'static dyn Simulation> {
    vec![estoppel_lossexpress_carrier::simulation()]
}

/// The API with this name.
pub fn api(name: &str) -> Option<&'static dyn Simulation> {
    apis().into_iter().find(|api| api.service().name == name)
}
