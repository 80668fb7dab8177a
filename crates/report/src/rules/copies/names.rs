//! Another body's name that was left standing in text taken over from it.

use super::{Copies, OTHER_BODY_NAMED};
use crate::finding::Finding;
use crate::read::title::{Rank, rank, tail};
use crate::reading::Reading;
use crate::rules::years::bare;

/// The first shared passage of `left` that names the body of `right`. A name that may be meant is
/// no fault: that of a government, which is above others, or one within the own name.
pub(super) fn left_standing(left: &Reading, right: &Reading, copies: &Copies) -> Option<Finding> {
    let (own, other) = (left.report.unit.as_deref()?, right.report.unit.as_deref()?);
    let lower = |unit: &str| {
        matches!(
            rank(unit),
            Rank::Township | Rank::CountyDepartment | Rank::Department
        ) && !unit.ends_with("政府办公室")
    };
    if !lower(own) || !lower(other) {
        return None;
    }
    let name = bare(other);
    let end = tail(&name);
    // 民政局 alone may be that of any county, and a township's name may be part of the own.
    let named = if end.chars().count() >= 4 || rank(other) == Rank::Township {
        end
    } else {
        name.as_str()
    };
    if named.chars().count() < 3 || own.contains(named) || named.contains(tail(&bare(own))) {
        return None;
    }
    for passage in &copies.passages {
        for (number, range) in &passage.covers {
            let paragraph = left.prose.paragraphs.get(*number)?;
            let Some(at) = paragraph.slice(range.clone()).find(named) else {
                continue;
            };
            let start = range.start + at;
            let mut finding = OTHER_BODY_NAMED.finding(
                paragraph.place(start..start + named.len()),
                format!(
                    "{own}的报告里写着“{named}”，这段文字也在{other}的报告（{}）里；像是沿用时没有改名，请核对。",
                    right.report.source
                ),
            );
            finding.stated = Some(named.to_owned());
            finding.expected = Some(own.to_owned());
            return Some(finding.with_related(vec![passage.right.clone()]));
        }
    }
    None
}
