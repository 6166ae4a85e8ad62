//! The front end for published documents: what their facts promise.

mod collector;
mod pages;
mod payload;
mod stated_type;

use super::{
    Edition, EditionError, FILE_BYTES_MAX,
    surface::{At, Dormant},
};
use crate::{
    Document, Span,
    text::{Encoding, Text},
};
use collector::surface_of;
use pages::PageRead;

/// What the error says was looked for.
const EXPECTED: &str = "no operation, webhook, table of fields, example, error code or test value";

/// Reads an edition from its pages.
pub(super) fn read(name: &str, documents: &[Document<'_>]) -> Result<Edition, EditionError> {
    let mut files = Vec::new();
    for document in documents {
        files.push((document.name.to_owned(), text_of(document)?));
    }
    let pages: Vec<PageRead> = documents.iter().map(|document| pages::read(document.bytes)).collect();
    let mut surface = surface_of(&pages);
    for (file, page) in pages.iter().enumerate() {
        surface.open_fences.extend(page.open_fence.map(|span| at(file, span)));
        for (span, inside) in &page.comments {
            let keys = surface_of(std::slice::from_ref(inside)).keys();
            if !keys.is_empty() {
                surface.dormant.push(Dormant { keys, at: at(file, *span) });
            }
        }
    }
    if surface.is_empty() && surface.dormant.is_empty() {
        return Err(EditionError::Nothing { name: name.to_owned(), expected: EXPECTED });
    }
    Ok(Edition { name: name.to_owned(), files, surface })
}

/// The text of a file. Fails where its bytes are no text, or too many.
pub(super) fn text_of(document: &Document<'_>) -> Result<Text<'static>, EditionError> {
    let file = document.name.to_owned();
    if document.bytes.len() > FILE_BYTES_MAX {
        return Err(EditionError::TooLarge { file, bytes: document.bytes.len() });
    }
    let text = Text::new(document.bytes);
    if text.encoding() == Encoding::Binary {
        Err(EditionError::Binary { file })
    } else {
        Ok(text.into_owned())
    }
}

const fn at(file: usize, span: Span) -> At {
    At { file, span, pointer: None }
}
