//! Waivers: findings that somebody has looked at and answers for.

use crate::check::examine::Examined;
use crate::check::settings::Settings;
use crate::check::toml::{self, Fields};
use crate::failure::Failure;
use jiff::civil::Date;
use report::{Finding, Place, Rule};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Keys of a waiver, whether it must have them, meaning.
pub const KEYS: &[(&str, &str, &str)] = &[
    ("rule", "必填", "规则的名称或代码"),
    (
        "place",
        "必填",
        "位置，至少写一项，写出的各项都要相符：`source` 文件名或路径的末尾，`section` 章节，`table`、`row`、`column` 表格的键，`page` 页，`line` 行，`quote` 原文中的话（空白不计）",
    ),
    ("reason", "必填", "为什么可以不改"),
    ("who", "必填", "谁决定的"),
    ("when", "必填", "哪一天决定的，例如 `2024-01-15`"),
];

const PLACE: [&str; 8] = [
    "source", "section", "table", "row", "column", "page", "line", "quote",
];

/// One waiver.
#[derive(Debug)]
struct Waiver {
    rule: &'static Rule,
    source: Option<String>,
    place: Place,
    reason: String,
    who: String,
    when: Option<Date>,
    /// Line of the file on which it begins.
    line: Option<u32>,
    used: AtomicBool,
    /// Whether a file was checked that it could be about.
    judged: AtomicBool,
}

/// The waivers of a file.
#[derive(Debug, Default)]
pub struct Waivers {
    path: PathBuf,
    all: Vec<Waiver>,
}

/// A finding that a waiver answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// Why it may stand.
    pub reason: String,
    /// Who decided so.
    pub who: String,
    /// When.
    pub when: String,
}

impl Waivers {
    /// Reads a waivers file.
    ///
    /// # Errors
    /// Wrong usage: a file that cannot be opened, and everything in it that is wrong.
    pub fn read(path: &Path) -> Result<Waivers, Failure> {
        let all = toml::read(path, "豁免文件", |text, table, problems| {
            let mut fields = Fields::new(table, "", &["waiver"]);
            let list = match table.get("waiver") {
                None => Some(Vec::new()),
                Some(value) => value.as_array().and_then(|items| {
                    items
                        .iter()
                        .map(|item| item.as_table())
                        .collect::<Option<Vec<_>>>()
                }),
            };
            if list.is_none() {
                fields.problem("“waiver”应写成若干个 [[waiver]]");
            }
            fields.done(problems);
            let mut lines = text
                .lines()
                .enumerate()
                .filter(|(_, line)| line.trim_start().starts_with("[[waiver]]"))
                .filter_map(|(at, _)| u32::try_from(at + 1).ok());
            list.unwrap_or_default()
                .into_iter()
                .filter_map(|table| Waiver::of(table, lines.next(), problems))
                .collect()
        })?;
        Ok(Waivers {
            path: path.to_path_buf(),
            all,
        })
    }

    /// Takes the findings that are answered for out of a report.
    pub fn settle(&self, examined: &mut Examined) {
        if self.all.is_empty() {
            return;
        }
        for waiver in self.all.iter().filter(|it| it.is_about(&examined.source)) {
            waiver.judged.store(true, Ordering::Relaxed);
        }
        let findings = std::mem::take(&mut examined.findings);
        for finding in findings {
            let answering = self
                .all
                .iter()
                .find(|waiver| waiver.answers(&examined.source, &finding));
            match answering {
                None => examined.findings.push(finding),
                Some(waiver) => {
                    waiver.used.store(true, Ordering::Relaxed);
                    examined.waived.push(Waived {
                        finding,
                        reason: waiver.reason.clone(),
                        who: waiver.who.clone(),
                        when: waiver.when.map(|day| day.to_string()).unwrap_or_default(),
                    });
                }
            }
        }
    }

    /// The waivers that no finding answered to, as findings of the waivers file. One whose file was
    /// not checked, or whose rule is not wanted now, is not judged.
    pub fn unused(&self, settings: &Settings) -> Option<Examined> {
        let mut findings: Vec<Finding> = self
            .all
            .iter()
            .filter(|waiver| waiver.judged.load(Ordering::Relaxed))
            .filter(|waiver| !waiver.used.load(Ordering::Relaxed))
            .filter(|waiver| settings.wants(waiver.rule.name))
            .map(Waiver::finding)
            .collect();
        settings.judge(&mut findings);
        (!findings.is_empty()).then(|| Examined {
            source: self.path.display().to_string(),
            opened: true,
            findings,
            ..Examined::default()
        })
    }
}

impl Waiver {
    fn of(table: &::toml::Table, line: Option<u32>, problems: &mut Vec<String>) -> Option<Waiver> {
        let of = line.map_or("[[waiver]] ".to_owned(), |line| {
            format!("第 {line} 行的 [[waiver]] ")
        });
        let mut fields = Fields::new(table, &of, &["rule", "place", "reason", "who", "when"]);
        let named = fields.required("rule");
        let rule = Rule::find(&named);
        if rule.is_none() && !named.is_empty() {
            fields.problem(&format!("没有名为“{named}”的规则，见 gongkai rule"));
        }
        let (reason, who) = (fields.required("reason"), fields.required("who"));
        let when = fields.date("when");
        if !table.contains_key("place") {
            fields.problem("缺少“place”");
        }
        let below = fields.table("place");
        fields.done(problems);
        let mut place = Fields::new(below?, &format!("{of}place："), &PLACE);
        if below?.is_empty() {
            place.problem("至少应写一项");
        }
        let source = place.text("source");
        let found = Place {
            section: place.text("section"),
            table: place.text("table"),
            row: place.text("row"),
            column: place.text("column"),
            page: place.count("page", u32::MAX),
            line: place.count("line", u32::MAX),
            quote: place.text("quote"),
        };
        place.done(problems);
        Some(Waiver {
            rule: rule?,
            source,
            place: found,
            reason,
            who,
            when,
            line,
            used: AtomicBool::new(false),
            judged: AtomicBool::new(false),
        })
    }

    /// Whether the waiver could be about this file: its path ends in the parts that were written.
    fn is_about(&self, source: &str) -> bool {
        self.source
            .as_ref()
            .is_none_or(|written| Path::new(source).ends_with(written))
    }

    fn answers(&self, source: &str, finding: &Finding) -> bool {
        fn same<T: PartialEq>(wanted: &Option<T>, found: &Option<T>) -> bool {
            wanted.is_none() || wanted == found
        }
        let within = |wanted: &Option<String>, found: &Option<String>| match (wanted, found) {
            (None, _) => true,
            (Some(wanted), Some(found)) => bare(found).contains(&bare(wanted)),
            (Some(_), None) => false,
        };
        let place = &finding.place;
        self.rule.name == finding.rule
            && self.is_about(source)
            && within(&self.place.section, &place.section)
            && same(&self.place.table, &place.table)
            && same(&self.place.row, &place.row)
            && same(&self.place.column, &place.column)
            && same(&self.place.page, &place.page)
            && same(&self.place.line, &place.line)
            && within(&self.place.quote, &place.quote)
    }

    fn finding(&self) -> Finding {
        let rule = &report::WAIVER_UNUSED;
        Finding {
            rule: rule.name.to_owned(),
            code: rule.code.to_owned(),
            level: rule.level,
            message: format!(
                "豁免了 {}（{}，{}），但没有与它对应的问题；问题已经改正的请删去这一条，否则请核对规则和位置。",
                self.rule.name, self.who, self.reason
            ),
            stated: None,
            expected: None,
            arithmetic: None,
            place: Place {
                line: self.line,
                ..Place::default()
            },
            related: Vec::new(),
        }
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
