//! The same figure in two places.

use crate::words::{has, words};
use std::collections::BTreeMap;

use super::mention::{Mention, shared};
use crate::finding::{Checked, CheckedKind};
use crate::quantity::{ONE, Sort};
use crate::rules::Sink;
use crate::rules::shares::rate::{WHOLE, stated};
use crate::rules::shares::terms::kin;

/// The most earlier figures that one is compared with.
const BACK: usize = 8;

/// Records figures that are stated twice and agree.
pub(super) fn examine(mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut by_value: BTreeMap<i128, Vec<&Mention<'_>>> = BTreeMap::new();
    for mention in mentions {
        if mention.quantity.value < 2 * ONE
            || (mention.quantity.sort == Sort::Percent && mention.quantity.value == WHOLE)
        {
            continue;
        }
        let group = by_value.entry(mention.quantity.value).or_default();
        let before = group
            .iter()
            .rev()
            .take(BACK)
            .find(|before| is_same(before, mention));
        if let Some(before) = before {
            put(before, mention, sink);
        }
        group.push(mention);
    }
}

fn is_same(one: &Mention<'_>, two: &Mention<'_>) -> bool {
    if one.quantity.sort != two.quantity.sort {
        return false;
    }
    let words = |mention: &Mention<'_>| format!("{}，{}", mention.label, mention.behind);
    let common = shared(&words(one), &words(two));
    let units = kin(one.paragraph, one.quantity, two.paragraph, two.quantity)
        || one.quantity.sort == Sort::Percent
        || similar(one.unit(), two.unit());
    if !units {
        return common.telling >= 3;
    }
    let value = two.quantity.value;
    let apart = one.at != two.at || one.context.len() > two.context.len() || {
        let between = one.quantity.span.end..two.quantity.span.start.max(one.quantity.span.end);
        one.paragraph.slice(between).contains('。')
    };
    if apart {
        return common.telling >= 1
            || (value >= 20 * ONE && common.weak >= 2)
            || (value >= 1_000 * ONE && common.weak >= 1);
    }
    // In one sentence equal parts of a list may be chance; the whole and its channel are not.
    let channel = |mention: &Mention<'_>| {
        has(
            mention.label,
            words!["通过", "网", "公众号", "专栏", "栏目"],
        )
    };
    (two.label.is_empty() && shared(one.label, two.behind).telling >= 1)
        || (common.telling >= 2 && two.index - one.index > 1)
        || (value >= 10 * ONE
            && one.label.contains("公开")
            && two.label.contains("公开")
            && !channel(one)
            && channel(two))
        || (two.label.contains("同步") && two.index == one.index + 1)
}

/// 篇 and 篇次.
fn similar(one: &str, two: &str) -> bool {
    let bare = |unit: &str| unit.trim_end_matches('次').to_owned();
    let (one, two) = (bare(one), bare(two));
    !one.is_empty() && one == two
        || (["条", "件", "篇", "份"].contains(&one.as_str())
            && ["条", "件", "篇", "份"].contains(&two.as_str()))
}

fn put(one: &Mention<'_>, two: &Mention<'_>, sink: &mut Sink) {
    let shown = |mention: &Mention<'_>| match mention.quantity.sort {
        Sort::Percent => stated(mention.paragraph, mention.quantity),
        _ => mention.quantity.figure(),
    };
    let mut checked = Checked::equal(
        CheckedKind::Repeated,
        true,
        shown(two),
        shown(one),
        one.quantity.figure(),
        two.paragraph.place(two.span()),
    );
    if one.quantity.bound != two.quantity.bound {
        checked.explanation = Some("一处是约数".to_owned());
    }
    sink.examined(checked);
}
