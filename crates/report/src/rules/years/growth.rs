//! Growth whose base is not in the sentence: `收到申请150件，同比增长25%`, with last year's report at
//! hand.

use crate::words::{WordSet, has, starts, words};
use std::collections::BTreeMap;

use statute::editions::CellKey;

use super::{LAST_YEAR_GROWTH_MISMATCH, Pair};
use crate::decimal::print;
use crate::finding::{Checked, CheckedKind, Place};
use crate::prose::Paragraph;
use crate::quantity::{Bound, Quantity, Sort};
use crate::reading::Reading;
use crate::rules::Sink;
use crate::rules::shares::rate::{self, Fit, Ratio};
use crate::rules::shares::terms;

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
/// The most figures of last year that are looked at.
const BASES: usize = 20_000;

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
    let behind = terms::after(paragraph, at);
    // 增加30件，增长25%: both from one base that the sentence gives.
    let given = has(
        terms::first_chars(behind, 12),
        words!["增长", "增幅", "下降", "降幅"],
    ) && growth.sort == Sort::Count;
    (exact && plain && same && !given && !has(gap, STATED) && gap.chars().count() <= 10).then_some(
        Claim {
            current: current_at,
            growth: at,
            up,
        },
    )
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
    let Some(base) = bases.get(&label, terms::unit(paragraph, current)) else {
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
        numerator: difference.max(0),
        base: base.value,
        numerator_slack: rate::slack(current),
        base_slack: base.slack,
        arithmetic: format!("({}-{})/{}", print(high), print(low), print(base.value)),
    };
    let (Some(fit), Some(shown), Some(exact)) =
        (ratio.fit(growth), ratio.shown(growth), ratio.exact())
    else {
        return;
    };
    let fit = if difference < 0 { Fit::Apart } else { fit };
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
    let message = if difference < 0 {
        format!(
            "正文写同比{}，而{}报告的同一项是 {}，本年是 {}，方向相反；请核对。",
            if claim.up { "增长" } else { "下降" },
            pair.last_year(),
            print(base.value),
            print(current.value)
        )
    } else {
        format!(
            "正文写同比增减 {stated}，而{}报告的同一项是 {}，{}={exact}，应为 {shown}；请核对两年的口径和数。",
            pair.last_year(),
            print(base.value),
            ratio.arithmetic
        )
    };
    sink.find(
        LAST_YEAR_GROWTH_MISMATCH
            .finding(place, message)
            .with_figures(stated, shown, ratio.arithmetic.clone())
            .with_related(vec![base.place.clone()]),
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
            .with_related(vec![base.place.clone()]),
    );
}

/// What a figure counts: the words before it in its clause without years, adverbs and verbs that
/// another year may write otherwise.
fn label(paragraph: &Paragraph, at: usize) -> String {
    const FILLING: [&str; 22] = [
        "截至",
        "年底",
        "本年度",
        "本年",
        "全年度",
        "全年",
        "今年",
        "年度",
        "共计",
        "累计",
        "总计",
        "合计",
        "一共",
        "共",
        "我局",
        "我镇",
        "我乡",
        "我县",
        "我市",
        "我区",
        "本机关",
        "我委",
    ];
    let mut text = terms::clause(terms::lead(paragraph, at)).to_owned();
    if let Some(start) = text.rfind('年')
        && text
            .get(..start)
            .is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()))
    {
        text = text
            .get(start + '年'.len_utf8()..)
            .unwrap_or_default()
            .to_owned();
    }
    for word in FILLING {
        text = text.replace(word, "");
    }
    text.trim_matches(['了', '的', '为', '有', '达', '到'])
        .to_owned()
}

/// A figure of last year that means the same as one of this year.
struct Base {
    value: i128,
    /// What its own rounding leaves open.
    slack: i128,
    place: Place,
}

/// Last year's figures by label and unit: paragraph and quantity, or none where two differ or one is
/// no exact figure.
struct Bases<'a> {
    previous: &'a Reading,
    by_label: BTreeMap<(String, &'a str), Option<(&'a Paragraph, &'a Quantity)>>,
}

impl<'a> Bases<'a> {
    fn of(previous: &'a Reading) -> Bases<'a> {
        let mut by_label: BTreeMap<_, Option<(&Paragraph, &Quantity)>> = BTreeMap::new();
        let all = previous.prose.paragraphs.iter().flat_map(|paragraph| {
            let quantities = paragraph.quantities.iter().enumerate();
            quantities.map(move |(at, quantity)| (paragraph, at, quantity))
        });
        for (paragraph, at, quantity) in all.take(BASES) {
            if quantity.sort != Sort::Count {
                continue;
            }
            let key = (label(paragraph, at), terms::unit(paragraph, quantity));
            let here = quantity.is_exact().then_some((paragraph, quantity));
            by_label
                .entry(key)
                .and_modify(|known| {
                    let same = known
                        .zip(here)
                        .is_some_and(|(one, two)| one.1.value == two.1.value);
                    if !same {
                        *known = None;
                    }
                })
                .or_insert(here);
        }
        Bases { previous, by_label }
    }

    /// Last year's figure under the same label, if there is just one value for it. A figure of the
    /// requests' table counts as well; where table and text disagree nothing is known.
    fn get(&self, label: &str, unit: &'a str) -> Option<Base> {
        let found = match self.by_label.get(&(label.to_owned(), unit)) {
            Some(None) => return None,
            Some(Some((paragraph, quantity))) => Some(Base {
                value: quantity.value,
                slack: rate::slack(quantity),
                place: paragraph.place(quantity.span.clone()),
            }),
            None => None,
        };
        let Some(key) = received(self.previous, label) else {
            return found;
        };
        let tables = &self.previous.report.tables;
        let figure = tables.number(key).map(|it| it.micros());
        match (found, figure) {
            (Some(base), Some(figure)) => (base.value == figure).then_some(base),
            (Some(base), None) => Some(base),
            (None, Some(value)) => Some(Base {
                value,
                slack: 0,
                place: self.previous.cell_place(key),
            }),
            (None, None) => None,
        }
    }
}

/// The cell of the requests received, where the label means all of them.
fn received(previous: &Reading, label: &str) -> Option<CellKey> {
    const MEANT: [&str; 8] = [
        "收到政府信息公开申请",
        "收到依申请公开",
        "收到申请",
        "新收政府信息公开申请",
        "受理政府信息公开申请",
        "收到依申请公开申请",
        "收到政府信息依申请公开",
        "收到公开申请",
    ];
    if !MEANT.contains(&label) {
        return None;
    }
    [
        CellKey::new("t3", "new", "total"),
        CellKey::new("stats2014", "C1", CellKey::VALUE),
    ]
    .into_iter()
    .find(|key| previous.report.edition.cell(*key).is_some())
}
