//! Which files to check.

use crate::failure;
use crate::output::tell;
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of the files that a folder is searched for.
const ENDINGS: [&str; 11] = [
    "txt", "md", "html", "htm", "docx", "doc", "wps", "pdf", "xlsx", "xls", "markdown",
];

/// Ending of the copies that `--annotate` writes, which are not checked again.
pub const ANNOTATED: &str = ".annotated.docx";

/// The files that paths name, folders with what is below them, in the order of the paths and
/// sorted within a folder. A path that does not exist is given as it is, so that opening it says so.
pub fn files(paths: &[PathBuf], depth: usize) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            folder(path, depth, &mut found);
        } else {
            found.push(path.clone());
        }
    }
    // A file that is named twice is checked once.
    let mut seen = std::collections::HashSet::new();
    found.retain(|path| seen.insert(path.clone()));
    found
}

fn folder(path: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if depth == 0 {
        tell(&format!(
            "{} 的目录层次太深，没有检查；如有需要请单独检查。",
            path.display()
        ));
        return;
    }
    let mut entries: Vec<fs::DirEntry> = match fs::read_dir(path) {
        Ok(entries) => entries.flatten().collect(),
        Err(error) => {
            tell(&failure::unreadable(path, &error));
            return;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        // Of the entry itself: a link is not followed, lest a circle never end.
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            folder(&entry.path(), depth - 1, found);
        } else if kind.is_file() && wanted(&entry.path()) {
            found.push(entry.path());
        }
    }
}

fn wanted(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // What an office program keeps while a file is open, and hidden files.
    if name.starts_with("~$") || name.starts_with('.') || name.ends_with(ANNOTATED) {
        return false;
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_reports_in_order_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        fs::create_dir_all(root.join("b/deep")).unwrap();
        for name in [
            "c.txt",
            "a.DOCX",
            "b/2.pdf",
            "b/deep/1.md",
            "b/x.zip",
            "~$a.docx",
            ".hidden.txt",
            "a.annotated.docx",
            "none",
        ] {
            fs::write(root.join(name), "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("circle")).unwrap();
        let named = |depth| -> Vec<String> {
            files(&[root.to_path_buf(), root.join("c.txt")], depth)
                .iter()
                .map(|path| {
                    path.strip_prefix(root)
                        .unwrap()
                        .to_string_lossy()
                        .into_owned()
                })
                .collect()
        };
        assert_eq!(named(9), ["a.DOCX", "b/2.pdf", "b/deep/1.md", "c.txt"]);
        assert_eq!(named(2), ["a.DOCX", "b/2.pdf", "c.txt"]);
        let missing = root.join("missing");
        assert_eq!(files(std::slice::from_ref(&missing), 9), [missing]);
    }
}
