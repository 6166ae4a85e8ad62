//! The readings of the Carrier API: rulings that a user may decide otherwise.

use estoppel_contract::{Reading, Readings, Setting};
use estoppel_simulator::{Policy, UndeclaredMembers};
use jiff::SignedDuration;

use crate::claims::AccountNumbers;

/// Every reading of the API.
pub(crate) const READINGS: &[Reading] = &[
    OWNERS_RETAINED,
    TOKEN_LIFETIME,
    BODY_LIMIT,
    UNKNOWN_FIELDS,
    PAGE_SIZE,
    TEST_VIN_DELAY,
    COMBINED_DOCUMENTS,
    REFRESH,
    CHECK_AMOUNT,
    LENDER_VERIFICATION_DELAY,
    EXTERNAL_ID,
    ACCOUNT_NUMBERS,
];

const OWNERS_RETAINED: Reading = Reading {
    name: "owners-retained",
    ruling: "R1",
    summary: "Which spelling of ownersRetained replies and activities carry; requests may use either.",
    setting: Setting::Choice(&[
        ("both", "ownersRetained and ownerRetained, with one value"),
        ("owners-retained", "ownersRetained, as the tables spell it"),
        ("owner-retained", "ownerRetained, as the examples spell it"),
    ]),
};

const TOKEN_LIFETIME: Reading = Reading {
    name: "token-lifetime",
    ruling: "R11",
    summary: "How long a token is good, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: 86_400_000, min: 1_000, max: 31_536_000_000 },
};

const BODY_LIMIT: Reading = Reading {
    name: "body-limit",
    ruling: "R20",
    summary: "The longest request body, in bytes.",
    setting: Setting::Bytes { default: 10_485_760, min: 1_024, max: 104_857_600 },
};

const UNKNOWN_FIELDS: Reading = Reading {
    name: "unknown-fields",
    ruling: "R21",
    summary: "What becomes of body members that the contract does not name.",
    setting: Setting::Choice(&[
        ("ignore", "they are ignored, and named in x-estoppel-ignored"),
        ("refuse", "the request is refused with 400"),
    ]),
};

const PAGE_SIZE: Reading = Reading {
    name: "page-size",
    ruling: "R31",
    summary: "What becomes of a pageSize outside 1 to 500.",
    setting: Setting::Choice(&[
        ("refuse", "the request is refused with 400"),
        ("clamp", "the nearest allowed size is used"),
    ]),
};

const TEST_VIN_DELAY: Reading = Reading {
    name: "test-vin-delay",
    ruling: "R35",
    summary: "How long after the claim a test VIN takes effect, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: 1_000, min: 0, max: 31_536_000_000 },
};

const COMBINED_DOCUMENTS: Reading = Reading {
    name: "combined-documents",
    ruling: "R38",
    summary: "Whether one combined document does for settlement breakdown and valuation report.",
    setting: Setting::Choice(&[("allowed", "it does"), ("refused", "both single documents are needed")]),
};

/// Whether the announced refresh route is there.
pub(crate) const REFRESH: Reading = Reading {
    name: "refresh-payoff-request",
    ruling: "R41",
    summary: "Whether the announced route that refreshes a payoff request is there.",
    setting: Setting::Choice(&[("off", "it answers 404"), ("on", "it is served")]),
};

const CHECK_AMOUNT: Reading = Reading {
    name: "check-amount",
    ruling: "R45",
    summary: "Which numbers checkAmount takes.",
    setting: Setting::Choice(&[
        ("decimal", "whole dollars and cents"),
        ("integer", "whole dollars, as the table says"),
    ]),
};

const LENDER_VERIFICATION_DELAY: Reading = Reading {
    name: "lender-verification-delay",
    ruling: "R51",
    summary: "How long after the claim an unknown lender is verified, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: 3_600_000, min: 0, max: 31_536_000_000 },
};

const EXTERNAL_ID: Reading = Reading {
    name: "external-id",
    ruling: "R52",
    summary: "Whether activities carry externalId, as two examples do.",
    setting: Setting::Choice(&[("omit", "they do not"), ("emit", "they carry the claim number under it")]),
};

const ACCOUNT_NUMBERS: Reading = Reading {
    name: "account-number-in-claim-created",
    ruling: "R55",
    summary: "Whether claim-created carries the account number; carriers may keep it out of that activity.",
    setting: Setting::Choice(&[("show", "it does"), ("withhold", "it does not")]),
};

/// Which spellings of `ownersRetained` replies carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnersRetainedKeys {
    /// Both.
    Both,
    /// The tables'.
    Owners,
    /// The examples'.
    Owner,
}

impl OwnersRetainedKeys {
    /// The value under `ownersRetained`.
    pub(crate) fn owners<T: Default>(self, value: T) -> T {
        if self == Self::Owner { T::default() } else { value }
    }

    /// The value under `ownerRetained`.
    pub(crate) fn owner<T: Default>(self, value: T) -> T {
        if self == Self::Owners { T::default() } else { value }
    }
}

/// What becomes of a page size outside its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageSizes {
    /// The request is refused.
    Refused,
    /// The nearest allowed size is used.
    Clamped,
}

/// Whether one combined document does for two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CombinedDocuments {
    /// It does.
    Allowed,
    /// It does not.
    Refused,
}

/// Which numbers `checkAmount` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CheckAmounts {
    /// Dollars and cents.
    Decimal,
    /// Whole dollars.
    Integer,
}

/// The readings of a session, resolved.
#[derive(Clone, Debug)]
pub(crate) struct CarrierReadings {
    pub(crate) owners_retained: OwnersRetainedKeys,
    pub(crate) token_lifetime: SignedDuration,
    pub(crate) policy: Policy,
    pub(crate) page_sizes: PageSizes,
    pub(crate) test_vin_delay: SignedDuration,
    pub(crate) combined_documents: CombinedDocuments,
    pub(crate) refresh_is_on: bool,
    pub(crate) check_amounts: CheckAmounts,
    pub(crate) lender_verification_delay: SignedDuration,
    pub(crate) external_ids: bool,
    pub(crate) account_numbers: AccountNumbers,
}

impl CarrierReadings {
    pub(crate) fn new(readings: &Readings) -> Self {
        let milliseconds = |reading: &'static Reading| {
            SignedDuration::from_millis(i64::try_from(readings.number(reading)).unwrap_or(i64::MAX))
        };
        let either = |reading: &'static Reading, word: &str| readings.is(reading, word);
        Self {
            owners_retained: if either(&OWNERS_RETAINED, "owners-retained") {
                OwnersRetainedKeys::Owners
            } else if either(&OWNERS_RETAINED, "owner-retained") {
                OwnersRetainedKeys::Owner
            } else {
                OwnersRetainedKeys::Both
            },
            token_lifetime: milliseconds(&TOKEN_LIFETIME),
            policy: Policy {
                body_limit_bytes: readings.number(&BODY_LIMIT),
                undeclared_members: if either(&UNKNOWN_FIELDS, "refuse") {
                    UndeclaredMembers::Refused
                } else {
                    UndeclaredMembers::Ignored
                },
            },
            page_sizes: if either(&PAGE_SIZE, "clamp") { PageSizes::Clamped } else { PageSizes::Refused },
            test_vin_delay: milliseconds(&TEST_VIN_DELAY),
            combined_documents: if either(&COMBINED_DOCUMENTS, "refused") {
                CombinedDocuments::Refused
            } else {
                CombinedDocuments::Allowed
            },
            refresh_is_on: either(&REFRESH, "on"),
            check_amounts: if either(&CHECK_AMOUNT, "integer") {
                CheckAmounts::Integer
            } else {
                CheckAmounts::Decimal
            },
            lender_verification_delay: milliseconds(&LENDER_VERIFICATION_DELAY),
            external_ids: either(&EXTERNAL_ID, "emit"),
            account_numbers: if either(&ACCOUNT_NUMBERS, "withhold") {
                AccountNumbers::Withheld
            } else {
                AccountNumbers::Shown
            },
        }
    }
}
