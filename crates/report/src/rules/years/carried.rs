//! Requests carried over, and cases still pending, from one year into the next.

use crate::words::{has, words};
use statute::editions::{CellKey, Edition, Level};

use super::{CARRIED_OVER_MISMATCH, PENDING_CASES_LOST, Pair};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::reading::Reading;
use crate::rules::Sink;
use crate::rules::shares::terms;

/// The total comes last, so that a single finding stands at the figure that others follow from.
const COLUMNS: [&str; 7] = [
    "natural", "business", "research", "charity", "legal", "other", "total",
];

/// Words that say that the unit, or what it counts, is no longer what it was (law file T3-5).
const REORGANISED: &[&str] = &[
    "机构改革",
    "撤并",
    "合并组建",
    "职能划转",
    "职责划转",
    "划转至",
    "划入我",
    "区划调整",
    "撤销合并",
    "统计口径",
    "口径调整",
    "口径变化",
];

pub(super) fn examine(pair: &Pair<'_>, sink: &mut Sink) {
    if !tables(pair, sink) {
        sentence(pair, sink);
    }
    cases(pair, sink);
}

fn cell(row: &'static str, column: &'static str) -> CellKey {
    CellKey::new("t3", row, column)
}

fn has_requests(edition: Edition) -> bool {
    edition.table("t3").is_some()
}

/// `carried_in` of this year against `carried_out` of the last, column by column. Whether there was
/// anything to compare.
fn tables(pair: &Pair<'_>, sink: &mut Sink) -> bool {
    let editions = [pair.current.report.edition, pair.previous.report.edition];
    if !editions.into_iter().all(has_requests) {
        return false;
    }
    let mut compared = false;
    let mut apart: Vec<&'static str> = Vec::new();
    let reason = pair.reason("", REORGANISED);
    for column in COLUMNS {
        let (to, from) = (cell("carried_in", column), cell("carried_out", column));
        let (Some(stated), Some(expected)) = (pair.now(to), pair.before(from)) else {
            continue;
        };
        compared = true;
        let holds = stated == expected;
        if !holds {
            apart.push(column);
        }
        let mut checked = Checked::equal(
            CheckedKind::CrossYear,
            holds,
            print(stated),
            print(expected),
            print(expected),
            pair.current.cell_place(to),
        );
        checked.trivial = stated == 0 && expected == 0;
        if !holds {
            checked.explanation = reason.map(|word| format!("正文提到“{word}”"));
        }
        sink.examined(checked);
    }
    report(pair, &apart, reason, sink);
    compared
}

/// One fault moves its own column and the total: one finding.
fn report(pair: &Pair<'_>, apart: &[&'static str], reason: Option<&str>, sink: &mut Sink) {
    let Some(first) = apart.first() else { return };
    let (to, from) = (cell("carried_in", first), cell("carried_out", first));
    let (Some(stated), Some(expected)) = (pair.now(to), pair.before(from)) else {
        return;
    };
    let (stated, expected) = (print(stated), print(expected));
    let label = |column: &str| {
        pair.current
            .report
            .edition
            .cell(cell("carried_in", "total"))
            .and(pair.current.report.edition.table("t3"))
            .and_then(|table| table.row("carried_in"))
            .and_then(|row| row.columns.iter().find(|it| it.key == column))
            .map_or(column.to_owned(), |it| it.label.to_owned())
    };
    let listed: Vec<String> = apart
        .iter()
        .filter_map(|column| {
            let now = pair.now(cell("carried_in", column))?;
            let before = pair.before(cell("carried_out", column))?;
            Some(format!(
                "{}写 {}，上年 {}",
                label(column),
                print(now),
                print(before)
            ))
        })
        .collect();
    let last = pair.last_year();
    let mut message = format!(
        "“上年结转”应等于{last}报告的“结转下年度继续办理”：{}",
        listed.join("；")
    );
    let unbalanced = apart.iter().any(|column| !balances(pair.previous, column));
    let level = if let Some(word) = reason {
        message.push_str(&format!(
            "。正文提到“{word}”，差异可能由此而来；请写明差异的原因。"
        ));
        Level::Warning
    } else if unbalanced {
        message.push_str(&format!(
            "。按{last}报告，这一列自身不平衡，错的可能是上年的数；请核对两年的台账。"
        ));
        Level::Warning
    } else if !pair.sure {
        message.push_str("。两份报告的单位或者年度不能确定前后相接；请核对。");
        Level::Warning
    } else {
        message.push_str("。请核对两年的台账，更正本年的数，或者写明差异的原因。");
        Level::Error
    };
    let mut related: Vec<_> = vec![pair.earlier(pair.previous.cell_place(from))];
    related.extend(
        apart
            .iter()
            .skip(1)
            .map(|column| pair.current.cell_place(cell("carried_in", column))),
    );
    sink.find(
        CARRIED_OVER_MISMATCH
            .finding(pair.current.cell_place(to), message)
            .at_level(level)
            .with_figures(stated, expected.clone(), expected)
            .with_related(related),
    );
}

/// Whether a column of last year's table balances, as far as its figures are known.
fn balances(reading: &Reading, column: &'static str) -> bool {
    let figure = |row| {
        let number = reading.report.tables.number(cell(row, column));
        number.map(|it| it.micros())
    };
    match (
        figure("new"),
        figure("carried_in"),
        figure("result_total"),
        figure("carried_out"),
    ) {
        (Some(new), Some(carried), Some(done), Some(open)) => new + carried == done + open,
        _ => true,
    }
}

/// `上年结转3件` in the text of a report whose table has no figure for it.
fn sentence(pair: &Pair<'_>, sink: &mut Sink) {
    let total = cell("carried_out", "total");
    let before = pair
        .before(total)
        .filter(|_| has_requests(pair.previous.report.edition));
    let (expected, source) = match before {
        Some(figure) => (figure, pair.earlier(pair.previous.cell_place(total))),
        None => match carried(pair.previous, Way::Out) {
            Some((paragraph, quantity)) => (
                quantity.value,
                pair.earlier(paragraph.place(quantity.span.clone())),
            ),
            None => return,
        },
    };
    let Some((paragraph, quantity)) = carried(pair.current, Way::In) else {
        return;
    };
    let holds = quantity.value == expected;
    let place = paragraph.place(quantity.span.clone());
    let (stated, expected) = (quantity.figure(), print(expected));
    let mut checked = Checked::equal(
        CheckedKind::CrossYear,
        holds,
        &stated,
        &expected,
        &expected,
        place.clone(),
    );
    checked.trivial = quantity.value == 0 && expected == "0";
    sink.examined(checked);
    if !holds {
        let message = format!(
            "正文写上年结转 {stated} 件，{}报告的结转下年度数是 {expected}；请核对两年的台账。",
            pair.last_year()
        );
        sink.find(
            CARRIED_OVER_MISMATCH
                .finding(place, message)
                // A sentence may speak of another scope than the table of last year.
                .at_level(Level::Warning)
                .with_figures(stated, expected.clone(), expected)
                .with_related(vec![source]),
        );
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

/// The only number of requests that a text says were carried in, or out. Two numbers are none.
fn carried(reading: &Reading, way: Way) -> Option<(&Paragraph, &Quantity)> {
    let mut found: Option<(&Paragraph, &Quantity)> = None;
    for paragraph in &reading.prose.paragraphs {
        if !paragraph.text.contains("结转") {
            continue;
        }
        for (at, quantity) in paragraph.quantities.iter().enumerate() {
            if quantity.sort != Sort::Count
                || !quantity.is_exact()
                || !["件", "宗", "份", "条", "个", "项"].contains(&terms::unit(paragraph, quantity))
            {
                continue;
            }
            let clause = terms::clause(terms::lead(paragraph, at));
            if !leads(clause, way) {
                continue;
            }
            match found {
                Some((_, other)) if other.value != quantity.value => return None,
                _ => found = Some((paragraph, quantity)),
            }
        }
    }
    found
}

/// Whether a clause before a number means what was carried in, or out.
fn leads(clause: &str, way: Way) -> bool {
    let Some(at) = clause.rfind("结转") else {
        return false;
    };
    let (before, after) = (
        clause.get(..at).unwrap_or_default(),
        clause.get(at + "结转".len()..).unwrap_or_default(),
    );
    if after.chars().count() > 16 {
        return false;
    }
    let out = has(after, words!["下", "次年", "明年", "至", "到", "20"]) || after.starts_with('入');
    let into =
        has(before, words!["上年", "上一年", "去年", "年度", "年"]) || after.starts_with("上年");
    match way {
        Way::In => into && !out,
        Way::Out => out,
    }
}

/// Cases pending at the end of last year are among this year's (law file §4).
fn cases(pair: &Pair<'_>, sink: &mut Sink) {
    for row in ["review", "lit_direct", "lit_after_review"] {
        let (all, open) = (
            CellKey::new("t4", row, "total"),
            CellKey::new("t4", row, "pending"),
        );
        let editions = [&pair.current.report, &pair.previous.report];
        if editions
            .iter()
            .any(|report| report.edition.cell(all).is_none())
        {
            return;
        }
        let (Some(stated), Some(least)) = (pair.now(all), pair.before(open)) else {
            continue;
        };
        let holds = stated >= least;
        let place = pair.current.cell_place(all);
        let mut checked = Checked::equal(
            CheckedKind::CrossYear,
            holds,
            print(stated),
            print(least),
            print(least),
            place.clone(),
        );
        checked.relation = "不小于".to_owned();
        checked.trivial = stated == 0 && least == 0;
        sink.examined(checked);
        if holds {
            continue;
        }
        let name = match row {
            "review" => "行政复议",
            "lit_direct" => "未经复议直接起诉",
            _ => "复议后起诉",
        };
        let message = format!(
            "{name}的总计是 {}，少于{}报告中尚未审结的 {}；上年未结的案件应计入本年的结果或者仍列为尚未审结，请核对。",
            print(stated),
            pair.last_year(),
            print(least)
        );
        sink.find(
            PENDING_CASES_LOST
                .finding(place, message)
                .with_figures(print(stated), print(least), print(least))
                .with_related(vec![pair.earlier(pair.previous.cell_place(open))]),
        );
    }
}
