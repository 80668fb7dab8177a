//! The numbers of chapters: 一、二、三 without a gap.

use statute::editions::Level;

use super::chapters::{Chapter, is_whole};
use super::heading_place;
use crate::finding::{Checked, CheckedKind};
use crate::reading::Reading;
use crate::rules::{Rule, Sink};
use crate::words::{has, words};

pub(super) const CHAPTER_NUMBERS_BROKEN: Rule = Rule {
    name: "chapter-numbers-broken",
    code: "S104",
    level: Level::Warning,
    summary: "章的序号不连续、重复或重新起编",
    english: "chapter numbers skip, repeat or begin anew",
    article: Some("国办公开办函〔2021〕30号"),
    page: include_str!("../pages/chapter-numbers-broken.md"),
};

/// Examines the numbers; answers whether they are broken.
pub(super) fn examine(reading: &Reading, chapters: &[Chapter<'_>], sink: &mut Sink) -> bool {
    let mut runs: Vec<Vec<&Chapter<'_>>> = Vec::new();
    for chapter in chapters {
        match runs.last_mut() {
            Some(run) if chapter.number != 1 => run.push(chapter),
            _ => runs.push(vec![chapter]),
        }
    }
    let Some(main) = runs.first() else {
        return false;
    };
    let (Some(first), Some(last)) = (main.first(), main.last()) else {
        return false;
    };
    // An excerpt that begins in the middle says nothing.
    if first.number != 1 || main.len() < 2 {
        return false;
    }
    let restarted = runs.get(1).and_then(|run| restart(main, run));
    let fault = restarted
        .map(|chapter| {
            (
                chapter,
                format!(
                    "章的序号已编到“{}”，这里又从“一”编起；请按格式统一编号",
                    ordinal(last.number)
                ),
            )
        })
        .or_else(|| gap(reading, chapters, main));
    let numbers: Vec<String> = main
        .iter()
        .map(|chapter| chapter.number.to_string())
        .collect();
    let expected = format!("1..{}", main.len());
    let stated = if fault.is_some() {
        numbers.join("、")
    } else {
        expected.clone()
    };
    // Sub-lists number from one again inside a chapter: then the run says nothing.
    let plain = main
        .iter()
        .zip(1..)
        .all(|(chapter, at)| chapter.number == at);
    if fault.is_none() && !plain {
        return false;
    }
    sink.examined(Checked::equal(
        CheckedKind::ListCount,
        fault.is_none(),
        stated.clone(),
        expected.clone(),
        expected.clone(),
        heading_place(first.paragraph),
    ));
    let Some((chapter, message)) = fault else {
        return false;
    };
    sink.find(
        CHAPTER_NUMBERS_BROKEN
            .finding(heading_place(chapter.paragraph), message)
            .with_figures(stated, expected.clone(), expected)
            .with_related(vec![heading_place(last.paragraph)]),
    );
    true
}

/// The chapter with which the numbers begin anew, when it is one of the form's chapters, and not a
/// list inside one.
fn restart<'a, 'b>(main: &[&Chapter<'b>], run: &[&'a Chapter<'b>]) -> Option<&'a Chapter<'b>> {
    let first = run.first()?;
    let of_form = run
        .iter()
        .filter(|chapter| is_form_heading(chapter))
        .count();
    (main.len() >= 3 && is_form_heading(first) && of_form >= 2).then_some(*first)
}

/// A heading that can be nothing but one of the form.
fn is_form_heading(chapter: &Chapter<'_>) -> bool {
    chapter.form.is_some()
        && has(
            chapter.heading,
            words![
                "总体情况",
                "主动公开政府信息情况",
                "政府信息公开申请情况",
                "行政复议",
                "主要问题",
                "需要报告的事项",
            ],
        )
}

/// The chapter before which a number is missing or stands twice.
fn gap<'a>(
    reading: &Reading,
    chapters: &[Chapter<'_>],
    main: &[&'a Chapter<'a>],
) -> Option<(&'a Chapter<'a>, String)> {
    if !is_whole(reading, chapters) {
        return None;
    }
    main.windows(2).find_map(|pair| {
        let [before, after] = pair else { return None };
        if after.number == before.number + 1 {
            return None;
        }
        if after.number == before.number {
            return Some((
                *after,
                format!("有两章的序号都是“{}”；请按顺序编号", ordinal(after.number)),
            ));
        }
        let missing = before.number + 1;
        if after.number < before.number || is_explained(reading, before, after, missing) {
            return None;
        }
        Some((
            *after,
            format!(
                "章的序号从“{}”跳到“{}”，缺“{}”；请核对是漏了一章还是编错了号",
                ordinal(before.number),
                ordinal(after.number),
                ordinal(missing)
            ),
        ))
    })
}

/// The heading is there in another shape (三是, （三）, without a number), or went with its table.
fn is_explained(
    reading: &Reading,
    before: &Chapter<'_>,
    after: &Chapter<'_>,
    missing: usize,
) -> bool {
    let spelled = ordinal(missing);
    let shapes = [
        format!("{spelled}是"),
        format!("（{spelled}）"),
        format!("{spelled}，"),
        format!("{spelled} "),
    ];
    let between = reading
        .prose
        .paragraphs
        .get(before.at + 1..after.at)
        .unwrap_or_default();
    let shaped = between.iter().any(|paragraph| {
        shapes
            .iter()
            .any(|shape| paragraph.text.starts_with(shape.as_str()))
            || (paragraph.text.chars().count() <= 30
                && paragraph.text.ends_with("情况")
                && !paragraph.text.starts_with('（'))
            || paragraph.text.contains(&format!("{spelled}、"))
            || paragraph.text.contains("〔…〕")
    });
    let tabled = match missing {
        2 => has_table(reading, "t2"),
        3 => has_table(reading, "t3"),
        4 => has_table(reading, "t4"),
        _ => false,
    };
    shaped || tabled
}

/// Whether any cell of a table was read.
pub(super) fn has_table(reading: &Reading, table: &str) -> bool {
    reading
        .report
        .edition
        .cells()
        .filter(|cell| cell.key.table == table)
        .any(|cell| *reading.report.tables.get(cell.key) != crate::Cell::Absent)
}

/// A number as chapters write it.
fn ordinal(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: usize| DIGITS.get(value).copied().unwrap_or_default();
    match number / 10 {
        0 => digit(number).to_owned(),
        1 => format!("十{}", digit(number % 10)),
        tens => format!("{}十{}", digit(tens), digit(number % 10)),
    }
}
