//! How to check: what the command line and the files that it names settle.

use crate::check::examine;
use crate::check::waivers::Waivers;
use crate::cli;
use crate::failure::Failure;
use crate::output::tell;
use document::Limits;
use report::Finding;
use report::settings::Settings as Rules;
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

/// The most bytes of a file of settings; more is a mistake.
const LARGEST: u64 = 1 << 20;

/// How to check.
pub struct Settings {
    rules: Rules,
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
        let mut rules = match &args.config {
            Some(path) => read(path, "配置文件", Rules::parse)?,
            None => Rules::default(),
        };
        rules
            .choose(&args.select, &args.ignore)
            .map_err(|why| Failure::usage(format!("{why}。")))?;
        if report::rules().iter().all(|rule| !rules.wants(rule.name)) {
            tell("所选的规则都被忽略了，不会报告任何问题；请核对 --select、--ignore 和配置文件。");
        }
        let waivers = match &args.waivers {
            Some(path) => Waivers::read(path)?,
            None => Waivers::default(),
        };
        Ok(Settings {
            limits: limits(&rules),
            depth: rules.bounds.depth.map_or(16, |depth| depth as usize),
            rules,
            waivers,
        })
    }

    /// Whether findings of this rule are wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.rules.wants(name)
    }

    /// Leaves out what is not wanted and sets the levels.
    pub fn judge(&self, findings: &mut Vec<Finding>) {
        self.rules.judge(findings);
    }
}

/// The bounds that were set, over those of the program.
fn limits(rules: &Rules) -> Limits {
    let mut limits = examine::limits();
    if let Some(megabytes) = rules.bounds.megabytes {
        limits.bytes = u64::from(megabytes) << 20;
    }
    if let Some(pages) = rules.bounds.pages {
        limits.pages = pages;
    }
    if let Some(seconds) = rules.bounds.seconds {
        limits.external = Duration::from_secs(u64::from(seconds));
    }
    limits
}

/// Opens a file of settings and parses it.
///
/// # Errors
/// Wrong usage: a file that cannot be opened, and everything in it that is wrong.
pub fn read<T>(
    path: &Path,
    what: &str,
    parse: impl FnOnce(&str) -> Result<T, Vec<String>>,
) -> Result<T, Failure> {
    let large = std::fs::metadata(path).is_ok_and(|data| data.len() > LARGEST);
    if large {
        return Err(Failure::usage(format!(
            "{what} {} 超过 1 MB，不像是{what}，请核对路径。",
            path.display()
        )));
    }
    let text = std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
    parse(&text).map_err(|problems| {
        Failure::usage(format!(
            "{what} {} 有 {} 处问题：\n{}",
            path.display(),
            problems.len(),
            problems.join("\n")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_reference_is_a_key_of_the_file() {
        for (key, _, _) in KEYS {
            let text = match (key.split_once('.'), *key) {
                (Some((table, key)), _) => format!("[{table}]\n{key} = 7"),
                (None, "levels") => "[levels]\nN201 = \"info\"".to_owned(),
                (None, key) => format!("{key} = [\"T\"]"),
            };
            Rules::parse(&text).unwrap_or_else(|problems| panic!("{key}: {problems:?}"));
        }
    }

    #[test]
    fn bounds_that_were_set_are_the_limits_of_reading() {
        let rules = Rules::parse("[limits]\nmegabytes = 2\npages = 3\nseconds = 4").unwrap();
        let limits = limits(&rules);
        assert_eq!((limits.bytes, limits.pages), (2 << 20, 3));
        assert_eq!(limits.external, Duration::from_secs(4));
    }
}
