//! Clients that take their time: heads and bodies byte by byte, answers that nobody reads, streams that never end.

use std::{io::Write, net::TcpStream, time::Duration};

use super::{Attack, calls, outcome::Outcome};
use crate::bench::Stopwatch;

/// Connections that are open at once, at most.
const OPEN_MAX: u64 = 400;
/// Longest answer of a light call while all of them wait; a floor for busy machines is in it.
const ANSWER_MAX: Duration = Duration::from_secs(2);
/// The preface of HTTP/2, empty settings, and the beginning of a stream that is never finished.
const STREAM: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0\0\0\x01\x01\0\0\0\0\x01\x82";

/// Opens slow connections, feeds them, and asks meanwhile whether others are served.
pub(super) fn run(attack: &mut Attack<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let target = attack.target;
    fill(attack);
    let mut open: Vec<(TcpStream, usize)> = Vec::new();
    while attack.budget.allows(outcome.sent) && outcome.sent < OPEN_MAX {
        let Some(mut stream) = target.connect() else { break };
        let kind = attack.dice.roll(5);
        let address = &target.address;
        let begin: Vec<u8> = match kind {
            // A head that never ends, and one that never begins.
            0 => format!("GET / HTTP/1.1\r\nhost: {address}\r\nx-slow: ").into_bytes(),
            1 => Vec::new(),
            // A body that is announced.
            2 => format!("POST /__admin/sessions HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n{{").into_bytes(),
            3 => STREAM.to_vec(),
            // Large answers, one after another, that nobody reads.
            _ => format!("GET /__admin/sessions/slow/journal HTTP/1.1\r\nhost: {address}\r\n\r\n").repeat(50).into_bytes(),
        };
        drop(stream.set_nonblocking(true));
        drop(stream.write_all(&begin));
        open.push((stream, kind));
        outcome.sent += 1;
    }
    let held = open.len();
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        for (stream, kind) in &mut open {
            if *kind == 0 || *kind == 2 {
                drop(stream.write(b"a"));
            }
        }
        let watch = Stopwatch::start();
        let reply = target.call("GET", "/__admin/health", "", "");
        slowest = slowest.max(watch.elapsed());
        if reply.is_none() {
            outcome.breach("no answer to a light call while slow clients wait");
        }
        outcome.count("GET /__admin/health", reply.as_ref());
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(open);
    if slowest > ANSWER_MAX {
        outcome.breach(format!(
            "a light call took {slowest:?} while {held} slow clients wait; at most {ANSWER_MAX:?}"
        ));
    }
    outcome.note = format!("{held} open at once, a light call took {} ms at most", slowest.as_millis());
    outcome
}

/// Fills the journal whose answers are not read.
fn fill(attack: &Attack<'_>) {
    attack.target.call("POST", "/__admin/sessions", "", r#"{"name": "slow", "seed": 1}"#);
    let path = calls::path_in("slow", "/carrier/oauth/token");
    for _ in 0..50 {
        let body = format!("{{\"x\": \"{}\"}}", "y".repeat(10_000));
        attack.target.call("POST", &path, "", &body);
    }
}
