//! Verification of servers: a faithful one, and ones with planted faults.

mod faithful;
mod faults;
mod planted;
mod unreachable;
