//! Slips, made on purpose in pages that were generated from a contract, to measure what a check of documents sees.
//!
//! A generated page states what its contract states, so that a check has nothing to say of it. Each [`Kind`] makes one
//! slip at every place of a page that has room for it, and names the rules that should tell it; the [`Mutant`] knows on
//! which lines. Recall is the part of the slips that is told there, precision the part of the findings that tells one.
//! A slip that contradicts nothing is counted apart, by its reason.
//!
//! This crate knows no vendor and does no I/O.

mod example;
mod kinds;
mod mutant;
mod page;
mod reference;
mod schema;
mod score;

pub use kinds::{Kind, Places, kinds};
pub use mutant::{Held, Mutant};
pub use reference::Reference;
pub use score::{Baseline, Tallies, Tally, judge, sample, total};
