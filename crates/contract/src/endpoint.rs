//! One documented operation as a Rust type.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Basis, Refusal, Respond, Source};

/// One documented operation: its declaration, and the types of its request, reply and refusals.
///
/// A type that implements this has no values; it is the name of the operation. Use
/// [`Nothing`](crate::Nothing) where an operation takes or returns nothing.
pub trait Endpoint: 'static {
    /// Method, path, summary, authentication and source.
    const SPEC: Spec;
    /// The parameters in the path.
    type Path: DeserializeOwned + JsonSchema;
    /// The parameters in the query string.
    type Query: DeserializeOwned + JsonSchema;
    /// The JSON body of the request.
    type Body: DeserializeOwned + JsonSchema;
    /// The reply when the operation succeeds.
    type Reply: Respond;
    /// The documented ways in which the operation says no.
    type Refusal: Refusal;
}

/// What an operation declares besides its types.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The `operationId`, a verb in camel case.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path below the server's base, with `{parameter}` segments.
    pub path: &'static str,
    /// One line: what the operation does.
    pub summary: &'static str,
    /// What the operation does and promises beyond its summary, as Markdown in our own words.
    pub description: &'static str,
    /// The heading that operations of the same kind share.
    pub group: &'static str,
    /// How a caller proves who it is.
    pub auth: Auth,
    /// Status code of a success.
    pub status: u16,
    /// Whether the operation is served.
    pub availability: Availability,
    /// How we know.
    pub basis: Basis,
    /// Where it is documented.
    pub source: Source,
}

/// HTTP methods that the documents use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Read.
    Get,
    /// Create or act.
    Post,
    /// Update.
    Put,
    /// Cancel or remove.
    Delete,
}

impl Method {
    /// Every method, in the order in which `Allow` lists them.
    pub const ALL: [Self; 4] = [Self::Get, Self::Post, Self::Put, Self::Delete];

    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// The method with this name on the wire, if the documents use it.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// How a caller proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Auth {
    /// No proof is asked.
    None,
    /// `Authorization: Bearer …`.
    Bearer,
}

/// Whether an operation is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Availability {
    /// It is.
    Served,
    /// It is documented as not yet available: its path answers 404 until the named reading turns it on.
    Announced {
        /// The reading that turns it on.
        reading: &'static str,
    },
}
