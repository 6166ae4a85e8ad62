//! Example command lines, for an API that there is.

use estoppel_simulator::Simulation;

/// The API that examples are about: the first one that signs its webhooks.
fn api() -> &'static str {
    let mut apis = estoppel_catalog::apis().into_iter().map(Simulation::service);
    let signs = |deliveries: estoppel_contract::DeliveryRules| deliveries.signing.is_some();
    apis.find(|service| service.deliveries.is_some_and(signs)).map_or("NAME", |service| service.name)
}

fn examples(lines: &[&str]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| format!("  {}", line.replace("API", api()))).collect();
    format!("Examples:\n{}", lines.join("\n"))
}

pub(super) fn sign() -> String {
    examples(&[
        "estoppel webhook sign --api API --key \"$KEY\" body.json",
        "estoppel webhook sign --api API --format value --suffix 5d1c2f1e-8f6b-4f0c-9c55-0d3c8f2a1b77 - < body.json",
    ])
}

pub(super) fn check() -> String {
    examples(&[
        "estoppel webhook check --api API --key \"$KEY\" --header \"$SIGNATURE\" body.json",
        "estoppel webhook check --api API --header \"$SIGNATURE\" --format json - < body.json",
    ])
}

pub(super) fn fire() -> String {
    examples(&[
        "estoppel webhook fire --api API --url http://127.0.0.1:9000/webhooks",
        "estoppel webhook fire --api API --url http://127.0.0.1:9000/webhooks --key \"$KEY\" --body body.json --count 5",
    ])
}

pub(super) fn listen() -> String {
    examples(&[
        "estoppel webhook listen --api API",
        "estoppel webhook listen --api API --key \"$KEY\" --forward http://127.0.0.1:3000/webhooks",
        "estoppel webhook listen --api API --listen 127.0.0.1:0 --status 503 --count 10",
    ])
}

pub(super) fn drill() -> String {
    examples(&[
        "estoppel webhook drill --api API --receiver http://127.0.0.1:9000/webhooks",
        "estoppel webhook drill --api API --receiver http://127.0.0.1:9000/webhooks --live",
    ])
}

pub(crate) fn verify_receiver() -> String {
    examples(&[
        "estoppel verify receiver --api API --url http://127.0.0.1:9000/webhooks",
        "estoppel verify receiver --api API --url http://127.0.0.1:9000/webhooks --key \"$KEY\" --report junit,json",
    ])
}
