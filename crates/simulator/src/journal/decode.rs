//! From a record back to its entry.

use std::sync::Arc;

use bytes::Bytes;
use estoppel_contract::{JsonPointer, Method, PathTemplate, Segment, Violation};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, uri::Parts};
use jiff::{SignedDuration, Timestamp};

use super::{
    Entry, Input,
    record::{Header, InputTag},
};
use crate::{AttemptOutcome, Body, Message, NewEndpoint, Outcome, RawCall, Verdict};

/// The entry of a record; none where the bytes are no record of a journal with these names.
pub(super) fn decode(record: &[u8], names: &[&'static str]) -> Option<Entry> {
    let (header, rest) = Header::read(record)?;
    let mut body = Reader { rest, names };
    let entry = Entry {
        sequence: header.sequence,
        at: body.time()?,
        api: body.name()?,
        input: body.input()?,
        answer: body.optional(|body| Some((body.status()?, body.copied()?)))?,
        verdict: body.optional(Reader::verdict)?,
    };
    body.rest.is_empty().then_some(entry)
}

/// What is left of a record.
struct Reader<'r> {
    rest: &'r [u8],
    names: &'r [&'static str],
}

impl<'r> Reader<'r> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn bytes(&mut self) -> Option<&'r [u8]> {
        let length = self.count()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    fn copied(&mut self) -> Option<Bytes> {
        self.bytes().map(Bytes::copy_from_slice)
    }

    fn text(&mut self) -> Option<&'r str> {
        str::from_utf8(self.bytes()?).ok()
    }

    fn owned(&mut self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    fn name(&mut self) -> Option<&'static str> {
        let number = self.count()?;
        self.names.get(number).copied()
    }

    fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.number()? {
            0 => Some(None),
            1 => read(self).map(Some),
            _ => None,
        }
    }

    fn list<T, C: FromIterator<T>>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<C> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }

    fn time(&mut self) -> Option<Timestamp> {
        let mut part = || {
            let number = self.number()?;
            Some((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
        };
        let (seconds, nanoseconds) = (part()?, part()?);
        let since = SignedDuration::new(seconds, i32::try_from(nanoseconds).ok()?);
        Timestamp::from_duration(since).ok()
    }

    fn status(&mut self) -> Option<StatusCode> {
        StatusCode::from_u16(self.number()?.try_into().ok()?).ok()
    }

    fn input(&mut self) -> Option<Input> {
        let tag = self.number()?;
        Some(match InputTag::ALL.into_iter().find(|known| *known as u64 == tag)? {
            InputTag::Call => Input::Call(Box::new(self.call()?)),
            InputTag::Control => Input::Control(Box::new(self.call()?)),
            InputTag::Advance => Input::Advance(self.time()?),
            InputTag::Register => Input::Register(NewEndpoint {
                api: self.name()?,
                url: self.owned()?,
                headers: self.list(|body| Some((body.owned()?, body.owned()?)))?,
            }),
            InputTag::Remove => Input::Remove(self.number()?),
            InputTag::Enable => Input::Enable,
            InputTag::Fire => Input::Fire(Message {
                webhook: self.name()?,
                request: Arc::from(self.text()?),
                body: self.copied()?,
            }),
            InputTag::Redeliver => Input::Redeliver(self.number()?),
            InputTag::Taken => Input::Taken(self.list(Self::number)?),
            InputTag::Settled => Input::Settled(self.number()?, self.outcome()?),
        })
    }

    fn outcome(&mut self) -> Option<AttemptOutcome> {
        Some(match self.number()? {
            0 => AttemptOutcome::Status(self.number()?.try_into().ok()?),
            1 => AttemptOutcome::TimedOut,
            2 => AttemptOutcome::NoReply(self.owned()?),
            _ => return None,
        })
    }

    fn call(&mut self) -> Option<RawCall> {
        Some(RawCall {
            method: http::Method::from_bytes(self.bytes()?).ok()?,
            uri: self.target()?,
            prefix_length: self.count()?,
            headers: self.headers()?,
            body: self.optional(Self::copied)?.map_or(Body::TooLarge, Body::Complete),
        })
    }

    fn target(&mut self) -> Option<Uri> {
        let mut parts = Parts::default();
        let (scheme, authority, path) = (self.text()?, self.text()?, self.text()?);
        if !scheme.is_empty() {
            parts.scheme = Some(scheme.parse().ok()?);
        }
        if !authority.is_empty() {
            parts.authority = Some(authority.parse().ok()?);
        }
        if !path.is_empty() {
            parts.path_and_query = Some(path.parse().ok()?);
        }
        Uri::from_parts(parts).ok()
    }

    fn headers(&mut self) -> Option<HeaderMap> {
        let count = self.count()?;
        // A journal's own count is true; one of foreign bytes is not to be trusted with memory.
        let mut headers = HeaderMap::with_capacity(count.min(64));
        for _ in 0..count {
            let name = HeaderName::from_bytes(self.bytes()?).ok()?;
            let mut value = HeaderValue::from_bytes(self.bytes()?).ok()?;
            value.set_sensitive(self.number()? == 1);
            headers.try_append(name, value).ok()?;
        }
        Some(headers)
    }

    fn verdict(&mut self) -> Option<Verdict> {
        Some(Verdict {
            operation: self.optional(Self::name)?,
            outcome: match self.number()? {
                0 => Outcome::Served,
                1 => Outcome::Refused(self.name()?),
                2 => Outcome::Faulty(self.name()?),
                3 => Outcome::Exhausted(self.name()?),
                _ => return None,
            },
            violations: self.list(Self::violation)?,
            ignored: self.list(Self::owned)?,
            violations_omitted: self.count()?,
            ignored_omitted: self.count()?,
            nearest: self
                .list(|body| Some((Method::from_wire(body.text()?)?, PathTemplate::new(body.name()?))))?,
        })
    }

    fn violation(&mut self) -> Option<Violation> {
        let pointer: JsonPointer = self.list(|body| match body.number()? {
            0 => body.owned().map(Segment::Key),
            1 => body.count().map(Segment::Index),
            _ => None,
        })?;
        Some(Violation { pointer, keyword: self.owned()?, expected: self.owned()?, actual: self.owned()? })
    }
}
