//! Checking the figures of one report against the identities of its form.

use std::sync::LazyLock;

use statute::editions::{CellKey, Edition, Equation, Identity, Level, Relation};

use crate::decimal::{Decimal, print};
use crate::finding::{Checked, CheckedKind, Finding, Place};
use crate::model::{Cell, OTHER_MERGED, OTHER_PARTS, Report};
use crate::rules::tables::FIGURE_NOT_COUNT;
use crate::words::{has, words};

/// Examines every identity of the report's form, and whether every figure can stand in its cell.
///
/// An equation with an absent or unreadable cell is skipped: it can neither hold nor fail. The
/// second list names each examined equation once, also those that hold.
pub fn check_identities(report: &Report) -> (Vec<Finding>, Vec<Checked>) {
    let cells = cells(report);
    let mut findings = not_counts(report, &cells);
    let mut checked = Vec::new();
    let mut places = Places::of(report.edition).equations.iter();
    for identity in report.edition.identities() {
        for equation in &identity.equations {
            let places = places.next().map_or(&[][..], Vec::as_slice);
            let Some(outcome) = evaluate(report, equation, places, &cells) else {
                continue;
            };
            if !outcome.checked.holds {
                findings.push(finding(report, identity, equation, &outcome));
            }
            checked.push(outcome.checked);
        }
    }
    (findings, checked)
}

/// Where the cells of an edition's equations stand among its cells. Five hundred cells are looked up
/// in a report; their places are found once.
struct Places {
    /// The cells by key, each with its place.
    sorted: Vec<(CellKey, usize)>,
    /// Of each equation, in the order of the identities.
    equations: Vec<Vec<usize>>,
}

impl Places {
    fn of(edition: Edition) -> &'static Places {
        static STATS2014: LazyLock<Places> = LazyLock::new(|| Places::find(Edition::Stats2014));
        static TRIAL2019: LazyLock<Places> = LazyLock::new(|| Places::find(Edition::Trial2019));
        static FORMAT2021: LazyLock<Places> = LazyLock::new(|| Places::find(Edition::Format2021));
        static NARRATIVE: LazyLock<Places> = LazyLock::new(|| Places::find(Edition::Narrative));
        match edition {
            Edition::Stats2014 => &STATS2014,
            Edition::Trial2019 => &TRIAL2019,
            Edition::Format2021 => &FORMAT2021,
            Edition::Narrative => &NARRATIVE,
        }
    }

    fn find(edition: Edition) -> Places {
        let cells = edition.cells().enumerate();
        let mut sorted: Vec<(CellKey, usize)> = cells.map(|(at, cell)| (cell.key, at)).collect();
        sorted.sort_unstable();
        // A cell that the edition does not have is absent from every report.
        let place = |key: CellKey| {
            let found = sorted.binary_search_by_key(&key, |(key, _)| *key);
            found
                .ok()
                .and_then(|at| sorted.get(at))
                .map_or(usize::MAX, |(_, at)| *at)
        };
        let equations = edition
            .identities()
            .iter()
            .flat_map(|identity| &identity.equations);
        let equations = equations
            .map(|equation| equation.cells().map(place).collect())
            .collect();
        Places { sorted, equations }
    }
}

/// What stands in the cells of a report's edition, in their order.
fn cells(report: &Report) -> Vec<&Cell> {
    let sorted = &Places::of(report.edition).sorted;
    let mut cells = vec![&Cell::Absent; sorted.len()];
    let mut filled = report.tables.iter().peekable();
    for (key, at) in sorted {
        while filled.next_if(|(other, _)| other < key).is_some() {}
        if let Some((_, cell)) = filled.next_if(|(other, _)| other == key)
            && let Some(place) = cells.get_mut(*at)
        {
            *place = cell;
        }
    }
    cells
}

struct Evaluated {
    checked: Checked,
    /// Stated less expected, in millionths.
    excess: i128,
}

/// `places` are those of the equation's cells among `cells`.
fn evaluate(
    report: &Report,
    equation: &Equation,
    places: &[usize],
    cells: &[&Cell],
) -> Option<Evaluated> {
    let mut places = places.iter();
    let mut next = || match cells.get(*places.next()?)? {
        Cell::Number(figure) => Some(*figure),
        Cell::Absent | Cell::Unreadable(_) => None,
    };
    let stated = next()?.micros();
    let mut expected: i128 = 0;
    let mut arithmetic = String::new();
    let mut trivial = stated == 0;
    let mut merged = false;
    for term in &equation.expected {
        let figure = match next() {
            Some(figure) => figure,
            None => match merged_other(report, term.cell)? {
                Merged::Here(figure) => {
                    merged = true;
                    figure
                }
                Merged::Counted => continue,
            },
        };
        let figure = figure.micros();
        let value = figure.checked_mul(i128::from(term.coefficient))?;
        expected = expected.checked_add(value)?;
        trivial &= figure == 0;
        let negative = value < 0 || (value == 0 && term.coefficient < 0);
        match (negative, arithmetic.is_empty()) {
            (true, _) => arithmetic.push('-'),
            (false, false) => arithmetic.push('+'),
            (false, true) => {}
        }
        if term.coefficient.unsigned_abs() != 1 {
            arithmetic.push_str(&format!("{}*", term.coefficient.unsigned_abs()));
        }
        arithmetic.push_str(&print(figure.abs()));
    }
    if arithmetic.is_empty() {
        arithmetic.push('0');
    }
    let holds = match equation.relation {
        Relation::Equal => stated == expected,
        Relation::AtMost => stated <= expected,
        Relation::AtLeast => stated >= expected,
    };
    let checked = Checked {
        kind: CheckedKind::TableIdentity,
        holds,
        trivial,
        stated: print(stated),
        relation: equation.relation.words().to_owned(),
        expected: print(expected),
        arithmetic,
        explanation: merged.then(|| "“（六）其他处理”合为一行，按一行相加".to_owned()),
        place: Place::of_cell(report.edition, equation.stated),
    };
    Some(Evaluated {
        checked,
        excess: stated - expected,
    })
}

/// What stands for a cell of （六）其他处理 where the three rows of the form are one.
enum Merged {
    /// The figure of the one row, in the place of the first of the three.
    Here(Decimal),
    /// It was counted with the first.
    Counted,
}

fn merged_other(report: &Report, cell: CellKey) -> Option<Merged> {
    if !OTHER_PARTS.contains(&cell.row) {
        return None;
    }
    let part = |row| CellKey::new(cell.table, row, cell.column);
    let absent = |row: &&'static str| *report.tables.get(part(row)) == Cell::Absent;
    if !OTHER_PARTS.iter().all(absent) {
        return None;
    }
    let figure = report.tables.number(part(OTHER_MERGED))?;
    Some(if OTHER_PARTS.first() == Some(&cell.row) {
        Merged::Here(figure)
    } else {
        Merged::Counted
    })
}

fn finding(report: &Report, identity: &Identity, equation: &Equation, at: &Evaluated) -> Finding {
    let Checked {
        stated,
        expected,
        arithmetic,
        place,
        ..
    } = &at.checked;
    let sum = if arithmetic == expected {
        expected.clone()
    } else {
        format!("{arithmetic} = {expected}")
    };
    let eased = at.excess > 0 && mentions(report, identity.eased_by);
    let advice = if eased {
        "报告提到尚有未审结案件，请核对差额与未审结件数是否相同"
    } else {
        "请核对这些单元格，更正填错的一格"
    };
    Finding {
        rule: identity.name.to_owned(),
        code: identity.code.to_owned(),
        level: if eased {
            Level::Warning
        } else {
            identity.level
        },
        message: format!(
            "{}为 {stated}，{} {sum}，相差 {}：{}（{}）。{advice}。",
            words(report.edition, equation.stated),
            equation.relation.demand(),
            print(at.excess.abs()),
            identity.statement,
            identity.article,
        ),
        stated: Some(stated.clone()),
        expected: Some(expected.clone()),
        arithmetic: Some(arithmetic.clone()),
        place: place.clone(),
        related: equation
            .expected
            .iter()
            .map(|term| Place::of_cell(report.edition, term.cell))
            .collect(),
    }
}

/// Whether a sentence of the report's text or notes contains one of the words and does not deny it
/// (`无未审结案件`).
fn mentions(report: &Report, words: &[&str]) -> bool {
    let sections = report
        .sections
        .iter()
        .flat_map(|section| section.paragraphs.iter());
    let notes = report.notes.iter().map(|note| &note.text);
    let says = |sentence: &str| {
        words.iter().any(|word| sentence.contains(word)) && !has(sentence, words!["无", "没有"])
    };
    sections
        .chain(notes)
        .any(|text| text.split(['。', '；', ';', '\n']).any(says))
}

/// A cell in words: `“收到和处理政府信息公开申请情况”表“（七）总计（自然人）”`.
pub(crate) fn words(edition: Edition, key: CellKey) -> String {
    let title = edition
        .table(key.table)
        .map_or(key.table, |table| table.title);
    match edition.cell(key) {
        Some(cell) => format!("“{title}”表“{}”", cell.label()),
        None => format!("“{title}”表“{key}”"),
    }
}

/// Figures that cannot stand in their cell: a count must be a whole number that is not negative, an
/// amount must not be negative.
fn not_counts(report: &Report, cells: &[&Cell]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (cell, stated) in report.edition.cells().zip(cells) {
        let stated = match stated {
            Cell::Absent => continue,
            Cell::Unreadable(text) => text.clone(),
            Cell::Number(figure) => {
                let fraction = !figure.is_whole() && !cell.is_money();
                if !fraction && (!figure.is_negative() || cell.signed) {
                    continue;
                }
                figure.to_string()
            }
        };
        let wanted = match (cell.is_money(), cell.signed) {
            (true, _) => "不小于 0 的金额（万元）",
            (false, true) => "整数",
            (false, false) => "不小于 0 的整数，没有的填 0",
        };
        let mut finding = FIGURE_NOT_COUNT.finding(
            Place::of_cell(report.edition, cell.key),
            format!(
                "{}填的是“{stated}”，应为{wanted}，请更正。",
                words(report.edition, cell.key)
            ),
        );
        finding.stated = Some(stated);
        findings.push(finding);
    }
    findings
}
