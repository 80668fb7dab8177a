//! What a share is a share of.

use super::Spot;
use super::terms::{after, kin, lead, trail};
use crate::prose::Paragraph;
use crate::quantity::{Bound, Quantity, Sort};
use crate::words::{WordSet, first_chars, has, words};

/// The most quantities looked at behind a share: a list of parts is not longer.
const BACK: usize = 40;
/// The most bases tried for a share.
const TRIES: usize = 10;

/// The bases that were announced for what follows: 在已经答复的9件申请中.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    announced: Vec<Spot>,
    chapter: String,
    /// The last paragraph that announced a base or held a share.
    last: usize,
}

/// How many paragraphs without a share end what was announced.
const PAUSE: usize = 2;
/// The most bases that are remembered.
const REMEMBERED: usize = 6;

impl Scope {
    /// Takes up what the paragraph announces.
    pub(super) fn enter(&mut self, paragraphs: &[Paragraph], at: usize) {
        let Some(paragraph) = paragraphs.get(at) else {
            return;
        };
        if paragraph.heading.is_some()
            || paragraph.chapter != self.chapter
            || at > self.last + PAUSE + 1
        {
            self.announced.clear();
            self.chapter.clone_from(&paragraph.chapter);
        }
        for (index, quantity) in paragraph.quantities.iter().enumerate() {
            if quantity.sort == Sort::Percent {
                self.last = at;
            } else if announces(paragraph, index, quantity) {
                self.last = at;
                if self.announced.len() >= REMEMBERED {
                    self.announced.remove(0);
                }
                self.announced.push(Spot {
                    paragraph: at,
                    quantity: index,
                });
            } else if self.announced.iter().any(|spot| spot.paragraph != at)
                && !is_sibling(paragraph, index)
                && (sums_up(lead(paragraph, index))
                    || has(
                        lead(paragraph, index),
                        words!["总", "累计", "收到", "受理", "合计"],
                    ))
            {
                // A new total ends what an earlier paragraph announced.
                self.announced.retain(|spot| spot.paragraph == at);
            }
        }
    }

    /// The announced bases for a numerator that stands behind them, the last first.
    pub(super) fn of(&self, numerator: Spot) -> impl Iterator<Item = Spot> + '_ {
        let before = move |spot: &Spot| {
            spot.paragraph < numerator.paragraph
                || (spot.paragraph == numerator.paragraph && spot.quantity < numerator.quantity)
        };
        self.announced.iter().rev().copied().filter(before)
    }
}

/// `在已经答复的9件申请中，`: the clause ends with 中, or it began with 在.
fn announces(paragraph: &Paragraph, index: usize, quantity: &Quantity) -> bool {
    if !matches!(quantity.sort, Sort::Count | Sort::Money) || quantity.bound != Bound::Exact {
        return false;
    }
    let behind = first_chars(trail(paragraph, index), 16);
    let Some(end) = behind.find(['，', '：', '、', '；', '（']) else {
        return false;
    };
    let clause = behind.get(..end).unwrap_or_default();
    let before = super::terms::clause(lead(paragraph, index));
    (clause.ends_with('中') && !clause.ends_with("其中") && !clause.ends_with("集中"))
        || (before.starts_with('在') && clause.ends_with("里面"))
}

/// Words that make a number a total.
const TOTAL: &WordSet = words![
    "立案", "总", "累计", "合计", "全部", "收到", "受理", "新收", "答复", "办结", "承办", "办理",
    "公开", "发布", "接到", "接收", "处理", "收办", "完成", "制发", "印发", "达",
];

/// Whether the words before a number make it a total.
pub(super) fn is_total(paragraph: &Paragraph, index: usize) -> bool {
    let text = lead(paragraph, index);
    (has(text, TOTAL) || sums_up(text)) && !has(text, words!["其中", "包括", "包含"])
}

/// Whether 共 in a text means altogether, which it does not in 公共, 共享 and 共同.
fn sums_up(text: &str) -> bool {
    text.match_indices('共').any(|(at, word)| {
        let before = text.get(..at).unwrap_or_default();
        let behind = text.get(at + word.len()..).unwrap_or_default();
        !before.ends_with(['公', '中']) && !behind.starts_with(['享', '同', '建', '治', '和'])
    })
}

/// Whether a list of parts opens behind a number: 其中, a colon, a bracket, 分别.
fn opens(paragraph: &Paragraph, index: usize) -> bool {
    let own = after(paragraph, index);
    let mut text = own.trim_start_matches('）');
    // 20件，占20%，其中: the percentage between belongs to the number.
    if let Some(next) = paragraph.quantities.get(index + 1)
        && next.sort == Sort::Percent
        && !has(own, words!["其中"])
    {
        text = after(paragraph, index + 1);
    }
    text.contains("其中")
        || text.contains('：')
        || text.starts_with('（')
        || has(
            text,
            words![
                "分别",
                "包括",
                "按申请",
                "从申请",
                "按渠道",
                "从渠道",
                "按方式",
                "从内容",
                "从答复",
                "按答复",
                "从类型",
                "按类型",
                "从公开",
                "从来源",
            ],
        )
}

/// Whether a number only adds to the one before it: 包括上年结转30件, 比上年增加20件.
fn included(paragraph: &Paragraph, index: usize) -> bool {
    has(
        lead(paragraph, index),
        words![
            "包括", "包含", "（含", "，含", "结转", "同比", "较上", "较去", "比上", "比去", "增加",
            "减少",
        ],
    )
}

/// A possible base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) spot: Spot,
    /// Whether a list of parts opens behind it.
    pub(super) opens: bool,
    /// Whether it is called a total.
    pub(super) total: bool,
}

/// The numbers before a numerator that it can be a part of, the nearest first; those of the three
/// paragraphs before come last.
pub(super) fn candidates(paragraphs: &[Paragraph], numerator: Spot) -> Vec<Candidate> {
    let mut out = Vec::new();
    let Some(home) = paragraphs.get(numerator.paragraph) else {
        return out;
    };
    let Some(part) = home.quantities.get(numerator.quantity) else {
        return out;
    };
    let mut handed_on = false;
    for index in (numerator.quantity.saturating_sub(BACK)..numerator.quantity).rev() {
        let Some(whole) = home.quantities.get(index) else {
            continue;
        };
        let open = opens(home, index) || handed_on;
        if included(home, index) {
            handed_on = open;
        } else if !matches!(whole.sort, Sort::Percent | Sort::Points) {
            handed_on = false;
        }
        if !fits(home, part, home, whole) || (is_sibling(home, index) && !open) {
            continue;
        }
        out.push(Candidate {
            spot: Spot {
                paragraph: numerator.paragraph,
                quantity: index,
            },
            opens: open && !included(home, index),
            total: is_total(home, index),
        });
        if out.len() >= TRIES {
            return out;
        }
    }
    for at in (numerator.paragraph.saturating_sub(3)..numerator.paragraph).rev() {
        let Some(other) = paragraphs.get(at) else {
            continue;
        };
        if other.chapter != home.chapter {
            break;
        }
        for index in (0..other.quantities.len()).rev().take(BACK) {
            let Some(whole) = other.quantities.get(index) else {
                continue;
            };
            if !fits(home, part, other, whole)
                || !is_total(other, index)
                || is_sibling(other, index)
            {
                continue;
            }
            out.push(Candidate {
                spot: Spot {
                    paragraph: at,
                    quantity: index,
                },
                opens: false,
                total: true,
            });
            if out.len() >= TRIES {
                return out;
            }
        }
    }
    out
}

fn fits(home: &Paragraph, part: &Quantity, other: &Paragraph, whole: &Quantity) -> bool {
    whole.value >= part.value && whole.value > 0 && kin(home, part, other, whole)
}

/// Whether a number carries a share of its own: then it is a part beside the numerator.
fn is_sibling(paragraph: &Paragraph, index: usize) -> bool {
    paragraph
        .quantities
        .get(index + 1)
        .is_some_and(|next| next.sort == Sort::Percent)
        && has(trail(paragraph, index), words!["占", "（", "比例", "比重"])
}
