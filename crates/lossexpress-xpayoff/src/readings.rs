//! The readings of the xPayoff API: rulings that a user may decide otherwise.

use std::time::Duration;

use estoppel_contract::{Reading, Readings, Setting, SignatureEncoding};
use estoppel_simulator::{DeliverySettings, Policy, UndeclaredMembers};
use jiff::SignedDuration;

use crate::results::FulfilledBy;

/// Every reading of the API.
pub(crate) const READINGS: &[Reading] = &[
    WEBHOOK_PRECONDITION,
    FULFILLMENT_CENTER,
    INTEGRATION_DELAY,
    FULFILLMENT_CENTER_DELAY,
    SIGNATURE_ENCODING,
    DELIVERY_TIMEOUT,
    DELIVERY_RETRIES,
    RETRY_DELAY,
    UNKNOWN_FIELDS,
    BODY_LIMIT,
];

/// Thirty days.
const MONTH_MILLISECONDS: u64 = 2_592_000_000;

/// Whether payoffs can be asked for without a webhook.
pub(crate) const WEBHOOK_PRECONDITION: Reading = Reading {
    name: "xpayoff-webhook-precondition",
    ruling: "R9",
    summary: "Whether payoffs can be asked for without an enabled webhook.",
    setting: Setting::Choice(&[
        ("required", "they cannot: the request is refused with 400"),
        ("not-required", "they can; a result that comes while there is none is lost"),
        ("unmet", "every request is refused as if none were enabled, to rehearse that"),
    ]),
};

/// Whether the account is subscribed to the Fulfillment Center.
pub(crate) const FULFILLMENT_CENTER: Reading = Reading {
    name: "xpayoff-fulfillment-center",
    ruling: "R3",
    summary: "Whether the account is subscribed to the Fulfillment Center.",
    setting: Setting::Choice(&[
        ("subscribed", "it is: people call lenders, and requests can be cancelled"),
        ("not-subscribed", "it is not: lenderName alone gets 400, cancelling 403"),
    ]),
};

const INTEGRATION_DELAY: Reading = Reading {
    name: "xpayoff-integration-delay",
    ruling: "R109",
    summary: "How long an integrated lender takes, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: 2_000, min: 0, max: MONTH_MILLISECONDS },
};

const FULFILLMENT_CENTER_DELAY: Reading = Reading {
    name: "xpayoff-fulfillment-center-delay",
    ruling: "R109",
    summary: "How long the Fulfillment Center takes, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: 7_200_000, min: 0, max: MONTH_MILLISECONDS },
};

/// How signatures are written.
pub(crate) const SIGNATURE_ENCODING: Reading = Reading {
    name: "xpayoff-signature-encoding",
    ruling: "R4",
    summary: "How the signature of a webhook is written.",
    setting: Setting::Choice(&[("hex", "in lower-case hexadecimal"), ("base64", "in base64 with padding")]),
};

const DELIVERY_TIMEOUT: Reading = Reading {
    name: "xpayoff-delivery-timeout",
    ruling: "R114",
    summary: "How long a receiver may take to answer a webhook, in milliseconds of real time.",
    setting: Setting::Milliseconds { default: 10_000, min: 1, max: 600_000 },
};

const DELIVERY_RETRIES: Reading = Reading {
    name: "xpayoff-delivery-retries",
    ruling: "R8",
    summary: "How often a webhook that failed is sent again. Each failure counts.",
    setting: Setting::Choice(&[
        ("0", "never"),
        ("1", "once"),
        ("2", "twice"),
        ("3", "three times"),
        ("4", "four times"),
        ("5", "five times"),
        ("10", "ten times"),
    ]),
};

const RETRY_DELAY: Reading = Reading {
    name: "xpayoff-retry-delay",
    ruling: "R8",
    summary: "How long after a failure a webhook is sent again, in milliseconds of the session's clock.",
    setting: Setting::Milliseconds { default: 60_000, min: 0, max: MONTH_MILLISECONDS },
};

const UNKNOWN_FIELDS: Reading = Reading {
    name: "xpayoff-unknown-fields",
    ruling: "R21",
    summary: "What becomes of body members that the contract does not name.",
    setting: Setting::Choice(&[
        ("ignore", "they are ignored, and named in x-estoppel-ignored"),
        ("refuse", "the request is refused with 400"),
    ]),
};

const BODY_LIMIT: Reading = Reading {
    name: "xpayoff-body-limit",
    ruling: "R20",
    summary: "The longest request body, in bytes.",
    setting: Setting::Bytes { default: 10_485_760, min: 1_024, max: 104_857_600 },
};

/// Whether payoffs can be asked for without a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WebhookPrecondition {
    /// One must be enabled.
    Required,
    /// None need be.
    NotRequired,
    /// None is, whatever there is.
    Unmet,
}

/// Whether the account is subscribed to the Fulfillment Center.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FulfillmentCenter {
    /// It is.
    Subscribed,
    /// It is not.
    NotSubscribed,
}

/// The readings of a session, resolved.
#[derive(Clone, Debug)]
pub(crate) struct XPayoffReadings {
    pub(crate) webhook_precondition: WebhookPrecondition,
    pub(crate) fulfillment_center: FulfillmentCenter,
    integration_delay: SignedDuration,
    fulfillment_center_delay: SignedDuration,
    pub(crate) delivery: DeliverySettings,
    pub(crate) policy: Policy,
}

impl XPayoffReadings {
    pub(crate) fn new(readings: &Readings) -> Self {
        let span = |reading: &'static Reading| Duration::from_millis(readings.number(reading));
        let signed = |reading: &'static Reading| {
            SignedDuration::try_from(span(reading)).unwrap_or(SignedDuration::MAX)
        };
        Self {
            webhook_precondition: match readings.word(&WEBHOOK_PRECONDITION).as_str() {
                "not-required" => WebhookPrecondition::NotRequired,
                "unmet" => WebhookPrecondition::Unmet,
                _ => WebhookPrecondition::Required,
            },
            fulfillment_center: if readings.is(&FULFILLMENT_CENTER, "not-subscribed") {
                FulfillmentCenter::NotSubscribed
            } else {
                FulfillmentCenter::Subscribed
            },
            integration_delay: signed(&INTEGRATION_DELAY),
            fulfillment_center_delay: signed(&FULFILLMENT_CENTER_DELAY),
            delivery: DeliverySettings {
                key: crate::TEST_SECRET.into(),
                encoding: if readings.is(&SIGNATURE_ENCODING, "base64") {
                    SignatureEncoding::Base64
                } else {
                    SignatureEncoding::LowerHex
                },
                timeout: span(&DELIVERY_TIMEOUT),
                retries: readings.word(&DELIVERY_RETRIES).parse().unwrap_or_default(),
                retry_delay: span(&RETRY_DELAY),
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

    /// How long a result takes that comes by this way.
    pub(crate) const fn delay(&self, way: FulfilledBy) -> SignedDuration {
        match way {
            FulfilledBy::Integration => self.integration_delay,
            FulfilledBy::FulfillmentCenter => self.fulfillment_center_delay,
        }
    }
}
