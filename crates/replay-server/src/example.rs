//! Bodies for webhooks that are fired by hand: examples of the contract, made fresh.

use estoppel_contract::{Contract, WebhookDeclaration};
use serde_json::{Map, Value};

/// The first example of a webhook's payload, with a request that `number` makes fresh in a session with this seed.
pub(crate) fn body(
    contract: &Contract,
    webhook: &WebhookDeclaration,
    seed: u64,
    number: u64,
) -> Option<Vec<u8>> {
    let mut example = example_of(contract, &webhook.payload, 0)?.clone();
    let members = example.as_object_mut()?;
    if let Some(request) = webhook.spec.request.iter().find(|member| is_there(members, member))
        && let Some(value) = members.get_mut(*request)
    {
        *value = fresh(value, seed, number);
    }
    serde_json::to_vec(&example).ok()
}

/// The request that a body belongs to: the member that the signature or else the webhook names. Empty where none is
/// there.
pub(crate) fn request_of(contract: &Contract, webhook: &WebhookDeclaration, body: &[u8]) -> String {
    let signing = contract.service.deliveries.and_then(|rules| rules.signing);
    if let Some(suffix) = signing.and_then(|signing| signing.suffix_of(body)) {
        return suffix;
    }
    let members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let named = webhook.spec.request.iter().find(|member| is_there(&members, member));
    match named.and_then(|member| members.get(*member)) {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

fn is_there(members: &Map<String, Value>, member: &str) -> bool {
    members.get(member).is_some_and(|value| !value.is_null())
}

/// Models that stand in each other at most.
const DEPTH_MAX: usize = 8;

/// The first example of a schema, of the model that it names, or of its first variant that has one.
fn example_of<'c>(contract: &'c Contract, schema: &'c Value, depth: usize) -> Option<&'c Value> {
    if depth > DEPTH_MAX {
        return None;
    }
    if let Some(example) = schema.get("examples").and_then(|examples| examples.get(0)) {
        return Some(example);
    }
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        return example_of(contract, &contract.model(name)?.schema, depth + 1);
    }
    let variants = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
    variants.flatten().find_map(|variant| example_of(contract, variant, depth + 1))
}

/// A value in the form of another, the same for the same seed and number.
fn fresh(like: &Value, seed: u64, number: u64) -> Value {
    match like {
        Value::Number(_) => number.into(),
        Value::String(text) if is_uuid(text) => uuid(seed, number).into(),
        Value::String(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            number.to_string().into()
        }
        _ => format!("fired-{number}").into(),
    }
}

fn is_uuid(text: &str) -> bool {
    let mut parts =
        text.split('-').map(|part| (part.len(), part.bytes().all(|byte| byte.is_ascii_hexdigit())));
    [8, 4, 4, 4, 12].into_iter().all(|length| parts.next() == Some((length, true))) && parts.next().is_none()
}

/// A UUID of version 4 from a seed and a number.
fn uuid(seed: u64, number: u64) -> String {
    let state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(number);
    let (high, low) = (mixed(state), mixed(state ^ u64::MAX));
    let (high, low) = (high & !0xF000 | 0x4000, low & (u64::MAX >> 2) | 1 << 63);
    let (time_high, middle) = (high & 0xFFFF, (high >> 16) & 0xFFFF);
    let (sequence, node) = (low >> 48, low & 0xFFFF_FFFF_FFFF);
    format!("{:08x}-{middle:04x}-{time_high:04x}-{sequence:04x}-{node:012x}", high >> 32)
}

/// The finalizer of `SplitMix64`.
const fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fresh_value_has_the_form_of_the_old_one() {
        let id = fresh(&json!("9c1f8a5e-8d6c-4f0e-b1a7-0d2f6c3e9b11"), 7, 1);
        assert!(is_uuid(id.as_str().unwrap()), "{id}");
        assert_eq!((&id.as_str().unwrap()[14..15], id.clone()), ("4", fresh(&id, 7, 1)));
        assert_ne!(id, fresh(&id, 7, 2));
        assert_eq!(fresh(&json!("1234"), 7, 3), "3");
        assert_eq!(fresh(&json!(1234), 7, 3), 3);
        assert_eq!(fresh(&json!("abc"), 7, 3), "fired-3");
    }
}
