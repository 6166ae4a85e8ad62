//! Webhooks from the command line: signatures, deliveries, receivers, and the drill.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use crate::command::{check, run};

/// A body as a sender writes it, and its signature with the key of a fresh session.
const BODY: &[u8] =
    br#"{"payoffId":"f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f","success":true,"payoffAmount":10222}"#;

/// A receiver in a process of its own.
struct Listener {
    child: Child,
    url: String,
}

impl Listener {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_estoppel"))
            .args(["webhook", "listen", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut first).unwrap();
        let url = first.split(" on ").nth(1).and_then(|rest| rest.split(". Ctrl-C").next());
        let url = format!("{}/hooks", url.expect("the first line names an address"));
        Self { child, url }
    }

    /// Waits until it ends by itself; gives its exit code and what it said.
    fn end(mut self) -> (i32, String) {
        let mut said = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code().unwrap_or(-1), said)
    }

    /// Asks it to stop, as a terminal does.
    fn interrupt(self) -> (i32, String) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        self.end()
    }
}

fn signature(arguments: &[&str]) -> String {
    let line = [&["webhook", "sign", "--api", "xpayoff", "--format", "value"], arguments].concat();
    let (code, said) = run(&line, BODY);
    assert_eq!(code, 0, "{said}");
    said.trim().to_owned()
}

#[test]
fn what_is_signed_checks_and_what_is_not_is_told() {
    let right = signature(&[]);
    let (_, line) = run(&["webhook", "sign", "--api", "xpayoff", "-"], BODY);
    assert_eq!(line, format!("x-lossexpress-signature: {right}\n"));
    let check = |header: &str, further: &[&str]| {
        let line = ["webhook", "check", "--api", "xpayoff", "--header", header];
        run(&[&line, further].concat(), BODY)
    };
    assert_eq!(check(&right, &[]), (0, "the signature holds\n".to_owned()));
    assert_eq!(check(line.trim(), &[]).0, 0, "the whole line is taken");
    assert_eq!(check(&signature(&["--suffix", "s-1"]), &["--suffix", "s-1"]).0, 0);
    let base64 = ["--reading", "xpayoff-signature-encoding=base64"];
    assert_eq!(check(&signature(&base64), &base64).0, 0);

    let (code, said) = check(&right.to_uppercase(), &[]);
    assert!(code == 1 && said.contains("[upper-case]") && said.contains("  header   at byte "), "{said}");
    let (code, said) = check(&signature(&["--key", "xpayoff-test-key\n"]), &[]);
    assert!(code == 1 && said.contains("a line feed at its end [key-form]"), "{said}");
    let (code, said) =
        check(&signature(&["--key", "my-secret"]), &["--key", "your-secret", "--format", "json"]);
    let verdict: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &verdict["holds"]), (1, &false.into()));
    assert_eq!(verdict["mistakes"][0]["id"], "unexplained");
    assert!(!said.contains("secret"), "{said}");
    let (code, said) = run(&["webhook", "check", "--api", "xpayoff"], BODY);
    assert!(code == 1 && said.contains("[header-missing]"), "{said}");
}

#[test]
fn what_cannot_run_says_why() {
    check(&["webhook", "sign", "--api", "carrier"], 2, "`carrier` sends no webhooks; these do: xpayoff");
    check(&["webhook", "sign", "--api", "spinwheel"], 2, "does not sign its webhooks");
    check(&["webhook", "sign", "--api", "xpayoff"], 2, "say the suffix with --suffix");
    check(&["webhook", "sign", "--api", "xpayoff", "none.json"], 2, "cannot read none.json");
    let nowhere = ["--api", "xpayoff", "--url", "http://127.0.0.1:1/"];
    check(&[&["webhook", "fire"], &nowhere[..]].concat(), 2, "nothing answers at http://127.0.0.1:1/");
    check(&[&["verify", "receiver"], &nowhere[..]].concat(), 2, "nothing answers at http://127.0.0.1:1/");
    let drill = |api: &'static str, url: &'static str| ["webhook", "drill", "--api", api, "--receiver", url];
    check(&drill("xpayoff", "http://127.0.0.1:1/"), 2, "nothing answers at http://127.0.0.1:1/");
    check(&drill("xpayoff", "127.0.0.1:1"), 2, "expected http:// or https://");
    check(&drill("spinwheel", "http://127.0.0.1:1/"), 2, "deactivates nothing");
    for verb in ["sign", "check", "fire", "listen", "drill"] {
        check(&["webhook", verb, "--help"], 0, "Examples:\n  estoppel webhook");
    }
    check(&["verify", "receiver", "--help"], 0, "Examples:\n  estoppel verify receiver --api xpayoff");
}

#[test]
fn deliveries_are_received_judged_and_counted() {
    let listener = Listener::start(&["--api", "xpayoff", "--count", "4"]);
    let fire = ["webhook", "fire", "--api", "xpayoff", "--url", &listener.url];
    check(&fire, 0, "1: status 200 in ");
    let (code, said) = run(&[&fire[..], &["--key", "wrong"]].concat(), b"");
    assert!(code == 1 && said.contains("status 401") && said.contains("counts as a failure"), "{said}");
    let (code, said) = run(&[&fire[..], &["--body", "-"]].concat(), br#"{"payoffId":7}"#);
    assert!(code == 1 && said.contains("status 400"), "{said}");
    check(&[&fire[..], &["--request", "00000000-0000-4000-8000-000000000007"]].concat(), 0, "received");
    let (code, said) = listener.end();
    assert_eq!(code, 1, "{said}");
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].ends_with("payoffResult f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f: right, answered 200"),
        "{said}"
    );
    assert!(lines[1].contains("[unexplained], the same as one before, answered 401"), "{said}");
    assert!(lines[2].contains("wrong: /payoffId: expected a string"), "{said}");
    assert_eq!(lines[4], "4 deliveries: 2 right, 2 wrong; 1 had come before");
}

#[test]
fn a_listener_that_hears_nothing_has_tested_nothing() {
    assert_eq!(Listener::start(&["--api", "xpayoff", "--count", "1"]).interrupt().0, 2);
}

#[test]
fn deliveries_are_handed_on_byte_for_byte() {
    let behind = Listener::start(&["--api", "xpayoff", "--status", "204"]);
    let before = Listener::start(&["--api", "xpayoff", "--forward", &behind.url]);
    let fire = ["webhook", "fire", "--api", "xpayoff", "--url", &before.url];
    check(&fire, 1, "status 204");
    check(&[&fire[..], &["--key", "wrong"]].concat(), 1, "status 401");
    let (code, said) = before.interrupt();
    assert!(code == 1 && said.contains("answered 204 (handed on: status 204)"), "{said}");
    assert!(said.contains("2 deliveries: 0 right, 1 wrong, 1 not taken"), "{said}");
    let (code, said) = behind.interrupt();
    assert!(code == 1 && said.contains("right, answered 204") && said.contains("[unexplained]"), "{said}");
}

#[test]
fn the_listener_is_a_correct_receiver() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().to_str().unwrap();
    for (api, part) in
        [("xpayoff", "0 failed"), ("spinwheel", "not run: signature-missing: this API does not sign")]
    {
        let listener = Listener::start(&["--api", api]);
        let verify = ["verify", "receiver", "--api", api, "--url", &listener.url];
        check(&[&verify[..], &["--report", "json,junit", "--report-dir", reports]].concat(), 0, part);
        let (code, _) = listener.interrupt();
        assert_eq!(code, 1, "it has heard what no receiver may take");
    }
    let json = std::fs::read_to_string(folder.path().join("verify-receiver.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&report["api"], &report["failures"]), (&"spinwheel".into(), &serde_json::json!([])));
    let junit = std::fs::read_to_string(folder.path().join("verify-receiver.xml")).unwrap();
    assert!(junit.contains("<testsuite name=\"verify-receiver\""), "{junit}");

    let listener = Listener::start(&["--api", "xpayoff", "--status", "202"]);
    check(
        &["verify", "receiver", "--api", "xpayoff", "--url", &listener.url],
        1,
        "delivery-status: payoffResult:",
    );
    let other_key = ["verify", "receiver", "--api", "xpayoff", "--url", &listener.url, "--key", "another"];
    check(&other_key, 1, "look at the key");
    listener.interrupt();
}

#[test]
fn the_drill_shows_what_is_lost_and_how_to_come_back() {
    let listener = Listener::start(&["--api", "xpayoff"]);
    let drill = ["webhook", "drill", "--api", "xpayoff", "--receiver", &listener.url];
    let (code, said) = run(&drill, b"");
    assert_eq!(code, 0, "{said}");
    for part in [
        "failure 4, the webhook is enabled",
        "failure 5, the webhook is DEACTIVATED: 5 failures in a row",
        "deliveries: 1 delivered, 5 failed, 2 dropped",
        "\"state\":\"deactivated\"",
        "createPayoffRequest is now answered with 400",
        "24 hours later: 0 further deliveries",
        "1 delivery of the new request, 0 of the 9 lost ones",
        "failure 9, the webhook is enabled",
        "failure 10, the webhook is DEACTIVATED: 10 failures within 15 minutes",
        "00:15:02  payoffResult of",
        "failure 10, the webhook is enabled\n  the webhook is still enabled",
    ] {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
    assert_eq!(run(&drill, b"").1, said, "it is the same each time");
    let retries = [&drill[..], &["-q", "--reading", "xpayoff-delivery-retries=3"]].concat();
    let (code, said) = run(&retries, b"");
    assert!(code == 0 && said.contains("  deactivated: 5 failures in a row"), "{said}");
    check(&[&drill[..], &["--live"]].concat(), 0, "10 deliveries taken, 0 not");
    let (code, said) = listener.interrupt();
    assert!(code == 0 && said.contains(" 0 wrong"), "what passes the gate is signed: {said}");

    let failing = Listener::start(&["--api", "xpayoff", "--status", "500"]);
    let live = ["webhook", "drill", "--api", "xpayoff", "--live", "--receiver", &failing.url];
    check(&live, 1, "failure 5, the webhook is DEACTIVATED: 5 failures in a row");
    check(&live[..5], 2, "--receiver");
    let gated = ["webhook", "drill", "--api", "xpayoff", "--receiver", &failing.url];
    check(&gated, 1, "the receiver does not take the first delivery");
    failing.interrupt();
}
