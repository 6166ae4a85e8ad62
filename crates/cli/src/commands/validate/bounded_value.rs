//! JSON values that are counted while they are read.

use std::{
    cell::Cell,
    fmt,
    io::{self, Read},
};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::input_file::ByteLimit;

/// Values, names of members included, that one payload has at most: with what may be wrong with each they fit into
/// memory.
pub(super) const VALUES_MAX: u32 = 200_000;

/// What is left for one payload.
#[derive(Debug)]
pub(super) struct Budget {
    limit: ByteLimit,
    bytes: Cell<u64>,
    values: Cell<u32>,
    exceeded: Cell<Option<Excess>>,
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// Bytes.
    Bytes(ByteLimit),
    /// Values.
    Values,
}

/// What a payload should have been.
impl fmt::Display for Excess {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(limit) => write!(formatter, "a payload of at most {limit} (--max-payload)"),
            Self::Values => write!(formatter, "a payload of at most {VALUES_MAX} values"),
        }
    }
}

impl Budget {
    /// A budget for a payload of so many bytes.
    pub(super) const fn new(limit: ByteLimit) -> Self {
        Self { limit, bytes: Cell::new(limit.0), values: Cell::new(VALUES_MAX), exceeded: Cell::new(None) }
    }

    /// The same for the next payload.
    pub(super) fn renew(&self) {
        self.bytes.set(self.limit.0);
        self.values.set(VALUES_MAX);
    }

    /// What a payload had too much of.
    pub(super) const fn exceeded(&self) -> Option<Excess> {
        self.exceeded.get()
    }

    fn take_value<E: Error>(&self) -> Result<(), E> {
        if let Some(left) = self.values.get().checked_sub(1) {
            self.values.set(left);
            return Ok(());
        }
        self.exceeded.set(Some(Excess::Values));
        Err(E::custom("too many values"))
    }
}

/// Bytes that are counted while they are read.
#[derive(Debug)]
pub(super) struct CountedBytes<'b, R> {
    pub(super) inner: R,
    pub(super) budget: &'b Budget,
}

impl<R: Read> Read for CountedBytes<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.bytes.get();
        if left == 0 {
            // A payload that ends here needs no more than white space, which is not told from others.
            self.budget.exceeded.set(Some(Excess::Bytes(self.budget.limit)));
            return Err(io::Error::other("too many bytes"));
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.inner.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.budget.bytes.set(left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX)));
        Ok(count)
    }
}

/// Reads one value within a budget.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundedValue<'b>(pub(super) &'b Budget);

impl<'de> DeserializeSeed<'de> for BoundedValue<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.take_value()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BoundedValue<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            object.insert(name, members.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}
