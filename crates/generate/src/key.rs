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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
        scale(self.bits(), end)
    }

    /// A number from `first` to `last`, both included.
    pub const fn between(self, first: u64, last: u64) -> u64 {
        first + self.below(last.saturating_sub(first).saturating_add(1))
    }
}

/// Spreads bits over the numbers below `end`, in their order.
pub(crate) const fn scale(bits: u64, end: u64) -> u64 {
    ((bits as u128 * end as u128) >> 64) as u64
}

/// Folds two numbers into one that depends on every bit of both.
const fn mix(left: u64, right: u64) -> u64 {
    let product = (left ^ 0x2D35_8DCC_AA6C_78A5) as u128 * (right ^ 0x8BB8_4B93_962E_ACC9) as u128;
    let folded = ((product << 64 >> 64) as u64) ^ ((product >> 64) as u64);
    let mut bits = folded ^ left.rotate_left(32);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: Key, bits: u64, wide_bits: u128) {
        assert_eq!((GENERATOR_VERSION, key.bits(), key.wide_bits()), (1, bits, wide_bits));
    }

    #[test]
    fn bits_are_frozen_by_the_generator_version() {
        check(Key::new(0), 0x1615_FE9B_5742_9871, 0x1615_FE9B_5742_9871_7548_5B8E_CF23_63A0);
        check(
            Key::new(7).entity("claim").index(12).field("vin"),
            0x7AED_ED15_5022_D6BA,
            0x7AED_ED15_5022_D6BA_782F_5A82_F025_0A99,
        );
        check(
            Key::new(u64::MAX).entity("").index(u64::MAX),
            0x7EDC_BDCA_7D65_D4C1,
            0x7EDC_BDCA_7D65_D4C1_1094_2722_1CE7_D35A,
        );
    }

    #[test]
    fn numbers_are_frozen_too() {
        let key = Key::new(7).entity("claim").index(12).field("odometer");
        assert_eq!([key.below(0), key.below(1000), key.between(5, 5), key.between(3, 9)], [0, 504, 5, 6]);
    }
}
