//! Finding shares in sentences: what stands between a number and its percentage.

use super::terms::{after, clause, joined, kin, lead, trail};
use crate::prose::Paragraph;
use crate::quantity::Sort;
use crate::words::{WordSet, first_chars, has, words};

/// A share as the sentence puts it, by places among the quantities of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) percent: usize,
    pub(super) numerator: usize,
    /// The base where the sentence names it: 占总数1499件的….
    pub(super) base: Option<usize>,
    /// What it is called a share of: 总数, 全部申请.
    pub(super) phrase: String,
    /// Whether the number has another share right before, 占来信的51.6%，占总数的16.2%.
    pub(super) second: bool,
}

/// Words that say that a percentage tells of change, not of a share.
pub(super) const CHANGE: &WordSet = words![
    "同比",
    "环比",
    "增长",
    "增加",
    "上升",
    "下降",
    "减少",
    "降低",
    "提升",
    "增幅",
    "降幅",
    "压缩",
    "缩减",
    "精简",
    "较上",
    "比上",
    "比去",
    "较去",
    "较20",
    "比20",
    "缩短",
    "压减",
    "核减",
    "削减",
    "裁减",
    "减幅",
    "压降",
    "提速",
    "提高了",
];

/// Words before a number that is the difference to another year.
const AGAINST: &WordSet = words![
    "同比", "环比", "较上", "比上", "较去", "比去", "较20", "比20",
];

/// The share that a percentage is, if its numerator stands before it.
pub(super) fn share(paragraph: &Paragraph, percent: usize) -> Option<Share> {
    let quantity = paragraph.quantities.get(percent)?;
    if quantity.sort != Sort::Percent {
        return None;
    }
    if let Some(found) = bracketed(paragraph, percent) {
        return Some(found);
    }
    if !joined(paragraph, percent) {
        return None;
    }
    let gap = lead(paragraph, percent);
    // Only a plan is outdone: 占年度任务200户的105%.
    if quantity.value > super::rate::WHOLE
        && !(closes_base(gap) && is_planned(lead(paragraph, percent.checked_sub(1)?)))
    {
        return None;
    }
    if let Some(found) = respective(paragraph, percent) {
        return Some(found);
    }
    // 占申请总数1499件的86.92%.
    if let Some(numerator) = percent.checked_sub(2)
        && is_count(paragraph, percent - 1)
        && is_count(paragraph, numerator)
        && joined(paragraph, percent - 1)
        && closes_base(gap)
        && let Some(phrase) = phrase_of(lead(paragraph, percent - 1))
    {
        return Some(Share {
            percent,
            numerator,
            base: Some(percent - 1),
            phrase: phrase.to_owned(),
            second: false,
        });
    }
    let mut numerator = percent.checked_sub(1)?;
    if let Some(first) = percent.checked_sub(2)
        && !is_count(paragraph, numerator)
        && is_count(paragraph, first)
        && let Some(phrase) = second(paragraph, percent)
    {
        return Some(Share {
            percent,
            numerator: first,
            base: None,
            phrase: phrase.to_owned(),
            second: true,
        });
    }
    if !is_count(paragraph, numerator) || is_quoted(paragraph, numerator) {
        return None;
    }
    let phrase = phrase_of(gap)?;
    // 500条，较上年增加100条，占62.5%: the share is of the number that grew.
    if joined(paragraph, numerator) && has(lead(paragraph, numerator), AGAINST) {
        numerator = numerator
            .checked_sub(1)
            .filter(|before| is_count(paragraph, *before))?;
    }
    // 占总数的10%的…, 50%以上 and the like are shares as well; 占地 and 占用 are none.
    let other_year = has(phrase, words!["由", "从", "去年", "上年", "同期", "20"]);
    if has(phrase, CHANGE) || other_year || phrase.starts_with(['地', '用', '道']) {
        return None;
    }
    Some(Share {
        percent,
        numerator,
        base: None,
        phrase: phrase.to_owned(),
        second: false,
    })
}

/// 咨询类占25%（62条）: the number stands behind its share, in brackets.
fn bracketed(paragraph: &Paragraph, percent: usize) -> Option<Share> {
    let numerator = percent + 1;
    let alone = after(paragraph, numerator).starts_with('）');
    let (noun, phrase) = clause(lead(paragraph, percent)).rsplit_once('占')?;
    let share = paragraph
        .quantities
        .get(percent)
        .is_some_and(|percent| percent.value <= super::rate::WHOLE);
    let named = share && noun.chars().count() >= 2 && !has(noun, CHANGE) && is_generic(phrase);
    (trail(paragraph, percent) == "（" && is_count(paragraph, numerator) && alone && named).then(
        || Share {
            percent,
            numerator,
            base: None,
            phrase: phrase.to_owned(),
            second: false,
        },
    )
}

/// What the second share of a number is of, 311件，占来信的51.6%，占总数的16.2%, where it is all.
fn second(paragraph: &Paragraph, percent: usize) -> Option<&str> {
    let gap = lead(paragraph, percent).trim_start_matches(['，', '、']);
    let phrase = gap
        .trim_start_matches(['并', '也', '约'])
        .strip_prefix('占')?;
    let first = percent.checked_sub(1)?;
    (joined(paragraph, first)
        && phrase.contains('总')
        && is_generic(phrase)
        && phrase_of(lead(paragraph, first)).is_some())
    .then_some(phrase)
}

/// Whether a number stands at the end of quoted words: “最多跑一次”.
fn is_quoted(paragraph: &Paragraph, index: usize) -> bool {
    trail(paragraph, index).starts_with(['”', '」', '》'])
}

/// Whether the words before a number say that it was aimed at.
fn is_planned(text: &str) -> bool {
    has(clause(text), words!["任务", "目标", "计划", "预算", "指标"])
}

fn is_count(paragraph: &Paragraph, index: usize) -> bool {
    paragraph
        .quantities
        .get(index)
        .is_some_and(|quantity| matches!(quantity.sort, Sort::Count | Sort::Money))
}

/// Whether the words between a base and its percentage say so: 的, 总数的, ）的.
fn closes_base(gap: &str) -> bool {
    let gap = gap.trim_start_matches('）');
    gap.chars().count() <= 10
        && !gap.contains(['，', '；', '、', '（', '：'])
        && (gap.ends_with('的') || gap.ends_with("的比例为") || gap.ends_with("的比重为"))
}

/// What a share is a share of, if the words between numerator and percentage make it one.
fn phrase_of(gap: &str) -> Option<&str> {
    // 30条（规范性文件、政策解读等），占50%.
    let gap = match gap.strip_prefix('（').and_then(|gap| gap.split_once('）')) {
        Some((_, behind)) => behind.trim_start_matches('）'),
        None => gap,
    };
    let bare = gap.trim_end_matches(['约', '近', '为', '的', '到', '达']);
    if matches!(
        bare,
        "（" | "（约" | "（占" | "（占比" | "（占比：" | "（比例"
    ) {
        return Some("");
    }
    // 4条，信息公开总量的7.02%.
    let of_all = || {
        let last = clause(gap);
        let whole = ["总量的", "总数的", "总体的"]
            .iter()
            .any(|word| last.ends_with(word));
        (whole && is_generic(last) && gap.starts_with('，')).then(|| gap.len() - last.len())
    };
    let cut = gap
        .rfind('占')
        .or_else(|| {
            ["比例", "比重"]
                .iter()
                .filter_map(|word| gap.rfind(word))
                .next_back()
        })
        .or_else(of_all)?;
    let before = gap.get(..cut)?;
    let phrase = gap.get(cut..)?.trim_start_matches('占');
    let last = clause(before).trim_start_matches('）');
    let adverb = strip(
        last,
        &[
            "约", "大约", "大概", "共", "均", "合计", "总共", "已", "仅", "只", "所", "总计",
            "分别", "将近", "约共", "其", "申请", "信息", "数量",
        ],
    );
    let head = before.get(..before.len() - last.len())?;
    let head_chars = head.chars().filter(|c| !super::terms::is_mark(*c)).count();
    let direct = head.is_empty() && last.chars().count() <= 8;
    // 55条，包括会议活动、领导讲话等内容，占总数的20%.
    let told = head.starts_with('，') && !head.contains(['；', '：']) && is_generic(phrase);
    ((adverb.is_empty() || direct)
        && (head_chars <= 12 || told && !phrase.is_empty())
        && phrase.chars().count() <= 24)
        .then_some(phrase)
}

/// A text without the words at its start and end.
fn strip<'a>(mut text: &'a str, words: &[&str]) -> &'a str {
    loop {
        let before = text;
        for word in words {
            text = text.strip_prefix(word).unwrap_or(text);
            text = text.strip_suffix(word).unwrap_or(text);
        }
        if text == before {
            return text;
        }
    }
}

/// `分别为120件、20件、10件，分别占80%、13.3%、6.7%`: the percentages run beside the numbers.
fn respective(paragraph: &Paragraph, percent: usize) -> Option<Share> {
    let (first, count) = run(paragraph, percent);
    let gap = lead(paragraph, first);
    let stated = has(gap, words!["分别", "各占", "依次"]) && has(gap, words!["占", "比例", "比重"]);
    if !stated {
        return None;
    }
    if count < 2 {
        return None;
    }
    let start = first.checked_sub(count)?;
    // As many numbers before as percentages, all alike, and no more of them.
    let one = paragraph.quantities.get(start)?;
    let alike = (start..first).all(|index| {
        is_count(paragraph, index)
            && paragraph
                .quantities
                .get(index)
                .is_some_and(|other| kin(paragraph, one, paragraph, other))
    });
    alike.then(|| Share {
        percent,
        numerator: start + (percent - first),
        base: None,
        phrase: gap
            .rfind('占')
            .and_then(|cut| gap.get(cut..))
            .unwrap_or_default()
            .trim_start_matches('占')
            .to_owned(),
        second: false,
    })
}

/// The percentages that run on around one of them, 80%、13.3%和6.7%: the first, and how many.
pub(super) fn run(paragraph: &Paragraph, percent: usize) -> (usize, usize) {
    const LONGEST: usize = 12;
    let sort = |index: usize| paragraph.quantities.get(index).map(|q| q.sort);
    let mut first = percent;
    while percent - first < LONGEST
        && first > 0
        && sort(first - 1) == Some(Sort::Percent)
        && is_joint(lead(paragraph, first))
    {
        first -= 1;
    }
    let mut end = percent;
    while end - first < LONGEST
        && sort(end + 1) == Some(Sort::Percent)
        && is_joint(lead(paragraph, end + 1))
    {
        end += 1;
    }
    (first, end - first + 1)
}

fn is_joint(gap: &str) -> bool {
    matches!(gap, "、" | "和" | "，" | "及" | "以及" | "与")
}

/// Whether the words behind 占 name nothing but the whole: 总数的, 全部申请的, 比.
pub(super) fn is_generic(phrase: &str) -> bool {
    let rest = strip(
        first_chars(phrase, 24),
        &[
            "总体",
            "总",
            "数",
            "量",
            "全部",
            "所有",
            "比",
            "例",
            "重",
            "到",
            "了",
            "的",
            "约",
            "其",
            "中",
            "合计",
            "为",
            "达",
            "申请",
            "全年",
            "本年度",
            "件",
            "率",
            "信息",
            "公开",
            "受理",
            "收到",
            "答复",
            "办结",
            "政府",
            "主动",
            "：",
            "依",
            "本年",
            "年度",
            "当年",
            "以上",
            "回复",
            "处理",
            "已",
        ],
    );
    rest.is_empty()
}
