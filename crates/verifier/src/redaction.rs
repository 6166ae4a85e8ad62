//! What is hidden before anything is shown.

use std::collections::BTreeSet;

use estoppel_contract::{Contract, PersonalData};
use serde_json::Value;

/// The longest text that is shown of a reply, in characters.
const SHOWN_MAX: usize = 400;
/// Stands in a body for a shell variable, until the body has been quoted.
const MARK: char = '\u{1}';

/// Knows what must not be shown: the values of sensitive members, and secrets wherever they appear.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redaction {
    members: BTreeSet<String>,
    /// What is hidden of others' bodies; our own are invented.
    personal: BTreeSet<String>,
    secrets: Vec<Secret>,
}

#[derive(Clone)]
struct Secret {
    text: String,
    shown_as: &'static str,
}

/// Shows no secret.
impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.shown_as)
    }
}

impl Redaction {
    /// Hides the values of the members that the contract marks as sensitive, and as personal where that is masked.
    pub(crate) fn of_contract(contract: &Contract, personal_data: PersonalData) -> Self {
        let personal = match personal_data {
            PersonalData::Masked => contract.personal_members(),
            PersonalData::Shown => BTreeSet::new(),
        };
        Self { members: contract.sensitive_members(), personal, secrets: Vec::new() }
    }

    /// Hides this text from now on, and shows `shown_as` in its place.
    pub(crate) fn hide(&mut self, text: &str, shown_as: &'static str) {
        if !text.is_empty() {
            self.secrets.push(Secret { text: text.to_owned(), shown_as });
        }
    }

    /// Whether the value at this pointer is hidden.
    pub(crate) fn hides(&self, pointer: &str) -> bool {
        pointer.split('/').any(|member| self.members.contains(member) || self.personal.contains(member))
    }

    /// The text without secrets, and not too long.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut shown = self.without_secrets(text);
        if let Some((end, _)) = shown.char_indices().nth(SHOWN_MAX) {
            shown.truncate(end);
            shown.push('…');
        }
        shown
    }

    /// The value at this pointer, without what must not be shown.
    pub(crate) fn value(&self, pointer: &str, value: &Value) -> String {
        if self.hides(pointer) {
            return "(hidden)".to_owned();
        }
        let mut value = value.clone();
        let hidden = |name: &str| self.members.contains(name) || self.personal.contains(name);
        replace_members(&mut value, &hidden, &|_| "(hidden)".to_owned());
        self.text(&value.to_string())
    }

    /// A body as a reply showed it.
    pub(crate) fn body(&self, body: &[u8]) -> String {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => self.value("", &value),
            Err(_) if body.is_empty() => "no body".to_owned(),
            Err(_) => self.text(&String::from_utf8_lossy(body)),
        }
    }

    /// A body as an argument of a shell: sensitive members become variables, such as `$SECRET`.
    pub(crate) fn shell_body(&self, body: &[u8]) -> String {
        let text = match serde_json::from_slice::<Value>(body) {
            Ok(mut value) => {
                let hidden = |name: &str| self.members.contains(name);
                replace_members(&mut value, &hidden, &|member| format!("{MARK}{}{MARK}", variable(member)));
                value.to_string()
            }
            Err(_) => String::from_utf8_lossy(body).into_owned(),
        };
        let quoted = format!("'{}'", self.without_secrets(&text).replace('\'', r"'\''"));
        let mut shown = String::with_capacity(quoted.len());
        for (index, piece) in quoted.split(r"\u0001").enumerate() {
            match index % 2 {
                0 => shown.push_str(piece),
                _ => ["'\"$", piece, "\"'"].into_iter().for_each(|part| shown.push_str(part)),
            }
        }
        shown
    }

    /// The text without secrets.
    pub(crate) fn without_secrets(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(&secret.text, secret.shown_as))
    }
}

/// Replaces the texts of members, wherever they are.
fn replace_members(value: &mut Value, is_hidden: &impl Fn(&str) -> bool, shown: &impl Fn(&str) -> String) {
    match value {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                if value.is_string() && is_hidden(name) {
                    *value = Value::String(shown(name));
                } else {
                    replace_members(value, is_hidden, shown);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace_members(item, is_hidden, shown)),
        _ => {}
    }
}

/// `accountNumber` as a shell writes it: `ACCOUNT_NUMBER`.
fn variable(member: &str) -> String {
    let mut name = String::with_capacity(member.len() + 4);
    for character in member.chars() {
        if character.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(if character.is_ascii_alphanumeric() { character.to_ascii_uppercase() } else { '_' });
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn redaction() -> Redaction {
        let mut redaction = Redaction {
            members: BTreeSet::from(["accountNumber".to_owned()]),
            personal: BTreeSet::from(["ownersName".to_owned()]),
            ..Redaction::default()
        };
        redaction.hide("0f1e2d3c", "$TOKEN");
        redaction
    }

    #[test]
    fn sensitive_members_and_secrets_are_hidden_everywhere() {
        let redaction = redaction();
        let value = json!({"claims": [{"accountNumber": "A 1", "note": "it's 0f1e2d3c"}]});
        assert_eq!(
            redaction.value("", &value),
            r#"{"claims":[{"accountNumber":"(hidden)","note":"it's $TOKEN"}]}"#
        );
        assert_eq!(redaction.value("/claim/accountNumber", &json!("A 1")), "(hidden)");
        let personal = json!({"ownersName": "Ann"});
        assert_eq!(redaction.value("", &personal), r#"{"ownersName":"(hidden)"}"#);
        assert_eq!(redaction.value("/claims/0/ownersName", &json!("Ann")), "(hidden)");
        assert_eq!(redaction.shell_body(br#"{"ownersName":"Ann"}"#), r#"'{"ownersName":"Ann"}'"#);
        assert_eq!(redaction.body(b"not json: 0f1e2d3c"), "not json: $TOKEN");
    }

    #[test]
    fn bodies_can_be_pasted_into_a_shell() {
        let body = json!({"accountNumber": "A 1", "note": "it's"}).to_string();
        assert_eq!(
            redaction().shell_body(body.as_bytes()),
            r#"'{"accountNumber":"'"$ACCOUNT_NUMBER"'","note":"it'\''s"}'"#
        );
        assert_eq!(redaction().shell_body(b"{"), "'{'");
    }
}
