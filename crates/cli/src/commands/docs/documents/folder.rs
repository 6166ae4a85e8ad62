//! The documentation's folder: what a page may include.

use std::{
    fs,
    path::{Path, PathBuf},
};

use estoppel_docs_check::{IncludeRefusal, refused_name};

/// The folder of a page that the command line names. Whatever the page includes, directly or not, is below it.
#[derive(Debug)]
pub(super) struct Folder {
    /// Without links; `None` for a page that stands in no folder, such as standard input.
    root: Option<PathBuf>,
}

/// What there is for an include.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file that may be read.
    File(PathBuf),
    /// Something that may not be read.
    Refused(IncludeRefusal),
    /// Nothing.
    Nothing,
}

impl Folder {
    pub(super) fn of_page(path: &Path) -> Self {
        let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
        let folder = path.parent().filter(|_| is_file);
        let folder = folder.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        Self { root: folder.and_then(|folder| fs::canonicalize(folder).ok()) }
    }

    /// The file that Slate finds for an include of a page: `_name.md` below `includes`, or a file of that name.
    pub(super) fn find(&self, page: &Path, include: &str) -> Found {
        if let Some(reason) = refused_name(include) {
            return Found::Refused(reason);
        }
        let (Some(root), Some(folder)) = (&self.root, page.parent()) else { return Found::Nothing };
        let names = [
            format!("includes/_{include}.md"),
            format!("includes/{include}.md"),
            format!("includes/{include}"),
            format!("_{include}.md"),
            include.to_owned(),
        ];
        let mut found = Found::Nothing;
        for path in names.iter().map(|name| folder.join(name)) {
            match look(root, &path) {
                Found::File(path) => return Found::File(path),
                Found::Refused(reason) => found = Found::Refused(reason),
                Found::Nothing => {}
            }
        }
        found
    }
}

/// What stands at a path, without opening it: a pipe would wait for its other end.
fn look(root: &Path, path: &Path) -> Found {
    let Ok(real) = fs::canonicalize(path) else { return Found::Nothing };
    if !real.starts_with(root) {
        return Found::Refused(IncludeRefusal::Outside);
    }
    match fs::symlink_metadata(&real) {
        Ok(metadata) if metadata.is_file() => Found::File(path.to_owned()),
        Ok(_) => Found::Refused(IncludeRefusal::NotAFile),
        Err(_) => Found::Nothing,
    }
}
