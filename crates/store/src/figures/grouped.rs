//! Which key of a selection can be left open, so that one grouped statement counts many figures.

use office::figures::Selection;
use std::collections::HashMap;

/// What a figure takes of a grouped count: for each key the values it wants, none for all.
pub(super) struct Wanted(Vec<Option<Vec<&'static str>>>);

impl Wanted {
    /// The sum over the groups that are wanted.
    pub(super) fn sum(&self, groups: &HashMap<Vec<String>, i64>) -> i64 {
        let fits = |key: &[String]| {
            self.0.iter().zip(key).all(|(wanted, found)| {
                wanted
                    .as_ref()
                    .is_none_or(|wanted| wanted.contains(&found.as_str()))
            })
        };
        groups
            .iter()
            .filter(|(key, _)| fits(key))
            .map(|(_, sum)| *sum)
            .sum()
    }
}

fn some<T>(list: &[T], key: impl Fn(&T) -> &'static str) -> Option<Vec<&'static str>> {
    (!list.is_empty()).then(|| list.iter().map(key).collect())
}

/// The selection with its keys left open, and what this one wants of the groups. A key is left
/// open only where a record has exactly one value of it; the channels of a document stay, since one
/// document counts under several.
pub(super) fn open(selection: &Selection) -> (Selection, Wanted) {
    let mut whole = selection.clone();
    let wanted = match &mut whole {
        Selection::Documents { kinds, .. } => {
            let wanted = some(kinds, |kind| kind.key());
            kinds.clear();
            vec![wanted]
        }
        Selection::Requests {
            applicant,
            outcomes,
            channels,
            ..
        } => {
            let wanted = vec![
                applicant.take().map(|kind| vec![kind.key()]),
                some(outcomes, |outcome| outcome.key()),
                some(channels, |channel| channel.key()),
            ];
            outcomes.clear();
            channels.clear();
            wanted
        }
        Selection::Cases { tracks, .. } => {
            let track = some(tracks, |track| track.key());
            tracks.clear();
            vec![track]
        }
        Selection::Entries { tag, .. } => vec![tag.take().map(|tag| vec![tag])],
        Selection::Decisions { .. } | Selection::FeeIncome => Vec::new(),
    };
    (whole, Wanted(wanted))
}

/// The columns of the keys left open, in the order of [`open`].
pub(super) fn keys(whole: &Selection) -> &'static [&'static str] {
    match whole {
        Selection::Documents { .. } => &["d.kind"],
        Selection::Requests { .. } => &["r.applicant_kind", "r.outcome", "r.channel"],
        Selection::Cases { .. } => &["c.track"],
        Selection::Entries { .. } => &["e.tag"],
        Selection::Decisions { .. } | Selection::FeeIncome => &[],
    }
}
