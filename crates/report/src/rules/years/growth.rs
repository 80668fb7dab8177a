//! Growth whose base is not in the sentence: `收到申请150件，同比增长25%`, with last year's report at
//! hand.

use super::bases::{Base, Bases, label};
use super::{LAST_YEAR_GROWTH_MISMATCH, Pair, stated};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind, Place};
use crate::prose::Paragraph;
use crate::quantity::{Bound, Quantity, Sort};
use crate::rules::Sink;
use crate::rules::shares::rate::{self, Fit, Ratio};
use crate::rules::shares::terms;
use crate::words::{WordSet, has, starts, words};

/// What stands before the verb of a claim that speaks of last year.
const AGAINST: &WordSet = words![
    "同比",
    "较上年",
    "比上年",
    "较去年",
    "比去年",
    "与上年相比",
    "与去年相比",
    "较上一年",
    "比上一年",
    "较前一年",
    "相比上年",
    "相比去年",
];
const UP: &WordSet = words!["增长", "增加", "上升", "提高", "增幅", "上涨", "多"];
const DOWN: &WordSet = words!["下降", "减少", "降低", "降幅", "回落", "少"];
/// Marks of a base that stands in the sentence; such growth is examined without last year's report.
const STATED: &WordSet = words![
    "去年的",
    "上年的",
    "同期的",
    "去年收",
    "上年收",
    "去年为",
    "上年为",
    "年的",
];
/// The most claims of a report that are looked into.
const CLAIMS: usize = 200;

/// A growth that a sentence states.
struct Claim {
    /// The figure of this year.
    current: usize,
    /// The growth, as a percentage or as a number.
    growth: usize,
    up: bool,
}

pub(super) fn examine(pair: &Pair<'_>, sink: &mut Sink) {
    let against = against(pair);
    let mut bases = None;
    let mut seen = 0;
    for paragraph in &pair.current.prose.paragraphs {
        for named in stated::bases(pair, paragraph) {
            if seen >= CLAIMS {
                return;
            }
            seen += 1;
            let bases = bases.get_or_insert_with(|| Bases::of(pair.previous));
            stated::judge(pair, paragraph, &named, bases, sink);
        }
        for at in 1..paragraph.quantities.len() {
            if seen >= CLAIMS {
                return;
            }
            let Some(claim) = claim(paragraph, at, &against) else {
                continue;
            };
            seen += 1;
            let bases = bases.get_or_insert_with(|| Bases::of(pair.previous));
            judge(pair, paragraph, &claim, bases, sink);
        }
    }
}

/// The words that speak of last year: the set ones, and last year by its number.
fn against(pair: &Pair<'_>) -> Vec<String> {
    let mut words: Vec<String> = AGAINST
        .words()
        .iter()
        .map(|&word| word.to_owned())
        .collect();
    if let Some(year) = pair.previous.report.year {
        for (before, after) in [("与", "相比"), ("同", "相比"), ("较", ""), ("比", "")] {
            words.push(format!("{before}{year}年度{after}"));
            words.push(format!("{before}{year}年{after}"));
        }
    }
    words
}

/// The claim whose growth is the quantity at `at`.
fn claim(paragraph: &Paragraph, at: usize, against: &[String]) -> Option<Claim> {
    let growth = paragraph.quantities.get(at)?;
    let current_at = at.checked_sub(1)?;
    let current = paragraph.quantities.get(current_at)?;
    let between = terms::lead(paragraph, at);
    if !terms::joined(paragraph, at) || between.chars().count() > 24 || between.contains('；') {
        return None;
    }
    let (start, word) = against
        .iter()
        .filter_map(|word| between.find(word.as_str()).map(|start| (start, word)))
        .min_by_key(|(start, word)| (*start, std::cmp::Reverse(word.len())))?;
    let verb = between
        .get(start + word.len()..)?
        .trim_start_matches(['，', '期', '度']);
    let up = match (starts(verb, UP), starts(verb, DOWN)) {
        (true, false) => true,
        (false, true) => false,
        _ => return None,
    };
    // Just the figure, a noun and a pause: “150件，同比增长25%”.
    let gap = between.get(..start)?;
    let exact = current.is_exact() && current.sort == Sort::Count && current.value > 0;
    let plain = matches!(growth.sort, Sort::Percent | Sort::Count)
        && growth.bound == Bound::Exact
        && growth.value > 0;
    // A number of another unit is no growth of this figure.
    let same = growth.sort == Sort::Percent
        || terms::unit(paragraph, growth) == terms::unit(paragraph, current);
    (exact && plain && same && !has(gap, STATED) && gap.chars().count() <= 10).then_some(Claim {
        current: current_at,
        growth: at,
        up,
    })
}

fn judge(
    pair: &Pair<'_>,
    paragraph: &Paragraph,
    claim: &Claim,
    bases: &Bases<'_>,
    sink: &mut Sink,
) {
    let (Some(current), Some(growth)) = (
        paragraph.quantities.get(claim.current),
        paragraph.quantities.get(claim.growth),
    ) else {
        return;
    };
    let label = label(paragraph, claim.current);
    if label.chars().count() < 4 {
        return;
    }
    let Some(base) = bases.get(pair, &label, terms::unit(paragraph, current), current) else {
        return;
    };
    let place = paragraph.place(current.span.start..growth.span.end);
    match growth.sort {
        Sort::Percent => percent(
            pair,
            paragraph,
            claim,
            (current, growth),
            &base,
            place,
            sink,
        ),
        _ => number(pair, claim, (current, growth), &base, place, sink),
    }
}

fn percent(
    pair: &Pair<'_>,
    paragraph: &Paragraph,
    claim: &Claim,
    (current, growth): (&Quantity, &Quantity),
    base: &Base,
    place: Place,
    sink: &mut Sink,
) {
    if base.value <= 0 {
        return;
    }
    let difference = if claim.up {
        current.value - base.value
    } else {
        base.value - current.value
    };
    let (high, low) = if claim.up {
        (current.value, base.value)
    } else {
        (base.value, current.value)
    };
    let ratio = Ratio {
        numerator: difference,
        base: base.value,
        numerator_slack: rate::slack(current),
        base_slack: base.slack,
        arithmetic: format!("({}-{})/{}", print(high), print(low), print(base.value)),
    };
    if difference < 0 {
        contrary(pair, claim, (current, growth), base, place, sink);
        return;
    }
    let (Some(fit), Some(shown), Some(exact)) =
        (ratio.fit(growth), ratio.shown(growth), ratio.exact())
    else {
        return;
    };
    let stated = rate::stated(paragraph, growth);
    sink.examined(rate::relation(
        CheckedKind::Growth,
        fit,
        &stated,
        &shown,
        &ratio,
        place.clone(),
    ));
    if fit != Fit::Apart {
        return;
    }
    let message = format!(
        "正文写同比增减 {stated}，而{}报告的同一项是 {}，{}={exact}，应为 {shown}；请核对两年的口径和数。",
        pair.last_year(),
        print(base.value),
        ratio.arithmetic
    );
    sink.find(
        LAST_YEAR_GROWTH_MISMATCH
            .finding(place, message)
            .with_figures(stated, shown, ratio.arithmetic.clone())
            .with_related(vec![pair.earlier(base.place.clone())]),
    );
}

/// Growth where last year's figure was greater, or a fall where it was less.
fn contrary(
    pair: &Pair<'_>,
    claim: &Claim,
    (current, growth): (&Quantity, &Quantity),
    base: &Base,
    place: Place,
    sink: &mut Sink,
) {
    let (now, before) = (print(current.value), print(base.value));
    let mut checked = Checked::equal(
        CheckedKind::Growth,
        false,
        &*now,
        &*before,
        &*before,
        place.clone(),
    );
    let (said, relation) = if claim.up {
        ("增长", "大于")
    } else {
        ("下降", "小于")
    };
    checked.relation = relation.to_owned();
    sink.examined(checked);
    let message = format!(
        "正文写比上年{said} {}{}，而{}报告的同一项是 {before}，本年是 {now}，方向相反；请核对两年的口径、数和表述。",
        growth.figure(),
        if growth.sort == Sort::Percent {
            "%"
        } else {
            ""
        },
        pair.last_year(),
    );
    sink.find(
        LAST_YEAR_GROWTH_MISMATCH
            .finding(place, message)
            .with_figures(now, before.clone(), before)
            .with_related(vec![pair.earlier(base.place.clone())]),
    );
}

fn number(
    pair: &Pair<'_>,
    claim: &Claim,
    (current, growth): (&Quantity, &Quantity),
    base: &Base,
    place: Place,
    sink: &mut Sink,
) {
    let (high, low) = if claim.up {
        (current.value, base.value)
    } else {
        (base.value, current.value)
    };
    // Figures in 万 leave their difference open.
    if base.slack > 0 || rate::slack(current) > 0 || rate::slack(growth) > 0 {
        return;
    }
    let expected = high - low;
    if expected < 0 {
        contrary(pair, claim, (current, growth), base, place, sink);
        return;
    }
    let arithmetic = format!("{}-{}", print(high), print(low));
    let holds = growth.value == expected;
    sink.examined(Checked::equal(
        CheckedKind::Growth,
        holds,
        growth.figure(),
        print(expected),
        &arithmetic,
        place.clone(),
    ));
    if holds {
        return;
    }
    let message = format!(
        "正文写比上年{} {}，而{}报告的同一项是 {}，{arithmetic}={}；请核对两年的口径和数。",
        if claim.up { "增加" } else { "减少" },
        growth.figure(),
        pair.last_year(),
        print(base.value),
        print(expected)
    );
    sink.find(
        LAST_YEAR_GROWTH_MISMATCH
            .finding(place, message)
            .with_figures(growth.figure(), print(expected), arithmetic)
            .with_related(vec![pair.earlier(base.place.clone())]),
    );
}
