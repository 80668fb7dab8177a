//! Figures that make up a change over several clauses: what came and went with what is there now, what
//! is done with what is left.

use statute::editions::Level;

use super::BALANCE_OF_CHANGE;
use super::find::alike;
use crate::finding::{Checked, CheckedKind};
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::rules::Sink;
use crate::rules::shares::rate;
use crate::rules::shares::terms::{clause, joined, lead};
use crate::words::{WordSet, has, words};

/// Words without which a paragraph has no such figures.
const SIGNS: &WordSet = words![
    "净增",
    "净减",
    "现行有效",
    "继续有效",
    "年末",
    "年底",
    "其余",
    "剩余",
    "余下",
];
const BEFORE: &WordSet = words![
    "年初",
    "上年末",
    "上年底",
    "去年末",
    "去年底",
    "上年年末",
    "上年年底",
    "上一年末",
    "原有",
];
const NOW: &WordSet = words!["现行有效", "继续有效", "年末", "年底"];
const OUT: &WordSet = words![
    "退出", "注销", "减少", "取消", "关停", "撤销", "废止", "失效", "流出", "迁出", "转出", "清退",
    "核减", "销户", "吊销", "清理",
];
const IN: &WordSet = words![
    "新增",
    "新建",
    "新设",
    "新开",
    "增加",
    "新登记",
    "引进",
    "流入",
    "迁入",
    "转入",
    "制发",
    "制定",
    "出台",
    "印发",
];
/// What leaves the number as it is.
const CHANGED: &WordSet = words!["修改", "修订", "保留"];
/// The most figures of a sentence that are looked at before and behind.
const REACH: usize = 6;

/// Examines the figures of a paragraph that make up a change.
pub(super) fn examine(paragraph: &Paragraph, sink: &mut Sink) {
    if !has(&paragraph.text, SIGNS) {
        return;
    }
    for (at, stated) in paragraph.quantities.iter().enumerate() {
        if !is_plain(stated) {
            continue;
        }
        let words = clause(lead(paragraph, at));
        let sum = if has(words, words!["净增", "净减"]) {
            net(paragraph, at, words)
        } else if has(words, NOW) && !has(words, BEFORE) {
            stock(paragraph, at)
        } else if ["其余", "剩余", "余下"]
            .iter()
            .any(|word| words.starts_with(word))
        {
            left(paragraph, at, words)
        } else {
            None
        };
        if let Some(sum) = sum {
            sum.judge(paragraph, at, stated, sink);
        }
    }
}

fn is_plain(quantity: &Quantity) -> bool {
    matches!(quantity.sort, Sort::Count | Sort::Money)
        && quantity.is_exact()
        && rate::slack(quantity) == 0
}

/// What a figure should be by others, by their places and signs.
struct Sum {
    terms: Vec<(usize, bool)>,
    level: Level,
    what: &'static str,
}

impl Sum {
    fn judge(&self, paragraph: &Paragraph, at: usize, stated: &Quantity, sink: &mut Sink) {
        let mut expected = 0_i128;
        let mut arithmetic = String::new();
        let (mut start, mut end) = (stated.span.start, stated.span.end);
        for (index, added) in &self.terms {
            let Some(term) = paragraph.quantities.get(*index) else {
                return;
            };
            let sign = match (arithmetic.is_empty(), added) {
                (true, _) => "",
                (false, true) => "+",
                (false, false) => "-",
            };
            arithmetic.push_str(sign);
            arithmetic.push_str(&term.figure());
            expected += if *added { term.value } else { -term.value };
            (start, end) = (start.min(term.span.start), end.max(term.span.end));
        }
        let holds = expected == stated.value;
        let place = paragraph.place(start..end);
        let shown = crate::decimal::print(expected);
        sink.examined(Checked::equal(
            CheckedKind::NarrativeSum,
            holds,
            stated.figure(),
            &*shown,
            &*arithmetic,
            place.clone(),
        ));
        if holds {
            return;
        }
        let name = clause(lead(paragraph, at));
        let message = format!(
            "正文写{name}{}，而按{}应为 {arithmetic}={shown}；请核对这几个数。",
            stated.figure(),
            self.what
        );
        sink.find(
            BALANCE_OF_CHANGE
                .finding(place, message)
                .at_level(self.level)
                .with_figures(stated.figure(), shown, arithmetic),
        );
    }
}

/// 新增保障120户，退出保障40户，净增80户.
fn net(paragraph: &Paragraph, at: usize, words: &str) -> Option<Sum> {
    let (one, two) = (at.checked_sub(2)?, at.checked_sub(1)?);
    let stated = paragraph.quantities.get(at)?;
    for index in [one, two] {
        let figure = paragraph.quantities.get(index)?;
        if !joined(paragraph, index + 1) || !is_plain(figure) || !alike(paragraph, figure, stated) {
            return None;
        }
    }
    let way = |index: usize| {
        let words = clause(lead(paragraph, index));
        match (has(words, IN), has(words, OUT)) {
            _ if words.contains('净') || has(words, words!["其中", "比", "较"]) => None,
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    };
    let (came, went) = match (way(one)?, way(two)?) {
        (true, false) => (one, two),
        (false, true) => (two, one),
        _ => return None,
    };
    let grew = words.contains("净增");
    let terms = if grew {
        vec![(came, true), (went, false)]
    } else {
        vec![(went, true), (came, false)]
    };
    Some(Sum {
        terms,
        level: Level::Error,
        what: "增减的数",
    })
}

/// 新增文件7件，废止12件，失效3件，现行有效94件（上年末102件）.
fn stock(paragraph: &Paragraph, at: usize) -> Option<Sum> {
    let stated = paragraph.quantities.get(at)?;
    let (mut first, mut last) = (at, at);
    while at - first < REACH && first > 0 && joined(paragraph, first) {
        first -= 1;
    }
    while last - at < REACH && joined(paragraph, last + 1) {
        last += 1;
    }
    let mut before = None;
    let mut flows = Vec::new();
    for index in (first..=last).filter(|index| *index != at) {
        let figure = paragraph.quantities.get(index)?;
        if !matches!(figure.sort, Sort::Count) {
            continue;
        }
        let words = clause(lead(paragraph, index));
        if !alike(paragraph, figure, stated) {
            continue;
        }
        // 较年初减少3件: that is what the rest makes up.
        if words.contains('净') || has(words, CHANGED) || has(words, words!["增加", "减少"]) {
            continue;
        }
        if !is_plain(figure) || has(words, words!["含", "包括", "累计", "共"]) {
            return None;
        }
        if has(words, BEFORE) {
            if before.replace(index).is_some() {
                return None;
            }
        } else if has(words, NOW) {
            return None;
        } else if has(words, OUT) {
            flows.push((index, false));
        } else if has(words, IN) {
            flows.push((index, true));
        } else {
            return None;
        }
    }
    let mut terms = vec![(before?, true)];
    if flows.is_empty() {
        return None;
    }
    terms.append(&mut flows);
    Some(Sum {
        terms,
        // A document that was changed may count as one that went, or came.
        level: Level::Warning,
        what: "原有的数和本年的增减",
    })
}

/// 发现隐患480条，已整改471条，整改率98.1%，其余9条正在整改. What became of applications is told by
/// their own balance.
fn left(paragraph: &Paragraph, at: usize, words: &str) -> Option<Sum> {
    let stated = paragraph.quantities.get(at)?;
    let mut found = Vec::new();
    let mut index = at;
    while found.len() < 2 && at - index < 4 {
        if !joined(paragraph, index) {
            return None;
        }
        index = index.checked_sub(1)?;
        let figure = paragraph.quantities.get(index)?;
        if matches!(figure.sort, Sort::Percent) {
            continue;
        }
        if !is_plain(figure) || !alike(paragraph, figure, stated) {
            return None;
        }
        found.push(index);
    }
    let [done, total] = found.as_slice() else {
        return None;
    };
    let (how, whole) = (
        clause(lead(paragraph, *done)),
        clause(lead(paragraph, *total)),
    );
    let closes = has(
        how,
        words![
            "整改", "完成", "修复", "化解", "解决", "拆除", "销号", "处置", "落实"
        ],
    ) && !has(how, words!["其中", "未", "正在"]);
    let opens = !has(whole, words!["已", "其中", "完成", "整改", "未"]);
    let plain = words.chars().count() <= 6
        && !lead(paragraph, *done).contains('；')
        && !lead(paragraph, at).contains('；');
    // A part before the total may take the total's place.
    let part = joined(paragraph, *total)
        && total
            .checked_sub(1)
            .and_then(|at| paragraph.quantities.get(at))
            .is_some_and(|other| alike(paragraph, other, stated));
    let agrees = {
        let figure = |at: &usize| paragraph.quantities.get(*at).map(|it| it.value);
        figure(total)? - figure(done)? == stated.value
    };
    (closes && opens && plain && (agrees || !part)).then(|| Sum {
        terms: vec![(*total, true), (*done, false)],
        level: Level::Error,
        what: "总数和已办的数",
    })
}
