//! Numbers that look like chance and are the same for the same seed.

/// A linear congruential generator.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The dice of a scenario.
    pub(super) fn of(seed: u64, scenario: &str) -> Self {
        let mixed = scenario.bytes().fold(seed ^ 0x9e37_79b9_7f4a_7c15, |mixed, byte| {
            (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mixed)
    }

    /// A number below this one.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }

    /// One of these.
    pub(super) fn pick<'w, T>(&mut self, all: &'w [T]) -> Option<&'w T> {
        let place = self.roll(all.len());
        all.get(place)
    }

    /// One of these words.
    pub(super) fn word<'w>(&mut self, words: &[&'w str]) -> &'w str {
        self.pick(words).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_rolls_the_same_numbers() {
        let rolled = |seed, name| {
            (0..9)
                .map({
                    let mut dice = Dice::of(seed, name);
                    move |_| dice.roll(1_000)
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(rolled(1, "a"), rolled(1, "a"));
        assert_ne!(rolled(1, "a"), rolled(2, "a"));
        assert_ne!(rolled(1, "a"), rolled(1, "b"));
    }
}
