//! Values as the API writes and reads them.
//!
//! What it writes has one form each; what it reads may have several (R85, R86).

mod fixed;
mod json_text;
mod moment_input;
mod number_input;
mod odata_date;
mod zero_one;

pub use fixed::{Fixed, Money, Percent, Rate};
pub use json_text::JsonText;
pub use moment_input::MomentInput;
pub use number_input::{NumberInput, WholeInput};
pub(crate) use odata_date::midnight;
pub use odata_date::{DateUnit, ODataDate};
pub use zero_one::{FlagInput, ZeroOne};
