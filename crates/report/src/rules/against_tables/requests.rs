//! Requests: received, carried, handled, and how they ended.

use super::WORDS_AGAINST_FIGURES;
use super::clause::{Mention, Sentence, carried_in, carried_out};
use super::figures::{Figures, stat, t3};
use super::outcomes::{self, Noun, outcome};
use super::received::{compare_handled, compare_received, is_handled, received_verb};
use super::verdict::{Verdicts, Weight};
use crate::quantity::Sort;
use crate::words::{WordSet, has, words};
use statute::editions::{CellKey, Edition};

pub(super) fn examine(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    fee(sentence, figures, verdicts);
    if !sentence.requests {
        carried(sentence, figures, verdicts);
        return;
    }
    let mut received = None;
    let mut out = None;
    // What a bare 结转 goes on from: 上年结转2件，…结转1件; 办结20件，结转1件.
    let mut done = false;
    for mention in sentence.mentions() {
        if !mention.counts_things() || !sentence.is_of_the_year(&mention) {
            continue;
        }
        let year = sentence.report_year();
        let left = done && is_left(&mention);
        if left || carried_out(mention.near, year) || carried_out(mention.after, year) {
            out = Some(mention.quantity.value);
            if figures.edition() != Edition::Stats2014 {
                let cell = figures.sum(&[t3("carried_out")]);
                verdicts.compare(&mention, vec![cell], Weight::Same, "结转下年度");
            }
        } else if carried_in(mention.near, year) {
            let cell = figures.sum(&[t3("carried_in")]);
            verdicts.compare(&mention, vec![cell], Weight::Same, "上年结转");
            done = true;
        } else if let Some(noun) = outcomes::named(&mention) {
            outcome(&mention, noun, received, figures, verdicts);
        } else if let Some(verb) = received_verb(&mention) {
            received = Some(verb);
            compare_received(&mention, verb, figures, verdicts);
        } else if outcomes::is_of_several(&mention, figures.edition()) {
            outcome(&mention, Noun::Granted, received, figures, verdicts);
        } else if is_handled(&mention) {
            compare_handled(&mention, figures, verdicts);
            done = true;
        }
    }
    all_natural(sentence, figures, verdicts);
    nothing_received(sentence, figures, verdicts);
    all_done(sentence, out, figures, verdicts);
}

/// 上年结转47件。 as all that a sentence says: of what else is carried from year to year it says nothing.
fn carried(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    let [only] = sentence.quantities else { return };
    if figures.edition() == Edition::Stats2014 || sentence.text.chars().count() > 24 {
        return;
    }
    let year = sentence.report_year();
    let alone = |mention: &Mention<'_>| {
        mention.quantity.span == only.span
            && matches!(mention.unit, "件" | "宗")
            && !mention.near_contains(OTHER_MATTERS)
    };
    for mention in sentence.mentions().filter(alone) {
        if carried_out(mention.near, year) {
            let cell = figures.sum(&[t3("carried_out")]);
            verdicts.compare(&mention, vec![cell], Weight::Near, "结转下年度");
        } else if carried_in(mention.near, year) {
            let cell = figures.sum(&[t3("carried_in")]);
            verdicts.compare(&mention, vec![cell], Weight::Near, "上年结转");
        }
    }
}

/// Matters that are carried from year to year as well.
const OTHER_MATTERS: &WordSet = words![
    "复议", "诉讼", "案", "举报", "投诉", "建议", "提案", "信访", "热线", "工单", "许可", "审批",
    "诉求", "来信", "仲裁",
];

/// 结转8件, 其余1件结转: behind what was carried in or closed, what is left for the next year.
fn is_left(mention: &Mention<'_>) -> bool {
    let lead = mention
        .near
        .trim_start_matches(['、', '尚', '有', '其', '余', '剩', '另']);
    matches!(lead, "结转" | "结转共" | "结转办理")
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
