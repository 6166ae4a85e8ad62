//! Which documents include which, and which of them lead back to themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::Document;

/// Documents by every name that an include can have for them.
#[derive(Debug, Default)]
pub(crate) struct FileNames<'d> {
    first: BTreeMap<&'d str, usize>,
}

impl<'d> FileNames<'d> {
    /// An include names a file as `name`, `_name` or `something_name`, with any ending. Of two the first is meant.
    pub(crate) fn new(documents: &[Document<'d>]) -> Self {
        let mut first = BTreeMap::new();
        for (index, document) in documents.iter().enumerate() {
            let file = document.name.rsplit(['/', '\\']).next().unwrap_or_default();
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            let after_marks = stem.match_indices('_').map(|(at, mark)| at + mark.len());
            for start in std::iter::once(0).chain(after_marks) {
                first.entry(stem.get(start..).unwrap_or_default()).or_insert(index);
            }
        }
        Self { first }
    }

    /// The document that an include names.
    pub(crate) fn find(&self, include: &str) -> Option<usize> {
        let wanted = include.rsplit('/').next().unwrap_or(include);
        let wanted = wanted.strip_suffix(".md").unwrap_or(wanted).trim_start_matches('_');
        self.first.get(wanted).filter(|_| !wanted.is_empty()).copied()
    }
}

/// The circle that each document stands in, by a number for each circle; `None` where it stands in none.
///
/// Kosaraju's algorithm on stacks of its own: first the order in which documents are left, then the documents that
/// reach each other.
pub(crate) fn circles(documents: usize, includes: &BTreeSet<(usize, usize)>) -> Vec<Option<usize>> {
    let to = |from: usize| includes.range((from, 0)..=(from, usize::MAX)).map(|(_, to)| *to);
    let mut left = Vec::new();
    let mut seen = BTreeSet::new();
    for start in 0..documents {
        let mut open = vec![(start, false)];
        while let Some((document, is_done)) = open.pop() {
            if is_done {
                left.push(document);
            } else if seen.insert(document) {
                open.push((document, true));
                open.extend(to(document).map(|next| (next, false)));
            }
        }
    }
    let back: BTreeSet<(usize, usize)> = includes.iter().map(|(from, to)| (*to, *from)).collect();
    let from = |to: usize| back.range((to, 0)..=(to, usize::MAX)).map(|(_, from)| *from);
    let mut circles: BTreeMap<usize, usize> = BTreeMap::new();
    for start in left.into_iter().rev() {
        let mut open = vec![start];
        while let Some(document) = open.pop() {
            if let std::collections::btree_map::Entry::Vacant(entry) = circles.entry(document) {
                entry.insert(start);
                open.extend(from(document));
            }
        }
    }
    (0..documents).map(|document| circles.get(&document).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(documents: usize, includes: &[(usize, usize)], expected: &[(usize, usize)]) {
        let found = circles(documents, &includes.iter().copied().collect());
        let together = includes.iter().filter(|(from, to)| found[*from] == found[*to]);
        assert_eq!(together.copied().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn circles_are_found_over_any_number_of_documents() {
        check(3, &[(0, 1), (1, 2)], &[]);
        check(1, &[(0, 0)], &[(0, 0)]);
        check(4, &[(0, 1), (1, 2), (2, 1), (2, 3)], &[(1, 2), (2, 1)]);
        let ring: Vec<_> = (0..500).map(|at| (at, (at + 1) % 500)).collect();
        check(500, &ring, &ring);
    }

    #[test]
    fn files_are_found_by_the_names_that_slate_knows() {
        let document = |name| Document { name, bytes: b"" };
        let documents =
            [document("docs/index.md"), document("docs/_errors.md"), document("v2_boat_list.txt")];
        let names = FileNames::new(&documents);
        let found = ["errors", "errors.md", "_errors", "list", "boat_list", "oat_list", "", "_"];
        assert_eq!(
            found.map(|name| names.find(name)),
            [Some(1), Some(1), Some(1), Some(2), Some(2), None, None, None]
        );
    }
}
