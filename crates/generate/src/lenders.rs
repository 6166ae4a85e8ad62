//! Invented lenders. None of them exists.

use estoppel_values::PostalAddress;

use crate::{Address, Draw, Key, Line, address};

/// A lender of the lender database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lender {
    /// The name under which it is kept.
    pub name: &'static str,
    /// Other names that people write.
    pub aliases: &'static [&'static str],
    /// Whether it quotes payoffs by itself, without a call.
    pub integrated: bool,
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
    integrated("Test Lender", &["Test Lender Inc", "Test Lending"]),
    integrated("Bluebonnet Auto Finance", &["Bluebonnet AF", "Bluebonnet Automotive Finance"]),
    called("Cedar Hollow Credit Union", &["Cedar Hollow CU", "CHCU"]),
    integrated("Granite Peak Bank", &["Granite Peak", "Granite Peak Bank N.A."]),
    integrated("Harborline Motor Credit", &["Harborline MC", "Harborline Credit"]),
    called("Lakeshore Federal Credit Union", &["Lakeshore FCU", "Lake Shore FCU"]),
    integrated("Meridian Vehicle Lending", &["Meridian VL"]),
    called("Northfield Acceptance", &["Northfield Acceptance Corp", "NAC"]),
    called("Old Mill Savings Bank", &["Old Mill Bank"]),
    integrated("Prairie State Financial", &["Prairie State Fin", "PSF"]),
    called("Redwood Drive Finance", &["Redwood Drive"]),
    integrated("Summit Ridge Auto Loans", &["Summit Ridge", "SRAL"]),
];

const fn integrated(name: &'static str, aliases: &'static [&'static str]) -> Lender {
    Lender { name, aliases, integrated: true }
}

const fn called(name: &'static str, aliases: &'static [&'static str]) -> Lender {
    Lender { name, aliases, integrated: false }
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

/// The bits of the identifier that a lender has under a name that is not in the database, in every session.
pub const fn lender_name_bits(name: &str) -> u128 {
    Key::new(0).entity("lender name").field(name).wide_bits()
}

/// First words of the names of lenders that the database does not have.
const UNLISTED: [&str; 12] = [
    "Aspen",
    "Birch",
    "Cottonwood",
    "Dogwood",
    "Elm",
    "Fir",
    "Hawthorn",
    "Juniper",
    "Larch",
    "Maple",
    "Poplar",
    "Sycamore",
];

/// The name of a lender that the database does not have.
pub fn unlisted_lender_name<D: Draw>(draw: D) -> estoppel_values::Text {
    let first = draw.field("first word").pick(&UNLISTED).copied().unwrap_or_default();
    Line::new().text(first).text(" Test Finance ").number(draw.field("number").between(1, 99), 0).finish()
}

/// Where a lender takes payoffs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LenderOffice {
    /// Post office box, for standard mail.
    pub post_office_box: u64,
    /// Suite, for overnight mail.
    pub suite: u64,
    /// The building, and the city of both.
    pub address: Address,
}

/// The office of the lender with this name: always the same.
pub fn lender_office(name: &str) -> LenderOffice {
    let key = Key::new(0).entity("lender office").field(name);
    LenderOffice {
        post_office_box: key.field("post office box").between(1000, 9999),
        suite: key.field("suite").between(100, 999),
        address: address(key),
    }
}

impl LenderOffice {
    /// Where standard mail goes.
    pub fn standard_mail(&self) -> PostalAddress {
        let post_office_box = Line::new().text("P.O. Box ").number(self.post_office_box, 0).finish();
        PostalAddress { street_address: post_office_box.into(), ..self.address.in_parts() }
    }

    /// Where overnight mail goes.
    pub fn overnight_mail(&self) -> PostalAddress {
        let suite = Line::new().text("Ste. ").number(self.suite, 0).finish();
        PostalAddress { street_address2: suite.into(), ..self.address.in_parts() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlisted_names_are_in_no_database() {
        for index in 0..1000 {
            let name = unlisted_lender_name(Key::new(1).index(index));
            check(&name, LenderMatch::Unknown);
        }
    }

    #[test]
    fn offices_are_frozen_by_the_generator_version() {
        let office = lender_office("Test Lender");
        assert_eq!(
            (office.post_office_box, office.suite, &*office.address.one_line()),
            (9707, 531, "17463 Dummy Terrace Cleveland OH 44113")
        );
    }

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
