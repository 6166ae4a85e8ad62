//! The bytes of documents.

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use thiserror::Error;

/// A document's bytes, as they were received.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StoredDocument {
    /// Media type, by the first bytes.
    pub(crate) content_type: &'static str,
    /// The bytes.
    pub(crate) bytes: Bytes,
}

/// Shows no content.
impl std::fmt::Debug for StoredDocument {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "StoredDocument({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

/// Why a text is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum DocumentError {
    /// It is not base64.
    #[error("expected base64 without a data: prefix")]
    NotBase64,
    /// It is base64 of something else.
    #[error("expected a pdf, jpeg, tiff, gif or png")]
    UnknownFormat,
}

/// The first bytes of each accepted format.
const FORMATS: [(&[u8], &str); 7] = [
    (b"%PDF-", "application/pdf"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x89PNG\r\n\x1A\n", "image/png"),
];

impl StoredDocument {
    /// Decodes a document that a carrier sent (R46).
    pub(crate) fn decode(base64: &str) -> Result<Self, DocumentError> {
        let bytes = BASE64_STANDARD.decode(base64).map_err(|_| DocumentError::NotBase64)?;
        let format = FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic));
        let (_, content_type) = format.ok_or(DocumentError::UnknownFormat)?;
        Ok(Self { content_type, bytes: Bytes::from(bytes) })
    }

    /// A one-page PDF that names what it stands for.
    pub(crate) fn placeholder(title: &str) -> Self {
        let page = format!("BT /F1 24 Tf 72 720 Td ({title}) Tj ET");
        let pdf = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
             2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R\
             /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n\
             4 0 obj<</Length {}>>stream\n{page}\nendstream endobj\n\
             trailer<</Root 1 0 R>>\n%%EOF\n",
            page.len()
        );
        Self { content_type: "application/pdf", bytes: Bytes::from(pdf) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, DocumentError>) {
        let decoded = StoredDocument::decode(&BASE64_STANDARD.encode(bytes));
        assert_eq!(
            decoded.as_ref().map(|document| document.content_type),
            expected.as_ref().map(|kind| *kind)
        );
        if let Ok(document) = decoded {
            assert_eq!(document.bytes, bytes);
        }
    }

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        check(b"%PDF-1.7 x", Ok("application/pdf"));
        check(b"\x89PNG\r\n\x1A\nx", Ok("image/png"));
        check(b"GIF89a", Ok("image/gif"));
        check(b"II*\0", Ok("image/tiff"));
        check(b"\xFF\xD8\xFF\xE0", Ok("image/jpeg"));
        check(b"plain text", Err(DocumentError::UnknownFormat));
        check(b"", Err(DocumentError::UnknownFormat));
        check(&StoredDocument::placeholder("a title").bytes, Ok("application/pdf"));
    }

    #[test]
    fn what_is_not_base64_is_refused() {
        for text in ["%", "JVBERi0", "data:application/pdf;base64,JVBERi0x", "JVBERi0x\n"] {
            assert_eq!(StoredDocument::decode(text), Err(DocumentError::NotBase64), "{text}");
        }
    }
}
