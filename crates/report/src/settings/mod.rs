//! What a person settles about checking, written in TOML: which rules count and how much, how much of a
//! file is read ([`Settings`]), and which findings somebody answers for ([`Waiver`]).
//!
//! Text comes from anybody, so that every problem in it is said and none is passed over.

mod fields;
#[cfg(test)]
mod tests;
mod waiver;

pub use waiver::Waiver;

use std::collections::BTreeMap;

use statute::editions::Level;
use toml::Table;

use crate::finding::Finding;
use crate::rules::{Rule, rules};
use fields::{Fields, parsed};

/// Which rules, at which level, within which bounds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    select: Vec<String>,
    ignore: Vec<String>,
    levels: BTreeMap<&'static str, Level>,
    /// Bounds of reading files.
    pub bounds: Bounds,
}

/// Bounds of reading files; none where nothing was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The most megabytes of a file.
    pub megabytes: Option<u32>,
    /// The most pages of a PDF.
    pub pages: Option<u32>,
    /// The most seconds for a converter.
    pub seconds: Option<u32>,
    /// The most folders below each other.
    pub depth: Option<u32>,
}

impl Settings {
    /// Reads the text of a configuration file.
    ///
    /// # Errors
    /// Everything in it that is wrong, a Chinese sentence each.
    pub fn parse(text: &str) -> Result<Settings, Vec<String>> {
        parsed(text, |table, problems| {
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
                        (None, _) => fields.problem(&format!("“levels”：{}", unknown(key))),
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
                settings.bounds = Bounds::of(limits, problems);
            }
            fields.done(problems);
            settings
        })
    }

    /// Takes what was said on the command line: a selection replaces the one in the file, what is
    /// ignored is added to it.
    ///
    /// # Errors
    /// A rule that does not exist, in a Chinese clause.
    pub fn choose(&mut self, select: &[String], ignore: &[String]) -> Result<(), String> {
        for (option, named) in [("--select", select), ("--ignore", ignore)] {
            for selection in named {
                known(selection).map_err(|why| format!("{option}：{why}"))?;
            }
        }
        if !select.is_empty() {
            self.select = select.to_vec();
        }
        self.ignore.extend_from_slice(ignore);
        Ok(())
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

impl Bounds {
    fn of(table: &Table, problems: &mut Vec<String>) -> Bounds {
        let known = ["megabytes", "pages", "seconds", "depth"];
        let mut fields = Fields::new(table, "[limits] ", &known);
        let bounds = Bounds {
            megabytes: fields.count("megabytes", 1024),
            pages: fields.count("pages", 100_000),
            seconds: fields.count("seconds", 3600),
            depth: fields.count("depth", 256),
        };
        fields.done(problems);
        bounds
    }
}

fn known(selection: &str) -> Result<(), String> {
    if rules().iter().any(|rule| rule.is_meant_by(selection)) {
        Ok(())
    } else {
        Err(unknown(selection))
    }
}

/// That there is no such rule, and which one may be meant.
fn unknown(named: &str) -> String {
    let lead = match Rule::nearest(named) {
        Some(rule) => format!("是不是 {}（{}）", rule.name, rule.code),
        None => "应为名称、代码或代码的开头，见 gongkai rule".to_owned(),
    };
    format!("没有名为“{named}”的规则，{lead}")
}
