//! From a raw call to what its operation sees.

use std::{borrow::Cow, sync::Arc};

use estoppel_contract::{
    Bounded, DecodeFailure, Decoded, Decoder, Endpoint, Invalid, JsonPointer, Method, PathMatch, Protocol,
    Refusal, Respond, Segment, Violation,
};
use http::header;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Conditions, Fault, Handler, Served};
use crate::{Behaviour, Body, Call, RawCall, UndeclaredMembers, negotiation};

/// What decodes the parts of an operation's calls.
pub(super) struct Decoders<E: Endpoint> {
    path: Decoder<E::Path>,
    query: Decoder<E::Query>,
    body: Decoder<E::Body>,
}

impl<E: Endpoint> Default for Decoders<E> {
    fn default() -> Self {
        Self { path: Decoder::default(), query: Decoder::default(), body: Decoder::default() }
    }
}

/// Decodes a call, hands it to its operation and encodes what comes back.
pub(super) fn serve<S: Behaviour, E: Endpoint>(
    decoders: &Decoders<E>,
    state: &mut S,
    call: &RawCall,
    path: &PathMatch<'_, '_>,
    conditions: Conditions<'_>,
    handler: Handler<S, E>,
) -> Result<Served, Fault> {
    let policy = state.policy();
    let Body::Complete(bytes) = &call.body else { return Err(Protocol::BodyTooLarge.into()) };
    let has_body = size_of::<E::Body>() > 0;
    let max = conditions.room.violations_max();
    let body = if has_body { body_of(decoders, call, bytes, max)? } else { empty()? };
    let query = if size_of::<E::Query>() > 0 {
        valid(decoders.query.parameters(call.query(), max))?
    } else {
        empty()?
    };
    let path = if size_of::<E::Path>() > 0 { path_of(&decoders.path, path, max)? } else { empty()?.value };
    if policy.undeclared_members == UndeclaredMembers::Refused && !body.ignored.is_empty() {
        let Bounded { first, omitted } = body.ignored;
        let violations = first.iter().map(|name| {
            let pointer: JsonPointer = name.split('.').map(|key| Segment::Key(key.to_owned())).collect();
            Violation::new(pointer, "additionalProperties", "no such member", &Value::Null)
        });
        return Err(Fault::Invalid(Bounded { first: violations.collect(), omitted }));
    }
    let Conditions { now, base_url, .. } = conditions;
    let typed = Call { path, query: query.value, body: body.value, now, base_url: Arc::clone(base_url) };
    match handler(state, typed) {
        Ok(reply) => {
            let encoded = reply.encode().map_err(|_| Protocol::Internal)?;
            Ok(Served { encoded, ignored: body.ignored })
        }
        Err(refusal) => Err(match refusal.reason() {
            Ok(notice) => Fault::Refused(notice),
            Err(Invalid(violations)) => Fault::Invalid(Bounded::of(violations, max)),
        }),
    }
}

fn body_of<E: Endpoint>(
    decoders: &Decoders<E>,
    call: &RawCall,
    bytes: &[u8],
    max: usize,
) -> Result<Decoded<E::Body>, Fault> {
    if bytes.is_empty() && E::SPEC.method == Method::Delete {
        let nothing = Violation::new(JsonPointer::root(), "required", "a JSON object", &Value::Null);
        return Err(Protocol::Invalid(vec![nothing]).into());
    }
    if !negotiation::is_json(call.header(&header::CONTENT_TYPE)) {
        return Err(Protocol::UnsupportedMediaType.into());
    }
    valid(decoders.body.body(bytes, max))
}

fn path_of<P: DeserializeOwned + JsonSchema>(
    decoder: &Decoder<P>,
    path: &PathMatch<'_, '_>,
    max: usize,
) -> Result<P, Fault> {
    let plain = path.parameters().all(|(_, value)| !value.contains('%'));
    if plain {
        let pairs = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(path.parameters());
        if let Ok(value) = P::deserialize(pairs) {
            return Ok(value);
        }
    }
    let parameters = path.parameters().map(|(name, value)| {
        (Cow::Borrowed(name), percent_encoding::percent_decode_str(value).decode_utf8_lossy())
    });
    valid(decoder.parameters(parameters, max)).map(|decoded| decoded.value)
}

fn valid<T>(decoded: Result<Decoded<T>, DecodeFailure>) -> Result<Decoded<T>, Fault> {
    decoded.map_err(|failure| match failure {
        DecodeFailure::Malformed => Fault::Protocol(Protocol::MalformedBody),
        DecodeFailure::Invalid(violations) => Fault::Invalid(violations),
    })
}

/// The value of a request part that holds nothing.
fn empty<T: DeserializeOwned>() -> Result<Decoded<T>, Fault> {
    let nothing = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(std::iter::empty::<(
        &str,
        &str,
    )>());
    let value = T::deserialize(nothing).map_err(|_| Protocol::Internal)?;
    Ok(Decoded { value, ignored: Bounded::default() })
}
