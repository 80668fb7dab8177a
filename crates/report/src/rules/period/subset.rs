//! A part that is dated outside its whole: bodies founded in one year among those registered before
//! it began.

use statute::editions::Level;

use super::{Day, iso};
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::Date;
use crate::reading::Reading;
use crate::rules::{Rule, Sink};
use crate::words::{WordSet, has, starts, words};

pub(super) const SUBSET_OUTSIDE_PERIOD: Rule = Rule {
    name: "subset-outside-period",
    code: "P105",
    level: Level::Error,
    summary: "其中一部分的日期在整体的期限之外",
    english: "a part is dated outside the period of its whole",
    article: None,
    page: include_str!("../pages/subset-outside-period.md"),
};

/// What happened on a date that makes a thing belong to a set.
const EVENTS: &WordSet = words![
    "登记", "成立", "设立", "注册", "取得", "开业", "批准", "备案", "入库", "申报", "认定",
];
/// How far behind its whole a part may stand, in bytes.
const REACH: usize = 600;

pub(super) fn examine(reading: &Reading, sink: &mut Sink) {
    for paragraph in &reading.prose.paragraphs {
        if paragraph.dates.len() >= 3 {
            examine_paragraph(paragraph, sink);
        }
    }
}

/// `对某年6月30日前登记的…共48家…，其中（次年新登记的）5家`.
fn examine_paragraph(paragraph: &Paragraph, sink: &mut Sink) {
    let text = &paragraph.text;
    let wholes = paragraph.dates.iter().enumerate().filter(|(_, date)| {
        text.get(date.span.end..).is_some_and(|rest| {
            starts(
                rest,
                words!["前", "以前", "之前", "（含）前", "底前", "底以前"],
            )
        })
    });
    for (at, whole) in wholes.take(16) {
        let Some(limit) = day(whole, None) else {
            continue;
        };
        let behind = text.get(whole.span.end..).unwrap_or_default();
        let end = behind
            .char_indices()
            .find(|(_, c)| matches!(c, '，' | '；' | '。'))
            .map_or(behind.len(), |(at, _)| at);
        // 对2020年6月30日前，经某局批准登记的: the pause after 前 closes nothing.
        let clause: String = behind.chars().take(60).collect();
        let Some(event) = EVENTS.words().iter().find(|event| clause.contains(*event)) else {
            continue;
        };
        let counted = paragraph
            .quantities
            .iter()
            .any(|q| q.span.start > whole.span.end && q.span.start < whole.span.end + REACH / 2);
        if !counted || end > REACH {
            continue;
        }
        let pairs = paragraph
            .dates
            .iter()
            .skip(at + 1)
            .zip(paragraph.dates.iter().skip(at + 2));
        for (from, to) in pairs.take(8) {
            if from.span.start > whole.span.end + REACH {
                break;
            }
            let Some(bracket) = bracket(text, from, to) else {
                continue;
            };
            let (Some(first), Some(last)) = (day(from, None), day(to, from.year)) else {
                continue;
            };
            // The same thing happened to the part, and the part is counted.
            let part = text.get(bracket.clone()).unwrap_or_default();
            let after = paragraph
                .quantities
                .iter()
                .any(|q| q.span.start >= bracket.end && q.span.start <= bracket.end + 12);
            if !has(part, EVENTS) || !after {
                continue;
            }
            report(
                paragraph,
                whole,
                (from, to),
                (limit, first, last),
                event,
                sink,
            );
            return;
        }
    }
}

fn report(
    paragraph: &Paragraph,
    whole: &Date,
    (from, to): (&Date, &Date),
    (limit, first, last): (Day, Day, Day),
    event: &str,
    sink: &mut Sink,
) {
    let place = paragraph.place(from.span.start..to.span.end);
    let stated = format!("{}..{}", iso(first), iso(last));
    let holds = first <= limit;
    sink.examined(Checked {
        kind: CheckedKind::Period,
        holds,
        trivial: false,
        stated: stated.clone(),
        relation: "不大于".to_owned(),
        expected: iso(limit),
        arithmetic: iso(limit),
        explanation: None,
        place: place.clone(),
    });
    if !holds {
        sink.find(
            SUBSET_OUTSIDE_PERIOD
                .finding(
                    place,
                    format!(
                        "整体是{}前{event}的，其中一部分却是{}至{}{event}的，不可能属于这个整体；请核对两处日期",
                        iso(limit),
                        iso(first),
                        iso(last)
                    ),
                )
                .with_figures(stated, iso(limit), iso(limit))
                .with_related(vec![paragraph.place(whole.span.clone())]),
        );
    }
}

/// The brackets around two dates that make a period.
fn bracket(text: &str, from: &Date, to: &Date) -> Option<std::ops::Range<usize>> {
    let between = text.get(from.span.end..to.span.start)?;
    if between.len() > 12 || !between.contains(['—', '-', '至', '到', '~']) {
        return None;
    }
    let before = text.get(..from.span.start)?;
    let open = before.rfind('（')?;
    if before.get(open..)?.contains('）') {
        return None;
    }
    let close = to.span.end + text.get(to.span.end..)?.find('）')?;
    (close - open <= 200).then(|| open..close + '）'.len_utf8())
}

fn day(date: &Date, year: Option<i16>) -> Option<Day> {
    if date.damaged {
        return None;
    }
    Some((date.year.or(year)?, date.month?, date.day.unwrap_or(1)))
}
