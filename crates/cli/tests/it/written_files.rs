//! What stands in a file when its writer is killed, meets a full disk, or is not alone.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use super::run;

const FIXTURES: [&str; 6] = ["fixtures", "--api", "carrier", "--kind", "claim", "-q"];

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Runs a line of a shell with the command as `$ESTOPPEL`.
pub(crate) fn shell(line: &str) -> (i32, String) {
    let output = Command::new("sh")
        .args(["-c", line])
        .env("ESTOPPEL", env!("CARGO_BIN_EXE_estoppel"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap_or(-1), said)
}

#[test]
fn a_full_disk_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("claims.ndjson");
    fs::write(&out, "old").unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o600)).unwrap();
    let shown = out.to_str().unwrap();
    // A limit on the size of files stands for a full disk: with the signal ignored the write fails, …
    let line =
        format!("trap '' XFSZ; ulimit -f 64; $ESTOPPEL {} --count 1000 --out {shown}", FIXTURES.join(" "));
    let (code, said) = shell(&line);
    assert!(code == 2 && said.contains("cannot write") && said.lines().count() == 1, "{code} {said}");
    assert_eq!(names(folder.path()), ["claims.ndjson"], "nothing unfinished is left");
    // … and with it the process is killed.
    let line = format!("ulimit -f 64; $ESTOPPEL {} --count 1000 --out {shown}", FIXTURES.join(" "));
    let (code, _) = shell(&line);
    assert_ne!(code, 0);
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");
    assert_eq!(names(folder.path()).len(), 2);
    // What the killed one left goes when the file is written again.
    assert_eq!(run(&[&FIXTURES[..], &["--count", "3", "--out", shown]].concat(), b"").0, 0);
    assert_eq!(names(folder.path()), ["claims.ndjson", "claims.ndjson.meta.json"]);
    assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 3);
    assert_eq!(out.metadata().unwrap().permissions().mode() & 0o7777, 0o600);
}

#[test]
fn a_kill_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("claims.ndjson");
    fs::write(&out, "old").unwrap();
    let mut writer = Command::new(env!("CARGO_BIN_EXE_estoppel"))
        .args([&FIXTURES[..], &["--count", "100000000", "--out", out.to_str().unwrap()]].concat())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while names(folder.path()).len() < 2 {
        std::thread::yield_now();
    }
    let status = Command::new("kill").args(["-KILL", &writer.id().to_string()]).status().unwrap();
    assert!(status.success());
    writer.wait().unwrap();
    assert_eq!(fs::read_to_string(&out).unwrap(), "old");
    assert_eq!(run(&[&FIXTURES[..], &["--count", "3", "--out", out.to_str().unwrap()]].concat(), b"").0, 0);
    assert_eq!(names(folder.path()), ["claims.ndjson", "claims.ndjson.meta.json"]);
}

#[test]
fn two_writers_of_one_file_each_write_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("claims.ndjson");
    let start = |seed: &str| {
        let flags = ["--count", "2000", "--seed", seed, "--out", out.to_str().unwrap()];
        Command::new(env!("CARGO_BIN_EXE_estoppel")).args([&FIXTURES[..], &flags].concat()).spawn().unwrap()
    };
    let writers: Vec<_> = ["1", "2", "1", "2"].map(start).into();
    for mut writer in writers {
        assert!(writer.wait().unwrap().success());
    }
    let written = fs::read_to_string(&out).unwrap();
    let whole =
        ["1", "2"].map(|seed| run(&[&FIXTURES[..], &["--count", "2000", "--seed", seed]].concat(), b"").1);
    assert!(whole.contains(&written));
    assert_eq!(names(folder.path()), ["claims.ndjson", "claims.ndjson.meta.json"]);
}

#[test]
fn devices_and_pipes_are_written_to_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (fifo, kept) = (folder.path().join("fifo"), folder.path().join("kept"));
    let fixtures = FIXTURES.join(" ");
    let (code, said) = shell(&format!("$ESTOPPEL {fixtures} --count 2 --out /dev/stdout | wc -l"));
    assert_eq!((code, said.trim()), (0, "2"), "{said}");
    let kept = kept.to_str().unwrap();
    let line = format!(
        "echo first > {kept}; $ESTOPPEL {fixtures} --count 2 --out /dev/stdout >> {kept}; echo last >> {kept}; wc -l < {kept}"
    );
    assert_eq!(shell(&line).1.trim(), "4");
    assert_eq!(shell(&format!("$ESTOPPEL {fixtures} --count 2 --out /dev/null")), (0, String::new()));
    let (code, said) = shell(&format!("$ESTOPPEL {fixtures} --count 2 --out /dev/full"));
    assert!(code == 2 && said.contains("cannot write /dev/full"), "{code} {said}");
    assert!(!Path::new("/dev/null.meta.json").exists());

    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let flags = ["--count", "2", "--out", fifo.to_str().unwrap()];
    let mut writer =
        Command::new(env!("CARGO_BIN_EXE_estoppel")).args([&FIXTURES[..], &flags].concat()).spawn().unwrap();
    let lines = BufReader::new(fs::File::open(&fifo).unwrap()).lines().count();
    assert!(writer.wait().unwrap().success());
    assert_eq!(lines, 2);
    assert_eq!(names(folder.path()), ["fifo", "kept"]);
}

#[test]
fn every_output_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.md");
    fs::write(&page, "# A\n\n`GET /boats`\n\nKey | Description\n--|--\nsail |\n").unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let page = page.to_str().unwrap();
    let outputs =
        ["facts.json", "baseline.json", "ledger.json", "reports/docs-check.json", "reports/docs-check.html"];
    fs::create_dir(folder.path().join("reports")).unwrap();
    for name in outputs {
        fs::write(folder.path().join(name), "{").unwrap();
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o640)).unwrap();
    }
    fs::write(folder.path().join("baseline.json"), "").unwrap();
    fs::remove_file(folder.path().join("baseline.json")).unwrap();
    assert_eq!(run(&["docs", "extract", page, "--out", &path("facts.json")], b"").0, 0);
    let check = ["docs", "check", page, "--baseline", &path("baseline.json"), "--update-baseline"];
    let further =
        ["--ledger", &path("ledger.json"), "--report", "json,html", "--report-dir", &path("reports")];
    let (code, said) = run(&[&check[..], &further[..]].concat(), b"");
    assert!(code == 0 || said.contains("nothing"), "{code} {said}");
    for name in outputs {
        let mut bytes = Vec::new();
        fs::File::open(folder.path().join(name)).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(bytes.len() > 2, "{name}");
    }
    assert!(!names(folder.path()).iter().any(|name| name.contains("unfinished")));
}
