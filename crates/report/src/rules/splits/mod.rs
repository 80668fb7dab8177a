//! Totals with their parts: what a sentence splits, into what, and whether that adds up.
//!
//! The analysis is shared by the rules on sums and on shares. It reads 其中, colon lists, brackets,
//! 包括, 分别为, `在…中，` and bare lists, over commas, semicolons and full stops; lists within lists
//! belong to the part that they split.

mod agree;
mod ahead;
mod aspect;
mod bare;
mod group;
mod heads;
mod introduce;
mod list;
mod outline;
mod units;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::prose::Prose;
use crate::quantity::{Bound, ONE, Quantity, Sort};
use crate::words::{has, words};
use heads::Head;
use introduce::Introduction;
use outline::Outline;

/// How a list of parts is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Introducer {
    /// 其中.
    Among,
    /// A colon right behind the total.
    Colon,
    /// Brackets right behind the total.
    Brackets,
    /// 包括, 涉及, 含.
    Including,
    /// 分别为, 分为.
    Respectively,
    /// `在…中，`.
    OfThese,
    /// Nothing but a mark.
    Bare,
    /// The parts stand before their total: `…，共计N`.
    After,
}

/// A part of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The paragraph that it stands in.
    pub(crate) paragraph: usize,
    /// Its quantity.
    pub(crate) quantity: usize,
    /// The words that name it.
    pub(crate) label: Range<usize>,
}

/// Whether the parts make up the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// They do, under a reading that is named where it is not the plain one.
    Equal(Option<String>),
    /// They are less than the total.
    Below,
    /// They are more than the total.
    Above,
    /// There is nothing to compare.
    Unclear,
}

/// How firmly a list is a list of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The parts are of one kind, joined directly, in the unit of the total.
    pub(crate) clean: bool,
    /// The list ends where the sentence or its clause does, not in something else.
    pub(crate) whole: bool,
    /// The parts sort by several things, or by one that leaves a piece in two of them.
    pub(crate) mixed: bool,
    /// All numbers are exact.
    pub(crate) exact: bool,
    /// 等 or the like leaves the list open.
    pub(crate) open: bool,
    /// A part is called 其他, so that the list means to be whole.
    pub(crate) rest: bool,
    /// The units are mixed from the first part on.
    pub(crate) loose: bool,
    /// The figure behind the list is just what its parts are too many.
    pub(crate) doubtful: bool,
}

/// A total with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    /// The paragraph of the total.
    pub(crate) paragraph: usize,
    /// The quantity of the total.
    pub(crate) head: usize,
    /// The parts, in the order of the text.
    pub(crate) parts: Vec<Part>,
    /// How the list is introduced.
    pub(crate) introducer: Introducer,
    /// Whether the list means to be whole.
    pub(crate) closed: bool,
    /// Whether 其他 or shares of a hundred per cent say so.
    pub(crate) told_whole: bool,
    /// Whether it is sure which total is meant and that the parts are its parts.
    pub(crate) sure: bool,
    /// Whether a figure beside it may explain that the parts are too many.
    pub(crate) doubtful: bool,
    /// Whether the parts name channels, on which one piece may be published twice.
    pub(crate) channels: bool,
    /// Figures that brackets take off the sum of the parts, by paragraph and quantity.
    pub(crate) withdrawn: Vec<(usize, usize)>,
    /// Whether it adds up.
    pub(crate) agreement: Agreement,
    /// The list in the paragraph of its parts.
    pub(crate) range: Range<usize>,
}

/// The most introductions of a paragraph that are looked at.
const INTRODUCTIONS: usize = 200;

/// Every total with its parts, in the order of the text. A total may be split several times.
pub(crate) fn find(prose: &Prose) -> Vec<Split> {
    let mut found = Vec::new();
    for group in group::groups(prose) {
        let outline = Outline::of(&group);
        found.append(&mut Finder { outline: &outline }.find());
    }
    found
}

struct Finder<'a> {
    outline: &'a Outline<'a>,
}

/// A split in terms of its group.
struct Found {
    head: usize,
    parts: Vec<usize>,
    introducer: Introducer,
    closed: bool,
    told_whole: bool,
    sure: bool,
    doubtful: bool,
    channels: bool,
    withdrawn: Vec<usize>,
    agreement: Agreement,
    range: Range<usize>,
}

impl Found {
    /// Parts that make up their total, with nothing to introduce them.
    fn whole(head: usize, parts: Vec<usize>, range: Range<usize>) -> Found {
        Found {
            head,
            parts,
            introducer: Introducer::Bare,
            closed: true,
            told_whole: true,
            sure: true,
            doubtful: false,
            channels: false,
            withdrawn: Vec::new(),
            agreement: Agreement::Equal(None),
            range,
        }
    }

    fn agrees(&self) -> bool {
        matches!(self.agreement, Agreement::Equal(_))
    }
}

impl<'a> Finder<'a> {
    fn find(&self) -> Vec<Split> {
        let mut found: Vec<Found> = Vec::new();
        for list in introduce::introductions(self.outline)
            .iter()
            .take(INTRODUCTIONS)
        {
            for sort in [Sort::Count, Sort::Money] {
                self.split(list, sort, &mut found);
            }
        }
        bare::find(self, &mut found);
        drop_doubles(&mut found);
        found.into_iter().map(|found| self.placed(found)).collect()
    }

    /// A split in terms of its paragraphs.
    fn placed(&self, found: Found) -> Split {
        let group = self.outline.group;
        let (paragraph, head) = group.quantity(found.head);
        let parts = found.parts.iter().map(|part| {
            let label = self.outline.label(*part);
            let (paragraph, quantity) = group.quantity(*part);
            let (_, start) = group.place(label.start);
            Part {
                paragraph,
                quantity,
                label: start..start + label.len(),
            }
        });
        let (_, start) = group.place(found.range.start);
        Split {
            paragraph,
            head,
            parts: parts.collect(),
            introducer: found.introducer,
            closed: found.closed,
            told_whole: found.told_whole,
            sure: found.sure,
            doubtful: found.doubtful,
            channels: found.channels,
            withdrawn: found
                .withdrawn
                .iter()
                .map(|index| group.quantity(*index))
                .collect(),
            agreement: found.agreement,
            range: start..start + found.range.len(),
        }
    }

    fn split(&self, list: &Introduction, sort: Sort, found: &mut Vec<Found>) {
        let mut entries = list::entries(self.outline, list, sort);
        // The list begins in the sentence that introduces it.
        if entries.first().is_none_or(|entry| entry.sentence > 0) {
            return;
        }
        let heads = self.heads(list, sort);
        // Far heads are believed only when the sum agrees.
        for head in heads.iter().take(6) {
            // One kind of split after another: by applicant; by outcome.
            let mut equal = false;
            for _ in 0..3 {
                let verdict = agree::judge(self.outline, head.told(), &entries);
                if !matches!(verdict.agreement, Agreement::Equal(_))
                    || (head.far && verdict.parts.len() < 3 && head.quantity.value < 10 * ONE)
                {
                    break;
                }
                if !equal {
                    let before = verdict
                        .parts
                        .first()
                        .and_then(|first| entries.get(..*first));
                    found.extend(before.and_then(|before| self.beside(list, &heads, before)));
                }
                equal = true;
                let split = self.made(list, head, &entries, &verdict, true);
                let last = verdict.parts.last().copied().unwrap_or_default();
                let series = self.series(&split);
                found.push(split);
                found.extend(series);
                found.extend(self.children(&entries, last));
                entries.drain(..=last.min(entries.len().saturating_sub(1)));
                if let Some(first) = entries.first_mut() {
                    first.nested = false;
                }
            }
            if equal {
                return;
            }
        }
        if list.faint {
            return;
        }
        let judged: Vec<(&Head, agree::Verdict, agree::Shares)> = heads
            .iter()
            .filter(|head| !head.compared && !head.far)
            .take(3)
            .map(|head| {
                let verdict = agree::judge(self.outline, head.told(), &entries);
                let shares = agree::shares(self.outline, head.quantity, &entries, &verdict.parts);
                (head, verdict, shares)
            })
            .filter(|(_, verdict, _)| verdict.agreement != Agreement::Unclear)
            .collect();
        // The nearest, or the one that the shares of the parts are shares of.
        let fitting = judged
            .iter()
            .find(|(.., shares)| shares.fitting >= 2 && list.kind != Introducer::Brackets);
        let Some((head, verdict, shares)) = fitting.or(judged.first()) else {
            return;
        };
        // Parts of which everyone has a share, and these are a hundred per cent, are all parts,
        // where what they lack is no group of its own: those still open, say.
        let told = shares.complete
            && list.kind == Introducer::OfThese
            && verdict.agreement == Agreement::Below
            && self.lacking(head, &entries, verdict) <= head.quantity.value / 50;
        // 甲类12条，包括乙8条、丙8条: of another total the words would stand further off.
        let joined = verdict.parts.len() >= 2
            && self.outline.slice(head.quantity.span.end..list.at) == "，"
            && self.outline.slice(list.at..list.from).starts_with('包');
        let elsewhere = verdict.agreement == Agreement::Above
            && fitting.is_none()
            && self.another_fits(list, head, &heads, &entries, verdict, found);
        let sure = (!list.partial || told)
            && (fitting.is_some() || self.is_direct(list, head))
            && (joined || !elsewhere);
        let mut verdict = verdict.clone();
        verdict.shape.mixed &= !told;
        // 316件，其中甲278件，占88.0%；乙105件，占33.2%: each a share of all, of pieces that are both.
        verdict.shape.mixed |= verdict.agreement == Agreement::Above && shares.overlap;
        if let Some(index) = self.carried(list, head, &entries, &verdict) {
            verdict.agreement =
                Agreement::Equal(Some("各项中含上年结转的申请，扣除后与总数相符".to_owned()));
            verdict.withdrawn = vec![index];
        }
        let mut split = self.made(list, head, &entries, &verdict, sure);
        split.doubtful |= elsewhere;
        split.closed |= shares.complete && !verdict.shape.open;
        split.told_whole |= shares.complete;
        found.extend(self.series(&split));
        found.push(split);
    }

    /// What was carried over from last year and is answered among the parts, which are just so many
    /// more than was received.
    fn carried(
        &self,
        list: &Introduction,
        head: &Head,
        entries: &[list::Entry],
        verdict: &agree::Verdict,
    ) -> Option<usize> {
        let excess = -self.lacking(head, entries, verdict);
        let last = verdict.parts.last().and_then(|at| entries.get(*at))?.index;
        if verdict.agreement != Agreement::Above || verdict.parts.len() < 2 || list.partial {
            return None;
        }
        let first = head.index.saturating_sub(4);
        (first..=last + 2)
            .filter(|index| *index < head.index || *index > last)
            .find(|index| {
                let label = self.outline.slice(self.outline.label(*index));
                let quantity = self.outline.quantity(*index);
                quantity.is_some_and(|quantity| quantity.value == excess)
                    && label.contains("结转")
                    && !has(label, words!["下", "次年", "明年"])
            })
    }

    /// How much the parts are less than their total.
    fn lacking(&self, head: &Head, entries: &[list::Entry], verdict: &agree::Verdict) -> i128 {
        verdict
            .parts
            .iter()
            .filter_map(|at| entries.get(*at))
            .filter_map(|entry| self.outline.quantity(entry.index))
            .fold(head.quantity.value, |rest, part| {
                rest.saturating_sub(part.value)
            })
    }

    /// The part of the nearest total, where the list goes on with parts of another:
    /// `收到92件，由78家承办，其中主办31家。甲类60件，乙类32件`.
    fn beside(
        &self,
        list: &Introduction,
        heads: &[Head],
        entries: &[list::Entry],
    ) -> Option<Found> {
        let head = heads
            .first()
            .filter(|head| !head.compared && !head.far && self.is_direct(list, head))?;
        let verdict = agree::judge(self.outline, head.told(), entries);
        (verdict.agreement == Agreement::Below && verdict.parts.len() == 1)
            .then(|| self.made(list, head, entries, &verdict, true))
    }

    /// What stands in brackets behind a total and behind each of its parts, where that adds up too:
    /// `累计90条（新增9条），甲类50条（新增5条），乙类40条（新增4条）`.
    fn series(&self, split: &Found) -> Option<Found> {
        let inner = |index: usize| {
            let (item, next) = (self.outline.item(index)?, self.outline.item(index + 1)?);
            let quantity = self.outline.quantity(index + 1)?;
            let behind = next.bracket? <= item.words.behind + '（'.len_utf8();
            (behind && next.bracket != item.bracket && quantity.sort == Sort::Count)
                .then_some((index + 1, quantity))
        };
        if split.parts.len() < 2 {
            return None;
        }
        let (head, whole) = inner(split.head)?;
        let parts: Vec<(usize, &Quantity)> = split
            .parts
            .iter()
            .map(|part| inner(*part))
            .collect::<Option<_>>()?;
        let sum = parts
            .iter()
            .fold(0_i128, |sum, (_, part)| sum.saturating_add(part.value));
        let end = parts
            .last()
            .map_or(whole.span.end, |(_, part)| part.span.end);
        let parts = parts.iter().map(|(part, _)| *part).collect();
        (sum == whole.value && whole.value > 0)
            .then(|| Found::whole(head, parts, whole.span.end..end))
    }

    /// What the rest of a sentence says of the last part of its list:
    /// `1件为甲；4件为乙，2件为丙、2件为丁`.
    fn children(&self, entries: &[list::Entry], last: usize) -> Option<Found> {
        let parent = entries.get(last)?;
        let whole = self.outline.quantity(parent.index)?;
        let mut parts = Vec::new();
        let mut sum = 0_i128;
        for entry in entries.iter().skip(last + 1) {
            if entry.sentence != parent.sentence || entry.mark > outline::Mark::Comma {
                break;
            }
            let part = self.outline.quantity(entry.index)?;
            let fit = units::fit(
                self.outline.slice(whole.unit.clone()),
                whole.sort,
                self.outline.slice(part.unit.clone()),
                part.sort,
            );
            if fit != units::Fit::Same || entry.words.foreign || part.value <= 0 {
                return None;
            }
            sum = sum.saturating_add(part.value);
            parts.push((entry.index, part));
        }
        let (_, end) = parts.last()?;
        let range = whole.span.end..end.span.end;
        let parts: Vec<usize> = parts.iter().map(|(part, _)| *part).collect();
        (parts.len() >= 2 && sum == whole.value).then(|| Found::whole(parent.index, parts, range))
    }

    fn made(
        &self,
        list: &Introduction,
        head: &Head,
        entries: &[list::Entry],
        verdict: &agree::Verdict,
        sure: bool,
    ) -> Found {
        let parts: Vec<usize> = verdict
            .parts
            .iter()
            .filter_map(|at| entries.get(*at))
            .map(|entry| entry.index)
            .collect();
        let end = parts
            .last()
            .and_then(|part| self.outline.quantity(*part))
            .map_or(list.from, |part| part.span.end);
        let shape = verdict.shape;
        let above = verdict.agreement == Agreement::Above;
        // A list that the text breaks off leaves parts out.
        let cut = !above && !shape.rest && !self.ends(list, end);
        let closes =
            shape.rest || matches!(list.kind, Introducer::Colon | Introducer::Respectively);
        Found {
            head: head.index,
            introducer: list.kind,
            told_whole: shape.rest,
            closed: closes && !cut && !shape.open && !list.partial && parts.len() >= 2,
            sure: sure
                && shape.clean
                && (above || shape.whole)
                && shape.exact
                && (!shape.mixed || parts.len() == 1)
                && !shape.open
                && !cut
                && head.quantity.bound == Bound::Exact,
            doubtful: shape.doubtful || self.cumulated(head.index, &parts),
            channels: self.channels(head, &parts),
            withdrawn: verdict.withdrawn.clone(),
            agreement: verdict.agreement.clone(),
            range: list.at..end.max(list.at),
            parts,
        }
    }

    /// Whether a total and its parts are what has come together over the years, of which some may
    /// have been taken back since.
    fn cumulated(&self, head: usize, parts: &[usize]) -> bool {
        let cumulated = |index: &usize| {
            self.outline
                .item(*index)
                .is_some_and(|item| item.words.cumulated)
        };
        cumulated(&head) && parts.first().is_some_and(cumulated)
    }

    /// Whether the text goes on to the end of the sentence or of the bracket of a list.
    fn ends(&self, list: &Introduction, end: usize) -> bool {
        let closes = || {
            let rest = self.outline.slice(end..self.outline.text().len());
            rest.chars().take(200).any(|c| c == '）')
        };
        self.outline.last_stop() > end || (list.bracket.is_some() && closes())
    }

    /// Whether two parts or more are named by where they were published.
    fn channels(&self, head: &Head, parts: &[usize]) -> bool {
        let named = |part: &&usize| {
            self.outline
                .item(**part)
                .is_some_and(|item| item.words.aspect == Some(aspect::Aspect::Channel))
        };
        // Accounts and offices are no pieces of information.
        !matches!(head.unit, "个" | "家" | "人" | "名") && parts.iter().filter(named).count() >= 2
    }
}

/// A split that was found by two introductions counts once; where a total agrees with one list,
/// other readings of its parts do not count.
fn drop_doubles(found: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    found.retain(|split| seen.insert((split.head, split.parts.clone())));
    let agreeing = || found.iter().filter(|split| split.agrees());
    let heads: BTreeSet<usize> = agreeing().map(|split| split.head).collect();
    let taken: BTreeSet<usize> = agreeing()
        .flat_map(|split| split.parts.iter().copied())
        .collect();
    found.retain(|split| {
        let apart = || !split.parts.iter().any(|part| taken.contains(part));
        let lone = || split.parts.len() == 1 && split.agreement == Agreement::Below && apart();
        split.agrees()
            || lone()
            || !(heads.contains(&split.head) || split.parts.iter().all(|part| taken.contains(part)))
    });
}
