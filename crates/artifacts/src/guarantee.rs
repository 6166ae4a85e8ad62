//! Whether the schema of a webhook's body requires what the webhook guarantees, and nothing else.

use std::collections::BTreeSet;

use estoppel_contract::{Contract, WebhookDeclaration};
use serde_json::Value;

use crate::{ArtifactError, member};

/// Schemas that are followed from the top of a body down to a member.
const DEPTH_MAX: usize = 16;

/// Fails where a webhook guarantees other members than the schema of its body requires.
pub(crate) fn check(contract: &Contract) -> Result<(), ArtifactError> {
    contract.webhooks.iter().try_for_each(|webhook| check_webhook(contract, webhook))
}

fn check_webhook(contract: &Contract, webhook: &WebhookDeclaration) -> Result<(), ArtifactError> {
    let guaranteed: BTreeSet<String> =
        webhook.spec.guaranteed.iter().flat_map(|path| with_ancestors(path)).collect();
    let required = required(contract, &webhook.payload, DEPTH_MAX);
    if guaranteed == required {
        return Ok(());
    }
    let shown = |paths: &BTreeSet<String>| match paths.len() {
        0 => "nothing".to_owned(),
        _ => paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", "),
    };
    Err(ArtifactError::Guarantee {
        webhook: webhook.spec.id.to_owned(),
        guaranteed: shown(&guaranteed),
        required: shown(&required),
    })
}

/// `data.amount` as `data` and `data.amount`: what is inside cannot be there without what is around it.
fn with_ancestors(path: &str) -> Vec<String> {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    ends.filter_map(|end| path.get(..end)).map(str::to_owned).collect()
}

/// The members, as dotted paths, that every value of a schema holds.
fn required(contract: &Contract, schema: &Value, depth: usize) -> BTreeSet<String> {
    let Some(depth) = depth.checked_sub(1) else { return BTreeSet::new() };
    if let Some(model) = member::target(schema).and_then(|name| contract.model(name)) {
        return required(contract, &model.schema, depth);
    }
    let mut paths = BTreeSet::new();
    for member in member::members(schema).into_iter().filter(|member| member.need == member::Need::Always) {
        let inside = required(contract, member.schema, depth);
        paths.extend(inside.into_iter().map(|path| format!("{}.{path}", member.name)));
        paths.insert(member.name.to_owned());
    }
    let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
    for alternatives in alternatives {
        let each = alternatives.iter().map(|alternative| required(contract, alternative, depth));
        paths.extend(each.reduce(|left, right| &left & &right).unwrap_or_default());
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_a_guaranteed_member_is_guaranteed() {
        assert_eq!(with_ancestors("data.quote.amount"), ["data", "data.quote", "data.quote.amount"]);
        assert_eq!(with_ancestors("id"), ["id"]);
    }
}
