//! Last year's figures, by what they count.

use std::collections::BTreeMap;

use statute::editions::CellKey;

use super::Pair;
use crate::finding::Place;
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::reading::Reading;
use crate::rules::shares::rate;
use crate::rules::shares::terms;

/// The most figures of last year that are looked at.
const BASES: usize = 20_000;

/// What a figure counts: the words before it in its clause without years, adverbs and verbs that
/// another year may write otherwise.
pub(super) fn label(paragraph: &Paragraph, at: usize) -> String {
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
pub(super) struct Base {
    pub(super) value: i128,
    /// What its own rounding leaves open.
    pub(super) slack: i128,
    pub(super) place: Place,
}

/// Last year's figures by label and unit: paragraph and quantity, or none where two differ or one is
/// no exact figure.
pub(super) struct Bases<'a> {
    previous: &'a Reading,
    by_label: BTreeMap<(String, &'a str), Option<(&'a Paragraph, &'a Quantity)>>,
}

impl<'a> Bases<'a> {
    pub(super) fn of(previous: &'a Reading) -> Bases<'a> {
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
    /// tables counts as well; where table and text disagree nothing is known.
    pub(super) fn get(
        &self,
        pair: &Pair<'_>,
        label: &str,
        unit: &'a str,
        current: &Quantity,
    ) -> Option<Base> {
        let found = match self.by_label.get(&(label.to_owned(), unit)) {
            Some(None) => return None,
            Some(Some((paragraph, quantity))) => Some(Base {
                value: quantity.value,
                slack: rate::slack(quantity),
                place: paragraph.place(quantity.span.clone()),
            }),
            None => None,
        };
        let key = received(self.previous, label).or_else(|| {
            // What is decided may be told of a part of the unit; of all of it where this year's
            // figure is that of the table.
            decided(self.previous, label).filter(|key| pair.now(*key) == Some(current.value))
        });
        let Some(key) = key else {
            return found;
        };
        let figure = pair.before(key);
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

/// The cell of the decisions of a kind, where the label means them.
fn decided(previous: &Reading, label: &str) -> Option<CellKey> {
    const VERBS: [&str; 8] = [
        "作出", "做出", "办理", "处理", "办结", "实施", "开展", "依法",
    ];
    const ENDS: [&str; 5] = ["处理决定", "决定", "案件", "事项", "办件"];
    let mut name = label;
    while let Some(rest) = VERBS.iter().find_map(|verb| name.strip_prefix(verb)) {
        name = rest;
    }
    let name = ENDS
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    let row = match name {
        "行政许可" => "license",
        "行政处罚" => "penalty",
        "行政强制" => "coercion",
        _ => return None,
    };
    let key = CellKey::new("t2", row, "decisions");
    previous.report.edition.cell(key).is_some().then_some(key)
}
