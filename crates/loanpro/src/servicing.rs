//! What a loan owes on a day, computed from its terms and its payments.
//!
//! Everything here is a pure function of terms, payments and a day; no result is stored. The formulas and their
//! rounding are ruled by R91 to R93 and R120.

mod calendar;
mod ledger;
mod outlook;
mod schedule;
mod standing;
mod terms;

pub(crate) use calendar::{days_after, days_between, months_after, months_before};
pub(crate) use ledger::{Applied, Ledger, Posting, Split};
pub(crate) use outlook::Outlook;
pub(crate) use schedule::{Due, Schedule};
pub(crate) use standing::Standing;
pub(crate) use terms::{Terms, rounded};
