//! What a reader of the repository may rely on, checked: who knows whom, paths that exist, files
//! that fit on a desk, manifests of one form, licences, nothing of the machine it was made on.

mod edges;
mod licences;
mod manifests;
mod paths;
mod text;

use crate::Fault;
use crate::run::{Run, metadata, root};
use std::collections::BTreeMap;

/// Every committed or about to be committed file with its bytes, by its path from the root.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Runs every check and fails with all that was found.
pub fn run() -> Result<(), Fault> {
    let tree = tree()?;
    let mut found = Vec::new();
    found.extend(edges::check(&metadata(&["--no-deps"])?));
    found.extend(paths::check(&tree));
    found.extend(text::check(&tree));
    found.extend(manifests::check(&tree));
    let host = host()?;
    let metadata = metadata(&["--locked", "--filter-platform", &host])?;
    found.extend(licences::check(&tree, &metadata));
    if found.is_empty() {
        println!("{} files are tidy", tree.len());
        return Ok(());
    }
    let count = found.len();
    Err(format!("{}\n{count} to put right", found.join("\n")))
}

fn tree() -> Result<Tree, Fault> {
    let names = Run::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .read()?;
    let mut tree = Tree::new();
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        // A file that git knows may have been deleted in the work tree: then it is gone.
        if let Ok(bytes) = std::fs::read(root().join(name)) {
            tree.insert(name.to_owned(), bytes);
        }
    }
    Ok(tree)
}

fn host() -> Result<String, Fault> {
    let version = Run::new("rustc").args(["-vV"]).read()?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc -vV names no host".to_owned())
}

#[cfg(test)]
fn tree_of(files: &[(&str, &str)]) -> Tree {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect()
}
