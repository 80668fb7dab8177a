//! Normative documents, licences, penalties and fees: the second chapter's table.

use statute::editions::{CellKey, Edition};

use super::clause::{Mention, Sentence};
use super::figures::{Expected, Figures};
use super::verdict::{Verdicts, Weight};
use crate::quantity::Sort;
use crate::words::{WordSet, has, words};

const fn t2(row: &'static str, column: &'static str) -> CellKey {
    CellKey::new("t2", row, column)
}

pub(super) fn examine(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    let norms = sentence.text.contains("规范性文件");
    // 制发规范性文件2件，废止1件，年末有效9件: the words of the row in one sentence.
    let row = norms
        && has(sentence.text, words!["制发", "制定"])
        && has(sentence.text, words!["有效", "废止", "失效"]);
    for mention in sentence.mentions() {
        if mention.quantity.sort == Sort::Money {
            fees(&mention, figures, verdicts);
            continue;
        }
        if !mention.counts_things() || !sentence.is_of_the_year(&mention) {
            continue;
        }
        if norms && is_document(&mention) {
            document(sentence, &mention, row, figures, verdicts);
        }
        decisions(&mention, figures, verdicts);
    }
}

/// Whether the number counts normative documents, here or by carrying on (`、废止1件`).
fn is_document(mention: &Mention<'_>) -> bool {
    let named = mention.near_contains(words!["规范性文件"]);
    let bare = mention
        .before
        .trim_start_matches(['、', '，', '；', '和', '其']);
    let goes_on = [
        "废止",
        "失效",
        "现行有效",
        "继续有效",
        "有效",
        "保留",
        "修订",
        "宣布失效",
        "制发",
        "新制定",
    ]
    .contains(&bare);
    (named || goes_on) && matches!(mention.unit, "件" | "份" | "个" | "部" | "项" | "条" | "")
}

/// What was done with documents, by the last word of it before the number.
fn action(mention: &Mention<'_>) -> Option<&'static str> {
    const ACTIONS: &[(&str, &str)] = &[
        ("制发", "issued"),
        ("制定", "issued"),
        ("印发", "issued"),
        ("出台", "issued"),
        ("新制定", "issued"),
        ("废止", "repealed"),
        ("失效", "repealed"),
        ("现行有效", "valid"),
        ("继续有效", "valid"),
        ("有效", "valid"),
    ];
    ACTIONS
        .iter()
        .filter_map(|(word, action)| {
            mention
                .near
                .rfind(word)
                .map(|at| (at + word.len(), word.len(), *action))
        })
        .max_by_key(|(end, length, _)| (*end, *length))
        .map(|(.., action)| action)
        .or_else(|| {
            ACTIONS
                .iter()
                .find(|(word, _)| mention.after.starts_with(word))
                .map(|(_, action)| *action)
        })
}

fn document(
    sentence: &Sentence<'_>,
    mention: &Mention<'_>,
    row: bool,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    // What was published, explained, reviewed or cleaned up is not what was issued.
    const NEAR: &WordSet = words![
        "公开", "发布", "解读", "审查", "审核", "备案", "清理", "意见", "公示", "上传", "修订",
        "修改", "评估", "拟", "上级", "转发", "征求", "累计", "历年", "类", "涉及", "宣传",
    ];
    let near = mention.near_contains(NEAR);
    let trial = figures.edition() == Edition::Trial2019;
    if trial {
        let readings = vec![
            figures.sum(&[t2("norms", "made")]),
            figures.read_as(&[t2("norms", "published")], "指本年新公开的"),
            figures.read_as(&[t2("norms", "total")], "指对外公开总数"),
        ];
        verdicts.compare(mention, readings, Weight::Maybe, "规范性文件");
        return;
    }
    let issued = figures.sum(&[t2("norms", "issued")]);
    let repealed = figures.sum(&[t2("norms", "repealed")]);
    let valid = figures.sum(&[t2("norms", "valid")]);
    // A government's text speaks of its own documents, of its office's, or of all in the area.
    let unsure = !figures.is_one_office() && !sentence.is_of_the_area();
    let exact = if near {
        Weight::Maybe
    } else if unsure {
        if row { Weight::Listed } else { Weight::Maybe }
    } else {
        Weight::Near
    };
    match action(mention) {
        Some("issued") => {
            verdicts.compare(mention, vec![issued], exact, "制发规范性文件");
        }
        Some("repealed") => {
            let weight = if row && !near {
                Weight::Listed
            } else {
                Weight::Maybe
            };
            verdicts.compare(mention, vec![repealed], weight, "废止规范性文件");
        }
        Some(_) => stock(mention, issued, valid, exact, verdicts),
        None => {
            let readings = vec![
                issued,
                figures.read_as(&[t2("norms", "valid")], "指现行有效的件数"),
            ];
            verdicts.compare(mention, readings, Weight::Maybe, "规范性文件");
        }
    }
}

/// Documents in force: kept ones and those issued in the year make the stock.
fn stock(
    mention: &Mention<'_>,
    issued: Option<Expected>,
    valid: Option<Expected>,
    weight: Weight,
    verdicts: &mut Verdicts<'_>,
) {
    let quantity = mention.quantity;
    if let (Some(issued), Some(valid)) = (&issued, &valid)
        && !quantity.allows(valid.value)
        && issued.value > 0
        && quantity.is_exact()
        && quantity.value.checked_add(issued.value) == Some(valid.value)
        && !verdicts.has(mention)
    {
        let message = format!(
            "正文写现行有效{}件，表中是{}件：保留{}件，加本年制发{}件，正好相等；可在正文补一句说明",
            quantity.figure(),
            valid.arithmetic,
            quantity.figure(),
            issued.arithmetic,
        );
        verdicts.reconciles(mention, valid, issued, message);
        return;
    }
    verdicts.compare(mention, vec![valid], weight, "现行有效规范性文件");
}

/// Licences, penalties and measures of coercion.
fn decisions(mention: &Mention<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    const LICENCE: &WordSet = words![
        "行政许可",
        "许可决定",
        "登记注册",
        "注册登记",
        "核准",
        "审批登记",
        "发证",
    ];
    const PENALTY: &WordSet = words!["行政处罚", "处罚决定", "撤销登记", "吊销", "立案", "处罚"];
    const COERCION: &WordSet = words!["行政强制"];
    if !matches!(
        mention.unit,
        "件" | "个" | "项" | "宗" | "起" | "家" | "条" | ""
    ) {
        return;
    }
    let names = |words: &WordSet| has(mention.near, words);
    let license = figures.sum(&[t2("license", "decisions")]);
    let penalty = figures.sum(&[t2("penalty", "decisions")]);
    let coercion = figures.sum(&[t2("coercion", "decisions")]);
    if names(PENALTY) {
        let both = figures.read_as(
            &[t2("penalty", "decisions"), t2("coercion", "decisions")],
            "处罚与强制合计",
        );
        let weight = direct(mention, "作出", "行政处罚");
        verdicts.compare(mention, vec![penalty, both], weight, "行政处罚决定");
    } else if names(COERCION) {
        let weight = direct(mention, "实施", "行政强制");
        verdicts.compare(mention, vec![coercion], weight, "行政强制决定");
    } else if names(LICENCE) {
        let weight = direct(mention, "作出", "行政许可");
        verdicts.compare(mention, vec![license], weight, "行政许可决定");
    }
}

/// Only the words of the form itself make a difference worth a warning; in a list of them, 行政许可35件，
/// 行政处罚4件, the others speak for it.
fn direct(mention: &Mention<'_>, verb: &str, noun: &str) -> Weight {
    let other = mention.near_contains(words![
        "公开", "公示", "信息", "目录", "事项", "其中", "受理", "申请", "案例", "上传", "归集",
        "标准", "职权",
    ]);
    let named = mention
        .near
        .trim_end_matches(['共', '：', '为'])
        .trim_end_matches("决定")
        .ends_with(noun);
    if other || !matches!(mention.unit, "件" | "宗" | "起") {
        Weight::Maybe
    } else if named && mention.near.contains(verb) && mention.unit == "件" {
        Weight::Near
    } else if named {
        Weight::Listed
    } else {
        Weight::Maybe
    }
}

/// 行政事业性收费 in yuan against the cell in 万元.
fn fees(mention: &Mention<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    if !mention.near.contains("行政事业性收费") || figures.edition() == Edition::Trial2019 {
        return;
    }
    let Some(cell) = figures.sum(&[t2("fee", "amount_wan")]) else {
        return;
    };
    let Some(yuan) = cell.value.checked_mul(10_000) else {
        return;
    };
    let off = (mention.quantity.value - yuan).abs();
    // Rounded to the last written digit.
    let value = if off * 2 <= mention.quantity.step {
        mention.quantity.value
    } else {
        yuan
    };
    let expected = Expected {
        value,
        arithmetic: format!("{}*10000", cell.arithmetic),
        ..cell
    };
    verdicts.compare(
        mention,
        vec![Some(expected)],
        Weight::Near,
        "行政事业性收费（元）",
    );
}
