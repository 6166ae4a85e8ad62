//! Numbers by which banks and the state know things. None of them was ever given to anyone.

use estoppel_values::Text;

use crate::{Draw, Line};

/// A social security number: nine digits, of which the first is a 9, as in no number that was ever issued. Its fourth
/// and fifth digit keep it apart from taxpayer identification numbers, which begin with a 9 too.
pub fn social_security_number<D: Draw>(draw: D) -> Text {
    let digits = (900 + draw.field("area").below(100)) * 1_000_000
        + draw.field("group").between(1, 49) * 10_000
        + draw.field("serial").between(1, 9_999);
    Line::new().number(digits, 9).finish()
}

/// An ABA routing number with a right check digit. It begins with 99, which no bank's number does.
pub fn routing_number<D: Draw>(draw: D) -> Text {
    let eight = 99_000_000 + draw.below(1_000_000);
    Line::new().number(eight * 10 + routing_check_digit(eight), 9).finish()
}

/// The ninth digit of a routing number: with it, the digits weighted 3, 7 and 1 in turn sum to a multiple of ten.
pub fn routing_check_digit(eight: u64) -> u64 {
    let weights = [7, 3, 1, 7, 3, 1, 7, 3];
    let mut rest = eight;
    let mut sum = 0;
    for weight in weights {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn check_digits_are_those_of_real_numbers() {
        assert_eq!(routing_check_digit(11_100_002), 5);
        assert_eq!(routing_check_digit(2_100_002), 1);
        assert_eq!(routing_check_digit(12_200_066), 1);
    }

    #[test]
    fn numbers_have_nine_digits_and_reach_nobody() {
        for index in 0..2000 {
            let key = Key::new(1).index(index);
            let (secret, routing) = (social_security_number(key), routing_number(key));
            assert!(secret.len() == 9 && secret.starts_with('9'), "{secret}");
            assert!((1..50).contains(&secret[3..5].parse::<u32>().unwrap()), "{secret}");
            let (eight, check) = routing.split_at(8);
            assert!(eight.starts_with("99"), "{routing}");
            assert_eq!(routing_check_digit(eight.parse().unwrap()).to_string(), check);
        }
    }
}
