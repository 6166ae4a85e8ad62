//! What a terminal sees, and what happens where nobody looks.

use std::{
    fs,
    process::{Command, Stdio},
};

use super::{run, written_files::shell};

/// Verbs that print, with cheap arguments, and the exit code of each.
fn verbs(folder: &str) -> Vec<(String, i32)> {
    let lines = [
        ("--help", 0),
        ("--version", 0),
        ("frobnicate", 2),
        ("", 2),
        ("fixtures --help", 0),
        ("fixtures --api carrier", 0),
        ("fixtures --api carrier --kind claim --count 3", 0),
        ("fixtures --api acme", 2),
        ("validate --api carrier --kind claim FOLDER/claims.ndjson", 1),
        ("quote --api xpayoff FOLDER/claims.ndjson", 2),
        ("contract list", 0),
        ("contract show carrier", 0),
        ("contract show carrier --readings", 0),
        ("contract show carrier --rulings", 0),
        ("contract show carrier --refusals", 0),
        ("contract show carrier --models", 0),
        ("contract show xpayoff payoffResult", 0),
        ("contract diff --explain all", 0),
        ("contract diff FOLDER/old FOLDER/new", 1),
        ("contract diff FOLDER/old FOLDER/new --format json", 1),
        ("contract diff FOLDER/old FOLDER/new --format markdown", 1),
        ("docs check --explain all", 0),
        ("docs check --explain DOC-HOST", 0),
        ("docs check FOLDER/page.md", 1),
        ("docs check FOLDER/page.md --report github", 1),
        ("docs extract FOLDER/page.md", 0),
        ("docs diff FOLDER/page.md FOLDER/page.md", 0),
        ("webhook sign --api xpayoff FOLDER/body.json", 0),
        ("webhook check --api xpayoff --header 1f3a FOLDER/body.json", 1),
        ("webhook fire --api xpayoff --url http://127.0.0.1:1/", 2),
        ("webhook drill --api xpayoff --receiver http://127.0.0.1:1/", 2),
        ("verify receiver --api xpayoff --url http://127.0.0.1:1/", 2),
        ("schemas --check --folder FOLDER/none", 4),
        ("replay --listen nowhere", 2),
    ];
    lines.iter().map(|(line, code)| (line.replace("FOLDER", folder), *code)).collect()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("claims.ndjson", "{}\n{}\n");
    put("body.json", "{\"payoffRequestId\":\"s-1\",\"payoffId\":\"s-1\"}");
    put(
        "page.md",
        "# A\n\n`GET https://a.test/boats`\n\nKey | Description\n--|--\nsail |\nname | Its name\n",
    );
    let document = |member: &str| {
        format!(
            "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"paths\":{{\"/boats\":{{\"get\":{{\"operationId\":\"b\",\"responses\":\
             {{\"200\":{{\"description\":\"d\",\"content\":{{\"application/json\":{{\"schema\":{{\"type\":\"object\",\"required\":[\"{member}\"],\
             \"properties\":{{\"{member}\":{{\"type\":\"string\"}}}}}}}}}}}}}}}}}}}}}}"
        )
    };
    put("old/openapi.json", &document("port"));
    put("new/openapi.json", &document("berth"));
    folder
}

#[test]
fn no_verb_minds_where_its_output_goes() {
    let folder = folder();
    let mut faults = Vec::new();
    for (line, code) in verbs(folder.path().to_str().unwrap()) {
        for redirected in ["2>/dev/full >/dev/null", ">&- 2>&-"] {
            let (actual, said) = shell(&format!("$ESTOPPEL {line} {redirected}"));
            if actual != code || !said.is_empty() {
                faults.push(format!("`{line} {redirected}` ended with {actual}, not {code}: {said}"));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn a_full_standard_output_is_exit_2_and_one_line() {
    let folder = folder();
    for (line, code) in verbs(folder.path().to_str().unwrap()) {
        let (actual, said) = shell(&format!("$ESTOPPEL {line} >/dev/full"));
        assert_eq!(actual, 2, "{line}: {said}");
        let lines: Vec<&str> = said.lines().filter(|line| line.contains("cannot write")).collect();
        // What could not run has printed nothing, but for the drill, which says what it is about to do.
        if code != 2 {
            assert!(lines.len() == 1 && said.contains("No space left"), "{line}: {said}");
        }
        assert!(!said.contains("panicked"), "{line}: {said}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder();
    for (line, code) in verbs(folder.path().to_str().unwrap()) {
        let mut child = Command::new("sh")
            .args(["-c", &format!("exec $ESTOPPEL {line}")])
            .env("ESTOPPEL", env!("CARGO_BIN_EXE_estoppel"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{line}: {said}");
        assert!(!said.contains("panicked") && !said.contains("roken pipe"), "{line}: {said}");
    }
}

#[test]
fn an_endless_input_ends_with_its_reader() {
    let (_, said) = shell("yes '{}' | $ESTOPPEL validate --api carrier --kind claim - 2>&1 | head -1");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("-:1: "), "{said}");
}

/// What a terminal obeys, but line breaks.
fn harmful(said: &str) -> String {
    let hidden = "\u{61c}\u{200b}\u{200e}\u{200f}\u{202a}\u{202e}\u{2028}\u{2029}\u{2066}\u{2069}\u{feff}";
    let is_harmful = |c: &char| (c.is_control() && !matches!(c, '\n' | '\t')) || hidden.contains(*c);
    said.chars().filter(is_harmful).collect()
}

const HOSTILE: &str = "a\u{1b}]0;owned\u{7}\u{1b}[2J\r\u{9b}31m\u{202e}b\u{2066}\u{200b}\u{2028}c";

#[test]
fn what_comes_from_outside_cannot_move_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(format!("{HOSTILE}\n{name}")).to_str().unwrap().to_owned();
    let put = |name: &str, text: &str| {
        fs::write(path(name), text).unwrap();
        path(name)
    };
    let key = serde_json::to_string(HOSTILE).unwrap();
    let payload = put("payload.ndjson", &format!("{{{key}:1,\"claimId\":{key}}}\nnot json {HOSTILE}\n"));
    let quote = put("quote.json", &format!("{{\"payoffAmount\":{key},\"lenderName\":{key}}}"));
    let body = put("body.json", &format!("{{\"payoffRequestId\":{key}}}"));
    let page = put(
        "page.md",
        &format!(
            "# A {HOSTILE}\n\n`GET https://a.test/boats`\n\n> Example response {HOSTILE}:\n\n```json\n{{\"a{HOSTILE}\": \"Argo\",}}\n```\n\nKey | Description\n--|--\n{HOSTILE} |\nname | Its {HOSTILE}\n"
        ),
    );
    let config = put("estoppel.toml", "version = 1\n\"\\u001b[2J\\u202e\" = 1\n");
    let bad_config = put("bad.toml", &format!("version = 1\n[webhooks\n# {HOSTILE}"));
    let baseline = put("baseline.json", &format!("{{\"{HOSTILE}"));
    let none = path("none");
    let lines: &[&[&str]] = &[
        &["validate", "--api", "carrier", "--kind", "claim", &payload],
        &["validate", "--api", "carrier", "--kind", HOSTILE, &payload],
        &["validate", "--api", "carrier", "--kind", "claim", &none],
        &["quote", "--api", "xpayoff", &quote],
        &["quote", "--api", "xpayoff", &quote, "--format", "json"],
        &["quote", "--api", HOSTILE, &quote],
        &["webhook", "sign", "--api", "xpayoff", "--suffix", HOSTILE, &body],
        &["webhook", "sign", "--api", "xpayoff", "--suffix", HOSTILE, "--format", "json", &body],
        &["webhook", "check", "--api", "xpayoff", "--header", HOSTILE, &body],
        &["webhook", "check", "--api", "xpayoff", "--header", HOSTILE, "--format", "json", &body],
        &["webhook", "fire", "--api", "xpayoff", "--url", HOSTILE, "--body", &body],
        &["docs", "check", &page],
        &["docs", "check", "--color", "never", &page],
        &["docs", "check", "--report", "github", &page],
        &["docs", "check", "--baseline", &baseline, &page],
        &["docs", "extract", &page],
        &["docs", "diff", &page, &payload],
        &["docs", "diff", &none, &page],
        &["contract", "diff", &payload, &page],
        &["contract", "diff", &format!("{HOSTILE}:a"), "HEAD:schemas"],
        &["contract", "show", HOSTILE],
        &["replay", "--config", &config],
        &["replay", "--config", &bad_config],
        &["replay", "--reading", HOSTILE],
        &["replay", "--listen", HOSTILE],
        &["replay", "--limit", HOSTILE],
        &["schemas", "--check", "--folder", folder.path().to_str().unwrap()],
        &["verify", "provider", "--api", "carrier", "--base-url", HOSTILE],
        &[HOSTILE],
        &["fixtures", HOSTILE],
        &["fixtures", "--api", "carrier", "--kind", "claim", "--out", &path("no/such")],
    ];
    for line in lines {
        let (_, said) = run(line, b"");
        assert_eq!(harmful(&said), "", "{line:?}: {said:?}");
    }
    let (code, said) = run(&["docs", "check", &page], b"");
    assert!(code == 1 && said.contains("?]0;owned"), "{code} {said}");
}

#[test]
fn a_failure_is_one_line() {
    for line in [
        &["docs", "check", "no\nsuch"][..],
        &["contract", "show", "a\nb"],
        &["replay", "--config", "no\nsuch"],
    ] {
        let (code, said) = run(line, b"");
        assert_eq!((code, said.lines().count()), (2, 1), "{said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("estoppel.toml");
    fs::write(&config, "version = 1\n[replay]\nport = \"secret\"\n").unwrap();
    let (code, said) = run(&["replay", "--config", config.to_str().unwrap()], b"");
    assert_eq!((code, said.lines().count()), (2, 1), "{said}");
    assert!(
        said.contains("line 3, column 1, in port: unknown field `port`") && !said.contains("secret"),
        "{said}"
    );
}

#[test]
fn reports_survive_what_no_terminal_and_no_xml_takes() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().to_str().unwrap();
    let page = folder.path().join("page.md");
    fs::write(
        &page,
        format!("# A {HOSTILE}\u{fffe}\u{ffff}]]>\n\n`GET /boats`\n\n> Example response {HOSTILE}]]>:\n\n```json\n{{\"a{HOSTILE}\u{ffff}\": 1,}}\n```\n"),
    )
    .unwrap();
    let check = [
        "docs",
        "check",
        page.to_str().unwrap(),
        "--report",
        "json,sarif,junit,html",
        "--report-dir",
        reports,
    ];
    assert_eq!(run(&check, b"").0, 1);
    for name in ["docs-check.json", "docs-check.sarif"] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name}");
    }
    for name in ["docs-check.xml", "docs-check.html"] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(harmful(&text), "", "{name}");
        assert!(!text.contains(['\u{fffe}', '\u{ffff}']), "{name}: {text:?}");
    }
}
