//! Which rulings answer what documents leave open.

use estoppel_docs_check::{Document, check, ledger};

use crate::boats;

/// The ruling, reading and number of statements of each ambiguity of a page, in order.
fn answers(page: &str) -> Vec<(Option<String>, Option<String>, usize)> {
    let contract = boats::contract();
    let report = check(&[Document { name: "page.md", bytes: page.as_bytes() }], Some(&contract));
    let found = ledger(&report, Some(&contract)).ambiguities.into_iter().map(|ambiguity| {
        let ruling = ambiguity.ruling.map(|ruling| ruling.id);
        if let Some(ruling) = &ruling {
            assert_eq!(ambiguity.id, format!("A-{ruling}"));
        }
        (
            ruling,
            ambiguity.readings.into_iter().next().map(|reading| reading.name),
            ambiguity.statements.len(),
        )
    });
    found.collect()
}

fn check_answers(page: &str, expected: &[(Option<&str>, Option<&str>, usize)]) {
    let found = answers(page);
    let found: Vec<_> = found
        .iter()
        .map(|(ruling, reading, count)| (ruling.as_deref(), reading.as_deref(), *count))
        .collect();
    assert_eq!(found, expected, "{page}");
}

const WHOLE: &str = "## Boats\n\n`POST /boats`\n\n`GET /boats`\n\n`GET /boats/{boatId}`\n\n";

#[test]
fn the_ruling_on_one_operation_is_nearer_than_that_on_all() {
    // Nothing that a boat answers is shown where other operations show it.
    let shown = "> Example response:\n\nSTATUS 200\n\n```json\n{\"boatId\": \"7\", \"name\": \"Argo\", \"oars\": 4}\n```\n\n";
    let operation = |title: &str, call: &str, reply: &str| format!("## {title}\n\n`{call}`\n\n{reply}");
    let page = [
        operation("Create", "POST /boats", &shown.replace("200", "201")),
        operation("Fetch", "GET /boats/:boatId", shown),
        operation("List", "GET /boats", shown),
        operation("Sink", "POST /boats/{boatId}/sink", "It sinks.\n\n"),
    ]
    .concat();
    let found = answers(&page);
    assert!(found.contains(&(Some("R2".to_owned()), Some("sink".to_owned()), 1)), "{found:?}");
    let page = page.replace("It sinks.\n\n", shown);
    assert!(!answers(&page).iter().any(|(ruling, ..)| ruling.as_deref() == Some("R2")));
}

#[test]
fn a_finding_gets_the_ruling_on_its_question_and_its_field() {
    let body = |rows: &str| {
        format!(
            "## Boats\n\n`POST /boats`\n\n### Request Body\n\nParameter | Description | Required?\n--- | --- | ---\n{rows}\n\nSTATUS 201\n"
        )
    };
    // Two rulings are about the name, and neither is nearer; only one is about the rig.
    let undocumented = (Some("R8"), None, 1);
    check_answers(
        &body("name | Its name | N\nrig | Its rig | N\nprice | Its price | Y"),
        &[undocumented, (None, None, 1)],
    );
    check_answers(
        &body("name | Its name | Y\nrig | Its rig | Y\nprice | Its price | Y"),
        &[undocumented, (Some("R3"), None, 1)],
    );
    // What happens to a price over time is no answer to what its row leaves out; its form is.
    check_answers(
        &body("name | Its name | Y\nrig | Its rig | N\nprice | | Y"),
        &[undocumented, (Some("R6"), None, 1)],
    );
    // One name of several is not what a finding is about.
    check_answers(&body("name | | Y\nrig | | N\nprice | | Y"), &[undocumented, (None, None, 1)]);
}

#[test]
fn an_announced_address_is_a_question_of_paths() {
    let sunk = "`POST /boats/{boatId}/sink`\n\n";
    let page =
        format!("{WHOLE}{sunk}## More\n\nTo fetch them, use the following endpoint:\n\n## End\n\nText.\n");
    let found = answers(&page);
    assert!(
        found.iter().any(|(ruling, _, count)| ruling.as_deref() == Some("R8") && *count == 1),
        "{found:?}"
    );
    let found = answers(&page.replace("use the following endpoint:", "mind the following:"));
    assert!(!found.iter().any(|(ruling, ..)| ruling.as_deref() == Some("R8")), "{found:?}");
}

#[test]
fn without_a_contract_nothing_is_answered() {
    let page =
        "# A\n\nKey | Description\n--|--\nownersName | x\n\n# B\n\nKey | Description\n--|--\nownerName | x\n";
    let report = check(&[Document { name: "a.md", bytes: page.as_bytes() }], None);
    assert!(ledger(&report, None).ambiguities.iter().all(|ambiguity| ambiguity.ruling.is_none()));
}
