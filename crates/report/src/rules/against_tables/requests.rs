//! Requests: received, carried, handled, and how they ended.

use statute::editions::{CellKey, Edition};

use super::WORDS_AGAINST_FIGURES;
use super::clause::{Mention, Sentence, carried_in, carried_out};
use super::figures::{Expected, Figures, group, stat, t3};
use super::verdict::{Verdicts, Weight};
use crate::quantity::Sort;
use crate::words::{WordSet, has, words};

/// What a noun before a number means in table 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    Granted,
    Partial,
    Group(&'static str),
    Row(&'static str),
    Natural,
    Legal,
    Column(&'static str),
}

const NOUNS: &[(&str, Noun)] = &[
    ("予以公开", Noun::Granted),
    ("同意公开", Noun::Granted),
    ("全部公开", Noun::Granted),
    ("部分公开", Noun::Partial),
    ("予以部分公开", Noun::Partial),
    ("同意部分公开", Noun::Partial),
    ("不予以公开", Noun::Group("deny")),
    ("不予公开", Noun::Group("deny")),
    ("不同意公开", Noun::Group("deny")),
    ("无法提供", Noun::Group("unable")),
    ("不予处理", Noun::Group("reject")),
    ("其他处理", Noun::Group("other")),
    ("其它处理", Noun::Group("other")),
    ("其他方式处理", Noun::Group("other")),
    ("属于国家秘密", Noun::Row("deny.secret")),
    ("法律行政法规禁止公开", Noun::Row("deny.law")),
    ("法律、行政法规禁止公开", Noun::Row("deny.law")),
    ("三安全一稳定", Noun::Row("deny.safety")),
    ("保护第三方合法权益", Noun::Row("deny.third_party")),
    ("三类内部事务", Noun::Row("deny.internal")),
    ("内部事务", Noun::Row("deny.internal")),
    ("四类过程性", Noun::Row("deny.process")),
    ("过程性", Noun::Row("deny.process")),
    ("过程性性", Noun::Row("deny.process")),
    ("行政执法案卷", Noun::Row("deny.enforcement")),
    ("行政查询", Noun::Row("deny.query")),
    ("不掌握相关", Noun::Row("unable.not_held")),
    ("机关不掌握", Noun::Row("unable.not_held")),
    ("本办不掌握相关", Noun::Row("unable.not_held")),
    ("没有现成信息需要另行制作", Noun::Row("unable.create")),
    ("需要另行制作", Noun::Row("unable.create")),
    ("补正后申请内容仍不明确", Noun::Row("unable.unclear")),
    ("信访举报投诉", Noun::Row("reject.petition")),
    ("信访、举报、投诉", Noun::Row("reject.petition")),
    ("重复", Noun::Row("reject.repeat")),
    ("要求提供公开出版物", Noun::Row("reject.publication")),
    ("大量反复", Noun::Row("reject.excessive")),
    ("确认或重新出具已获取", Noun::Row("reject.confirm")),
    ("逾期不补正", Noun::Row("other.no_correction")),
    ("自然人", Noun::Natural),
    ("法人或其他组织", Noun::Legal),
    ("法人和其他组织", Noun::Legal),
    ("法人及其他组织", Noun::Legal),
    ("法人或者其他组织", Noun::Legal),
    ("法人、其他组织", Noun::Legal),
    ("法人组织", Noun::Legal),
    ("商业企业", Noun::Column("business")),
    ("科研机构", Noun::Column("research")),
    ("社会公益组织", Noun::Column("charity")),
    ("法律服务机构", Noun::Column("legal")),
];

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

pub(super) fn examine(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    fee(sentence, figures, verdicts);
    if !sentence.requests {
        return;
    }
    let mut received = None;
    let mut out = None;
    for mention in sentence.mentions() {
        if !mention.counts_things() || !sentence.is_of_the_year(&mention) {
            continue;
        }
        let year = sentence.report_year();
        if carried_out(mention.near, year) || carried_out(mention.after, year) {
            out = Some(mention.quantity.value);
            if figures.edition() != Edition::Stats2014 {
                let cell = figures.sum(&[t3("carried_out")]);
                verdicts.compare(&mention, vec![cell], Weight::Same, "结转下年度");
            }
        } else if carried_in(mention.near, year) {
            let cell = figures.sum(&[t3("carried_in")]);
            verdicts.compare(&mention, vec![cell], Weight::Same, "上年结转");
        } else if let Some(noun) = mention
            .noun(NOUNS)
            .filter(|noun| !is_anyone(&mention, *noun))
        {
            outcome(&mention, noun, received, figures, verdicts);
        } else if let Some(verb) = received_verb(&mention) {
            received = Some(verb);
            compare_received(&mention, verb, figures, verdicts);
        } else if is_handled(&mention) {
            compare_handled(&mention, figures, verdicts);
        }
    }
    all_natural(sentence, figures, verdicts);
    nothing_received(sentence, figures, verdicts);
    all_done(sentence, out, figures, verdicts);
}

/// 公民、法人或其他组织的申请 are those of anyone.
fn is_anyone(mention: &Mention<'_>, noun: Noun) -> bool {
    matches!(noun, Noun::Natural | Noun::Legal)
        && has(
            mention.near,
            words![
                "公民、",
                "公民和",
                "公民及",
                "自然人、",
                "自然人和",
                "自然人及",
                "公民，",
                "法人、自然人",
            ],
        )
}

/// Whether the words name several kinds of outcomes, whose number is that of all of them.
fn is_of_several(mention: &Mention<'_>) -> bool {
    const KINDS: &[&str] = &[
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    ];
    KINDS
        .iter()
        .filter(|kind| mention.near.contains(**kind))
        .count()
        >= 2
}

/// How the verb counts: received in the year, or all that was at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
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

/// `收到…申请N件`, `收到N件…申请`.
fn received_verb(mention: &Mention<'_>) -> Option<Verb> {
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

fn compare_received(
    mention: &Mention<'_>,
    verb: Verb,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    if figures.edition() == Edition::Stats2014 {
        let weight = if verb == Verb::Received {
            Weight::Same
        } else {
            Weight::Near
        };
        let weight = if verb == Verb::Handled {
            Weight::Maybe
        } else {
            weight
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
    verdicts.compare(mention, readings, weight, "收到申请");
}

/// `办结N件`, `答复申请N件`.
fn is_handled(mention: &Mention<'_>) -> bool {
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

fn compare_handled(mention: &Mention<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
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

fn outcome(
    mention: &Mention<'_>,
    noun: Noun,
    received: Option<Verb>,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    let edition = figures.edition();
    if edition == Edition::Stats2014 {
        stats_outcome(mention, noun, figures, verdicts);
        return;
    }
    let (readings, what) = match noun {
        Noun::Granted => (
            vec![
                figures.sum(&[t3("granted")]),
                figures.read_as(&[t3("granted"), t3("partial")], "含部分公开"),
            ],
            "予以公开",
        ),
        Noun::Partial => (vec![figures.sum(&[t3("partial")])], "部分公开"),
        Noun::Group(name) => {
            let own = group(edition, name);
            let mut wide = own.clone();
            match name {
                "deny" => wide.extend(group(edition, "unable")),
                "reject" => wide.extend(group(edition, "other")),
                _ => {}
            }
            let label = match name {
                "deny" => "不予公开",
                "unable" => "无法提供",
                "reject" => "不予处理",
                _ => "其他处理",
            };
            (
                vec![
                    figures.sum(&own),
                    figures.read_as(&wide, "含相邻一类的处理结果"),
                ],
                label,
            )
        }
        Noun::Row(row) => (vec![figures.sum(&[t3(row)])], "这一情形"),
        Noun::Natural => (applicants(&["natural"], received, figures), "自然人申请"),
        Noun::Legal => (
            applicants(
                &["business", "research", "charity", "legal", "other"],
                received,
                figures,
            ),
            "法人或其他组织申请",
        ),
        Noun::Column(column) => (
            applicants(&[column], received, figures),
            "这一类申请人的申请",
        ),
    };
    let weight = match noun {
        _ if is_of_several(mention) => Weight::Maybe,
        Noun::Row("reject.repeat" | "deny.process" | "deny.internal" | "reject.petition") => {
            Weight::Near
        }
        Noun::Column(_) => Weight::Near,
        _ => Weight::Same,
    };
    verdicts.compare(mention, readings, weight, what);
}

/// The columns of applicants over what was received, or all that was at hand.
fn applicants(
    columns: &[&'static str],
    received: Option<Verb>,
    figures: &Figures<'_>,
) -> Vec<Option<Expected>> {
    let over = |rows: &[&'static str]| -> Vec<CellKey> {
        columns
            .iter()
            .flat_map(|column| rows.iter().map(|row| CellKey::new("t3", row, column)))
            .collect()
    };
    let new = figures.sum(&over(&["new"]));
    let both = over(&["new", "carried_in"]);
    let handled = figures.read_as(&over(&["result_total"]), "指本年办结的申请");
    if received == Some(Verb::Dealt) {
        vec![figures.sum(&both), new, handled]
    } else {
        vec![new, figures.read_as(&both, "含上年结转的申请"), handled]
    }
}

fn stats_outcome(
    mention: &Mention<'_>,
    noun: Noun,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    let (readings, what) = match noun {
        Noun::Granted => (
            vec![
                figures.sum(&[stat("C3.2")]),
                figures.read_as(&[stat("C3.1"), stat("C3.2")], "含已主动公开"),
                figures.read_as(&[stat("C3.2"), stat("C3.3")], "含部分公开"),
            ],
            "同意公开",
        ),
        Noun::Partial => (vec![figures.sum(&[stat("C3.3")])], "同意部分公开"),
        Noun::Group("deny") => (vec![figures.sum(&[stat("C3.4")])], "不同意公开"),
        _ => return,
    };
    verdicts.compare(mention, readings, Weight::Near, what);
}

/// 均为自然人申请.
fn all_natural(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    for (at, clause) in sentence.clauses() {
        if !has(
            clause,
            words![
                "均为自然人",
                "全部为自然人",
                "全为自然人",
                "均系自然人",
                "都是自然人",
            ],
        ) {
            continue;
        }
        let natural = figures.sum(&[CellKey::new("t3", "new", "natural")]);
        let total = figures.sum(&[t3("new")]);
        if let (Some(natural), Some(total)) = (natural, total) {
            verdicts.equal(
                sentence.range(at, clause.len()),
                &total,
                natural,
                "申请均为自然人，共",
            );
        }
    }
}

/// 未收到政府信息公开申请.
fn nothing_received(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    const NONE: &WordSet = words![
        "未收到",
        "没有收到",
        "未接到",
        "没有接到",
        "未受理",
        "未接收到",
        "尚未收到",
        "无依申请",
        "未收悉",
        "未有",
        "无政府信息公开申请",
        "无公开申请",
        "没有公民",
        "未产生",
    ];
    const OTHER: &WordSet = words![
        "复议",
        "诉讼",
        "投诉",
        "举报",
        "当面",
        "信函",
        "网络",
        "传真",
        "费用",
        "收费",
        "不予",
        "逾期",
        "重复",
        "邮寄",
        "异议",
        "补正",
        "书面",
        "电话",
        "现场",
        "口头",
        "线上",
        "线下",
        "网上",
        "邮件",
        "第三方",
    ];
    if !has(sentence.text, NONE) {
        return;
    }
    let edition = figures.edition();
    for (at, clause) in sentence.clauses() {
        let Some(word) = NONE.words().iter().find_map(|word| clause.find(word)) else {
            continue;
        };
        let rest = clause.get(word..).unwrap_or_default();
        // 未收到依申请公开事项，信息公开方面的投诉: the clause ends before the rest.
        let object = has(
            rest,
            words!["公开申请", "依申请", "申请公开", "公开的申请", "申请"],
        );
        if !object || has(clause, OTHER) {
            continue;
        }
        let key = if edition == Edition::Stats2014 {
            stat("C1")
        } else {
            t3("new")
        };
        let expected = figures.sum(&[key]);
        let weight = if sentence.text.contains("上年") || sentence.text.contains("去年") {
            Weight::Maybe
        } else {
            Weight::Same
        };
        verdicts.none(
            sentence.range(at, clause.len()),
            expected,
            weight,
            "收到申请",
        );
        return;
    }
}

/// 所有申请均已办结, while some go on into the next year.
fn all_done(
    sentence: &Sentence<'_>,
    out: Option<i128>,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    const DONE: &WordSet = words![
        "办结",
        "办理完成",
        "办理完毕",
        "答复完毕",
        "处理完毕",
        "处理完成",
    ];
    let found = sentence.clauses().find(|(_, clause)| {
        has(clause, words!["所有", "全部", "均已", "均按", "均在"])
            && has(clause, DONE)
            && !has(clause, words!["复议", "诉讼", "建议", "提案", "结转", "信访", "除"])
            && (clause.contains("申请") || clause.starts_with("均") || clause.starts_with("全部"))
            // 所有办结的申请中: of those that are done.
            && !has(clause, words!["办结的", "完成的", "完毕的", "结的申请"])
    });
    let Some((at, clause)) = found else { return };
    let cell = figures
        .sum(&[t3("carried_out")])
        .map(|expected| expected.value);
    let Some(left) = out
        .or_else(|| left_over(sentence))
        .or(cell)
        .filter(|left| *left > 0)
    else {
        return;
    };
    // A sentence that goes on to name what is carried over corrects itself only in part.
    let figure = crate::decimal::print(left);
    verdicts.others.push(
        WORDS_AGAINST_FIGURES
            .finding(
                sentence.place(sentence.range(at, clause.len())),
                format!("这里说申请已全部办结，却有{figure}件结转下年度；请写明办结和结转各多少件"),
            )
            .with_figures("0", figure.clone(), figure),
    );
}

/// What another sentence of the paragraph says is carried over.
fn left_over(sentence: &Sentence<'_>) -> Option<i128> {
    let text = &sentence.paragraph.text;
    let quantities = sentence.paragraph.quantities.iter().take(64);
    quantities.into_iter().find_map(|quantity| {
        let from = text.floor_char_boundary(quantity.span.start.saturating_sub(60));
        let before = text.get(from..quantity.span.start)?;
        let near = before.rsplit(['，', '。', '；']).next()?;
        (quantity.sort == Sort::Count && carried_out(near, sentence.report_year()))
            .then_some(quantity.value)
    })
}

/// 未收取信息处理费, 信息处理费0元: recorded; no cell of the table holds the fee.
fn fee(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    if !sentence.text.contains("信息处理费") && !sentence.text.contains("收费") {
        return;
    }
    let nothing = sentence.clauses().find(|(_, clause)| {
        clause.contains("信息处理费")
            && has(
                clause,
                words!["未收取", "未发生", "没有收取", "未产生", "无收费"],
            )
    });
    let zero = sentence.mentions().find(|mention| {
        mention.quantity.sort == Sort::Money
            && mention.quantity.value == 0
            && mention.near.contains("信息处理费")
    });
    let range = match (nothing, zero) {
        (Some((at, clause)), _) => sentence.range(at, clause.len()),
        (None, Some(mention)) => mention.quantity.span.clone(),
        (None, None) => return,
    };
    // Requests given up for an unpaid fee show that one was asked for, not that it was paid.
    let unpaid = figures.sum(&[t3("other.unpaid")]);
    verdicts.none(range, unpaid, Weight::Maybe, "信息处理费");
}
