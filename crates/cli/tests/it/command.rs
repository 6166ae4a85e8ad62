//! One run of the command.

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// Runs the command with this input; gives its exit code and all that it said.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> (i32, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input closes it early.
    drop(child.stdin.take().unwrap().write_all(input));
    let output = child.wait_with_output().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap_or(-1), said)
}

/// Holds a run to its exit code and to a part of what it says.
pub(crate) fn check(arguments: &[&str], code: i32, part: &str) {
    let (actual, said) = run(arguments, b"");
    assert!(actual == code && said.contains(part), "{arguments:?} ended with {actual}: {said}");
}
