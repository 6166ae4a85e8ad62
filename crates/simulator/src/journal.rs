//! The ordered inputs of a session. Their replay is its state.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
};

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;

use crate::{AttemptOutcome, Message, NewEndpoint, Outcome, RawCall, Verdict};

/// One input of a session.
#[derive(Clone, Debug)]
pub enum Input {
    /// A call of an API.
    Call(Box<RawCall>),
    /// A call of a control of an API.
    Control(Box<RawCall>),
    /// The clock was moved to this time.
    Advance(Timestamp),
    /// An endpoint for webhooks was added.
    Register(NewEndpoint),
    /// The endpoint with this number was removed.
    Remove(u64),
    /// The endpoints of the entry's API are served again.
    Enable,
    /// A webhook was fired by hand.
    Fire(Message),
    /// The delivery with this number was sent once more.
    Redeliver(u64),
    /// The deliveries with these numbers were taken to be sent.
    Taken(Vec<u64>),
    /// An attempt of the delivery with this number ended.
    Settled(u64, AttemptOutcome),
}

/// One entry of a journal.
#[derive(Clone)]
pub struct Entry {
    /// Its number, from zero; numbers are never used twice.
    pub sequence: u64,
    /// When, on the session's clock.
    pub at: Timestamp,
    /// The API that was called.
    pub api: &'static str,
    /// What came in.
    pub input: Input,
    /// What went out: the status and the body.
    pub answer: Option<(StatusCode, Bytes)>,
    /// What we think of it.
    pub verdict: Option<Verdict>,
    /// What it adds to the bytes that the journal keeps.
    bytes: usize,
}

/// Shows no body: it may hold secrets.
impl fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.answer.as_ref().map(|(status, _)| status);
        write!(formatter, "Entry({} {} {:?} {status:?})", self.sequence, self.at, self.input)
    }
}

/// How much a journal keeps. Older entries are dropped first; counters stay exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalLimits {
    /// Entries kept.
    pub entries_max: usize,
    /// Bytes kept, of targets, headers and bodies.
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

/// The inputs of a session, newest last: a ring with [`JournalLimits`].
#[derive(Clone, Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    limits: JournalLimits,
    next_sequence: u64,
    bytes: usize,
    counters: Counters,
    breaches: u64,
}

impl Journal {
    /// An empty journal.
    pub fn new(limits: JournalLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// The entries that are kept, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The counters.
    pub const fn counters(&self) -> &Counters {
        &self.counters
    }

    /// How many calls broke the contract, by fault or by members that it does not name.
    pub const fn breaches(&self) -> u64 {
        self.breaches
    }

    /// How many entries have been dropped.
    pub fn dropped(&self) -> u64 {
        self.next_sequence - u64::try_from(self.entries.len()).unwrap_or_default()
    }

    /// An empty journal that goes on from here: what this one holds counts as dropped.
    pub(crate) fn begun_anew(&self) -> Self {
        Self { limits: self.limits, next_sequence: self.next_sequence, ..Self::default() }
    }

    /// Adds an entry and drops what no longer fits.
    pub(crate) fn append(
        &mut self,
        at: Timestamp,
        api: &'static str,
        input: Input,
        answer: Option<(StatusCode, Bytes)>,
        verdict: Option<Verdict>,
    ) {
        if let Some(verdict) = &verdict {
            self.count(verdict);
        }
        let mut entry = Entry { sequence: self.next_sequence, at, api, input, answer, verdict, bytes: 0 };
        entry.bytes = entry.count_bytes();
        self.next_sequence += 1;
        self.bytes += entry.bytes;
        self.entries.push_back(entry);
        while self.entries.len() > self.limits.entries_max || self.bytes > self.limits.bytes_max {
            let Some(dropped) = self.entries.pop_front() else { break };
            self.bytes -= dropped.bytes;
        }
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

impl Entry {
    fn count_bytes(&self) -> usize {
        let received = match &self.input {
            Input::Advance(_)
            | Input::Remove(_)
            | Input::Enable
            | Input::Redeliver(_)
            | Input::Settled(..) => 0,
            Input::Taken(deliveries) => deliveries.len() * size_of::<u64>(),
            Input::Register(endpoint) => {
                let headers = endpoint.headers.iter().map(|(name, value)| name.len() + value.len());
                endpoint.url.len() + headers.sum::<usize>()
            }
            Input::Fire(message) => message.request.len() + message.body.len(),
            Input::Call(call) | Input::Control(call) => {
                let headers: usize =
                    call.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
                let target = call.uri.path().len() + call.uri.query().map_or(0, str::len);
                headers + target + call.body.bytes().map_or(0, Bytes::len)
            }
        };
        received + self.answer.as_ref().map_or(0, |(_, body)| body.len())
    }
}

#[cfg(test)]
mod tests {
    use http::{Method, Uri};

    use super::*;
    use crate::Body;

    fn check(limits: JournalLimits, body_bytes: usize, expected: (usize, u64)) {
        let mut journal = Journal::new(limits);
        for number in 0..1_000_u64 {
            let mut call = RawCall::new(Method::POST, Uri::from_static("/claims"));
            call.body = Body::Complete(Bytes::from(vec![b'x'; body_bytes]));
            let verdict =
                Verdict::served("createClaim", if number == 3 { vec!["x".to_owned()] } else { vec![] });
            let answer = Some((StatusCode::OK, Bytes::new()));
            journal.append(
                Timestamp::UNIX_EPOCH,
                "carrier",
                Input::Call(Box::new(call)),
                answer,
                Some(verdict),
            );
        }
        assert_eq!((journal.entries().count(), journal.dropped()), expected);
        assert_eq!((journal.counters().calls, journal.counters().operations["createClaim"]), (1_000, 1_000));
        assert_eq!(journal.breaches(), 1);
        assert_eq!(journal.entries().next_back().map(|entry| entry.sequence), Some(999));
    }

    #[test]
    fn a_long_run_stays_bounded_and_counters_stay_exact() {
        check(JournalLimits { entries_max: 2_000, bytes_max: 1_000_000 }, 10, (1_000, 0));
        check(JournalLimits { entries_max: 10, bytes_max: 1_000_000 }, 10, (10, 990));
        check(JournalLimits { entries_max: 2_000, bytes_max: 175 }, 10, (10, 990));
    }
}
