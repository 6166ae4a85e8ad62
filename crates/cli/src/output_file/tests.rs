//! What becomes of files, links, modes and leftovers.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().mode() & 0o7777
}

#[test]
fn a_file_is_replaced_whole_and_keeps_its_mode() {
    let folder = folder();
    let path = folder.path().join("a.json");
    std::fs::write(folder.path().join("ordinary"), "").unwrap();
    write(&path, b"one").unwrap();
    assert_eq!(mode(&path), mode(&folder.path().join("ordinary")), "a new file is as any other");
    std::fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let mut unfinished = OutputFile::create(&path).unwrap();
    unfinished.write_all(b"half of").unwrap();
    unfinished.flush().unwrap();
    drop(unfinished);
    assert_eq!(text(&path), "one", "what is not finished replaces nothing");
    write(&path, b"two").unwrap();
    assert_eq!((text(&path).as_str(), mode(&path)), ("two", 0o640));
    assert_eq!(names(folder.path()), ["a.json", "ordinary"]);
}

#[test]
fn links_are_written_through() {
    let folder = folder();
    let (inside, link) = (folder.path().join("inside"), folder.path().join("link"));
    std::fs::create_dir(&inside).unwrap();
    symlink("inside/file", &link).unwrap();
    write(&link, b"new").unwrap();
    write(&link, b"again").unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(text(&inside.join("file")), "again");
    assert_eq!(names(&inside), ["file"]);
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    symlink(&one, &other).unwrap();
    symlink(&other, &one).unwrap();
    assert!(write(&one, b"").unwrap_err().to_string().contains("links lead from one to the other"));
}

#[test]
fn folders_and_read_only_files_are_refused() {
    let folder = folder();
    assert!(write(folder.path(), b"").unwrap_err().to_string().contains("it is a folder"));
    let path = folder.path().join("kept");
    std::fs::write(&path, "kept").unwrap();
    std::fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    assert!(write(&path, b"new").unwrap_err().to_string().contains("read-only"));
    assert_eq!(text(&path), "kept");
    assert!(write(&folder.path().join("none/file"), b"").is_err());
}

#[test]
fn devices_are_written_to() {
    write(Path::new("/dev/null"), b"nothing").unwrap();
    assert!(!Path::new("/dev/null").symlink_metadata().unwrap().is_file());
    if Path::new("/dev/full").exists() {
        let folder = folder();
        let link = folder.path().join("full");
        symlink("/dev/full", &link).unwrap();
        assert!(write(&link, b"nothing").unwrap_err().to_string().contains("cannot write"));
        assert!(link.symlink_metadata().unwrap().is_symlink());
    }
}

#[test]
fn leftovers_go_and_what_is_being_written_stays() {
    let folder = folder();
    let path = folder.path().join("a");
    for name in [".a.Ab12cd.estoppel-unfinished", ".a.notours", ".b.Ab12cd.estoppel-unfinished"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let mut first = OutputFile::create(&path).unwrap();
    first.write_all(b"first").unwrap();
    write(&path, b"second").unwrap();
    assert_eq!(text(&path), "second");
    first.finish().unwrap();
    assert_eq!(text(&path), "first", "the last one stays, and both were whole");
    assert_eq!(names(folder.path()), [".a.notours", ".b.Ab12cd.estoppel-unfinished", "a"]);
}
