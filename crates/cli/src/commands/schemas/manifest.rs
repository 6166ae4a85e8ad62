//! Which files of a folder are generated ones: the manifest that is written beside them.

use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Component, Path},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::Failure;

/// The manifest's name in its folder.
pub(super) const NAME: &str = ".estoppel-generated.json";

/// The generated files of a folder, each by its path below it and the hash of what was written.
///
/// Only what it names is ever replaced or removed, and only while it is as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// Version of the manifest's form: 1.
    version: u32,
    /// SHA-256 of each file, as 64 hexadecimal digits.
    files: BTreeMap<String, ContentHash>,
}

/// The SHA-256 of a file's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct ContentHash(String);

impl ContentHash {
    /// The hash of these bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut digits = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            // Writing to a text never fails.
            let _ = write!(digits, "{byte:02x}");
        }
        Self(digits)
    }
}

impl Manifest {
    /// A manifest of these files.
    pub(super) const fn new(files: BTreeMap<String, ContentHash>) -> Self {
        Self { version: 1, files }
    }

    /// Reads a manifest. Fails where it names a file by anything but a plain path below its folder.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let cure = "remove it, and files that are as they would be generated are known again";
        let manifest: Self = serde_json::from_str(text)
            .map_err(|error| Failure::new(format!("{NAME} is no manifest: {error}; {cure}")))?;
        if manifest.version != 1 {
            let version = manifest.version;
            return Err(Failure::new(format!("{NAME} has version {version}: expected 1; {cure}")));
        }
        if let Some(name) = manifest.files.keys().find(|name| !is_plain(name)) {
            return Err(Failure::new(format!(
                "{NAME} names `{name}`: expected paths below its folder; {cure}"
            )));
        }
        Ok(manifest)
    }

    /// The text of the file.
    pub(super) fn to_text(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Failure::new(format!("cannot write {NAME}: {error}")))?;
        Ok(format!("{text}\n"))
    }

    /// The hash of a file as it was written; `None` where it is not a generated one.
    pub(super) fn hash(&self, name: &str) -> Option<&ContentHash> {
        self.files.get(name)
    }

    /// The files' names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// No manifest: nothing is known to be generated.
impl Default for Manifest {
    fn default() -> Self {
        Self::new(BTreeMap::new())
    }
}

/// Whether a name is a relative path of ordinary names, written in one way only.
fn is_plain(name: &str) -> bool {
    let is_odd = |character: char| character.is_control() || character == '\\';
    let parts: Vec<_> = Path::new(name).components().collect();
    let plain: Option<Vec<&str>> = parts
        .iter()
        .map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    name != NAME
        && !name.contains(is_odd)
        && plain.is_some_and(|plain| !plain.is_empty() && plain.join("/") == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: bool) {
        assert_eq!(is_plain(name), expected, "{name}");
    }

    #[test]
    fn only_plain_paths_are_names() {
        check("api/openapi.json", true);
        check("..thesis.md", true);
        for name in
            ["", "/etc/passwd", "../thesis.md", "a/../../b", "./a", "a//b", "a/", "a\\b", "a\nb", NAME]
        {
            check(name, false);
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let manifest = Manifest::new(BTreeMap::from([("a".to_owned(), ContentHash::of(b""))]));
        let text = manifest.to_text().unwrap();
        assert!(text.contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), "{text}");
        assert_eq!(Manifest::parse(&text).unwrap(), manifest);
        for (text, part) in [
            ("<<<<<<<", "is no manifest"),
            ("{\"version\":2,\"files\":{}}", "expected 1"),
            ("{\"version\":1,\"files\":{\"../a\":\"\"}}", "names `../a`"),
        ] {
            assert!(Manifest::parse(text).unwrap_err().to_string().contains(part), "{text}");
        }
    }
}
