//! What holds for any two editions.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail so")]

use std::{fs, path::Path};

use estoppel_docs_check::{
    Document,
    edition::{Change, Edition, compare},
};
use proptest::{
    prelude::{ProptestConfig, Strategy, any, prop_assert, proptest},
    sample::{Index, select},
};
use serde_json::Value;

use crate::editions::{changes_or_nothing, mirrored};

/// The generated files of this name, of every API.
fn generated(name: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().join(name))
        .filter(|path| path.exists())
        .map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no {name} is generated");
    files
}

fn contracts(old: &str, new: &str) -> Option<Vec<Change>> {
    let read = |text: &str| {
        Edition::of_open_api("api", &Document { name: "openapi.json", bytes: text.as_bytes() }).ok()
    };
    Some(compare(&[read(old)?], &[read(new)?]).changes)
}

#[test]
fn an_edition_does_not_differ_from_itself() {
    for (name, page) in generated("reference.md") {
        assert_eq!(changes_or_nothing(&page, &page), [], "{name}");
    }
    for (name, contract) in generated("openapi.json") {
        assert_eq!(contracts(&contract, &contract), Some(Vec::new()), "{name}");
        let flat = serde_json::from_str::<Value>(&contract).unwrap().to_string();
        assert_eq!(contracts(&contract, &flat), Some(Vec::new()), "{name} on one line");
    }
}

#[test]
fn sections_of_a_page_can_stand_in_any_order() {
    for (name, page) in generated("reference.md") {
        let (head, rest) = page.split_once("\n# ").unwrap();
        let mut sections: Vec<&str> = rest.split("\n# ").collect();
        sections.reverse();
        let moved = format!("{head}\n# {}\n", sections.join("\n\n# "));
        let found = changes_or_nothing(&page, &moved);
        assert!(found.is_empty(), "{name}: {:#?}", found.first());
    }
}

#[test]
fn a_host_changes_once_on_a_page() {
    for (name, page) in generated("reference.md") {
        let hosts = page.lines().find_map(|line| line.split("https://").nth(1)?.split(['/', '`']).next());
        let Some(host) = hosts else { continue };
        let moved = page.replace(&format!("https://{host}"), "https://moved.example.com");
        let found = changes_or_nothing(&page, &moved);
        let rules: Vec<_> = found.iter().map(|change| change.rule).collect();
        assert_eq!(rules, ["DIFF-HOST-CHANGED"], "{name}");
    }
}

/// Of so many rows one is tried: each costs a whole page.
const ROWS_STEP: usize = 5;

#[test]
fn a_row_that_is_no_longer_required_is_one_change() {
    let mut flipped = 0;
    for (name, page) in generated("reference.md") {
        let read = |page: &str| {
            [Edition::of_documents("page", &[Document { name: "page.md", bytes: page.as_bytes() }]).unwrap()]
        };
        let old = read(&page);
        let lines: Vec<&str> = page.lines().collect();
        let required = lines.iter().enumerate().filter(|(_, line)| line.ends_with(" | Y"));
        for (index, line) in required.step_by(ROWS_STEP) {
            let mut other: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            other[index] = format!("{} | N", line.strip_suffix(" | Y").unwrap());
            let found = compare(&old, &read(&other.join("\n"))).changes;
            // A path parameter is always there, and so is what a sentence guarantees.
            if found.is_empty() {
                let field = line.split(' ').next().unwrap();
                let promised =
                    |line: &&str| line.starts_with("Guaranteed:") && line.contains(&format!("`{field}`"));
                let told = page.contains(&format!("{{{field}}}")) || lines.iter().any(promised);
                assert!(told, "{name}: {line}");
                continue;
            }
            let rules: Vec<_> = found.iter().map(|change| change.rule).collect();
            assert_eq!(rules, ["DIFF-OPTIONAL"], "{name}: {line}");
            assert_eq!(found[0].new.as_ref().map(|site| site.place.line), Some(index + 1), "{name}: {line}");
            flipped += 1;
        }
    }
    assert!(flipped > 10, "{flipped} rows");
}

/// What is done to one line of a page.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Drop,
    Double,
    Swap,
    Cut,
    Digit,
}

fn edit(lines: &mut Vec<String>, at: Index, edit: Edit) {
    if lines.is_empty() {
        return;
    }
    let at = at.index(lines.len());
    match edit {
        Edit::Drop => drop(lines.remove(at)),
        Edit::Double => lines.insert(at, lines[at].clone()),
        Edit::Swap => {
            let other = (at * 7 + 3) % lines.len();
            lines.swap(at, other);
        }
        Edit::Cut => {
            let half = lines[at].chars().count() / 2;
            lines[at] = lines[at].chars().take(half).collect();
        }
        Edit::Digit => lines[at] = lines[at].replace('0', "1"),
    }
}

fn edits() -> impl Strategy<Value = Vec<(Index, Edit)>> {
    let kinds = select(vec![Edit::Drop, Edit::Double, Edit::Swap, Edit::Cut, Edit::Digit]);
    proptest::collection::vec((any::<Index>(), kinds), 0..8)
}

fn edited(page: &str, edits: &[(Index, Edit)]) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for (at, kind) in edits {
        edit(&mut lines, *at, *kind);
    }
    lines.join("\n")
}

/// Every case of the pages of editions as one page.
fn small_page() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let pages = format!("{}{}{}", read("fields.md"), read("values.md"), read("webhooks.md"));
    let kept = pages.lines().filter(|line| !line.starts_with("````") && !line.starts_with("!|"));
    kept.map(|line| line.trim_start_matches("-|").trim_start_matches("+|")).collect::<Vec<_>>().join("\n")
}

/// Takes away or changes what stands at a place of a JSON document.
fn damage(value: &mut Value, way: &[Index], key: &str) {
    match way.split_first() {
        Some((step, rest)) => match value {
            Value::Object(members) if !members.is_empty() => {
                let at = step.index(members.len());
                let name = members.keys().nth(at).unwrap().clone();
                damage(&mut members[&name], rest, key);
            }
            Value::Array(items) if !items.is_empty() => {
                let at = step.index(items.len());
                damage(&mut items[at], rest, key);
            }
            _ => *value = key.into(),
        },
        None => match value {
            Value::Object(members) => drop(members.remove(key)),
            Value::Array(items) => drop(items.pop()),
            Value::Bool(known) => *known = !*known,
            _ => *value = Value::Null,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_way_back_mirrors_the_way_there(left in edits(), right in edits()) {
        let page = small_page();
        let (old, new) = (edited(&page, &left), edited(&page, &right));
        prop_assert!(changes_or_nothing(&old, &old).is_empty());
        mirrored(&changes_or_nothing(&old, &new), &changes_or_nothing(&new, &old), "edited pages");
    }

    #[test]
    fn places_lie_in_their_editions(left in edits(), right in edits()) {
        let page = small_page();
        let (old, new) = (edited(&page, &left), edited(&page, &right));
        for change in changes_or_nothing(&old, &new) {
            let others = change.occurrences.iter().flat_map(|(old, new)| [(old, true), (new, false)]);
            for (site, is_old) in [(&change.old, true), (&change.new, false)].into_iter().chain(others) {
                let Some(site) = site else { continue };
                let text = if is_old { &old } else { &new };
                let span = site.place.span;
                prop_assert!(text.get(span.start..span.end).is_some(), "{change:?}");
            }
            prop_assert!(change.old.is_some() || change.new.is_some(), "{change:?}");
        }
    }

    #[test]
    fn any_bytes_can_be_compared(old in proptest::collection::vec(any::<u8>(), 0..300), new in ".{0,200}") {
        let read = |bytes: &[u8]| Edition::of_documents("any", &[Document { name: "any", bytes }]).ok();
        if let (Some(old), Some(new)) = (read(&old), read(new.as_bytes())) {
            compare(&[old], &[new]);
        }
        let _ = Edition::of_open_api("any", &Document { name: "any", bytes: &old });
    }
}

proptest! {
    // Whole contracts are large, and are read six times for each case.
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_contracts_mirror_too(
        way in proptest::collection::vec(any::<Index>(), 1..9),
        key in select(vec!["type", "required", "properties", "schema", "name", "$ref", "get", "200", "enum"]),
        file in any::<Index>(),
    ) {
        let files = generated("openapi.json");
        let (name, old) = &files[file.index(files.len())];
        let mut damaged: Value = serde_json::from_str(old).unwrap();
        damage(&mut damaged, &way, key);
        let new = serde_json::to_string_pretty(&damaged).unwrap();
        if let (Some(there), Some(back)) = (contracts(old, &new), contracts(&new, old)) {
            mirrored(&there, &back, name);
            prop_assert!(contracts(&new, &new).is_some_and(|changes| changes.is_empty()));
        }
    }
}
