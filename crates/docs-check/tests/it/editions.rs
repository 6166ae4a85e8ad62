//! Runs the pairs of editions in `tests/editions`.
//!
//! A case is a `##` section with one page in a fence of four backticks. Lines that begin with `-|` stand in the old
//! edition only, lines that begin with `+|` in the new one only, all others in both. A line that begins with `!|`
//! expects a change: its tier, its rule, and words of its subject or message. The change stands on the line before,
//! in the old edition or in the new one. Every change must be expected. Each case is also run against itself, and with its editions in each other's place.

#![expect(clippy::expect_used, clippy::panic, reason = "a case that is no case fails its test")]

use std::{collections::BTreeSet, fs, path::Path};

use estoppel_docs_check::{
    Document,
    edition::{Change, Direction, Edition, compare, rules},
};

#[derive(Debug, Default)]
struct Case {
    name: String,
    old: String,
    new: String,
    expected: Vec<Expected>,
}

#[derive(Clone, Debug)]
struct Expected {
    tier: String,
    rule: String,
    words: String,
    old_line: usize,
    new_line: usize,
}

fn cases(source: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut inside = false;
    for line in source.lines() {
        if line.starts_with("````") {
            inside = !inside;
        } else if inside {
            cases.last_mut().expect("a page stands under a heading").add(line);
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
        }
    }
    cases
}

impl Case {
    fn add(&mut self, line: &str) {
        let push = |page: &mut String, line: &str| {
            page.push_str(line);
            page.push('\n');
        };
        match line.get(..2) {
            Some("-|") => push(&mut self.old, &line[2..]),
            Some("+|") => push(&mut self.new, &line[2..]),
            Some("!|") => {
                let mut words = line[2..].trim().splitn(3, ' ');
                let mut next = || words.next().unwrap_or_default().to_owned();
                let expected = Expected {
                    tier: next(),
                    rule: next(),
                    words: next(),
                    old_line: self.old.lines().count(),
                    new_line: self.new.lines().count(),
                };
                self.expected.push(expected);
            }
            _ => {
                push(&mut self.old, line);
                push(&mut self.new, line);
            }
        }
    }

    /// What is not as it was expected.
    fn run(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let changes = changes(&self.old, &self.new, &self.name);
        let mut missing = self.expected.clone();
        for change in &changes {
            let line =
                |site: &Option<estoppel_docs_check::edition::Site>| site.as_ref().map(|site| site.place.line);
            let (old, new) = (line(&change.old), line(&change.new));
            let told = format!("{} {}", change.subject, change.message);
            let index = missing.iter().position(|expected| {
                expected.rule == change.rule
                    && change.tier.as_str().starts_with(expected.tier.as_str())
                    && told.contains(&expected.words)
                    && (old == Some(expected.old_line) || new == Some(expected.new_line))
            });
            let Some(index) = index else {
                let (tier, rule) = (change.tier.as_str(), change.rule);
                faults.push(format!("{}: not expected: {tier} {rule} at {old:?} {new:?}: {told}", self.name));
                continue;
            };
            missing.remove(index);
        }
        faults.extend(missing.iter().map(|expected| format!("{}: not found: {expected:?}", self.name)));
        for page in [&self.old, &self.new] {
            assert_eq!(changes_or_nothing(page, page), Vec::new(), "{}: against itself", self.name);
        }
        mirrored(&changes, &changes_or_nothing(&self.new, &self.old), &self.name);
        faults
    }
}

/// Holds the changes of two editions to those of the same editions in each other's place.
pub(crate) fn mirrored(changes: &[Change], back: &[Change], name: &str) {
    let sides = |change: &Change| {
        let place = |site: &Option<estoppel_docs_check::edition::Site>| {
            site.as_ref().map(|site| (site.place.line, site.place.column, site.pointer.clone()))
        };
        (place(&change.old), place(&change.new))
    };
    let mut there: Vec<_> = changes
        .iter()
        .map(|change| {
            let rule = rules().iter().find(|rule| rule.id == change.rule).expect("every change has a rule");
            let (old, new) = sides(change);
            (rule.mirror, new, old)
        })
        .collect();
    let mut again: Vec<_> = back
        .iter()
        .map(|change| {
            let (old, new) = sides(change);
            (change.rule, old, new)
        })
        .collect();
    there.sort();
    again.sort();
    assert_eq!(there, again, "{name}: mirrored");
}

fn edition(page: &str) -> Result<Edition, estoppel_docs_check::edition::EditionError> {
    Edition::of_documents("edition", &[Document { name: "page.md", bytes: page.as_bytes() }])
}

fn changes(old: &str, new: &str, name: &str) -> Vec<Change> {
    let read = |page: &str| match edition(page) {
        Ok(edition) => edition,
        Err(error) => panic!("{name}: {error}:\n{page}"),
    };
    compare(&[read(old)], &[read(new)]).changes
}

pub(crate) fn changes_or_nothing(old: &str, new: &str) -> Vec<Change> {
    match (edition(old), edition(new)) {
        (Ok(old), Ok(new)) => compare(&[old], &[new]).changes,
        _ => Vec::new(),
    }
}

#[test]
fn editions_differ_as_their_lines_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut count = 0;
    let mut faults = Vec::new();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for file in files {
        for case in cases(&fs::read_to_string(&file).unwrap()) {
            faults.extend(case.run());
            count += 1;
            for change in changes_or_nothing(&case.old, &case.new)
                .iter()
                .chain(&changes_or_nothing(&case.new, &case.old))
            {
                met.insert(change.rule);
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count >= 60, "{count} cases");
    // What only schemas can say is tested with schemas.
    let of_schemas = [
        "DIFF-API-ADDED",
        "DIFF-API-REMOVED",
        "DIFF-STATUS-ADDED",
        "DIFF-BODY-ADDED",
        "DIFF-BODY-REMOVED",
        "DIFF-NULL-ADDED",
        "DIFF-NULL-REMOVED",
        "DIFF-FORMAT-ADDED",
        "DIFF-FORMAT-REMOVED",
        "DIFF-PATTERN-CHANGED",
        "DIFF-ALTERNATIVE-ADDED",
        "DIFF-ALTERNATIVE-REMOVED",
        "DIFF-OBJECT-CLOSED",
        "DIFF-OBJECT-OPENED",
    ];
    let untold: Vec<_> = rules()
        .iter()
        .map(|rule| rule.id)
        .filter(|id| !met.contains(id) && !of_schemas.contains(id))
        .collect();
    assert!(untold.is_empty(), "kinds of change without a case: {untold:?}");
}

#[test]
fn every_kind_of_change_has_a_verdict_in_each_direction() {
    for rule in rules() {
        for direction in [Direction::Sent, Direction::Received, Direction::Called] {
            assert!(!rule.verdict(direction).why.is_empty(), "{}", rule.id);
        }
    }
}
