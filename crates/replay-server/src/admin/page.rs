//! Lists in pages: so many items, and no more bytes than a response may have.

use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::AdminError;
use crate::limits::{Limit, Limits};

/// Items of a page unless another number is asked for.
const COUNT_DEFAULT: usize = 100;
/// Most items of a page.
const COUNT_MAX: usize = 1_000;
/// Bytes that a response holds besides its items, and for each of them.
const FRAME_BYTES: usize = 4_096;

/// How many items a page has, if the number is one.
pub(super) fn count(limit: Option<usize>) -> Result<usize, AdminError> {
    let asked = limit.unwrap_or(COUNT_DEFAULT);
    if (1..=COUNT_MAX).contains(&asked) {
        return Ok(asked);
    }
    Err(AdminError::new(
        StatusCode::BAD_REQUEST,
        format!("`limit` is {asked}, and not a number from 1 to {COUNT_MAX}"),
        "ask for further pages as `next` says",
    ))
}

/// Items of a page, as JSON, as many as fit.
#[derive(Debug)]
pub(super) struct Page {
    items: Vec<Box<RawValue>>,
    room: usize,
}

impl Page {
    /// An empty page of a response.
    pub(super) fn new(limits: &Limits) -> Self {
        Self { items: Vec::new(), room: limits.count(Limit::ResponseBytes).saturating_sub(FRAME_BYTES) }
    }

    /// Adds an item if it fits; says whether it does. The first one is taken however long it is: nobody would get beyond
    /// it.
    pub(super) fn push(&mut self, item: &impl Serialize) -> bool {
        let Ok(json) = to_raw_value(item) else { return true };
        let Some(room) = self.room.checked_sub(json.get().len() + 1) else {
            if self.items.is_empty() {
                self.items.push(json);
                self.room = 0;
                return true;
            }
            return false;
        };
        self.room = room;
        self.items.push(json);
        true
    }

    /// How many items it has.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The items, in the order in which they were added.
    pub(super) fn items(self) -> Vec<Box<RawValue>> {
        self.items
    }

    /// The items, the last one first.
    pub(super) fn reversed(mut self) -> Vec<Box<RawValue>> {
        self.items.reverse();
        self.items
    }
}

/// A JSON response.
pub(super) fn reply(body: &impl Serialize) -> Response {
    let mut response = match serde_json::to_vec(body) {
        Ok(json) => Response::new(Body::from(json)),
        Err(_) => {
            let mut failed = Response::new(Body::empty());
            *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            failed
        }
    };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_as_many_items_as_fit() {
        let mut limits = Limits::default();
        limits.set("response-bytes", "65536").unwrap();
        let check = |length: usize, expected: usize| {
            let mut page = Page::new(&limits);
            let item = "x".repeat(length);
            while page.len() < 100 && page.push(&item) {}
            assert_eq!(page.items().len(), expected);
        };
        check(10, 100);
        check(10_000, 6);
        check(100_000, 1);
    }
}
