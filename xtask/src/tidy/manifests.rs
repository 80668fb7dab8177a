//! Every member's `Cargo.toml` has one form: what is common stands once, at the root.

use super::Tree;

const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

/// Checks the manifests of the members of the workspace.
pub fn check(tree: &Tree) -> Vec<String> {
    let member = |file: &&String| {
        **file == "xtask/Cargo.toml"
            || file
                .strip_prefix("crates/")
                .is_some_and(|rest| rest.ends_with("/Cargo.toml") && rest.matches('/').count() == 1)
    };
    let files: Vec<&String> = tree.keys().filter(member).collect();
    if files.is_empty() {
        return vec!["manifests: found no Cargo.toml of a member".to_owned()];
    }
    let mut found = Vec::new();
    for file in files {
        let text = tree
            .get(file)
            .map(|bytes| String::from_utf8_lossy(bytes))
            .unwrap_or_default();
        found.extend(manifest(file, &text));
    }
    found
}

fn manifest(file: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut section = String::new();
    let mut package = Vec::new();
    let mut lints = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.split(" #").next().unwrap_or(line).trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']).to_owned();
            continue;
        }
        let (key, value) = line
            .split_once('=')
            .map_or((line, ""), |(k, v)| (k.trim(), v.trim()));
        match section.as_str() {
            "package" => package.push((key.to_owned(), value.to_owned())),
            "lints" => lints |= (key, value) == ("workspace", "true"),
            it if it.ends_with("dependencies") => {
                let inherits = key.ends_with(".workspace") && value == "true"
                    || value.contains("workspace = true");
                if !inherits {
                    found.push(format!(
                        "manifests: {file}:{}: the version belongs into the root's \
                         [workspace.dependencies]: write `{key}.workspace = true`",
                        number + 1
                    ));
                }
            }
            _ => {}
        }
    }
    for key in INHERITED {
        let key = format!("{key}.workspace");
        if !package
            .iter()
            .any(|(name, value)| *name == key && value == "true")
        {
            found.push(format!("manifests: {file}: [package] lacks `{key} = true`"));
        }
    }
    let folder = file
        .trim_end_matches("/Cargo.toml")
        .rsplit('/')
        .next()
        .unwrap_or("");
    if !package
        .iter()
        .any(|(name, value)| name == "name" && value.trim_matches('"') == folder)
    {
        found.push(format!(
            "manifests: {file}: the crate is not called `{folder}` like its folder"
        ));
    }
    if !lints {
        found.push(format!(
            "manifests: {file}: lacks `[lints] workspace = true`"
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::manifest;

    const FINE: &str = "[package]\nname = \"a\"\nversion.workspace = true\n\
        edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\n\
        publish.workspace = true\n\n[lints]\nworkspace = true\n\n[dependencies]\n\
        serde.workspace = true\ntokio = { workspace = true, features = [\"net\"] }\n";

    #[test]
    fn the_form_is_asked_for_line_by_line() {
        assert!(manifest("crates/a/Cargo.toml", FINE).is_empty());
        for (from, to) in [
            ("license.workspace = true", "license = \"MIT\""),
            ("[lints]\nworkspace = true", "[lints]"),
            ("serde.workspace = true", "serde = \"1\""),
            ("name = \"a\"", "name = \"b\""),
        ] {
            let text = FINE.replace(from, to);
            assert_eq!(manifest("crates/a/Cargo.toml", &text).len(), 1, "{to}");
        }
    }
}
