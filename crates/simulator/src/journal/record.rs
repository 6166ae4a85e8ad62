//! The form of a record, version 1, and how one is written.
//!
//! A record is a [`Header`] of fixed size and a body. In the body every number is a varint (seven bits a byte, lowest
//! first, the highest bit set on all but the last), every text is its length and its bytes, every list is its length
//! and its items, and every name of the program is its number among the journal's [`Names`]. In this order:
//!
//! | part | form |
//! |---|---|
//! | time | seconds and nanoseconds since the epoch, each zigzag |
//! | API | name |
//! | input | tag, then what [`InputTag`] says |
//! | answer | 0, or 1 and status and body |
//! | verdict | 0, or 1 and operation, outcome, violations, ignored names, how many more of each, nearest operations |

use http::{HeaderMap, StatusCode, Uri};
use jiff::Timestamp;

use estoppel_contract::{Segment, Violation};

use super::{Input, names::Names};
use crate::{Answer, AttemptOutcome, Outcome, RawCall, Verdict};

/// The version of the form.
const VERSION: u8 = 1;

/// Flag of a record whose call broke the contract.
const BREACH: u8 = 1;

/// What stands before every record, so that it can be passed over or chosen without decoding it: its length with the
/// header (4 bytes), version (1), flags (1) and sequence number (8), little endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes of the record, the header among them.
    pub(super) length: usize,
    /// The number of the entry.
    pub(super) sequence: u64,
    /// Whether its call broke the contract.
    pub(super) is_breach: bool,
}

impl Header {
    /// Bytes of a header.
    pub(super) const BYTES: usize = 14;

    /// The header at the begin of a record, and what follows it.
    pub(super) fn read(record: &[u8]) -> Option<(Self, &[u8])> {
        let (length, rest) = record.split_first_chunk::<4>()?;
        let ([version, flags], rest) = rest.split_first_chunk::<2>()?;
        let (sequence, rest) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let rest = rest.get(..length.checked_sub(Self::BYTES)?)?;
        let sequence = u64::from_le_bytes(*sequence);
        (*version == VERSION).then_some((Self { length, sequence, is_breach: flags & BREACH != 0 }, rest))
    }

    /// Writes the header. A length that no header holds is no length of a record: see [`LENGTH_MAX`].
    pub(super) fn write(self, record: &mut Vec<u8>) {
        record.extend_from_slice(&u32::try_from(self.length).unwrap_or(u32::MAX).to_le_bytes());
        record.extend_from_slice(&[VERSION, if self.is_breach { BREACH } else { 0 }]);
        record.extend_from_slice(&self.sequence.to_le_bytes());
    }
}

/// The longest record, in bytes.
pub(super) const LENGTH_MAX: usize = u32::MAX as usize;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputTag {
    /// Method, scheme, authority, path and query, length of the prefix, headers, body.
    Call = 0,
    /// As a call.
    Control = 1,
    /// A time.
    Advance = 2,
    /// API, URL, headers.
    Register = 3,
    /// A number.
    Remove = 4,
    /// Nothing.
    Enable = 5,
    /// Webhook, request, body.
    Fire = 6,
    /// A number.
    Redeliver = 7,
    /// Numbers.
    Taken = 8,
    /// A number, then 0 and a status, 1, or 2 and a reason.
    Settled = 9,
}

impl InputTag {
    pub(super) const ALL: [Self; 10] = [
        Self::Call,
        Self::Control,
        Self::Advance,
        Self::Register,
        Self::Remove,
        Self::Enable,
        Self::Fire,
        Self::Redeliver,
        Self::Taken,
        Self::Settled,
    ];
}

/// Where a record goes: to memory, or only into a count of its bytes.
pub(super) trait Sink {
    /// Takes bytes as they are.
    fn bytes(&mut self, bytes: &[u8]);

    /// Takes a number.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes(&[(number & 0x7f) as u8 | 0x80]);
            number >>= 7;
        }
        self.bytes(&[number as u8]);
    }

    /// Takes a length, then the bytes.
    fn text(&mut self, text: &[u8]) {
        self.number(text.len() as u64);
        self.bytes(text);
    }
}

impl Sink for Vec<u8> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// Counts the bytes of a record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Length(pub(super) usize);

impl Sink for Length {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0 += bytes.len();
    }
}

/// An entry that is to be written. Nothing of it is copied before.
#[derive(Clone, Copy)]
pub(super) struct Draft<'e> {
    pub(super) at: Timestamp,
    pub(super) api: &'static str,
    pub(super) input: DraftInput<'e>,
    pub(super) answer: Option<(StatusCode, &'e [u8])>,
    pub(super) verdict: Option<&'e Verdict>,
}

/// The input of a draft.
#[derive(Clone, Copy)]
pub(super) enum DraftInput<'e> {
    Call(InputTag, &'e RawCall),
    Other(&'e Input),
}

impl<'e> Draft<'e> {
    /// A call, or the call of a control, with its answer. The verdict of a control is not kept.
    pub(super) fn call(
        at: Timestamp,
        api: &'static str,
        tag: InputTag,
        call: &'e RawCall,
        answer: &'e Answer,
    ) -> Self {
        let verdict = (tag == InputTag::Call).then_some(&answer.verdict);
        let input = DraftInput::Call(tag, call);
        Self { at, api, input, answer: Some((answer.status, &answer.body)), verdict }
    }

    /// Any other input.
    pub(super) const fn other(at: Timestamp, api: &'static str, input: &'e Input) -> Self {
        Self { at, api, input: DraftInput::Other(input), answer: None, verdict: None }
    }

    /// Writes the body of the record.
    pub(super) fn write(&self, names: &mut Names, sink: &mut impl Sink) {
        time(self.at, sink);
        sink.number(names.number(self.api));
        match self.input {
            DraftInput::Call(tag, made) => call(tag, made, sink),
            DraftInput::Other(input) => other(input, names, sink),
        }
        sink.number(self.answer.is_some().into());
        if let Some((status, body)) = self.answer {
            sink.number(status.as_u16().into());
            sink.text(body);
        }
        sink.number(self.verdict.is_some().into());
        if let Some(given) = self.verdict {
            verdict(given, names, sink);
        }
    }
}

fn time(at: Timestamp, sink: &mut impl Sink) {
    for part in [at.as_second(), at.subsec_nanosecond().into()] {
        sink.number(((part << 1) ^ (part >> 63)).cast_unsigned());
    }
}

fn call(tag: InputTag, call: &RawCall, sink: &mut impl Sink) {
    sink.number(tag as u64);
    sink.text(call.method.as_str().as_bytes());
    target(&call.uri, sink);
    sink.number(call.prefix_length as u64);
    headers(&call.headers, sink);
    sink.number(call.body.bytes().is_some().into());
    if let Some(body) = call.body.bytes() {
        sink.text(body);
    }
}

fn target(uri: &Uri, sink: &mut impl Sink) {
    sink.text(uri.scheme_str().unwrap_or_default().as_bytes());
    sink.text(uri.authority().map_or("", |authority| authority.as_str()).as_bytes());
    sink.text(uri.path_and_query().map_or("", |path| path.as_str()).as_bytes());
}

fn headers(headers: &HeaderMap, sink: &mut impl Sink) {
    sink.number(headers.len() as u64);
    for (name, value) in headers {
        sink.text(name.as_str().as_bytes());
        sink.text(value.as_bytes());
        sink.number(value.is_sensitive().into());
    }
}

fn other(input: &Input, names: &mut Names, sink: &mut impl Sink) {
    match input {
        Input::Call(made) => call(InputTag::Call, made, sink),
        Input::Control(made) => call(InputTag::Control, made, sink),
        Input::Advance(to) => {
            sink.number(InputTag::Advance as u64);
            time(*to, sink);
        }
        Input::Register(endpoint) => {
            sink.number(InputTag::Register as u64);
            sink.number(names.number(endpoint.api));
            sink.text(endpoint.url.as_bytes());
            sink.number(endpoint.headers.len() as u64);
            for (name, value) in &endpoint.headers {
                sink.text(name.as_bytes());
                sink.text(value.as_bytes());
            }
        }
        Input::Remove(id) => numbers(InputTag::Remove, &[*id], sink),
        Input::Enable => numbers(InputTag::Enable, &[], sink),
        Input::Fire(message) => {
            sink.number(InputTag::Fire as u64);
            sink.number(names.number(message.webhook));
            sink.text(message.request.as_bytes());
            sink.text(&message.body);
        }
        Input::Redeliver(id) => numbers(InputTag::Redeliver, &[*id], sink),
        Input::Taken(deliveries) => {
            numbers(InputTag::Taken, &[deliveries.len() as u64], sink);
            deliveries.iter().for_each(|delivery| sink.number(*delivery));
        }
        Input::Settled(id, outcome) => {
            numbers(InputTag::Settled, &[*id], sink);
            match outcome {
                AttemptOutcome::Status(status) => {
                    sink.number(0);
                    sink.number((*status).into());
                }
                AttemptOutcome::TimedOut => sink.number(1),
                AttemptOutcome::NoReply(reason) => {
                    sink.number(2);
                    sink.text(reason.as_bytes());
                }
            }
        }
    }
}

fn numbers(tag: InputTag, numbers: &[u64], sink: &mut impl Sink) {
    sink.number(tag as u64);
    numbers.iter().for_each(|number| sink.number(*number));
}

fn verdict(verdict: &Verdict, names: &mut Names, sink: &mut impl Sink) {
    sink.number(verdict.operation.is_some().into());
    if let Some(operation) = verdict.operation {
        sink.number(names.number(operation));
    }
    let (tag, name) = match verdict.outcome {
        Outcome::Served => (0, None),
        Outcome::Refused(notice) => (1, Some(notice)),
        Outcome::Faulty(notice) => (2, Some(notice)),
        Outcome::Exhausted(limit) => (3, Some(limit)),
    };
    sink.number(tag);
    if let Some(name) = name {
        sink.number(names.number(name));
    }
    sink.number(verdict.violations.len() as u64);
    verdict.violations.iter().for_each(|found| violation(found, sink));
    sink.number(verdict.ignored.len() as u64);
    verdict.ignored.iter().for_each(|name| sink.text(name.as_bytes()));
    sink.number(verdict.violations_omitted as u64);
    sink.number(verdict.ignored_omitted as u64);
    sink.number(verdict.nearest.len() as u64);
    for (method, path) in &verdict.nearest {
        sink.text(method.as_str().as_bytes());
        sink.number(names.number(path.as_str()));
    }
}

fn violation(violation: &Violation, sink: &mut impl Sink) {
    let segments = violation.pointer.segments();
    sink.number(segments.len() as u64);
    for segment in segments {
        match segment {
            Segment::Key(key) => {
                sink.number(0);
                sink.text(key.as_bytes());
            }
            Segment::Index(index) => {
                sink.number(1);
                sink.number(*index as u64);
            }
        }
    }
    for text in [&violation.keyword, &violation.expected, &violation.actual] {
        sink.text(text.as_bytes());
    }
}
