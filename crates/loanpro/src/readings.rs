//! The readings of the LoanPro API: rulings that a user may decide otherwise.

use estoppel_contract::{Reading, Readings, Setting};
use estoppel_simulator::{Policy, UndeclaredMembers};

use crate::wire::DateUnit;

/// Every reading of the API.
pub(crate) const READINGS: &[Reading] = &[DATE_UNIT, UNKNOWN_FIELDS, BODY_LIMIT];

const DATE_UNIT: Reading = Reading {
    name: "loanpro-date-unit",
    ruling: "R90",
    summary: "What the number in /Date(…)/ counts in replies.",
    setting: Setting::Choice(&[
        ("seconds", "seconds, as the document shows"),
        ("milliseconds", "milliseconds, as Microsoft's form has it: a client that takes both shows it"),
    ]),
};

const UNKNOWN_FIELDS: Reading = Reading {
    name: "loanpro-unknown-fields",
    ruling: "R98",
    summary: "What becomes of body members that the contract does not name.",
    setting: Setting::Choice(&[
        ("ignore", "they are ignored, and named in x-estoppel-ignored"),
        ("refuse", "the request is refused with 409"),
    ]),
};

const BODY_LIMIT: Reading = Reading {
    name: "loanpro-body-limit",
    ruling: "R98",
    summary: "The longest request body, in bytes.",
    setting: Setting::Bytes { default: 1_048_576, min: 1_024, max: 104_857_600 },
};

/// The readings of a session, resolved.
#[derive(Clone, Debug)]
pub(crate) struct LoanProReadings {
    pub(crate) dates: DateUnit,
    pub(crate) policy: Policy,
}

impl LoanProReadings {
    pub(crate) fn new(readings: &Readings) -> Self {
        Self {
            dates: if readings.is(&DATE_UNIT, "milliseconds") {
                DateUnit::Milliseconds
            } else {
                DateUnit::Seconds
            },
            policy: Policy {
                body_limit_bytes: readings.number(&BODY_LIMIT),
                undeclared_members: if readings.is(&UNKNOWN_FIELDS, "refuse") {
                    UndeclaredMembers::Refused
                } else {
                    UndeclaredMembers::Ignored
                },
            },
        }
    }
}
