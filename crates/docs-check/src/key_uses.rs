//! The keys of all examples, each once, with what several rules ask of it.

use std::collections::BTreeMap;

use crate::{corpus::Page, rules::key_types};

/// Every key of an example.
pub(crate) type KeyUses = BTreeMap<String, KeyUse>;

/// How examples use a key.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeyUse {
    /// The kinds of values that it shows.
    pub(crate) kinds: key_types::Kinds,
    /// Whether an example has it of which it is certain what it says.
    pub(crate) certain: bool,
}

/// Looks at every member once.
pub(crate) fn find(pages: &[Page]) -> KeyUses {
    let mut uses = KeyUses::new();
    for read in pages {
        for example in &read.facts.examples {
            let certain = example.is_certain();
            for member in &example.members {
                let kind = key_types::kind(read, example, member);
                let known = match uses.get_mut(member.key.as_str()) {
                    Some(known) => known,
                    None => uses.entry(member.key.to_string()).or_default(),
                };
                known.certain |= certain;
                known.kinds.extend(kind);
            }
        }
    }
    uses
}
