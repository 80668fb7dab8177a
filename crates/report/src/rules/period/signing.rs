//! When a report was signed and published.

use statute::editions::Level;

use super::{Day, iso};
use crate::finding::{Checked, CheckedKind};
use crate::prose::{Paragraph, normalise};
use crate::quantity;
use crate::read::title::{Rank, rank};
use crate::reading::Reading;
use crate::rules::{Rule, Sink};

pub(super) const SIGNED_WITHIN_PERIOD: Rule = Rule {
    name: "signed-within-period",
    code: "P103",
    level: Level::Warning,
    summary: "报告在统计期限结束之前就已落款或发布",
    english: "the report is signed or published before its period ends",
    article: Some("条例 §49、§50"),
    page: include_str!("../pages/signed-within-period.md"),
};

pub(super) const PUBLISHED_LATE: Rule = Rule {
    name: "published-late",
    code: "P104",
    level: Level::Warning,
    summary: "报告在法定期限之后落款或发布",
    english: "the report is signed or published after the legal deadline",
    article: Some("条例 §49；条例（2008）§31"),
    page: include_str!("../pages/published-late.md"),
};

/// Lines from the end among which a signature stands.
const TAIL: usize = 14;

/// A date of signing or publishing.
struct Dated<'a> {
    paragraph: &'a Paragraph,
    day: Day,
    /// What the date is called.
    name: &'static str,
}

pub(super) fn examine(reading: &Reading, year: i16, sink: &mut Sink) {
    let paragraphs = &reading.prose.paragraphs;
    let Some(dated) = signature(paragraphs).or_else(|| field(paragraphs)) else {
        return;
    };
    // A date of some other year than the two in question is that of something else; so is one in
    // the middle of the year reported on.
    let early = dated.day.0 < year || (dated.day.0 == year && dated.day.1 < 11);
    if early || dated.day.0 > year.saturating_add(30) {
        return;
    }
    let (last, limit): (Day, Day) = ((year, 12, 31), (year + 1, 3, 31));
    let holds = dated.day > last && dated.day <= limit;
    let place = dated
        .paragraph
        .place(0..dated.paragraph.text.len().min(120));
    let range = format!("{}-01-01..{}", year + 1, iso(limit));
    let (relation, expected) = if dated.day <= last {
        ("不小于", format!("{}-01-01", year + 1))
    } else {
        ("不大于", iso(limit))
    };
    sink.examined(Checked {
        kind: CheckedKind::Period,
        holds,
        trivial: false,
        stated: iso(dated.day),
        relation: relation.to_owned(),
        expected: expected.clone(),
        arithmetic: range.clone(),
        explanation: None,
        place: place.clone(),
    });
    let figures = |finding: crate::Finding| finding.with_figures(iso(dated.day), expected, range);
    if dated.day <= last {
        sink.find(figures(SIGNED_WITHIN_PERIOD.finding(
            place,
            format!(
                "{}是{}，统计期限到{}才结束，全年的数字这时还不能定下来；请核对日期，或改用年后的数字",
                dated.name,
                iso(dated.day),
                iso(last)
            ),
        )));
    } else if dated.day > limit {
        let law = if year >= 2018 {
            "条例第四十九条"
        } else {
            "2008年条例第三十一条"
        };
        sink.find(figures(PUBLISHED_LATE.finding(
            place,
            format!(
                "{}是{}，晚于{law}规定的{}；如是网站迁移后的日期，请在页面注明原发布日期",
                dated.name,
                iso(dated.day),
                iso(limit)
            ),
        )));
    } else if year >= 2019 && dated.day > (year + 1, 1, 31) && is_department(reading) {
        // 条例（2019）§49: departments of governments from the county up by 31 January.
        let limit = (year + 1, 1, 31);
        sink.find(
            PUBLISHED_LATE
                .finding(
                    place,
                    format!(
                        "{}是{}；条例第四十九条要求县级以上政府部门在{}前公布，请核对发布日期",
                        dated.name,
                        iso(dated.day),
                        iso(limit)
                    ),
                )
                .at_level(Level::Info)
                .with_figures(iso(dated.day), iso(limit), iso(limit)),
        );
    }
}

fn is_department(reading: &Reading) -> bool {
    reading
        .report
        .unit
        .as_deref()
        .is_some_and(|unit| matches!(rank(unit), Rank::CountyDepartment | Rank::Department))
}

/// A line at the end that is a date and nothing else, or `填报日期：…`.
fn signature(paragraphs: &[Paragraph]) -> Option<Dated<'_>> {
    let mut seen = 0;
    for paragraph in paragraphs.iter().rev() {
        for line in paragraph.source().lines().rev() {
            if line.trim().is_empty() {
                continue;
            }
            seen += 1;
            if seen > TAIL {
                return None;
            }
            if line.len() > 120 {
                continue;
            }
            let text = normalise(line).text;
            let (rest, name) = match ["填报日期：", "落款日期：", "日期：", "填报时间："]
                .into_iter()
                .find_map(|field| text.strip_prefix(field))
            {
                Some(rest) => (rest, "填报日期"),
                None => (text.as_str(), "落款日期"),
            };
            let rest = rest.trim_matches(['（', '）', '|', '。']);
            if let Some((day, length)) = day_at(rest)
                && rest.len() <= length + 6
            {
                return Some(Dated {
                    paragraph,
                    day,
                    name,
                });
            }
        }
    }
    None
}

/// A field of the page with a date: `发布日期：2021-01-30`.
fn field(paragraphs: &[Paragraph]) -> Option<Dated<'_>> {
    const FIELDS: [(&str, &str); 8] = [
        ("发布日期", "发布日期"),
        ("发布时间", "发布时间"),
        ("公开日期", "公开日期"),
        ("公开时间", "公开时间"),
        ("发文日期", "发文日期"),
        ("生成日期", "生成日期"),
        ("成文日期", "成文日期"),
        ("发布于", "发布日期"),
    ];
    paragraphs.iter().take(12).find_map(|paragraph| {
        FIELDS.iter().find_map(|(field, name)| {
            let at = paragraph.text.find(field)? + field.len();
            let rest = paragraph
                .text
                .get(at..)?
                .trim_start_matches(['：', '|', ':']);
            let (day, _) = day_at(rest)?;
            Some(Dated {
                paragraph,
                day,
                name,
            })
        })
    })
}

/// The day that a text begins with, `2019年2月11日` or `2019-02-11`, and its length.
fn day_at(text: &str) -> Option<(Day, usize)> {
    if let Some(date) = quantity::scan(text.get(..text.floor_char_boundary(40))?)
        .dates
        .first()
        && date.span.start == 0
        && let (Some(year), Some(month), Some(day)) = (date.year, date.month, date.day)
    {
        return Some(((year, month, day), date.span.end));
    }
    let mut parts = Vec::new();
    let mut length = 0;
    for part in text.splitn(4, ['-', '/', '.']).take(3) {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let value: i16 = part.get(..digits)?.parse().ok()?;
        length += digits + usize::from(!parts.is_empty());
        parts.push(value);
        if digits < part.len() {
            break;
        }
    }
    let &[year, month, day] = parts.as_slice() else {
        return None;
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    ((2000..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some(((year, month, day), length))
}
