//! Words against figures: all done, yet some carried over; none received, yet some counted.

use super::STATEMENT_CONTRADICTED;
use super::mention::Mention;
use crate::finding::{Checked, CheckedKind, Place};
use crate::prose::Paragraph;
use crate::quantity::Sort;
use crate::rules::Sink;
use crate::words::{WordSet, first_chars, has, words};

/// Words that say that something did not happen.
const NONE: &WordSet = words![
    "未收到",
    "未接到",
    "未受理",
    "没有收到",
    "没有接到",
    "未发生",
    "未产生",
    "未收取",
    "没有发生",
];

/// A statement in words with its place.
struct Said<'a> {
    paragraph: &'a Paragraph,
    start: usize,
    end: usize,
}

impl Said<'_> {
    fn place(&self) -> Place {
        self.paragraph.place(self.start..self.end)
    }
}

/// Reports words that a figure contradicts.
pub(super) fn examine(paragraphs: &[Paragraph], mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut done: Option<Said<'_>> = None;
    let mut none: [Option<Said<'_>>; 4] = [None, None, None, None];
    for paragraph in paragraphs {
        if paragraph.text.len() > 60_000 {
            continue;
        }
        if done.is_none() {
            done = all_done(paragraph);
        }
        // Every word for none has one of these.
        let denies = paragraph.text.contains(['未', '没']);
        for (slot, matter) in none.iter_mut().zip(MATTERS) {
            if denies && slot.is_none() {
                *slot = not_one(paragraph, &matter);
            }
        }
    }
    if let Some(done) = done
        && let Some(left) = mentions.iter().find(|mention| is_carried_over(mention))
    {
        put(&done, left, "所有申请均已办结", sink);
    }
    for (said, matter) in none.iter().zip(MATTERS) {
        if let Some(said) = said
            && let Some(some) = mentions.iter().find(|mention| is_counted(mention, &matter))
        {
            put(said, some, matter.said, sink);
        }
    }
}

/// 所有申请均已按要求办理完成.
fn all_done(paragraph: &Paragraph) -> Option<Said<'_>> {
    // All of these words hold one; the text is long, so one look comes first.
    if !paragraph.text.contains("申请") {
        return None;
    }
    for lead in ["所有申请", "全部申请", "所有依申请", "申请均", "申请全部"] {
        for (start, _) in paragraph.text.match_indices(lead) {
            let behind = first_chars(paragraph.slice(start..paragraph.text.len()), 24);
            let clause = behind
                .find(['，', '。', '；'])
                .and_then(|end| behind.get(..end))
                .unwrap_or(behind);
            let finished = has(clause, words!["均", "全部"])
                && has(
                    clause,
                    words!["办结", "办理完", "答复完", "办理完毕", "完成答复", "已答复"],
                );
            if finished && !has(clause, words!["按时", "按期", "应", "未"]) {
                return Some(Said {
                    paragraph,
                    start,
                    end: start + clause.len(),
                });
            }
        }
    }
    None
}

fn is_carried_over(mention: &Mention<'_>) -> bool {
    mention.quantity.sort == Sort::Count
        && mention.quantity.is_exact()
        && ["件", "宗", "份", "条", ""].contains(&mention.unit())
        && has(
            mention.label,
            words![
                "转下年",
                "转下一年",
                "结转下年",
                "结转下一年",
                "结转至下",
                "结转到下",
                "转入下",
            ],
        )
        && mention.is_of_the_year()
}

/// Something that reports say did not happen.
#[derive(Clone, Copy)]
struct Matter {
    said: &'static str,
    /// The noun, any of these.
    nouns: &'static [&'static str],
    /// Verbs before the figure of what did happen.
    verbs: &'static WordSet,
    units: &'static [&'static str],
}

const MATTERS: [Matter; 4] = [
    Matter {
        said: "未收到政府信息公开申请",
        nouns: &["申请"],
        verbs: words!["收到", "受理", "接到"],
        units: &["件", "宗", "份", "条", "项"],
    },
    Matter {
        said: "未发生行政复议",
        nouns: &["行政复议"],
        verbs: words!["行政复议"],
        units: &["件", "宗", "起"],
    },
    Matter {
        said: "未发生行政诉讼",
        nouns: &["行政诉讼"],
        verbs: words!["行政诉讼"],
        units: &["件", "宗", "起"],
    },
    Matter {
        said: "未收取费用",
        nouns: &["处理费", "费用"],
        verbs: words!["收取"],
        units: &["元", "万元"],
    },
];

/// 未收到任何形式的政府信息公开申请: the clause names the matter and nothing narrower.
fn not_one<'a>(paragraph: &'a Paragraph, matter: &Matter) -> Option<Said<'a>> {
    for word in NONE.words() {
        for (start, _) in paragraph.text.match_indices(word).take(8) {
            let behind = first_chars(
                paragraph.slice(start + word.len()..paragraph.text.len()),
                30,
            );
            let clause = behind
                .find(['，', '。', '；'])
                .and_then(|end| behind.get(..end))
                .unwrap_or(behind);
            let law = has(clause, words!["复议", "诉讼"]);
            let named = matter.nouns.iter().any(|noun| {
                if has(noun, words!["复议", "诉讼"]) {
                    clause.contains(noun)
                } else {
                    clause.ends_with(noun) && !law
                }
            });
            if named && is_plain(clause) {
                return Some(Said {
                    paragraph,
                    start,
                    end: start + word.len() + clause.len(),
                });
            }
        }
    }
    None
}

/// Whether a clause names the matter in general: no channel, kind or sender of its own.
fn is_plain(clause: &str) -> bool {
    const WORDS: &WordSet = words![
        "政府信息",
        "依申请公开",
        "信息公开",
        "公开",
        "信息",
        "申请",
        "行政复议",
        "行政诉讼",
        "任何",
        "形式",
        "的",
        "因",
        "引起",
        "引发",
        "和",
        "、",
        "公民",
        "法人",
        "其他组织",
        "依",
        "费用",
        "处理费",
        "关于",
        "政务",
    ];
    let mut rest = clause;
    while let Some(next) = WORDS
        .words()
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        rest = next;
    }
    rest.is_empty()
}

fn is_counted(mention: &Mention<'_>, matter: &Matter) -> bool {
    let label = mention.label;
    mention.quantity.is_exact()
        && matter.units.contains(&mention.unit())
        && has(label, matter.verbs)
        && matter.nouns.iter().any(|noun| label.ends_with(noun))
        && mention.is_of_the_year()
        && mention.area().is_none()
        && !mention.is_part()
        && !has(
            mention.context,
            words![
                "未", "没有", "无", "信访", "许可", "救助", "补贴", "登记", "低保",
            ],
        )
        && (matter.said != "未收到政府信息公开申请"
            || has(label, words!["信息公开申请", "依申请公开", "公开申请"]))
}

fn put(said: &Said<'_>, some: &Mention<'_>, words: &str, sink: &mut Sink) {
    let place = some.paragraph.place(some.span());
    let figure = some.paragraph.slice(some.span());
    sink.examined(Checked::equal(
        CheckedKind::Repeated,
        false,
        some.quantity.figure(),
        "0",
        "0",
        place.clone(),
    ));
    sink.find(
        STATEMENT_CONTRADICTED
            .finding(
                place,
                format!("正文一处说“{words}”，一处写{figure}；请核对，改正表述或者数字"),
            )
            .with_figures(some.quantity.figure(), "0", "0")
            .with_related(vec![said.place()]),
    );
}
