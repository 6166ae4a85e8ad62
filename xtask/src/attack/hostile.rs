//! Raw bytes that are no request, or nearly one.

use std::{io::Write, net::Shutdown};

use super::{Attack, dice::Dice, outcome::Outcome, reply::Reply};

const METHODS: [&str; 9] = [
    "GET",
    "POST",
    "DELETE",
    "get",
    "",
    "G\0T",
    "CONNECT",
    "OPTIONS",
    "AVERYLONGMETHODNAMEINDEEDTHATNOBODYKNOWS",
];
const TARGETS: [&str; 14] = [
    "/",
    "*",
    "/%",
    "/%zz",
    "/%00",
    "/..%2f..%2fetc/passwd",
    "//",
    "http://evil.test/",
    "/carrier/claims/%ff%fe",
    "/__admin/sessions/%0d%0a",
    "/carrier/claims?x=%",
    "/__admin/health#a",
    "\u{e9}",
    "/carrier/claims/\u{202e}",
];
const HEADERS: [&str; 16] = [
    "content-length: -1",
    "content-length: 99999999999999999999",
    "content-length: 5\r\ncontent-length: 6",
    "transfer-encoding: chunked",
    "transfer-encoding: chunked\r\ncontent-length: 3",
    "host: a\r\nhost: b",
    "host: ",
    "x: \0",
    ": empty",
    "no colon",
    "x:\tfold\r\n folded",
    "expect: 100-continue",
    "connection: upgrade\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA",
    "authorization: Bearer \u{ff}",
    "x-estoppel-session: \u{1b}[31m",
    "content-type: application/json; charset=utf-99",
];
const BODIES: [&str; 7] = [
    "",
    "{",
    "zz\r\n\r\n",
    "fffffffffffffffff\r\nx",
    "5\r\nab\r\n",
    "3\r\nabc\r\n0\r\nx: y\r\n\r\n",
    "\0\0\0\0",
];
/// The first frames of HTTP/2, whole and broken.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// Sends hostile bytes; some connections are closed half, some send several at once.
pub(super) fn run(attack: &mut Attack<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    while attack.budget.allows(outcome.sent) {
        let bytes = request(&attack.target.address, &mut attack.dice);
        let reply = exchange(attack, &bytes);
        let shown: String = String::from_utf8_lossy(&bytes).chars().take(120).collect();
        outcome.count(&shown, reply.as_ref());
    }
    outcome
}

/// Half of the connections stop sending, and still take an answer. No connection waits for a body that never comes.
fn exchange(attack: &mut Attack<'_>, bytes: &[u8]) -> Option<Reply> {
    use std::io::Read;
    let mut stream = attack.target.connect()?;
    drop(stream.write_all(bytes));
    drop(stream.shutdown(Shutdown::Write));
    if attack.dice.roll(4) == 0 {
        return None;
    }
    let mut answer = Vec::new();
    drop(stream.take(1 << 20).read_to_end(&mut answer));
    Reply::parse(&answer)
}

fn request(address: &str, dice: &mut Dice) -> Vec<u8> {
    if dice.roll(20) == 0 {
        let mut bytes = PREFACE.to_vec();
        bytes.extend(
            (0..dice.roll(200)).map(|_| u8::try_from(dice.roll(256)).unwrap_or_default()).collect::<Vec<_>>(),
        );
        return bytes;
    }
    let mut text = String::new();
    for _ in 0..=dice.roll(3) {
        let version = dice.word(&["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "http/1.1"]);
        let long = if dice.roll(50) == 0 { "a".repeat(1 << dice.roll(18)) } else { String::new() };
        let (method, target) = (dice.word(&METHODS), dice.word(&TARGETS));
        text.extend([method, " ", target, &long, " ", version, "\r\n"]);
        if dice.roll(5) > 0 {
            text.extend(["host: ", address, "\r\n"]);
        }
        let many = if dice.roll(40) == 0 { 400 } else { dice.roll(4) };
        for _ in 0..many {
            text.push_str(dice.word(&HEADERS));
            text.push_str("\r\n");
        }
        text.push_str("\r\n");
        text.push_str(dice.word(&BODIES));
    }
    let mut bytes = text.into_bytes();
    for _ in 0..dice.roll(3) {
        let place = dice.roll(bytes.len());
        let byte = u8::try_from(dice.roll(256)).unwrap_or_default();
        bytes.iter_mut().skip(place).take(1).for_each(|changed| *changed = byte);
    }
    bytes
}
