//! What the command does with foreign files, endless input, closed and full outputs, and names that terminals obey.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use super::{Attack, outcome::Outcome};

/// Address space of a command, in kilobytes: what it maps before it reads anything is part of it.
const MEMORY_MAX_KILOBYTES: u64 = 512 * 1024;
/// Seconds that a command may take.
const SECONDS_MAX: u64 = 30;
/// The exit codes of the command: anything else is a crash, or no answer in time.
const EXIT_CODES: [i32; 5] = [0, 1, 2, 3, 4];

/// One trick: its name, the command line for a shell, and what must not be on its outputs.
struct Trick {
    name: &'static str,
    line: String,
    never: &'static [&'static str],
}

/// Runs every trick in a folder of its own.
pub(super) fn run(attack: &mut Attack<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let folder = std::env::temp_dir().join(format!("estoppel-attack-{}", std::process::id()));
    if let Err(error) = prepare(&folder) {
        outcome.breach(format!("{}: {error}", folder.display()));
        return outcome;
    }
    for trick in tricks() {
        outcome.sent += 1;
        match shell(attack.estoppel, &folder, &trick.line) {
            Ok(output) => judge(&trick, &output, &mut outcome),
            Err(error) => outcome.breach(format!("{}: {error}", trick.name)),
        }
    }
    for kept in ["mine/thesis.md", "outside/secret.md"] {
        if !folder.join(kept).exists() {
            outcome.breach(format!("{kept} is gone"));
        }
    }
    outcome.note = format!("{} tricks", outcome.sent);
    drop(fs::remove_dir_all(&folder));
    outcome
}

/// Foreign files, links that lead out, and pages that include what is not theirs.
fn prepare(folder: &Path) -> io::Result<()> {
    drop(fs::remove_dir_all(folder));
    for name in ["mine", "outside", "docs/includes"] {
        fs::create_dir_all(folder.join(name))?;
    }
    let page = "# A\n\nKey | Description\n--|--\nsail |\n";
    fs::write(folder.join("mine/thesis.md"), "years of work")?;
    fs::write(folder.join("outside/secret.md"), "# Secret\n\nKey | Description\n--|--\nhunter2 |\n")?;
    let head = "---\nincludes:\n  - ../outside/secret\n  - ../../outside/secret.md\n  - /etc/passwd\n  - link\n  - pipe\n---\n";
    fs::write(folder.join("docs/page.md"), format!("{head}\n{page}"))?;
    fs::write(folder.join("docs/\u{1b}]0;owned\u{7}.md"), page)?;
    link(&folder.join("outside/secret.md"), &folder.join("docs/includes/_link.md"))?;
    link(&folder.join("outside"), &folder.join("mine/carrier"))?;
    drop(Command::new("mkfifo").arg(folder.join("docs/pipe")).stderr(Stdio::null()).status());
    Ok(())
}

#[cfg(unix)]
fn link(to: &PathBuf, from: &PathBuf) -> io::Result<()> {
    std::os::unix::fs::symlink(to, from)
}

#[cfg(not(unix))]
fn link(_: &PathBuf, _: &PathBuf) -> io::Result<()> {
    Ok(())
}

fn tricks() -> Vec<Trick> {
    let trick = |name, line: &str, never| Trick { name, line: line.to_owned(), never };
    let long = "head -c 300000000 /dev/zero | tr '\\0' a";
    vec![
        trick("includes that lead out", "\"$E\" docs check docs/page.md", &["hunter2", "root:"]),
        trick("includes of an extract", "\"$E\" docs extract docs/page.md", &["hunter2", "root:"]),
        trick("a page without end", "\"$E\" docs check /dev/zero", &[]),
        trick("a pipe without end", "\"$E\" docs check - </dev/zero", &[]),
        trick("one endless line", &format!("{long} | \"$E\" docs check -"), &[]),
        trick("payload without end", "\"$E\" validate --api carrier --kind claim /dev/zero", &[]),
        trick(
            "payload of one endless line",
            &format!(
                "{long} >endless.json; \"$E\" validate --api carrier --kind claim endless.json; rc=$?; rm endless.json; exit $rc"
            ),
            &[],
        ),
        trick("a name that terminals obey", "\"$E\" docs check docs/*owned*", &["\u{1b}]0;"]),
        trick(
            "a rule that terminals obey",
            "\"$E\" docs check --explain \"$(printf '\\033[31mx')\"",
            &["\u{1b}[31m"],
        ),
        trick("schemas beside foreign files", "\"$E\" schemas --folder mine", &[]),
        trick("a closed output", "\"$E\" docs check --explain all | head -1", &[]),
        trick("a full output", "\"$E\" docs check --explain all >/dev/full", &[]),
        trick("full outputs", "\"$E\" docs check docs/page.md >/dev/full 2>/dev/full", &[]),
    ]
}

/// Runs a line with its memory and its time limited.
fn shell(estoppel: &str, folder: &Path, line: &str) -> io::Result<Output> {
    let script = format!("ulimit -v {MEMORY_MAX_KILOBYTES}; ulimit -c 0; {line}");
    Command::new("timeout")
        .args([&SECONDS_MAX.to_string(), "sh", "-c", &script])
        .env("E", estoppel)
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
}

fn judge(trick: &Trick, output: &Output, outcome: &mut Outcome) {
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let said = String::from_utf8_lossy(&said);
    let code = output.status.code().unwrap_or(-1);
    if !EXIT_CODES.contains(&code) {
        let last: String = said.lines().last().unwrap_or_default().chars().take(120).collect();
        outcome.breach(format!("{}: exit code {code} {last}", trick.name));
    }
    let panics = ["panicked", "memory allocation of", "stack overflow"];
    for never in trick.never.iter().chain(&panics).filter(|never| said.contains(**never)) {
        outcome.breach(format!("{}: {never:?} on its outputs", trick.name));
    }
}
