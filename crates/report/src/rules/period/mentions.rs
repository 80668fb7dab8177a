//! Years that the text mentions: numbers of documents, plans, the openings of its parts.

use std::collections::BTreeMap;

use statute::editions::Level;

use super::{same_year, title_place};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::reading::Reading;
use crate::rules::{Rule, Sink};
use crate::words::{WordSet, has, words};

pub(super) const DOCUMENT_FROM_LATER_YEAR: Rule = Rule {
    name: "document-from-later-year",
    code: "P106",
    level: Level::Warning,
    summary: "引用的文件发在报告公布之后的年份",
    english: "a cited document is from a year after the report was published",
    article: None,
    page: include_str!("../pages/document-from-later-year.md"),
};

pub(super) const PLAN_YEAR_UNEXPECTED: Rule = Rule {
    name: "plan-year-unexpected",
    code: "P107",
    level: Level::Warning,
    summary: "下一年打算的年份不是报告年份的下一年",
    english: "the year of the plans is not the year after the report's",
    article: None,
    page: include_str!("../pages/plan-year-unexpected.md"),
};

pub(super) const TEXT_ABOUT_ANOTHER_YEAR: Rule = Rule {
    name: "text-about-another-year",
    code: "P109",
    level: Level::Warning,
    summary: "正文各段所写的年份不是标题的年份",
    english: "paragraphs give another year than the title",
    article: None,
    page: include_str!("../pages/text-about-another-year.md"),
};

pub(super) fn examine(reading: &Reading, year: i16, titled: bool, sink: &mut Sink) {
    documents(reading, year, sink);
    plans(reading, year, sink);
    openings(reading, year, titled, sink);
}

/// `〔2018〕61号`: a report about a year is published in the next and cites nothing later.
fn documents(reading: &Reading, year: i16, sink: &mut Sink) {
    let mut seen: BTreeMap<i16, (&Paragraph, usize, usize)> = BTreeMap::new();
    for paragraph in &reading.prose.paragraphs {
        for (at, mark) in paragraph.text.match_indices('〔') {
            let rest = paragraph.text.get(at + mark.len()..).unwrap_or_default();
            let Some((digits, rest)) = rest.split_once('〕') else {
                break;
            };
            let Some(cited) = (digits.len() == 4)
                .then(|| digits.parse::<i16>().ok())
                .flatten()
            else {
                continue;
            };
            let number = rest.bytes().take_while(u8::is_ascii_digit).count();
            if (1..=5).contains(&number)
                && rest
                    .get(number..)
                    .is_some_and(|rest| rest.starts_with('号'))
                && (1990..=2100).contains(&cited)
            {
                let end = at + 2 * mark.len() + 4 + number + '号'.len_utf8();
                seen.entry(cited).or_insert((paragraph, at, end));
            }
        }
    }
    let limit = year + 1;
    for (cited, (paragraph, at, end)) in seen {
        let place = paragraph.place(at..end);
        sink.examined(Checked {
            kind: CheckedKind::Period,
            holds: cited <= limit,
            trivial: false,
            stated: cited.to_string(),
            relation: "不大于".to_owned(),
            expected: limit.to_string(),
            arithmetic: format!("{year}+1"),
            explanation: None,
            place: place.clone(),
        });
        if cited > limit {
            sink.find(
                DOCUMENT_FROM_LATER_YEAR
                    .finding(
                        place,
                        format!(
                            "这是{year}年的报告，引用的文件却是{cited}年的，报告公布时还没有；请核对文号或报告的年份"
                        ),
                    )
                    .with_figures(cited.to_string(), limit.to_string(), format!("{year}+1")),
            );
        }
    }
}

/// A heading that announces the work of a year must mean the next one.
fn plans(reading: &Reading, year: i16, sink: &mut Sink) {
    const PLAN: &WordSet = words![
        "计划",
        "打算",
        "下一步",
        "下步",
        "展望",
        "思路",
        "工作安排",
        "工作重点",
    ];
    const DONE: &WordSet = words![
        "落实",
        "完成",
        "要点",
        "情况",
        "贯彻",
        "执行",
        "问题",
        "回顾",
        "规划计划",
    ];
    for paragraph in &reading.prose.paragraphs {
        let text = &paragraph.text;
        if paragraph.heading != Some(1) || !has(text, PLAN) {
            continue;
        }
        if has(text, DONE) {
            continue;
        }
        let Some(date) = paragraph.dates.iter().find(|date| date.year.is_some()) else {
            continue;
        };
        let Some(planned) = date.year else { continue };
        let place = paragraph.place(date.span.clone());
        let next = year + 1;
        sink.examined(Checked {
            arithmetic: format!("{year}+1"),
            ..same_year(planned, next, place.clone())
        });
        if planned != next {
            sink.find(
                PLAN_YEAR_UNEXPECTED
                    .finding(
                        place,
                        format!(
                            "{year}年的报告在这里写的是{planned}年的打算，应为{next}年；请核对年份"
                        ),
                    )
                    .with_figures(planned.to_string(), next.to_string(), format!("{year}+1")),
            );
        }
    }
}

/// Paragraphs and sentences that open with a year: `2018年，我局…`.
fn openings(reading: &Reading, year: i16, titled: bool, sink: &mut Sink) {
    let mut first: Option<(&Paragraph, &crate::Date)> = None;
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for paragraph in &reading.prose.paragraphs {
        for date in &paragraph.dates {
            let before = paragraph.text.get(..date.span.start).unwrap_or_default();
            let after = paragraph.text.get(date.span.end..).unwrap_or_default();
            let opens = before.is_empty() || before.ends_with(['。', '〕', '）', '、']);
            let whole = date.month.is_none()
                && (after.starts_with('，')
                    || after.starts_with("我")
                    || after.starts_with("全年"));
            let Some(named) = date.year.filter(|_| opens && whole && !date.damaged) else {
                continue;
            };
            *counts.entry(named).or_default() += 1;
            if first.is_none()
                || (named == year && first.is_some_and(|(_, d)| d.year != Some(year)))
            {
                first = Some((paragraph, date));
            }
        }
    }
    let Some((paragraph, date)) = first else {
        return;
    };
    let Some(named) = date.year else { return };
    let place = paragraph.place(date.span.clone());
    if named == year {
        sink.examined(same_year(named, year, place));
        return;
    }
    // No part opens with the year of the title, and two at least with the year before it: the text of
    // last year under a new title.
    let copied = counts.get(&(year - 1)).copied().unwrap_or_default();
    if titled && copied >= 2 {
        sink.examined(same_year(year - 1, year, place.clone()));
        sink.find(
            TEXT_ABOUT_ANOTHER_YEAR
                .finding(
                    place,
                    format!(
                        "标题是{year}年的报告，正文有{copied}处以“{}年”开头，没有一处写{year}年；请核对是否沿用了上一年的文字",
                        year - 1
                    ),
                )
                .with_figures((year - 1).to_string(), year.to_string(), year.to_string())
                .with_related(title_place(reading).into_iter().collect()),
        );
    }
}
