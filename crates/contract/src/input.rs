//! From the bytes of a request to its types, with every fault named.

use std::{borrow::Cow, fmt, marker::PhantomData, sync::OnceLock};

use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::{Map, Value};

use crate::{
    Bounded, Checker, Direction, JsonPointer, Optional, Violation, anything::Anything, checker::Sample,
    schema,
};

/// A decoded request part.
#[derive(Debug)]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// Members that the contract does not name, which were ignored.
    pub ignored: Bounded<String>,
}

/// Why a request part has no value.
#[derive(Debug)]
pub enum DecodeFailure {
    /// It is not JSON.
    Malformed,
    /// It is JSON, and breaks the contract here.
    Invalid(Bounded<Violation>),
}

/// Decodes one part of a request. The schema decides: what it accepts is decoded, what it refuses is refused with
/// every violation. Of violations and of members that are ignored the first `names_max` are kept and the others counted.
///
/// The schema is made when it is first needed, and once.
#[derive(Debug)]
pub struct Decoder<T> {
    checker: OnceLock<Result<Checker, String>>,
    part: PhantomData<fn() -> T>,
}

impl<T> Default for Decoder<T> {
    fn default() -> Self {
        Self { checker: OnceLock::new(), part: PhantomData }
    }
}

impl<T: DeserializeOwned + JsonSchema> Decoder<T> {
    /// Decodes a JSON body.
    ///
    /// A body that a typed parse takes at once never meets the schema; the two agree, which tests hold.
    pub fn body(&self, body: &[u8], names_max: usize) -> Result<Decoded<T>, DecodeFailure> {
        // Text is checked at once, which is quicker than string by string.
        let text = str::from_utf8(body).map_err(|_| DecodeFailure::Malformed)?;
        let mut ignored = Bounded::default();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let typed = serde_ignored::deserialize(&mut deserializer, |path| {
            ignored.push_with(names_max, || path.to_string());
        })
        .map(|ObjectOnly(value)| value);
        if let Ok(value) = typed
            && deserializer.end().is_ok()
            && (ignored.is_empty() || serde_json::from_str::<Anything>(text).is_ok())
        {
            return Ok(Decoded { value, ignored });
        }
        self.faulty(text, names_max)
    }

    /// Names the faults of a body that no typed parse takes. What is only long is not held in memory.
    fn faulty(&self, text: &str, names_max: usize) -> Result<Decoded<T>, DecodeFailure> {
        let checker = self.checker()?;
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let sample = Sample::of(checker, &mut deserializer, names_max);
        let sample = sample.and_then(|sample| deserializer.end().map(|()| sample));
        let mut sample = sample.map_err(|_| DecodeFailure::Malformed)?;
        let violations = checker.check_sample(&sample, names_max);
        if !violations.is_empty() {
            return Err(DecodeFailure::Invalid(violations));
        }
        if sample.is_cut() {
            // The fault is one of an array as a whole, such as its length; or there is none, as where a member is there
            // twice.
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let whole = Sample::with_all_items(checker, &mut deserializer, names_max);
            sample = whole.map_err(|_| DecodeFailure::Malformed)?;
        }
        let mut decoded = self.value(sample.value, names_max)?;
        decoded.ignored.omitted += sample.undeclared_omitted;
        Ok(decoded)
    }

    /// Decodes path or query parameters, all of them text, by the types that the schema gives them.
    pub fn parameters<'a>(
        &self,
        parameters: impl IntoIterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
        names_max: usize,
    ) -> Result<Decoded<T>, DecodeFailure> {
        let schema = self.checker()?.schema();
        let mut object = Map::new();
        for (name, text) in parameters {
            let value = typed_parameter(schema, &name, &text);
            match object.get_mut(name.as_ref()) {
                None => drop(object.insert(name.into_owned(), value)),
                Some(Value::Array(values)) => values.push(value),
                Some(first) => *first = Value::Array(vec![first.take(), value]),
            }
        }
        self.value(Value::Object(object), names_max)
    }

    fn value(&self, document: Value, names_max: usize) -> Result<Decoded<T>, DecodeFailure> {
        let checker = self.checker()?;
        let violations = checker.check_first(&document, names_max);
        if !violations.is_empty() {
            return Err(DecodeFailure::Invalid(violations));
        }
        let ignored = Bounded::of(checker.undeclared(&document), names_max);
        let ignored =
            Bounded { first: ignored.first.into_iter().cloned().collect(), omitted: ignored.omitted };
        match serde_json::from_value(document) {
            Ok(value) => Ok(Decoded { value, ignored }),
            Err(error) => Err(fault("type", error.to_string())),
        }
    }

    fn checker(&self) -> Result<&Checker, DecodeFailure> {
        let made = self.checker.get_or_init(|| Checker::new(schema::standalone::<T>(Direction::Request)));
        made.as_ref().map_err(|error| fault("$schema", error.clone()))
    }
}

/// A fault of the whole part.
fn fault(keyword: &str, expected: String) -> DecodeFailure {
    let violation = Violation::new(JsonPointer::root(), keyword, expected, &Value::Null);
    DecodeFailure::Invalid(Bounded { first: vec![violation], omitted: 0 })
}

/// For `deserialize_with` on a field that holds an object: serde also takes an array of the members' values, which
/// no schema does.
pub fn optional_object<'de, D, T>(deserializer: D) -> Result<Optional<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    ObjectOnly::deserialize(deserializer).map(|ObjectOnly(value)| Optional::Present(value))
}

/// For `deserialize_with` on a field that holds a list of objects; see [`optional_object`].
pub fn objects<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let objects = Vec::<ObjectOnly<T>>::deserialize(deserializer)?;
    Ok(objects.into_iter().map(|ObjectOnly(value)| value).collect())
}

/// A value that is written as a JSON object.
struct ObjectOnly<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ObjectOnly<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
            type Value = T;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members))
            }
        }

        deserializer.deserialize_map(Object(PhantomData)).map(Self)
    }
}

/// The JSON value of a parameter: a number or boolean where the schema wants one and the text is one.
fn typed_parameter(schema: &Value, name: &str, text: &str) -> Value {
    let declared = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    let object = declared.and_then(|target| schema.pointer(target)).unwrap_or(schema);
    let wanted = object
        .pointer(&format!("/properties/{}/type", name.replace('~', "~0").replace('/', "~1")))
        .and_then(Value::as_str);
    match wanted {
        Some("integer" | "number") => text
            .parse::<i64>()
            .map(Value::from)
            .or_else(|_| text.parse::<f64>().map(Value::from))
            .unwrap_or_else(|_| text.into()),
        Some("boolean") => text.parse::<bool>().map_or_else(|_| text.into(), Value::from),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema)]
    struct Body {
        name: String,
        #[serde(default)]
        #[expect(dead_code, reason = "only its parse matters")]
        count: Optional<u8>,
    }

    fn check(body: &str, expected: Result<(&str, usize), Option<usize>>) {
        let actual = match Decoder::<Body>::default().body(body.as_bytes(), 100) {
            Ok(decoded) => Ok((decoded.value.name, decoded.ignored.total())),
            Err(DecodeFailure::Malformed) => Err(None),
            Err(DecodeFailure::Invalid(violations)) => Err(Some(violations.total())),
        };
        assert_eq!(actual, expected.map(|(name, ignored)| (name.to_owned(), ignored)), "{body}");
    }

    #[test]
    fn bodies_are_decoded_or_every_fault_is_named() {
        check(r#"{"name":"a"}"#, Ok(("a", 0)));
        check(r#"{"name":"a","other":{"deep":1}}"#, Ok(("a", 1)));
        check(r#"{"name":"a","name":"b"}"#, Ok(("b", 0)));
        check(r#"{"name":"a","other":[1,{"x":1}],"name":"b"}"#, Ok(("b", 1)));
        check(r#"{"name":null,"count":null}"#, Err(Some(2)));
        check(r#"{"name":"a"} x"#, Err(None));
        check(r#"{"name":"a","other":1e999}"#, Err(None));
        check(&format!(r#"{{"name":"a","other":{}{}}}"#, "[".repeat(999), "]".repeat(999)), Err(None));
        check("", Err(None));
        check("[]", Err(Some(1)));
        check(r#"["a"]"#, Err(Some(1)));
    }

    #[test]
    fn names_beyond_the_limit_are_counted_and_not_kept() {
        let members: String = (0..100_000).map(|number| format!(r#""x{number}":1,"#)).collect();
        let body = format!(r#"{{{members}"name":"a"}}"#);
        let decoded = Decoder::<Body>::default().body(body.as_bytes(), 3).unwrap();
        assert_eq!(decoded.ignored.first, ["x0", "x1", "x2"]);
        assert_eq!(decoded.ignored.omitted, 99_997);
        let body = format!(r#"{{{members}"name":"a","name":"b"}}"#);
        let decoded = Decoder::<Body>::default().body(body.as_bytes(), 3).unwrap();
        assert_eq!((decoded.ignored.first.len(), decoded.ignored.omitted), (3, 99_997));
    }

    #[test]
    fn text_that_is_not_utf8_is_no_json() {
        let failure = Decoder::<Body>::default().body(b"{\"name\":\"\xff\"}", 3).unwrap_err();
        assert!(matches!(failure, DecodeFailure::Malformed), "{failure:?}");
    }
}
