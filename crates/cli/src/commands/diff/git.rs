//! Files of a git revision, as the `git` of this machine tells them.

use std::{
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
};

use super::side::{FILE_LIMIT, Files, check_size};
use crate::{
    Failure,
    input_file::{self, ByteLimit},
};

/// The most that is read of what git says of a revision, and of a list of files.
const LIST_LIMIT: ByteLimit = ByteLimit::mebibytes(16);
/// The most that is read of what git complains about.
const COMPLAINT_MAX: u64 = 4 * 1024;

/// What a run of git gave.
#[derive(Debug)]
struct Output {
    succeeded: bool,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

/// Reads a path of a revision; of a folder, the files that `wanted` says yes to.
pub(super) fn read(revision: &str, path: &str, wanted: impl Fn(&str) -> bool) -> Result<Files, Failure> {
    // A revision never begins so, and git would take it for an option.
    if revision.starts_with('-') {
        return Err(Failure::new(format!("{revision} is no revision of a git repository")));
    }
    let object = format!("{revision}:{path}");
    let kind = git(&["cat-file", "-t", &object])?;
    if !kind.succeeded {
        return Err(missing(revision, path)?);
    }
    if told(&kind) != "tree" {
        let content = contents(&object)?;
        return Ok(Files { is_folder: false, files: vec![(object, content)] });
    }
    let listed = git(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &object])?;
    if !listed.succeeded {
        return Err(failure(&object, &listed));
    }
    let below = path.trim_end_matches('/');
    let mut files = Vec::new();
    for name in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|name| !name.is_empty()) {
        if wanted(name) {
            let inside = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            files.push((name.to_owned(), contents(&format!("{revision}:{inside}"))?));
            check_size(&files)?;
        }
    }
    files.sort();
    Ok(Files { is_folder: true, files })
}

fn contents(object: &str) -> Result<Vec<u8>, Failure> {
    // Not `show`, which runs the programs that a repository names for its files.
    let shown = git_within(&["cat-file", "blob", object], FILE_LIMIT)?;
    if shown.succeeded { Ok(shown.stdout) } else { Err(failure(object, &shown)) }
}

/// Why there is no such object: no repository, no such revision, or no such path in it.
fn missing(revision: &str, path: &str) -> Result<Failure, Failure> {
    let inside = git(&["rev-parse", "--git-dir"])?;
    if !inside.succeeded {
        return Ok(Failure::new(format!(
            "{revision}:{path} is no file or folder, and there is no git repository here to look for a revision in"
        )));
    }
    let known = git(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{object}}")])?;
    Ok(Failure::new(if known.succeeded {
        format!("the revision {revision} has no {path}")
    } else {
        format!("there is no revision {revision}, and no file or folder {revision}:{path}")
    }))
}

fn failure(object: &str, output: &Output) -> Failure {
    let said = String::from_utf8_lossy(&output.stderr);
    Failure::new(format!("git cannot show {object}: {}", said.trim()))
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn git(arguments: &[&str]) -> Result<Output, Failure> {
    git_within(arguments, LIST_LIMIT)
}

/// Runs git. Fails where it says more than is read.
fn git_within(arguments: &[&str], limit: ByteLimit) -> Result<Output, Failure> {
    let mut command = Command::new("git");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| Failure::new(format!("cannot run git: {error}")))?;
    let read = outputs(&mut child, arguments.last().copied().unwrap_or_default(), limit);
    if read.is_err() {
        // It may still be writing what nobody reads.
        drop(child.kill());
    }
    let status = child.wait().map_err(|error| Failure::new(format!("cannot run git: {error}")))?;
    let (stdout, stderr) = read?;
    Ok(Output { succeeded: status.success(), stdout, stderr })
}

fn outputs(child: &mut Child, object: &str, limit: ByteLimit) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let failed = |error| Failure::new(format!("cannot read what git says: {error}"));
    let complaints = child.stderr.take().map(|mut stderr| {
        std::thread::spawn(move || {
            let mut first = Vec::new();
            // What git complains about is shown as far as it could be read, and passed over after its beginning.
            drop(stderr.by_ref().take(COMPLAINT_MAX).read_to_end(&mut first));
            drop(std::io::copy(&mut stderr, &mut std::io::sink()));
            first
        })
    });
    let said = child.stdout.take().map(|stdout| input_file::read_from(stdout, Path::new(object), limit));
    let said = said.transpose()?.unwrap_or_default();
    let complaints = complaints.map(std::thread::JoinHandle::join).transpose();
    let complaints = complaints.map_err(|_| failed("its errors cannot be read"))?;
    Ok((said, complaints.unwrap_or_default()))
}
