//! The entries of a list behind an introduction.

use super::introduce::Introduction;
use super::outline::{Mark, Outline};
use super::units;
use super::words::Words;
use crate::quantity::Sort;
use crate::words::{has, starts, words};

/// The most entries of a list.
const ENTRIES: usize = 64;
/// The most quantities that are looked at for a list.
const WINDOW: usize = 200;

/// A quantity of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) index: usize,
    /// The strongest mark between the entry before and this one.
    pub(super) mark: Mark,
    /// Which sentence of the list, from 0.
    pub(super) sentence: usize,
    /// It belongs to a list of its own within this one.
    pub(super) nested: bool,
    /// The share that follows it (`，占10%`, `（10%）`).
    pub(super) share: Option<usize>,
    /// What its brackets take off it: `（同时撤销2条）`.
    pub(super) withdrawn: Option<usize>,
    /// What the words around it say.
    pub(super) words: Words,
}

/// The quantities of counting or of money behind an introduction, up to the end of its bracket or
/// its sentence, and of some sentences more.
pub(super) fn entries(outline: &Outline, list: &Introduction, sort: Sort) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let first = outline.first_after(list.from);
    let start = outline.sentence_at(list.from);
    let mut mark = Mark::None;
    // Where a list within the list ends: at the next mark at least as strong.
    let mut nested = false;
    let mut last_end = list.from;
    for index in first..outline.items.len().min(first + WINDOW) {
        let (Some(item), Some(quantity)) = (outline.item(index), outline.quantity(index)) else {
            break;
        };
        if item.bracket != list.bracket {
            if item.bracket.is_none_or(|at| at < list.from) {
                break;
            }
            // A share in brackets belongs to the entry before, and so does what they take off it.
            if let Some(last) = found.last_mut()
                && item.bracket.is_some_and(|at| at < last.words.behind + 4)
            {
                let label = outline.slice(outline.label(index));
                if quantity.sort == Sort::Percent {
                    last.share.get_or_insert(index);
                } else if quantity.sort == sort && takes_off(label) {
                    last.withdrawn.get_or_insert(index);
                }
            }
            continue;
        }
        let sentence = item.sentence - start.min(item.sentence);
        if found.len() == ENTRIES || sentence > 8 || (list.bracket.is_some() && sentence > 1) {
            break;
        }
        mark = mark.max(item.mark);
        if nested && mark >= Mark::Semicolon {
            nested = false;
        }
        if item.words.far {
            break;
        }
        if quantity.sort == Sort::Percent {
            if let Some(last) = found.last_mut()
                && last.sentence == sentence
                && quantity.span.start - last_end <= 30
            {
                last.share.get_or_insert(index);
            }
            last_end = quantity.span.end;
            continue;
        }
        last_end = quantity.span.end;
        // 12345热线: a number that is a name.
        if quantity.unit.is_empty()
            && starts(
                outline.slice(quantity.span.end..item.words.behind),
                words!["热线", "短信", "市民", "政务服务", "平台", "”"],
            )
        {
            continue;
        }
        if quantity.sort != sort || !units::counts(quantity, outline.slice(quantity.unit.clone())) {
            continue;
        }
        nested |= item.words.among && !found.is_empty() && mark < Mark::Stop;
        found.push(Entry {
            index,
            mark: if found.is_empty() { Mark::None } else { mark },
            sentence,
            nested,
            share: None,
            withdrawn: None,
            words: item.words,
        });
        mark = Mark::None;
        // 134条：公文30条，…: what the colon introduces is a list of its own.
        nested |= item.words.colon;
    }
    found
}

/// Whether the words in brackets behind a part say that it was made smaller.
fn takes_off(label: &str) -> bool {
    has(
        label,
        words!["撤销", "撤下", "撤回", "删除", "下架", "剔除", "扣除"],
    )
}
