//! Keyed, coherent and safe values.
//!
//! A generator asks a [`Draw`] for bits, field by field, and makes a value of them. With a [`Key`] as its draw it is
//! bulk generation: item *n* costs the same as item 0, and needs no other item. With the feature `proptest`, the same
//! definition is a strategy whose counterexamples shrink field by field to the simplest value (`Generated`).
//!
//! Nobody real is reached: telephone numbers end in 555-01xx, mail goes to `example.com` and `example.org`, streets
//! and lenders are invented.

mod draw;
mod fixture;
mod key;
mod lenders;
mod line;
mod moments;
mod money;
mod official_numbers;
mod people;
mod places;
mod reference_numbers;
#[cfg(feature = "proptest")]
mod shrinking;
mod vehicles;

pub use draw::{Draw, Generate};
pub use fixture::{FixtureKind, FixtureRequest, WriteFixture, shard};
pub use key::{GENERATOR_VERSION, Key};
pub use lenders::{
    LENDERS, Lender, LenderMatch, LenderOffice, find_lender, lender_bits, lender_name_bits, lender_office,
    unlisted_lender_name,
};
pub use line::Line;
pub use moments::{date_of, days_before, later, midnight_after, sooner};
pub use money::{cents, dollars, hundreds};
pub use official_numbers::{routing_check_digit, routing_number, social_security_number};
pub use people::{Person, person};
pub use places::{Address, PLACES, Place, address, telephone_number};
pub use reference_numbers::{account_number, claim_number, tracking_number};
#[cfg(feature = "proptest")]
pub use shrinking::{Generated, GeneratedTree, Shrinking};
pub use vehicles::{VEHICLE_LINES, VehicleLine, check_digit, decode, vin};
