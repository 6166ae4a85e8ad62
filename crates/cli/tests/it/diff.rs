//! `docs diff` and `contract diff`: where editions come from, how changes are told, how they end.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

const PAGE: &str =
    "# Boats\n\n`GET /boats`\n\nKey | Description\n--- | ---\nname | Its name\nport | Its port\n";

/// Runs the command in a folder; gives its exit code and all that it said.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args(arguments)
        .current_dir(folder)
        // No repository around the folder counts.
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap_or(-1), said)
}

fn check(folder: &Path, arguments: &[&str], code: i32, part: &str) {
    let (actual, said) = run(folder, arguments);
    assert!(actual == code && said.contains(part), "{arguments:?} ended with {actual}: {said}");
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity =
        ["-c", "user.name=Boats", "-c", "user.email=boats@example.com", "-c", "commit.gpgsign=false"];
    let status =
        Command::new("git").args(identity).args(arguments).current_dir(folder).output().unwrap().status;
    assert!(status.success(), "git {arguments:?}");
}

fn boats() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.md"), PAGE).unwrap();
    fs::write(folder.path().join("new.md"), PAGE.replace("port | Its port\n", "")).unwrap();
    fs::write(folder.path().join("more.md"), format!("{PAGE}mast | Its mast\n")).unwrap();
    fs::write(folder.path().join("words.md"), PAGE.replace("Its name", "What it is called")).unwrap();
    folder
}

#[test]
fn changes_end_as_grave_as_they_are() {
    let folder = boats();
    let folder = folder.path();
    check(folder, &["docs", "diff", "old.md", "words.md"], 0, "nothing changed that a client could notice");
    check(folder, &["docs", "diff", "old.md", "words.md", "--fail-on", "any"], 0, "nothing changed");
    check(
        folder,
        &["docs", "diff", "old.md", "new.md"],
        1,
        "breaking DIFF-FIELD-REMOVED-UNSTATED: `port` in the reply",
    );
    check(folder, &["docs", "diff", "old.md", "new.md"], 1, "old old.md:8:1");
    check(folder, &["docs", "diff", "old.md", "new.md"], 1, "because a client that reads it finds nothing");
    check(folder, &["docs", "diff", "old.md", "more.md"], 0, "safe DIFF-FIELD-ADDED-UNSTATED");
    check(folder, &["docs", "diff", "old.md", "more.md", "--fail-on", "dangerous"], 0, "1 safe");
    check(folder, &["docs", "diff", "old.md", "more.md", "--fail-on", "safe"], 1, "1 safe");
}

#[test]
fn changes_are_told_in_three_forms() {
    let folder = boats();
    let folder = folder.path();
    let (code, said) = run(folder, &["docs", "diff", "old.md", "new.md", "--format", "json", "-q"]);
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(code, 1);
    let change = &told["changes"][0];
    assert_eq!(change["rule"], "DIFF-FIELD-REMOVED-UNSTATED");
    assert_eq!(change["tier"], "breaking");
    assert_eq!(change["directions"], serde_json::json!(["received"]));
    assert_eq!((&change["old"]["line"], &change["old"]["endColumn"]), (&8.into(), &5.into()));
    assert_eq!(change["fingerprint"].as_str().map(str::len), Some(16));
    assert_eq!(told["new"]["fields"], 1);
    let (_, said) = run(folder, &["docs", "diff", "old.md", "new.md", "--format", "markdown", "-q"]);
    assert!(said.starts_with("## Breaking (1)\n\nChange | Old | New | Why | Rule\n"), "{said}");
    check(folder, &["docs", "diff", "--explain", "DIFF-WORD-ADDED"], 0, "What a client sends: safe");
    check(folder, &["contract", "diff", "--explain", "all"], 0, "DIFF-HOST-CHANGED");
    check(folder, &["docs", "diff", "--explain", "DIFF-NONE"], 2, "there is no kind of change `DIFF-NONE`");
}

#[test]
fn what_cannot_be_compared_says_why_and_exits_with_2() {
    let folder = boats();
    let folder = folder.path();
    fs::write(folder.join("empty.md"), "Only words.\n").unwrap();
    fs::write(folder.join("binary.md"), [0_u8; 500]).unwrap();
    fs::write(folder.join("some.json"), "{}").unwrap();
    fs::create_dir(folder.join("nothing")).unwrap();
    fs::write(folder.join("off.md"), format!("<!--\n{PAGE}-->\n")).unwrap();
    check(folder, &["docs", "diff", "off.md", "off.md"], 2, "both editions stand inside HTML comments");
    check(folder, &["docs", "diff", "old.md", "off.md"], 1, "DIFF-SWITCHED-OFF");
    check(folder, &["docs", "diff", "old.md"], 2, "required arguments");
    check(folder, &["docs", "diff", "old.md", "none.md"], 2, "there is no file or folder none.md");
    check(folder, &["docs", "diff", "none.md", "old.md"], 2, "there is no file or folder none.md");
    check(folder, &["docs", "diff", "old.md", "empty.md"], 2, "nothing was found in empty.md");
    check(folder, &["docs", "diff", "empty.md", "old.md"], 2, "nothing was found in empty.md");
    check(folder, &["docs", "diff", "old.md", "binary.md"], 2, "binary.md is no text");
    check(folder, &["docs", "diff", "old.md", "nothing"], 2, "there is no document in nothing");
    check(folder, &["docs", "diff", "old.md", "new.md", "--api", "acme"], 2, "there is no API `acme`");
    check(folder, &["docs", "diff", "HEAD:old.md", "old.md"], 2, "no git repository");
    check(folder, &["contract", "diff", "some.json", "some.json"], 2, "has no member `openapi`");
    check(folder, &["contract", "diff", "old.md", "some.json"], 2, "old.md is neither JSON nor YAML");
    check(folder, &["contract", "diff", "nothing", "some.json"], 2, "nothing was found in nothing");
}

#[test]
fn editions_come_from_folders_and_revisions() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let source = folder.join("source");
    fs::create_dir_all(source.join("includes")).unwrap();
    fs::write(source.join("index.md"), "# Boats\n\nAll of them.\n").unwrap();
    fs::write(source.join("includes/_boats.md"), PAGE).unwrap();
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "First"]);
    git(folder, &["tag", "v1"]);
    check(folder, &["docs", "diff", "v1:source", "source"], 0, "nothing changed");
    fs::write(source.join("includes/_boats.md"), PAGE.replace("port |", "berth |")).unwrap();
    check(folder, &["docs", "diff", "v1:source", "source"], 1, "`port` is now called `berth`");
    check(folder, &["docs", "diff", "v1:source", "source"], 1, "old includes/_boats.md:8:1");
    let page = "v1:source/includes/_boats.md";
    check(folder, &["docs", "diff", page, "source"], 1, "DIFF-FIELD-RENAMED");
    check(folder, &["docs", "diff", "v1:", "source"], 1, "DIFF-FIELD-RENAMED");
    check(folder, &["docs", "diff", "v2:source", "source"], 2, "there is no revision v2");
    check(folder, &["docs", "diff", "v1:nowhere", "source"], 2, "the revision v1 has no nowhere");
    check(folder, &["docs", "diff", "--", "--help:x", "source"], 2, "--help is no revision");
}

#[test]
fn generated_contracts_are_compared_by_api() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let api = "carrier";
    let (code, said) = run(folder, &["schemas", "--folder", "old", "-q"]);
    assert_eq!(code, 0, "{said}");
    run(folder, &["schemas", "--folder", "new", "-q"]);
    check(folder, &["contract", "diff", "old", "new", "--fail-on", "any"], 0, "nothing changed");
    let file = folder.join("new").join(api).join("openapi.json");
    let contract = fs::read_to_string(&file).unwrap();
    let mut changed: serde_json::Value = serde_json::from_str(&contract).unwrap();
    let paths = changed["paths"].as_object_mut().unwrap();
    let (path, methods) = paths.iter().next().map(|(path, item)| (path.clone(), item.clone())).unwrap();
    paths.remove(&path);
    fs::write(&file, changed.to_string()).unwrap();
    let id =
        methods.as_object().unwrap().values().next().unwrap()["operationId"].as_str().unwrap().to_owned();
    check(folder, &["contract", "diff", "old", "new"], 1, "DIFF-OPERATION-REMOVED");
    check(folder, &["contract", "diff", "old", "new", "--api", api], 1, &format!("[{id}]"));
    check(folder, &["contract", "diff", "old/carrier/models", "new/carrier/models"], 0, "nothing changed");
    fs::remove_dir_all(folder.join("new").join(api)).unwrap();
    check(folder, &["contract", "diff", "old", "new", "--api", api], 2, "new has no carrier/openapi.json");
}
