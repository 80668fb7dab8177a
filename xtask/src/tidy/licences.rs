//! Licences of everything from outside against the list in `deny.toml`.

use super::Tree;
use serde_json::Value;

/// Tools of the tests under other licences: used as they are, never shipped.
const TEST_TOOLS: [(&str, &str, &str); 1] = [(
    "node_modules/axe-core",
    "MPL-2.0",
    "examines pages in the browser, unmodified",
)];

/// Checks the crates of `cargo metadata` and the packages of `e2e/package-lock.json`.
pub fn check(tree: &Tree, metadata: &Value) -> Vec<String> {
    let allowed = allowed(&text(tree, "deny.toml"));
    let mut found = Vec::new();
    if allowed.is_empty() {
        found.push("licences: deny.toml allows none".to_owned());
    }
    let empty = Vec::new();
    let packages = metadata
        .get("packages")
        .and_then(Value::as_array)
        .unwrap_or(&empty);
    if packages.is_empty() {
        found.push("licences: cargo metadata names no package".to_owned());
    }
    for package in packages {
        let of = |key: &str| {
            package
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned()
        };
        found.extend(judge(
            &format!("{} {}", of("name"), of("version")),
            &of("license"),
            &allowed,
        ));
    }
    let lock: Value =
        serde_json::from_str(&text(tree, "e2e/package-lock.json")).unwrap_or(Value::Null);
    let packages = lock.get("packages").and_then(Value::as_object);
    if packages.is_none() {
        found.push("licences: e2e/package-lock.json has no packages".to_owned());
    }
    for (name, package) in packages.into_iter().flatten() {
        let licence = package.get("license").and_then(Value::as_str).unwrap_or("");
        if !TEST_TOOLS
            .iter()
            .any(|(tool, known, _)| tool == name && *known == licence)
        {
            found.extend(judge(&format!("e2e {name}"), licence, &allowed));
        }
    }
    found
}

fn text(tree: &Tree, file: &str) -> String {
    tree.get(file)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default()
}

/// The list `allow` of the section `[licenses]`.
fn allowed(deny: &str) -> Vec<String> {
    let section = deny.split("\n[licenses]").nth(1).unwrap_or("");
    let section = section.split("\n[").next().unwrap_or("");
    let list = section
        .split("\nallow = [")
        .nth(1)
        .and_then(|it| it.split(']').next());
    list.unwrap_or("")
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn judge(what: &str, licence: &str, allowed: &[String]) -> Option<String> {
    if licence.is_empty() {
        return Some(format!("licences: {what} names no licence"));
    }
    match holds(licence, allowed) {
        Some(true) => None,
        Some(false) => Some(format!(
            "licences: {what}: `{licence}` is not on the list of deny.toml"
        )),
        None => Some(format!(
            "licences: {what}: `{licence}` is not an SPDX expression"
        )),
    }
}

/// Whether an SPDX expression can be met with the allowed licences; `None` if it is none.
fn holds(expression: &str, allowed: &[String]) -> Option<bool> {
    // The old form of crates.io: a slash is an OR.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let answer = either(&words, &mut at, allowed)?;
    (at == words.len()).then_some(answer)
}

fn either(words: &[&str], at: &mut usize, allowed: &[String]) -> Option<bool> {
    let mut answer = both(words, at, allowed)?;
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        answer |= both(words, at, allowed)?;
    }
    Some(answer)
}

fn both(words: &[&str], at: &mut usize, allowed: &[String]) -> Option<bool> {
    let mut answer = one(words, at, allowed)?;
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        answer &= one(words, at, allowed)?;
    }
    Some(answer)
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> Option<bool> {
    let word = *words.get(*at)?;
    *at += 1;
    match word {
        "(" => {
            let answer = either(words, at, allowed)?;
            let closes = words.get(*at) == Some(&")");
            *at += 1;
            closes.then_some(answer)
        }
        "OR" | "AND" | "WITH" | ")" => None,
        licence => {
            let mut name = licence.to_owned();
            if words.get(*at) == Some(&"WITH") {
                name = format!("{licence} WITH {}", words.get(*at + 1)?);
                *at += 2;
            }
            Some(allowed.contains(&name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{allowed, check, holds};
    use crate::tidy::tree_of;
    use serde_json::json;

    const DENY: &str = "[graph]\n\n[licenses]\nallow = [\n  \"MIT\",\n  \"Apache-2.0 WITH LLVM-exception\",\n]\n\n[bans]\nx = [\"no\"]\n";

    #[test]
    fn expressions_are_weighed() {
        let list = allowed(DENY);
        assert_eq!(list, ["MIT", "Apache-2.0 WITH LLVM-exception"]);
        for (expression, expected) in [
            ("MIT", Some(true)),
            ("GPL-3.0-only", Some(false)),
            ("MIT OR GPL-3.0-only", Some(true)),
            ("MIT AND GPL-3.0-only", Some(false)),
            ("GPL-3.0-only/MIT", Some(true)),
            ("(GPL-3.0-only OR MIT) AND MIT", Some(true)),
            ("(GPL-3.0-only AND MIT) OR AGPL-3.0-only", Some(false)),
            ("Apache-2.0 WITH LLVM-exception", Some(true)),
            ("Apache-2.0", Some(false)),
            ("MIT OR", None),
            ("(MIT", None),
            ("see the file", None),
        ] {
            assert_eq!(holds(expression, &list), expected, "{expression}");
        }
    }

    #[test]
    fn crates_and_node_packages_are_judged_by_one_list() {
        let lock = |licence: &str| json!({"packages": {"": {"license": "MIT"}, "node_modules/a": {"license": licence}}});
        let crates = |licence: &str| json!({"packages": [{"name": "a", "version": "1.0.0", "license": licence}]});
        let run = |of_crate: &str, of_node: &str| {
            let tree = tree_of(&[
                ("deny.toml", DENY),
                ("e2e/package-lock.json", &lock(of_node).to_string()),
            ]);
            check(&tree, &crates(of_crate)).len()
        };
        assert_eq!(run("MIT", "MIT"), 0);
        assert_eq!(run("GPL-3.0-only", "MIT"), 1);
        assert_eq!(run("MIT", "MPL-2.0"), 1, "the exception is for one package");
        assert_eq!(run("", "MIT"), 1);
    }
}
