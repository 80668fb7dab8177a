//! A holiday notice as data: what the State Council's office (or a region) announces for a year.

use super::{is_weekend, parse_date, weekday_label};
use crate::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One exception of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDay {
    /// The day.
    pub date: Date,
    /// `true` for a make-up day at the weekend, `false` for a day off from Monday to Friday.
    pub working: bool,
    /// `国庆节`, `国庆节调休`.
    pub name: String,
}

/// A holiday notice. The text form is one exception a line, `date<TAB>off|work<TAB>name` (spaces
/// will do), `#` for comments, and two optional headers: `# year: 2027` (the years it settles;
/// without it, the years of its dates) and `# replaces: 2027` (drop what was loaded before for
/// that year, for a notice that takes an earlier one back).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    days: Vec<NoticeDay>,
    years: BTreeSet<i16>,
    replaces: BTreeSet<i16>,
}

/// Why a notice cannot be loaded, with the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeProblem {
    /// Line number from 1; 0 for the notice as a whole.
    pub line: usize,
    /// What was found, what was expected, what to do.
    pub message: String,
}

impl fmt::Display for NoticeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "第 {} 行：{}", self.line, self.message)
        } else {
            f.write_str(&self.message)
        }
    }
}

impl std::error::Error for NoticeProblem {}

impl Notice {
    /// Reads a notice; every problem is reported, not only the first.
    pub fn parse(text: &str) -> Result<Self, Vec<NoticeProblem>> {
        let (days, mut problems) = read_lines(text);
        let (stated, replaces) = read_headers(text, &mut problems);
        if days.is_empty() && problems.is_empty() {
            problems.push(NoticeProblem {
                line: 0,
                message:
                    "通知里没有一天安排；应每行写“日期 off|work 名称”，例如“2027-10-01 off 国庆节”"
                        .to_owned(),
            });
        }
        let years = if stated.is_empty() {
            years_of(&days)
        } else {
            stated
        };
        for day in &days {
            // A make-up day or the eve of the New Year may fall in a neighbouring year.
            let near = years.iter().any(|y| y.abs_diff(day.date.year()) <= 1);
            if !near {
                problems.push(NoticeProblem {
                    line: 0,
                    message: format!(
                        "{} 不在通知所写年度 {} 或其前后一年之内，请核对年份",
                        day.date,
                        list(&years)
                    ),
                });
            }
        }
        if problems.is_empty() {
            Ok(Self {
                days,
                years,
                replaces,
            })
        } else {
            problems.sort_by_key(|p| p.line);
            Err(problems)
        }
    }

    /// The exceptions, in the order they were written.
    pub fn days(&self) -> &[NoticeDay] {
        &self.days
    }

    /// The years this notice settles.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.iter().copied()
    }

    /// The years whose earlier data this notice takes back.
    pub fn replaces(&self) -> &BTreeSet<i16> {
        &self.replaces
    }
}

fn list(years: &BTreeSet<i16>) -> String {
    years
        .iter()
        .map(i16::to_string)
        .collect::<Vec<_>>()
        .join("、")
}

/// The years of the dates. A year that has nothing but days in December, beside a later one, only
/// lends them to the New Year of the next (2018-12-29 belongs to 2019).
fn years_of(days: &[NoticeDay]) -> BTreeSet<i16> {
    let all: BTreeSet<i16> = days.iter().map(|d| d.date.year()).collect();
    let settled: BTreeSet<i16> = days
        .iter()
        .filter(|d| d.date.month() < 12 || Some(&d.date.year()) == all.last())
        .map(|d| d.date.year())
        .collect();
    if settled.is_empty() { all } else { settled }
}

/// The lines that can be read, and the problems of those that cannot.
pub(super) fn read_lines(text: &str) -> (Vec<NoticeDay>, Vec<NoticeProblem>) {
    let mut days = Vec::new();
    let mut problems = Vec::new();
    let mut seen: BTreeMap<Date, usize> = BTreeMap::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let number = index.saturating_add(1);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match read_line(line) {
            Ok(day) => {
                if let Some(first) = seen.get(&day.date) {
                    let message = format!("{} 与第 {first} 行重复，每天只能写一次", day.date);
                    problems.push(NoticeProblem {
                        line: number,
                        message,
                    });
                } else {
                    seen.insert(day.date, number);
                    days.push(day);
                }
            }
            Err(message) => problems.push(NoticeProblem {
                line: number,
                message,
            }),
        }
    }
    (days, problems)
}

fn read_line(line: &str) -> Result<NoticeDay, String> {
    let mut words = line.split_whitespace();
    let written = words.next().unwrap_or_default();
    let date = parse_date(written)
        .ok_or_else(|| format!("日期“{written}”读不出来或没有这一天，应写成 2027-10-01 的样子"))?;
    let working = match words.next() {
        Some("off") => false,
        Some("work") => true,
        Some(other) => {
            return Err(format!(
                "“{other}”不认识，第二列应为 off（放假）或 work（调休上班）"
            ));
        }
        None => return Err("缺第二列，应为 off（放假）或 work（调休上班）".to_owned()),
    };
    let name = words.collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(format!("{date} 缺第三列名称，例如“国庆节”或“国庆节调休”"));
    }
    match (working, is_weekend(date)) {
        (false, true) => Err(format!(
            "{date} 是{}，周末本来就不上班，不用写 off；请删去这一行，或核对日期",
            weekday_label(date)
        )),
        (true, false) => Err(format!(
            "{date} 是{}，周一至周五本来就上班，不用写 work；请删去这一行，或核对日期",
            weekday_label(date)
        )),
        _ => Ok(NoticeDay {
            date,
            working,
            name,
        }),
    }
}

/// The years stated by `# year:` and `# replaces:` lines.
fn read_headers(text: &str, problems: &mut Vec<NoticeProblem>) -> (BTreeSet<i16>, BTreeSet<i16>) {
    let mut years = BTreeSet::new();
    let mut replaces = BTreeSet::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let Some(comment) = line.trim().strip_prefix('#') else {
            continue;
        };
        let comment = comment.trim();
        let (target, value) = if let Some(value) = comment.strip_prefix("year:") {
            (&mut years, value)
        } else if let Some(value) = comment.strip_prefix("replaces:") {
            (&mut replaces, value)
        } else {
            continue;
        };
        for word in value
            .split([' ', ',', '、', '\t'])
            .filter(|w| !w.is_empty())
        {
            match word.parse::<i16>() {
                Ok(year) if (1949..=9999).contains(&year) => {
                    target.insert(year);
                }
                _ => problems.push(NoticeProblem {
                    line: index.saturating_add(1),
                    message: format!("年度“{word}”读不出来，应写成“# year: 2027”的样子"),
                }),
            }
        }
    }
    (years, replaces)
}
