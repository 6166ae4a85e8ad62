//! What a journal gives back: typed entries.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;

use crate::{AttemptOutcome, Message, NewEndpoint, RawCall, Verdict};

/// One input of a session.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, PartialEq)]
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
}

/// Shows no body: it may hold secrets.
impl fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.answer.as_ref().map(|(status, _)| status);
        write!(formatter, "Entry({} {} {:?} {status:?})", self.sequence, self.at, self.input)
    }
}
