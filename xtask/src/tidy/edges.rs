//! Who may know whom. `ARCHITECTURE.md` says why.

use serde_json::Value;

/// Each crate with the crates it may name, in the order of the house from door to cellar.
const EDGES: [(&str, &[&str]); 10] = [
    (
        "gongkai",
        &[
            "portal", "search", "store", "document", "report", "office", "content", "statute",
        ],
    ),
    (
        "portal",
        &[
            "store", "search", "document", "report", "office", "content", "statute",
        ],
    ),
    ("store", &["report", "office", "statute"]),
    ("search", &["office", "content"]),
    ("document", &["content"]),
    ("report", &["content", "statute"]),
    ("office", &["statute"]),
    ("content", &[]),
    ("statute", &[]),
    ("xtask", &[]),
];

/// Compares `cargo metadata --no-deps` with the table; dependencies of tests and build scripts
/// count like any other.
pub fn check(metadata: &Value) -> Vec<String> {
    let empty = Vec::new();
    let packages = metadata
        .get("packages")
        .and_then(Value::as_array)
        .unwrap_or(&empty);
    let name = |value: &Value| {
        value
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned()
    };
    let ours: Vec<String> = packages.iter().map(name).collect();
    let mut found = Vec::new();
    if ours.is_empty() {
        found.push("edges: cargo metadata names no package".to_owned());
    }
    for package in packages {
        let from = name(package);
        let Some((_, allowed)) = EDGES.iter().find(|(known, _)| *known == from) else {
            found.push(format!(
                "edges: crate `{from}` has no row in xtask/src/tidy/edges.rs: say whom it may know"
            ));
            continue;
        };
        let dependencies = package
            .get("dependencies")
            .and_then(Value::as_array)
            .unwrap_or(&empty);
        for to in dependencies.iter().map(name).filter(|to| ours.contains(to)) {
            if !allowed.contains(&to.as_str()) {
                found.push(format!(
                    "edges: `{from}` may not know `{to}` (allowed: {})",
                    if allowed.is_empty() {
                        "none of ours".to_owned()
                    } else {
                        allowed.join(", ")
                    }
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::check;
    use serde_json::json;

    #[test]
    fn only_the_edges_of_the_plan_pass() {
        let with = |from: &str, to: &str| {
            check(&json!({"packages": [
                {"name": from, "dependencies": [{"name": to}, {"name": "serde"}]},
                {"name": to, "dependencies": []},
            ]}))
        };
        assert!(with("store", "office").is_empty());
        assert!(with("portal", "search").is_empty());
        assert_eq!(with("office", "store").len(), 1);
        assert_eq!(with("statute", "content").len(), 1);
        assert_eq!(with("xtask", "store").len(), 1);
        assert_eq!(
            with("newcomer", "statute").len(),
            1,
            "an unknown crate is named"
        );
        assert_eq!(check(&json!({})).len(), 1, "nothing to check is not a pass");
    }
}
