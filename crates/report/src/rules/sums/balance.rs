//! The balance of applications: what came in and was carried over is what was answered and is
//! carried on.

use std::ops::Range;

use crate::finding::{Checked, CheckedKind, Place};
use crate::prose::{Paragraph, Prose};
use crate::quantity::{ONE, Quantity, Sort};
use crate::rules::splits::{Agreement, Split};
use crate::rules::{Rule, Sink};
use crate::words::{WordSet, first_chars, has, starts, words};
use statute::editions::Level;

/// N103.
pub(super) const BALANCE_MISMATCH: Rule = Rule {
    name: "balance-mismatch",
    code: "N103",
    level: Level::Error,
    summary: "句中新收、结转、办结和结转下年的申请数不平衡",
    english: "requests received, carried in, closed and carried over do not balance",
    article: Some("《政府信息公开工作年度报告格式》第三部分"),
    page: include_str!("../pages/balance-mismatch.md"),
};

/// What a figure is in the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Received this year.
    Received,
    /// Carried over from last year.
    In,
    /// Answered or closed.
    Handled,
    /// One outcome.
    Outcome,
    /// Carried on to next year.
    Out,
    /// What was to be answered in all: 应办, 共办理.
    Due,
}

pub(super) fn examine(prose: &Prose, splits: &[Split], sink: &mut Sink) {
    let mut balance = Balance::default();
    let mut chapter = "";
    for paragraph in &prose.paragraphs {
        // A balance stands in one breath, in one chapter or in two on applications.
        let elsewhere = paragraph.chapter != chapter
            && !(paragraph.chapter.contains("申请") && chapter.contains("申请"));
        if elsewhere || balance.silent > 2 {
            std::mem::take(&mut balance).settle(prose, splits, sink);
        }
        chapter = &paragraph.chapter;
        balance.silent += 1;
        let tells = has(&paragraph.text, words!["申请", "结转"])
            || paragraph.chapter.contains("申请")
            || (balance.received.is_some()
                && has(&paragraph.text, words!["予以公开", "同意公开", "不予公开"]));
        if tells && !paragraph.text.contains(['|', '<']) {
            take_in(paragraph, &mut balance, prose, splits, sink);
        }
    }
    balance.settle(prose, splits, sink);
}

/// A figure with its paragraph.
#[derive(Debug, Clone, Copy)]
struct Figure<'a> {
    paragraph: &'a Paragraph,
    quantity: &'a Quantity,
}

/// The figures of one balance.
#[derive(Debug, Default)]
struct Balance<'a> {
    received: Option<Figure<'a>>,
    carried_in: Option<Figure<'a>>,
    handled: Option<Figure<'a>>,
    outcomes: Vec<Figure<'a>>,
    carried_out: Option<Figure<'a>>,
    /// What was received and carried over together, where that is told.
    due: Option<Figure<'a>>,
    /// What was closed is told with what was carried over, and what goes on, in one bracket.
    noted: bool,
    /// The last figure was what was received.
    received_last: bool,
    /// What was carried over is told as a part of what was received.
    included: bool,
    /// Paragraphs since the last figure.
    silent: usize,
    /// A role was taken twice by different figures, so that nothing is sure.
    doubtful: bool,
}

fn take_in<'a>(
    paragraph: &'a Paragraph,
    balance: &mut Balance<'a>,
    prose: &Prose,
    splits: &[Split],
    sink: &mut Sink,
) {
    let tells = paragraph.chapter.contains("申请") || paragraph.text.contains("结转");
    for (index, quantity) in paragraph.quantities.iter().enumerate() {
        let nothing_yet = balance.received.is_none();
        let Some(role) = role(paragraph, index, quantity, nothing_yet, tells)
            .or_else(|| balance.last_out(paragraph, index, quantity))
        else {
            continue;
        };
        let figure = Figure {
            paragraph,
            quantity,
        };
        // 受理30件（其中新收28件，上年结转2件）: a part of what was received.
        if role == Role::Received && balance.received_last && is_among(paragraph, index, quantity) {
            balance.included = true;
            continue;
        }
        // Another figure of what was received begins a balance of its own.
        if role == Role::Received && balance.is_whole() {
            std::mem::take(balance).settle(prose, splits, sink);
        }
        balance.silent = 0;
        if role == Role::In {
            let (before, _) = clause(paragraph, index, quantity);
            let before = paragraph.slice(before);
            balance.included |= balance.received_last && has(before, words!["含", "包括", "其中"]);
        }
        balance.received_last = role == Role::Received;
        balance.noted |= role == Role::Handled && notes_carried(paragraph, quantity);
        let slot = match role {
            Role::Received => &mut balance.received,
            Role::In => &mut balance.carried_in,
            Role::Handled => &mut balance.handled,
            Role::Out => &mut balance.carried_out,
            Role::Due => &mut balance.due,
            Role::Outcome => {
                if balance.outcomes.len() < 40 {
                    balance.outcomes.push(figure);
                }
                continue;
            }
        };
        match slot {
            None => *slot = Some(figure),
            Some(before) => balance.doubtful |= before.value() != figure.value(),
        }
    }
}

/// Whether 其中 or a bracket makes a figure a part of the one before it.
fn is_among(paragraph: &Paragraph, index: usize, quantity: &Quantity) -> bool {
    let between = index
        .checked_sub(1)
        .and_then(|before| paragraph.quantities.get(before))
        .map_or("", |before| {
            paragraph.slice(before.span.end..quantity.span.start)
        });
    between.contains("其中") || (between.contains('（') && !between.contains('）'))
}

impl Figure<'_> {
    fn value(self) -> i128 {
        self.quantity.value
    }
}

impl<'a> Balance<'a> {
    fn is_whole(&self) -> bool {
        self.received.is_some() && (self.handled.is_some() || self.outcomes.len() >= 3)
    }

    /// 收到53件，上年结转2件，办结54件，结转1件: once the others are told, what is carried is carried on.
    fn last_out(&self, paragraph: &Paragraph, index: usize, quantity: &Quantity) -> Option<Role> {
        let (before, _) = clause(paragraph, index, quantity);
        (self.received.is_some()
            && self.carried_in.is_some()
            && (self.handled.is_some() || self.outcomes.len() >= 3)
            && self.carried_out.is_none()
            && paragraph.slice(before) == "结转"
            && paragraph.slice(quantity.unit.clone()) == "件")
            .then_some(Role::Out)
    }

    fn settle(&self, prose: &Prose, splits: &[Split], sink: &mut Sink) {
        let Some(received) = self.received else {
            return;
        };
        if self.doubtful
            || !self
                .figures()
                .all(|figure| figure.quantity.is_exact() && figure.value() % ONE == 0)
        {
            return;
        }
        let by_outcome: Vec<Figure> = self
            .outcomes
            .iter()
            .copied()
            .chain(self.carried_out)
            .collect();
        let by_total: Vec<Figure> = self.handled.into_iter().chain(self.carried_out).collect();
        let sum = |terms: &[Figure]| terms.iter().map(|term| term.value()).sum::<i128>();
        let whole = received.value() + self.added().map_or(0, |figure| figure.value());
        if let Some(due) = self.due
            && self.added().is_some()
            && due.value() == whole
        {
            let show = |value: i128| crate::decimal::print(value);
            sink.examined(Checked::equal(
                CheckedKind::NarrativeSum,
                true,
                show(due.value()),
                show(whole),
                self.arrivals(received),
                due.paragraph.place(due.quantity.span.clone()),
            ));
        }
        let mut settled = false;
        for (terms, enough) in [
            (&by_outcome, self.outcomes.len() >= 2),
            (&by_total, self.handled.is_some()),
        ] {
            let closes = self.carried_in.is_some() || self.carried_out.is_some();
            if enough && closes && sum(terms) == whole {
                settled = true;
                if let (true, Some(handled), Some(out)) =
                    (self.noted, self.handled, self.carried_out)
                {
                    let arithmetic =
                        format!("{}-{}", self.arrivals(received), out.quantity.figure());
                    let closed = handled.quantity.figure();
                    sink.examined(Checked {
                        stated: closed.clone(),
                        expected: closed,
                        arithmetic,
                        ..self.checked(received, whole, terms, None)
                    });
                    continue;
                }
                // A list of parts that the text made of them was examined as one.
                if self.added().is_none() && is_split(received, terms, prose, splits) {
                    continue;
                }
                sink.examined(self.checked(received, whole, terms, None));
            }
        }
        if settled {
            return;
        }
        self.explain(received, &by_outcome, &by_total, sink);
    }

    /// Readings under which the balance holds though a figure is not stated, or the fault.
    fn explain(
        &self,
        received: Figure,
        by_outcome: &[Figure],
        by_total: &[Figure],
        sink: &mut Sink,
    ) {
        let sum = |terms: &[Figure]| terms.iter().map(|term| term.value()).sum::<i128>();
        let whole = received.value() + self.added().map_or(0, |figure| figure.value());
        // Received may be told with what was carried over, and outcomes without what goes on.
        for terms in [by_outcome, by_total] {
            if terms.len() >= 2 && self.carried_in.is_some() && sum(terms) == received.value() {
                let explanation = "“收到”之数已含上年结转的申请".to_owned();
                sink.examined(self.checked(received, received.value(), terms, Some(explanation)));
                return;
            }
        }
        let (Some(handled), None) = (self.handled, self.carried_out) else {
            self.accuse(received, whole, by_outcome, by_total, sink);
            return;
        };
        if self.added().is_some() && whole > handled.value() {
            let open = whole - handled.value();
            let show = |value: i128| crate::decimal::print(value);
            sink.examined(Checked {
                explanation: Some(format!(
                    "尚有 {} 件未办结，结转下年之数没有写明",
                    show(open)
                )),
                ..Checked::equal(
                    CheckedKind::NarrativeSum,
                    true,
                    show(handled.value()),
                    show(handled.value()),
                    format!("{}-{}", self.arrivals(received), show(open)),
                    self.place(),
                )
            });
        }
    }

    fn accuse(
        &self,
        received: Figure,
        whole: i128,
        by_outcome: &[Figure],
        by_total: &[Figure],
        sink: &mut Sink,
    ) {
        let terms = if self.handled.is_some() {
            by_total
        } else {
            by_outcome
        };
        // Every figure of the balance must be stated; outcomes alone may leave one out.
        let stated = self.added().is_some() && self.carried_out.is_some();
        let enough = self.handled.is_some() || self.outcomes.len() >= 4;
        let sum: i128 = terms.iter().map(|term| term.value()).sum();
        if !stated || !enough || sum == whole {
            return;
        }
        let show = |value: i128| crate::decimal::print(value);
        let arithmetic = joined(terms);
        let message = format!(
            "新收与上年结转共 {}={}，办结与结转下年共 {arithmetic}={}，相差 {}；四个数应当平衡，请逐一核对",
            self.arrivals(received),
            show(whole),
            show(sum),
            show((whole - sum).abs()),
        );
        sink.examined(Checked {
            holds: false,
            explanation: None,
            ..self.checked(received, whole, terms, None)
        });
        sink.find(
            BALANCE_MISMATCH
                .finding(self.place(), message)
                .with_figures(show(whole), show(sum), arithmetic),
        );
    }

    fn checked(
        &self,
        received: Figure,
        whole: i128,
        terms: &[Figure],
        explanation: Option<String>,
    ) -> Checked {
        let show = |value: i128| crate::decimal::print(value);
        let sum: i128 = terms.iter().map(|term| term.value()).sum();
        Checked {
            trivial: whole == 0 && sum == 0,
            explanation: explanation.or_else(|| {
                self.added().map(|_| {
                    format!(
                        "新收与上年结转共 {}={}",
                        self.arrivals(received),
                        show(whole)
                    )
                })
            }),
            ..Checked::equal(
                CheckedKind::NarrativeSum,
                true,
                show(whole),
                show(sum),
                if terms.len() > 1 {
                    joined(terms)
                } else {
                    self.arrivals(received)
                },
                self.place(),
            )
        }
    }

    /// What was carried over, where it is told beside what was received.
    fn added(&self) -> Option<Figure<'a>> {
        self.carried_in.filter(|_| !self.included)
    }

    /// `34+2`: received and carried over.
    fn arrivals(&self, received: Figure) -> String {
        let terms: Vec<Figure> = std::iter::once(received).chain(self.added()).collect();
        joined(&terms)
    }

    fn figures(&self) -> impl Iterator<Item = Figure<'a>> + '_ {
        [
            self.received,
            self.carried_in,
            self.handled,
            self.carried_out,
            self.due,
        ]
        .into_iter()
        .flatten()
        .chain(self.outcomes.iter().copied())
    }

    /// The stretch of the last figure's paragraph that holds figures of the balance.
    fn place(&self) -> Place {
        let Some(last) = self.figures().last() else {
            return Place::default();
        };
        let near = || {
            self.figures()
                .filter(|figure| std::ptr::eq(figure.paragraph, last.paragraph))
                .map(|figure| figure.quantity)
        };
        let start = near().map(|figure| figure.span.start).min().unwrap_or(0);
        let end = near().map(|figure| figure.span.end).max().unwrap_or(0);
        last.paragraph.place(start..end)
    }
}

/// Whether a total was split into just these figures.
fn is_split(received: Figure, terms: &[Figure], prose: &Prose, splits: &[Split]) -> bool {
    let is = |figure: &Figure, paragraph: usize, quantity: usize| {
        prose
            .paragraphs
            .get(paragraph)
            .and_then(|paragraph| paragraph.quantities.get(quantity))
            .is_some_and(|other| std::ptr::eq(other, figure.quantity))
    };
    splits.iter().any(|split| {
        matches!(split.agreement, Agreement::Equal(_))
            && is(&received, split.paragraph, split.head)
            && split.parts.len() == terms.len()
            && split.parts.iter().all(|part| {
                terms
                    .iter()
                    .any(|term| is(term, part.paragraph, part.quantity))
            })
    })
}

fn joined(terms: &[Figure]) -> String {
    let terms: Vec<String> = terms.iter().map(|term| term.quantity.figure()).collect();
    terms.join("+")
}

/// What a figure is in the balance, by the words of its clause.
fn role(
    paragraph: &Paragraph,
    index: usize,
    quantity: &Quantity,
    nothing_yet: bool,
    tells: bool,
) -> Option<Role> {
    let unit = paragraph.slice(quantity.unit.clone());
    if quantity.sort != Sort::Count
        || !matches!(unit, "件" | "宗" | "份" | "条" | "起" | "件次" | "")
    {
        return None;
    }
    let (before, behind) = clause(paragraph, index, quantity);
    let (before, behind) = (paragraph.slice(before), paragraph.slice(behind));
    let either = |words: &WordSet| has(before, words) || has(behind, words);
    if either(words![
        "复议", "诉讼", "信访", "提案", "议案", "咨询", "热线", "投诉", "举报",
    ]) {
        return None;
    }
    if let Some(role) = carried(before, behind, nothing_yet) {
        return Some(role);
    }
    if before.ends_with("办理") && notes_carried(paragraph, quantity) {
        return Some(Role::Handled);
    }
    if ["应办", "应办理", "需办理", "共办理", "共应办理", "应处理"]
        .iter()
        .any(|word| before.ends_with(word))
    {
        return Some(Role::Due);
    }
    const OUTCOMES: &WordSet = words![
        "予以公开",
        "同意公开",
        "部分公开",
        "不予公开",
        "不同意公开",
        "无法提供",
        "不予处理",
        "其他处理",
        "其它处理",
        "作其他处理",
    ];
    if either(OUTCOMES) {
        return Some(Role::Outcome);
    }
    if !before.is_empty() && starts(before, words!["其他", "其它"]) {
        return Some(Role::Outcome);
    }
    if either(words![
        "按时", "按期", "及时", "延期", "当场", "撤回", "撤销", "转办", "网上", "网络", "信函",
        "当面", "邮寄",
    ]) {
        return None;
    }
    if either(words![
        "办结",
        "答复",
        "办理完",
        "处理完",
        "已办理",
        "已处理",
        "办毕",
    ]) {
        return Some(Role::Handled);
    }
    let receives = words!["收到", "新收", "受理", "接收", "接到", "新增"];
    // Where applications are told of anyway, the clause need not name them.
    let named = tells || either(words!["申请"]);
    (either(receives) && named).then_some(Role::Received)
}

/// Whether a bracket behind a figure tells what was carried over: `办理20件（含上年结转3件，…`.
fn notes_carried(paragraph: &Paragraph, quantity: &Quantity) -> bool {
    let behind = paragraph.slice(quantity.span.end..paragraph.text.len());
    first_chars(behind, 32)
        .strip_prefix('（')
        .and_then(|note| note.split(['，', '）', '；']).next())
        .is_some_and(|note| {
            note.len() <= 90 && note.contains("结转") && starts(note, words!["含", "包括", "其中"])
        })
}

/// What was carried over or on: `上年结转2件`, `2021年结转2件`, `结转下年1件`, `结转2023年度继续办理2件`.
fn carried(before: &str, behind: &str, nothing_yet: bool) -> Option<Role> {
    let words = if before.contains('转') {
        before
    } else {
        behind
    };
    // 另有3件申请顺延到次年答复.
    if behind.contains("顺延") && has(behind, words!["下年", "下一年", "次年"]) {
        return Some(Role::Out);
    }
    let at = words.find("结转").or_else(|| words.find('转'))?;
    let (ahead, after) = (words.get(..at)?, words.get(at..)?);
    // 2022年结转至2023年2件，before anything was received.
    let years = || ahead.ends_with('年') && starts(after, words!["结转至20", "结转到20"]);
    if nothing_yet && years() {
        return Some(Role::In);
    }
    if has(
        after,
        words!["下", "次年", "继续", "明年", "到20", "至20", "转20"],
    ) {
        return Some(Role::Out);
    }
    let last = ["上年", "上一年", "去年", "往年", "年度", "年"];
    (words.contains("结转")
        && last
            .iter()
            .any(|word| ahead.ends_with(word) || after.contains("上年")))
    .then_some(Role::In)
}

/// The words of the clause before and behind a figure.
fn clause(
    paragraph: &Paragraph,
    index: usize,
    quantity: &Quantity,
) -> (Range<usize>, Range<usize>) {
    let mark = |c: char| "，。；：、（）！？“”".contains(c);
    let floor = index
        .checked_sub(1)
        .and_then(|before| paragraph.quantities.get(before))
        .map_or(0, |before| before.span.end);
    let ceiling = paragraph
        .quantities
        .get(index + 1)
        .map_or(paragraph.text.len(), |next| next.span.start);
    let before = paragraph.slice(floor..quantity.span.start);
    // `“同意公开”的7件`, `作其他处理（含撤回）3件`: the words before a closing mark count as well.
    let trimmed = before.trim_end_matches(['”', '的', '：']);
    let trimmed = match trimmed.strip_suffix('）') {
        Some(inner) => inner
            .rfind('（')
            .map_or(trimmed, |open| trimmed.get(..open).unwrap_or_default()),
        None => trimmed,
    };
    let start = trimmed
        .char_indices()
        .rev()
        .take(60)
        .find(|(_, c)| mark(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let behind = paragraph.slice(quantity.span.end..ceiling);
    let end = behind.find(mark).unwrap_or(behind.len());
    (
        floor + start..floor + trimmed.len(),
        quantity.span.end..quantity.span.end + end,
    )
}
