//! Parts of a journal, copied so that they can be read without its session.

use std::fmt;

use super::{Entry, Journal, decode::decode, record::Header};

/// Which entries are copied. Every bound keeps the work short: what is left is asked for in the next turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Only entries with a greater number.
    pub after: Option<u64>,
    /// Only entries with a smaller number.
    pub before: Option<u64>,
    /// Which end of the journal comes first.
    pub order: Order,
    /// Which entries are wanted.
    pub wanted: Wanted,
    /// Entries that are copied at most.
    pub entries_max: usize,
    /// Bytes that are copied at most; one entry is copied whatever its size.
    pub bytes_max: usize,
}

/// Which end of a journal comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
}

/// Which entries of a journal are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of them.
    All,
    /// Calls that broke the contract.
    Breaches,
}

/// Entries that were copied from a journal.
#[derive(Clone, Default)]
pub struct Excerpt {
    names: Vec<&'static str>,
    records: Vec<u8>,
    /// The number of the last entry that was looked at, where others follow it.
    pub resume: Option<u64>,
}

/// Shows no record: they may hold secrets.
impl fmt::Debug for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Excerpt({} bytes, resume {:?})", self.records.len(), self.resume)
    }
}

/// Entries that one excerpt looks at.
const LOOKED_AT_MAX: usize = 4_096;

impl Excerpt {
    /// The entries, in the order that was asked for.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        let mut rest = self.records.as_slice();
        std::iter::from_fn(move || {
            let (header, _) = Header::read(rest)?;
            let (record, after) = rest.split_at_checked(header.length)?;
            rest = after;
            Some(entry(record, &self.names))
        })
    }
}

impl Journal {
    /// Copies entries as they are, without decoding them.
    pub fn excerpt(&self, selection: &Selection) -> Excerpt {
        let mut excerpt = Excerpt { names: self.names.list(), ..Excerpt::default() };
        let mut reached = None;
        let (mut copied, mut looked_at) = (0, 0);
        for (header, record) in self.matching(selection) {
            let is_full = copied >= selection.entries_max
                || looked_at >= LOOKED_AT_MAX
                || (copied > 0 && excerpt.records.len() + record.len() > selection.bytes_max);
            if is_full {
                excerpt.resume = reached;
                break;
            }
            reached = Some(header.sequence);
            looked_at += 1;
            if selection.wanted == Wanted::All || header.is_breach {
                excerpt.records.extend_from_slice(record);
                copied += 1;
            }
        }
        excerpt
    }

    /// The records in the range of a selection, in its order, but for segments that hold nothing that is wanted.
    fn matching(&self, selection: &Selection) -> Box<dyn Iterator<Item = (Header, &[u8])> + '_> {
        let Selection { after, before, order, wanted, .. } = *selection;
        let may_match = move |segment: &&super::ring::Segment| {
            (wanted == Wanted::All || segment.breaches > 0)
                && after.is_none_or(|after| segment.last_sequence > after)
                && before.is_none_or(|before| segment.first_sequence < before)
        };
        let in_range = move |(header, _): &(Header, &[u8])| {
            after.is_none_or(|after| header.sequence > after)
                && before.is_none_or(|before| header.sequence < before)
        };
        let segments = self.ring.segments().filter(may_match);
        match order {
            Order::Ascending => Box::new(segments.flat_map(|segment| segment.records()).filter(in_range)),
            Order::Descending => Box::new(
                segments
                    .rev()
                    .flat_map(|segment| segment.records().collect::<Vec<_>>().into_iter().rev())
                    .filter(in_range),
            ),
        }
    }
}

/// The entry of a record of a journal with these names.
#[expect(
    clippy::expect_used,
    reason = "a journal writes its records itself; a property test holds that each is read"
)]
pub(super) fn entry(record: &[u8], names: &[&'static str]) -> Entry {
    decode(record, names).expect("a record of the journal itself")
}
