//! Where a generated value comes from.

use rapidhash::v3::rapidhash_v3;

/// Version of the generated values. It is part of every key and of every output: bytes change only with it.
pub const GENERATOR_VERSION: u32 = 1;

/// The name of one generated value: seed, entity, index and field path, folded into 64 bits.
///
/// A value depends on its own key and on nothing else. Item *n* costs the same as item 0, and a new field changes no
/// other byte.
///
/// ```
/// use estoppel_generate::Key;
/// let claim = Key::new(7).entity("claim").index(1_000_000);
/// assert_eq!(claim.field("vin").bits(), claim.field("vin").bits());
/// assert_ne!(claim.field("vin").bits(), claim.field("odometer").bits());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// The key of everything under a seed.
    pub const fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x9E37_79B9_7F4A_7C15, GENERATOR_VERSION as u64))
    }

    /// The key of a kind of thing.
    pub const fn entity(self, name: &str) -> Self {
        self.field(name)
    }

    /// The key of the item at this place.
    pub const fn index(self, index: u64) -> Self {
        Self(mix(self.0 ^ 0xD1B5_4A32_D192_ED03, index))
    }

    /// The key of a field.
    pub const fn field(self, name: &str) -> Self {
        Self(mix(self.0, rapidhash_v3(name.as_bytes())))
    }

    /// Sixty-four bits of this key's own.
    pub const fn bits(self) -> u64 {
        mix(self.0, 0x8BB8_4B93_962E_ACC9)
    }

    /// A hundred and twenty-eight bits of this key's own.
    pub const fn wide_bits(self) -> u128 {
        (self.bits() as u128) << 64 | mix(self.0, 0x4B33_A62E_D433_D4A3) as u128
    }

    /// A number from zero up to, but not including, `end`; zero where `end` is zero.
    pub const fn below(self, end: u64) -> u64 {
        ((self.bits() as u128 * end as u128) >> 64) as u64
    }

    /// A number from `first` to `last`, both included.
    pub const fn between(self, first: u64, last: u64) -> u64 {
        first + self.below(last.saturating_sub(first).saturating_add(1))
    }

    /// One of the items; `None` where there are none.
    pub fn pick<T>(self, items: &[T]) -> Option<&T> {
        let place = self.below(u64::try_from(items.len()).ok()?);
        items.get(usize::try_from(place).ok()?)
    }

    /// Whether something happens that happens `percent` times in a hundred.
    pub const fn chance(self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// Folds two numbers into one that depends on every bit of both.
const fn mix(left: u64, right: u64) -> u64 {
    let product = (left ^ 0x2D35_8DCC_AA6C_78A5) as u128 * (right ^ 0x8BB8_4B93_962E_ACC9) as u128;
    let folded = (product as u64) ^ ((product >> 64) as u64);
    let mut bits = folded ^ left.rotate_left(32);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_frozen_by_the_generator_version() {
        let key = Key::new(7).entity("claim").index(12).field("vin");
        assert_eq!(
            (GENERATOR_VERSION, key.bits()),
            (1, Key::new(7).entity("claim").index(12).field("vin").bits())
        );
    }

    #[test]
    fn numbers_stay_in_their_range_and_reach_its_ends() {
        let drawn: std::collections::BTreeSet<u64> =
            (0..1000).map(|index| Key::new(1).index(index).between(3, 9)).collect();
        assert_eq!(drawn, (3..=9).collect());
        assert_eq!(Key::new(1).below(0), 0);
        assert_eq!(Key::new(1).pick::<u8>(&[]), None);
    }
}
