//! What is always checked of every API.

use std::collections::BTreeSet;

use estoppel_contract::{Availability, Contract, Setting};

/// The command lines that every API passes at any time: its contract against the replay server, what it announces turned
/// on, the readings that its stories tell of, and its reference page against its contract.
pub fn standing_checks() -> Vec<Vec<String>> {
    estoppel_catalog::apis().into_iter().flat_map(|api| of(api.contract())).collect()
}

fn of(contract: &Contract) -> Vec<Vec<String>> {
    let name = contract.name();
    let line = |text: String| text.split(' ').map(str::to_owned).collect::<Vec<String>>();
    let mut lines = vec![line(format!("verify provider --api {name}"))];
    for operation in &contract.operations {
        if let Availability::Announced { reading } = operation.spec.availability
            && let Some(on) = on_word(contract, reading)
        {
            let id = operation.spec.id;
            lines.push(line(format!("verify provider --api {name} --include {id} --reading {reading}={on}")));
        }
    }
    let under: BTreeSet<_> = contract.stories.iter().filter_map(|story| story.under).collect();
    let announced = |reading: &str| {
        contract.operations.iter().any(|operation| {
            matches!(operation.spec.availability, Availability::Announced { reading: turns_on } if turns_on == reading)
        })
    };
    for (reading, word) in under.into_iter().filter(|(reading, _)| !announced(reading)) {
        lines.push(line(format!("verify provider --api {name} --reading {reading}={word}")));
    }
    lines.push(line(format!("docs check --api {name} schemas/{name}/reference.md")));
    lines
}

/// The word that turns an announced operation on: the one that is not the default.
fn on_word(contract: &Contract, reading: &str) -> Option<&'static str> {
    let reading = contract.service.readings.iter().find(|known| known.name == reading)?;
    match reading.setting {
        Setting::Choice(choices) => choices.get(1).map(|(word, _)| *word),
        Setting::Milliseconds { .. } | Setting::Bytes { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_api_is_verified_and_its_page_checked() {
        let lines: Vec<String> = standing_checks().iter().map(|line| line.join(" ")).collect();
        for api in estoppel_catalog::apis() {
            let name = api.service().name;
            assert!(lines.contains(&format!("verify provider --api {name}")), "{lines:?}");
            assert!(
                lines.contains(&format!("docs check --api {name} schemas/{name}/reference.md")),
                "{lines:?}"
            );
        }
        assert!(lines.iter().any(|line| line.ends_with("=on")), "{lines:?}");
    }
}
