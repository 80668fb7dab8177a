//! Documents that the program itself writes: `docs/reference`.

use crate::Fault;
use crate::run::{Folder, Run, root};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const REFERENCE: &str = "docs/reference";

/// Writes them where they belong.
pub fn write() -> Result<(), Fault> {
    let folder = root().join(REFERENCE);
    into(&folder)?;
    println!("{} files in {REFERENCE}", files(&folder)?.len());
    Ok(())
}

/// Fails when those in the repository are not what the program would write.
pub fn check() -> Result<(), Fault> {
    let fresh = Folder::new("reference")?;
    into(fresh.path())?;
    let fresh = files(fresh.path())?;
    if fresh.is_empty() {
        return Err("the program wrote no reference".to_owned());
    }
    let kept = root().join(REFERENCE);
    let kept = if kept.is_dir() {
        files(&kept)?
    } else {
        Files::new()
    };
    let differences = differences(&fresh, &kept);
    if differences.is_empty() {
        println!("{} files are fresh", fresh.len());
        return Ok(());
    }
    Err(format!(
        "run `cargo xtask generate` and commit:\n{}",
        differences.join("\n")
    ))
}

fn into(folder: &Path) -> Result<(), Fault> {
    let folder = folder.to_string_lossy();
    Run::cargo()
        .args(["run", "--quiet", "--locked", "--package", "gongkai", "--"])
        .args(["generate-reference", "--output", &folder])
        .go()
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn differences(fresh: &Files, kept: &Files) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in fresh {
        match kept.get(path) {
            None => found.push(format!("{REFERENCE}/{}: missing", path.display())),
            Some(old) if old != bytes => {
                found.push(format!(
                    "{REFERENCE}/{}: {}",
                    path.display(),
                    first(old, bytes)
                ));
            }
            Some(_) => {}
        }
    }
    for path in kept.keys().filter(|path| !fresh.contains_key(*path)) {
        found.push(format!(
            "{REFERENCE}/{}: the program does not write this",
            path.display()
        ));
    }
    found
}

fn first(old: &[u8], new: &[u8]) -> String {
    let old = String::from_utf8_lossy(old);
    let new = String::from_utf8_lossy(new);
    let same = old
        .lines()
        .zip(new.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(end of file)").to_owned();
    format!(
        "differs at line {}\n  - {}\n  + {}",
        same + 1,
        line(&old),
        line(&new)
    )
}

fn files(folder: &Path) -> Result<Files, Fault> {
    let mut found = Files::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let entries = std::fs::read_dir(&next).map_err(|e| format!("{}: {e}", next.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                let name = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
                found.insert(name, bytes);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{Files, differences};
    use std::path::PathBuf;

    fn files(of: &[(&str, &str)]) -> Files {
        of.iter()
            .map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn a_missing_a_changed_and_a_stale_file_are_each_named() {
        let fresh = files(&[("a.md", "1\n2\n"), ("b.md", "x\n"), ("c.md", "same\n")]);
        let kept = files(&[("a.md", "1\n3\n"), ("c.md", "same\n"), ("d.md", "old\n")]);
        let found = differences(&fresh, &kept);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found
                .iter()
                .any(|it| it.contains("a.md: differs at line 2\n  - 3\n  + 2"))
        );
        assert!(found.iter().any(|it| it.contains("b.md: missing")));
        assert!(
            found
                .iter()
                .any(|it| it.contains("d.md: the program does not write this"))
        );
        assert!(differences(&fresh, &fresh.clone()).is_empty());
    }
}
