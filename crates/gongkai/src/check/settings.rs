//! Which rules, at which level, within which limits.

use crate::check::examine;
use crate::check::toml::{self, Fields};
use crate::check::waivers::Waivers;
use crate::cli;
use crate::failure::Failure;
use document::Limits;
use report::{Finding, Level, Rule, rules};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Keys of the configuration file, default as written, meaning.
pub const KEYS: &[(&str, &str, &str)] = &[
    (
        "select",
        "全部规则",
        "只报告这些规则：名称、代码，或代码的开头（`\"N2\"` 是全部占比规则）",
    ),
    ("ignore", "`[]`", "不报告这些规则，写法同上"),
    (
        "levels",
        "规则自己的级别",
        "改变级别：`规则 = \"error\"`、`\"warning\"` 或 `\"info\"`；按一种解释只作警告的，不会因此变成错误",
    ),
    ("limits.megabytes", "`20`", "一个文件至多多少 MB"),
    ("limits.pages", "`500`", "一份 PDF 至多多少页"),
    ("limits.seconds", "`20`", "外部转换程序至多多少秒"),
    ("limits.depth", "`16`", "目录至多多少层"),
];

/// How to check.
pub struct Settings {
    select: Vec<String>,
    ignore: Vec<String>,
    levels: BTreeMap<&'static str, Level>,
    /// Bounds of reading a file.
    pub limits: Limits,
    /// How deep folders are searched.
    pub depth: usize,
    /// Findings that somebody answers for.
    pub waivers: Waivers,
}

impl Settings {
    /// From the command line and the files that it names. `--select` replaces that of the
    /// configuration, `--ignore` adds to it.
    ///
    /// # Errors
    /// Wrong usage: a file that cannot be opened, a key or a rule that does not exist.
    pub fn of(args: &cli::Check) -> Result<Settings, Failure> {
        let mut settings = match &args.config {
            Some(path) => Settings::read(path)?,
            None => Settings::default(),
        };
        for (option, named) in [("--select", &args.select), ("--ignore", &args.ignore)] {
            for selection in named {
                known(selection).map_err(|why| Failure::usage(format!("{option}：{why}。")))?;
            }
        }
        if !args.select.is_empty() {
            settings.select.clone_from(&args.select);
        }
        settings.ignore.extend(args.ignore.iter().cloned());
        if let Some(path) = &args.waivers {
            settings.waivers = Waivers::read(path)?;
        }
        Ok(settings)
    }

    fn read(path: &Path) -> Result<Settings, Failure> {
        toml::read(path, "配置文件", |_, table, problems| {
            let mut settings = Settings::default();
            let mut fields = Fields::new(table, "", &["select", "ignore", "levels", "limits"]);
            for (key, list) in [
                ("select", &mut settings.select),
                ("ignore", &mut settings.ignore),
            ] {
                for selection in fields.texts(key).unwrap_or_default() {
                    match known(&selection) {
                        Ok(()) => list.push(selection),
                        Err(why) => fields.problem(&format!("“{key}”：{why}")),
                    }
                }
            }
            if let Some(levels) = fields.table("levels") {
                for (key, value) in levels {
                    let level = value.as_str().and_then(Level::from_key);
                    match (Rule::find(key), level) {
                        (None, _) => fields.problem(&format!("“levels”：没有名为“{key}”的规则")),
                        (_, None) => fields.problem(&format!(
                            "“levels”里“{key}”的级别应为 \"error\"、\"warning\" 或 \"info\""
                        )),
                        (Some(rule), Some(level)) => {
                            settings.levels.insert(rule.name, level);
                        }
                    }
                }
            }
            if let Some(limits) = fields.table("limits") {
                settings.limit(limits, problems);
            }
            fields.done(problems);
            settings
        })
    }

    fn limit(&mut self, table: &::toml::Table, problems: &mut Vec<String>) {
        let known = ["megabytes", "pages", "seconds", "depth"];
        let mut fields = Fields::new(table, "[limits] ", &known);
        if let Some(megabytes) = fields.count("megabytes", 1024) {
            self.limits.bytes = u64::from(megabytes) << 20;
        }
        if let Some(pages) = fields.count("pages", 100_000) {
            self.limits.pages = pages;
        }
        if let Some(seconds) = fields.count("seconds", 3600) {
            self.limits.external = Duration::from_secs(u64::from(seconds));
        }
        if let Some(depth) = fields.count("depth", 256) {
            self.depth = depth as usize;
        }
        fields.done(problems);
    }

    /// Whether findings of this rule are wanted.
    pub fn wants(&self, name: &str) -> bool {
        // A rule that is not registered has no code to be meant by; it is never lost.
        let Some(rule) = Rule::find(name) else {
            return true;
        };
        let means = |list: &[String]| list.iter().any(|selection| rule.is_meant_by(selection));
        (self.select.is_empty() || means(&self.select)) && !means(&self.ignore)
    }

    /// Leaves out what is not wanted and sets the levels.
    pub fn judge(&self, findings: &mut Vec<Finding>) {
        findings.retain(|finding| self.wants(&finding.rule));
        for finding in findings {
            let Some(level) = self.levels.get(finding.rule.as_str()) else {
                continue;
            };
            let own = Rule::find(&finding.rule).map(|rule| rule.level);
            // Where a reading made the finding milder than its rule, a graver level is not meant.
            let eased = own.is_some_and(|own| finding.level > own);
            if !eased || *level > finding.level {
                finding.level = *level;
            }
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            select: Vec::new(),
            ignore: Vec::new(),
            levels: BTreeMap::new(),
            limits: examine::limits(),
            depth: 16,
            waivers: Waivers::default(),
        }
    }
}

fn known(selection: &str) -> Result<(), String> {
    if rules().iter().any(|rule| rule.is_meant_by(selection)) {
        Ok(())
    } else {
        Err(format!(
            "没有名为“{selection}”的规则，应为名称、代码或代码的开头，见 gongkai rule"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, Failure> {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("check.toml");
        std::fs::write(&path, text).unwrap();
        Settings::read(&path)
    }

    #[test]
    fn every_key_is_read_and_every_wrong_one_said() {
        let text = "select = [\"T\", \"F\"]\nignore = [\"T102\"]\n\
            [levels]\nrequest-balance-mismatch = \"warning\"\n\
            [limits]\nmegabytes = 2\npages = 3\nseconds = 4\ndepth = 5\n";
        let settings = read(text).unwrap_or_else(|failure| panic!("{}", failure.text));
        assert!(settings.wants("request-balance-mismatch"));
        assert!(!settings.wants("handled-total-mismatch"));
        assert!(!settings.wants("figure-missing"));
        assert_eq!(settings.limits.bytes, 2 << 20);
        assert_eq!((settings.limits.pages, settings.depth), (3, 5));
        assert_eq!(settings.limits.external, Duration::from_secs(4));
        for (key, _, _) in KEYS {
            let last = key.rsplit('.').next().unwrap();
            assert!(text.contains(last), "{key} is in no test");
        }
        let wrong = "selct = []\nselect = [\"Q9\"]\nignore = 1\n[levels]\nnone = \"error\"\n\
            T101 = \"fatal\"\n[limits]\npages = 0\nwidth = 1\n";
        let failure = read(wrong).err().unwrap();
        assert_eq!(failure.code, 2);
        for part in ["selct", "Q9", "ignore", "none", "T101", "pages", "width"] {
            assert!(failure.text.contains(part), "{part}: {}", failure.text);
        }
        let broken = read("select = [\n\n!").err().unwrap();
        assert!(broken.text.contains("第 3 行"), "{}", broken.text);
    }

    #[test]
    fn a_level_is_set_but_an_explained_finding_is_not_made_graver() {
        let settings =
            read("[levels]\nT101 = \"error\"\nT104 = \"info\"\nfile-unreadable = \"error\"")
                .unwrap_or_else(|failure| panic!("{}", failure.text));
        let find = |name: &str, level: Level| Finding {
            rule: name.to_owned(),
            code: String::new(),
            level,
            message: String::new(),
            stated: None,
            expected: None,
            arithmetic: None,
            place: report::Place::default(),
            related: Vec::new(),
        };
        let mut findings = vec![
            find("request-balance-mismatch", Level::Warning),
            find("case-total-mismatch", Level::Error),
            find("file-unreadable", Level::Warning),
        ];
        settings.judge(&mut findings);
        let levels: Vec<Level> = findings.iter().map(|finding| finding.level).collect();
        assert_eq!(levels, [Level::Warning, Level::Info, Level::Error]);
    }
}
