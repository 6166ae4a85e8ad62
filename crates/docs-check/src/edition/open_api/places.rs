//! Where in the text of a JSON document each of its members stands.

use std::collections::BTreeMap;

use crate::{Span, edition::surface::At, lenient_json, text::Text};

/// Places by JSON pointer.
#[derive(Debug)]
pub(super) struct Places {
    members: BTreeMap<String, Span>,
    whole: Span,
}

impl Places {
    pub(super) fn of(text: &Text<'_>) -> Self {
        let reading = lenient_json::read(text.as_str(), 0);
        let place = |span: Span| text.in_source(span);
        let members =
            reading.members.into_iter().map(|member| (member.pointer.into(), place(member.key_span)));
        Self { members: members.collect(), whole: text.trim(Span::new(0, text.as_str().len().min(1))) }
    }

    /// The place of a member; of an item of a list, that of the list.
    pub(super) fn at(&self, file: usize, pointer: &str) -> At {
        let mut known = pointer;
        let span = loop {
            if let Some(span) = self.members.get(known) {
                break *span;
            }
            match known.rsplit_once('/') {
                Some((parent, _)) => known = parent,
                None => break self.whole,
            }
        };
        At { file, span, pointer: Some(pointer.to_owned()) }
    }
}
