//! Places in the United States, and invented addresses in them.

use estoppel_values::{PostalAddress, Text};

use crate::{Draw, Line};

/// A city with one of its ZIP codes and area codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// City.
    pub city: &'static str,
    /// State, as two letters.
    pub state: &'static str,
    /// ZIP code: five digits.
    pub zip_code: &'static str,
    /// Telephone area code.
    pub area_code: u16,
}

/// The places that addresses are in: every state and the capital.
pub const PLACES: &[Place] = &[
    place("Dallas", "TX", "75204", 214),
    place("Birmingham", "AL", "35203", 205),
    place("Anchorage", "AK", "99501", 907),
    place("Phoenix", "AZ", "85004", 602),
    place("Little Rock", "AR", "72201", 501),
    place("Los Angeles", "CA", "90012", 213),
    place("Sacramento", "CA", "95814", 916),
    place("San Diego", "CA", "92101", 619),
    place("Denver", "CO", "80202", 303),
    place("Hartford", "CT", "06103", 860),
    place("Wilmington", "DE", "19801", 302),
    place("Washington", "DC", "20001", 202),
    place("Miami", "FL", "33130", 305),
    place("Orlando", "FL", "32801", 407),
    place("Tampa", "FL", "33602", 813),
    place("Atlanta", "GA", "30303", 404),
    place("Honolulu", "HI", "96813", 808),
    place("Boise", "ID", "83702", 208),
    place("Chicago", "IL", "60602", 312),
    place("Springfield", "IL", "62701", 217),
    place("Indianapolis", "IN", "46204", 317),
    place("Des Moines", "IA", "50309", 515),
    place("Wichita", "KS", "67202", 316),
    place("Louisville", "KY", "40202", 502),
    place("New Orleans", "LA", "70112", 504),
    place("Portland", "ME", "04101", 207),
    place("Baltimore", "MD", "21201", 410),
    place("Boston", "MA", "02108", 617),
    place("Detroit", "MI", "48226", 313),
    place("Lansing", "MI", "48933", 517),
    place("Minneapolis", "MN", "55401", 612),
    place("Jackson", "MS", "39201", 601),
    place("Kansas City", "MO", "64106", 816),
    place("Saint Louis", "MO", "63101", 314),
    place("Billings", "MT", "59101", 406),
    place("Omaha", "NE", "68102", 402),
    place("Las Vegas", "NV", "89101", 702),
    place("Manchester", "NH", "03101", 603),
    place("Newark", "NJ", "07102", 973),
    place("Trenton", "NJ", "08608", 609),
    place("Albuquerque", "NM", "87102", 505),
    place("Albany", "NY", "12207", 518),
    place("Buffalo", "NY", "14202", 716),
    place("New York", "NY", "10007", 212),
    place("Charlotte", "NC", "28202", 704),
    place("Raleigh", "NC", "27601", 919),
    place("Fargo", "ND", "58102", 701),
    place("Cleveland", "OH", "44113", 216),
    place("Columbus", "OH", "43215", 614),
    place("Oklahoma City", "OK", "73102", 405),
    place("Portland", "OR", "97204", 503),
    place("Philadelphia", "PA", "19107", 215),
    place("Pittsburgh", "PA", "15222", 412),
    place("Providence", "RI", "02903", 401),
    place("Columbia", "SC", "29201", 803),
    place("Sioux Falls", "SD", "57104", 605),
    place("Memphis", "TN", "38103", 901),
    place("Nashville", "TN", "37203", 615),
    place("Austin", "TX", "78701", 512),
    place("Houston", "TX", "77002", 713),
    place("San Antonio", "TX", "78205", 210),
    place("Salt Lake City", "UT", "84101", 801),
    place("Burlington", "VT", "05401", 802),
    place("Richmond", "VA", "23219", 804),
    place("Seattle", "WA", "98101", 206),
    place("Charleston", "WV", "25301", 304),
    place("Milwaukee", "WI", "53202", 414),
    place("Cheyenne", "WY", "82001", 307),
];

const fn place(city: &'static str, state: &'static str, zip_code: &'static str, area_code: u16) -> Place {
    Place { city, state, zip_code, area_code }
}

/// Streets whose names say that they are made up.
const STREETS: [&str; 24] = [
    "Test Avenue",
    "Example Street",
    "Sample Lane",
    "Specimen Road",
    "Fixture Drive",
    "Nowhere Street",
    "Placeholder Way",
    "Demo Court",
    "Imaginary Road",
    "Pretend Avenue",
    "Invented Lane",
    "Make Believe Drive",
    "Fictional Street",
    "Made Up Road",
    "Mock Boulevard",
    "Dummy Terrace",
    "Template Place",
    "Prototype Parkway",
    "Trial Circle",
    "Rehearsal Row",
    "Practice Street",
    "Sandbox Lane",
    "Replay Road",
    "Estoppel Avenue",
];

/// An invented address in a real place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// House number.
    pub house_number: u64,
    /// Street.
    pub street: &'static str,
    /// City, state and ZIP code, which agree.
    pub place: Place,
}

/// An address.
pub fn address<D: Draw>(draw: D) -> Address {
    Address {
        house_number: draw.field("house number").between(100, 19_999),
        street: draw.field("street").pick(&STREETS).copied().unwrap_or_default(),
        place: draw.field("place").pick(PLACES).copied().unwrap_or(DALLAS),
    }
}

const DALLAS: Place = place("Dallas", "TX", "75204", 214);

impl Address {
    /// House number and street.
    pub fn street_address(&self) -> Text {
        Line::new().number(self.house_number, 0).text(" ").text(self.street).finish()
    }

    /// The full address on one line, without commas.
    pub fn one_line(&self) -> Text {
        Line::new()
            .number(self.house_number, 0)
            .text(" ")
            .text(self.street)
            .text(" ")
            .text(self.place.city)
            .text(" ")
            .text(self.place.state)
            .text(" ")
            .text(self.place.zip_code)
            .finish()
    }

    /// The address in parts.
    pub fn in_parts(&self) -> PostalAddress {
        PostalAddress {
            street_address: self.street_address().into(),
            city: Text::from_static(self.place.city).into(),
            state: Text::from_static(self.place.state).into(),
            zip_code: Text::from_static(self.place.zip_code).into(),
            ..PostalAddress::default()
        }
    }
}

/// A telephone number that nobody has, in the area of a place: `+1`, area code, 555 and 01xx.
pub fn telephone_number<D: Draw>(draw: D, place: Place) -> Text {
    Line::new().text("+1").number(place.area_code.into(), 3).text("55501").number(draw.below(100), 2).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    /// The first three digits of the ZIP codes of each state.
    const ZIP_CODES: &[(&str, u16, u16)] = &[
        ("AL", 350, 369),
        ("AK", 995, 999),
        ("AZ", 850, 865),
        ("AR", 716, 729),
        ("CA", 900, 961),
        ("CO", 800, 816),
        ("CT", 60, 69),
        ("DC", 200, 205),
        ("DE", 197, 199),
        ("FL", 320, 349),
        ("GA", 300, 319),
        ("HI", 967, 968),
        ("IA", 500, 528),
        ("ID", 832, 838),
        ("IL", 600, 629),
        ("IN", 460, 479),
        ("KS", 660, 679),
        ("KY", 400, 427),
        ("LA", 700, 714),
        ("MA", 10, 27),
        ("MD", 206, 219),
        ("ME", 39, 49),
        ("MI", 480, 499),
        ("MN", 550, 567),
        ("MO", 630, 658),
        ("MS", 386, 397),
        ("MT", 590, 599),
        ("NC", 270, 289),
        ("ND", 580, 588),
        ("NE", 680, 693),
        ("NH", 30, 38),
        ("NJ", 70, 89),
        ("NM", 870, 884),
        ("NV", 889, 898),
        ("NY", 100, 149),
        ("OH", 430, 459),
        ("OK", 730, 749),
        ("OR", 970, 979),
        ("PA", 150, 196),
        ("RI", 28, 29),
        ("SC", 290, 299),
        ("SD", 570, 577),
        ("TN", 370, 385),
        ("TX", 750, 799),
        ("UT", 840, 847),
        ("VA", 220, 246),
        ("VT", 50, 59),
        ("WA", 980, 994),
        ("WI", 530, 549),
        ("WV", 247, 268),
        ("WY", 820, 831),
    ];

    #[test]
    fn zip_codes_lie_in_their_states() {
        for place in PLACES {
            let prefix: u16 = place.zip_code[..3].parse().unwrap();
            let (_, first, last) =
                ZIP_CODES.iter().find(|(state, ..)| *state == place.state).expect(place.state);
            assert!((*first..=*last).contains(&prefix), "{place:?}");
            assert_eq!(place.zip_code.len(), 5);
        }
        for (state, ..) in ZIP_CODES {
            assert!(PLACES.iter().any(|place| place.state == *state), "{state}");
        }
    }

    #[test]
    fn addresses_are_frozen_by_the_generator_version() {
        let key = Key::new(7).entity("address");
        let address = address(key);
        assert_eq!(
            [&*address.one_line(), &*address.street_address(), &*telephone_number(key, address.place)],
            ["18679 Mock Boulevard Denver CO 80202", "18679 Mock Boulevard", "+13035550104"]
        );
    }

    #[test]
    fn the_line_has_the_parts() {
        for index in 0..1000 {
            let address = address(Key::new(1).index(index));
            let parts = address.in_parts();
            let [street, city, state, zip_code] =
                [parts.street_address, parts.city, parts.state, parts.zip_code]
                    .map(|part| part.into_option().unwrap());
            assert_eq!(&*address.one_line(), format!("{street} {city} {state} {zip_code}"));
        }
    }
}
