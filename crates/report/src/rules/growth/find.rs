//! Finding the two figures of a change and what the sentence claims of them.

use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::rules::shares::terms::{
    clause, first_chars, has, is_mark, joined, last_chars, lead, unit,
};
use crate::words::{WordSet, words};

/// How the figures of a change stand in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The figure before, then the figure after: 由120件增加到150件.
    FromTo,
    /// The figure now, then the one it is measured by: 150件，比上年的120件.
    AgainstBase,
    /// The figure now, then the difference: 150件，比上年增加30件.
    Difference {
        /// Whether it grew.
        up: bool,
    },
}

/// A rate or a difference that is claimed of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    /// Its place among the quantities.
    pub(super) quantity: usize,
    /// Whether it is the share that is left: 压缩至原来的50%.
    pub(super) of_former: bool,
}

/// A change with its claims, by places among the quantities of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) form: Form,
    /// Whether the words say that it grew, or fell.
    pub(super) up: Option<bool>,
    /// Whether it is measured against another year.
    pub(super) yearly: bool,
    pub(super) claims: Vec<Claim>,
    /// How many quantities it takes up.
    pub(super) length: usize,
}

const DOWN: &WordSet = words![
    "精简",
    "缩减",
    "压缩",
    "减少",
    "减至",
    "减到",
    "减为",
    "降至",
    "降到",
    "降为",
    "下降",
    "降低",
    "缩短",
    "压减",
    "缩小",
    "削减",
    "缩至",
    "压至",
    "回落",
    "下调",
    "合并为",
    "整合为",
];
const UP: &WordSet = words![
    "提高", "提升", "增加", "增至", "增到", "增长", "上升", "升至", "升到", "扩大", "扩充", "上涨",
    "拓展", "扩展", "增为", "上调", "攀升", "扩至", "增设", "新增",
];
/// Words that lead to the figure after a change.
const TO: [&str; 5] = ["到", "至", "为", "成", "到了"];
/// The year before, by name.
const LAST_YEAR: &WordSet = words!["去年", "上年", "上一年", "前一年", "同期"];
/// An earlier year.
const YEAR: &WordSet = words![
    "去年",
    "上年",
    "上一年",
    "前一年",
    "同期",
    "往年",
    "20",
    "上年度",
];

/// Figures that are not of a year but fixed: 比法定的20天.
const FIXED: &WordSet = words!["规定", "法定", "承诺", "原来", "计划"];

/// The change that begins at a quantity, if one does.
pub(super) fn at(paragraph: &Paragraph, first: usize) -> Option<Change> {
    if let Some(change) = noted_behind(paragraph, first) {
        return Some(change);
    }
    let second = first + 1;
    let one = paragraph.quantities.get(first)?;
    let two = paragraph.quantities.get(second)?;
    if one.sort != two.sort
        || one.sort == Sort::Points
        || !joined(paragraph, second)
        || !alike(paragraph, one, two)
    {
        return None;
    }
    let between = lead(paragraph, second);
    if between.contains('；') {
        return None;
    }
    let before = lead(paragraph, first);
    // A rank rises as its number falls.
    if has(before, words!["排名", "名次", "位次", "位列", "位居"])
        || has(between, words!["排名", "第"])
    {
        return None;
    }
    // 12大类98子类精简为9大类76子类: pairs of numbers, of which the near ones belong to others.
    let paired = |index: usize| {
        joined(paragraph, index) && {
            let gap = lead(paragraph, index);
            let counted = paragraph
                .quantities
                .get(index)
                .is_some_and(|next| next.sort == Sort::Count);
            counted && gap.chars().count() <= 3 && !gap.contains(is_mark) && !is_claim(gap)
        }
    };
    if (first > 0 && paired(first))
        || (second + 1 < paragraph.quantities.len() && paired(second + 1))
    {
        return None;
    }
    let mut change = from_to(before, between)
        .or_else(|| against(between))
        .or_else(|| two_years(before, between))?;
    (change.first, change.second) = (first, second);
    claims(paragraph, &mut change);
    if change.claims.is_empty() && change.form != Form::FromTo {
        return None;
    }
    Some(change)
}

/// 78件，同比上升25.8%（上年62件）: the base stands in brackets behind the rate.
fn noted_behind(paragraph: &Paragraph, first: usize) -> Option<Change> {
    let one = paragraph.quantities.get(first)?;
    let rate = paragraph.quantities.get(first + 1)?;
    let base = paragraph.quantities.get(first + 2)?;
    let note = lead(paragraph, first + 2).strip_prefix('（')?;
    let words = lead(paragraph, first + 1);
    let noted = note.chars().count() <= 8
        && (has(note, LAST_YEAR) || (note.starts_with("20") && note.ends_with('年')));
    let fits = rate.sort == Sort::Percent
        && one.sort == base.sort
        && one.sort != Sort::Percent
        && alike(paragraph, one, base)
        && joined(paragraph, first + 1)
        && joined(paragraph, first + 2);
    (noted && fits && is_claim(words)).then(|| Change {
        first,
        second: first + 2,
        claims: vec![Claim {
            quantity: first + 1,
            of_former: false,
        }],
        length: 3,
        ..blank(Form::AgainstBase, None, true)
    })
}

fn alike(paragraph: &Paragraph, one: &Quantity, two: &Quantity) -> bool {
    let (a, b) = (unit(paragraph, one), unit(paragraph, two));
    one.sort != Sort::Count || a == b || a.is_empty() || b.is_empty()
}

/// 由A…减少到B.
fn from_to(before: &str, between: &str) -> Option<Change> {
    let up = direction(between)?;
    let commas = between.matches(['，', '、', '：', '（']).count();
    let from = last_chars(clause(before), 30);
    let marked = from.contains('由') || from.contains('从') || from.starts_with('自');
    // Without 由 the verb has to follow at once: 120件增加到150件.
    let direct = commas == 0 && verb_at(between).is_some_and(|at| at <= 4 * 3);
    if !(marked && commas <= 1 || direct) || between.chars().count() > 40 {
        return None;
    }
    // The verb leads to the figure: 精简为现在的2169件.
    let verb = verb_at(between)?;
    let behind = between.get(verb..)?;
    let leads = TO.iter().any(|word| {
        behind
            .rfind(word)
            .and_then(|at| behind.get(at + word.len()..))
            .is_some_and(|rest| rest.chars().count() <= 10)
    });
    if !leads || (behind.contains('，') && !marked) {
        return None;
    }
    let yearly = has(from, LAST_YEAR);
    Some(blank(Form::FromTo, Some(up), yearly))
}

fn direction(text: &str) -> Option<bool> {
    match (has(text, UP), has(text, DOWN)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Where the first verb of change stands in a text, in bytes.
fn verb_at(text: &str) -> Option<usize> {
    UP.words()
        .iter()
        .chain(DOWN.words())
        .filter_map(|verb| text.find(verb))
        .min()
}

/// 比上年的A, 较上年增加D.
fn against(between: &str) -> Option<Change> {
    let at = ["比", "较"]
        .iter()
        .filter_map(|word| between.find(word))
        .min()?;
    let head = between.get(..at)?;
    // Nothing but a noun and a pause between the figure and 比.
    if head.ends_with('占') || head.chars().count() > 8 {
        return None;
    }
    let tail = between.get(at..)?;
    // 同比增加30件: the difference to the figure of a year, or of a month, before.
    if head.ends_with(['同', '环']) && !has(tail, YEAR) {
        let short = tail.chars().count() <= 8 && !tail.contains(is_mark);
        return direction_of(tail)
            .filter(|_| short)
            .map(|up| blank(Form::Difference { up }, None, true));
    }
    if has(tail, FIXED) && tail.chars().count() <= 12 && direction(tail).is_none() {
        return (!tail.contains(is_mark)).then(|| blank(Form::AgainstBase, None, false));
    }
    if !has(tail, YEAR) || tail.contains(['，', '、', '；', '（']) || tail.chars().count() > 20
    {
        return None;
    }
    let year_end = YEAR
        .words()
        .iter()
        .filter_map(|word| tail.find(word).map(|at| at + word.len()))
        .max()?;
    let behind = tail.get(year_end..)?;
    match direction_of(behind) {
        Some(up) => Some(blank(Form::Difference { up }, None, true)),
        None if behind.chars().count() <= 8 && !has(behind, words!["增", "减"]) => {
            Some(blank(Form::AgainstBase, None, true))
        }
        None => None,
    }
}

/// Whether the words before a difference say that it is more, or less.
fn direction_of(words: &str) -> Option<bool> {
    let grew = has(words, words!["增", "多", "上升", "提高", "提升"]);
    let fell = has(words, words!["减", "少", "下降", "降低", "降"]);
    (grew != fell).then_some(grew)
}

/// 去年A，今年B, and the other way round.
fn two_years(before: &str, between: &str) -> Option<Change> {
    const LAST: &WordSet = words!["去年", "上年", "上一年", "上年度"];
    const THIS: &WordSet = words!["今年", "本年", "本年度"];
    let (one, two) = (clause(before), clause(between));
    if between.chars().count() > 24 || between.matches('，').count() > 1 {
        return None;
    }
    if has(one, LAST) && has(two, THIS) && !has(two, words!["比", "较", "增", "减"]) {
        return Some(blank(Form::FromTo, None, true));
    }
    // 150件（去年120件）.
    let noted = LAST.words().iter().any(|word| {
        between
            .strip_prefix('（')
            .is_some_and(|note| note.starts_with(word) && note.chars().count() <= 8)
    });
    noted.then(|| blank(Form::AgainstBase, None, true))
}

fn blank(form: Form, up: Option<bool>, yearly: bool) -> Change {
    Change {
        first: 0,
        second: 0,
        form,
        up,
        yearly,
        claims: Vec::new(),
        length: 2,
    }
}

/// What the sentence claims right behind the figures: a difference, a rate, or both.
fn claims(paragraph: &Paragraph, change: &mut Change) {
    for index in change.second + 1..=change.second + 2 {
        let Some(stated) = paragraph.quantities.get(index) else {
            return;
        };
        let words = lead(paragraph, index);
        if !joined(paragraph, index) || words.contains('；') || !is_claim(words) {
            return;
        }
        let matches = match stated.sort {
            Sort::Percent | Sort::Points => true,
            Sort::Count | Sort::Money => {
                let Some(first) = paragraph.quantities.get(change.first) else {
                    return;
                };
                first.sort == stated.sort
                    && alike(paragraph, first, stated)
                    && !matches!(change.form, Form::Difference { .. })
            }
        };
        if !matches {
            return;
        }
        change.claims.push(Claim {
            quantity: index,
            of_former: has(words, words!["原来的", "原有的", "原先的", "为原"]),
        });
        change.length = index + 1 - change.first;
        if matches!(stated.sort, Sort::Percent | Sort::Points) {
            return;
        }
    }
}

/// Whether the words before a figure claim a change and nothing else: ，缩减率为.
fn is_claim(words: &str) -> bool {
    let words = words.trim_start_matches(['）', '，', '、', '内']);
    if words.chars().count() > 16 || words.contains(['：', '。']) || words.matches('，').count() > 1
    {
        return false;
    }
    let last = clause(words);
    // 比前年 and 占 begin something else.
    if has(last, words!["占", "满意", "其中", "累计", "共"]) {
        return false;
    }
    direction(last).is_some()
        || has(
            last,
            words![
                "提速",
                "增幅",
                "降幅",
                "幅度",
                "压减率",
                "减幅",
                "增",
                "减",
                "降",
                "升",
                "同比",
                "原来的",
                "多",
                "少",
            ],
        )
        || first_chars(last, 2) == "节省"
}
