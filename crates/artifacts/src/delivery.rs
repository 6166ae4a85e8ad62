//! How webhooks are delivered and signed, in words and by example.

use estoppel_contract::{
    Authentication, Contract, DeliveryRules, SignatureEncoding, Signing, Success, WebhookDeclaration,
};
use serde_json::Value;

use crate::examples::Examples;

/// Which replies count as received, as the end of a sentence.
pub(crate) fn success_in_words(rules: &DeliveryRules) -> String {
    match rules.success {
        Success::Exactly(status) => format!("a reply with status {status}, and no other"),
        Success::Any2xx => "a reply with any status from 200 to 299".to_owned(),
    }
}

/// What deactivates the webhooks of an account: `5 failures in a row, or 10 within 15 minutes`.
pub(crate) fn limits_in_words(rules: &DeliveryRules) -> Option<String> {
    let limits: Vec<String> = rules.limits.iter().map(ToString::to_string).collect();
    (!limits.is_empty()).then(|| limits.join(", or "))
}

/// How a signature is computed.
pub(crate) fn recipe(signing: &Signing) -> String {
    let members: Vec<String> = signing.suffix.iter().map(|member| format!("`{member}`")).collect();
    let suffix = match members.as_slice() {
        [] => String::new(),
        [only] => format!(" and the value of {only} in the body"),
        several => format!(" and the value of the first of {} that is in the body", several.join(", ")),
    };
    let separator = match signing.separator {
        "" => String::new(),
        separator => format!(", `{separator}`"),
    };
    let encoding = signing
        .encoding_reading
        .map_or_else(String::new, |reading| format!(" The reading `{reading}` can choose another encoding."));
    format!(
        "HMAC with SHA-256 over the exact bytes of the body{separator}{suffix}, keyed with the secret that \
         authenticates calls, in lower-case hexadecimal.{encoding}"
    )
}

/// A signature of an example, with everything that it is computed from.
#[derive(Debug)]
pub(crate) struct WorkedExample {
    /// The exact bytes of the body.
    pub(crate) body: String,
    /// What is signed: body, separator and suffix.
    pub(crate) signed: String,
    /// The secret of every fresh session.
    pub(crate) key: &'static str,
    /// The signature, in the encoding that holds unless a reading chooses another.
    pub(crate) signature: String,
}

/// The signature of a webhook's first example; `None` where webhooks are not signed or the example names no request.
pub(crate) fn worked_example(
    contract: &Contract,
    webhook: &WebhookDeclaration,
    examples: &Examples,
) -> Option<WorkedExample> {
    let signing = contract.service.deliveries?.signing?;
    let body = examples.of_schema(&webhook.payload).map(Value::to_string)?;
    let suffix = signing.suffix_of(body.as_bytes())?;
    let key = match contract.service.authentication {
        Authentication::Secret { test_secret, .. }
        | Authentication::ClientCredentials { test_secret, .. } => test_secret,
    };
    let signature = signing.sign(key, body.as_bytes(), &suffix, SignatureEncoding::default());
    let signed = format!("{body}{}{suffix}", signing.separator);
    Some(WorkedExample { body, signed, key, signature })
}

/// Text as one word of a shell.
pub(crate) fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn a_shell_leaves_quoted_text_alone() {
        assert_eq!(shell_quoted("$expand=it's"), r"'$expand=it'\''s'");
    }
}
