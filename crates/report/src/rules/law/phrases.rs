//! Words of the regulation of 2008 in reports under that of 2019.

use std::ops::Range;

use statute::editions::Level;

use crate::prose::Paragraph;
use crate::reading::Reading;
use crate::rules::{Rule, Sink};
use crate::words::{WordSet, has, words};

pub(super) const REPEALED_PHRASE: Rule = Rule {
    name: "repealed-phrase",
    code: "P302",
    level: Level::Warning,
    summary: "沿用已经取消的“特殊需要”条件",
    english: "the repealed \"special needs\" condition is still in use",
    article: Some("条例 §27；条例（2008）§13"),
    page: include_str!("../pages/repealed-phrase.md"),
};

pub(super) const REPEALED_DEADLINE: Rule = Rule {
    name: "repealed-deadline",
    code: "P303",
    level: Level::Warning,
    summary: "答复期限写的是旧条例的15个工作日",
    english: "the deadline for replies is the repealed one of 15 working days",
    article: Some("条例 §33；条例（2008）§24"),
    page: include_str!("../pages/repealed-deadline.md"),
};

/// The first year that lay wholly under the regulation of 2019, in force from 2019-05-15.
const FIRST_YEAR: i16 = 2020;

pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    if reading.report.year.is_none_or(|year| year < FIRST_YEAR) {
        return;
    }
    for paragraph in &reading.prose.paragraphs {
        let text = &paragraph.text;
        if text.contains("特殊需要") {
            special_need(paragraph, sink);
        }
        if text.contains("15个工作日") || text.contains("十五个工作日") {
            deadline(paragraph, sink);
        }
    }
}

/// 自身生产、生活、科研等特殊需要 as a condition or a reason; article 13 of 2008, gone in 2019.
fn special_need(paragraph: &Paragraph, sink: &mut Sink) {
    let found = sentence_with(paragraph, |sentence| {
        sentence.contains("特殊需要")
            && ["生产", "生活", "科研"]
                .iter()
                .filter(|word| sentence.contains(**word))
                .count()
                >= 2
            && has(
                sentence,
                words!["自身", "无关", "根据", "证明", "不属于", "不符合"],
            )
            && !has(sentence, words!["取消", "删除", "不再", "修订"])
    });
    let Some((range, _)) = found else { return };
    sink.find(REPEALED_PHRASE.finding(
        word_place(paragraph, range, "特殊需要"),
        "这里以“自身生产、生活、科研等特殊需要”为申请条件；2019年修订的条例已取消这一条件（现行第二十七条），请删去",
    ));
}

/// 15 working days for an answer; article 33 of 2019 has 20. 15 still stand for the opinion of third
/// parties (§32).
fn deadline(paragraph: &Paragraph, sink: &mut Sink) {
    const OTHER: &WordSet = words![
        "第三方",
        "补正",
        "延长",
        "延期",
        "征求",
        "意见",
        "缴",
        "提前",
        "缩短",
        "压缩",
        "压减",
        "承诺",
        "平均",
        "复议",
        "更正",
        "由20",
        "办结时限",
        "许可",
        "审批",
    ];
    let found = sentence_with(paragraph, |sentence| {
        (sentence.contains("15个工作日") || sentence.contains("十五个工作日"))
            && sentence.contains("申请")
            && sentence.contains("答复")
            && has(sentence, words!["公开", "条例"])
            && !has(sentence, OTHER)
    });
    let Some((range, text)) = found else { return };
    let word = if text.contains("15个工作日") {
        "15个工作日"
    } else {
        "十五个工作日"
    };
    sink.find(
        REPEALED_DEADLINE
            .finding(
                word_place(paragraph, range, word),
                "答复申请的期限写的是15个工作日，那是2008年条例第二十四条的期限；现行条例第三十三条是20个工作日，请核对",
            )
            .with_figures("15", "20", "20"),
    );
}

fn sentence_with(
    paragraph: &Paragraph,
    test: impl Fn(&str) -> bool,
) -> Option<(Range<usize>, &str)> {
    paragraph.sentences().find_map(|range| {
        let sentence = paragraph.text.get(range.clone())?;
        test(sentence).then_some((range, sentence))
    })
}

fn word_place(paragraph: &Paragraph, sentence: Range<usize>, word: &str) -> crate::Place {
    let start = paragraph
        .text
        .get(sentence.clone())
        .and_then(|text| text.find(word))
        .map_or(sentence.start, |at| sentence.start + at);
    paragraph.place(start..(start + word.len()).min(paragraph.text.len()))
}
