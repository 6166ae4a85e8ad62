//! Inputs that are larger than any memory.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
    process::{Command, Stdio},
};

use super::written_files::shell;

/// Runs the command with 400 MB of address space, of which a part is the program itself.
fn check(line: &str, codes: &[i32], part: &str) {
    let (code, said) = shell(&format!("ulimit -v 400000; {line} 2>&1 | cut -c1-2000; exit"));
    let _ = code;
    let (code, _) = shell(&format!("ulimit -v 400000; {line} >/dev/null 2>&1"));
    assert!(codes.contains(&code) && said.contains(part), "`{line}` ended with {code}: {said}");
    assert!(!said.contains("panicked") && !said.contains("memory allocation"), "{line}: {said}");
}

/// A file of so many bytes, none of which is on a disk, with these at its end.
fn sparse(path: &Path, bytes: u64, end: &str) {
    let mut file = fs::File::create(path).unwrap();
    file.set_len(bytes).unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    file.write_all(end.as_bytes()).unwrap();
}

#[test]
fn a_payload_that_is_too_long_is_a_finding_and_the_rest_is_checked() {
    let validate = "$ESTOPPEL validate --api carrier --kind claim";
    // 600 MB on one line, and one line after it.
    let line = "{ yes '{\"a\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}' | tr -d '\\n' | head -c 600000000; echo; echo '{\"b\":1}'; }";
    check(
        &format!("{line} | {validate} -"),
        &[1],
        "-:1: (whole payload): expected a line of at most 16 MiB (--max-payload)",
    );
    check(&format!("{line} | {validate} -"), &[1], "-:2: /");
    check(&format!("{validate} /dev/zero"), &[1], "no text");
    check(&format!("{validate} --max-payload 1000 /dev/zero"), &[1], "at most 1000 bytes");
    check(&format!("{validate} --max-payload 0 /dev/zero"), &[2], "--max-payload");
}

#[test]
fn arrays_of_any_length_are_checked_and_documents_are_bounded() {
    let validate = "$ESTOPPEL validate --api carrier --kind claim -q";
    // 100 MB of numbers, on one line and on many, that would take gigabytes in memory: all are read and counted.
    let items = "{ printf '['; yes '\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\",' | head -c 20000000 | head -n -1; printf 'null]'; }";
    check(&format!("{items} | {validate} -"), &[1], "-:1: /0: expected an object, found a string");
    check(
        &format!("{items} | tr -d '\\n' | {validate} -"),
        &[1],
        "-:1: /0: expected an object, found a string",
    );
    let many = "{ printf '{\"a\":['; yes '1,' | head -c 20000000; printf '1]}'; }";
    check(&format!("{many} | {validate} -"), &[1], "at most 200000 values");
    let long = "{ printf '{\\n\"a\":\"'; yes | tr -d '\\n' | head -c 100000000; printf '\"}'; }";
    check(&format!("{long} | {validate} -"), &[1], "a payload of at most 16 MiB (--max-payload)");
    let deep = "{ yes '[' | tr -d '\\n' | head -c 10000; echo; echo '{}'; }";
    check(&format!("{deep} | {validate} -"), &[1], "at most 128 levels");
    check(
        &format!("{{ printf '{{\"a\":'; yes '{{\"a\":' | tr -d '\\n' | head -c 1000000; }} | {validate} -"),
        &[1],
        "at most 128 levels",
    );
}

#[test]
fn files_that_are_too_long_are_refused_by_their_size() {
    let folder = tempfile::tempdir().unwrap();
    let huge = folder.path().join("huge.md");
    sparse(&huge, 100_000_000_000, "}");
    let huge = huge.to_str().unwrap();
    let page = folder.path().join("page.md");
    fs::write(&page, "# A\n\n`GET /boats`\n").unwrap();
    let page = page.to_str().unwrap();
    for input in [huge, "/dev/zero"] {
        let too_long = "is too long: expected at most";
        for line in [
            format!("$ESTOPPEL quote --api xpayoff {input}"),
            format!("$ESTOPPEL webhook sign --api xpayoff {input}"),
            format!("$ESTOPPEL webhook check --api xpayoff --header a {input}"),
            format!("$ESTOPPEL webhook fire --api xpayoff --url http://127.0.0.1:1/ --body {input}"),
            format!("$ESTOPPEL replay --config {input}"),
            format!("$ESTOPPEL docs check {page} --baseline {input}"),
            format!("$ESTOPPEL docs diff {input} {page}"),
            format!("$ESTOPPEL contract diff {input} {input}"),
            format!("$ESTOPPEL webhook sign --api xpayoff - < {input}"),
        ] {
            check(&line, &[2], too_long);
        }
    }
    let folder = folder.path().to_str().unwrap();
    for line in [
        format!("$ESTOPPEL validate --api carrier --kind claim {folder}"),
        format!("$ESTOPPEL quote --api xpayoff {folder}"),
        format!("$ESTOPPEL webhook sign --api xpayoff {folder}"),
        format!("$ESTOPPEL replay --config {folder}"),
    ] {
        check(&line, &[2], "it is a folder, expected a file");
    }
    check(&format!("$ESTOPPEL validate --api carrier --kind claim {huge}"), &[1], "no text");
}

#[test]
fn a_pipe_with_a_name_is_read_as_a_stream() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let reader = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args(["validate", "--api", "carrier", "--kind", "claim", fifo.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    fs::OpenOptions::new().write(true).open(&fifo).unwrap().write_all(b"1\n").unwrap();
    let output = reader.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("expected an object, found an integer"));
}

#[test]
fn a_file_of_a_revision_is_read_up_to_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    sparse(&path.join("openapi.json"), 40_000_000, "}");
    let line = format!(
        "cd {} && git init -q . && git add . && git -c user.name=a -c user.email=a@b.test commit -qm a && ",
        path.display()
    );
    assert_eq!(shell(&format!("{line} true")).0, 0);
    let line =
        format!("cd {} && $ESTOPPEL contract diff HEAD:openapi.json HEAD:openapi.json", path.display());
    check(&line, &[2], "is too long: expected at most 32 MiB");
}
