//! The command as users run it: exit codes, and what it says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod bounded_inputs;
mod command;
mod diff;
mod docs;
mod generated_files;
mod replay;
mod terminal;
mod trust;
mod webhook;
mod written_files;

use command::{check, run};

#[test]
fn what_cannot_run_says_why_and_exits_with_2() {
    check(&["frobnicate"], 2, "unrecognized subcommand");
    check(&["replay", "--bogus"], 2, "unexpected argument");
    check(&["replay", "--listen", "nowhere"], 2, "is not an address: expected one such as 127.0.0.1:8080");
    check(&["replay", "--clock", "soon"], 2, "neither `real` nor a timestamp");
    check(&["replay", "--reading", "page-size=maybe"], 2, "expected one of `refuse`, `clamp`");
    check(&["replay", "--config", "none.toml"], 2, "cannot read none.toml");
    check(&["contract", "show", "acme"], 2, "there is no API `acme`: expected one of carrier");
    check(&["contract", "show", "carrier", "--operation", "fly"], 2, "there is no operation `fly`");
    check(&["contract", "show", "carrier", "fly"], 2, "there is no operation or webhook `fly`");
    check(&["validate", "--api", "carrier", "--kind", "clam", "-"], 2, "there is no kind `clam`");
    check(&["validate", "--api", "carrier", "--webhook", "clam", "-"], 2, "there is no webhook `clam`");
    check(&["validate", "--api", "carrier", "-"], 2, "--kind <KIND>");
    let header = ["verify", "provider", "--api", "carrier", "--header", "no header"];
    check(&header, 2, "a --header is no header");
    check(&["validate", "--api", "carrier", "--kind", "claim", "none.json"], 2, "cannot read none.json");
    check(&["fixtures", "--api", "carrier", "--kind", "claim", "--count", "0"], 2, "nothing to generate");
    check(&["fixtures", "--api", "carrier", "--kind", "claim", "--shard", "4/4"], 2, "expected I/N");
    check(&["docs", "check", "none.md"], 2, "cannot read none.md");
    check(&["docs", "check", "--explain", "DOC-NONE"], 2, "there is no rule `DOC-NONE`");
    let url = ["verify", "provider", "--api", "carrier", "--base-url", "http://127.0.0.1:1/carrier"];
    check(&url, 2, "nothing answers at");
}

#[test]
fn operations_and_webhooks_are_shown_whole() {
    check(
        &["contract", "show", "carrier", "createPayoffRequest"],
        0,
        "POST /claims/{claimId}/payoff-request",
    );
    for api in estoppel_catalog::apis() {
        let contract = api.contract();
        check(&["contract", "list"], 0, &format!("{} operations, ", contract.operations.len()));
        for webhook in &contract.webhooks {
            let id = webhook.spec.id;
            check(&["contract", "list"], 0, &format!("sends {id}"));
            check(&["contract", "show", contract.name()], 0, id);
            check(&["contract", "show", contract.name(), id], 0, "guaranteed: ");
        }
    }
}

#[test]
fn examples_of_webhooks_are_valid_bodies_of_them() {
    for api in estoppel_catalog::apis() {
        let contract = api.contract();
        for webhook in &contract.webhooks {
            let model = webhook.payload["$ref"].as_str().and_then(|target| target.strip_prefix("#/$defs/"));
            let model = contract.model(model.unwrap()).unwrap();
            let example = model.schema["examples"][0].to_string();
            let by_webhook = ["validate", "--api", contract.name(), "--webhook", webhook.spec.id, "-"];
            let by_model = ["validate", "--api", contract.name(), "--model", &model.name, "-"];
            for line in [by_webhook, by_model] {
                assert_eq!(run(&line, example.as_bytes()).0, 0, "{line:?}");
                let (code, said) = run(&line, b"[]");
                assert_eq!((code, said.contains("there was no payload")), (2, true), "{said}");
            }
        }
    }
}

#[test]
fn nothing_to_test_is_a_failure() {
    let (code, said) = run(&["validate", "--api", "carrier", "--kind", "claim", "-"], b"\n\n");
    assert_eq!((code, said.contains("there was no payload")), (2, true), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("empty.md");
    std::fs::write(&page, "Nothing here.\n").unwrap();
    check(&["docs", "check", page.to_str().unwrap()], 2, "nothing was found");
}

#[test]
fn generated_fixtures_validate_and_damage_is_found_on_its_line() {
    let fixtures = ["fixtures", "--api", "carrier", "--kind", "claim", "--count", "50", "--seed", "7", "-q"];
    let (code, claims) = run(&fixtures, b"");
    assert_eq!((code, claims.lines().count()), (0, 50));
    let validate = ["validate", "--api", "carrier", "--kind", "claim", "-"];
    assert_eq!(run(&validate, claims.as_bytes()).0, 0);
    let mut lines: Vec<String> = claims.lines().map(str::to_owned).collect();
    lines[3] = lines[3].replacen("\"deductible\":", "\"deductible\":null,\"deductibl\":", 1);
    lines[7] = "not json".to_owned();
    let (code, said) = run(&validate, lines.join("\n").as_bytes());
    assert_eq!(code, 1);
    assert!(said.contains("-:4: /deductible: expected a number, found null [type]"), "{said}");
    assert!(said.contains("-:8: (whole payload): expected JSON"), "{said}");
    assert!(said.contains("50 payloads of Claim: 48 valid, 2 invalid"), "{said}");
}

#[test]
fn an_item_is_the_same_whatever_range_it_is_made_in() {
    let (_, whole) = run(&["fixtures", "--api", "carrier", "--kind", "activity", "--count", "40", "-q"], b"");
    let one = ["fixtures", "--api", "carrier", "--kind", "activity", "--first", "31", "--count", "1", "-q"];
    assert_eq!(whole.lines().nth(31), run(&one, b"").1.lines().next());
    let part = |index: &str| {
        run(
            &["fixtures", "--api", "carrier", "--kind", "activity", "--count", "40", "--shard", index, "-q"],
            b"",
        )
        .1
    };
    assert_eq!(whole, format!("{}{}{}", part("0/3"), part("1/3"), part("2/3")));
}

#[test]
fn stale_files_exit_with_4_and_name_the_cure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schemas");
    let path = path.to_str().unwrap();
    check(&["schemas", "--check", "--folder", path], 4, "run `cargo xtask generate`");
    check(&["schemas", "--folder", path], 0, "brought into step");
    check(&["schemas", "--check", "--folder", path], 0, "in step");
    std::fs::write(format!("{path}/carrier/openapi.json"), "{}\n").unwrap();
    check(&["schemas", "--check", "--folder", path], 4, "carrier/openapi.json:1: stale");
}

#[test]
fn the_replay_server_is_verified_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().to_str().unwrap();
    let verify =
        ["verify", "provider", "--api", "carrier", "--report", "json,junit", "--report-dir", reports];
    check(&verify, 0, " 0 failed");
    let json = std::fs::read_to_string(folder.path().join("verify-provider.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["failures"], serde_json::json!([]));
    let junit = std::fs::read_to_string(folder.path().join("verify-provider.xml")).unwrap();
    assert!(junit.contains("<testsuite name=\"verify-provider\""), "{junit}");
}

#[test]
fn every_verb_helps_with_examples() {
    for verb in ["replay", "fixtures", "validate", "schemas"] {
        check(&[verb, "--help"], 0, "Examples:");
    }
    check(&["verify", "provider", "--help"], 0, "Examples:");
    check(&["docs", "check", "--help"], 0, "Examples:");
    check(&["contract", "show", "carrier", "--readings"], 0, "owners-retained (R1)");
}
