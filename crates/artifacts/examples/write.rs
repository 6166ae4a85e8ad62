//! Writes the generated files of every API below the folder that is given, such as `schemas`.

use std::{env, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name the folder that the files go to")?);
    for api in estoppel_catalog::apis() {
        for (path, text) in estoppel_artifacts::files(api.contract())? {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().ok_or("a file stands in a folder")?)?;
            fs::write(path, text)?;
        }
    }
    Ok(())
}
