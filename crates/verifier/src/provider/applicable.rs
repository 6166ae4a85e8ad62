//! Which rules of the protocol apply to an operation.

use estoppel_contract::{Auth, Authentication, Checker, Contract, CredentialHeader, Operation};
use serde_json::{Map, Value, json};

use crate::Rule;

/// Text that no format and no vocabulary takes.
pub(super) const NOT_VALID: &str = "not-valid";

/// The rules of the protocol that apply to an operation that is served.
pub(super) fn applicable(contract: &Contract, operation: &Operation) -> Vec<Rule> {
    let mut rules = Vec::new();
    if operation.spec.auth != Auth::None {
        rules.extend([Rule::AuthMissing, Rule::AuthScheme, Rule::AuthUnknown]);
        if !credential_headers(contract).is_empty() {
            rules.push(Rule::AuthHeaderMissing);
        }
    }
    rules.extend([Rule::MethodNotAllowed, Rule::MethodAllow]);
    if operation.reply.is_some() {
        rules.push(Rule::NotAcceptable);
    }
    if let Some(body) = &operation.body {
        rules.extend([Rule::ContentType, Rule::BodyMalformed, Rule::BodyMissing]);
        let checker = contract.checker(body);
        if checker.as_ref().is_ok_and(|checker| !checker.accepts(&json!({}))) {
            rules.extend([Rule::BodyMembersMissing, Rule::BodyMemberMissing]);
        }
        let schema = contract.bundle(body);
        if properties(&schema, &schema).is_some_and(|members| !members.is_empty()) {
            rules.extend([Rule::BodyMemberType, Rule::BodyMemberNull, Rule::BodyMemberUnknown]);
        }
        if checker.is_ok_and(|checker| has_worded_member(&checker)) {
            rules.push(Rule::BodyMemberValue);
        }
    }
    if !bad_parameters(&operation.path_parameters).is_empty() || !bad_parameters(&operation.query).is_empty()
    {
        rules.push(Rule::ParameterValue);
    }
    if !required(&operation.query).is_empty() {
        rules.push(Rule::ParameterMissing);
    }
    rules
}

/// The headers that every call carries beside its token.
pub(super) const fn credential_headers(contract: &Contract) -> &'static [CredentialHeader] {
    match contract.service.authentication {
        Authentication::Secret { headers, .. } => headers,
        Authentication::ClientCredentials { .. } => &[],
    }
}

/// Whether a member that is text, or a list of texts, does not take [`NOT_VALID`].
fn has_worded_member(checker: &Checker) -> bool {
    let schema = checker.schema();
    properties(schema, schema).into_iter().flatten().any(|(name, member)| {
        let value = match resolved(schema, member).get("type").and_then(Value::as_str) {
            Some("string") => json!(NOT_VALID),
            Some("array") => json!([NOT_VALID]),
            _ => return false,
        };
        let violations = checker.check(&json!({name.as_str(): value}));
        let pointer = format!("/{name}");
        violations.iter().any(|violation| violation.pointer.to_string().starts_with(&pointer))
    })
}

/// The parameters of a schema that do not take [`NOT_VALID`].
pub(super) fn bad_parameters(schema: &Value) -> Vec<String> {
    let Ok(checker) = Checker::new(schema.clone()) else { return Vec::new() };
    let names = properties(schema, schema).into_iter().flat_map(Map::keys);
    names
        .filter(|name| {
            let pointer = format!("/{name}");
            let violations = checker.check(&json!({name.as_str(): NOT_VALID}));
            violations.iter().any(|violation| violation.pointer.to_string() == pointer)
        })
        .cloned()
        .collect()
}

/// The members that a schema needs.
pub(super) fn required(schema: &Value) -> Vec<String> {
    let names = resolved(schema, schema).get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The members that a schema declares; references are looked up in `root`.
pub(super) fn properties<'s>(root: &'s Value, schema: &'s Value) -> Option<&'s Map<String, Value>> {
    resolved(root, schema).get("properties").and_then(Value::as_object)
}

/// The schema behind a reference.
pub(super) fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| root.pointer(target)).unwrap_or(schema)
}
