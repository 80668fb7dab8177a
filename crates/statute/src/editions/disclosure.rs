//! Table 2, what was published on the office's own initiative, in both forms since 2019.

use super::cell::CellKey;
use super::table::{Column, Line, Row, Slot, Table};

/// A part of the table: an item of article 20 with its own columns.
struct Part {
    /// The group line: `第二十条第（一）项`.
    item: &'static str,
    article: &'static str,
    columns: Vec<Column>,
    /// Key, label, definition.
    rows: &'static [(&'static str, &'static str, &'static str)],
}

/// The form of 〔2021〕30号.
pub(super) fn format2021() -> Table {
    let decided = |definition| {
        vec![Column::new(
            "decisions",
            "本年处理决定数量",
            "件",
            definition,
        )]
    };
    build(
        4,
        &[
            Part {
                item: "第二十条第（一）项",
                article: "条例 §20(一)",
                columns: vec![
                    Column::new(
                        "issued",
                        "本年制发件数",
                        "件",
                        "报告年度内制发的件数，按文件计",
                    ),
                    Column::new(
                        "repealed",
                        "本年废止件数",
                        "件",
                        "报告年度内废止的件数，按文件计",
                    ),
                    Column::new(
                        "valid",
                        "现行有效件数",
                        "件",
                        "报告年度末现行有效的件数，按文件计",
                    ),
                ],
                rows: &[
                    ("rules", "规章", "有规章制定权的机关制定的规章"),
                    (
                        "norms",
                        "行政规范性文件",
                        "规章以外对公众有约束力的文件，联合发文由牵头机关计一件",
                    ),
                ],
            },
            Part {
                item: "第二十条第（五）项",
                article: "条例 §20(五)",
                columns: decided("本年作出的行政许可处理决定，含准予和不予"),
                rows: &[("license", "行政许可", "")],
            },
            Part {
                item: "第二十条第（六）项",
                article: "条例 §20(六)",
                columns: decided("本年作出的决定，不论是否公开"),
                rows: &[("penalty", "行政处罚", ""), ("coercion", "行政强制", "")],
            },
            Part {
                item: "第二十条第（八）项",
                article: "条例 §20(八)",
                columns: vec![Column::new(
                    "amount_wan",
                    "本年收费金额（单位：万元）",
                    "万元",
                    "本年行政事业性收费金额",
                )],
                rows: &[("fee", "行政事业性收费", "")],
            },
        ],
    )
}

/// The trial form of 〔2019〕60号.
pub(super) fn trial2019() -> Table {
    let last_year = Column::new("last_year", "上一年项目数量", "项", "上一年末的项目数");
    let change = Column::new("change", "本年增/减", "项", "本年增加的项目数，减少为负").signed();
    let decisions = Column::new("decisions", "处理决定数量", "件", "本年作出的处理决定");
    build(
        4,
        &[
            Part {
                item: "第二十条第（一）项",
                article: "条例 §20(一)",
                columns: vec![
                    Column::new("made", "本年新制作数量", "件", "报告年度内制作的件数"),
                    Column::new("published", "本年新公开数量", "件", "报告年度内公开的件数"),
                    Column::new("total", "对外公开总数量", "件", "报告年度末对外公开的件数"),
                ],
                rows: &[("rules", "规章", ""), ("norms", "规范性文件", "")],
            },
            Part {
                item: "第二十条第（五）项",
                article: "条例 §20(五)",
                columns: vec![last_year, change, decisions],
                rows: &[
                    ("license", "行政许可", ""),
                    ("service", "其他对外管理服务事项", ""),
                ],
            },
            Part {
                item: "第二十条第（六）项",
                article: "条例 §20(六)",
                columns: vec![last_year, change, decisions],
                rows: &[("penalty", "行政处罚", ""), ("coercion", "行政强制", "")],
            },
            Part {
                item: "第二十条第（八）项",
                article: "条例 §20(八)",
                columns: vec![last_year, change],
                rows: &[("fee", "行政事业性收费", "")],
            },
            Part {
                item: "第二十条第（九）项",
                article: "条例 §20(九)",
                columns: vec![
                    Column::new("items", "采购项目数量", "项", "本年政府集中采购的项目数"),
                    Column::new(
                        "amount_wan",
                        "采购总金额",
                        "万元",
                        "本年政府集中采购的总金额",
                    ),
                ],
                rows: &[("procurement", "政府集中采购", "")],
            },
        ],
    )
}

/// Lays the parts out in `width` columns. A part with fewer columns stretches its last one, as the
/// printed form does.
fn build(width: u16, parts: &[Part]) -> Table {
    let mut rows = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for part in parts {
        let spare = width
            .saturating_sub(1)
            .saturating_sub(part.columns.len() as u16);
        let stretch = |slots: Vec<Slot>| -> Line {
            let mut line = slots;
            if let Some(last) = line.last_mut() {
                *last = last.wide(1 + spare);
            }
            line
        };
        lines.push(vec![Slot::head(part.item).wide(width)]);
        let heads = part.columns.iter().map(|column| Slot::head(column.label));
        lines.push(stretch(
            [Slot::head("信息内容")].into_iter().chain(heads).collect(),
        ));
        for &(key, label, definition) in part.rows {
            let figures = part
                .columns
                .iter()
                .map(|column| Slot::figure(CellKey::new("t2", key, column.key)));
            lines.push(stretch(
                [Slot::head(label)].into_iter().chain(figures).collect(),
            ));
            rows.push(Row {
                key,
                label,
                level: 0,
                group: Some(part.item),
                definition,
                article: part.article,
                columns: part.columns.clone(),
            });
        }
    }
    Table {
        key: "t2",
        title: "主动公开政府信息情况",
        article: "条例 §50(一)",
        rows,
        lines,
        above: &[],
        below: &[],
    }
}
