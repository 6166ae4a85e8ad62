//! Drafts hold to OpenAPI 3.1, whatever documents say.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a draft without its parts fails its test")]

use std::{collections::BTreeSet, fs, path::Path};

use estoppel_contract::Checker;
use estoppel_docs_check::{Document, openapi};
use proptest::prelude::*;
use serde_json::Value;

/// The schema of OpenAPI 3.1 documents, as the OpenAPI Initiative publishes it.
fn rules() -> Checker {
    let schema = include_str!("../openapi-3.1.schema.json");
    Checker::new(serde_json::from_str(schema).unwrap()).unwrap()
}

/// What is wrong with the draft of pages: with the document, its schemas, and what no schema can tell.
fn wrong(rules: &Checker, pages: &[&str]) -> Vec<String> {
    let documents: Vec<_> =
        pages.iter().map(|page| Document { name: "page.md", bytes: page.as_bytes() }).collect();
    let draft = openapi(&documents);
    let mut wrong: Vec<String> = rules
        .check(&draft)
        .into_iter()
        // The checker asserts what the schema only notes, and a URL with variables is no reference yet.
        .filter(|violation| {
            !(violation.keyword == "format" && violation.pointer.to_string().starts_with("/servers/"))
        })
        .map(|violation| format!("{}: {} is {}", violation.pointer, violation.expected, violation.actual))
        .collect();
    schemas(&draft, &mut wrong);
    paths(&draft, &mut wrong);
    wrong
}

/// Builds every schema of a draft: that fails for what is none.
fn schemas(value: &Value, wrong: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                // What examples hold is data.
                if name == "schema"
                    && let Err(error) = Checker::new(value.clone())
                {
                    wrong.push(format!("no schema: {error}: {value}"));
                } else if !["example", "examples", "default", "enum"].contains(&name.as_str()) {
                    schemas(value, wrong);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| schemas(item, wrong)),
        _ => {}
    }
}

fn paths(draft: &Value, wrong: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    let mut shapes = BTreeSet::new();
    for (path, item) in draft["paths"].as_object().unwrap() {
        let names: Vec<&str> =
            path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect();
        let shape =
            names.iter().fold(path.clone(), |shape, name| shape.replace(&format!("{{{name}}}"), "{}"));
        if !shapes.insert(shape) {
            wrong.push(format!("{path}: twice"));
        }
        for operation in item.as_object().unwrap().values() {
            if !ids.insert(operation["operationId"].as_str().unwrap().to_owned()) {
                wrong.push(format!("{path}: {} twice", operation["operationId"]));
            }
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let placed: Vec<_> = parameters
                .iter()
                .map(|parameter| (parameter["in"].as_str(), parameter["name"].as_str()))
                .collect();
            if placed.iter().collect::<BTreeSet<_>>().len() != placed.len() {
                wrong.push(format!("{path}: a parameter twice"));
            }
            let in_path: BTreeSet<_> = placed
                .iter()
                .filter(|(place, _)| *place == Some("path"))
                .filter_map(|(_, name)| *name)
                .collect();
            if in_path != names.iter().copied().collect() {
                wrong.push(format!("{path}: {in_path:?}"));
            }
            for reference in operation["responses"].as_object().into_iter().flatten() {
                let target = reference.1["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
                if target.is_some_and(|target| draft.pointer(target).is_none()) {
                    wrong.push(format!("{path}: {reference:?}"));
                }
            }
        }
    }
    for requirement in draft["security"].as_array().into_iter().flatten() {
        for name in requirement.as_object().unwrap().keys() {
            if draft["components"]["securitySchemes"].get(name).is_none() {
                wrong.push(format!("no scheme {name}"));
            }
        }
    }
}

fn check(pages: &[&str]) {
    assert_eq!(wrong(&rules(), pages), [""; 0], "{pages:?}");
}

#[test]
fn what_is_wrong_is_seen() {
    let twice = serde_json::json!({"schema": {"required": ["a", "a"]}});
    let mut found = Vec::new();
    schemas(&twice, &mut found);
    assert_eq!(found.len(), 1);
    assert_ne!(rules().check(&serde_json::json!({"openapi": "3.1.0", "paths": {"boats": {}}})).len(), 0);
}

#[test]
fn drafts_of_all_cases_are_valid() {
    let rules = rules();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut drafted = 0;
    let mut wrong_pages = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let fences: Vec<&str> = source.split("\n````").collect();
        for page in fences.iter().filter(|fence| fence.starts_with("page")) {
            drafted += 1;
            let found = wrong(&rules, &[page]);
            if !found.is_empty() {
                wrong_pages.push(format!("{}: {found:?}\n{page}", file.display()));
            }
        }
    }
    assert!(drafted > 100, "{drafted}");
    assert!(wrong_pages.is_empty(), "{}", wrong_pages.join("\n"));
}

#[test]
fn what_no_document_should_say_makes_a_valid_draft_too() {
    // Two operations under one heading, one path under two names, one name twice in a path.
    check(&[
        "# Boats\n\n`GET /boats/{id}`\n\n`GET /boats/{id}/sails/{id}`\n\n`PUT /boats/{boatId}`\n\n`GET /boats/<boat>`\n",
    ]);
    check(&["# A\n\n`GET /a/{b`\n\n`GET /a/b}`\n\n`GET /a/{}/:`\n"]);
    // A row twice, lengths that are none, words twice.
    check(&[
        "# A\n\n`POST /a`\n\nBody Parameter | Description | Required?\n--|--|--\nx | At most 1.5 characters | Y\nx | One of `a` or `b` or `a` | Y\ny | Maximum is 1,000 (integer) | N\n",
    ]);
    // Names that no key can be, and hosts to be filled in.
    check(&["# Größe\n\nKey | Description\n--|--\na | b\n\n# ß\n\nKey | Description\n--|--\na | b\n"]);
    check(&["# A\n\nThe base URL is `https://{region}.a.test/<version>`.\n\n`GET https://{HOST}/a`\n"]);
    check(&["# A\n\n`GET https://{HOST}/a`\n"]);
    // Several credentials, one of them with and without its scheme.
    check(&["# A\n\n`Authorization: Bearer x`, `Authorization: y` and `X-Api-Key: z`\n\n`GET /a`\n"]);
    check(&[
        "# Errors\n\nError Code | Meaning\n--|--\n404 | Gone\n404 | Away\n500 | Ours\n\n# A\n\n`GET /a`\n\n# B\n\n`GET /b`\n\nSTATUS 404\n",
    ]);
    check(&["", "# A\n\n`GET /a`\n", "# A\n\n`GET /a`\n"]);
}

/// Pieces of pages that say something.
const PIECES: [&str; 12] = [
    "# Boats\n\n",
    "## Fetch Boat\n\n",
    "`GET /boats/{id}`\n\n",
    "`POST https://{HOST}/boats/:boat/{id`\n\n",
    "`GET /boats/<boat>?a=b&a=c`\n\n",
    "### URL Parameters\n\nParameter | Description\n--|--\nid | One of `a` or `a`\nid | An integer\n\n",
    "Body Parameter | Description | Required?\n--|--|--\nname | At most 2.5 characters | Y\nname | x | Y\n\n",
    "```json\n{\"a\": [1, {\"b\": null}], \"enum\": 3,}\n```\n\n",
    "STATUS 201\n\n",
    "Error Code | Meaning\n--|--\n404 | Gone\n\n",
    "`Authorization: Basic x` and `X-Token: y`\n\n",
    "# Webhook Body\n\nOnly `a` and `a` are guaranteed.\n\nKey | Description\n--|--\na | b\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn drafts_of_any_pages_are_valid(pages in prop::collection::vec(prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12), 1..3)) {
        let pages: Vec<String> = pages.iter().map(|pieces| pieces.concat()).collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        prop_assert_eq!(wrong(&rules(), &pages), Vec::<String>::new());
    }
}
