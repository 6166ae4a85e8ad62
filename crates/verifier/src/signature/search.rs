//! Makes the usual mistakes until one of them gives the signature that came.

use serde_json::Value;

use super::{
    BodyForm, Construction, KeyForm, MessageForm, Mistake, SignedBody,
    body_form::{self, Variant},
    writing::{self, Reading},
};

/// What gives the signature that came.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The mistakes that were made.
    pub(super) mistakes: Vec<Mistake>,
    /// The body that was signed.
    pub(super) signed_body: Vec<u8>,
}

/// The bytes that a search may hash are spent before every mistake was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spent;

/// Bytes that a search hashes at most.
pub(super) const HASHED_MAX_BYTES: usize = 64 * 1024 * 1024;

/// What may have been signed, part by part. The first of each part is the right one.
struct Parts {
    keys: Vec<(KeyForm, Vec<u8>)>,
    bodies: Vec<Variant>,
    messages: Vec<MessageForm>,
    constructions: Vec<Construction>,
}

/// One choice of each part, by its place.
#[derive(Clone, Copy)]
struct Choice {
    key: usize,
    body: usize,
    message: usize,
    construction: usize,
}

const RIGHT: Choice = Choice { key: 0, body: 0, message: 0, construction: 0 };

/// The fewest mistakes that give the signature; `None` where none of the usual ones does. It hashes so many bytes at
/// most.
pub(super) fn search(signed: &SignedBody<'_>, hashed_max_bytes: usize) -> Result<Option<Found>, Spent> {
    let Some(header) = signed.header else { return Ok(None) };
    let readings = writing::readings(header, signed.encoding);
    if readings.is_empty() {
        return Ok(None);
    }
    let parsed = serde_json::from_slice(signed.body).unwrap_or(Value::Null);
    let mut trial = Trial {
        signed,
        suffix: signed.effective_suffix(),
        parts: Parts::of(signed, &parsed),
        parsed,
        readings,
        bytes_left: hashed_max_bytes,
    };
    for choice in trial.parts.choices() {
        if let Some(found) = trial.try_choice(choice)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

impl Parts {
    fn of(signed: &SignedBody<'_>, parsed: &Value) -> Self {
        let keys = [KeyForm::AsGiven].into_iter().chain(KeyForm::WRONG);
        let exact = Variant { form: BodyForm::Exact, bytes: signed.body.to_vec() };
        let mut messages = vec![MessageForm::Documented];
        messages.extend(MessageForm::wrong(parsed, signed.signing.separator));
        Self {
            keys: keys.filter_map(|form| Some((form, form.of(signed.key)?))).collect(),
            bodies: std::iter::once(exact).chain(body_form::variants(signed.body, parsed)).collect(),
            messages,
            constructions: std::iter::once(Construction::Hmac).chain(Construction::WRONG).collect(),
        }
    }

    /// Every choice with at most two mistakes, those with fewer first.
    fn choices(&self) -> Vec<Choice> {
        let bodies = || 1..self.bodies.len();
        let messages = || 1..self.messages.len();
        let keys = || 1..self.keys.len();
        let constructions = || 1..self.constructions.len();
        let mut choices = vec![RIGHT];
        choices.extend(bodies().map(|body| Choice { body, ..RIGHT }));
        choices.extend(messages().map(|message| Choice { message, ..RIGHT }));
        choices.extend(keys().map(|key| Choice { key, ..RIGHT }));
        choices.extend(constructions().map(|construction| Choice { construction, ..RIGHT }));
        let pair =
            |message| constructions().map(move |construction| Choice { message, construction, ..RIGHT });
        choices.extend(messages().flat_map(pair));
        let pair = |key| messages().map(move |message| Choice { key, message, ..RIGHT });
        choices.extend(keys().flat_map(pair));
        let pair = |body| constructions().map(move |construction| Choice { body, construction, ..RIGHT });
        choices.extend(bodies().flat_map(pair));
        let pair = |body| keys().map(move |key| Choice { key, body, ..RIGHT });
        choices.extend(bodies().flat_map(pair));
        let pair = |body| messages().map(move |message| Choice { body, message, ..RIGHT });
        choices.extend(bodies().flat_map(pair));
        choices
    }
}

struct Trial<'a> {
    signed: &'a SignedBody<'a>,
    suffix: Option<String>,
    parts: Parts,
    parsed: Value,
    readings: Vec<Reading>,
    /// Bytes that may still be hashed.
    bytes_left: usize,
}

impl Trial<'_> {
    fn try_choice(&mut self, choice: Choice) -> Result<Option<Found>, Spent> {
        let (Some((key_form, key)), Some(body), Some(message_form), Some(&construction)) = (
            self.parts.keys.get(choice.key),
            self.parts.bodies.get(choice.body),
            self.parts.messages.get(choice.message),
            self.parts.constructions.get(choice.construction),
        ) else {
            return Ok(None);
        };
        if self.suffix.is_none() && !message_form.goes_without_suffix() {
            return Ok(None);
        }
        let suffix = self.suffix.as_deref().unwrap_or_default();
        let parts = message_form.parts(&body.bytes, &self.parsed, self.signed.signing.separator, suffix);
        let length_bytes = parts.iter().map(|part| part.len()).sum();
        self.bytes_left = self.bytes_left.checked_sub(length_bytes).ok_or(Spent)?;
        let digest = construction.digest(key, &parts.concat());
        let Some(reading) = self.readings.iter().find(|reading| reading.gives(&digest)) else {
            return Ok(None);
        };
        let mut mistakes = Vec::new();
        if choice.construction > 0 {
            mistakes.push(Mistake::Computed(construction));
        }
        if choice.body > 0 {
            mistakes.push(Mistake::Body(body.form));
        }
        if choice.message > 0 {
            mistakes.push(Mistake::Message(message_form.clone()));
        }
        if choice.key > 0 {
            mistakes.push(Mistake::Key(*key_form));
        }
        mistakes.extend(reading.mistakes.iter().cloned());
        Ok(Some(Found { mistakes, signed_body: body.bytes.clone() }))
    }
}
