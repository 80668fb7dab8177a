//! What reading could not do, or did in another way than by the form; as findings.

use statute::editions::{CellKey, Edition, Level};

use super::assign::Assignment;
use super::lexicon::Kind;
use super::record::{Item, Record};
use super::tables::{Draft, Source};
use super::words;
use crate::finding::{Finding, Place};
use crate::rules::form_of_file as rules;

/// Something that reading met.
#[derive(Debug, Clone)]
pub(super) enum Trouble {
    /// A cell that holds no figure.
    Cell {
        key: CellKey,
        text: String,
        place: Place,
    },
    /// A row with values of which nobody can say to which columns they belong.
    Row {
        label: &'static str,
        wanted: usize,
        values: Vec<String>,
        place: Place,
    },
    /// A misprinted label.
    Misprint {
        printed: String,
        label: &'static str,
        place: Place,
    },
    /// Rows told by their order.
    ByOrder { kind: Kind, rows: usize },
    /// The text ends in the table.
    Cut { kind: Kind, place: Place },
    /// Rows of the form that are not there.
    Missing {
        kind: Kind,
        labels: Vec<&'static str>,
    },
    /// （六）其他处理 is one row where the form has three.
    OtherMerged { place: Place },
    /// A table stands there twice.
    Twice {
        kind: Kind,
        /// A row with its values in the first and in the second.
        row: String,
        values: [Vec<String>; 2],
        /// Where the row stands the second time.
        place: Place,
    },
}

/// Misprints, order, rows that are missing or there twice.
pub(super) fn of_rows(
    draft: &mut Draft,
    source: &Source<'_, '_>,
    items: &[Item<'_>],
    assignment: &Assignment,
    expected: &[&'static str],
) {
    let Some(table) = source.edition.table(source.kind.table()) else {
        return;
    };
    for one in &assignment.rows {
        if let (Some(printed), Some(row)) = (&one.misprint, table.row(one.row))
            && !is_torn(printed, row.label, one.joined)
        {
            draft.troubles.push(Trouble::Misprint {
                printed: printed.clone(),
                label: row.label,
                place: source.place(one.line, one.line),
            });
        }
    }
    if assignment.by_order {
        let named = assignment.rows.len();
        draft.troubles.push(Trouble::ByOrder {
            kind: source.kind,
            rows: named,
        });
    }
    if let Some(again) = assignment.again {
        let (first, second) = again.items;
        if let (Some(Item::Record(first)), Some(Item::Record(second))) =
            (items.get(first), items.get(second))
        {
            let label = table.row(again.row).map_or("", |row| row.label);
            draft.troubles.push(twice(source, label, first, second));
        }
    }
    let merged_other = draft.read.contains(&"other");
    let missing: Vec<&'static str> = table
        .rows
        .iter()
        .filter(|row| {
            let seen = assignment.seen.contains(&row.key) || draft.read.contains(&row.key);
            let merged = merged_other && row.key.starts_with("other.");
            !(seen || merged)
        })
        .map(|row| row.label)
        .collect();
    let last = expected.last().copied().unwrap_or_default();
    if source.cut && (!missing.is_empty() || !draft.read.contains(&last)) {
        let at = source.lines.len().saturating_sub(1);
        draft.troubles.push(Trouble::Cut {
            kind: source.kind,
            place: source.place(at, at),
        });
    } else if !missing.is_empty() {
        draft.troubles.push(Trouble::Missing {
            kind: source.kind,
            labels: missing,
        });
    }
}

/// That a table stands there twice, seen in the values of a row.
pub(super) fn twice(
    source: &Source<'_, '_>,
    row: &str,
    first: &Record<'_>,
    second: &Record<'_>,
) -> Trouble {
    let values = |record: &Record<'_>| record.figures().into_iter().map(str::to_owned).collect();
    Trouble::Twice {
        kind: source.kind,
        row: row.to_owned(),
        values: [values(first), values(second)],
        place: source.place(second.lines.0, second.lines.1),
    }
}

/// Whether a label only lacks its end or has pieces of its neighbours in it, as where the lines of
/// narrow cells run into each other.
fn is_torn(printed: &str, label: &str, joined: bool) -> bool {
    let (printed, label) = (words::key(printed), words::key(label));
    let mut rest = printed.chars();
    label.contains(&printed) || joined && label.chars().all(|c| rest.any(|other| other == c))
}

/// The findings for what reading met.
pub(super) fn findings(troubles: &[Trouble], edition: Edition) -> Vec<Finding> {
    troubles
        .iter()
        .map(|trouble| finding(trouble, edition))
        .collect()
}

fn title(kind: Kind, edition: Edition) -> &'static str {
    edition.table(kind.table()).map_or("", |table| table.title)
}

fn table_place(kind: Kind, edition: Edition) -> Place {
    let chapter = edition
        .chapters()
        .iter()
        .find(|chapter| chapter.table == Some(kind.table()));
    Place {
        section: chapter.map(|chapter| chapter.heading()),
        table: Some(kind.table().to_owned()),
        ..Place::default()
    }
}

fn finding(trouble: &Trouble, edition: Edition) -> Finding {
    match trouble {
        Trouble::Cell { key, text, place } => {
            let form = Place::of_cell(edition, *key);
            let place = Place {
                page: place.page,
                line: place.line,
                quote: place.quote.clone(),
                ..form
            };
            let mut finding = rules::CELL_UNREADABLE.finding(
                place,
                format!(
                    "{}填的是“{text}”，应为阿拉伯数字，没有的填 0；这一格没有参加核对，请改成数字。",
                    crate::identities::words(edition, *key)
                ),
            );
            finding.stated = Some(text.clone());
            finding
        }
        Trouble::Row {
            label,
            wanted,
            values,
            place,
        } => rules::CELL_UNREADABLE.finding(
            place.clone(),
            format!(
                "“{label}”一行应有 {wanted} 个数，只能辨认出 {} 个（{}），不能确定各属于哪一列，没有参加核对；请对照原表，每一格都填数字。",
                values.len(),
                shown(values)
            ),
        ),
        Trouble::Misprint {
            printed,
            label,
            place,
        } => rules::LABEL_MISPRINTED.finding(
            place.clone(),
            format!("行标签印作“{printed}”，表式为“{label}”，已按表式辨认；请改正标签。"),
        ),
        Trouble::ByOrder { kind, rows } => rules::ROWS_BY_ORDER.finding(
            table_place(*kind, edition),
            format!(
                "“{}”表有些行的数字旁没有标签，全表 {rows} 行都在，已按行的顺序辨认；请对照原表复核。",
                title(*kind, edition)
            ),
        ),
        Trouble::Cut { kind, place } => rules::TABLE_CUT.finding(
            Place {
                page: place.page,
                line: place.line,
                quote: place.quote.clone(),
                ..table_place(*kind, edition)
            },
            format!(
                "文字到“{}”表中间就结束了，后面的行没有核对；请提供完整的报告。",
                title(*kind, edition)
            ),
        ),
        Trouble::Missing { kind, labels } => {
            let names: Vec<String> = labels.iter().take(6).map(|l| format!("“{l}”")).collect();
            let more = if labels.len() > names.len() { "等" } else { "" };
            rules::TABLE_ROW_MISSING.finding(
                table_place(*kind, edition),
                format!(
                    "“{}”表缺少 {} 行：{}{more}。表式（{}）的每一行都应保留，没有的填 0；请补上。",
                    title(*kind, edition),
                    labels.len(),
                    names.join("、"),
                    edition.source(),
                ),
            )
        }
        Trouble::OtherMerged { place } => rules::TABLE_ROW_MISSING
            .finding(
                Place {
                    page: place.page,
                    line: place.line,
                    quote: place.quote.clone(),
                    ..table_place(Kind::Requests, edition)
                },
                format!(
                    "“（六）其他处理”合为一行，表式（{}）分为三行：逾期不补正、逾期不缴费、其他；请分行填写。",
                    edition.source()
                ),
            )
            .at_level(Level::Info),
        Trouble::Twice {
            kind,
            row,
            values,
            place,
        } => found_twice(*kind, row, values, place, edition),
    }
}

fn found_twice(
    kind: Kind,
    row: &str,
    values: &[Vec<String>; 2],
    place: &Place,
    edition: Edition,
) -> Finding {
    let [first, second] = values;
    let title = title(kind, edition);
    let message = if first == second {
        format!("“{title}”表出现了两次，数字相同，按一张读取；应只有一张，请删去重复的。")
    } else {
        let row = match row {
            "" => String::new(),
            row => format!("“{row}”一行"),
        };
        let first = match first.as_slice() {
            [] => "空".to_owned(),
            first => shown(first),
        };
        format!(
            "“{title}”表出现了两次，{row}先为 {first}，后为 {}：只读取了前一张，后一张没有核对；应只有一张。后面的若是所属单位或另一年的表，请单独校验；若是重复，请删去错的一张。",
            shown(second)
        )
    };
    let level = if first == second {
        Level::Info
    } else {
        rules::TABLE_TWICE.level
    };
    let place = Place {
        page: place.page,
        line: place.line,
        quote: place.quote.clone(),
        ..table_place(kind, edition)
    };
    rules::TABLE_TWICE.finding(place, message).at_level(level)
}

fn shown(values: &[String]) -> String {
    let mut text = values
        .iter()
        .take(8)
        .cloned()
        .collect::<Vec<_>>()
        .join("、");
    if values.len() > 8 {
        text.push('…');
    }
    text
}

/// What is said of a form that nobody has filled in.
pub(super) fn empty(edition: Edition) -> Finding {
    rules::FORM_EMPTY.finding(
        Place::default(),
        format!(
            "这是{}表式的空表，没有可核对的数字；请填好后再校验，没有的填 0。",
            edition.source()
        ),
    )
}

/// The one finding for tables whose cells cannot be told.
pub(super) fn refused(kinds: &[Kind], edition: Edition) -> Option<Finding> {
    let first = kinds.first()?;
    let names: Vec<String> = kinds
        .iter()
        .map(|kind| format!("“{}”", title(*kind, edition)))
        .collect();
    Some(rules::TABLE_UNREADABLE.finding(
        table_place(*first, edition),
        format!(
            "{}表有标签而辨不出数字（可能是提取时丢了相同的行，或表格是图片、附件），没有读取，也没有核对；请提供带完整表格的文件。",
            names.join("、")
        ),
    ))
}
