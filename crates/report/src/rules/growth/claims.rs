//! What a sentence claims of a change: a difference, a rate, or both.

use super::find::{Change, Claim, Form, Weight, alike};
use super::forms::direction;
use crate::prose::Paragraph;
use crate::quantity::Sort;
use crate::rules::shares::terms::{clause, joined, lead, trail};
use crate::words::{WordSet, first_chars, has, words};

/// Ways in which a number becomes smaller, without a word for it.
const OUTCOMES: &WordSet = words![
    "关停", "注销", "取消", "关闭", "撤并", "撤销", "清退", "裁撤", "退出", "淘汰", "清理"
];

/// What the sentence claims right behind the figures.
pub(super) fn claims(paragraph: &Paragraph, change: &mut Change) {
    for index in change.second + 1..=change.second + 2 {
        let Some(stated) = paragraph.quantities.get(index) else {
            return;
        };
        let words = lead(paragraph, index);
        let outcome = change.form == Form::FromTo && is_outcome(words);
        // 取消50项，新增10项: not each of them is the difference.
        let second = index > change.second + 1 && matches!(stated.sort, Sort::Count | Sort::Money);
        // 分别减少62.5%和55% goes with several changes.
        if second
            || words.contains("分别")
            || !joined(paragraph, index)
            || words.contains('；')
            || !(is_claim(words) || outcome && stated.sort == Sort::Count)
            || !of_kind(paragraph, change, index)
        {
            return;
        }
        let context = lead(paragraph, change.first);
        change.claims.push(Claim {
            quantity: index,
            of_former: has(words, words!["原来的", "原有的", "原先的", "为原"]),
            up: direction(clause(words)),
            weight: if outcome && !is_claim(words) {
                Weight::Outcome
            } else {
                weight(words, context)
            },
        });
        change.length = index + 1 - change.first;
        if matches!(stated.sort, Sort::Percent | Sort::Points) {
            return;
        }
    }
}

/// 减少材料1340份，压减32.7%，由4098份减至2758份: what is claimed right before the figures.
pub(super) fn claims_before(paragraph: &Paragraph, change: &mut Change) {
    let joint = lead(paragraph, change.first);
    let begins = joint.starts_with(['，', '：', '（'])
        && joint.trim_start_matches(['，', '：', '（']).chars().count() <= 4;
    if !begins || !joined(paragraph, change.first) {
        return;
    }
    let last = change.first.checked_sub(1);
    let rate = last.filter(|at| {
        paragraph
            .quantities
            .get(*at)
            .is_some_and(|rate| rate.sort == Sort::Percent)
    });
    // A rate alone may be of anything.
    let Some(difference) = (match rate {
        Some(at) => at.checked_sub(1).filter(|_| joined(paragraph, at)),
        None => last,
    }) else {
        return;
    };
    let words = clause(lead(paragraph, difference));
    let said = direction(words);
    let outcome = is_outcome(words) && said.is_none();
    if !of_kind(paragraph, change, difference)
        || !(outcome || said.is_some() && said == change.up)
        || has(words, words!["至", "到", "为"])
    {
        return;
    }
    change.claims.push(Claim {
        quantity: difference,
        of_former: false,
        up: said,
        weight: if outcome {
            Weight::Outcome
        } else {
            Weight::Sure
        },
    });
    if let Some(at) = rate
        && is_claim(lead(paragraph, at))
    {
        change.claims.push(Claim {
            quantity: at,
            of_former: false,
            up: direction(clause(lead(paragraph, at))),
            weight: weight(lead(paragraph, at), words),
        });
    }
}

/// Whether a figure can be a difference of the two of a change, or a rate of it.
fn of_kind(paragraph: &Paragraph, change: &Change, index: usize) -> bool {
    let (Some(first), Some(stated)) = (
        paragraph.quantities.get(change.first),
        paragraph.quantities.get(index),
    ) else {
        return false;
    };
    match stated.sort {
        Sort::Percent | Sort::Points => true,
        Sort::Count | Sort::Money => {
            first.sort == stated.sort
                && alike(paragraph, first, stated)
                && !matches!(change.form, Form::Difference { .. })
        }
    }
}

/// Whether a difference is followed by another one, so that only both make up the change: 取消12项，
/// 新增3项.
pub(super) fn goes_on(paragraph: &Paragraph, index: usize) -> bool {
    let (Some(stated), Some(next)) = (
        paragraph.quantities.get(index),
        paragraph.quantities.get(index + 1),
    ) else {
        return false;
    };
    let words = trail(paragraph, index);
    joined(paragraph, index + 1)
        && next.sort == stated.sort
        && alike(paragraph, stated, next)
        && words.chars().count() <= 16
        && !words.contains(['；', '：'])
}

fn is_outcome(words: &str) -> bool {
    let last = clause(words);
    last.chars().count() <= 10 && has(last, OUTCOMES)
}

/// Whether the words before a figure claim a change and nothing else: ，缩减率为.
pub(super) fn is_claim(words: &str) -> bool {
    let words = words
        .trim_start_matches(['）', '，', '、', '内'])
        .trim_start_matches("相比");
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

/// Words of a claim that name nothing.
const BARE: [&str; 64] = [
    "同比",
    "环比",
    "较上年",
    "比上年",
    "较去年",
    "比去年",
    "同期",
    "增长",
    "增加",
    "增幅",
    "增速",
    "下降",
    "降低",
    "降幅",
    "减少",
    "减幅",
    "上升",
    "提升",
    "提高",
    "提速",
    "上涨",
    "回落",
    "精简",
    "压缩",
    "压减",
    "缩减",
    "缩短",
    "削减",
    "核减",
    "缩小",
    "扩大",
    "扩充",
    "扩展",
    "拓展",
    "新增",
    "净增",
    "净减",
    "幅度",
    "比例",
    "比率",
    "达到",
    "约为",
    "原来的",
    "原有的",
    "原先的",
    "节省",
    "平均",
    "总体",
    "整体",
    "大幅",
    "相比",
    "率",
    "了",
    "达",
    "至",
    "为",
    "近",
    "约",
    "的",
    "均",
    "将",
    "已",
    "分别",
    "增",
];

/// What a claim weighs by its words: what they name has to be named before the figures.
pub(super) fn weight(words: &str, context: &str) -> Weight {
    let mut rest =
        clause(words.trim_end_matches('）')).trim_start_matches(['，', '）', '、', '内']);
    let mut named: usize = 0;
    while let Some(c) = rest.chars().next() {
        if let Some(bare) = BARE.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = bare;
            continue;
        }
        named += usize::from(!context.contains(c) && !"数量总个件".contains(c));
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    if named >= 2 {
        Weight::Loose
    } else {
        Weight::Sure
    }
}
