//! The statement of the period: 本报告所列数据的统计期限自某年1月1日起至12月31日止.

use crate::words::{WordSet, has, words};
use std::ops::Range;

use statute::editions::Level;

use super::{Day, iso, same_year, sentences_of, title_place};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::Date;
use crate::reading::Reading;
use crate::rules::{Rule, Sink};

pub(super) const PERIOD_DIFFERS_FROM_TITLE: Rule = Rule {
    name: "period-differs-from-title",
    code: "P101",
    level: Level::Error,
    summary: "统计期限的年份与标题的年份不同",
    english: "the reporting period lies in another year than the title",
    article: Some("条例 §50"),
    page: include_str!("../pages/period-differs-from-title.md"),
};

pub(super) const PERIOD_DATE_MISTYPED: Rule = Rule {
    name: "period-date-mistyped",
    code: "P102",
    level: Level::Error,
    summary: "统计期限的年份写错了位数",
    english: "a year of the reporting period is mistyped",
    article: Some("条例 §50"),
    page: include_str!("../pages/period-date-mistyped.md"),
};

pub(super) const PERIOD_NOT_WHOLE_YEAR: Rule = Rule {
    name: "period-not-whole-year",
    code: "P108",
    level: Level::Warning,
    summary: "统计期限不是一整年",
    english: "the reporting period is not a whole year",
    article: Some("条例 §50"),
    page: include_str!("../pages/period-not-whole-year.md"),
};

/// Words that announce the period. Each is enough with a date close behind it.
const WORDS: &WordSet = words![
    "统计期限",
    "统计期为",
    "统计期是",
    "统计时限",
    "统计周期",
    "统计时间",
    "统计区间",
    "统计时段",
    "统计范围",
    "统计数据",
    "数据统计",
    "数据的期限",
    "数据期限",
    "数据时限",
    "数据从",
    "数据自",
    "数据截至",
    "数据截止",
    "报告期限",
    "报告期",
];
/// How far behind its word a date may stand, in bytes.
const REACH: usize = 60;

/// The period as a paragraph states it.
struct Statement<'a> {
    paragraph: &'a Paragraph,
    span: Range<usize>,
    from: Option<&'a Date>,
    to: &'a Date,
}

/// Examines the statement and gives the year that it speaks of.
pub(super) fn examine(reading: &Reading, title_year: Option<i16>, sink: &mut Sink) -> Option<i16> {
    let head = || reading.prose.paragraphs.iter().take(60);
    let Some(statement) = head().find_map(find) else {
        return unannounced(head(), title_year, sink);
    };
    let place = statement.paragraph.place(statement.span.clone());
    if let Some((typed, meant)) = mistyped(&statement, title_year) {
        let day = |year: &str| format!("{year}{}", typed.rest);
        let (stated, expected) = (day(&typed.digits), day(&meant.to_string()));
        sink.examined(Checked::equal(
            CheckedKind::Period,
            false,
            stated.clone(),
            expected.clone(),
            expected.clone(),
            place.clone(),
        ));
        sink.find(
            PERIOD_DATE_MISTYPED
                .finding(
                    place,
                    format!(
                        "统计期限里的年份写作“{}年”，有{}位数字；应为“{meant}年”，请改正",
                        typed.digits,
                        typed.digits.len()
                    ),
                )
                .with_figures(stated, expected.clone(), expected),
        );
        return Some(meant);
    }
    if statement.to.damaged || statement.from.is_some_and(|from| from.damaged) {
        return None;
    }
    years(reading, &statement, title_year, sink);
    let from = statement.from.and_then(|date| date.year);
    statement.to.year.or(from)
}

/// The whole year that some sentence opens with, `2018年1月1日至12月31日，我镇…`, where no words
/// announce the period. It is compared only with itself and a title of the same year: another year
/// may be that of something else.
fn unannounced<'a>(
    paragraphs: impl Iterator<Item = &'a Paragraph>,
    title_year: Option<i16>,
    sink: &mut Sink,
) -> Option<i16> {
    for paragraph in paragraphs {
        for pair in paragraph.dates.windows(2).take(8) {
            let [from, to] = pair else { continue };
            let Some(year) = from.year else { continue };
            let before = paragraph.text.get(..from.span.start).unwrap_or_default();
            let between = paragraph.text.get(from.span.end..to.span.start);
            let whole = (from.month, from.day) == (Some(1), Some(1))
                && (to.month, to.day) == (Some(12), Some(31))
                && to.year.is_none_or(|last| last == year);
            let opens = before.is_empty() || before.ends_with(['。', '〕', '）', '从', '自']);
            if whole
                && opens
                && between.is_some_and(joins)
                && title_year.is_none_or(|title| title == year)
            {
                let place = paragraph.place(from.span.start..to.span.end);
                sink.examined(same_year(year, title_year.unwrap_or(year), place));
                return Some(year);
            }
        }
    }
    None
}

fn years(reading: &Reading, statement: &Statement<'_>, title_year: Option<i16>, sink: &mut Sink) {
    let place = statement.paragraph.place(statement.span.clone());
    let from = statement.from.and_then(|date| date.year);
    let Some(last) = statement.to.year.or(from) else {
        return;
    };
    if let Some(first) = from
        && is_school_year(reading, first, last, statement)
    {
        sink.examined(Checked {
            explanation: Some("按学年统计".to_owned()),
            ..same_year(last, last, place)
        });
        return;
    }
    // Without a year in the title the two ends of the period still speak of one year.
    let Some(expected) = title_year.or(from) else {
        return;
    };
    sink.examined(same_year(last, expected, place.clone()));
    if last != expected && title_year.is_some() {
        sink.find(
            PERIOD_DIFFERS_FROM_TITLE
                .finding(
                    place,
                    format!(
                        "标题是{expected}年的报告，统计期限却到{last}年；请核对哪一个是本报告的年份，改成一致"
                    ),
                )
                .with_figures(last.to_string(), expected.to_string(), expected.to_string())
                .with_related(title_place(reading).into_iter().collect()),
        );
        return;
    }
    let Some(begins) = statement.from else { return };
    let (Some(first), Some(month), Some(end)) = (from, begins.month, statement.to.month) else {
        return;
    };
    let begin: Day = (first, month, begins.day.unwrap_or(1));
    let close: Day = (last, end, statement.to.day.unwrap_or(31));
    // The regulation of 2008 came into force on 1 May of that year.
    let whole = begin == (last, 1, 1) && close.1 == 12 && close.2 >= 31;
    if whole || (last == 2008 && begin == (2008, 5, 1)) {
        return;
    }
    // Two whole years, of which the text tells one: no report of a year has them.
    let twice = begin == (last - 1, 1, 1)
        && (close.1, close.2) == (12, 31)
        && title_year.is_none_or(|title| title == last - 1 || title == last)
        && (sentences_of(reading, last) == 0) != (sentences_of(reading, last - 1) == 0);
    let level = if twice { Level::Error } else { Level::Warning };
    sink.find(
        PERIOD_NOT_WHOLE_YEAR
            .finding(
                place,
                format!(
                    "统计期限是{}至{}，不是{last}年1月1日至12月31日的一整年；年度报告的数据应统计全年，请核对",
                    iso(begin),
                    iso(close)
                ),
            )
            .at_level(level)
            .with_figures(
                format!("{}..{}", iso(begin), iso(close)),
                format!("{last}-01-01..{last}-12-31"),
                format!("{last}-01-01..{last}-12-31"),
            ),
    );
}

/// Whether the period is a school year and a school reports: 高等学校信息公开办法 §22 asks schools for the
/// school year that has ended.
fn is_school_year(reading: &Reading, first: i16, last: i16, statement: &Statement<'_>) -> bool {
    const SCHOOLS: &WordSet = words![
        "学年",
        "大学",
        "学院",
        "学校",
        "高校",
        "中学",
        "小学",
        "幼儿园",
        "我校",
        "本校"
    ];
    let months = (
        statement.from.and_then(|from| from.month),
        statement.to.month,
    );
    let begins = statement.from.and_then(|from| from.day).unwrap_or(1) == 1;
    let year =
        last == first + 1 && begins && matches!(months, (Some(9), Some(8)) | (Some(8), Some(7)));
    let report = &reading.report;
    let mut head = reading.prose.paragraphs.iter().take(4);
    year && (has(&report.title, SCHOOLS)
        || report
            .unit
            .as_deref()
            .is_some_and(|unit| has(unit, SCHOOLS))
        || has(&statement.paragraph.text, SCHOOLS)
        || head.any(|paragraph| has(&paragraph.text, SCHOOLS)))
}

/// The first sentence of a paragraph that states the period.
fn find(paragraph: &Paragraph) -> Option<Statement<'_>> {
    let text = &paragraph.text;
    if paragraph.dates.is_empty()
        || !(text.contains("统计") || text.contains("数据") || text.contains("报告期"))
    {
        return None;
    }
    let word = WORDS
        .words()
        .iter()
        .flat_map(|word| {
            paragraph
                .text
                .match_indices(word)
                .take(8)
                .map(|(at, word)| at + word.len())
        })
        .filter_map(|at| Some((at, announced(paragraph, at)?)))
        .min_by_key(|(at, _)| *at);
    word.map(|(_, statement)| statement)
}

/// The period whose dates follow a word that ends at `at`.
fn announced(paragraph: &Paragraph, at: usize) -> Option<Statement<'_>> {
    let behind = paragraph
        .dates
        .iter()
        .position(|date| date.span.start >= at)?;
    let first = paragraph.dates.get(behind)?;
    let between = paragraph.text.get(at..first.span.start)?;
    if between.len() > REACH || between.contains(['。', '；', '，']) {
        return None;
    }
    let second = paragraph.dates.get(behind + 1).filter(|second| {
        paragraph
            .text
            .get(first.span.end..second.span.start)
            .is_some_and(joins)
    });
    match second {
        Some(second) => Some(Statement {
            paragraph,
            span: first.span.start..second.span.end,
            from: Some(first),
            to: second,
        }),
        None if first.month.is_none() && months_follow(paragraph, first) => Some(Statement {
            paragraph,
            span: first.span.clone(),
            from: Some(first),
            to: first,
        }),
        // 数据截至2018年12月31日.
        None => (first.month == Some(12) && first.day.is_some()).then(|| Statement {
            paragraph,
            span: first.span.clone(),
            from: None,
            to: first,
        }),
    }
}

/// Whether all months of the year follow it: 2018年1-12月.
fn months_follow(paragraph: &Paragraph, year: &Date) -> bool {
    paragraph
        .text
        .get(year.span.end..)
        .and_then(|rest| rest.strip_prefix('1'))
        .map(|rest| rest.trim_start_matches(['-', '—', '~', '至', '到']))
        .is_some_and(|rest| rest.starts_with("12月"))
}

/// Whether the words between two dates make a period of them.
fn joins(between: &str) -> bool {
    // 2009年1月1日《条例》实施之日起，至…
    let between = match (between.starts_with('《'), between.split_once('》')) {
        (true, Some((_, rest))) => rest
            .trim_start_matches("正式")
            .trim_start_matches("施行")
            .trim_start_matches("实施")
            .trim_start_matches('之'),
        _ => between,
    };
    // 2018年1月1日（含）至…, 2018年1月1日条例施行之日起，至…
    let between = between.trim_start_matches("（含）");
    let between = ["条例施行之日", "条例实施之日"]
        .into_iter()
        .find_map(|word| between.strip_prefix(word))
        .unwrap_or(between);
    let bare = between.trim_matches([
        '起', '始', '开', '，', '、', '止', '（', '）', '日', '零', '0', '时',
    ]);
    bare.is_empty() && between.contains('起')
        || [
            "至",
            "到",
            "-",
            "—",
            "——",
            "~",
            "至当年",
            "至同年",
            "至本年",
            "截至",
            "截止",
            "至该年",
        ]
        .contains(&bare)
}

/// A year of more than four digits as typed.
struct Typed {
    digits: String,
    /// Month and day behind the year: `-12-31`.
    rest: String,
}

/// A year that was typed with too many digits, and the year that was meant. What an extractor loses
/// takes digits away or the mark 年; it never adds a digit in front of 年.
fn mistyped(statement: &Statement<'_>, title_year: Option<i16>) -> Option<(Typed, i16)> {
    let from = statement.from;
    let pairs = [
        (Some(statement.to), from.and_then(|from| from.year)),
        (from, statement.to.year),
    ];
    pairs.into_iter().find_map(|(date, year)| {
        let date = date.filter(|date| date.damaged)?;
        let written = statement.paragraph.slice(date.span.clone());
        let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
        let marked = written.get(digits.len()..)?.starts_with('年');
        let meant = title_year.or(year)?;
        if !(5..=6).contains(&digits.len()) || !marked || !holds(&digits, &meant.to_string()) {
            return None;
        }
        let rest = match (date.month, date.day) {
            (Some(month), Some(day)) => format!("-{month:02}-{day:02}"),
            _ => String::new(),
        };
        Some((Typed { digits, rest }, meant))
    })
}

/// Whether the digits of the year stand in the typed ones in their order.
fn holds(typed: &str, year: &str) -> bool {
    let mut rest = typed.chars();
    year.chars().all(|digit| rest.any(|typed| typed == digit))
}
