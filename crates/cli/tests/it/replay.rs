//! The replay server as a process: it starts, answers, and ends as asked.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// Starts the server; gives it, and the address that it says.
fn start(arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args(["replay", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut first).unwrap();
    let address = first.split("http://").nth(1).and_then(|rest| rest.split(',').next()).unwrap().to_owned();
    (child, address)
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

/// Asks the process to stop, as a terminal or a container would; gives exit code and standard output.
fn stop(mut child: Child) -> (i32, String) {
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

#[test]
fn an_occupied_port_is_one_clear_line() {
    let (server, address) = start(&[]);
    let (code, said) = super::run(&["replay", "--listen", &address], b"");
    assert_eq!(code, 2);
    assert!(said.contains("cannot listen on") && said.lines().count() == 1, "{said}");
    stop(server);
}
