//! Refusals that operations share, and the bodies of refusals.

use estoppel_contract::{
    Basis, Error, Invalid, JsonPointer, Notice, Protocol, Segment, Source, Violation, refusals,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The body of every refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(
    extend("x-source" = "R98", "x-basis" = "ruled"),
    example = json!({"error": {"message": "Loan not found", "type": "ODataException", "code": 409}}),
    example = json!({"code": "401-CN0001", "message": "Unauthorized", "context": {}}),
)]
pub enum ErrorEnvelope {
    /// What `OData` says.
    OData {
        /// The fault.
        error: ODataError,
    },
    /// What stands before `OData` says: the credentials are not good (R83).
    Unauthorized {
        /// `401-CN0001`.
        code: String,
        /// What is wrong, for a person.
        message: String,
        /// More about it; nothing here.
        context: Map<String, Value>,
    },
}

/// A fault that `OData` tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R98", "x-basis" = "ruled"))]
pub struct ODataError {
    /// What is wrong, for a person.
    pub message: String,
    /// `ODataException`.
    pub r#type: String,
    /// The HTTP status code.
    pub code: u16,
}

/// The body of a refusal.
pub(crate) fn envelope(notice: &Notice, violations: &[Violation]) -> Error {
    if notice.status == 401 {
        return Error { body: json!({"code": "401-CN0001", "message": notice.message, "context": {}}) };
    }
    let message = match violations.first() {
        None => notice.message.to_owned(),
        Some(first) => {
            let place: Vec<String> = first.pointer.segments().iter().map(told).collect();
            // The body as a whole has no name.
            let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(".")) };
            format!("{}: {place}expected {}", notice.message, first.expected)
        }
    };
    Error { body: json!({"error": {"message": message, "type": "ODataException", "code": notice.status}}) }
}

fn told(segment: &Segment) -> String {
    match segment {
        Segment::Key(key) => key.clone(),
        Segment::Index(index) => index.to_string(),
    }
}

/// A request that breaks a rule no schema holds, at this place.
pub(crate) fn fault(place: Vec<Segment>, keyword: &str, expected: impl Into<String>) -> Invalid {
    let pointer: JsonPointer = place.into_iter().collect();
    Invalid(vec![Violation::new(pointer, keyword, expected, &Value::Null)])
}

/// A member of the body or a parameter.
pub(crate) fn member(name: &str) -> Segment {
    Segment::Key(name.to_owned())
}

/// A customer that no one knows (R82).
pub(crate) const NO_SUCH_CUSTOMER: Notice = Notice {
    id: "no-such-customer",
    status: 409,
    message: "Customer not found",
    when: "No customer has this id.",
    basis: Basis::Ruled,
    source: Source::ruling("R82"),
};

/// A loan that no one knows (R82).
pub(crate) const NO_SUCH_LOAN: Notice = Notice {
    id: "no-such-loan",
    status: 409,
    message: "Loan not found",
    when: "No loan has this id.",
    basis: Basis::Ruled,
    source: Source::ruling("R82"),
};

/// An entity that no one knows (R82).
const NO_SUCH_ENTITY: Notice = Notice {
    id: "no-such-entity",
    status: 409,
    message: "Entity not found",
    when: "Nothing of its set has this id.",
    basis: Basis::Ruled,
    source: Source::ruling("R82"),
};

refusals! {
    /// Why there is no entity.
    pub enum EntityRefusal {
        /// Nothing of its set has this id.
        NoSuchEntity = NO_SUCH_ENTITY,
    }
}

refusals! {
    /// Why there is no customer.
    pub enum CustomerRefusal {
        /// No customer has this id.
        NoSuchCustomer = NO_SUCH_CUSTOMER,
    }
}

refusals! {
    /// Why there is no loan.
    pub enum LoanRefusal {
        /// No loan has this id.
        NoSuchLoan = NO_SUCH_LOAN,
    }
}

refusals! {
    /// Why nothing is fetched of a customer.
    pub enum OfCustomerRefusal: CustomerRefusal | Invalid {}
}

refusals! {
    /// Why nothing is fetched of a loan.
    pub enum OfLoanRefusal: LoanRefusal | Invalid {}
}

/// The notice of each fault of the protocol.
pub(crate) fn protocol_notice(fault: &Protocol) -> Notice {
    let (id, status, message, when, source) = match fault {
        Protocol::UnknownRoute => {
            ("unknown-route", 404, "Invalid endpoint", "No operation has this path.", "R98")
        }
        Protocol::MethodNotAllowed => (
            "method-not-allowed",
            405,
            "Method not allowed",
            "The path exists with other methods, which `Allow` lists.",
            "R98",
        ),
        Protocol::Unauthorized | Protocol::CredentialExpired => (
            "unauthorized",
            401,
            "Unauthorized",
            "`Authorization` or `Autopal-Instance-ID` is missing or wrong.",
            "R83",
        ),
        Protocol::NotAcceptable => {
            ("not-acceptable", 406, "Not acceptable", "`Accept` leaves out JSON.", "R98")
        }
        Protocol::BodyTooLarge => {
            ("body-too-large", 413, "Request too large", "The body is longer than the limit.", "R98")
        }
        Protocol::UnsupportedMediaType => (
            "unsupported-media-type",
            415,
            "Unsupported media type",
            "The body is not declared as JSON.",
            "R98",
        ),
        Protocol::MalformedBody => {
            ("malformed-body", 409, "Mismatched payload", "The body is not JSON.", "R98")
        }
        Protocol::Invalid(_) => (
            "invalid-request",
            409,
            "Mismatched payload",
            "An id, an option or a member of the body is missing, of the wrong type or unknown.",
            "R84",
        ),
        Protocol::Internal => {
            ("internal", 500, "Internal error", "The simulator failed; it is a defect of ours.", "R98")
        }
    };
    Notice { id, status, message, when, basis: Basis::Ruled, source: Source::ruling(source) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_place_where_there_is_one() {
        let check = |place: Vec<Segment>, expected: &str| {
            let invalid = fault(place, "minProperties", "Payments or Autopays");
            let notice = protocol_notice(&Protocol::Invalid(invalid.0.clone()));
            assert_eq!(envelope(&notice, &invalid.0).body["error"]["message"], expected);
        };
        check(vec![], "Mismatched payload: expected Payments or Autopays");
        check(
            vec![member("id"), Segment::Index(1)],
            "Mismatched payload: id.1: expected Payments or Autopays",
        );
    }
}
