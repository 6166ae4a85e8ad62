//! What is read of documents at most, in one place.
//!
//! Places are 32 bits, and what is known of a page takes up to some dozen bytes for each of its bytes while the page
//! is read: these limits keep what one hostile document can cost.

/// Bytes of one document. Of a larger one nothing is read.
pub const DOCUMENT_BYTES_MAX: usize = 64 << 20;

/// Bytes of all documents of one run.
pub const RUN_BYTES_MAX: usize = 128 << 20;

/// Documents of one run, included files among them.
pub const DOCUMENTS_MAX: usize = 10_000;

/// Bytes of one JSON example that is parsed. A larger one is text, and a finding says so.
pub const EXAMPLE_BYTES_MAX: usize = 4 << 20;

/// Bytes of all JSON examples of one document that are parsed.
pub const EXAMPLES_BYTES_MAX: usize = 16 << 20;

/// A size as messages name it.
pub(crate) const fn mebibytes(bytes: usize) -> usize {
    bytes >> 20
}
