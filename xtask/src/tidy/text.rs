//! Sizes, leftovers and traces of the machine in committed text.

use super::Tree;

/// A Rust file longer than this holds more than one room.
const LINES: usize = 700;

/// Files that may be longer, each with its reason.
const LONG: [(&str, &str); 0] = [];

/// Marks of unfinished work. Written in two halves, so that this file does not find itself.
const UNFINISHED: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
];

/// Folders of the machine where something was written; they mean nothing to anyone else.
const MACHINE: [&str; 7] = [
    concat!("/wo", "rk/main"),
    concat!("/wo", "rk/shared"),
    concat!("/wo", "rk/.library"),
    concat!("/ro", "ot/"),
    concat!("/tmp/ba", "sh_jobs"),
    concat!("/tmp/br", "ief"),
    concat!("/tmp/tar", "get-"),
];

/// Checks every text file.
pub fn check(tree: &Tree) -> Vec<String> {
    check_with(tree, &LONG)
}

fn check_with(tree: &Tree, long: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (file, bytes) in tree {
        let Ok(text) = std::str::from_utf8(bytes) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let place = format!("{file}:{}", number + 1);
            for mark in MACHINE.iter().filter(|mark| line.contains(**mark)) {
                found.push(format!("text: {place}: `{mark}` is a path of one machine"));
            }
            if is_code(file) {
                for mark in UNFINISHED.iter().filter(|mark| line.contains(**mark)) {
                    found.push(format!(
                        "text: {place}: `{mark}`: finish it, or open an issue"
                    ));
                }
            }
            if file.starts_with("templates/")
                && file.ends_with(".html")
                && let Some(what) = inline(line)
            {
                found.push(format!(
                    "text: {place}: {what}: the CSP forbids it in the browser"
                ));
            }
        }
        found.extend(registry(file, text));
        let lines = text.lines().count();
        let listed = long.iter().any(|(name, _)| name == file);
        if file.ends_with(".rs") && lines > LINES && !listed {
            found.push(format!(
                "text: {file}: {lines} lines, more than {LINES}: split it"
            ));
        }
    }
    for (name, reason) in long {
        let lines = tree
            .get(*name)
            .map_or(0, |it| String::from_utf8_lossy(it).lines().count());
        if lines <= LINES {
            found.push(format!(
                "text: {name} is listed as long ({reason}) and is not: unlist it"
            ));
        }
    }
    found
}

fn is_code(file: &str) -> bool {
    [".rs", ".html", ".css", ".js", ".mjs", ".sql", ".toml"]
        .iter()
        .any(|end| file.ends_with(end))
}

/// Script and style that `script-src 'self'; style-src 'self'` keeps from working.
fn inline(line: &str) -> Option<&'static str> {
    let small = line.to_ascii_lowercase();
    if small.contains("<script") && !small.contains(" src=") {
        return Some("inline script");
    }
    if small.contains("<style") || small.contains(" style=") {
        return Some("inline style");
    }
    let handler = [
        " onclick=",
        " onchange=",
        " onsubmit=",
        " onload=",
        " oninput=",
        "javascript:",
    ];
    handler
        .iter()
        .any(|it| small.contains(it))
        .then_some("inline event handler")
}

/// Packages come from the two public registries; where a machine fetches them from is its own
/// setting and does not belong into the repository.
fn registry(file: &str, text: &str) -> Vec<String> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let wrong = |line: &str| match name {
        "Cargo.lock" => line.strip_prefix("source = ").is_some_and(|source| {
            source != "\"registry+https://github.com/rust-lang/crates.io-index\""
        }),
        "package-lock.json" => line
            .trim()
            .strip_prefix("\"resolved\": \"")
            .is_some_and(|it| !it.starts_with("https://registry.npmjs.org/")),
        ".npmrc" => line.contains("registry"),
        "config.toml" => ["[source", "[registr", "replace-with"]
            .iter()
            .any(|it| line.trim().starts_with(it)),
        _ => false,
    };
    text.lines()
        .enumerate()
        .filter(|(_, line)| wrong(line))
        .map(|(number, line)| {
            format!(
                "text: {file}:{}: a registry of one machine: {}",
                number + 1,
                line.trim()
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{LINES, MACHINE, UNFINISHED, check_with};
    use crate::tidy::tree_of;

    fn found(file: &str, text: &str) -> usize {
        check_with(&tree_of(&[(file, text)]), &[]).len()
    }

    #[test]
    fn leftovers_and_machine_paths_are_found() {
        for mark in UNFINISHED {
            assert_eq!(
                found("crates/a/src/lib.rs", &format!("// {mark} later")),
                1,
                "{mark}"
            );
        }
        for mark in MACHINE {
            assert_eq!(found("docs/a.md", &format!("see {mark}x")), 1, "{mark}");
        }
        assert_eq!(found("crates/a/src/lib.rs", "// Done."), 0);
    }

    #[test]
    fn long_files_are_found_and_stale_exceptions_too() {
        let long = "//\n".repeat(LINES + 1);
        assert_eq!(found("a.rs", &long), 1);
        assert_eq!(found("a.rs", &"//\n".repeat(LINES)), 0);
        assert_eq!(found("a.md", &long), 0);
        assert!(check_with(&tree_of(&[("a.rs", &long)]), &[("a.rs", "one table")]).is_empty());
        assert_eq!(
            check_with(&tree_of(&[("a.rs", "")]), &[("a.rs", "one table")]).len(),
            1
        );
    }

    #[test]
    fn inline_script_and_style_are_found_in_templates() {
        assert_eq!(found("templates/a.html", "<script>go()</script>"), 1);
        assert_eq!(found("templates/a.html", "<p style=\"color:red\">"), 1);
        assert_eq!(found("templates/a.html", "<a onclick=\"go()\">"), 1);
        assert_eq!(
            found("templates/a.html", "<script src=\"/a.js\" defer></script>"),
            0
        );
    }

    #[test]
    fn only_public_registries_are_named() {
        let cargo = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
        assert_eq!(found("Cargo.lock", cargo), 0);
        assert_eq!(
            found("Cargo.lock", "source = \"git+https://example.org/x\"\n"),
            1
        );
        let npm = |host| format!("  \"resolved\": \"https://{host}/a/-/a-1.tgz\",\n");
        assert_eq!(
            found("e2e/package-lock.json", &npm("registry.npmjs.org")),
            0
        );
        assert_eq!(
            found("e2e/package-lock.json", &npm("mirror.example.org")),
            1
        );
        assert_eq!(found(".cargo/config.toml", "[source.crates-io]\n"), 1);
    }
}
