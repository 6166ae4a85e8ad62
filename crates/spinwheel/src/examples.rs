//! The examples that schemas and reference pages show: the values of the document where it shows any, and ids of the
//! seeded world where it shows placeholders.

use serde_json::{Value, json};

use crate::seeds::{COMPLETING_GROUP, EXT_USER, USER};

/// Names the request of the examples.
const EXT_REQUEST: &str = "7c0e0f8e-8a3f-4d55-9a51-0b6a5d9f7b11";
/// Names the refresh of the examples.
const TRANSACTION: &str = "b3a1f0d2-6c1e-4f0b-8f3e-2d9f4b7c5e21";
/// The loans of the examples.
const LOANS: [&str; 2] = ["10000000-0000-4000-8000-00000000c101", "10000000-0000-4000-8000-00000000c102"];
/// When the quote of the examples was made.
const UPDATED_ON: i64 = 1_678_724_487_099;
/// When the group of the examples may be refreshed again: 1000 seconds later (R63).
const NEXT_ELIGIBLE_REFRESH_ON: i64 = 1_678_725_487_099;

/// The body of a refresh request.
pub(crate) fn new_refresh() -> Value {
    json!({
        "extRequestId": EXT_REQUEST,
        "studentLoans": [{"capabilities": ["LIABILITY_GROUP_PAYOFF_QUOTE"], "liabilityGroupId": COMPLETING_GROUP}],
    })
}

/// A refresh that has just begun.
pub(crate) fn running_item() -> Value {
    item("IN_PROGRESS")
}

/// A refresh with a quote.
pub(crate) fn completed_item() -> Value {
    let quote =
        json!({"payoffAmount": 55000, "payoffGoodThroughDate": "2023-03-23", "updatedOn": UPDATED_ON});
    with(item("COMPLETED"), quote)
}

fn item(status: &str) -> Value {
    json!({
        "refreshTransactionStatus": status,
        "refreshTransactionId": TRANSACTION,
        "userId": USER,
        "liabilityGroupId": COMPLETING_GROUP,
        "studentLoanIds": LOANS,
        "nextEligibleRefreshOn": NEXT_ELIGIBLE_REFRESH_ON,
        "liabilityType": "STUDENT_LOAN",
        "capability": "LIABILITY_GROUP_PAYOFF_QUOTE",
    })
}

/// A webhook with a quote.
pub(crate) fn status_change() -> Value {
    let quote =
        json!({"payoffAmount": 55000, "payoffGoodThroughDate": "2023-03-23", "updatedOn": UPDATED_ON});
    with(ended("COMPLETED"), json!({"data": quote}))
}

/// A webhook without a quote.
pub(crate) fn failed_status_change() -> Value {
    ended("FAILED")
}

fn ended(status: &str) -> Value {
    json!({
        "webhookId": "e2f7c9d4-1b3a-4c8e-9d6f-5a7b8c9d0e1f",
        "eventType": "LIABILITY_GROUP_PAYOFF_QUOTE_STATUS_CHANGE",
        "liabilityType": "STUDENT_LOAN",
        "userId": USER,
        "extRequestId": EXT_REQUEST,
        "refreshTransactionId": TRANSACTION,
        "liabilityGroupId": COMPLETING_GROUP,
        "refreshTransactionStatus": status,
        "nextEligibleRefreshOn": NEXT_ELIGIBLE_REFRESH_ON,
        "studentLoanIds": LOANS,
    })
}

/// A quote of Get User.
pub(crate) fn quote() -> Value {
    json!({
        "studentLoanIds": LOANS,
        "liabilityGroupId": COMPLETING_GROUP,
        "payoffAmount": 28041,
        "payoffGoodThroughDate": "2023-03-23",
        "updatedOn": UPDATED_ON,
    })
}

/// Who the user of the examples is.
pub(crate) fn profile() -> Value {
    json!({
        "firstName": "Test",
        "lastName": "Borrower",
        "emailAddress": "test.borrower@example.com",
        "phoneNumber": "+12145550100",
        "address": {
            "streetAddress": "1000 Main Street",
            "city": "Dallas",
            "state": "TX",
            "zipCode": "75204",
        },
    })
}

/// A user with the two loans of a liability group, just refreshed.
pub(crate) fn user() -> Value {
    let second = json!({
        "studentLoanId": LOANS.last(),
        "liabilityProfile": {"accountNumber": "0000000102", "openedOn": "2016-08-22"},
        "statementSummary": {
            "minimumPaymentAmount": 102,
            "dueDate": "2023-03-28",
            "lastPaymentDate": "2023-02-26",
        },
        "balanceDetails": {
            "originalLoanAmount": 11000,
            "outstandingBalance": 9425.01,
            "accruedInterest": 19.87,
            "interestRate": 5.13,
        },
    });
    json!({
        "userId": USER,
        "extUserId": EXT_USER,
        "profile": profile(),
        "creditReports": [],
        "studentLoanSummary": {
            "noOfLoans": 2,
            "currentOutstandingBalance": 27975.01,
            "minimumPaymentAmount": 312,
            "updatedOn": UPDATED_ON,
            "liabilityGroupPayoffQuotes": [quote()],
        },
        "studentLoans": [student_loan(), with(student_loan(), second)],
    })
}

/// A loan that was refreshed within the last 1000 seconds.
pub(crate) fn student_loan() -> Value {
    json!({
        "studentLoanId": LOANS.first(),
        "liabilityProfile": {"accountNumber": "0000000101", "openedOn": "2015-08-24"},
        "statementSummary": {
            "minimumPaymentAmount": 210,
            "dueDate": "2023-03-28",
            "lastPaymentDate": "2023-02-26",
        },
        "balanceDetails": {
            "originalLoanAmount": 22000,
            "outstandingBalance": 18550,
            "accruedInterest": 46.12,
            "interestRate": 6.05,
        },
        "creditor": {"institutionId": "c0a8012e-5f0d-4d7b-9a64-1f3b2e6d7c80", "name": "Test Student Servicing"},
        "capabilities": {
            "payments": {},
            "data": {"liabilityGroupPayoffQuote": {
                "availability": "NOT_SUPPORTED",
                "description": "REFRESH_EXHAUSTED",
                "liabilityGroupId": COMPLETING_GROUP,
            }},
        },
        "updatedOn": UPDATED_ON,
        "createdOn": UPDATED_ON,
    })
}

/// The object with further members.
fn with(mut object: Value, more: Value) -> Value {
    if let (Some(members), Value::Object(more)) = (object.as_object_mut(), more) {
        members.extend(more);
    }
    object
}
