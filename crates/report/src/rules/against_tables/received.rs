//! Requests received and closed.

use statute::editions::Edition;

use super::clause::Mention;
use super::figures::{Figures, group, stat, t3};
use super::verdict::{Verdicts, Weight};
use crate::words::{WordSet, has, words};

/// Words that make a number of received requests something else.
const NOT_RECEIVED: &WordSet = words![
    "复议",
    "诉讼",
    "举报",
    "投诉",
    "建议",
    "提案",
    "信箱",
    "来信",
    "咨询",
    "热线",
    "行政许可",
    "审批",
    "登记",
    "补正",
    "第三方",
    "意见",
    "信访",
    "留言",
    "查询",
    "上年",
    "结转",
    "转下",
    "案件线索",
    "求助",
    "工单",
    "指导",
    "督促",
    "协助",
];

/// Channels: a number beside one is a part.
const CHANNELS: &WordSet = words![
    "网上", "网络", "信函", "邮寄", "当面", "现场", "传真", "邮件", "电子", "平台", "在线", "窗口",
    "邮箱", "通过",
];

/// How the verb counts: received in the year, or all that was at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    New,
    Received,
    Accepted,
    Dealt,
    Handled,
}

const VERBS: &[(&str, Verb)] = &[
    ("收办", Verb::Dealt),
    ("收到", Verb::Received),
    ("新收", Verb::Received),
    ("接到", Verb::Received),
    ("接收", Verb::Received),
    ("收件", Verb::Received),
    ("收悉", Verb::Received),
    ("受理", Verb::Accepted),
    ("承办", Verb::Handled),
    ("办理", Verb::Handled),
    ("处理", Verb::Handled),
];

/// `收到…申请N件`, `收到N件…申请`, `本年新收N件`.
pub(super) fn received_verb(mention: &Mention<'_>) -> Option<Verb> {
    if let Some(new) = newly(mention) {
        return Some(new);
    }
    let (at, verb) = VERBS
        .iter()
        .filter_map(|(word, verb)| mention.near.rfind(word).map(|at| (at, *verb)))
        .max_by_key(|(at, _)| *at)?;
    let beside = mention.near.get(at..).unwrap_or_default();
    let object = |text: &str| text.contains("申请") || text.contains("公开请求");
    if !object(beside) && !object(mention.after) {
        return None;
    }
    if mention.near_contains(NOT_RECEIVED) || mention.near_contains(CHANNELS) {
        return None;
    }
    // 已办理完毕, 办理答复 are ends, not beginnings.
    let ended = has(beside, words!["办结", "答复", "完毕", "完成", "公开答"]);
    // 其中 announces a part.
    (!ended && !mention.near.contains("其中")).then_some(verb)
}

/// `本年新收23件`, `本年度新增153件`: what was received, beside what was carried in.
fn newly(mention: &Mention<'_>) -> Option<Verb> {
    const NEW: [&str; 6] = ["新收", "新收到", "新受理", "新增", "新接收", "新收申请"];
    const YEAR: [&str; 5] = ["本年度", "本年", "当年", "年度", "其中"];
    let near = mention
        .near
        .trim_start_matches(['（', '、', '包', '括', '含']);
    let near = near.trim_end_matches(['共', '：', '为', '了']);
    let year = YEAR.iter().find_map(|year| near.strip_prefix(year));
    NEW.contains(&year.unwrap_or(near)).then_some(Verb::New)
}

/// Whether the words before 申请 make it one for something else: 城市道路申请件, 低保申请.
fn is_of_another_kind(mention: &Mention<'_>) -> bool {
    const KIN: &[&str] = &[
        "公开",
        "信息",
        "依",
        "收到",
        "受理",
        "新收",
        "接到",
        "接收",
        "收件",
        "收办",
        "办理",
        "处理",
        "承办",
        "的",
        "组织",
        "法人",
        "公民",
        "自然人",
        "群众",
        "公众",
        "市民",
        "民众",
        "企业",
        "单位",
        "个人",
        "有效",
        "书面",
        "各类",
        "类",
        "件",
        "份",
        "宗",
        "条",
        "次",
        "人",
        "等",
        "新",
        "共",
        "起",
        "年度",
        "事项",
        "提出",
        "提交",
        "“",
        "：",
        "答复",
        "了",
        "到",
    ];
    let other = |text: &str| {
        let at = text.rfind("申请").or_else(|| text.find("公开请求"));
        let before = at.and_then(|at| text.get(..at)).unwrap_or_default();
        !before.is_empty()
            && !text.contains("公开")
            && !KIN.iter().any(|word| before.ends_with(word))
    };
    if mention.near.contains("申请") {
        other(mention.near)
    } else {
        other(mention.after)
    }
}

pub(super) fn compare_received(
    mention: &Mention<'_>,
    verb: Verb,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    let other = is_of_another_kind(mention);
    if figures.edition() == Edition::Stats2014 {
        let weight = match verb {
            _ if other => Weight::Maybe,
            Verb::New | Verb::Received => Weight::Same,
            Verb::Accepted | Verb::Dealt => Weight::Near,
            Verb::Handled => Weight::Maybe,
        };
        let closed = figures.read_as(&[stat("C2")], "指办结的申请");
        verdicts.compare(
            mention,
            vec![figures.sum(&[stat("C1")]), closed],
            weight,
            "收到申请",
        );
        return;
    }
    let new = figures.sum(&[t3("new")]);
    let both = [t3("new"), t3("carried_in")];
    let handled = figures.read_as(&[t3("result_total")], "指本年办结的申请");
    let (readings, weight) = match verb {
        Verb::New => (vec![new], Weight::Same),
        Verb::Received => (
            vec![new, figures.read_as(&both, "含上年结转的申请")],
            Weight::Same,
        ),
        Verb::Accepted => (
            vec![new, figures.read_as(&both, "含上年结转的申请"), handled],
            Weight::Near,
        ),
        Verb::Dealt => (
            vec![
                figures.sum(&both),
                figures.read_as(&[t3("new")], "只计本年新收的申请"),
            ],
            Weight::Same,
        ),
        Verb::Handled => (
            vec![new, figures.read_as(&both, "含上年结转的申请"), handled],
            Weight::Near,
        ),
    };
    // Fewer may have been accepted than were received, more cannot.
    let most = readings
        .iter()
        .flatten()
        .map(|expected| expected.value)
        .max();
    let weight = if weight == Weight::Near && Some(mention.quantity.value) > most {
        Weight::Same
    } else {
        weight
    };
    let weight = if other { Weight::Maybe } else { weight };
    verdicts.compare(mention, readings, weight, "收到申请");
}

/// `办结N件`, `答复申请N件`.
pub(super) fn is_handled(mention: &Mention<'_>) -> bool {
    const WORDS: &WordSet = words!["办结", "答复", "办理完毕", "处理完毕", "回复"];
    const PART: &WordSet = words![
        "按时",
        "按期",
        "延期",
        "逾期",
        "超期",
        "当场",
        "其中",
        "同意",
        "不同意",
        "公开答复",
    ];
    has(mention.near, WORDS)
        && !mention.near_contains(NOT_RECEIVED)
        && !mention.near_contains(CHANNELS)
        && !has(mention.near, PART)
        && !mention.near.contains("所有")
}

pub(super) fn compare_handled(
    mention: &Mention<'_>,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    let closed = mention.near.contains("办结");
    let weight = if closed { Weight::Same } else { Weight::Near };
    if figures.edition() == Edition::Stats2014 {
        let readings = if closed {
            vec![
                figures.sum(&[stat("C2")]),
                figures.read_as(&[stat("C3")], "指答复的申请"),
            ]
        } else {
            vec![
                figures.sum(&[stat("C3")]),
                figures.read_as(&[stat("C2")], "指办结的申请"),
            ]
        };
        verdicts.compare(mention, readings, weight, "办结申请");
        return;
    }
    let mut answered = vec![t3("granted"), t3("partial")];
    for name in ["deny", "unable"] {
        answered.extend(group(figures.edition(), name));
    }
    let readings = vec![
        figures.sum(&[t3("result_total")]),
        figures.less(t3("new"), t3("carried_out"), "只计本年新收而办结的申请"),
        figures.read_as(&answered, "不计不予处理和其他处理的申请"),
    ];
    verdicts.compare(mention, readings, weight, "办结申请");
}
