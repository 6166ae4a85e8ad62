//! Whom the replay server trusts, as its flags say.

use std::process::{Command, Stdio};

use crate::replay::{get, start, stop};

const TOKEN: &str = "correct-horse-battery";

/// What a server says that does not start: one line.
fn refused(arguments: &[&str]) -> String {
    let (code, said) = super::run(&[&["replay"], arguments].concat(), b"");
    assert!(code == 2 && said.trim_end().lines().count() == 1, "{arguments:?}: {code} {said}");
    said
}

#[test]
fn a_server_that_cannot_be_trusted_does_not_start() {
    for (arguments, part) in [
        (&["--listen", "0.0.0.0:0"][..], "give --admin-token TOKEN"),
        (&["--listen", "[::]:0"], "--insecure-admin"),
        (
            &["--listen", "0.0.0.0:0", "--admin-token", "short-secret"],
            "has 12 characters: expected 16 to 512",
        ),
        (&["--admin-token", "secret of many words"], "expected visible ASCII"),
        (&["--admin-listen", "8081"], "expected one such as 127.0.0.1:8081"),
        (&["--listen", "127.0.0.1:8080", "--admin-listen", "127.0.0.1:8080"], "is --listen too"),
        (&["--admin-listen", "0.0.0.0:0"], "other machines reach --admin-listen 0.0.0.0:0"),
        (&["--insecure-admin", "--admin-token", "secret-of-many-words"], "contradict each other"),
        (&["--allow-host", "a b"], "--allow-host: `a b` is no host: expected"),
        (&["--allow-host", "http://a.example"], "is no host"),
        (&["--allow-webhook-target", "10.0.0.0/33"], "`10.0.0.0/33` is no webhook target: expected"),
        (&["--allow-webhook-target", "http://a.example"], "expected a host, HOST:PORT, or a range"),
        (&["--public-url", "http://"], "names no host"),
    ] {
        let said = refused(arguments);
        assert!(said.contains(part) && !said.contains("secret"), "{arguments:?}: {said}");
    }
}

#[test]
fn the_file_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("estoppel.toml");
    for (text, part) in [
        ("listen = \"0.0.0.0:0\"", "--admin-token"),
        ("allow-webhook-target = [\"10.0.0.0/x\"]", "is no webhook target"),
        ("allow-host = [\"*\"]", "is no host"),
        ("admin-listen = \"x\"", "is not an address"),
        ("admin-token = \"correct-horse-battery\"", "admin-token"),
    ] {
        std::fs::write(&file, format!("version = 1\n[replay]\n{text}\n")).unwrap();
        let (code, said) = super::run(&["replay", "--config", file.to_str().unwrap()], b"");
        assert!(code == 2 && said.contains(part), "{code} {said}");
    }
}

#[test]
fn an_open_server_says_so_loudly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args(["replay", "--quiet", "--listen", "0.0.0.0:0", "--insecure-admin"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut stderr = std::io::BufReader::new(child.stderr.take().unwrap());
    std::io::BufRead::read_line(&mut stderr, &mut first).unwrap();
    assert!(first.contains("WARNING: --insecure-admin: every machine that reaches 0.0.0.0:"), "{first}");
    assert_eq!(stop(child).0, 0);
}

#[test]
fn verification_sends_the_token() {
    let (server, address) =
        start(&["--admin-token", TOKEN, "--webhook", "xpayoff=http://127.0.0.1:9/?key=hush"]);
    assert!(get(&address, "/__admin/health").starts_with("HTTP/1.1 401"));
    let base_url = format!("http://{address}/xpayoff");
    let line = ["verify", "provider", "--api", "xpayoff", "--quiet", "--base-url", &base_url];
    let (code, said) = super::run(&line, b"");
    assert!(code == 2 && said.contains("give --admin-token or ESTOPPEL_ADMIN_TOKEN"), "{code} {said}");
    let (code, said) = super::run(&[&line[..], &["--admin-token", TOKEN]].concat(), b"");
    assert!(code == 0 && said.contains("webhooks"), "{code} {said}");
    stop(server);
}

#[test]
fn the_greeting_hides_queries_and_names_the_admin_listener() {
    let flags = ["--admin-listen", "127.0.0.1:0", "--webhook", "xpayoff=http://127.0.0.1:9/?key=hush"];
    let (mut server, address) = start(&flags);
    assert!(get(&address, "/__admin/health").contains("--admin-listen"));
    let mut errors = server.stderr.take().unwrap();
    stop(server);
    let mut said = String::new();
    std::io::Read::read_to_string(&mut errors, &mut said).unwrap();
    let admin = said.split("journal: http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
    assert_ne!(admin, address, "{said}");
    assert!(said.contains("http://127.0.0.1:9/?[redacted]") && !said.contains("hush"), "{said}");
}
