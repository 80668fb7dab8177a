//! The chapters of a text by their numbers, and whether the text is whole.

use crate::prose::Paragraph;
use crate::quantity;
use crate::read::sections::ordinal;
use crate::reading::Reading;
use crate::words::{WordSet, has, words};

/// A heading with a Chinese number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chapter<'a> {
    /// The number, 1 for 一.
    pub(super) number: usize,
    /// The heading behind the number, up to the end of its sentence.
    pub(super) heading: &'a str,
    /// Which of the six chapters of the form it is, from 0.
    pub(super) form: Option<usize>,
    pub(super) paragraph: &'a Paragraph,
    /// The index of the paragraph.
    pub(super) at: usize,
}

/// Words that tell the six chapters of the forms of 2019 and 2021.
pub(super) const FORM: [&WordSet; 6] = [
    words!["总体情况", "概述", "工作基本情况", "总体工作"],
    words!["主动公开"],
    words!["申请情况", "依申请", "信息公开申请", "收到和处理"],
    words!["复议", "诉讼"],
    words!["问题", "不足", "改进"],
    words!["其他", "其它"],
];

/// Rows of the tables that carry chapter-like numbers.
const ROWS: &[&str] = &[
    "本年新收",
    "上年结转",
    "本年度办理结果",
    "结转下年",
    "回应解读情况",
    "依申请公开情况",
    "行政复议数量",
    "行政诉讼",
    "举报投诉数量",
    "依申请公开信息收取",
    "机构建设和保障",
    "政府信息公开会议和培训",
];

/// The numbered chapters in the order of reading, up to an annex.
pub(super) fn of(reading: &Reading) -> Vec<Chapter<'_>> {
    let mut chapters = Vec::new();
    for (at, paragraph) in reading.prose.paragraphs.iter().enumerate() {
        let text = paragraph.text.as_str();
        if is_annex(text) && !chapters.is_empty() {
            break;
        }
        let Some((digits, heading)) = ordinal(text) else {
            continue;
        };
        let Some(number) = value(digits) else {
            continue;
        };
        let end = heading.find('。').unwrap_or(heading.len());
        let heading = heading.get(..end).unwrap_or_default();
        if heading.is_empty()
            || heading.chars().count() > 60
            || paragraph.heading.is_none_or(|level| level != 1) && end == 0
            || is_row(heading)
        {
            continue;
        }
        // The words of some chapters stand in the headings of others as well.
        let form = [3, 4, 2, 1, 5, 0]
            .into_iter()
            .find(|at| FORM.get(*at).is_some_and(|words| has(heading, words)));
        chapters.push(Chapter {
            number,
            heading,
            form,
            paragraph,
            at,
        });
    }
    chapters
}

/// A row of a table: its label, whole, or its label and a figure.
fn is_row(heading: &str) -> bool {
    ROWS.iter().any(|row| heading.starts_with(row))
        && (heading.contains(['|', '0']) || heading.chars().count() < 22)
        && !heading.contains("政府信息公开行政")
}

/// Whether the annexes begin here.
fn is_annex(text: &str) -> bool {
    (text.starts_with("附件") || text.starts_with("附表") || text.contains("情况统计表"))
        && text.chars().count() <= 45
}

fn value(digits: &str) -> Option<usize> {
    let one = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|digit| digit == c)
            .map(|at| at + 1)
    };
    let chars: Vec<char> = digits.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        ['十', last] => one(*last).map(|value| 10 + value),
        [first, '十'] => one(*first).map(|value| 10 * value),
        [only] => one(*only),
        _ => None,
    }
}

/// Whether the text goes on to its end. Many are cut by a crawler in the middle of a table.
pub(super) fn is_whole(reading: &Reading, chapters: &[Chapter<'_>]) -> bool {
    let signed = reading
        .prose
        .paragraphs
        .iter()
        .rev()
        .take(3)
        .any(|paragraph| {
            paragraph.text.chars().count() <= 20
                && paragraph
                    .dates
                    .first()
                    .is_some_and(|date| date.day.is_some())
        });
    let Some(last) = chapters.last() else {
        return false;
    };
    let closing = words![
        "其他",
        "其它",
        "打算",
        "计划",
        "下一步",
        "改进",
        "安排",
        "不足",
    ];
    let closes = has(last.heading, closing)
        && reading
            .prose
            .paragraphs
            .last()
            .is_some_and(|paragraph| ends_sentence(&paragraph.text));
    signed || (closes && chapters.len() >= 3)
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit());
    text.ends_with(['。', '！', '）', '”', '无'])
}

/// Whether a date stands alone at the end.
pub(super) fn is_signed(reading: &Reading) -> bool {
    reading
        .prose
        .paragraphs
        .iter()
        .rev()
        .take(8)
        .any(|paragraph| {
            paragraph.source().lines().any(|line| {
                let text = crate::prose::normalise(line).text;
                text.chars().count() <= 40
                    && quantity::scan(&text)
                        .dates
                        .first()
                        .is_some_and(|date| date.day.is_some() && date.span.end + 9 >= text.len())
            })
        })
}
