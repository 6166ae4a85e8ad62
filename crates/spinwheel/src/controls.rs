//! What a client cannot do through the API: make users, and decide how refreshes end. No part of the contract.

pub(crate) mod choose_outcome;
pub(crate) mod create_user;

pub use choose_outcome::{ChooseOutcome, ChooseOutcomeRefusal, ChosenOutcome, ChosenOutcomeReply, GroupPath};
pub use create_user::{CreateUser, CreateUserRefusal, NewGroup, NewLoan, NewUser};
