//! Stocks: valid documents of the form of 2021, items of the trial form.

use statute::editions::{CellKey, Edition};

use super::{LAST_YEAR_ITEMS_MISMATCH, Pair, VALID_STOCK_MISMATCH};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind};
use crate::rules::Sink;

/// Words that say why a stock is not what it was and what came and went: documents cleared out,
/// lapsed or taken over from another unit.
const CLEARED: &[&str] = &[
    "清理",
    "机构改革",
    "撤并",
    "职能划转",
    "职责划转",
    "失效",
    "到期",
    "口径",
    "宣布废止",
    "历史累计",
];

pub(super) fn examine(pair: &Pair<'_>, sink: &mut Sink) {
    match (pair.current.report.edition, pair.previous.report.edition) {
        (Edition::Format2021, Edition::Format2021) => {
            for row in ["rules", "norms"] {
                valid(pair, row, sink);
            }
        }
        (Edition::Trial2019, Edition::Trial2019) => {
            for row in ["license", "service", "penalty", "coercion"] {
                items(pair, row, sink);
            }
        }
        // 〔2019〕60号 counts made and published items, 〔2021〕30号 issued and valid ones; the table
        // of 2014 has no stock.
        _ => {}
    }
}

/// Valid last year, with what was issued and without what was repealed since.
fn valid(pair: &Pair<'_>, row: &'static str, sink: &mut Sink) {
    let key = |column| CellKey::new("t2", row, column);
    let (Some(stated), Some(issued), Some(repealed), Some(before)) = (
        pair.now(key("valid")),
        pair.now(key("issued")),
        pair.now(key("repealed")),
        pair.before(key("valid")),
    ) else {
        return;
    };
    let expected = before + issued - repealed;
    let plain = stated == expected;
    let reason = (!plain).then(|| pair.reason("文件", CLEARED)).flatten();
    let place = pair.current.cell_place(key("valid"));
    let arithmetic = format!("{}+{}-{}", print(before), print(issued), print(repealed));
    let mut checked = Checked::equal(
        CheckedKind::CrossYear,
        plain || reason.is_some(),
        print(stated),
        print(expected),
        &arithmetic,
        place.clone(),
    );
    checked.trivial = [stated, before, issued, repealed].iter().all(|it| *it == 0);
    checked.explanation =
        reason.map(|word| format!("正文提到“{word}”，现行有效件数可以不由上年推出"));
    sink.examined(checked);
    if plain || reason.is_some() {
        return;
    }
    let what = if row == "rules" {
        "规章"
    } else {
        "行政规范性文件"
    };
    let message = format!(
        "{what}现行有效件数写 {}，按{}现行有效加本年制发减本年废止应为 {arithmetic}={}；有清理、失效或者划转的请写明，否则请核对。",
        print(stated),
        pair.last_year(),
        print(expected)
    );
    sink.find(
        VALID_STOCK_MISMATCH
            .finding(place, message)
            .with_figures(print(stated), print(expected), arithmetic)
            .with_related(vec![
                pair.earlier(pair.previous.cell_place(key("valid"))),
                pair.current.cell_place(key("issued")),
                pair.current.cell_place(key("repealed")),
            ]),
    );
}

/// 上一年项目数量: last year's items, or its decisions, as bodies understood the heading.
fn items(pair: &Pair<'_>, row: &'static str, sink: &mut Sink) {
    let key = |column| CellKey::new("t2", row, column);
    let stated = pair.now(key("last_year"));
    let (Some(stated), Some(last), Some(change)) = (
        stated,
        pair.before(key("last_year")),
        pair.before(key("change")),
    ) else {
        return;
    };
    let expected = last + change;
    let decisions = pair.before(key("decisions"));
    let explanation = if stated == expected {
        None
    } else if decisions == Some(stated) {
        Some("按上年的处理决定数量填写")
    } else if stated == last {
        Some("与上年所填的上一年项目数量相同")
    } else {
        Some("")
    };
    let holds = explanation != Some("");
    let place = pair.current.cell_place(key("last_year"));
    let arithmetic = if change < 0 {
        format!("{}-{}", print(last), print(-change))
    } else {
        format!("{}+{}", print(last), print(change))
    };
    let mut checked = Checked::equal(
        CheckedKind::CrossYear,
        holds,
        print(stated),
        print(expected),
        &arithmetic,
        place.clone(),
    );
    checked.trivial = stated == 0 && expected == 0;
    checked.explanation = explanation
        .filter(|text| !text.is_empty())
        .map(str::to_owned);
    sink.examined(checked);
    if holds {
        return;
    }
    let label = pair
        .current
        .report
        .edition
        .cell(key("last_year"))
        .map_or(row, |cell| cell.row_label);
    let message = format!(
        "{label}的上一年项目数量写 {}，{}报告的项目数量加增减是 {arithmetic}={}，也不是上年的处理决定数量；请核对口径。",
        print(stated),
        pair.last_year(),
        print(expected)
    );
    sink.find(
        LAST_YEAR_ITEMS_MISMATCH
            .finding(place, message)
            .with_figures(print(stated), print(expected), arithmetic)
            .with_related(vec![
                pair.earlier(pair.previous.cell_place(key("last_year"))),
                pair.earlier(pair.previous.cell_place(key("change"))),
            ]),
    );
}
