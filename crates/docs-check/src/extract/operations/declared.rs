//! Whether a request with values in its path calls a declared operation.

use std::collections::BTreeMap;

use crate::Operation;

/// The paths of declared operations, part by part.
#[derive(Debug, Default)]
pub(super) struct Declared<'o> {
    methods: BTreeMap<&'o str, Part<'o>>,
}

#[derive(Debug, Default)]
struct Part<'o> {
    words: BTreeMap<&'o str, Part<'o>>,
    /// After a parameter, which any value fits.
    value: Option<Box<Part<'o>>>,
    ends: bool,
}

/// Parts that one call is compared with at most: paths that fork at every part are no API's.
const PARTS_MAX: usize = 4_096;

/// Paths of more parts are none of an operation.
const DEPTH_MAX: usize = 128;

impl<'o> Declared<'o> {
    pub(super) fn new(operations: &'o [Operation]) -> Self {
        let mut declared = Self::default();
        for operation in operations.iter().filter(|operation| depth(operation) <= DEPTH_MAX) {
            let mut part = declared.methods.entry(&operation.method).or_default();
            for word in operation.path.split('/') {
                let value = word.starts_with(':') || word.contains(['{', '<']);
                part = if value {
                    part.value.get_or_insert_default()
                } else {
                    part.words.entry(word).or_default()
                };
            }
            part.ends = true;
        }
        declared
    }

    /// Whether a declared operation has the method, and a path that the call's fits.
    pub(super) fn knows(&self, call: &Operation) -> bool {
        let Some(first) = self.methods.get(call.method.as_str()).filter(|_| depth(call) <= DEPTH_MAX) else {
            return false;
        };
        let words: Vec<&str> = call.path.split('/').collect();
        let mut open = vec![(first, 0)];
        let mut compared = 0;
        while let Some((part, at)) = open.pop() {
            let Some(word) = words.get(at) else {
                if part.ends {
                    return true;
                }
                continue;
            };
            compared += 1;
            if compared > PARTS_MAX {
                return false;
            }
            open.extend(part.value.as_deref().map(|next| (next, at + 1)));
            open.extend(part.words.get(word).map(|next| (next, at + 1)));
        }
        false
    }
}

fn depth(operation: &Operation) -> usize {
    operation.path.matches('/').count()
}
