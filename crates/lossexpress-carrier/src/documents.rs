//! Documents on claims.

mod document_types;
mod stored_document;

pub(crate) mod add_document;
pub(crate) mod fetch_document;

pub use add_document::{AddDocument, AddedDocument, NewDocument};
pub(crate) use document_types::DocumentTypes;
pub use fetch_document::{DocumentPath, FetchDocument};
pub(crate) use stored_document::StoredDocument;
