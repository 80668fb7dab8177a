//! Reports that cannot be added, and why.

use std::collections::BTreeMap;

use statute::editions::Level;

use super::{CHILD_NOT_COMPARABLE, name};
use crate::finding::Place;
use crate::reading::Reading;
use crate::rules::Sink;
use crate::rules::years::bare;

/// The most units that a finding names.
const NAMED: usize = 10;

/// Parts the reports that can be added from the rest, of which each reason is told once. Answers the
/// former, and how many of the rest are reports of units.
pub(super) fn sort_out<'a>(
    parent: &Reading,
    children: &[&'a Reading],
    sink: &mut Sink,
) -> (Vec<&'a Reading>, usize) {
    let mut summed = Vec::new();
    let mut left: BTreeMap<(Level, String), Vec<String>> = BTreeMap::new();
    let mut units = 0;
    // Where all are of another county, it is the government whose name was read wrongly.
    let misread = children.iter().all(|child| is_foreign(parent, child));
    for child in children {
        let why = hindrance(parent, child);
        if why.is_none() && (misread || !is_foreign(parent, child)) {
            summed.push(*child);
            continue;
        }
        // A letter among the reports is no report, and another county's is none of these.
        let report = child.report.unit.is_some() || child.report.year.is_some();
        units += usize::from(report && why.is_some());
        let county = parent.report.unit.as_deref().unwrap_or_default();
        let why = why.unwrap_or_else(|| (Level::Warning, format!("从名称看不属于{county}")));
        left.entry(why).or_default().push(name(child));
    }
    for ((level, why), names) in left {
        let listed = names
            .iter()
            .take(NAMED)
            .cloned()
            .collect::<Vec<_>>()
            .join("、");
        let who = match names.len() {
            1 => listed,
            count if count <= NAMED => format!("{listed}这 {count} 个单位"),
            count => format!("{listed}等 {count} 个单位"),
        };
        let message =
            format!("{who}的报告{why}，没有计入核对；请换成下级单位同一年度、同一格式的报告。");
        sink.find(
            CHILD_NOT_COMPARABLE
                .finding(Place::default(), message)
                .at_level(level),
        );
    }
    (summed, units)
}

/// Why a child cannot be added, and how bad that is: another year is the wrong file, another form
/// may be all that there is. A year that is not known is no reason.
fn hindrance(parent: &Reading, child: &Reading) -> Option<(Level, String)> {
    let (upper, lower) = (&parent.report, &child.report);
    if let (Some(wanted), Some(year)) = (upper.year, lower.year)
        && wanted != year
    {
        let why = format!("是 {year} 年的，汇总报告是 {wanted} 年的");
        return Some((Level::Error, why));
    }
    if upper.edition == lower.edition {
        return None;
    }
    let why = if lower.edition.tables().is_empty() {
        "里没有统计表".to_owned()
    } else {
        format!(
            "用的是{}的格式，汇总报告用的是{}的格式",
            lower.edition.source(),
            upper.edition.source()
        )
    };
    Some((Level::Warning, why))
}

/// Whether a unit bears the name of another county than the parent's: 青河县民政局 under 云岭县.
fn is_foreign(parent: &Reading, child: &Reading) -> bool {
    let (Some(upper), Some(lower)) = (&parent.report.unit, &child.report.unit) else {
        return false;
    };
    let (upper, lower) = (bare(upper), bare(lower));
    let (Some(own), Some(other)) = (county(&upper), county(&lower)) else {
        return false;
    };
    // Only of a county itself: below a city there are several.
    upper.ends_with(own) && own != other && !lower.contains(own)
}

/// The county that a name begins with, behind its city: 青河县 of 青河县民政局.
fn county(name: &str) -> Option<&str> {
    let name = name
        .split_once('市')
        .filter(|(city, _)| (2..=4).contains(&city.chars().count()))
        .map_or(name, |(_, rest)| rest);
    let at = name.find('县')?;
    let end = at + '县'.len_utf8();
    let behind = name.get(end..)?;
    // 古县镇 is a town.
    let town = behind.starts_with(['镇', '乡', '城', '直', '级']);
    let long = (2..=5).contains(&name.get(..at)?.chars().count());
    (long && !town).then(|| name.get(..end)).flatten()
}
