//! What has to be done so that the generated files of a folder are those that the contracts give.

use std::collections::{BTreeMap, BTreeSet};

use estoppel_artifacts::{Difference, differences};

use super::{
    folder::{Entry, Folder},
    manifest::{ContentHash, Manifest, NAME},
};
use crate::Failure;

/// What has to be done, and what stands in the way.
#[derive(Debug)]
pub(super) struct Plan {
    /// How the folder differs from what it should hold.
    pub(super) differences: Vec<Difference>,
    /// Files to write.
    pub(super) writes: Vec<String>,
    /// Files to remove: they were generated once, and nobody changed them.
    pub(super) removals: Vec<String>,
    /// What is not replaced or removed unless it is asked for.
    pub(super) conflicts: Vec<Conflict>,
    /// What others put there.
    pub(super) others: Vec<String>,
}

/// A file that is not as it was generated, or that was never generated.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    /// Its path below the folder.
    pub(super) name: String,
    /// What it is.
    pub(super) what: &'static str,
    /// What helps.
    pub(super) cure: Cure,
}

/// What helps against a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cure {
    /// `--force` replaces it.
    Force,
    /// Only the user can move it away.
    ByHand,
}

const CHANGED: &str = "changed since it was generated";

impl Plan {
    /// Compares a folder with what it should hold. Nothing is changed.
    pub(super) fn new(
        folder: &Folder<'_>,
        generated: &BTreeMap<String, String>,
        manifest: &Manifest,
    ) -> Result<Self, Failure> {
        let mut plan = Self {
            differences: Vec::new(),
            writes: Vec::new(),
            removals: Vec::new(),
            conflicts: Vec::new(),
            others: Vec::new(),
        };
        let mut committed = BTreeMap::new();
        for (name, text) in generated {
            let entry = folder.look(name)?;
            plan.compare(name, text, &entry, manifest);
            keep(&mut committed, name, entry);
        }
        for name in manifest.names().filter(|name| !generated.contains_key(*name)) {
            let entry = folder.look(name)?;
            plan.give_up(name, &entry, manifest);
            keep(&mut committed, name, entry);
        }
        let known: BTreeSet<&str> = generated.keys().map(String::as_str).chain(manifest.names()).collect();
        plan.others = folder.others(&known)?;
        plan.differences = differences(generated, &committed);
        Ok(plan)
    }

    fn compare(&mut self, name: &str, text: &str, entry: &Entry, manifest: &Manifest) {
        let conflict = |what, cure| Conflict { name: name.to_owned(), what, cure };
        match entry {
            Entry::File(bytes) if bytes == text.as_bytes() => {}
            Entry::Missing => self.writes.push(name.to_owned()),
            Entry::Foreign(what) => self.conflicts.push(conflict(what, Cure::ByHand)),
            // The manifest is the tool's own, whatever is in it.
            Entry::File(_) if name == NAME => self.writes.push(name.to_owned()),
            Entry::File(bytes) => match manifest.hash(name) {
                Some(hash) if *hash == ContentHash::of(bytes) => self.writes.push(name.to_owned()),
                Some(_) => self.conflicts.push(conflict(CHANGED, Cure::Force)),
                None => self.conflicts.push(conflict("a file that was not generated", Cure::Force)),
            },
        }
    }

    /// Of a file that is not generated any more.
    fn give_up(&mut self, name: &str, entry: &Entry, manifest: &Manifest) {
        let conflict = |what| Conflict { name: name.to_owned(), what, cure: Cure::ByHand };
        match entry {
            Entry::Missing => {}
            Entry::Foreign(what) => self.conflicts.push(conflict(what)),
            Entry::File(bytes) if manifest.hash(name) == Some(&ContentHash::of(bytes)) => {
                self.removals.push(name.to_owned());
            }
            Entry::File(_) => self.conflicts.push(conflict(CHANGED)),
        }
    }

    /// Whether the folder is as it should be.
    pub(super) fn is_done(&self) -> bool {
        self.differences.is_empty() && self.conflicts.is_empty() && self.others.is_empty()
    }

    /// Takes what `--force` replaces from the conflicts to the writes, and gives the names.
    pub(super) fn force(&mut self) -> Vec<String> {
        let (forced, left) = std::mem::take(&mut self.conflicts)
            .into_iter()
            .partition(|conflict: &Conflict| conflict.cure == Cure::Force);
        self.conflicts = left;
        let names: Vec<String> = forced.into_iter().map(|conflict: Conflict| conflict.name).collect();
        self.writes.extend(names.iter().cloned());
        names
    }

    /// The manifest once the plan is carried out. A conflict that is left keeps what was known of it.
    pub(super) fn manifest(&self, generated: &BTreeMap<String, String>, before: &Manifest) -> Manifest {
        let left: BTreeSet<&str> = self.conflicts.iter().map(|conflict| conflict.name.as_str()).collect();
        let ours = generated.iter().filter(|(name, _)| *name != NAME && !left.contains(name.as_str()));
        let mut files: BTreeMap<String, ContentHash> =
            ours.map(|(name, text)| (name.clone(), ContentHash::of(text.as_bytes()))).collect();
        for name in left {
            if let Some(hash) = before.hash(name) {
                files.insert(name.to_owned(), hash.clone());
            }
        }
        Manifest::new(files)
    }
}

fn keep(committed: &mut BTreeMap<String, String>, name: &str, entry: Entry) {
    if let Entry::File(bytes) = entry {
        committed.insert(name.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
    }
}
