//! A claim with its JSON, which is written once and sent many times.

use std::{borrow::Cow, ops::Deref, sync::OnceLock};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::value::{RawValue, to_raw_value};

use super::Claim;

/// A claim that remembers its JSON until it changes.
#[derive(Debug)]
pub struct RenderedClaim {
    claim: Claim,
    json: OnceLock<Box<RawValue>>,
}

impl RenderedClaim {
    /// The claim alone.
    pub(crate) fn into_claim(self) -> Claim {
        self.claim
    }

    /// The claim, to be changed; its JSON is forgotten.
    pub(crate) fn change(&mut self) -> &mut Claim {
        self.json = OnceLock::new();
        &mut self.claim
    }
}

impl From<Claim> for RenderedClaim {
    fn from(claim: Claim) -> Self {
        Self { claim, json: OnceLock::new() }
    }
}

impl Clone for RenderedClaim {
    fn clone(&self) -> Self {
        Self::from(self.claim.clone())
    }
}

impl PartialEq for RenderedClaim {
    fn eq(&self, other: &Self) -> bool {
        self.claim == other.claim
    }
}

impl Eq for RenderedClaim {}

impl Deref for RenderedClaim {
    type Target = Claim;

    fn deref(&self) -> &Claim {
        &self.claim
    }
}

impl Serialize for RenderedClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(json) = self.json.get() {
            return json.serialize(serializer);
        }
        let json = to_raw_value(&self.claim).map_err(ser::Error::custom)?;
        self.json.get_or_init(|| json).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RenderedClaim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Claim::deserialize(deserializer).map(Self::from)
    }
}

impl JsonSchema for RenderedClaim {
    fn schema_name() -> Cow<'static, str> {
        Claim::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Claim::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Claim::json_schema(generator)
    }
}
