//! Cell by cell: the parent's figure and the sum of the children's.

use std::collections::BTreeMap;

use statute::editions::{CellKey, Edition, Level};

use super::{CHILD_SUM_MISMATCH, Gap, name};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind, Place};
use crate::identities::words;
use crate::model::Cell;
use crate::reading::Reading;
use crate::rules::Sink;
use crate::rules::rolling_up::{CHILD_FIGURE_MISSING, CHILD_FIGURE_UNREADABLE};

/// The most terms that an arithmetic shows; the rest is one sum.
const TERMS: usize = 60;
/// The most cells that a message lists.
const LISTED: usize = 4;

/// A cell whose figure is not the sum.
struct Apart {
    key: CellKey,
    stated: i128,
    expected: i128,
    arithmetic: String,
}

pub(super) fn examine(parent: &Reading, children: &[&Reading], gap: &Gap, sink: &mut Sink) {
    let edition = parent.report.edition;
    for table in edition.tables() {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let mut lacking: Vec<(usize, CellKey)> = Vec::new();
        let mut unreadable: Vec<(usize, CellKey)> = Vec::new();
        for cell in edition.cells().filter(|cell| cell.key.table == table.key) {
            let key = cell.key;
            let Some(stated) = parent.report.tables.number(key).map(|it| it.micros()) else {
                continue;
            };
            let mut sum: i128 = 0;
            let mut terms = Vec::new();
            let mut whole = true;
            for (at, child) in children.iter().enumerate() {
                match child.report.tables.get(key) {
                    Cell::Number(figure) => {
                        sum += figure.micros();
                        terms.push(figure.micros());
                    }
                    Cell::Absent => {
                        whole = false;
                        lacking.push((at, key));
                    }
                    Cell::Unreadable(_) => {
                        whole = false;
                        unreadable.push((at, key));
                    }
                }
            }
            if terms.is_empty() {
                continue;
            }
            let apart = Apart {
                key,
                stated,
                expected: sum,
                arithmetic: addition(&terms),
            };
            let complete = whole && gap.missing == 0;
            relation(parent, &apart, complete, gap, sink);
            if gap.twice || stated == sum || (stated > sum && !complete) {
                continue;
            }
            if stated > sum {
                above.push(apart);
            } else {
                below.push(apart);
            }
        }
        report(parent, above, gap, sink);
        report(parent, below, gap, sink);
        gaps(children, edition, &lacking, false, sink);
        gaps(children, edition, &unreadable, true, sink);
    }
}

/// `3+0+4`; of very many terms the first, and the sum of the rest.
fn addition(terms: &[i128]) -> String {
    let (first, rest) = terms.split_at(terms.len().min(TERMS));
    let mut shown: Vec<i128> = first.to_vec();
    if !rest.is_empty() {
        shown.push(rest.iter().sum());
    }
    let mut out = String::new();
    for term in shown {
        if term >= 0 && !out.is_empty() {
            out.push('+');
        }
        out.push_str(&print(term));
    }
    out
}

fn relation(parent: &Reading, apart: &Apart, complete: bool, gap: &Gap, sink: &mut Sink) {
    let (stated, expected) = (apart.stated, apart.expected);
    let explanation = if stated <= expected {
        None
    } else if !complete {
        Some(format!(
            "缺报或者缺数，差额 {} 应为其中",
            print(stated - expected)
        ))
    } else if !gap.own {
        Some(format!("差额 {} 应为本级", print(stated - expected)))
    } else {
        None
    };
    let mut checked = Checked::equal(
        CheckedKind::RollUp,
        stated == expected || (stated > expected && !complete),
        print(stated),
        print(expected),
        &apart.arithmetic,
        parent.cell_place(apart.key),
    );
    checked.trivial = stated == 0 && expected == 0;
    checked.explanation = explanation;
    sink.examined(checked);
}

/// One finding for a table: a wrong figure in a row moves totals of row and column as well.
fn report(parent: &Reading, mut cells: Vec<Apart>, gap: &Gap, sink: &mut Sink) {
    let edition = parent.report.edition;
    // A part before the totals that follow from it.
    cells.sort_by_key(|apart| is_total(apart.key));
    let Some(first) = cells.first() else { return };
    let above = first.stated > first.expected;
    let mut listed: Vec<String> = cells
        .iter()
        .take(LISTED)
        .map(|apart| {
            let label = edition
                .cell(apart.key)
                .map_or_else(|| apart.key.to_string(), |cell| cell.label());
            format!(
                "“{label}”写 {}，下级之和是 {}",
                print(apart.stated),
                print(apart.expected)
            )
        })
        .collect();
    if cells.len() > LISTED {
        listed.push(format!("另有 {} 格不符", cells.len() - LISTED));
    }
    let title = edition
        .table(first.key.table)
        .map_or("", |table| table.title);
    // Documents published by several units count once in the whole, so that sums of the table of
    // 2014 say less (law file S14).
    let merged = edition == Edition::Stats2014;
    let (level, advice) = match (above, gap.own, merged) {
        (true, false, _) => (
            Level::Warning,
            "多出的部分应为本级的数；请补上本级的报告再核对，或者在引言写明汇总范围。",
        ),
        (_, _, true) => (
            Level::Warning,
            "各单位共同的事项去重后可以小于合计；不是去重的，请核对。",
        ),
        (true, true, false) => (
            Level::Error,
            "本级的报告已在其中，找不到多出部分的来源；请逐个单位核对。",
        ),
        (false, _, false) => (
            Level::Error,
            "汇总数不应小于下级之和；请逐个单位核对，更正汇总报告或者下级报告。",
        ),
    };
    let message = format!("“{title}”表：{}。{advice}", listed.join("；"));
    let related = cells
        .iter()
        .skip(1)
        .map(|apart| parent.cell_place(apart.key))
        .collect();
    sink.find(
        CHILD_SUM_MISMATCH
            .finding(parent.cell_place(first.key), message)
            .at_level(level)
            .with_figures(
                print(first.stated),
                print(first.expected),
                &*first.arithmetic,
            )
            .with_related(related),
    );
}

fn is_total(key: CellKey) -> bool {
    key.column == "total" || key.row == "result_total"
}

/// One finding for each child and table with cells that could not be added.
fn gaps(
    children: &[&Reading],
    edition: Edition,
    cells: &[(usize, CellKey)],
    unreadable: bool,
    sink: &mut Sink,
) {
    let mut by_child: BTreeMap<usize, (usize, CellKey)> = BTreeMap::new();
    for (at, key) in cells {
        by_child.entry(*at).or_insert((0, *key)).0 += 1;
    }
    for (at, (count, first)) in by_child {
        let Some(child) = children.get(at) else {
            continue;
        };
        let (rule, what) = if unreadable {
            (&CHILD_FIGURE_UNREADABLE, "填的不是数")
        } else {
            (&CHILD_FIGURE_MISSING, "没有数")
        };
        let message = format!(
            "{}的报告有 {count} 格{what}，第一格是{}；核对汇总数时没有计入，请该单位补报。",
            name(child),
            words(edition, first)
        );
        sink.find(
            rule.finding(Place::default(), message)
                .at_level(Level::Warning),
        );
    }
}
