//! JSON that is nearly what an operation takes.

use serde_json::{Map, Value, json};

use super::dice::Dice;

/// Texts that readers stumble over.
const TEXTS: [&str; 9] = [
    "",
    " ",
    "\u{0}",
    "\u{202e}abc",
    "\u{1F980}\u{200d}\u{301}",
    "null",
    "../../etc/passwd",
    "{}\"\\",
    "\u{1b}[2J",
];
/// Numbers at the edges of their types, as they are written.
const NUMBERS: [&str; 8] =
    ["0", "-1", "9223372036854775808", "1e308", "1e-400", "0.1000000000000000000001", "-0", "1E400"];

/// The text of a value with one fault or a few.
pub(super) fn mutated(value: &Value, dice: &mut Dice) -> String {
    let mut value = value.clone();
    for _ in 0..=dice.roll(3) {
        change(&mut value, dice, 0);
    }
    let text = value.to_string();
    match dice.roll(12) {
        0 => text.get(..dice.roll(text.len())).unwrap_or_default().to_owned(),
        1 => text.replacen(':', "::", 1),
        2 => format!("{text}{text}"),
        // A member twice, of two types.
        3 => text.replacen('{', "{\"vin\": 1, \"vin\": [], ", 1),
        4 => text.replacen(['0', '1', '2'], dice.word(&NUMBERS), 1),
        5 => {
            let depth = 1 + dice.roll(3_000);
            format!("{}{text}{}", "[".repeat(depth), "]".repeat(depth))
        }
        _ => text,
    }
}

fn change(value: &mut Value, dice: &mut Dice, depth: usize) {
    let inside = depth < 8 && dice.roll(4) > 0;
    match value {
        Value::Object(members) if inside && !members.is_empty() => change_member(members, dice, depth),
        Value::Array(items) if inside && !items.is_empty() => {
            let place = dice.roll(items.len());
            if let Some(item) = items.get_mut(place) {
                change(item, dice, depth + 1);
            }
        }
        other => *other = replacement(dice),
    }
}

fn change_member(members: &mut Map<String, Value>, dice: &mut Dice, depth: usize) {
    let place = dice.roll(members.len());
    let Some(key) = members.keys().nth(place).cloned() else { return };
    match dice.roll(8) {
        0 => drop(members.remove(&key)),
        1 => drop(members.insert(format!("{key}{}", dice.word(&TEXTS)), json!(true))),
        _ => {
            if let Some(member) = members.get_mut(&key) {
                change(member, dice, depth + 1);
            }
        }
    }
}

fn replacement(dice: &mut Dice) -> Value {
    match dice.roll(8) {
        0 => Value::Null,
        1 => json!(dice.roll(2) == 0),
        2 => json!([]),
        3 => json!({}),
        4 => serde_json::from_str(dice.word(&NUMBERS)).unwrap_or(Value::Null),
        5 => json!("x".repeat(1 << dice.roll(16))),
        6 => json!(vec![dice.word(&TEXTS); dice.roll(100)]),
        _ => json!(dice.word(&TEXTS)),
    }
}
