//! The memory of a journal: segments of bytes that are written one after the other and used again.

use std::collections::VecDeque;

use super::record::Header;

/// Bytes of the first segment; each one after it is as large as all before it together, up to [`SEGMENT_MAX_BYTES`].
const SEGMENT_MIN_BYTES: usize = 4 * 1024;
/// Bytes of a segment, where the limit has room for several.
const SEGMENT_MAX_BYTES: usize = 64 * 1024;
/// Segments that the limit has room for at least.
const SEGMENTS_MIN: usize = 8;

/// Records in the order in which they were written. What is allocated never exceeds the limit, and once it is
/// reached nothing is allocated or freed any more, but for records that are longer than a segment: each of those has a
/// segment of its own.
#[derive(Debug, Default)]
pub(super) struct Ring {
    segments: VecDeque<Segment>,
    /// A segment that is empty, to be used again.
    spare: Option<Vec<u8>>,
    bytes_max: usize,
    /// Bytes that are allocated.
    held: usize,
    /// Records that are kept.
    count: usize,
}

/// Records that lie one behind the other.
#[derive(Debug, Default)]
pub(super) struct Segment {
    bytes: Vec<u8>,
    /// Where the oldest record that is kept begins.
    begin: usize,
    count: usize,
    /// Records of calls that broke the contract.
    pub(super) breaches: usize,
    /// The number of the record that was written first.
    pub(super) first_sequence: u64,
    /// The number of the newest record.
    pub(super) last_sequence: u64,
}

impl Segment {
    /// Its records with their headers, oldest first.
    pub(super) fn records(&self) -> impl Iterator<Item = (Header, &[u8])> {
        let mut rest = self.bytes.get(self.begin..).unwrap_or_default();
        std::iter::from_fn(move || {
            let (header, _) = Header::read(rest)?;
            let (record, after) = rest.split_at_checked(header.length)?;
            rest = after;
            Some((header, record))
        })
    }

    const fn has_room(&self, bytes: usize) -> bool {
        self.bytes.capacity() - self.bytes.len() >= bytes
    }
}

impl Ring {
    /// A ring that holds nothing yet.
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { bytes_max, ..Self::default() }
    }

    /// How many records are kept.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// How many bytes are allocated.
    pub(super) const fn held(&self) -> usize {
        self.held
    }

    /// The segments, oldest first.
    pub(super) fn segments(&self) -> impl DoubleEndedIterator<Item = &Segment> {
        self.segments.iter()
    }

    /// Adds a record, which `write` appends to the memory given. Old records make room for it. One that has no room
    /// even alone is not kept.
    pub(super) fn push(&mut self, header: Header, write: impl FnOnce(&mut Vec<u8>)) {
        if header.length > self.bytes_max {
            return;
        }
        if !self.segments.back().is_some_and(|last| last.has_room(header.length)) {
            let bytes = self.memory(header.length);
            self.segments.push_back(Segment { bytes, first_sequence: header.sequence, ..Segment::default() });
        }
        if let Some(last) = self.segments.back_mut() {
            write(&mut last.bytes);
            last.count += 1;
            last.breaches += usize::from(header.is_breach);
            last.last_sequence = header.sequence;
            self.count += 1;
        }
    }

    /// Drops the oldest record.
    pub(super) fn drop_oldest(&mut self) {
        let Some(first) = self.segments.front_mut() else { return };
        let header = first.records().next().map(|(header, _)| header);
        if let Some(header) = header.filter(|_| first.count > 1) {
            first.begin += header.length;
            first.count -= 1;
            first.breaches -= usize::from(header.is_breach);
            self.count -= 1;
        } else {
            self.drop_segment();
        }
    }

    /// Drops the oldest segment with all its records. Its memory is kept for the next one, unless it was made for one
    /// long record.
    fn drop_segment(&mut self) {
        let Some(mut first) = self.segments.pop_front() else { return };
        self.count -= first.count;
        if self.spare.is_none() && first.bytes.capacity() <= self.segment_max() {
            first.bytes.clear();
            self.spare = Some(first.bytes);
        } else {
            self.held -= first.bytes.capacity();
        }
    }

    /// Gives back the memory of the older half.
    pub(super) fn halve(&mut self) {
        self.held -= self.spare.take().map_or(0, |spare| spare.capacity());
        let half = self.held / 2;
        while self.held > half {
            let Some(first) = self.segments.pop_front() else { return };
            self.count -= first.count;
            self.held -= first.bytes.capacity();
        }
    }

    /// Memory for a segment that begins with a record of so many bytes.
    fn memory(&mut self, bytes: usize) -> Vec<u8> {
        let size = self.held.clamp(SEGMENT_MIN_BYTES.min(self.segment_max()), self.segment_max()).max(bytes);
        loop {
            match self.spare.take() {
                Some(spare) if spare.capacity() >= bytes => return spare,
                Some(spare) => self.held -= spare.capacity(),
                None if self.held + size > self.bytes_max && !self.segments.is_empty() => self.drop_segment(),
                None => break,
            }
        }
        let memory = Vec::with_capacity(size);
        self.held += memory.capacity();
        memory
    }

    fn segment_max(&self) -> usize {
        SEGMENT_MAX_BYTES.min(self.bytes_max / SEGMENTS_MIN)
    }
}
