//! Places in the documents of a check, and long lists of them.

use crate::Span;

/// A place in one of the documents.
///
/// Offsets are 32 bits: larger documents are not read (see [`crate::limits::DOCUMENT_BYTES_MAX`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    page: u32,
    start: u32,
    end: u32,
}

impl Spot {
    pub(crate) fn new(page: usize, span: Span) -> Self {
        Self { page: narrow(page), start: narrow(span.start), end: narrow(span.end) }
    }

    /// Place of the document in the list.
    pub(crate) const fn page(self) -> usize {
        self.page as usize
    }

    /// The range of bytes in its content.
    pub(crate) const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// Nothing that is read is larger; what were would stand at the end and nowhere else.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Places in the order in which they are found.
///
/// There can be one for every few bytes of the documents, so that each is written as its distance from the one before:
/// mostly four bytes and not twelve.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spots {
    written: Distances,
    length: u32,
    last: (u32, u32),
}

impl Spots {
    pub(crate) fn push(&mut self, spot: Spot) {
        let (page, start) = self.last;
        // Places of one page come in any order, and pages in theirs; both ways are told.
        self.written.push_signed(i64::from(spot.page) - i64::from(page));
        let from = if spot.page == page { start } else { 0 };
        self.written.push_signed(i64::from(spot.start) - i64::from(from));
        self.written.push_signed(i64::from(spot.end) - i64::from(spot.start));
        self.last = (spot.page, spot.start);
        self.length += 1;
    }

    pub(crate) const fn len(&self) -> usize {
        self.length as usize
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(crate) fn first(&self) -> Option<Spot> {
        self.iter().next()
    }

    /// The places, in the order in which they were found.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Spot> {
        let mut reader = self.written.read();
        let (mut page, mut start) = (0_i64, 0_i64);
        std::iter::from_fn(move || {
            let step = reader.signed()?;
            if step != 0 {
                start = 0;
            }
            page += step;
            start += reader.signed()?;
            let length = reader.signed()?;
            let narrow = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
            Some(Spot { page: narrow(page), start: narrow(start), end: narrow(start + length) })
        })
    }
}

impl FromIterator<Spot> for Spots {
    fn from_iter<I: IntoIterator<Item = Spot>>(spots: I) -> Self {
        let mut all = Self::default();
        all.extend(spots);
        all
    }
}

impl Extend<Spot> for Spots {
    fn extend<I: IntoIterator<Item = Spot>>(&mut self, spots: I) {
        spots.into_iter().for_each(|spot| self.push(spot));
    }
}

/// Numbers one after another, small ones in few bytes: seven bits in each, and a bit that tells whether more follow.
///
/// A long list is kept in pieces, so that it is never copied to grow, and no room is left over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Distances {
    full: Vec<Box<[u8]>>,
    open: Vec<u8>,
}

/// How many bytes a piece has at least.
const PIECE: usize = 1 << 16;

impl Distances {
    pub(crate) fn push(&mut self, mut number: u64) {
        if self.open.len() >= PIECE {
            self.full.push(std::mem::take(&mut self.open).into_boxed_slice());
        }
        while number >= 0x80 {
            self.open.push(low_bits(number) | 0x80);
            number >>= 7;
        }
        self.open.push(low_bits(number));
    }

    /// Small negative numbers are small too: the lowest bit tells which they are.
    pub(crate) fn push_signed(&mut self, number: i64) {
        self.push(((number << 1) ^ (number >> 63)).cast_unsigned());
    }

    pub(crate) fn read(&self) -> DistanceReader<'_> {
        DistanceReader { full: self.full.iter(), now: [].iter(), open: self.open.iter() }
    }
}

fn low_bits(number: u64) -> u8 {
    let [low, ..] = number.to_le_bytes();
    low & 0x7f
}

/// Reads numbers in the order in which they were written.
#[derive(Debug)]
pub(crate) struct DistanceReader<'n> {
    full: std::slice::Iter<'n, Box<[u8]>>,
    now: std::slice::Iter<'n, u8>,
    open: std::slice::Iter<'n, u8>,
}

impl DistanceReader<'_> {
    /// The next number; `None` after the last.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            if let Some(byte) = self.now.next() {
                return Some(*byte);
            }
            match self.full.next() {
                Some(piece) => self.now = piece.iter(),
                None => return self.open.next().copied(),
            }
        }
    }

    pub(crate) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(spots: &[Spot]) {
        let all: Spots = spots.iter().copied().collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), spots);
        assert_eq!((all.len(), all.first()), (spots.len(), spots.first().copied()));
    }

    proptest! {
        #[test]
        fn places_come_back_as_they_went_in(spots in proptest::collection::vec(any::<(u32, u32, u32)>(), 0..40)) {
            check(&spots.into_iter().map(|(page, start, end)| Spot { page, start, end }).collect::<Vec<_>>());
        }
    }

    #[test]
    fn places_that_are_near_each_other_are_small() {
        let spots: Spots = (0..1_000).map(|at| Spot::new(3, Span::new(at * 50, at * 50 + 9))).collect();
        assert!(spots.written.open.len() < 4_100, "{}", spots.written.open.len());
    }

    #[test]
    fn long_lists_are_kept_in_pieces() {
        let spots: Vec<Spot> = (0..40_000).map(|at| Spot::new(at / 9, Span::new(at * 70, at * 71))).collect();
        check(&spots);
    }

    #[test]
    fn places_beyond_every_document_stay_beyond() {
        let far = usize::try_from(u64::from(u32::MAX) + 7).unwrap();
        assert_eq!(Spot::new(0, Span::new(far, far)).span(), Span::new(u32::MAX as usize, u32::MAX as usize));
    }
}
