//! Runs the pages in `tests/cases`.
//!
//! A case is a `##` section with one or more pages in fences of four backticks. The word after `page` says what the
//! page is held to: nothing, or `contract`. Under a line of a page, a line of carets and a rule's id expects a
//! finding at the columns of the carets, with a message that contains the words after the id; a line of tildes
//! expects another place of a finding of that rule. These lines are taken out before the page is checked. Every
//! finding and every place must be expected.
//!
//! `Nothing of DOC-X.` under the heading of a case says that its pages are near those that break the rule, and keep it.
//! Every rule has cases of both kinds in the same file.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a case that is no case fails its test")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use estoppel_docs_check::{Document, Place, check, rules};

use crate::boats;

#[derive(Debug, Default)]
struct Case {
    name: String,
    with_contract: bool,
    pages: Vec<String>,
    /// Rule, place and words of the message.
    expected: Vec<(String, Where, String)>,
    occurrences: BTreeSet<(String, Where)>,
    /// The rules that its pages keep, as their near ones do not.
    kept: BTreeSet<String>,
}

/// Page, line, column and end column.
type Where = (usize, usize, usize, usize);

fn cases(source: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut inside = false;
    for line in source.lines() {
        if line.starts_with("````") {
            inside = !inside && line.starts_with("````page");
            if inside {
                let case = cases.last_mut().expect("a page stands under a heading");
                case.with_contract |= line.contains("contract");
                case.pages.push(String::new());
            }
        } else if inside {
            cases.last_mut().expect("a page stands under a heading").add(line);
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
        } else if let Some(kept) = line.strip_prefix("Nothing of ") {
            let kept = kept.trim_end_matches('.').split(", ").map(str::to_owned);
            cases.last_mut().expect("it stands under a heading").kept.extend(kept);
        }
    }
    cases
}

impl Case {
    fn add(&mut self, line: &str) {
        let page = self.pages.len() - 1;
        let marks = line.trim_start();
        let mark = marks.chars().next().filter(|mark| "^~".contains(*mark));
        let rest = mark.map(|mark| marks.trim_start_matches(mark));
        let Some(("", told)) =
            rest.and_then(|rest| rest.split_once(' ')).filter(|(_, told)| told.starts_with("DOC-"))
        else {
            self.pages[page].push_str(line);
            self.pages[page].push('\n');
            return;
        };
        let (rule, words) = told.split_once(' ').unwrap_or((told, ""));
        let column = line.len() - marks.len() + 1;
        let width = marks.find(' ').unwrap_or(marks.len());
        let place = (page, self.pages[page].lines().count(), column, column + width);
        if mark == Some('^') {
            self.expected.push((rule.to_owned(), place, words.to_owned()));
        } else {
            self.occurrences.insert((rule.to_owned(), place));
        }
    }

    /// What the check of its pages gives otherwise than expected.
    fn run(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let names: Vec<String> = (0..self.pages.len()).map(|page| format!("page-{page}")).collect();
        let documents: Vec<_> = names
            .iter()
            .zip(&self.pages)
            .map(|(name, page)| Document { name, bytes: page.as_bytes() })
            .collect();
        let contract = boats::contract();
        let report = check(&documents, self.with_contract.then_some(&contract));
        let place = |place: &Place| {
            let page = names.iter().position(|name| *name == place.file).expect("a page of the case");
            let end = if place.end_line == place.line { place.end_column } else { place.column + 1 };
            (page, place.line, place.column, end)
        };
        let mut unexpected = self.expected.clone();
        let mut occurrences = BTreeSet::new();
        for finding in &report.findings {
            let found = (finding.rule.to_owned(), place(&finding.place));
            let index = unexpected.iter().position(|(rule, place, words)| {
                *rule == found.0 && *place == found.1 && finding.message.contains(words.as_str())
            });
            match index {
                Some(index) => drop(unexpected.remove(index)),
                None => wrong.push(format!(
                    "{}: not expected: {} {:?} {}",
                    self.name, finding.rule, found.1, finding.message
                )),
            }
            occurrences
                .extend(finding.occurrences.iter().map(|other| (finding.rule.to_owned(), place(other))));
        }
        wrong.extend(unexpected.iter().map(|expected| format!("{}: not found: {expected:?}", self.name)));
        let missing = self.occurrences.difference(&occurrences).map(|place| ("missing", place));
        let strange = occurrences.difference(&self.occurrences).map(|place| ("not expected", place));
        let places = missing.chain(strange);
        wrong.extend(places.map(|(how, place)| format!("{}: another place is {how}: {place:?}", self.name)));
        wrong
    }
}

#[test]
fn pages_have_the_findings_under_their_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut broken: BTreeSet<(PathBuf, String)> = BTreeSet::new();
    let mut kept: BTreeSet<(PathBuf, String)> = BTreeSet::new();
    let mut wrong: Vec<String> = Vec::new();
    for file in files {
        let cases = cases(&fs::read_to_string(&file).unwrap());
        assert!(
            cases.len() > 1,
            "{}: a rule has a case that breaks it and one that does not",
            file.display()
        );
        for case in cases {
            wrong.extend(case.run().into_iter().map(|told| format!("{}: {told}", file.display())));
            let breaks = case.expected.into_iter().map(|(rule, ..)| rule).collect::<BTreeSet<_>>();
            if let Some(both) = breaks.intersection(&case.kept).next() {
                wrong.push(format!("{}: {} keeps and breaks {both}", file.display(), case.name));
            }
            broken.extend(breaks.into_iter().map(|rule| (file.clone(), rule)));
            kept.extend(case.kept.into_iter().map(|rule| (file.clone(), rule)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let ids: BTreeSet<String> = rules().iter().map(|rule| rule.id.to_owned()).collect();
    // No Markdown file can hold bytes that are not text, and none should hold an endless line.
    let elsewhere = ["DOC-UTF8", "DOC-LINE-LENGTH"];
    let told: BTreeSet<String> = broken.intersection(&kept).map(|(_, rule)| rule.clone()).collect();
    let untold: Vec<_> = ids.difference(&told).filter(|id| !elsewhere.contains(&id.as_str())).collect();
    assert!(
        untold.is_empty(),
        "rules without a case that breaks them and one near it that does not: {untold:?}"
    );
    let strange: Vec<_> = kept.iter().filter(|(_, rule)| !ids.contains(rule)).collect();
    assert!(strange.is_empty(), "cases of rules that are not there: {strange:?}");
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let report = check(&[Document { name: "page", bytes: b"# Caf\xe9\n" }], None);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!((finding.rule, finding.place.line, finding.place.column), ("DOC-UTF8", 1, 6));
}

#[test]
fn what_is_no_text_is_a_finding_and_the_rest_is_checked() {
    let page = "# A\n\nKey | Description\n--|--\nsail |\n";
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = format!("\u{feff}{page}");
    let endless = format!("{page}\n{}\n", "x".repeat(200_000));
    let documents = [
        Document { name: "picture", bytes: &[0x89, b'P', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
        Document { name: "wide", bytes: &utf16 },
        Document { name: "marked", bytes: marked.as_bytes() },
        Document { name: "endless", bytes: endless.as_bytes() },
    ];
    let report = check(&documents, None);
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|finding| (finding.place.file.as_str(), finding.rule, finding.place.line))
        .collect();
    assert_eq!(
        found,
        [
            ("picture", "DOC-UTF8", 1),
            ("wide", "DOC-UTF8", 1),
            ("wide", "DOC-CELL-MISSING", 5),
            ("marked", "DOC-CELL-MISSING", 5),
            ("endless", "DOC-CELL-MISSING", 5),
            ("endless", "DOC-LINE-LENGTH", 7),
        ]
    );
}

#[test]
fn findings_are_written_as_tools_read_them() {
    let page = "# A\n\n```json\n{\"a\": 1, // b\n\"b\": 2,}\n```\n";
    let report = check(&[Document { name: "a.md", bytes: page.as_bytes() }], None);
    let mut json = serde_json::to_value(&report).unwrap();
    let fingerprint = json["findings"][0]["fingerprint"].take();
    assert_eq!(fingerprint.as_str().map(str::len), Some(16));
    assert_eq!(
        json,
        serde_json::json!({"findings": [{
            "rule": "DOC-JSON-INVALID",
            "severity": "error",
            "message": "the example under “A” is not JSON: trailing comma (line 5), comment (line 4)",
            "help": "remove the comma before the closing brace or bracket",
            "file": "a.md", "line": 5, "column": 7, "endLine": 5, "endColumn": 8,
            "fingerprint": null,
            "occurrences": [
                {"file": "a.md", "line": 4, "column": 10, "endLine": 4, "endColumn": 14, "label": "comment"},
            ],
        }]})
    );
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let page = "# A\n\nParameter | Description\n--|--\nsail |\n";
    let prints = |page: &str| {
        let report = check(&[Document { name: "a", bytes: page.as_bytes() }], None);
        report.findings.into_iter().map(|finding| finding.fingerprint).collect::<Vec<_>>()
    };
    assert_eq!(prints(page), prints(&format!("# Before\n\nText.\n\n{page}")));
    assert_eq!(prints(page).len(), 1);
    let twice = prints(&format!("{page}\n{page}"));
    assert_eq!(twice.len(), 2);
    assert_ne!(twice[0], twice[1]);
}

#[test]
fn what_was_read_is_counted() {
    let page = "# A\n\n`GET /boats`\n\n```json\n{}\n```\n";
    let report = check(&[Document { name: "a", bytes: page.as_bytes() }], None);
    assert_eq!((report.read.documents, report.read.operations, report.read.examples), (1, 1, 1));
    assert!(!report.read.is_nothing());
    assert!(check(&[Document { name: "a", bytes: b"Only text.\n" }], None).read.is_nothing());
}
