//! Vehicles that a VIN can tell: make, model and year.

use estoppel_values::Vin;

use crate::{Draw, Line};

/// One line of vehicles: what the first eight characters of a VIN say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VehicleLine {
    /// World manufacturer identifier and vehicle descriptor: eight characters.
    pub prefix: &'static str,
    /// Make.
    pub make: &'static str,
    /// Model.
    pub model: &'static str,
    /// First and last model year that is generated.
    pub years: (u32, u32),
}

/// The vehicles that we know.
pub const VEHICLE_LINES: &[VehicleLine] = &[
    line("JHMGE8H3", "Honda", "Fit", (2009, 2013)),
    line("1GCHC29U", "Chevrolet", "Silverado 2500HD", (2001, 2007)),
    line("JHMFA362", "Honda", "Civic Hybrid", (2006, 2011)),
    line("JN1CV6AP", "Infiniti", "G37", (2010, 2013)),
    line("1FAHP3EN", "Ford", "Focus", (2010, 2011)),
    line("1N4AL3AP", "Nissan", "Altima", (2013, 2018)),
    line("1FTMF1CB", "Ford", "F-150", (2015, 2020)),
    line("1N4AA5AP", "Nissan", "Maxima", (2009, 2014)),
    line("5FNYF4H4", "Honda", "Pilot", (2009, 2015)),
    line("3LNHL2JC", "Lincoln", "MKZ", (2010, 2012)),
    line("4T1BF1FK", "Toyota", "Camry", (2012, 2017)),
    line("2T3ZFREV", "Toyota", "RAV4", (2013, 2018)),
    line("1C4RJFAG", "Jeep", "Grand Cherokee", (2011, 2021)),
    line("5NPE24AF", "Hyundai", "Sonata", (2015, 2019)),
    line("KNDJP3A5", "Kia", "Soul", (2014, 2019)),
    line("3VWD17AJ", "Volkswagen", "Jetta", (2012, 2018)),
    line("WBA8E9G5", "BMW", "328i", (2015, 2018)),
    line("55SWF4JB", "Mercedes-Benz", "C 300", (2015, 2021)),
    line("JF2SJABC", "Subaru", "Forester", (2014, 2018)),
    line("JM1BL1V7", "Mazda", "3", (2010, 2013)),
];

const fn line(
    prefix: &'static str,
    make: &'static str,
    model: &'static str,
    years: (u32, u32),
) -> VehicleLine {
    VehicleLine { prefix, make, model, years }
}

/// The characters that tell a model year, from 2001 on; after 30 years they come again.
const YEAR_CODES: &[u8; 30] = b"123456789ABCDEFGHJKLMNPRSTVWXY";

/// The character that tells a model year between 2001 and 2030.
pub(crate) fn year_code(year: u32) -> u8 {
    let place = usize::try_from(year.saturating_sub(2001)).unwrap_or_default() % YEAR_CODES.len();
    YEAR_CODES.get(place).copied().unwrap_or(b'1')
}

/// The vehicle that a VIN tells, and its model year. The check digit is not examined.
pub fn decode(vin: &Vin) -> Option<(&'static VehicleLine, u32)> {
    let text = vin.as_str();
    let line = VEHICLE_LINES
        .iter()
        .find(|line| text.get(..8).is_some_and(|prefix| prefix.eq_ignore_ascii_case(line.prefix)))?;
    let code = text.as_bytes().get(9)?.to_ascii_uppercase();
    let place = YEAR_CODES.iter().position(|known| *known == code)?;
    Some((line, 2001 + u32::try_from(place).ok()?))
}

/// Letters that tell a plant.
const PLANTS: [&str; 8] = ["A", "B", "C", "E", "L", "R", "S", "U"];

/// A VIN with a right check digit, of a line and year that it tells. Its serial number has six digits, the first of
/// them 9: no published test number has one.
pub fn vin<D: Draw>(draw: D) -> Vin {
    checked_vin(draw).unwrap_or(Vin::ZEROS)
}

fn checked_vin<D: Draw>(draw: D) -> Option<Vin> {
    let line = draw.field("line").pick(VEHICLE_LINES)?;
    let (first_year, last_year) = line.years;
    let year = draw.field("year").between(first_year.into(), last_year.into());
    let year = [year_code(u32::try_from(year).ok()?)];
    let mut unchecked = Line::new();
    unchecked
        .text(line.prefix)
        .text("0")
        .text(std::str::from_utf8(&year).ok()?)
        .text(draw.field("plant").pick(&PLANTS)?)
        .number(draw.field("serial").between(900_000, 999_999), 6);
    let mut characters: [u8; 17] = unchecked.as_str().as_bytes().try_into().ok()?;
    *characters.get_mut(8)? = check_digit(&characters);
    std::str::from_utf8(&characters).ok()?.parse().ok()
}

/// What each place of a VIN counts in its check digit.
const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// The check digit that belongs into the ninth place of a VIN, whatever stands there.
pub fn check_digit(characters: &[u8; 17]) -> u8 {
    let sum: u32 =
        characters.iter().zip(WEIGHTS).map(|(character, weight)| character_value(*character) * weight).sum();
    u8::try_from(sum % 11).ok().filter(|digit| *digit < 10).map_or(b'X', |digit| b'0' + digit)
}

/// What a character counts: digits as they are, letters by the standard's table.
const fn character_value(character: u8) -> u32 {
    let letter = character.to_ascii_uppercase();
    match letter {
        b'0'..=b'9' => (letter - b'0') as u32,
        b'A'..=b'H' => (letter - b'A') as u32 + 1,
        b'J'..=b'N' => (letter - b'J') as u32 + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => (letter - b'S') as u32 + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    fn check(vin: &str, expected: Option<(&str, u32)>) {
        let vin = vin.parse().unwrap();
        assert_eq!(decode(&vin).map(|(line, year)| (line.model, year)), expected);
    }

    #[test]
    fn a_vin_tells_model_and_year() {
        check("1N4AL3AP8JC231503", Some(("Altima", 2018)));
        check("jhmge8h35dc074448", Some(("Fit", 2013)));
        check("1GCHC29U62E142306", Some(("Silverado 2500HD", 2002)));
        check("ZZZZZZZZ8JC231503", None);
    }

    fn check_ninth_place(vin: &str, expected: bool) {
        let characters: [u8; 17] = vin.as_bytes().try_into().unwrap();
        assert_eq!(check_digit(&characters) == characters[8], expected, "{vin}");
    }

    #[test]
    fn check_digits_are_those_of_real_numbers() {
        check_ninth_place("1M8GDM9AXKP042788", true);
        check_ninth_place("JHMGE8H35DC074448", true);
        check_ninth_place("jn1cv6ap7cm621670", true);
        check_ninth_place("JHMGE8H35DC075558", false);
    }

    #[test]
    fn generated_numbers_tell_a_vehicle_that_was_made() {
        for index in 0..5000 {
            let vin = vin(Key::new(1).index(index));
            let (line, year) = decode(&vin).unwrap();
            assert!((line.years.0..=line.years.1).contains(&year), "{vin}");
            check_ninth_place(vin.as_str(), true);
        }
        assert_eq!(vin(Key::new(7).entity("vin")).as_str(), "1C4RJFAG2GU954786");
    }

    #[test]
    fn year_codes_come_back_as_years() {
        for year in 2001..=2030 {
            let code = YEAR_CODES.iter().position(|known| *known == year_code(year)).unwrap();
            assert_eq!(2001 + u32::try_from(code).unwrap(), year);
        }
    }
}
