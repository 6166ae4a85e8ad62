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

/// Bytes that a search hashes at most.
const HASHED_MAX_BYTES: usize = 64 * 1024 * 1024;

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

/// The fewest mistakes that give the signature.
pub(super) fn search(signed: &SignedBody<'_>) -> Option<Found> {
    let readings = writing::readings(signed.header?, signed.encoding);
    if readings.is_empty() {
        return None;
    }
    let parsed = serde_json::from_slice(signed.body).unwrap_or(Value::Null);
    let mut trial = Trial {
        signed,
        suffix: signed.effective_suffix(),
        parts: Parts::of(signed, &parsed),
        parsed,
        readings,
        hashed_bytes: 0,
    };
    trial.parts.choices().into_iter().find_map(|choice| trial.try_choice(choice))
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
    hashed_bytes: usize,
}

impl Trial<'_> {
    fn try_choice(&mut self, choice: Choice) -> Option<Found> {
        let (key_form, key) = self.parts.keys.get(choice.key)?;
        let body = self.parts.bodies.get(choice.body)?;
        let message_form = self.parts.messages.get(choice.message)?;
        let construction = *self.parts.constructions.get(choice.construction)?;
        if self.suffix.is_none() && !message_form.goes_without_suffix() {
            return None;
        }
        let suffix = self.suffix.as_deref().unwrap_or_default();
        let message = message_form.message(&body.bytes, &self.parsed, self.signed.signing.separator, suffix);
        self.hashed_bytes = self.hashed_bytes.saturating_add(message.len());
        if self.hashed_bytes > HASHED_MAX_BYTES {
            return None;
        }
        let digest = construction.digest(key, &message);
        let reading = self.readings.iter().find(|reading| reading.gives(&digest))?;
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
        Some(Found { mistakes, signed_body: body.bytes.clone() })
    }
}
