//! The replay server as a process: it starts, answers, and ends as asked.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// Starts the server; gives it, and the address that it says.
pub(crate) fn start(arguments: &[&str]) -> (Child, String) {
    let (child, first) = greeted(arguments);
    let address = first.split("http://").nth(1).and_then(|rest| rest.split(',').next()).unwrap().to_owned();
    (child, address)
}

/// Starts the server; gives it, and the first line that it says.
fn greeted(arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args(["replay", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Byte by byte: what comes after the first line stays to be read.
    let stderr = child.stderr.as_mut().unwrap();
    let mut first = Vec::new();
    let mut byte = [0];
    while stderr.read(&mut byte).unwrap() == 1 && byte != *b"\n" {
        first.extend(byte);
    }
    (child, String::from_utf8(first).unwrap())
}

pub(crate) fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

/// Asks the process to stop, as a terminal or a container would; gives exit code and standard output.
pub(crate) fn stop(mut child: Child) -> (i32, String) {
    let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code().unwrap_or(-1), said)
}

#[test]
fn it_stops_gracefully_and_strictly() {
    let (server, address) = start(&[]);
    assert!(get(&address, "/__admin/health").contains("\"status\":\"ok\""));
    assert!(get(&address, "/carrier/nowhere").starts_with("HTTP/1.1 404"));
    assert_eq!(stop(server), (0, String::new()));

    let (server, address) = start(&["--strict"]);
    assert!(get(&address, "/carrier/nowhere").starts_with("HTTP/1.1 404"));
    assert_eq!(stop(server), (1, "default carrier GET /nowhere: unknown-route\n".to_owned()));

    let (server, address) = start(&["--strict"]);
    assert!(get(&address, "/carier/claims").starts_with("HTTP/1.1 404"));
    assert_eq!(stop(server), (1, "- - GET /carier/claims: no session or API has this path\n".to_owned()));

    let (server, _) = start(&["--strict"]);
    assert_eq!(stop(server), (2, String::new()), "nothing was called");
}

fn signal(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Exit code and the rest of standard error.
fn end(mut child: Child) -> (i32, String) {
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code().unwrap_or(-1), said)
}

/// A call whose body is not all there.
fn begin_call(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "POST /carrier/oauth/token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 200000\r\n\r\n";
    stream.write_all(&[head.as_bytes(), &vec![b'x'; 100_000]].concat()).unwrap();
    let idle = "\"body-memory\":{\"max\":67108864,\"unit\":\"bytes\",\"used\":0}";
    while get(address, "/__admin/health").contains(idle) {}
    stream
}

#[test]
fn what_is_given_up_is_said_and_is_in_the_exit_code() {
    let (server, address) = start(&["--drain", "0"]);
    let _call = begin_call(&address);
    signal(&server, "-TERM");
    let (code, said) = end(server);
    assert!(code == 1 && said.contains("given up: 1 calls, 0 deliveries in flight"), "{code} {said}");

    let (server, address) = start(&["--drain", "600"]);
    let _call = begin_call(&address);
    signal(&server, "-INT");
    while TcpStream::connect(&address).is_ok() {}
    signal(&server, "-INT");
    assert_eq!(end(server).0, 130, "a second signal ends it at once");

    let (code, said) = super::run(&["replay", "--drain", "99999"], b"");
    assert!(code == 2 && said.contains("--drain"), "{code} {said}");
}

#[test]
fn hanging_up_stops_it_unless_it_was_started_to_outlive_its_terminal() {
    let (server, _) = start(&[]);
    signal(&server, "-HUP");
    let (code, said) = end(server);
    assert!(code == 0 && !said.contains("given up"), "{code} {said}");

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    // Nobody reads what it says, and it cannot be written either.
    let script =
        format!("trap '' HUP; exec {} replay --listen {address} 2>/dev/full", env!("CARGO_BIN_EXE_estoppel"));
    let server = Command::new("sh").args(["-c", &script]).stdout(Stdio::piped()).spawn().unwrap();
    while TcpStream::connect(&address).is_err() {}
    signal(&server, "-HUP");
    assert!(get(&address, "/__admin/health").contains("\"status\":\"ok\""));
    assert_eq!(stop(server), (0, String::new()));
}

#[test]
fn a_seed_is_drawn_unless_one_is_chosen() {
    let seeds = [1, 2].map(|_| {
        let (server, first) = greeted(&[]);
        stop(server);
        assert!(first.contains("State lives in memory"), "{first}");
        let (seed, _) = first.split_once(", seed ").unwrap().1.split_once(' ').unwrap();
        assert!(first.contains(&format!("(drawn; --seed {seed} repeats this run)")), "{first}");
        seed.parse::<u64>().unwrap()
    });
    assert_ne!(seeds[0], seeds[1]);
    let (server, first) = greeted(&["--seed", "7"]);
    stop(server);
    assert!(first.contains(", seed 7.") && !first.contains("drawn"), "{first}");
}

#[test]
fn an_occupied_port_is_one_clear_line() {
    let (server, address) = start(&[]);
    let (code, said) = super::run(&["replay", "--listen", &address], b"");
    assert_eq!(code, 2);
    assert!(said.contains("cannot listen on") && said.lines().count() == 1, "{said}");
    stop(server);
}

#[test]
fn webhooks_are_checked_before_it_starts_and_said_when_it_has() {
    let webhook = "spinwheel=http://127.0.0.1:9/hook";
    let (mut server, address) = start(&["--webhook", webhook]);
    let listed = get(&address, "/__admin/sessions/default/webhooks");
    assert!(listed.contains("\"url\":\"http://127.0.0.1:9/hook\""), "{listed}");
    let mut said = String::new();
    let mut errors = server.stderr.take().unwrap();
    assert_eq!(stop(server), (0, String::new()));
    errors.read_to_string(&mut said).unwrap();
    assert!(said.contains("to http://127.0.0.1:9/hook"), "{said}");
    for (flag, part) in [
        ("http://127.0.0.1:9", "expected API=URL"),
        ("nothing=http://127.0.0.1:9", "`nothing` sends no webhooks; these do: "),
        ("spinwheel=127.0.0.1:9", "the URL"),
        ("spinwheel=http://me:secret@127.0.0.1:9", "credentials"),
    ] {
        let (code, said) = super::run(&["replay", "--webhook", flag], b"");
        assert!(code == 2 && said.contains(part) && !said.contains("secret"), "{code} {said}");
    }
}

#[test]
fn a_verification_that_is_stopped_takes_its_endpoint_back() {
    let (server, address) = start(&[]);
    let verification = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args(["verify", "provider", "--api", "xpayoff", "--base-url", &format!("http://{address}/xpayoff")])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let endpoints = || get(&address, "/__admin/sessions/default/webhooks");
    let is_there = (0..10_000).any(|_| endpoints().contains("\"url\":\"http://127.0.0.1:"));
    assert!(is_there, "{}", endpoints());
    let sent = Command::new("kill").args(["-INT", &verification.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = verification.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(130) && said.contains("stopped before the end"), "{said}");
    assert!(!endpoints().contains("\"url\":"), "{}", endpoints());
    stop(server);
}

#[test]
fn a_session_that_is_not_fresh_is_named_beside_its_differences() {
    let (server, address) = start(&[]);
    let base_url = format!("http://{address}/loanpro");
    let line = ["verify", "provider", "--api", "loanpro", "--quiet", "--base-url", base_url.as_str()];
    let (code, said) = super::run(&line, b"");
    assert!(code == 0 && !said.contains("before"), "{code}: {said}");
    let (code, said) = super::run(&line, b"");
    let fresh = format!("A fresh one: curl -X POST http://{address}/__admin/sessions/default/reset");
    assert!(code == 1 && said.contains(&fresh), "{code}: {said}");
    stop(server);
}

#[test]
fn it_starts_and_stops_where_nobody_can_read_what_it_says() {
    for redirected in ["2>/dev/full >/dev/full", "2>&- >&-"] {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap().to_string();
        drop(free);
        let mut server = Command::new("sh")
            .args(["-c", &format!("exec $ESTOPPEL replay --listen {address} {redirected}")])
            .env("ESTOPPEL", env!("CARGO_BIN_EXE_estoppel"))
            .spawn()
            .unwrap();
        while TcpStream::connect(&address).is_err() {
            assert_eq!(server.try_wait().unwrap(), None, "it ended");
            std::thread::yield_now();
        }
        assert!(get(&address, "/__admin/health").contains("\"status\":\"ok\""));
        assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
        assert_eq!(server.wait().unwrap().code(), Some(0), "{redirected}");
    }
}
