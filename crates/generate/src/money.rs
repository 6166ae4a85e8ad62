//! Amounts of money.

use estoppel_values::{Number, Usd};

use crate::Draw;

/// Whole dollars from `first` to `last`, both included.
pub fn dollars<D: Draw>(draw: D, first: u64, last: u64) -> Usd {
    Number::scaled(i64::try_from(draw.between(first, last)).unwrap_or_default(), 0).into()
}

/// Hundreds of dollars from `first` to `last` hundred, both included.
pub fn hundreds<D: Draw>(draw: D, first: u64, last: u64) -> Usd {
    let dollars = draw.between(first, last).saturating_mul(100);
    Number::scaled(i64::try_from(dollars).unwrap_or_default(), 0).into()
}

/// Dollars and cents, from `first` to `last` cents, both included.
pub fn cents<D: Draw>(draw: D, first: u64, last: u64) -> Usd {
    Usd::from_cents(i64::try_from(draw.between(first, last)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn amounts_stay_in_their_range() {
        for index in 0..1000 {
            let key = Key::new(1).index(index);
            assert!((Usd::from_cents(101)..=Usd::from_cents(199)).contains(&cents(key, 101, 199)));
            assert_eq!(dollars(key, 1, 900).number().decimal_places(), 0);
        }
    }
}
