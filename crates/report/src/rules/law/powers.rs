//! 规章 of a body that may not issue any.

use statute::editions::{CellKey, Level};

use crate::decimal::Decimal;
use crate::read::title::{Rank, rank};
use crate::reading::Reading;
use crate::rules::{Rule, Sink};

/// 立法法（2023）§91, §93 give the power to ministries, provinces, 设区的市 and 自治州 alone; so did
/// §80, §82 of 2015.
pub(super) const RULES_WITHOUT_POWER: Rule = Rule {
    name: "rules-without-power",
    code: "P301",
    level: Level::Error,
    summary: "无权制定规章的机关填了规章件数",
    english: "a body without the power to make rules reports rules",
    article: Some("立法法 §91、§93；条例 §20(一)"),
    page: include_str!("../pages/rules-without-power.md"),
};

const CELLS: &[(&str, &str)] = &[
    ("issued", "本年制发"),
    ("valid", "现行有效"),
    ("made", "本年新制作"),
    ("published", "本年新公开"),
    ("total", "对外公开总数"),
];

pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    let filled: Vec<(CellKey, &str, Decimal)> = CELLS
        .iter()
        .filter_map(|(column, label)| {
            let key = CellKey::new("t2", "rules", column);
            let figure = reading.report.tables.number(key)?;
            (figure.as_whole()? > 0).then_some((key, *label, figure))
        })
        .collect();
    let Some((first, ..)) = filled.first() else {
        return;
    };
    let unit = reading.report.unit.as_deref().unwrap_or_default();
    let (who, level) = match rank(unit) {
        Rank::Township => ("乡镇政府和街道办事处", Level::Error),
        Rank::County => ("县级政府", Level::Error),
        Rank::CountyDepartment => ("县级政府部门", Level::Error),
        // A department of a city drafts the city's rules and may have counted those.
        Rank::Department => ("地方政府部门", Level::Warning),
        Rank::Other if speaks_as_township(reading) => ("乡镇政府和街道办事处", Level::Error),
        Rank::Other => return,
    };
    let figures: Vec<String> = filled
        .iter()
        .map(|(_, label, figure)| format!("{label}{figure}件"))
        .collect();
    let (_, _, figure) = filled
        .first()
        .copied()
        .unwrap_or((*first, "", Decimal::default()));
    sink.find(
        RULES_WITHOUT_POWER
            .finding(
                reading.cell_place(*first),
                format!(
                    "“规章”一行填了{}；{who}无权制定规章（立法法第九十一条、第九十三条），应为0。请核对是否把规章制度或规范性文件计入",
                    figures.join("、")
                ),
            )
            .at_level(level)
            .with_figures(figure.to_string(), "0", "0")
            .with_related(
                filled
                    .iter()
                    .skip(1)
                    .map(|(key, ..)| reading.cell_place(*key))
                    .collect(),
            ),
    );
}

/// A report without a name that calls itself 我镇 more than once.
fn speaks_as_township(reading: &Reading) -> bool {
    reading.report.unit.is_none()
        && reading
            .prose
            .paragraphs
            .iter()
            .take(40)
            .flat_map(|paragraph| {
                ["我镇", "我乡", "我街道", "本镇", "本乡"]
                    .into_iter()
                    .map(|word| paragraph.text.matches(word).take(4).count())
            })
            .sum::<usize>()
            >= 2
}
