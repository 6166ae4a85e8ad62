//! Generated customers, loans, quotes and request bodies.
//!
//! Every fixture of an index is about the same customer and the same terms. A loan is new, current, late or paid off;
//! each is made by the same code as the sandbox's own (R98).

mod bodies;
mod world;

use std::io;

use estoppel_generate::{FixtureKind, FixtureRequest, Generate, Key};
use serde::Serialize;

use crate::{
    autopays::{Autopay, NewAutopay},
    customers::{Customer, PaymentAccount},
    loans::{Loan, LoanSetup},
    payments::{NewPayment, Payment},
    status_archives::StatusArchive,
};

/// Every kind of fixture, the most asked for first.
pub fn fixture_kinds() -> &'static [FixtureKind] {
    KINDS
}

macro_rules! kind {
    ($name:literal, $model:ident, $summary:literal) => {
        FixtureKind {
            name: $name,
            model: stringify!($model),
            summary: $summary,
            write: |request, index, out| write(&$model::generate(draw(request, index), request.at), out),
        }
    };
}

const KINDS: &[FixtureKind] = &[
    kind!("status-archive", StatusArchive, "How loans in every stage of life stand on the day."),
    kind!("customer", Customer, "Customers, with nothing expanded."),
    kind!("loan", Loan, "Their loans, with nothing expanded."),
    kind!("loan-setup", LoanSetup, "The terms of those loans."),
    kind!("payment", Payment, "The last payment of loans that were paid on."),
    kind!("autopay", Autopay, "Autopays that wait for their first day."),
    kind!("payment-account", PaymentAccount, "How those customers pay."),
    kind!("new-payment", NewPayment, "Items of a PUT that creates payments."),
    kind!("new-autopay", NewAutopay, "Items of a PUT that creates autopays."),
];

/// Where the fixture at this index gets its values.
fn draw(request: &FixtureRequest, index: u64) -> Key {
    Key::new(request.seed).entity(crate::SERVICE_NAME).entity("fixture").index(index)
}

fn write<T: Serialize>(value: &T, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}
