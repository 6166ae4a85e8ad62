//! One edition of an API's documents or schemas against another: what changed for those who call it.
//!
//! Two front ends, [`Edition::of_documents`] and [`Edition::of_open_api`], write down what an edition promises.
//! [`compare`] looks for what differs and judges each difference by the way that the value travels: what a client
//! sends, what it receives, what it is called with. Words, white space, order and layout are no promise, and give
//! nothing.
//!
//! ```
//! use estoppel_docs_check::{Document, edition::{Edition, Tier, compare}};
//! let page = |port: &str| format!("# Boats\n\n`GET /boats`\n\nKey | Description\n--|--\nname | Its name\n{port}");
//! let edition = |page: String| {
//!     Edition::of_documents("boats", &[Document { name: "boats.md", bytes: page.as_bytes() }])
//! };
//! let comparison = compare(&[edition(page("port | Its port\n"))?], &[edition(page(""))?]);
//! let change = &comparison.changes[0];
//! assert_eq!((change.rule, change.tier), ("DIFF-FIELD-REMOVED-UNSTATED", Tier::Breaking));
//! # Ok::<(), estoppel_docs_check::edition::EditionError>(())
//! ```

mod change;
mod compare;
mod documents;
mod error;
mod open_api;
mod rules;
mod surface;

use crate::{Document, text::Text};
use surface::Surface;

pub use change::{Change, Compared, Comparison, Direction, Side, Site};
pub use compare::compare;
pub use error::EditionError;
pub use rules::{ChangeRule, Tier, Verdict, rules};

/// Larger files are not read, in bytes.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// One edition, read.
#[derive(Debug)]
pub struct Edition {
    name: String,
    files: Vec<(String, Text<'static>)>,
    surface: Surface,
}

impl Edition {
    /// Reads an edition from its published documents, all pages together.
    ///
    /// Fails where a page is no text, is too large, or where all of them state nothing that could be compared.
    pub fn of_documents(name: &str, documents: &[Document<'_>]) -> Result<Self, EditionError> {
        documents::read(name, documents)
    }

    /// Reads an edition from an OpenAPI 3 document in JSON.
    ///
    /// Fails where it is no such document, is too large, or states nothing that could be compared.
    pub fn of_open_api(name: &str, document: &Document<'_>) -> Result<Self, EditionError> {
        open_api::read(name, document)
    }

    /// Reads an edition from JSON Schemas of models, one in each document.
    ///
    /// Fails where one is no JSON, is too large, or where there is none.
    pub fn of_schemas(name: &str, documents: &[Document<'_>]) -> Result<Self, EditionError> {
        open_api::read_schemas(name, documents)
    }

    /// Whether all of it stands inside HTML comments, so that it promises nothing.
    pub fn is_switched_off(&self) -> bool {
        self.surface.is_empty()
    }

    /// The name that it was given.
    pub fn name(&self) -> &str {
        &self.name
    }
}
