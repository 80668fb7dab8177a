//! Where lists of parts are introduced.

use super::Introducer;
use super::outline::{Mark, Outline};

/// A place where a list of parts begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Introduction {
    pub(super) kind: Introducer,
    /// Where the words begin that introduce the list.
    pub(super) at: usize,
    /// Where the list begins.
    pub(super) from: usize,
    /// The bracket that the list stands in.
    pub(super) bracket: Option<usize>,
    /// Whether the words say that only some parts follow: 主要, 含.
    pub(super) partial: bool,
    /// Whether the words may as well begin something new, so that only a list that adds up is one.
    pub(super) faint: bool,
}

const WORDS: &[(&str, Introducer, bool)] = &[
    ("其中", Introducer::Among, false),
    ("分别为", Introducer::Respectively, false),
    ("分别是", Introducer::Respectively, false),
    ("分别有", Introducer::Respectively, false),
    ("分别", Introducer::Respectively, false),
    ("分为", Introducer::Respectively, false),
    ("具体为", Introducer::Respectively, false),
    ("具体如下", Introducer::Respectively, false),
    ("主要包括", Introducer::Including, true),
    ("主要涉及", Introducer::Including, true),
    ("主要有", Introducer::Including, true),
    ("主要为", Introducer::Including, true),
    ("包括", Introducer::Including, false),
    ("包含", Introducer::Including, false),
    ("涵盖", Introducer::Including, false),
    ("涉及", Introducer::Including, false),
    ("含", Introducer::Including, true),
];

/// Words that may follow one that introduces, and whether they leave the list open.
const MORE: &[(&str, bool)] = &[
    ("主要包括", true),
    ("主要是", true),
    ("主要为", true),
    ("主要有", true),
    ("主要", true),
    ("包括", false),
    ("包含", false),
    ("分别为", false),
    ("分别是", false),
    ("分别", false),
    ("含", true),
    ("有", false),
    ("：", false),
    ("，", false),
    ("、", false),
];

/// Every introduction of a paragraph, in order.
pub(super) fn introductions(outline: &Outline) -> Vec<Introduction> {
    let text = outline.text();
    let mut found: Vec<Introduction> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Introductions run together (其中包括：): the first one counts.
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        match c {
            '）' => {
                open.pop();
                continue;
            }
            '（' if open.len() < 8 => open.push(at),
            _ => {}
        }
        if at < taken {
            continue;
        }
        let Some((kind, length, partial)) = opening(outline, at, c) else {
            continue;
        };
        let faint = match kind {
            // 。涉及诉讼2件, 。（含上年结转2件）: of what was told before, as a whole.
            Introducer::Including => {
                let head = outline.slice(0..at);
                let begins = head.ends_with(['。', '\n']);
                (begins && text.get(at..).is_some_and(|rest| rest.starts_with("涉及")))
                    || head.ends_with("。（")
            }
            Introducer::OfThese => {
                let marked = text.get(at + length..).is_some_and(is_mark);
                c != '看' && !(names_pieces(outline, at) && (marked || before(outline, at, '当')))
            }
            _ => false,
        };
        let (from, more) = skip(text, at + length);
        found.push(Introduction {
            kind,
            at,
            from,
            bracket: open.last().copied(),
            partial: partial || more,
            faint,
        });
        taken = from;
    }
    found
}

fn opening(outline: &Outline, at: usize, c: char) -> Option<(Introducer, usize, bool)> {
    let rest = outline.text().get(at..)?;
    match c {
        '其' | '包' | '分' | '主' | '涉' | '涵' | '含' | '具' => WORDS
            .iter()
            .find(|(word, ..)| rest.starts_with(word))
            .filter(|(word, ..)| match *word {
                "含" => before(outline, at, '（') || before(outline, at, '，'),
                // 涉及甲的3件，涉及乙的2件: one part beside another.
                "涉及" => !again(outline, at, word),
                _ => true,
            })
            .map(|(word, kind, partial)| (*kind, word.len(), *partial)),
        '：' if behind_quantity(outline, at) || as_follows(outline, at) => {
            Some((Introducer::Colon, c.len_utf8(), false))
        }
        '：' => announced(outline, at).then_some((Introducer::OfThese, c.len_utf8(), true)),
        '（' => {
            behind_quantity(outline, at).then_some((Introducer::Brackets, c.len_utf8(), false))
        }
        '看' => as_seen(outline, at, rest).then_some((Introducer::OfThese, c.len_utf8(), true)),
        '中' => of_these(outline, at, rest).then_some((Introducer::OfThese, c.len_utf8(), false)),
        _ => None,
    }
}

/// Whether the clause of the quantity before a place holds the same word.
fn again(outline: &Outline, at: usize, word: &str) -> bool {
    let quantity = outline
        .first_after(at)
        .checked_sub(1)
        .and_then(|index| outline.quantity(index));
    quantity.is_some_and(|quantity| {
        let start = quantity.span.start.saturating_sub(60);
        let near = (start..=quantity.span.start)
            .find_map(|start| outline.text().get(start..quantity.span.start))
            .unwrap_or_default();
        near.rsplit(|c: char| Mark::of(c) != Mark::None)
            .next()
            .is_some_and(|clause| clause.contains(word))
    })
}

/// `答复类型：`, at the beginning of a sentence: what follows sorts a total that was told before.
fn announced(outline: &Outline, at: usize) -> bool {
    let head = outline.slice(0..at);
    let start = head
        .char_indices()
        .rev()
        .take(16)
        .find(|(_, c)| Mark::of(*c) != Mark::None || matches!(c, '：' | '（' | '）'));
    let (start, opens) = match start {
        Some((mark, c)) => (mark + c.len_utf8(), Mark::of(c) >= Mark::Semicolon),
        None => (0, head.len() <= 36),
    };
    let sorts = [
        "类型", "类别", "结果", "情况", "方式", "渠道", "形式", "统计", "划分", "来源",
    ];
    opens
        && sorts.iter().any(|word| head.ends_with(word))
        && outline
            .first_after(start)
            .checked_sub(1)
            .and_then(|index| outline.quantity(index))
            .is_some_and(|before| before.span.end <= start)
        && outline.first_after(start) == outline.first_after(at)
}

fn is_mark(rest: &str) -> bool {
    rest.starts_with(['，', '：'])
}

fn before(outline: &Outline, at: usize, mark: char) -> bool {
    outline
        .text()
        .get(..at)
        .is_some_and(|text| text.ends_with(mark))
}

/// Whether a quantity and at most a few words of its noun stand right before a place.
fn behind_quantity(outline: &Outline, at: usize) -> bool {
    let Some(quantity) = outline
        .first_after(at)
        .checked_sub(1)
        .and_then(|index| outline.quantity(index))
    else {
        return false;
    };
    let gap = outline.slice(quantity.span.end..at);
    // Every colon of a text asks, and there may be a hundred thousand behind the last figure.
    if gap.len() > 120 {
        return false;
    }
    // 3118台（套）：
    let gap = match gap
        .strip_prefix('（')
        .and_then(|note| note.split_once('）'))
    {
        Some((unit, rest)) if unit.chars().count() <= 2 => rest,
        _ => gap,
    };
    gap.len() <= 90 && !gap.contains(|c: char| Mark::of(c) != Mark::None || "：（".contains(c))
}

/// `办结40件，答复情况如下：`.
fn as_follows(outline: &Outline, at: usize) -> bool {
    let sentence = outline.sentence_at(at);
    let before = outline.first_after(at).checked_sub(1);
    outline.slice(0..at).ends_with("如下")
        && before
            .and_then(|index| outline.item(index))
            .is_some_and(|item| item.sentence == sentence)
}

/// `从办理情况看，`, at the beginning of a sentence.
fn as_seen(outline: &Outline, at: usize, rest: &str) -> bool {
    rest.starts_with("看，")
        && outline
            .slice(0..at)
            .char_indices()
            .rev()
            .take(24)
            .find(|(_, c)| matches!(c, '。' | '；' | '\n' | '，' | '：'))
            .map(|(mark, c)| mark + c.len_utf8())
            .is_some_and(|start| outline.slice(start..at).starts_with('从'))
}

/// `在主动公开的信息中，`, `上述申请中，`, `50条信息中，`, `63个单位中，`.
fn of_these(outline: &Outline, at: usize, rest: &str) -> bool {
    let head = outline.slice(0..at);
    // 在已公开信息当中动态类50条, 办结件中予以公开20件, 2件中1件: no mark is needed.
    let (within, head) = match head.strip_suffix('当') {
        Some(head) => (true, head),
        None => (false, head),
    };
    let at = head.len();
    let marked = within || rest.starts_with("中，") || rest.starts_with("中：");
    let start = head
        .char_indices()
        .rev()
        .take(40)
        .find(|(_, c)| Mark::of(*c) != Mark::None || matches!(c, '：' | '（' | '）'))
        .map(|(at, c)| at + c.len_utf8());
    let Some(start) = start.or_else(|| (head.chars().take(41).count() <= 40).then_some(0)) else {
        return false;
    };
    let clause = outline.slice(start..at);
    let begins: &[&str] = if marked {
        &["在", "上述", "以上", "这", "该"]
    } else {
        &["办结件", "已办结", "办结的", "已答复", "答复的"]
    };
    let counted = outline
        .quantity(outline.first_after(start))
        .filter(|quantity| quantity.span.end <= at && quantity.span.end > start)
        .map(|quantity| outline.slice(quantity.span.end..at));
    let noun = names_pieces(outline, at);
    (noun && begins.iter().any(|word| clause.starts_with(word)))
        || counted.is_some_and(|noun_of| match marked {
            // 63个单位中，58个…: whatever is counted.
            true => noun || noun_of.chars().count() <= 8,
            false => noun_of.is_empty() && rest.get(3..).is_some_and(begins_with_figure),
        })
}

/// Whether the words before a place name what is counted apart: 64期内容 may be of several kinds.
fn names_pieces(outline: &Outline, at: usize) -> bool {
    let head = outline.slice(0..at);
    let head = head.strip_suffix('当').unwrap_or(head);
    [
        "信息", "申请", "文件", "件", "条", "案件", "事项", "答复", "公文", "份", "篇", "宗", "数",
    ]
    .iter()
    .any(|noun| head.ends_with(noun))
}

/// Whether the text goes on with a figure at once.
fn begins_with_figure(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit())
}

/// The place behind words and marks that belong to an introduction, and whether they leave it open.
fn skip(text: &str, from: usize) -> (usize, bool) {
    let mut at = from;
    let mut partial = false;
    for _ in 0..4 {
        let rest = text.get(at..).unwrap_or_default();
        // （其中略…）: the bracket introduces, the word says what.
        if let Some(after) = rest.strip_prefix("其中") {
            at = text.len() - after.len();
            continue;
        }
        let Some((word, open)) = MORE.iter().find(|(word, _)| rest.starts_with(word)) else {
            break;
        };
        at += word.len();
        partial |= open;
    }
    (at, partial)
}
