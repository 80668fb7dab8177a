//! The forms in which a sentence names the two figures of a change.

use super::find::{Change, Form};
use crate::rules::shares::terms::{clause, is_mark};
use crate::words::{WordSet, has, last_chars, words};

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
    "归并为",
    "核减",
    "裁减",
    "精减",
    "调减",
    "压降",
    "核销",
];
const UP: &WordSet = words![
    "提高", "提升", "增加", "增至", "增到", "增长", "上升", "升至", "升到", "扩大", "扩充", "上涨",
    "拓展", "扩展", "增为", "上调", "攀升", "扩至", "增设", "新增",
];
/// Verbs that tell of a change and not of its direction, by how they lead to the figure after it.
const CHANGED: &WordSet = words![
    "调整为",
    "调整到",
    "调整至",
    "优化为",
    "优化到",
    "优化至",
    "变为",
    "变更为",
    "改为",
    "更新为",
];
/// Words that lead to the figure after a change.
const TO: [&str; 5] = ["到", "至", "为", "成", "到了"];
/// The year before, by name.
const LAST_YEAR: &WordSet = words!["去年", "上年", "上一年", "前一年", "同期"];
/// An earlier year.
const YEAR: &WordSet = words![
    "年初",
    "年底",
    "年末",
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

/// 由A…减少到B.
pub(super) fn from_to(before: &str, between: &str) -> Option<Change> {
    let up = direction(between);
    // 由381项调整为352项: what is claimed says the rest.
    if up.is_none() && (both_ways(between) || !has(between, CHANGED)) {
        return None;
    }
    let commas = between.matches(['，', '、', '：', '（']).count();
    let from = last_chars(clause(before), 30);
    let marked = from.contains('由') || from.contains('从') || from.starts_with('自');
    // Without 由 the verb has to follow at once: 120件增加到150件.
    let direct = up.is_some() && commas == 0 && verb_at(between).is_some_and(|at| at <= 4 * 3);
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
    Some(blank(Form::FromTo, up, yearly))
}

fn both_ways(text: &str) -> bool {
    has(text, UP) && has(text, DOWN)
}

/// Whether the words say that something grew, or fell.
pub(super) fn direction(text: &str) -> Option<bool> {
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
        .chain(CHANGED.words())
        .filter_map(|verb| text.find(verb))
        .min()
}

/// 比上年的A, 较上年增加D.
pub(super) fn against(between: &str) -> Option<Change> {
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
    // What was left over from a year is no figure of it.
    if tail.contains("结转") {
        return None;
    }
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
pub(super) fn direction_of(words: &str) -> Option<bool> {
    let grew = has(words, words!["增", "多", "上升", "提高", "提升"]);
    let fell = has(words, words!["减", "少", "下降", "降低", "降"]);
    (grew != fell).then_some(grew)
}

/// 去年A，今年B, and the other way round: A，上年为B; A（2018年为B）.
pub(super) fn two_years(before: &str, between: &str, behind: &str) -> Option<Change> {
    const LAST: &WordSet = words!["去年", "上年", "上一年", "上年度"];
    const THIS: &WordSet = words!["今年", "本年", "本年度"];
    if between.chars().count() > 24 || between.matches('，').count() > 1 {
        return None;
    }
    let (one, two) = (clause(before), clause(between));
    if has(one, LAST) && has(two, THIS) && !has(two, words!["比", "较", "增", "减"]) {
        return Some(blank(Form::FromTo, None, true));
    }
    let noted = between
        .strip_prefix('（')
        .is_some_and(|note| names_year_of(note, before) && behind.starts_with('）'));
    let set_off = between
        .strip_prefix('，')
        .is_some_and(|said| names_year_of(said, before));
    if noted || set_off {
        return Some(blank(Form::AgainstBase, None, true));
    }
    // 2020年收到150件，2019年收到120件.
    let (now, then) = (year(one)?, year(two)?);
    match now.checked_sub(then)? {
        1 => Some(blank(Form::AgainstBase, None, true)),
        -1 => Some(blank(Form::FromTo, None, true)),
        _ => None,
    }
}

/// The year with which a clause begins.
fn year(clause: &str) -> Option<i32> {
    let (year, rest) = clause.split_at_checked(4)?;
    let year = year.starts_with("20").then(|| year.parse().ok())??;
    let said = rest.strip_prefix('年')?.trim_start_matches('度');
    let plain = said.chars().count() <= 8 && !has(said, words!["比", "较", "结转", "其中"]);
    plain.then_some(year)
}

/// Whether words name an earlier year and nothing besides: 上年同期为, （2018年.
pub(super) fn names_year(words: &str) -> bool {
    names_year_of(words, "")
}

/// The same, where they may say again what is counted: 收到申请60件，去年收到申请80件.
pub(super) fn names_year_of(words: &str, before: &str) -> bool {
    const EARLIER: [&str; 6] = ["上年", "去年", "上一年", "前一年", "同期", "上年末"];
    const BESIDES: [&str; 12] = [
        "",
        "为",
        "是",
        "同期",
        "同期为",
        "同期是",
        "共",
        "末",
        "末为",
        "底",
        "共收到",
        "仅为",
    ];
    let numbered = words
        .split_at_checked(4)
        .filter(|(year, _)| year.starts_with("20") && year.bytes().all(|c| c.is_ascii_digit()))
        .and_then(|(_, rest)| rest.strip_prefix('年'));
    let rest = numbered.or_else(|| EARLIER.iter().find_map(|word| words.strip_prefix(word)));
    rest.map(|rest| rest.trim_start_matches('度'))
        .is_some_and(|rest| {
            BESIDES.contains(&rest) || (rest.chars().count() <= 10 && clause(before).contains(rest))
        })
}

/// 较2021年（40件）下降, 与上年的40件相比: the figure of the year with the words about it on both
/// sides.
pub(super) fn compared(between: &str, behind: &str) -> Option<Change> {
    if !between.contains('年') && !between.contains("同期") {
        return None;
    }
    let (words, closed) = match between.rfind('（') {
        Some(at) => {
            let note = between.get(at + '（'.len_utf8()..)?;
            let named = note.is_empty() || note == "为" || names_year(note);
            (between.get(..at)?, named && behind.starts_with('）'))
        }
        None => (
            between,
            ["相比", "相较", "比较", "比，", "对比"]
                .iter()
                .any(|word| behind.starts_with(word)),
        ),
    };
    let last = clause(words);
    let head = words.get(..words.len() - last.len())?;
    // The words of comparison begin the clause, or follow the figure at once.
    let begins = last
        .trim_start_matches("同比")
        .starts_with(['比', '较', '与', '同', '和', '跟']);
    let short = last.chars().count() <= 16 && head.trim_end_matches(is_mark).is_empty();
    (closed && begins && short && has(last, YEAR)).then(|| blank(Form::AgainstBase, None, true))
}

/// 89家，净增18家: a difference that needs no year.
pub(super) fn net(before: &str, between: &str) -> Option<Change> {
    // 同比上年的61件，增加13件: added to another figure.
    if has(
        clause(before),
        words!["比", "较", "与", "上年", "去年", "同期", "年的"],
    ) {
        return None;
    }
    let said = between.strip_prefix('，')?;
    let said = ["年内", "全年", "本年", "当年", "共"]
        .iter()
        .find_map(|word| said.strip_prefix(word))
        .unwrap_or(said);
    let up = match said {
        "净增" | "净增加" | "增加" | "增加了" | "净增长" => true,
        "净减" | "净减少" | "减少" | "减少了" => false,
        _ => return None,
    };
    Some(blank(Form::Difference { up }, None, true))
}

pub(super) fn blank(form: Form, up: Option<bool>, yearly: bool) -> Change {
    Change {
        first: 0,
        second: 0,
        form,
        up,
        yearly,
        claims: Vec::new(),
        paired: false,
        length: 2,
    }
}
