//! Numbers by which companies know things.

use estoppel_values::Text;

use crate::{Draw, Line};

const LETTERS: [&str; 24] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "Q", "R", "S", "T", "U", "V", "W",
    "X", "Y", "Z",
];

/// The number of a loan account: ten digits.
pub fn account_number<D: Draw>(draw: D) -> Text {
    Line::new().number(draw.below(10_000_000_000), 10).finish()
}

/// An insurer's number for a claim: two letters, a hyphen and ten digits.
pub fn claim_number<D: Draw>(draw: D) -> Text {
    let letter = |name: &str| draw.field(name).pick(&LETTERS).copied().unwrap_or_default();
    Line::new()
        .text(letter("first letter"))
        .text(letter("second letter"))
        .text("-")
        .number(draw.below(10_000_000_000), 10)
        .finish()
}

/// A number under which no mail service knows a parcel: `TEST` and twelve digits.
pub fn tracking_number<D: Draw>(draw: D) -> Text {
    Line::new().text("TEST").number(draw.below(1_000_000_000_000), 12).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn numbers_are_frozen_by_the_generator_version() {
        let key = Key::new(7).entity("number");
        assert_eq!(
            [&*account_number(key), &*claim_number(key), &*tracking_number(key)],
            ["9169597486", "FY-9169597486", "TEST916959748629"]
        );
    }
}
