//! Which form the tables are: by what stands in them, not by the year.

use statute::editions::Edition;

use super::lexicon::Kind;
use super::line::Line;
use crate::words::{WordSet, has, words};

/// Words that only one of the two forms since 2019 has.
const SINCE_2021: &WordSet = words![
    "制发",
    "废止",
    "现行有效",
    "本年处理决定",
    "收费金额",
    "行政规范性文件",
];
const SINCE_2019: &WordSet = words![
    "新制作",
    "新公开",
    "对外公开总",
    "上一年项目",
    "上年项目",
    "本年增",
    "采购",
    "其他对外管理",
];

/// The edition of the tables that were found; `None` if there are none.
pub(super) fn choose(
    lines: &[Line<'_>],
    of: &[Option<Kind>],
    year: Option<i16>,
) -> Option<Edition> {
    let count = |kind: Kind| of.iter().filter(|of| **of == Some(kind)).count();
    let statistics = count(Kind::Statistics);
    let since_2019 = count(Kind::Disclosure) + count(Kind::Requests) + count(Kind::Cases);
    if statistics + since_2019 == 0 {
        return None;
    }
    if statistics >= since_2019 {
        return Some(Edition::Stats2014);
    }
    let mut newer = 0;
    let mut older = 0;
    let mut split_other = false;
    for (line, of) in lines.iter().zip(of) {
        match of {
            Some(Kind::Disclosure) => {
                if !has(&line.text, SINCE_2021) && !has(&line.text, SINCE_2019) {
                    continue;
                }
                let has = |words: &&&str| line.text.contains(**words);
                newer += SINCE_2021.words().iter().filter(has).count();
                older += SINCE_2019.words().iter().filter(has).count();
            }
            Some(Kind::Requests) => {
                split_other |= line
                    .cells
                    .iter()
                    .flat_map(|cell| cell.meaning.rows(Kind::Requests))
                    .any(|row| matches!(row.row, "other.no_correction" | "other.unpaid"));
            }
            _ => {}
        }
    }
    Some(match newer.cmp(&older) {
        std::cmp::Ordering::Greater => Edition::Format2021,
        std::cmp::Ordering::Less => Edition::Trial2019,
        std::cmp::Ordering::Equal if split_other => Edition::Format2021,
        std::cmp::Ordering::Equal => match year.map(Edition::for_year) {
            Some(Edition::Trial2019) => Edition::Trial2019,
            _ => Edition::Format2021,
        },
    })
}
