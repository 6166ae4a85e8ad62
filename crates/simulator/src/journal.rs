//! The ordered inputs of a session. Their replay is its state.

mod decode;
mod entry;
mod excerpt;
mod names;
mod record;
mod ring;

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use serde::Serialize;

pub use entry::{Entry, Input};
pub use excerpt::{Excerpt, Order, Selection, Wanted};

use crate::{Answer, Outcome, RawCall, Verdict};
use names::Names;
use record::{Draft, Header, InputTag, LENGTH_MAX, Length};
use ring::Ring;

/// How much a journal keeps. Older entries are dropped first; counters stay exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalLimits {
    /// Entries kept.
    pub entries_max: usize,
    /// Bytes held, whatever they are used for.
    pub bytes_max: usize,
}

impl Default for JournalLimits {
    fn default() -> Self {
        Self { entries_max: 4096, bytes_max: 16 * 1024 * 1024 }
    }
}

/// How many calls of each kind there have been, whatever the journal still keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    /// All calls.
    pub calls: u64,
    /// Calls that ended with the documented success.
    pub served: u64,
    /// Calls that ended with a documented refusal.
    pub refused: u64,
    /// Calls that broke the contract before any operation saw them.
    pub faulty: u64,
    /// Calls that the session had no room for. They say nothing about their caller.
    pub exhausted: u64,
    /// Calls by operation.
    pub operations: BTreeMap<&'static str, u64>,
}

/// The inputs of a session, newest last: a ring of bytes with [`JournalLimits`].
///
/// An entry is written once, as a record that refers to nothing outside the journal. It is decoded when it is read.
#[derive(Default)]
pub struct Journal {
    ring: Ring,
    names: Names,
    limits: JournalLimits,
    next_sequence: u64,
    counters: Counters,
    breaches: u64,
}

/// Shows no body: it may hold secrets.
impl fmt::Debug for Journal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.entries()).finish()
    }
}

impl Journal {
    /// An empty journal.
    pub fn new(limits: JournalLimits) -> Self {
        Self { limits, ring: Ring::new(limits.bytes_max), ..Self::default() }
    }

    /// The entries that are kept, oldest first. Each is decoded as it is asked for.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry> {
        let names = self.names.list();
        let records = self.ring.segments().flat_map(|segment| segment.records().collect::<Vec<_>>());
        records.map(move |(_, record)| excerpt::entry(record, &names))
    }

    /// The entries of calls that broke the contract, oldest first. No other is decoded.
    pub fn breach_entries(&self) -> impl Iterator<Item = Entry> {
        let names = self.names.list();
        let segments = self.ring.segments().filter(|segment| segment.breaches > 0);
        let records = segments.flat_map(|segment| segment.records()).filter(|(header, _)| header.is_breach);
        records.map(move |(_, record)| excerpt::entry(record, &names))
    }

    /// The counters.
    pub const fn counters(&self) -> &Counters {
        &self.counters
    }

    /// How many calls broke the contract, by fault or by members that it does not name.
    pub const fn breaches(&self) -> u64 {
        self.breaches
    }

    /// How many entries are kept.
    pub const fn kept(&self) -> usize {
        self.ring.count()
    }

    /// How many bytes of memory the entries hold.
    pub const fn bytes_held(&self) -> usize {
        self.ring.held()
    }

    /// How many entries have been dropped.
    pub const fn dropped(&self) -> u64 {
        self.next_sequence - self.ring.count() as u64
    }

    /// An empty journal that goes on from here: what this one holds counts as dropped.
    pub(crate) fn begun_anew(&self) -> Self {
        Self { next_sequence: self.next_sequence, ..Self::new(self.limits) }
    }

    /// Gives back the memory of the older half of the entries; they count as dropped.
    pub(crate) fn halve(&mut self) {
        self.ring.halve();
    }

    /// Adds a call and its answer.
    pub(crate) fn append_call(&mut self, at: Timestamp, api: &'static str, call: &RawCall, answer: &Answer) {
        self.count(&answer.verdict);
        self.write(&Draft::call(at, api, InputTag::Call, call, answer));
    }

    /// Adds a call of a control and its answer. It does not count as a call.
    pub(crate) fn append_control(
        &mut self,
        at: Timestamp,
        api: &'static str,
        call: &RawCall,
        answer: &Answer,
    ) {
        self.write(&Draft::call(at, api, InputTag::Control, call, answer));
    }

    /// Adds another input.
    pub(crate) fn append(&mut self, at: Timestamp, api: &'static str, input: &Input) {
        self.write(&Draft::other(at, api, input));
    }

    /// Writes an entry and drops what no longer fits.
    fn write(&mut self, draft: &Draft<'_>) {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        let mut length = Length::default();
        draft.write(&mut self.names, &mut length);
        let length = length.0 + Header::BYTES;
        if self.limits.entries_max == 0 || length > LENGTH_MAX {
            return;
        }
        while self.ring.count() >= self.limits.entries_max {
            self.ring.drop_oldest();
        }
        let is_breach = draft.verdict.is_some_and(Verdict::breaks_contract);
        let header = Header { length, sequence, is_breach };
        let names = &mut self.names;
        self.ring.push(header, |record| {
            header.write(record);
            draft.write(names, record);
        });
    }

    fn count(&mut self, verdict: &Verdict) {
        self.counters.calls += 1;
        match verdict.outcome {
            Outcome::Served => self.counters.served += 1,
            Outcome::Refused(_) => self.counters.refused += 1,
            Outcome::Faulty(_) => self.counters.faulty += 1,
            Outcome::Exhausted(_) => self.counters.exhausted += 1,
        }
        if let Some(operation) = verdict.operation {
            *self.counters.operations.entry(operation).or_default() += 1;
        }
        self.breaches += u64::from(verdict.breaks_contract());
    }
}

#[cfg(test)]
mod tests;
