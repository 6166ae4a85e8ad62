//! Files of a git revision, as the `git` of this machine tells them.

use std::process::{Command, Output, Stdio};

use super::side::{Files, check_count};
use crate::Failure;

/// Reads a path of a revision; of a folder, the files that `wanted` says yes to.
pub(super) fn read(revision: &str, path: &str, wanted: impl Fn(&str) -> bool) -> Result<Files, Failure> {
    // A revision never begins so, and git would take it for an option.
    if revision.starts_with('-') {
        return Err(Failure::new(format!("{revision} is no revision of a git repository")));
    }
    let object = format!("{revision}:{path}");
    let kind = git(&["cat-file", "-t", &object])?;
    if !kind.status.success() {
        return Err(missing(revision, path)?);
    }
    if told(&kind) != "tree" {
        let content = contents(&object)?;
        return Ok(Files { is_folder: false, files: vec![(object, content)] });
    }
    let listed = git(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &object])?;
    if !listed.status.success() {
        return Err(failure(&object, &listed));
    }
    let below = path.trim_end_matches('/');
    let mut files = Vec::new();
    for name in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|name| !name.is_empty()) {
        if wanted(name) {
            check_count(files.len())?;
            let inside = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            files.push((name.to_owned(), contents(&format!("{revision}:{inside}"))?));
        }
    }
    files.sort();
    Ok(Files { is_folder: true, files })
}

fn contents(object: &str) -> Result<Vec<u8>, Failure> {
    let shown = git(&["show", object])?;
    if shown.status.success() { Ok(shown.stdout) } else { Err(failure(object, &shown)) }
}

/// Why there is no such object: no repository, no such revision, or no such path in it.
fn missing(revision: &str, path: &str) -> Result<Failure, Failure> {
    let inside = git(&["rev-parse", "--git-dir"])?;
    if !inside.status.success() {
        return Ok(Failure::new(format!(
            "{revision}:{path} is no file or folder, and there is no git repository here to look for a revision in"
        )));
    }
    let known = git(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{object}}")])?;
    Ok(Failure::new(if known.status.success() {
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
    let mut command = Command::new("git");
    command.args(arguments).stdin(Stdio::null());
    command.output().map_err(|error| Failure::new(format!("cannot run git: {error}")))
}
