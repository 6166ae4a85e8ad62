//! The readings of the Spinwheel API: rulings that a user may decide otherwise.

use estoppel_contract::{Reading, Readings, Setting};
use estoppel_simulator::{Policy, UndeclaredMembers};
use jiff::SignedDuration;

/// How long a group may not be refreshed again after its refresh has ended, unless it is read otherwise (R63).
pub(crate) const REFRESH_WINDOW_MS: u64 = 1_000_000;
/// How long a refresh runs, unless it is read otherwise (R76).
pub(crate) const REFRESH_DURATION_MS: u64 = 2_000;
/// How long a quote holds, unless it is read otherwise (R75): ten days.
pub(crate) const GOOD_THROUGH_MS: u64 = 864_000_000;

/// Every reading of the API.
pub(crate) const READINGS: &[Reading] =
    &[REFRESH_WINDOW, REFRESH_DURATION, GOOD_THROUGH, WEBHOOK_RETRIES, UNKNOWN_FIELDS, BODY_LIMIT];

/// Milliseconds of a year.
const YEAR: u64 = 31_536_000_000;

const REFRESH_WINDOW: Reading = Reading {
    name: "spinwheel-refresh-window",
    ruling: "R63",
    summary: "How long after its refresh has ended a group may be refreshed again, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: REFRESH_WINDOW_MS, min: 0, max: YEAR },
};

const REFRESH_DURATION: Reading = Reading {
    name: "spinwheel-refresh-duration",
    ruling: "R76",
    summary: "How long a refresh is IN_PROGRESS, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: REFRESH_DURATION_MS, min: 0, max: YEAR },
};

const GOOD_THROUGH: Reading = Reading {
    name: "spinwheel-good-through",
    ruling: "R75",
    summary: "How long a quote holds, in milliseconds; payoffGoodThroughDate is the UTC day of its end.",
    setting: Setting::Milliseconds { default: GOOD_THROUGH_MS, min: 0, max: YEAR },
};

const WEBHOOK_RETRIES: Reading = Reading {
    name: "spinwheel-webhook-retries",
    ruling: "R72",
    summary: "Whether a webhook that was not received is sent again.",
    setting: Setting::Choice(&[
        ("off", "it is sent once"),
        ("three", "it is sent up to three times more, a minute apart"),
    ]),
};

/// What becomes of members that the contract does not name.
pub(crate) const UNKNOWN_FIELDS: Reading = Reading {
    name: "spinwheel-unknown-fields",
    ruling: "R79",
    summary: "What becomes of body members that the contract does not name.",
    setting: Setting::Choice(&[
        ("ignore", "they are ignored, and named in x-estoppel-ignored"),
        ("refuse", "the request is refused with 400"),
    ]),
};

const BODY_LIMIT: Reading = Reading {
    name: "spinwheel-body-limit",
    ruling: "R79",
    summary: "The longest request body, in bytes.",
    setting: Setting::Bytes { default: 1_048_576, min: 1_024, max: 104_857_600 },
};

/// The readings of a session, resolved.
#[derive(Clone, Debug)]
pub(crate) struct SpinwheelReadings {
    pub(crate) refresh_window: SignedDuration,
    pub(crate) refresh_duration: SignedDuration,
    pub(crate) good_through: SignedDuration,
    pub(crate) webhook_retries: u32,
    pub(crate) policy: Policy,
}

impl SpinwheelReadings {
    pub(crate) fn new(readings: &Readings) -> Self {
        let milliseconds = |reading: &'static Reading| {
            SignedDuration::from_millis(i64::try_from(readings.number(reading)).unwrap_or(i64::MAX))
        };
        Self {
            refresh_window: milliseconds(&REFRESH_WINDOW),
            refresh_duration: milliseconds(&REFRESH_DURATION),
            good_through: milliseconds(&GOOD_THROUGH),
            webhook_retries: if readings.is(&WEBHOOK_RETRIES, "three") { 3 } else { 0 },
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
