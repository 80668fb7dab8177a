//! Table 4, reconsideration and litigation: one printed line of fifteen figures.

use super::cell::CellKey;
use super::table::{Column, Line, Row, Slot, Table};

const LITIGATION: &str = "行政诉讼";

/// Key, label, group, definition, article. All three tracks have the same five columns.
const TRACKS: [(&str, &str, Option<&str>, &str, &str); 3] = [
    (
        "review",
        "行政复议",
        None,
        "因政府信息公开工作被申请行政复议的案件",
        "条例 §50(三)、§51",
    ),
    (
        "lit_direct",
        "未经复议直接起诉",
        Some(LITIGATION),
        "未经复议、被直接提起行政诉讼的案件",
        "条例 §50(三)、§51",
    ),
    (
        "lit_after_review",
        "复议后起诉",
        Some(LITIGATION),
        "经过复议、又被提起行政诉讼的案件",
        "条例 §50(三)、§51",
    ),
];

fn columns() -> Vec<Column> {
    vec![
        Column::new("upheld", "结果维持", "件", "维持或者驳回请求"),
        Column::new(
            "corrected",
            "结果纠正",
            "件",
            "撤销、变更、确认违法或者无效、责令履行",
        ),
        Column::new("other", "其他结果", "件", "不予受理、撤回、终止等"),
        Column::new("pending", "尚未审结", "件", "年末尚未审结"),
        Column::new("total", "总计", "件", "以上四类之和"),
    ]
}

/// The table, the same in the forms of 2019 and 2021.
pub(super) fn table() -> Table {
    let columns = columns();
    let width = columns.len() as u16;
    let heads = |rowspan| {
        columns
            .iter()
            .map(move |c| Slot::head(c.label).tall(rowspan))
    };

    let mut first = Line::new();
    let mut second = Line::new();
    let mut third = Line::new();
    let mut figures = Line::new();
    let mut rows = Vec::new();
    for (key, label, group, definition, article) in TRACKS {
        match group {
            // 行政复议 has no second level of heads, so its columns are two lines tall.
            None => {
                first.push(Slot::head(label).wide(width));
                second.extend(heads(2));
            }
            Some(group) => {
                if third.is_empty() {
                    let tracks = TRACKS.iter().filter(|track| track.2 == Some(group)).count();
                    first.push(Slot::head(group).wide(width * tracks as u16));
                }
                second.push(Slot::head(label).wide(width));
                third.extend(heads(1));
            }
        }
        figures.extend(
            columns
                .iter()
                .map(|c| Slot::figure(CellKey::new("t4", key, c.key))),
        );
        rows.push(Row {
            key,
            label,
            level: 0,
            group,
            definition,
            article,
            columns: columns.clone(),
        });
    }
    Table {
        key: "t4",
        title: "政府信息公开行政复议、行政诉讼情况",
        article: "条例 §50(三)",
        rows,
        lines: vec![first, second, third, figures],
        above: &[],
        below: &[],
    }
}
