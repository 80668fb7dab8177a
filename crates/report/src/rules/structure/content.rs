//! The chapters that the form asks for: there, in order, and not empty.

use statute::editions::{CellKey, Edition, Level};

use super::chapters::{Chapter, FORM, is_signed, is_whole};
use super::numbers::has_table;
use super::{heading_place, start};
use crate::reading::Reading;
use crate::rules::{Rule, Sink};
use crate::words::{WordSet, has};

pub(super) const CHAPTER_ABSENT: Rule = Rule {
    name: "chapter-absent",
    code: "S103",
    level: Level::Warning,
    summary: "格式规定的章缺失",
    english: "a chapter that the form requires is absent",
    article: Some("条例 §50；国办公开办函〔2021〕30号"),
    page: include_str!("../pages/chapter-absent.md"),
};

pub(super) const CHAPTER_OUT_OF_ORDER: Rule = Rule {
    name: "chapter-out-of-order",
    code: "S105",
    level: Level::Warning,
    summary: "各章的次序与格式不同",
    english: "the chapters are not in the order of the form",
    article: Some("国办公开办函〔2021〕30号"),
    page: include_str!("../pages/chapter-out-of-order.md"),
};

pub(super) const CHAPTER_EMPTY: Rule = Rule {
    name: "chapter-empty",
    code: "S107",
    level: Level::Warning,
    summary: "文字的一章只有标题没有内容",
    english: "a chapter of text has a heading and nothing else",
    article: Some("条例 §50"),
    page: include_str!("../pages/chapter-empty.md"),
};

pub(super) const CHAPTER_SAYS_NONE: Rule = Rule {
    name: "chapter-says-none",
    code: "S108",
    level: Level::Warning,
    summary: "一章写“无”，表中却有数",
    english: "a chapter says \"none\" but the table has figures",
    article: Some("条例 §50"),
    page: include_str!("../pages/chapter-says-none.md"),
};

/// Examines the chapters of the forms of 2019 and 2021; earlier reports had no fixed headings.
pub(super) fn examine(reading: &Reading, chapters: &[Chapter<'_>], broken: bool, sink: &mut Sink) {
    if !matches!(
        reading.report.edition,
        Edition::Trial2019 | Edition::Format2021
    ) {
        return;
    }
    says_none(reading, chapters, sink);
    if !is_whole(reading, chapters) || chapters.first().is_none_or(|first| first.number != 1) {
        return;
    }
    empty(reading, chapters, sink);
    // A number that is missing was reported as such.
    if !broken {
        absent(reading, chapters, sink);
        order(chapters, sink);
    }
}

fn absent(reading: &Reading, chapters: &[Chapter<'_>], sink: &mut Sink) {
    // The chapters from the second to the fourth are tables; a table that could not be read is
    // reported as such.
    let tables = [None, Some("t2"), Some("t3"), Some("t4"), None, None];
    let missing: Vec<String> = FORM
        .iter()
        .zip(tables)
        .zip(reading.report.edition.chapters())
        .enumerate()
        // The first chapter may be called anything, and a text without its last one may be cut.
        .skip(1)
        .filter(|(at, _)| *at < 5 || is_signed(reading))
        .filter(|(at, ((words, table), _))| {
            let there = chapters.iter().any(|chapter| chapter.form == Some(*at))
                || table.is_some_and(|table| has_table(reading, table));
            !there && !mentioned(reading, words)
        })
        .map(|(_, (_, chapter))| format!("“{}”", chapter.heading()))
        .collect();
    // A text without half of its chapters is an excerpt, or of another kind.
    if missing.is_empty() || missing.len() > 2 {
        return;
    }
    sink.find(CHAPTER_ABSENT.finding(
        start(reading),
        format!(
            "没有找到{}；条例第五十条和现行格式要求六个部分齐全，没有情况的也应写明，请补上",
            missing.join("、")
        ),
    ));
}

/// Whether the words of a chapter stand in any short line or heading.
fn mentioned(reading: &Reading, words: &WordSet) -> bool {
    reading.prose.paragraphs.iter().any(|paragraph| {
        (paragraph.heading.is_some() || paragraph.text.chars().count() <= 45)
            && has(&paragraph.text, words)
    })
}

fn empty(reading: &Reading, chapters: &[Chapter<'_>], sink: &mut Sink) {
    for pair in chapters.windows(2) {
        let [chapter, next] = pair else { continue };
        // Only the chapters of text before the last: the others are tables.
        if !matches!(chapter.form, Some(0 | 4)) || next.at != chapter.at + 1 {
            continue;
        }
        let alone = chapter.paragraph.heading == Some(1)
            && chapter.paragraph.text.chars().count() <= chapter.heading.chars().count() + 4;
        // The heading of a table may have taken the text with it.
        if !alone || (chapter.form == Some(0) && has_table(reading, "t2") && next.form != Some(1)) {
            continue;
        }
        sink.find(CHAPTER_EMPTY.finding(
            heading_place(chapter.paragraph),
            format!(
                "“{}”一章只有标题，没有内容；请补写，确无情况的也应写明",
                chapter.heading
            ),
        ));
    }
}

fn order(chapters: &[Chapter<'_>], sink: &mut Sink) {
    let of_form: Vec<&Chapter<'_>> = chapters
        .iter()
        .filter(|chapter| chapter.form.is_some())
        .collect();
    if of_form.len() < 5 {
        return;
    }
    let descent = of_form
        .windows(2)
        .find(|pair| matches!(pair, [before, after] if after.form < before.form));
    if let Some([before, after]) = descent {
        sink.find(
            CHAPTER_OUT_OF_ORDER
                .finding(
                    heading_place(after.paragraph),
                    format!(
                        "“{}”排在“{}”之后，与格式的次序不同；请按格式调整",
                        after.heading, before.heading
                    ),
                )
                .with_related(vec![heading_place(before.paragraph)]),
        );
    }
}

/// `三、…申请情况` followed by 无 while the table has figures.
fn says_none(reading: &Reading, chapters: &[Chapter<'_>], sink: &mut Sink) {
    for chapter in chapters {
        let Some(form) = chapter.form else { continue };
        let Some(body) = reading.prose.paragraphs.get(chapter.at + 1) else {
            continue;
        };
        let bare = body.text.trim_end_matches('。');
        if !["无", "暂无", "没有", "无此情况", "无此类情况", "无相关情况"].contains(&bare)
        {
            continue;
        }
        let cells: &[CellKey] = match form {
            2 => &[
                CellKey::new("t3", "new", "total"),
                CellKey::new("t3", "carried_in", "total"),
            ],
            3 => &[
                CellKey::new("t4", "review", "total"),
                CellKey::new("t4", "lit_direct", "total"),
                CellKey::new("t4", "lit_after_review", "total"),
            ],
            _ => continue,
        };
        let filled = cells.iter().find_map(|key| {
            let figure = reading.report.tables.number(*key)?;
            (figure.as_whole()? > 0).then_some((*key, figure))
        });
        if let Some((key, figure)) = filled {
            sink.find(
                CHAPTER_SAYS_NONE
                    .finding(
                        body.place(0..body.text.len()),
                        format!(
                            "“{}”一章写“{bare}”，表中却填了{figure}；请核对",
                            chapter.heading
                        ),
                    )
                    .with_figures("0", figure.to_string(), figure.to_string())
                    .with_related(vec![reading.cell_place(key)]),
            );
        }
    }
}
