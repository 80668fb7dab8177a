//! Rows of the statistics of 2014 that the words right before a number name: `其他方式公开920条`.
//!
//! What a list of the text calls as the form does is held against the row of the form; a difference
//! is claimed only where the list agrees with the table otherwise.

use super::clause::{Mention, Sentence};
use super::figures::{Expected, Figures, stat};
use super::verdict::{Verdicts, Weight};
use crate::quantity::Sort;

/// A row, the words that name it and stand right before its number, and the units it is counted in.
struct Row {
    key: &'static str,
    names: &'static [&'static str],
    units: &'static [&'static str],
    /// Whether meetings, offices and the like of another kind have the same name.
    loose: bool,
}

const PIECES: &[&str] = &["条", "件", "篇", "份", "条次"];
const TIMES: &[&str] = &["次", "场", "场次", "期", "个"];
const CASES: &[&str] = &["件", "宗", "起", "份", "条", ""];
const PEOPLE: &[&str] = &["人", "名", "个"];

const fn row(
    key: &'static str,
    names: &'static [&'static str],
    units: &'static [&'static str],
) -> Row {
    Row {
        key,
        names,
        units,
        loose: false,
    }
}

const ROWS: &[Row] = &[
    row(
        "A1",
        &[
            "主动公开政府信息",
            "主动公开信息",
            "主动公开各类政府信息",
            "共公开政府信息",
            "共公开信息",
        ],
        PIECES,
    ),
    row("A2.1", &["政府公报", "公报公开", "政府公报公开"], PIECES),
    row(
        "A2.2",
        &["政府网站", "网站公开", "网站发布", "门户网站"],
        PIECES,
    ),
    row("A2.3", &["微博", "微博公开", "微博发布"], PIECES),
    row(
        "A2.4",
        &[
            "微信",
            "微信公开",
            "微信发布",
            "微信公众号",
            "微信公众号公开",
            "微信公众号发布",
        ],
        PIECES,
    ),
    row(
        "A2.5",
        &[
            "其他方式",
            "其他方式公开",
            "其它方式公开",
            "其他渠道",
            "其他渠道公开",
        ],
        PIECES,
    ),
    row("B2.1", &["新闻发布会"], TIMES),
    row("B2.2", &["在线访谈"], TIMES),
    row(
        "B2.3",
        &["解读稿件", "政策解读材料"],
        &["篇", "件", "份", "条"],
    ),
    row(
        "B2.4",
        &["微博微信回应事件", "微博、微信回应事件", "微博微信回应"],
        &["次", "件", "条", "个"],
    ),
    row("C1.1", &["当面", "当面申请"], CASES),
    row("C1.2", &["传真", "传真申请"], CASES),
    row("C1.3", &["网络", "网络申请", "网上申请"], CASES),
    row("C1.4", &["信函", "信函申请"], CASES),
    row("C2.1", &["按时办结", "按期办结"], CASES),
    row("C2.2", &["延期办结"], CASES),
    row(
        "H1",
        &["政府信息公开工作专门机构", "信息公开专门机构"],
        &["个", "家"],
    ),
    row("H2", &["信息公开查阅点", "查阅点"], &["个", "处"]),
    row("H3", &["信息公开工作人员", "信息公开工作的人员"], PEOPLE),
    row("H3.1", &["专职", "专职人员", "专职工作人员"], PEOPLE),
    row("H3.2", &["兼职", "兼职人员", "兼职工作人员"], PEOPLE),
    Row {
        loose: true,
        ..row("F", &["举报投诉", "投诉举报"], &["件", "起", "宗", "次"])
    },
    Row {
        loose: true,
        ..row("B1", &["关注热点", "重大舆情", "热点或重大舆情"], TIMES)
    },
    Row {
        loose: true,
        ..row(
            "I1",
            &["信息公开会议", "召开会议", "专题会议", "工作会议"],
            TIMES,
        )
    },
    Row {
        loose: true,
        ..row(
            "I2",
            &["培训班", "举办培训"],
            &["期", "次", "场", "个", "班"],
        )
    },
    Row {
        loose: true,
        ..row(
            "I3",
            &["接受培训", "培训人员", "参训", "培训"],
            &["人次", "人", "名"],
        )
    },
];

/// Sums of money in 万元.
const MONEY: &[(&[&str], &str)] = &[
    (&["专项经费"], "H4"),
    (&["收取费用", "收取的费用", "检索、复制、邮寄等费用"], "G"),
];

/// A row and the words that named it.
#[derive(Clone, Copy)]
struct Named {
    key: &'static str,
    what: &'static str,
    loose: bool,
}

/// Holds the numbers of a sentence that other words did not explain against the rows they name.
pub(super) fn examine(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    let mut last = None;
    for mention in sentence.mentions() {
        let Some(named) = find(sentence, &mention, last) else {
            continue;
        };
        last = Some(named.key);
        if verdicts.has(&mention) || !sentence.is_of_the_year(&mention) {
            continue;
        }
        let mut expected = figures.sum(&[stat(named.key)]);
        if mention.quantity.sort == Sort::Money {
            expected = expected.and_then(|expected| in_yuan(&mention, expected));
        }
        let weight = if named.loose {
            Weight::Beside
        } else {
            Weight::Listed
        };
        verdicts.compare(&mention, vec![expected], weight, named.what);
    }
}

/// The row that the words right before a number name, or that goes on from the last one: 发布会5次，
/// 其中主要负责同志参加2次; 培训班4期、412人次.
fn find(sentence: &Sentence<'_>, mention: &Mention<'_>, last: Option<&str>) -> Option<Named> {
    let near = mention
        .near
        .trim_end_matches(['共', '：', '为', '了', '达', '数'])
        .trim_end_matches("累计")
        .trim_end_matches("合计");
    let ending = |names: &'static [&'static str]| names.iter().find(|name| near.ends_with(**name));
    if mention.quantity.sort == Sort::Money {
        let (what, key) = MONEY
            .iter()
            .find_map(|(names, key)| Some((ending(names)?, key)))?;
        return Some(Named {
            key,
            what,
            loose: true,
        });
    }
    let led = near.contains("负责同志") || near.contains("负责人");
    let people = matches!(mention.unit, "人次" | "人" | "名");
    match last {
        Some("B2.1") if led => return Some(Named::of("B2.1a", "主要负责同志参加")),
        Some("B2.2") if led => return Some(Named::of("B2.2a", "主要负责同志参加")),
        Some("I2") if people && matches!(near, "、" | "" | "培训" | "参训" | "参加") => {
            return Some(Named {
                loose: true,
                ..Named::of("I3", "接受培训")
            });
        }
        _ => {}
    }
    // 其中主动公开…: another count, a part of the row.
    let part = near.contains("其中");
    ROWS.iter()
        .filter(|row| row.units.contains(&mention.unit))
        .filter(|row| sentence.requests || !row.key.starts_with('C'))
        .filter(|row| !part || row.key != "A1")
        .find_map(|row| {
            Some(Named {
                key: row.key,
                what: ending(row.names)?,
                loose: row.loose,
            })
        })
}

impl Named {
    const fn of(key: &'static str, what: &'static str) -> Named {
        Named {
            key,
            what,
            loose: false,
        }
    }
}

/// A cell in 万元 as yuan, as far as the text shows its digits.
fn in_yuan(mention: &Mention<'_>, cell: Expected) -> Option<Expected> {
    let yuan = cell.value.checked_mul(10_000)?;
    let off = (mention.quantity.value - yuan).abs();
    let value = if off.checked_mul(2)? <= mention.quantity.step {
        mention.quantity.value
    } else {
        yuan
    };
    Some(Expected {
        value,
        arithmetic: format!("{}*10000", cell.arithmetic),
        ..cell
    })
}
