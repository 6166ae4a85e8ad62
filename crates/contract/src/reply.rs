//! What an operation answers with.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Direction, Schemas};

/// A request part or reply that holds nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Nothing {}

/// The bytes of a reply and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded<B = Vec<u8>> {
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: B,
}

/// A type that can be the reply of an operation: any serializable model, or a [`File`].
pub trait Respond {
    /// Whether the body is JSON; otherwise it is raw bytes.
    const IS_JSON: bool;

    /// The schema of the body, collected into `schemas`; `None` for raw bytes.
    fn schema(schemas: &mut Schemas) -> Option<schemars::Schema>;

    /// The body as bytes.
    fn encode(self) -> Result<Encoded, serde_json::Error>;
}

/// Size that holds most replies without growing, in bytes.
const REPLY_CAPACITY_BYTES: usize = 2048;

impl<T: Serialize + JsonSchema> Respond for T {
    const IS_JSON: bool = true;

    fn schema(schemas: &mut Schemas) -> Option<schemars::Schema> {
        Some(schemas.collect::<T>(Direction::Reply))
    }

    fn encode(self) -> Result<Encoded, serde_json::Error> {
        let mut body = Vec::with_capacity(REPLY_CAPACITY_BYTES);
        serde_json::to_writer(&mut body, &self)?;
        Ok(Encoded { content_type: "application/json; charset=utf-8", body })
    }
}

/// A stored file, served byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Media type of the bytes.
    pub content_type: &'static str,
    /// The bytes as they were received.
    pub bytes: Vec<u8>,
}

/// Shows no content.
impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "File({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

impl Respond for File {
    const IS_JSON: bool = false;

    fn schema(_schemas: &mut Schemas) -> Option<schemars::Schema> {
        None
    }

    fn encode(self) -> Result<Encoded, serde_json::Error> {
        Ok(Encoded { content_type: self.content_type, body: self.bytes })
    }
}
