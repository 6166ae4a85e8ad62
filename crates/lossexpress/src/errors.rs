//! The error envelope.
//!
//! The shape is that of hapi with Joi: `statusCode`, `error`, `message`, and for a request that breaks its schema
//! `validation.errors`.

use estoppel_contract::{Basis, Error, JsonPointer, Notice, Protocol, Source, Violation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The body of every refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-basis" = "example"),
    example = json!({"statusCode": 500, "error": "Internal Server Error", "message": "An internal server error occurred"}),
    example = json!({
        "statusCode": 400,
        "error": "Bad Request",
        "message": "vin is required",
        "validation": {"errors": [{
            "key": ["vin"], "path": ["vin"], "message": "vin is required",
            "type": "any", "constraint": "required", "label": "vin",
        }]},
    }),
)]
pub struct ErrorEnvelope {
    /// The HTTP status code.
    #[schemars(with = "estoppel_values::Integer")]
    pub status_code: u16,
    /// The status code's reason phrase.
    pub error: String,
    /// What is wrong, for a person. For a request that breaks its schema, the first fault.
    pub message: String,
    /// Every fault of a request that breaks its schema; absent from all other refusals.
    #[serde(default, skip_serializing_if = "estoppel_contract::Optional::is_absent")]
    pub validation: estoppel_contract::Optional<Validation>,
}

/// The faults of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-basis" = "example"))]
pub struct Validation {
    /// Every fault, in the order of the documented table (R23).
    pub errors: Vec<ValidationError>,
}

/// One fault of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-basis" = "example"))]
pub struct ValidationError {
    /// The member at fault, step by step.
    pub key: Vec<String>,
    /// The same steps.
    pub path: Vec<String>,
    /// What is wrong, for a person.
    pub message: String,
    /// First part of the Joi error code, such as `any` (R24).
    pub r#type: String,
    /// The rest of the Joi error code, such as `required` (R24).
    pub constraint: String,
    /// The member at fault, as the message names it.
    pub label: String,
}

/// The notice of each fault of the protocol, where the API documents its errors at `errors`.
pub fn protocol_notice(fault: &Protocol, errors: Source) -> Notice {
    let (id, status, message, when, basis, source) = match fault {
        Protocol::UnknownRoute => {
            ("unknown-route", 404, "Not Found", "No operation has this path.", Basis::Documented, errors)
        }
        Protocol::MethodNotAllowed => (
            "method-not-allowed",
            405,
            "Method Not Allowed",
            "The path exists with other methods, which `Allow` lists.",
            Basis::Documented,
            errors,
        ),
        Protocol::Unauthorized => (
            "unauthorized",
            401,
            "Unauthorized",
            "The request carries no bearer token, or one that was never issued.",
            Basis::Ruled,
            Source::ruling("R12"),
        ),
        Protocol::CredentialExpired => (
            "token-expired",
            401,
            "The provided token has expired.",
            "The bearer token has outlived its lifetime.",
            Basis::Example,
            errors,
        ),
        Protocol::NotAcceptable => {
            ("not-acceptable", 406, "Not Acceptable", "`Accept` leaves out JSON.", Basis::Documented, errors)
        }
        Protocol::BodyTooLarge => (
            "body-too-large",
            413,
            "Request Entity Too Large",
            "The body is longer than the limit.",
            Basis::Ruled,
            Source::ruling("R20"),
        ),
        Protocol::UnsupportedMediaType => (
            "unsupported-media-type",
            415,
            "Unsupported Media Type",
            "The body is not declared as JSON.",
            Basis::Ruled,
            Source::ruling("R18"),
        ),
        Protocol::MalformedBody => (
            "malformed-body",
            400,
            "Invalid request payload JSON format",
            "The body is not JSON.",
            Basis::Ruled,
            Source::ruling("R19"),
        ),
        Protocol::Invalid(_) => (
            "invalid-request",
            400,
            "{first fault}",
            "The request breaks its schema; every fault is listed in `validation.errors`.",
            Basis::Example,
            errors,
        ),
        Protocol::Internal => (
            "internal",
            500,
            "An internal server error occurred",
            "The server failed.",
            Basis::Example,
            errors,
        ),
    };
    Notice { id, status, message, when, basis, source }
}

/// The body of a refusal.
pub fn envelope(notice: &Notice, violations: &[Violation]) -> Error {
    let errors: Vec<ValidationError> = violations.iter().map(validation_error).collect();
    let envelope = ErrorEnvelope {
        status_code: notice.status,
        error: reason_phrase(notice.status).to_owned(),
        message: errors.first().map_or_else(|| notice.message.to_owned(), |error| error.message.clone()),
        validation: (!errors.is_empty()).then_some(Validation { errors }).into(),
    };
    Error { body: json!(envelope) }
}

const fn reason_phrase(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        413 => "Request Entity Too Large",
        415 => "Unsupported Media Type",
        _ => "Internal Server Error",
    }
}

/// A violation as Joi tells it.
fn validation_error(violation: &Violation) -> ValidationError {
    let path: Vec<String> = violation.pointer.segments().iter().map(ToString::to_string).collect();
    let label = if path.is_empty() { "value".to_owned() } else { path.join(".") };
    let (code, text) = joi(violation);
    let (kind, constraint) = code.split_once('.').unwrap_or((code, ""));
    ValidationError {
        key: path.clone(),
        path,
        message: format!("{label} {text}"),
        r#type: kind.to_owned(),
        constraint: constraint.to_owned(),
        label,
    }
}

/// The Joi code and text for a broken keyword.
fn joi(violation: &Violation) -> (&'static str, String) {
    let expected = violation.expected.as_str();
    match (violation.keyword.as_str(), expected) {
        ("required", _) => ("any.required", "is required".to_owned()),
        ("type", "a string") => ("string.base", "must be a string".to_owned()),
        ("type", "an integer") if violation.actual == "a decimal number" => {
            ("number.integer", "must be an integer".to_owned())
        }
        ("type", "a number" | "an integer") => ("number.base", "must be a number".to_owned()),
        ("type", "a boolean") => ("boolean.base", "must be a boolean".to_owned()),
        ("type", "an array") => ("array.base", "must be an array".to_owned()),
        ("type", "an object") => ("object.base", "must be an object".to_owned()),
        ("enum", _) => ("any.only", format!("must be {}", expected.replace('"', ""))),
        ("format", "format uuid") => ("string.guid", "must be a valid GUID".to_owned()),
        ("format", "format date") => ("date.format", "must be a date in YYYY-MM-DD format".to_owned()),
        ("format", _) => ("date.format", "must be a timestamp in ISO 8601 format".to_owned()),
        ("pattern", _) => ("string.pattern", format!("must be {expected}")),
        ("minLength", _) => ("string.min", format!("length must be {expected} long")),
        ("minimum", _) => ("number.min", expected.replacen("at least", "must be larger than or equal to", 1)),
        ("maximum", _) => ("number.max", expected.replacen("at most", "must be less than or equal to", 1)),
        ("additionalProperties", _) => ("object.unknown", "is not allowed".to_owned()),
        ("base64", _) => ("string.base64", "must be a valid base64 string".to_owned()),
        ("multipleOf", _) => ("number.precision", "must have no more than 2 decimal places".to_owned()),
        ("integer", _) => ("number.integer", "must be an integer".to_owned()),
        _ => ("any.invalid", format!("must be {expected}")),
    }
}

/// A fault at a member, of a rule that no schema holds.
pub fn fault(member: &str, keyword: &str, expected: impl Into<String>) -> estoppel_contract::Invalid {
    let violation = Violation::new(JsonPointer::member(member), keyword, expected, &serde_json::Value::Null);
    estoppel_contract::Invalid(vec![violation])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_member_is_told_as_documented() {
        let violation = Violation {
            pointer: JsonPointer::member("vin"),
            keyword: "required".to_owned(),
            expected: "a value".to_owned(),
            actual: "nothing".to_owned(),
        };
        let notice = protocol_notice(&Protocol::Invalid(Vec::new()), Source::ruling("R24"));
        assert_eq!(
            envelope(&notice, &[violation]).body,
            json!({
                "statusCode": 400,
                "error": "Bad Request",
                "message": "vin is required",
                "validation": {"errors": [{
                    "key": ["vin"], "path": ["vin"], "message": "vin is required",
                    "type": "any", "constraint": "required", "label": "vin",
                }]},
            })
        );
    }
}
