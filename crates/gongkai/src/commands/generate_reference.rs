//! `gongkai generate-reference`: the reference documents, from the tables that the program runs by.

use crate::cli;
use crate::failure::Failure;
use crate::reference;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Writes every document into a folder.
pub fn run(args: &cli::GenerateReference) -> Result<(), Failure> {
    let mut written = BTreeSet::new();
    for (name, text) in reference::documents() {
        let path = args.output.join(name);
        written.insert(path.clone());
        let what = path.display().to_string();
        let write = || {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&path, &text)
        };
        write().map_err(|error| Failure::unwritable(&what, &error))?;
    }
    stale(&args.output.join("rules"), &written)
}

/// Deletes the pages of rules that are gone; a page that somebody wrote by hand stays.
fn stale(folder: &std::path::Path, written: &BTreeSet<PathBuf>) -> Result<(), Failure> {
    let what = folder.display().to_string();
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::unwritable(&what, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let ours =
            || std::fs::read_to_string(&path).is_ok_and(|text| text.starts_with(reference::NOTE));
        if !written.contains(&path) && ours() {
            std::fs::remove_file(&path)
                .map_err(|error| Failure::unwritable(&path.display().to_string(), &error))?;
        }
    }
    Ok(())
}
