//! How generators ask for values.

use estoppel_values::Timestamp;

use crate::{Key, key};

/// Where a generator gets its bits, by the path of the field that they are for.
///
/// A generator asks in such a way that zero bits give its simplest value: a list has its simplest item first, and
/// what happens seldom does not happen.
pub trait Draw: Copy {
    /// The draw of a field.
    fn field(self, name: &str) -> Self;

    /// The draw of the item at this place.
    fn index(self, index: u64) -> Self;

    /// Sixty-four bits of this field's own; zero is simplest.
    fn bits(self) -> u64;

    /// A hundred and twenty-eight bits of this field's own; zero is simplest.
    fn wide_bits(self) -> u128;

    /// A number from zero up to, but not including, `end`; zero where `end` is zero. Zero is simplest.
    fn below(self, end: u64) -> u64 {
        key::scale(self.bits(), end)
    }

    /// A number from `first` to `last`, both included. `first` is simplest.
    fn between(self, first: u64, last: u64) -> u64 {
        first + self.below(last.saturating_sub(first).saturating_add(1))
    }

    /// One of the items; `None` where there are none. The first is simplest.
    fn pick<T>(self, items: &[T]) -> Option<&T> {
        let place = self.below(u64::try_from(items.len()).ok()?);
        items.get(usize::try_from(place).ok()?)
    }

    /// Whether something happens that happens `percent` times in a hundred. That it does not is simplest.
    fn chance(self, percent: u64) -> bool {
        self.below(100) >= 100_u64.saturating_sub(percent)
    }
}

impl Draw for Key {
    fn field(self, name: &str) -> Self {
        Self::field(self, name)
    }

    fn index(self, index: u64) -> Self {
        Self::index(self, index)
    }

    fn bits(self) -> u64 {
        Self::bits(self)
    }

    fn wide_bits(self) -> u128 {
        Self::wide_bits(self)
    }
}

/// A value that can be generated: one definition for bulk generation and for property tests.
pub trait Generate: Sized {
    /// The value that this draw gives. `at` is the present of the generated world: what has happened lies before it.
    fn generate<D: Draw>(draw: D, at: Timestamp) -> Self;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_in_their_range_and_reach_its_ends() {
        let drawn: std::collections::BTreeSet<u64> =
            (0..1000).map(|index| Draw::between(Key::new(1).index(index), 3, 9)).collect();
        assert_eq!(drawn, (3..=9).collect());
        assert_eq!(Draw::below(Key::new(1), 0), 0);
        assert_eq!(Key::new(1).pick::<u8>(&[]), None);
    }

    #[test]
    fn chances_come_as_often_as_they_say() {
        let often = |percent| (0..10_000).filter(|index| Key::new(1).index(*index).chance(percent)).count();
        assert_eq!([often(0), often(100)], [0, 10_000]);
        assert!((1900..2100).contains(&often(20)));
    }
}
