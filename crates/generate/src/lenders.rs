//! Invented lenders. None of them exists.

use crate::Key;

/// A lender of the lender database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lender {
    /// The name under which it is kept.
    pub name: &'static str,
    /// Other names that people write.
    pub aliases: &'static [&'static str],
}

/// How a name relates to the lender database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LenderMatch {
    /// It is the name of the lender at this place.
    Known(usize),
    /// It is another name of the lender at this place.
    Alias(usize),
    /// No lender has it.
    Unknown,
}

/// The lender database.
pub const LENDERS: &[Lender] = &[
    lender("Test Lender", &["Test Lender Inc", "Test Lending"]),
    lender("Bluebonnet Auto Finance", &["Bluebonnet AF", "Bluebonnet Automotive Finance"]),
    lender("Cedar Hollow Credit Union", &["Cedar Hollow CU", "CHCU"]),
    lender("Granite Peak Bank", &["Granite Peak", "Granite Peak Bank N.A."]),
    lender("Harborline Motor Credit", &["Harborline MC", "Harborline Credit"]),
    lender("Lakeshore Federal Credit Union", &["Lakeshore FCU", "Lake Shore FCU"]),
    lender("Meridian Vehicle Lending", &["Meridian VL"]),
    lender("Northfield Acceptance", &["Northfield Acceptance Corp", "NAC"]),
    lender("Old Mill Savings Bank", &["Old Mill Bank"]),
    lender("Prairie State Financial", &["Prairie State Fin", "PSF"]),
    lender("Redwood Drive Finance", &["Redwood Drive"]),
    lender("Summit Ridge Auto Loans", &["Summit Ridge", "SRAL"]),
];

const fn lender(name: &'static str, aliases: &'static [&'static str]) -> Lender {
    Lender { name, aliases }
}

/// What the lender database makes of a name, whatever its case and the spaces around it.
pub fn find_lender(name: &str) -> LenderMatch {
    let name = name.trim();
    let named = |lender: &Lender| lender.name.eq_ignore_ascii_case(name);
    let aliased = |lender: &Lender| lender.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name));
    if let Some(place) = LENDERS.iter().position(named) {
        return LenderMatch::Known(place);
    }
    LENDERS.iter().position(aliased).map_or(LenderMatch::Unknown, LenderMatch::Alias)
}

/// The bits of the identifier of the lender at this place, the same in every session.
pub const fn lender_bits(place: usize) -> u128 {
    Key::new(0).entity("lender").index(place as u64).wide_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: LenderMatch) {
        assert_eq!(find_lender(name), expected, "{name}");
    }

    #[test]
    fn names_and_aliases_are_found_in_any_case() {
        check("test lender", LenderMatch::Known(0));
        check(" CHCU ", LenderMatch::Alias(2));
        check("Bank of Nowhere", LenderMatch::Unknown);
    }
}
