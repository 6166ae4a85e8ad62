//! `estoppel schemas` in a folder where others have files too.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use super::run;

const MANIFEST: &str = ".estoppel-generated.json";

/// A folder with generated files in it.
struct Generated {
    _outside: tempfile::TempDir,
    outside: PathBuf,
    folder: PathBuf,
}

impl Generated {
    fn new() -> Self {
        let outside = tempfile::tempdir().unwrap();
        let generated = Self {
            outside: outside.path().to_owned(),
            folder: outside.path().join("schemas"),
            _outside: outside,
        };
        assert_eq!(generated.run(&[]).0, 0);
        generated
    }

    fn run(&self, flags: &[&str]) -> (i32, String) {
        run(&[&["schemas", "--folder", self.folder.to_str().unwrap()], flags].concat(), b"")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn check(&self, flags: &[&str], code: i32, parts: &[&str]) {
        let (actual, said) = self.run(flags);
        assert_eq!(actual, code, "{said}");
        for part in parts {
            assert!(said.contains(part), "{part:?} is not in {said}");
        }
    }

    /// Puts a file into the manifest, as if an older version had generated it.
    fn remember(&self, name: &str, hash: &str) {
        let path = self.path(MANIFEST);
        let entry = format!("\"files\": {{\n    \"{name}\": \"{hash}\",");
        fs::write(&path, text(&path).replacen("\"files\": {", &entry, 1)).unwrap();
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// The SHA-256 of `old\n`.
const HASH_OF_OLD: &str = "b12bb2b4d8e9447e7fc5b2e0d6e5d2c5a6f8cc0ee1e5dc3d2d6a9d0f2e1b6bb5";

#[test]
fn files_of_others_are_reported_and_left() {
    let generated = Generated::new();
    let keys = generated.outside.join("keys");
    fs::create_dir(&keys).unwrap();
    fs::write(keys.join("id"), "secret").unwrap();
    fs::write(generated.path("thesis.md"), "years of work").unwrap();
    fs::write(generated.path("carrier/notes.txt"), "notes").unwrap();
    symlink(&keys, generated.path("keys")).unwrap();
    symlink(keys.join("id"), generated.path("id")).unwrap();
    for (flags, code) in [(&[][..], 1), (&["--check"], 4), (&["--force"], 1)] {
        let parts = ["thesis.md: not a generated file", "carrier/notes.txt: not", "/keys: not", "/id: not"];
        generated.check(flags, code, &parts);
    }
    assert_eq!(text(&generated.path("thesis.md")), "years of work");
    assert_eq!(text(&keys.join("id")), "secret");
    assert_eq!(fs::read_dir(&keys).unwrap().count(), 1);
}

#[test]
fn a_changed_file_is_replaced_only_by_force_and_after_its_name() {
    let generated = Generated::new();
    let (changed, foreign) =
        (generated.path("carrier/openapi.json"), generated.path("docs-facts.schema.json"));
    let right = text(&changed);
    fs::write(&changed, "mine").unwrap();
    // A file of somebody else's that only has the name of a generated one.
    let manifest = generated.path(MANIFEST);
    let manifested = text(&manifest);
    let known: Vec<&str> = manifested.lines().filter(|line| !line.contains("docs-facts")).collect();
    fs::write(&manifest, known.join("\n")).unwrap();
    fs::write(&foreign, "somebody's").unwrap();
    let parts = [
        "openapi.json: changed since it was generated; it is left alone, --force replaces it",
        "docs-facts.schema.json: a file that was not generated; it is left alone, --force replaces it",
        "2 files were left",
    ];
    generated.check(&[], 1, &parts);
    generated.check(&["--check"], 4, &parts[..2]);
    assert_eq!((text(&changed).as_str(), text(&foreign).as_str()), ("mine", "somebody's"));
    generated.check(&[], 1, &parts);
    generated.check(&["--force"], 0, &["--force replaces", "3 generated files were brought into step"]);
    assert_eq!(text(&changed), right);
    generated.check(&["--check"], 0, &["in step"]);
}

#[test]
fn what_is_not_generated_any_more_goes_with_the_folders_that_it_leaves_empty() {
    let generated = Generated::new();
    let (old, changed) = (generated.path("boats/models/old.json"), generated.path("boats/changed.json"));
    fs::create_dir_all(old.parent().unwrap()).unwrap();
    fs::write(&old, "").unwrap();
    generated.remember(
        "boats/models/old.json",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    generated.check(&["--check"], 4, &["boats/models/old.json: left over"]);
    generated.check(&[], 0, &[]);
    assert!(!generated.path("boats").exists());
    fs::create_dir_all(generated.path("boats")).unwrap();
    fs::write(&changed, "by hand").unwrap();
    generated.remember("boats/changed.json", HASH_OF_OLD);
    for flags in [&[][..], &["--force"]] {
        generated.check(
            flags,
            1,
            &["boats/changed.json: changed since it was generated; it is left alone, move it away"],
        );
        assert_eq!(text(&changed), "by hand");
    }
}

#[test]
fn links_are_never_followed_out_of_the_folder() {
    let generated = Generated::new();
    let outside = generated.outside.join("outside");
    fs::rename(generated.path("carrier"), &outside).unwrap();
    symlink(&outside, generated.path("carrier")).unwrap();
    let before = text(&outside.join("openapi.json"));
    fs::write(outside.join("reference.md"), "mine").unwrap();
    let page = generated.path("xpayoff/reference.md");
    fs::rename(&page, generated.outside.join("page")).unwrap();
    symlink(generated.outside.join("page"), &page).unwrap();
    for flags in [&[][..], &["--force"]] {
        generated.check(
            flags,
            1,
            &["carrier/openapi.json: a link; it is left alone, move it away", "xpayoff/reference.md: a link"],
        );
    }
    assert_eq!(text(&outside.join("openapi.json")), before);
    assert_eq!(text(&outside.join("reference.md")), "mine");
    assert!(page.symlink_metadata().unwrap().is_symlink());
    // What the manifest names is not removed through a link either.
    fs::write(outside.join("old.json"), "").unwrap();
    generated
        .remember("carrier/old.json", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    generated.check(&["--force"], 1, &["carrier/old.json: a link"]);
    assert!(outside.join("old.json").exists());
}

#[test]
fn a_manifest_that_names_files_outside_is_refused() {
    let generated = Generated::new();
    let thesis = generated.outside.join("thesis.md");
    fs::write(&thesis, "").unwrap();
    for name in ["../thesis.md", thesis.to_str().unwrap(), "carrier/../../thesis.md", "./x", ""] {
        let manifest = text(&generated.path(MANIFEST));
        generated.remember(name, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        generated.check(&[], 2, &["expected paths below its folder"]);
        fs::write(generated.path(MANIFEST), manifest).unwrap();
    }
    assert!(thesis.exists());
    fs::write(generated.path(MANIFEST), "<<<<<<< HEAD\n").unwrap();
    generated.check(&["--check"], 2, &["is no manifest"]);
    fs::remove_file(generated.path(MANIFEST)).unwrap();
    symlink(&thesis, generated.path(MANIFEST)).unwrap();
    generated.check(&[], 2, &["is a link: expected the manifest"]);
    assert_eq!(text(&thesis), "");
}

#[test]
fn files_that_are_right_are_known_without_a_manifest_and_others_are_reported() {
    let generated = Generated::new();
    fs::remove_file(generated.path(MANIFEST)).unwrap();
    generated.check(&["--check"], 4, &[".estoppel-generated.json: missing"]);
    fs::write(generated.path("carrier/openapi.json"), "{}").unwrap();
    fs::write(generated.path("carrier/old.json"), "{}").unwrap();
    generated.check(
        &[],
        1,
        &["carrier/openapi.json: a file that was not generated", "carrier/old.json: not a generated file"],
    );
    assert_eq!(text(&generated.path("carrier/openapi.json")), "{}");
    generated.check(&[], 1, &["carrier/openapi.json: a file that was not generated"]);
}

#[test]
fn a_folder_of_the_user_stays_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join(".ssh")).unwrap();
    fs::write(home.path().join(".ssh/id"), "secret").unwrap();
    for number in 0..30 {
        fs::write(home.path().join(format!("letter {number}")), "text").unwrap();
    }
    let (code, said) = run(&["schemas", "--folder", home.path().to_str().unwrap()], b"");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("letter 1: not a generated file") && said.contains("and 10 more files"), "{said}");
    assert_eq!(text(&home.path().join(".ssh/id")), "secret");
    assert_eq!(text(&home.path().join("letter 29")), "text");
    let file = home.path().join("letter 1");
    let (code, said) = run(&["schemas", "--folder", file.to_str().unwrap()], b"");
    assert_eq!((code, said.contains("is no folder")), (2, true), "{said}");
}
