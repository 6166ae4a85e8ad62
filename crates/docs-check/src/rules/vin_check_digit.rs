//! DOC-VIN-CHECK-DIGIT.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds vehicle identification numbers among the magic inputs whose check digit (the ninth character) is wrong.
    ///
    /// ## Why is this bad?
    /// Clients that check the digit, as many do, cannot send them.
    ///
    /// ## Example
    /// `11111111121111111`: the check digit is 1.
    "DOC-VIN-CHECK-DIGIT", "vin-check-digit", Info, Types
}

/// Weight of each position; the check digit itself has none.
const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

fn check(page: &Page<'_>, findings: &mut Findings) {
    let listed = || page.facts.test_values.iter().filter(|row| row.column.to_uppercase().contains("VIN"));
    // What the contract has too is how the API is, not a slip of the document.
    let known = |value: &str| {
        page.contract
            .is_some_and(|contract| contract.service.test_values.iter().any(|known| known.value == value))
    };
    let wrong = listed().filter(|row| fails(&row.value.text) && !known(&row.value.text));
    let spots: Vec<_> =
        wrong.map(|row| (page.spot(row.value.span), "wrong check digit".to_owned())).collect();
    let message = format!(
        "{} of the {} have a wrong check digit",
        spots.len(),
        super::count(listed().count(), "test VIN")
    );
    let help = "give test VINs that pass, or say that they are not checked";
    findings.report(&RULE, Draft::new("", message, help).at_all(spots));
}

/// Whether this looks like a VIN and its check digit is wrong.
fn fails(vin: &str) -> bool {
    let values: Option<Vec<u32>> = vin.chars().map(value).collect();
    let (Some(values), Some(digit)) = (values, vin.chars().nth(8)) else { return false };
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    let expected = char::from_digit(sum % 11, 10).unwrap_or('X');
    values.len() == WEIGHTS.len() && digit != expected
}

/// What a character counts; I, O and Q never stand in a VIN.
fn value(character: char) -> Option<u32> {
    match character {
        '0'..='9' => character.to_digit(10),
        'A'..='H' => Some(u32::from(character) - u32::from('A') + 1),
        'J'..='N' => Some(u32::from(character) - u32::from('J') + 1),
        'P' => Some(7),
        'R' => Some(9),
        'S'..='Z' => Some(u32::from(character) - u32::from('S') + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(vin: &str, expected: bool) {
        assert_eq!(fails(vin), expected, "{vin}");
    }

    #[test]
    fn check_digits_are_computed() {
        check("11111111111111111", false);
        check("11111111121111111", true);
        check("1M8GDM9AXKP042788", false);
        check("1M8GDM9A9KP042788", true);
        check("short", false);
        check("1M8GDM9A9KP04278O", false);
    }
}
