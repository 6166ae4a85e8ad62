//! Keyed, coherent and safe values.

mod key;
mod lenders;
mod vehicles;

pub use key::{GENERATOR_VERSION, Key};
pub use lenders::{LENDERS, Lender, LenderMatch, find_lender, lender_bits};
pub use vehicles::{VEHICLE_LINES, VehicleLine, decode};
