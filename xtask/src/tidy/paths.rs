//! Paths that documents name must exist: a map with a wrong street is worse than none.

use super::Tree;

/// Checks every document that explains the repository.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (file, bytes) in tree.iter().filter(|(file, _)| is_document(file)) {
        let text = String::from_utf8_lossy(bytes);
        let mut fenced = false;
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
                continue;
            }
            if fenced {
                continue;
            }
            for wrong in line_paths(line, file)
                .into_iter()
                .filter(|path| !exists(tree, path))
            {
                found.push(format!(
                    "paths: {file}:{}: `{wrong}` does not exist",
                    number + 1
                ));
            }
        }
    }
    found
}

fn is_document(file: &str) -> bool {
    let ours = ["docs/", "templates/", "migrations/", "e2e/"];
    file.ends_with(".md") && (!file.contains('/') || ours.iter().any(|it| file.starts_with(it)))
}

/// The paths of the repository that a line names, in code marks or as the target of a link.
fn line_paths(line: &str, file: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (index, piece) in line.split('`').enumerate() {
        if index % 2 == 1
            && let Some(path) = in_code(piece)
        {
            paths.extend(expand(&path));
        }
    }
    for piece in line.split("](").skip(1) {
        let target = piece.split([')', ' ', '#', '?']).next().unwrap_or("");
        if !target.is_empty() && !target.contains(':') && !target.starts_with('/') {
            paths.push(join(file, target));
        }
    }
    paths
}

/// A code mark that is meant as a path from the root: it begins with one of our folders.
fn in_code(code: &str) -> Option<String> {
    const FOLDERS: [&str; 9] = [
        "crates/",
        "xtask/",
        "templates/",
        "assets/",
        "migrations/",
        "docs/",
        "e2e/",
        ".ci/",
        ".config/",
    ];
    const ROOMS: [&str; 9] = [
        "statute/",
        "content/",
        "report/",
        "office/",
        "document/",
        "store/",
        "search/",
        "portal/",
        "gongkai/",
    ];
    let code = code.trim();
    if code.contains([' ', '<', '>', '…', '$', '(']) {
        return None;
    }
    // `crates/store/src/lib.rs:12` and `docs/a.md#b` name the file.
    let code = code
        .split(['#', ':'])
        .next()
        .unwrap_or(code)
        .trim_end_matches(['/', ',', '.']);
    let named = FOLDERS.iter().any(|folder| code.starts_with(folder));
    // `crates/` alone has lost its slash above.
    if named
        || FOLDERS
            .iter()
            .any(|folder| folder.strip_suffix('/') == Some(code))
    {
        return Some(code.to_owned());
    }
    // The short form: a room's source file without `crates/`.
    if ROOMS.iter().any(|room| {
        code.strip_prefix(room)
            .is_some_and(|it| it.starts_with("src"))
    }) {
        return Some(format!("crates/{code}"));
    }
    None
}

/// `a/{b,c}.rs` is `a/b.rs` and `a/c.rs`.
fn expand(path: &str) -> Vec<String> {
    if let Some((before, rest)) = path.split_once('{')
        && let Some((choices, after)) = rest.split_once('}')
    {
        let all = choices
            .split(',')
            .map(|choice| format!("{before}{}{after}", choice.trim()));
        return all.flat_map(|path| expand(&path)).collect();
    }
    vec![path.to_owned()]
}

/// A link's target, seen from the document's folder.
fn join(file: &str, target: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn exists(tree: &Tree, path: &str) -> bool {
    if let Some((before, _)) = path.split_once('*') {
        return tree.keys().any(|file| file.starts_with(before));
    }
    let folder = format!("{path}/");
    path.is_empty() || tree.contains_key(path) || tree.keys().any(|file| file.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::tree_of;

    #[test]
    fn a_path_that_is_not_there_is_named_with_its_line() {
        let wrong = |line: &str| {
            let tree = tree_of(&[
                ("docs/a/guide.md", &format!("first\n{line}\n")),
                ("docs/b.md", ""),
                ("crates/store/src/lib.rs", ""),
                ("crates/store/src/journal.rs", ""),
            ]);
            check(&tree)
        };
        for fine in [
            "see `crates/store/src/lib.rs`, `crates/store`, `store/src/journal.rs:12`",
            "`crates/store/src/{lib,journal}.rs` and `crates/*/src`",
            "[b](../b.md#part), [site](https://example.org/x), [self](#part)",
            "`/api/v1/documents`, `office::requests`, `docs/reference/rules/<name>.md`, `store/x`",
        ] {
            assert!(wrong(fine).is_empty(), "{fine}: {:?}", wrong(fine));
        }
        assert_eq!(
            wrong("`crates/store/src/gone.rs`"),
            ["paths: docs/a/guide.md:2: `crates/store/src/gone.rs` does not exist"]
        );
        assert_eq!(wrong("`store/src/gone.rs`").len(), 1);
        assert_eq!(wrong("[b](b.md)").len(), 1);
        assert_eq!(wrong("`crates/store/src/{lib,gone}.rs`").len(), 1);
    }
}
