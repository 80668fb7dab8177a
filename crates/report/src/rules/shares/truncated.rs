//! Shares that were cut off or moved by one unit: one thing to say for all shares of one total.

use super::{SHARE_TRUNCATED, Spot, Told};
use crate::rules::Sink;

/// The most shares that one finding names.
const NAMED: usize = 8;
/// The most places that one finding points at.
const PLACES: usize = 24;

/// Shares that are not rounded, by the total that they are taken of.
#[derive(Debug, Default)]
pub(super) struct Cut {
    families: Vec<(Option<Spot>, Vec<Told>)>,
}

impl Cut {
    /// Takes a share; those of one total stand in a row.
    pub(super) fn take(&mut self, base: Option<Spot>, told: Told, sink: &mut Sink) {
        if base.is_none() {
            return say(vec![told], sink);
        }
        match self.families.last_mut() {
            Some((last, family)) if *last == base => family.push(told),
            _ => self.families.push((base, vec![told])),
        }
    }

    /// Says what there is to say of each family.
    pub(super) fn settle(self, sink: &mut Sink) {
        for (_, family) in self.families {
            say(family, sink);
        }
    }
}

/// One finding for shares of one total.
pub(super) fn say(family: Vec<Told>, sink: &mut Sink) {
    let count = family.len();
    let join = |part: fn(&Told) -> &str, mark: &str| {
        let parts: Vec<&str> = family.iter().take(NAMED).map(part).collect();
        parts.join(mark)
    };
    let stated = join(|told| &told.stated, "、");
    let expected = join(|told| &told.expected, "、");
    let arithmetic = join(|told| &told.arithmetic, "; ");
    let Some(first) = family.first() else {
        return;
    };
    let message = if count == 1 {
        format!(
            "正文写{stated}，{arithmetic}={}，四舍五入应为{expected}{}；百分比未按所示位数四舍五入，建议改为{expected}",
            first.exact, first.hint
        )
    } else {
        let more = if count > NAMED {
            format!("等{count}项")
        } else {
            format!("这{count}项")
        };
        format!(
            "同一总数的占比中，{stated}{more}未按所示位数四舍五入，依次应为{expected}{}；建议改正",
            first.hint
        )
    };
    let place = first.place.clone();
    let related = family.iter().skip(1).take(PLACES);
    let related = related.map(|told| told.place.clone()).collect();
    sink.find(
        SHARE_TRUNCATED
            .finding(place, message)
            .with_figures(stated, expected, arithmetic)
            .with_related(related),
    );
}
