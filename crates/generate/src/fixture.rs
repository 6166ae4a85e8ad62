//! Kinds of fixtures, as data that tools can loop over.

use std::{io, ops::Range};

use estoppel_values::Timestamp;

/// What all fixtures of one run share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixtureRequest {
    /// Where all values come from.
    pub seed: u64,
    /// The present of the generated world: what has happened lies before it.
    pub at: Timestamp,
}

/// Appends the fixture at this index to the bytes, as one JSON document without a line break.
pub type WriteFixture = fn(&FixtureRequest, u64, &mut Vec<u8>) -> io::Result<()>;

/// One kind of fixture of an API.
///
/// A fixture depends on the request, its index and [`GENERATOR_VERSION`](crate::GENERATOR_VERSION), and on nothing
/// else: neither on the range in which it is made nor on the fixtures beside it.
#[derive(Clone, Copy, Debug)]
pub struct FixtureKind {
    /// Its name in commands, such as `claim`.
    pub name: &'static str,
    /// The model of the contract that it keeps, such as `Claim`.
    pub model: &'static str,
    /// What it is, in a line.
    pub summary: &'static str,
    /// Makes one of them.
    pub write: WriteFixture,
}

impl FixtureKind {
    /// Appends the fixtures of a range, each on its own line.
    pub fn write_lines(
        &self,
        request: &FixtureRequest,
        range: Range<u64>,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        for index in range {
            (self.write)(request, index, out)?;
            out.push(b'\n');
        }
        Ok(())
    }
}

/// The indexes of one of `shards` equal parts of `count` fixtures. `shard` counts from zero; one that does not exist
/// is empty. All parts, one after the other, are `0..count`.
pub fn shard(count: u64, shard: u64, shards: u64) -> Range<u64> {
    if shard >= shards {
        return count..count;
    }
    let border = |place: u64| {
        let border = u128::from(count) * u128::from(place) / u128::from(shards);
        u64::try_from(border).unwrap_or(count)
    };
    border(shard)..border(shard + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: u64, shards: u64, expected: &[Range<u64>]) {
        let actual: Vec<Range<u64>> = (0..shards).map(|place| shard(count, place, shards)).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn shards_cover_everything_once() {
        check(10, 3, &[0..3, 3..6, 6..10]);
        check(1, 2, &[0..0, 0..1]);
        assert_eq!(shard(u64::MAX, 0, 1), 0..u64::MAX);
        assert!(shard(10, 3, 3).is_empty());
        assert!(shard(10, 0, 0).is_empty());
    }
}
