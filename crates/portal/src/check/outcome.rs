//! What checking gave, as pages show it.

use crate::reports::sheet::{self, Part};
use crate::urls;
use crate::views::StatutoryTable;
use report::{Checked, CheckedKind, Checkup, Finding, Level, Place, Reading, Rule};
use serde::Serialize;
use statute::editions::{CellKey, Edition};
use std::collections::BTreeMap;

/// Most findings that a page shows.
const FINDINGS: usize = 300;
/// Most other places that are shown with a finding.
const RELATED: usize = 40;
/// Most relations that a page shows.
const RELATIONS: usize = 1000;

/// The counts of one report: the `summary` of the JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    reports: usize,
    pub errors: usize,
    pub warnings: usize,
    pub info: usize,
    pub checked: usize,
    pub nontrivial: usize,
}

impl Tally {
    /// Counts.
    pub fn of(checkup: &Checkup) -> Tally {
        let of = |level: Level| {
            let findings = checkup.findings.iter();
            findings.filter(|finding| finding.level == level).count()
        };
        Tally {
            reports: 1,
            errors: of(Level::Error),
            warnings: of(Level::Warning),
            info: of(Level::Info),
            checked: checkup.checked.len(),
            nontrivial: checkup.checked.iter().filter(|one| !one.trivial).count(),
        }
    }
}

/// A report that was checked.
pub struct Outcome {
    pub source: String,
    pub title: String,
    pub unit: String,
    pub year: String,
    pub form: String,
    pub tally: Tally,
    /// Relations that hold.
    pub holding: usize,
    /// Whether it is a report of our own, whose records can be opened.
    pub own: bool,
    pub findings: Vec<Shown>,
    /// Findings beyond those.
    pub more_findings: usize,
    pub tables: Vec<StatutoryTable>,
    pub relations: Vec<Relation>,
    /// Relations beyond those.
    pub more_relations: usize,
}

/// A finding.
pub struct Shown {
    pub id: String,
    pub mark: &'static str,
    pub level: &'static str,
    pub code: String,
    pub rule: String,
    pub summary: &'static str,
    pub rule_href: String,
    pub place: String,
    /// The cell in the tables below.
    pub cell: String,
    pub quote: Vec<Piece>,
    pub message: String,
    pub stated: String,
    pub expected: String,
    pub arithmetic: String,
    pub article: &'static str,
    /// The records under the cell.
    pub records: String,
    pub related: Vec<Related>,
}

/// A piece of a quote; `kind` is `stated`, `term` or empty.
pub struct Piece {
    pub text: String,
    pub kind: &'static str,
}

/// Another place that takes part.
pub struct Related {
    pub place: String,
    pub quote: String,
    pub records: String,
}

/// A relation that was examined.
pub struct Relation {
    pub kind: &'static str,
    pub place: String,
    pub arithmetic: String,
    pub demand: String,
    pub stated: String,
    pub holds: bool,
    pub explanation: String,
}

impl Outcome {
    /// What a page shows of a report; `records` gives where the records under a cell are.
    pub fn of(
        reading: &Reading,
        checkup: &Checkup,
        records: &dyn Fn(CellKey) -> Option<String>,
    ) -> Outcome {
        let report = &reading.report;
        let edition = report.edition;
        let mut wrong: BTreeMap<CellKey, String> = BTreeMap::new();
        let mut order: Vec<&Finding> = checkup.findings.iter().collect();
        // Stable: within a level in the order of the report.
        order.sort_by_key(|finding| rank(finding.level));
        let mut findings = Vec::new();
        for (at, finding) in order.iter().take(FINDINGS).enumerate() {
            let mut shown = shown(finding, at + 1, edition, records);
            if let Some(key) = finding.place.cell()
                && finding.level != Level::Info
                && !report.tables.is_empty()
                && edition.cells().any(|cell| cell.key == key)
            {
                shown.cell = format!("#{}", sheet::cell_id(key));
                wrong.entry(key).or_insert_with(|| format!("#{}", shown.id));
            }
            findings.push(shown);
        }
        // A cell that is wrong leads to what is said of it, any other to its records.
        let link = |key: CellKey| wrong.get(&key).cloned().or_else(|| records(key));
        let parts = if report.tables.is_empty() {
            Vec::new()
        } else {
            sheet::marked(report, &link, &|key| wrong.contains_key(&key))
        };
        let tables = parts.into_iter().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        });
        // What does not hold comes first.
        let mut checked: Vec<&Checked> = checkup.checked.iter().collect();
        checked.sort_by_key(|one| (one.holds, one.trivial));
        Outcome {
            source: report.source.clone(),
            title: report.title.clone(),
            unit: report.unit.clone().unwrap_or_else(|| "没有认出".into()),
            year: match report.year {
                Some(year) => format!("{year} 年"),
                None => "没有认出".into(),
            },
            form: form(edition),
            tally: Tally::of(checkup),
            holding: checkup.checked.iter().filter(|one| one.holds).count(),
            own: report
                .edition
                .cells()
                .any(|cell| records(cell.key).is_some()),
            more_findings: order.len().saturating_sub(FINDINGS),
            findings,
            tables: tables.collect(),
            more_relations: checked.len().saturating_sub(RELATIONS),
            relations: checked
                .into_iter()
                .take(RELATIONS)
                .map(|one| relation(one, edition))
                .collect(),
        }
    }

    /// The same without addresses of this site, for a page that leaves it.
    pub fn unlinked(mut self) -> Outcome {
        for finding in &mut self.findings {
            finding.rule_href.clear();
        }
        self
    }

    /// What it came to, in a few words.
    pub fn verdict(&self) -> String {
        let Tally {
            errors,
            warnings,
            checked,
            ..
        } = self.tally;
        match (errors, warnings, checked) {
            (0, 0, 0) => "没有可以核对的数".to_owned(),
            (0, 0, _) => "没有发现问题".to_owned(),
            (0, warnings, _) => format!("有 {warnings} 处要核对"),
            (errors, ..) => format!("有 {errors} 处错误"),
        }
    }

    /// The mark before it.
    pub fn verdict_mark(&self) -> &'static str {
        match (self.tally.errors, self.tally.warnings, self.tally.checked) {
            (0, 0, 0) => "note",
            (0, 0, _) => "ok",
            (0, ..) => "today",
            _ => "late",
        }
    }

    /// What to do now.
    pub fn advice(&self) -> &'static str {
        match (self.tally.errors, self.tally.warnings, self.tally.checked) {
            (0, 0, 0) => {
                "没有读到统计表，也没有读到能互相核对的数。请确认这是一份年度报告，并且文字可以选中（不是扫描件）。"
            }
            (0, 0, _) => "核对过的数都对得上。这不等于数字属实，只说明报告自己不矛盾。",
            (0, ..) => "没有一定错的数。请逐条核对下面的警告，写对了的不用改。",
            _ => "这些数怎么读都对不上。请先逐条改正，再公布。",
        }
    }

    /// How much was found and looked at.
    pub fn summary(&self) -> String {
        let Tally {
            errors,
            warnings,
            info,
            checked,
            nontrivial,
            ..
        } = self.tally;
        format!(
            "{errors} 处错误，{warnings} 处警告，{info} 处提示；核对了 {checked} 个关系（{nontrivial} 个含非零数），{} 个成立。",
            self.holding
        )
    }
}

fn form(edition: Edition) -> String {
    match edition {
        Edition::Narrative => "没有统计表".to_owned(),
        other => {
            let forms = crate::figures::FORMS;
            let years = forms.iter().find(|(form, _)| *form == other);
            let years = years.map_or("", |(_, years)| years);
            format!("{years}（{}）", other.source())
        }
    }
}

fn rank(level: Level) -> u8 {
    match level {
        Level::Error => 0,
        Level::Warning => 1,
        Level::Info => 2,
    }
}

/// A level as a mark and a word.
pub fn level_words(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Error => ("late", "错误"),
        Level::Warning => ("today", "警告"),
        Level::Info => ("note", "提示"),
    }
}

fn shown(
    finding: &Finding,
    number: usize,
    edition: Edition,
    records: &dyn Fn(CellKey) -> Option<String>,
) -> Shown {
    let (mark, level) = level_words(finding.level);
    let rule = Rule::find(&finding.rule);
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let records = |place: &Place| place.cell().and_then(records).unwrap_or_default();
    let expected = text(&finding.expected);
    Shown {
        id: format!("finding-{number}"),
        mark,
        level,
        code: finding.code.clone(),
        rule: finding.rule.clone(),
        summary: rule.map_or("", |rule| rule.summary),
        rule_href: rule
            .map(|rule| urls::check_rule(rule.name))
            .unwrap_or_default(),
        place: words(&finding.place, edition),
        cell: String::new(),
        quote: pieces(finding, edition),
        message: finding.message.clone(),
        stated: text(&finding.stated),
        arithmetic: finding
            .arithmetic
            .clone()
            .filter(|arithmetic| *arithmetic != expected)
            .unwrap_or_default(),
        expected,
        article: rule.and_then(|rule| rule.article).unwrap_or_default(),
        records: records(&finding.place),
        related: related(finding, edition, &records),
    }
}

/// The other places that take part: each line of the source once, and not the one that is quoted
/// already; where records can be opened, each cell.
fn related(
    finding: &Finding,
    edition: Edition,
    records: &dyn Fn(&Place) -> String,
) -> Vec<Related> {
    let source = |place: &Place| (place.page, place.line, place.quote.clone());
    let mut seen = vec![source(&finding.place)];
    let mut all = Vec::new();
    for place in finding.related.iter().take(RELATED) {
        let records = records(place);
        let quoted = place.quote.is_some() && seen.contains(&source(place));
        if records.is_empty() && quoted {
            continue;
        }
        seen.push(source(place));
        let words = words(place, edition);
        if !words.is_empty() || place.quote.is_some() {
            all.push(Related {
                place: words,
                quote: place.quote.clone().unwrap_or_default(),
                records,
            });
        }
    }
    all
}

/// A place in words; empty when nothing is known.
fn words(place: &Place, edition: Edition) -> String {
    let mut parts = Vec::new();
    if let Some(page) = place.page {
        parts.push(format!("第 {page} 页"));
    }
    if let Some(line) = place.line {
        parts.push(format!("第 {line} 行"));
    }
    match place.cell_words(edition) {
        Some(cell) => parts.push(cell),
        None => parts.extend(place.section.clone()),
    }
    parts.join("，")
}

/// The quote, cut at its figures.
fn pieces(finding: &Finding, edition: Edition) -> Vec<Piece> {
    let quote = finding.place.quote.as_deref().unwrap_or_default();
    let marks = report::find_marks(finding, Some(edition));
    let mut all: Vec<_> = marks
        .terms
        .into_iter()
        .map(|range| (range, "term"))
        .collect();
    all.extend(marks.stated.map(|range| (range, "stated")));
    all.sort_by_key(|(range, _)| range.start);
    let mut pieces = Vec::new();
    let mut put = |text: Option<&str>, kind| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            pieces.push(Piece {
                text: text.to_owned(),
                kind,
            });
        }
    };
    let mut done = 0;
    for (range, kind) in all {
        if range.start < done {
            continue;
        }
        put(quote.get(done..range.start), "");
        put(quote.get(range.clone()), kind);
        done = range.end;
    }
    put(quote.get(done..), "");
    pieces
}

fn relation(one: &Checked, edition: Edition) -> Relation {
    Relation {
        kind: kind_words(one.kind),
        place: words(&one.place, edition),
        arithmetic: one.arithmetic.clone(),
        demand: format!("{} {}", one.relation, one.expected),
        stated: one.stated.clone(),
        holds: one.holds,
        explanation: one.explanation.clone().unwrap_or_default(),
    }
}

fn kind_words(kind: CheckedKind) -> &'static str {
    match kind {
        CheckedKind::TableIdentity => "表内勾稽",
        CheckedKind::NarrativeSum => "文中合计",
        CheckedKind::NarrativeRatio => "占比和比率",
        CheckedKind::NarrativeVsTable => "文字与表",
        CheckedKind::Comparison => "大小比较",
        CheckedKind::ListCount => "列举的个数",
        CheckedKind::Repeated => "前后重复的数",
        CheckedKind::Growth => "增减和同比",
        CheckedKind::Period => "日期和期间",
        CheckedKind::Unit => "计量单位",
        CheckedKind::CrossYear => "与上年报告",
        CheckedKind::RollUp => "与下级报告",
    }
}
