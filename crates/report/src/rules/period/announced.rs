//! The year of the report as the sentence names it that announces the report: 特向社会公布某镇2018年度
//! 政府信息公开年度报告.

use crate::words::{WordSet, has, words};
use std::ops::Range;

use statute::editions::Level;

use super::{same_year, sentences_of, title_place};
use crate::prose::Paragraph;
use crate::read::title::is_body;
use crate::reading::Reading;
use crate::rules::{Rule, Sink};

pub(super) const ANNOUNCED_YEAR_DIFFERS: Rule = Rule {
    name: "announced-year-differs",
    code: "P110",
    level: Level::Error,
    summary: "引言所称报告的年份与标题或统计期限的年份不同",
    english: "the preamble gives the report another year than the title or the period",
    article: Some("条例 §50"),
    page: include_str!("../pages/announced-year-differs.md"),
};

/// Paragraphs among which the announcement stands.
const HEAD: usize = 12;

/// `period` is the year of the period, where it is stated.
pub(super) fn examine(reading: &Reading, title: Option<i16>, period: Option<i16>, sink: &mut Sink) {
    let Some(expected) = title.or(period) else {
        return;
    };
    let found = reading
        .prose
        .paragraphs
        .iter()
        .take(HEAD)
        .find_map(|paragraph| {
            let (span, year) = announced(paragraph)?;
            Some((paragraph.place(span), year))
        });
    let Some((place, year)) = found else { return };
    // A period that differs from the title is a finding already.
    if title.is_some() && period.is_some_and(|period| period != expected) {
        return;
    }
    sink.examined(same_year(year, expected, place.clone()));
    if year == expected {
        return;
    }
    // The text itself tells of the announced year: then it is the period that was kept from another.
    let told = sentences_of(reading, year) >= 2 && sentences_of(reading, expected) == 0;
    let (whence, level) = match (title, period) {
        (Some(_), Some(_)) => ("标题和统计期限都", Level::Error),
        (Some(_), None) => ("标题", Level::Warning),
        _ if told => ("正文写的也是这一年的工作，统计期限却", Level::Error),
        _ => ("统计期限", Level::Warning),
    };
    let advice = if title.is_none() && told {
        "统计期限多半沿用了另一年的"
    } else {
        "多半是沿用了另一年的引言"
    };
    sink.find(
        ANNOUNCED_YEAR_DIFFERS
            .finding(
                place,
                format!(
                    "这里说公布的是{year}年度的报告，{whence}是{expected}年；{advice}，请改成一致"
                ),
            )
            .at_level(level)
            .with_figures(year.to_string(), expected.to_string(), expected.to_string())
            .with_related(title_place(reading).into_iter().collect()),
    );
}

/// The year that the first announcement of a paragraph names.
fn announced(paragraph: &Paragraph) -> Option<(Range<usize>, i16)> {
    const VERBS: &WordSet = words!["公布", "发布", "编制的", "编制了", "编制", "形成", "撰写"];
    const REPORTS: &[&str] = &[
        "信息公开工作年度报告",
        "信息公开年度报告",
        "信息公开年度工作报告",
        "信息公开工作报告",
        "信息公开报告",
        "信息公开工作年报",
        "信息公开年报",
    ];
    let text = &paragraph.text;
    paragraph.dates.iter().take(16).find_map(|date| {
        let year = date
            .year
            .filter(|_| date.month.is_none() && !date.damaged)?;
        let after = text.get(date.span.end..)?;
        let clause = after.split(['，', '。', '；', '《']).next()?;
        let at = clause.find("信息公开")?;
        let named = clause.get(at..)?;
        if at > 90 || !REPORTS.iter().any(|report| named.starts_with(report)) {
            return None;
        }
        let before = text.get(..date.span.start)?;
        let clause = before.rsplit(['，', '。', '；']).next()?;
        // Of the report of another year that was published before.
        if has(clause, words!["上年", "去年", "上一年", "已", "曾"]) {
            return None;
        }
        let verb = VERBS
            .words()
            .iter()
            .filter_map(|verb| Some(clause.rfind(verb)? + verb.len()))
            .max()?;
        let name = clause.get(verb..)?;
        (name.is_empty() || is_body(name) || ["本局", "本机关", "本单位", "我局"].contains(&name))
            .then(|| (date.span.clone(), year))
    })
}
