//! Calls of all operations whose bodies, paths and queries are nearly valid.

use serde_json::{Value, json};

use super::{Attack, calls, dice::Dice, mutation::mutated, outcome::Outcome};

/// Ids that answers name and later calls use.
const IDS_MAX: usize = 200;
/// Operations of the admin API that take a body, with one that is valid.
const ADMIN: [(&str, &str, &str); 8] = [
    ("POST", "/__admin/sessions", r#"{"name": "fuzzed", "seed": 7, "clock": "2021-01-08T22:03:09.598Z"}"#),
    ("POST", "/__admin/sessions/fuzz/fork", r#"{"name": "fuzzed"}"#),
    ("POST", "/__admin/sessions/fuzz/clock/advance", r#"{"by": "PT1S"}"#),
    ("POST", "/__admin/sessions/fuzz/clock/set", r#"{"to": "2021-01-08T22:03:09.598Z"}"#),
    ("POST", "/__admin/sessions/fuzz/webhooks", r#"{"api": "xpayoff", "url": "http://127.0.0.1:9/"}"#),
    ("POST", "/__admin/sessions/fuzz/webhooks/fire", r#"{"api": "xpayoff", "event": "x"}"#),
    ("GET", "/__admin/sessions/fuzz/journal?limit=10", ""),
    ("POST", "/__admin/sessions/fuzz/reset", ""),
];

pub(super) fn run(attack: &mut Attack<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    attack.target.call("POST", "/__admin/sessions", "", r#"{"name": "fuzz", "seed": 1}"#);
    let mut known = calls::all(attack.target, "fuzz");
    let mut ids = vec!["1".to_owned()];
    while attack.budget.allows(outcome.sent) {
        // A reset takes the tokens with it.
        if outcome.sent % 500 == 499 {
            known = calls::all(attack.target, "fuzz");
        }
        let dice = &mut attack.dice;
        let (method, path, headers, body) = if dice.roll(10) == 0 {
            let (method, path, body) = dice.pick(&ADMIN).copied().unwrap_or_default();
            let value: Value = serde_json::from_str(body).unwrap_or_default();
            let body = if body.is_empty() { String::new() } else { mutated(&value, dice) };
            (method.to_owned(), path.to_owned(), String::new(), body)
        } else {
            let Some(call) = dice.pick(&known).cloned() else { break };
            let path = filled(&call.path, &ids, dice);
            let body = call.body.unwrap_or_else(|| json!({"id": 1}));
            let valid = dice.roll(4) == 0;
            let body = match call.method.as_str() {
                "GET" => String::new(),
                _ if valid => body.to_string(),
                _ => mutated(&body, dice),
            };
            (call.method, path, call.headers, body)
        };
        let reply = attack.target.call(&method, &path, &headers, &body);
        if let Some(reply) = reply.as_ref().filter(|reply| reply.status < 300) {
            note_ids(&reply.body, &mut ids);
        }
        let shown: String = body.chars().take(80).collect();
        outcome.count(&format!("{method} {path} {shown}"), reply.as_ref());
    }
    let apis: std::collections::BTreeSet<&str> = known.iter().map(|call| call.api.as_str()).collect();
    outcome.note = format!("{} operations of {} APIs", known.len() + ADMIN.len(), apis.len());
    outcome
}

/// A path with values in place of its parameters, and sometimes with a query.
fn filled(path: &str, ids: &[String], dice: &mut Dice) -> String {
    let mut filled = String::new();
    for (index, part) in path.split('{').enumerate() {
        let rest = if index == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) };
        if index > 0 {
            let known = dice.pick(ids).map_or("1", String::as_str);
            let odd = dice.word(&["%00", "..", "0", "-1", "%F0%9F%A6%80", "99999999999999999999", "%2F"]);
            filled.push_str(if dice.roll(4) == 0 { odd } else { known });
        }
        filled.push_str(rest);
    }
    if dice.roll(4) == 0 {
        filled.push_str(dice.word(&[
            "?limit=-1",
            "?limit=1&limit=2",
            "?%ff=%fe",
            "?activityType=document-added",
            "?&&==",
        ]));
    }
    filled
}

/// Texts and numbers that answers call ids.
fn note_ids(body: &str, ids: &mut Vec<String>) {
    let Ok(Value::Object(members)) = serde_json::from_str::<Value>(body) else { return };
    for (key, value) in &members {
        let id = match value {
            Value::String(text) if !text.contains([' ', '/', '?', '#', '%']) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => continue,
        };
        if key.to_lowercase().ends_with("id") && ids.len() < IDS_MAX && id.is_ascii() {
            ids.push(id);
        }
    }
}
