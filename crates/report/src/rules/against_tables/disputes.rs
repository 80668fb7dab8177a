//! Administrative review and litigation about information.

use crate::words::{WordSet, words};
use statute::editions::{CellKey, Edition};

use super::clause::{Mention, Sentence};
use super::figures::{Expected, Figures, stat};
use super::verdict::{Verdicts, Weight};

/// Which way a case went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Track {
    Review,
    Litigation,
    Both,
    Direct,
    AfterReview,
}

/// Results with the columns of table 4.
const RESULTS: &[(&str, &str)] = &[
    ("结果维持", "upheld"),
    ("维持", "upheld"),
    ("结果纠正", "corrected"),
    ("纠正", "corrected"),
    ("其他结果", "other"),
    ("尚未审结", "pending"),
    ("未审结", "pending"),
];

pub(super) fn examine(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    let named = sentence.text.contains("复议") || sentence.text.contains("诉讼");
    if !sentence.disputes || !named {
        return;
    }
    let mut track = None;
    for mention in sentence.mentions() {
        let said = track_of(mention.near)
            .or_else(|| track_of(mention.before))
            .or_else(|| track_of(mention.after));
        track = said.or(track);
        if !mention.counts_things()
            || matches!(mention.unit, "次" | "人次" | "人" | "名" | "条" | "项")
            || !sentence.is_of_the_year(&mention)
        {
            continue;
        }
        if let (Some(track), Some((_, column))) = (track, result(&mention)) {
            compare_result(&mention, track, column, figures, verdicts);
        } else if let Some(track) = said.filter(|_| is_total(&mention)) {
            compare_total(sentence, &mention, track, figures, verdicts);
        }
    }
    none(sentence, figures, verdicts);
}

/// The track that the words last name.
fn track_of(text: &str) -> Option<Track> {
    const WORDS: &[(&str, Track)] = &[
        ("未经复议直接起诉", Track::Direct),
        ("直接起诉", Track::Direct),
        ("复议后起诉", Track::AfterReview),
        ("复议、诉讼", Track::Both),
        ("复议和诉讼", Track::Both),
        ("复议、行政诉讼", Track::Both),
        ("复议和行政诉讼", Track::Both),
        ("复议或行政诉讼", Track::Both),
        ("复议及行政诉讼", Track::Both),
        ("行政诉讼", Track::Litigation),
        ("诉讼", Track::Litigation),
        ("复议", Track::Review),
    ];
    WORDS
        .iter()
        .filter_map(|(word, track)| {
            text.rfind(word)
                .map(|at| (at + word.len(), word.len(), *track))
        })
        .max_by_key(|(end, length, _)| (*end, *length))
        .map(|(.., track)| track)
}

fn result<'a>(mention: &Mention<'_>) -> Option<(&'a str, &'a str)> {
    RESULTS
        .iter()
        .find(|(word, _)| {
            mention
                .near
                .trim_end_matches(['的', '有', '：', '为'])
                .ends_with(word)
                || mention.after.starts_with(word)
        })
        .copied()
}

/// Whether a number counts cases as such, and not what became of some of them.
fn is_total(mention: &Mention<'_>) -> bool {
    const PART: &WordSet = words![
        "维持",
        "纠",
        "撤销",
        "驳回",
        "撤回",
        "撤诉",
        "确认",
        "审结",
        "终止",
        "调解",
        "其中",
        "一审",
        "二审",
        "再审",
        "胜诉",
        "败诉",
        "应诉",
        "答复",
        "答辩",
        "出庭",
        "办结",
        "结案",
        "意见书",
        "申请公开",
        "公开申请数",
    ];
    !mention.near_contains(PART)
}

fn cells(edition: Edition, track: Track) -> Vec<CellKey> {
    let total = |track: &'static str| CellKey::new("t4", track, "total");
    if edition == Edition::Stats2014 {
        return match track {
            Track::Review => vec![stat("D")],
            Track::Litigation => vec![stat("E")],
            Track::Both => vec![stat("D"), stat("E")],
            Track::Direct | Track::AfterReview => Vec::new(),
        };
    }
    match track {
        Track::Review => vec![total("review")],
        Track::Litigation => vec![total("lit_direct"), total("lit_after_review")],
        Track::Both => vec![
            total("review"),
            total("lit_direct"),
            total("lit_after_review"),
        ],
        Track::Direct => vec![total("lit_direct")],
        Track::AfterReview => vec![total("lit_after_review")],
    }
}

fn what(track: Track) -> &'static str {
    match track {
        Track::Review => "行政复议",
        Track::Litigation => "行政诉讼",
        Track::Both => "行政复议和诉讼",
        Track::Direct => "未经复议直接起诉的行政诉讼",
        Track::AfterReview => "复议后起诉的行政诉讼",
    }
}

fn compare_total(
    sentence: &Sentence<'_>,
    mention: &Mention<'_>,
    track: Track,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    let edition = figures.edition();
    let keys = cells(edition, track);
    let mut readings = vec![figures.sum(&keys)];
    if edition != Edition::Stats2014 {
        let column = |column: &'static str| -> Vec<CellKey> {
            keys.iter()
                .map(|key| CellKey::new(key.table, key.row, column))
                .collect()
        };
        let mut settled = column("upheld");
        settled.extend(column("corrected"));
        settled.extend(column("other"));
        readings.push(figures.read_as(&settled, "只计已审结的"));
        if track == Track::Litigation {
            readings.push(only(figures, "lit_direct", "只计未经复议直接起诉的"));
            readings.push(only(figures, "lit_after_review", "只计复议后起诉的"));
        }
    }
    // Cases newly filed are fewer than all that were open in the year.
    let new = mention.near_contains(words!["新增", "新收", "新发生"]);
    let weight = if new { Weight::Near } else { Weight::Same };
    // 收到行政复议5件，其中涉及政府信息公开2件: the five are of all kinds.
    let weight = if sentence.splits_off_information(mention) {
        Weight::Maybe
    } else {
        weight
    };
    verdicts.compare(mention, readings, weight, what(track));
}

fn only(figures: &Figures<'_>, row: &'static str, reading: &'static str) -> Option<Expected> {
    figures.read_as(&[CellKey::new("t4", row, "total")], reading)
}

fn compare_result(
    mention: &Mention<'_>,
    track: Track,
    column: &str,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) {
    if figures.edition() == Edition::Stats2014 {
        return;
    }
    let keys: Vec<CellKey> = cells(figures.edition(), track)
        .iter()
        .filter_map(|key| CellKey::find(key.table, key.row, column))
        .collect();
    verdicts.compare(
        mention,
        vec![figures.sum(&keys)],
        Weight::Near,
        "这一结果的案件",
    );
}

/// 未发生行政复议、行政诉讼.
fn none(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    const NONE: &WordSet = words![
        "未发生",
        "没有发生",
        "未出现",
        "没有出现",
        "未引发",
        "未被提起",
        "未被申请",
        "没有因",
        "未因",
        "未收到",
        "未产生",
        "无因",
        "无政府信息公开",
        "无行政",
        "无信息公开",
        "无复议",
        "不存在",
        "未有",
        "未涉及",
        "无申请行政",
    ];
    for (at, clause) in sentence.clauses() {
        let Some(word) = NONE
            .words()
            .iter()
            .filter_map(|word| clause.find(word))
            .min()
        else {
            continue;
        };
        let rest = clause.get(word..).unwrap_or_default();
        if rest.contains("败诉")
            || rest.contains("纠")
            || rest.contains("逾期")
            || rest.contains("撤销")
        {
            continue;
        }
        let (review, litigation) = (rest.contains("复议"), rest.contains("诉讼"));
        let track = match (review, litigation) {
            (true, true) => Track::Both,
            (true, false) => Track::Review,
            (false, true) => Track::Litigation,
            (false, false) => continue,
        };
        let expected = figures.sum(&cells(figures.edition(), track));
        // Whose cases they are said to be is not always told: a near notion.
        verdicts.none(
            sentence.range(at, clause.len()),
            expected,
            Weight::Near,
            what(track),
        );
    }
}
