//! Bodies of a megabyte with some hundred thousand violations.

use super::{Attack, calls, outcome::Outcome};

/// Bytes of an answer that says no; more of them is a report that nobody reads.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// Sends giant bodies to every operation that takes one.
pub(super) fn run(attack: &mut Attack<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    attack.target.call("POST", "/__admin/sessions", "", r#"{"name": "giants", "seed": 1}"#);
    let known = calls::all(attack.target, "giants");
    let writing: Vec<_> =
        known.iter().filter(|call| call.body.is_some() && !call.path.contains('{')).collect();
    let unknown: Vec<String> = (0..60_000).map(|number| format!("\"unknown{number}\": {number},")).collect();
    let unknown = unknown.concat();
    let items = "{},".repeat(300_000);
    let mut largest = 0;
    while attack.budget.allows(outcome.sent) {
        let Some(call) = attack.dice.pick(&writing) else { break };
        let text = call.body.as_ref().map_or(String::new(), ToString::to_string);
        let inside = text.strip_prefix('{').unwrap_or("}");
        let body = match attack.dice.roll(3) {
            0 => format!("{{{unknown}{inside}"),
            1 => format!("[{items}{{}}]"),
            _ => {
                let value = call.body.clone().unwrap_or_default();
                let members = value.as_object().into_iter().flat_map(|members| members.keys());
                let faulty: Vec<String> =
                    members.map(|key| format!("\"{key}\": [{}1]", "1,".repeat(50_000))).collect();
                format!("{{{}}}", faulty.join(","))
            }
        };
        let reply = attack.target.call(&call.method, &call.path, &call.headers, &body);
        let length = reply.as_ref().map_or(0, |reply| reply.body.len());
        largest = largest.max(length);
        if length > ANSWER_BYTES_MAX {
            outcome.breach(format!("{} {}: an answer of {length} bytes", call.method, call.path));
        }
        outcome.count(&format!("{} {} ({} bytes)", call.method, call.path, body.len()), reply.as_ref());
    }
    outcome.note = format!("the largest answer has {largest} bytes");
    outcome
}
