//! The words of the statutory tables: labels of rows, heads of columns, in every spelling met.

use crate::words::{has, words};
use std::collections::HashMap;
use std::sync::LazyLock;

use statute::editions::{Edition, SlotContent};

use super::words::{distance, key, key_outside_brackets, mask};

/// A statutory table, whatever its edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// What was published on the office's own initiative.
    Disclosure,
    /// Requests received and handled.
    Requests,
    /// Reconsideration and litigation.
    Cases,
    /// The statistics of 2014.
    Statistics,
}

impl Kind {
    pub(super) const ALL: [Kind; 4] = [
        Kind::Disclosure,
        Kind::Requests,
        Kind::Cases,
        Kind::Statistics,
    ];

    /// The key of the table in the editions.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Kind::Disclosure => "t2",
            Kind::Requests => "t3",
            Kind::Cases => "t4",
            Kind::Statistics => "stats2014",
        }
    }
}

/// A row of a table, by its place in the order of both forms since 2019 taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowName {
    pub(super) kind: Kind,
    /// Key of the row in the editions.
    pub(super) row: &'static str,
    pub(super) at: usize,
}

/// What a piece of text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The label of a row; several where the words occur more than once.
    Row { rows: Vec<RowName>, misprint: bool },
    /// The label of a group of rows.
    Group(Kind),
    /// Heads of columns; `clear` where they can be nothing else.
    Head { kind: Option<Kind>, clear: bool },
    /// Part of a label or head.
    Fragment,
    /// Nothing but an ordinal or marks.
    Blank,
    /// Words that the forms do not have, short enough to be the rest of something torn.
    Noise,
    /// Running text.
    Prose,
}

/// Further spellings of row labels that are no misprint.
const SPELLINGS: &[(Kind, &str, &str)] = &[
    (Kind::Disclosure, "norms", "规范性文件"),
    (Kind::Disclosure, "norms", "行政规范性文件"),
    (Kind::Disclosure, "service", "其他对外管理服务"),
    (Kind::Requests, "new", "本年新收申请数量"),
    (Kind::Requests, "new", "本年新收政府信息公开申请数"),
    (Kind::Requests, "carried_in", "上年结转申请数量"),
    (
        Kind::Requests,
        "carried_in",
        "上年度结转政府信息公开申请数量",
    ),
    (Kind::Requests, "deny.safety", "危及三安全一稳定的"),
    (Kind::Requests, "deny.law", "其他法律行政法规禁止公开的"),
    (Kind::Requests, "other.no_correction", "逾期不补正"),
    (Kind::Requests, "other.no_correction", "申请人逾期不补正"),
    (
        Kind::Requests,
        "other.no_correction",
        "申请人无正当理由逾期不补正",
    ),
    (Kind::Requests, "other.unpaid", "逾期不缴费"),
    (Kind::Requests, "other.unpaid", "逾期未缴费"),
    (Kind::Requests, "other.unpaid", "申请人逾期不缴费"),
    (Kind::Requests, "other.unpaid", "申请人逾期未缴纳费用"),
    (Kind::Requests, "other.other", "其他情形"),
    (Kind::Requests, "result_total", "合计"),
    (Kind::Requests, "carried_out", "结转下年度继续办理数量"),
    (Kind::Requests, "carried_out", "结转下一年度继续办理"),
    (Kind::Statistics, "C1.3", "网上申请数"),
];

/// Spellings of row labels that are misprints.
const MISPRINTS: &[(Kind, &str, &str)] = &[
    (Kind::Requests, "deny.law", "其他法律行政止公开"),
    (Kind::Requests, "deny.safety", "危机三安全一稳定"),
    (Kind::Requests, "deny.secret", "属于国家机密"),
];

/// Words of which heads of columns are made, as lines and cells cut them.
const HEADS: &[(&str, Option<Kind>)] = &[
    ("信息内容", Some(Kind::Disclosure)),
    ("本年制发件数", Some(Kind::Disclosure)),
    ("本年废止件数", Some(Kind::Disclosure)),
    ("现行有效件数", Some(Kind::Disclosure)),
    ("现行有效件", Some(Kind::Disclosure)),
    ("现行有效数量", Some(Kind::Disclosure)),
    ("制发数量", Some(Kind::Disclosure)),
    ("废止数量", Some(Kind::Disclosure)),
    ("本年处理决定数量", Some(Kind::Disclosure)),
    ("处理决定数量", Some(Kind::Disclosure)),
    ("本年收费金额", Some(Kind::Disclosure)),
    ("收费金额", Some(Kind::Disclosure)),
    ("本年新制作数量", Some(Kind::Disclosure)),
    ("本年新公开数量", Some(Kind::Disclosure)),
    ("对外公开总数量", Some(Kind::Disclosure)),
    ("对外公开总数", Some(Kind::Disclosure)),
    ("上一年项目数量", Some(Kind::Disclosure)),
    ("上年项目数量", Some(Kind::Disclosure)),
    ("采购项目数量", Some(Kind::Disclosure)),
    ("采购总金额", Some(Kind::Disclosure)),
    ("本年增减", Some(Kind::Disclosure)),
    ("本年新制作", Some(Kind::Disclosure)),
    ("本年新公开", Some(Kind::Disclosure)),
    ("本年新", Some(Kind::Disclosure)),
    ("本年制发", Some(Kind::Disclosure)),
    ("本年废止", Some(Kind::Disclosure)),
    ("现行有效", Some(Kind::Disclosure)),
    ("对外公开", Some(Kind::Disclosure)),
    ("上一年项目", Some(Kind::Disclosure)),
    ("本年处理决定", Some(Kind::Disclosure)),
    ("制作数量", Some(Kind::Disclosure)),
    ("公开数量", Some(Kind::Disclosure)),
    ("项目数量", Some(Kind::Disclosure)),
    ("总数量", Some(Kind::Disclosure)),
    ("上一年", Some(Kind::Disclosure)),
    ("历史累计", None),
    ("单位万元", None),
    ("单位元", None),
    ("本年", None),
    ("件数", None),
    ("数量", None),
    ("万元", None),
    ("单位", None),
    ("申请人情况", Some(Kind::Requests)),
    ("自然人", Some(Kind::Requests)),
    ("法人或其他组织", Some(Kind::Requests)),
    ("法人或者其他组织", Some(Kind::Requests)),
    ("法人或其他", Some(Kind::Requests)),
    ("商业企业", Some(Kind::Requests)),
    ("科研机构", Some(Kind::Requests)),
    ("社会公益组织", Some(Kind::Requests)),
    ("法律服务机构", Some(Kind::Requests)),
    ("社会公益", Some(Kind::Requests)),
    ("法律服务", Some(Kind::Requests)),
    ("商业", None),
    ("企业", None),
    ("科研", None),
    ("机构", None),
    ("社会", None),
    ("公益", None),
    ("法律", None),
    ("服务", None),
    ("组织", None),
    ("商业企", None),
    ("科研机", None),
    ("社会公", None),
    ("法律服", None),
    ("务机构", None),
    ("益组织", None),
    ("业", None),
    ("构", None),
    ("其他", None),
    ("总计", None),
    ("总", None),
    ("计", None),
    ("行政复议", None),
    ("行政诉讼", None),
    ("未经复议直接起诉", Some(Kind::Cases)),
    ("未经复议", Some(Kind::Cases)),
    ("直接起诉", Some(Kind::Cases)),
    ("复议后起诉", Some(Kind::Cases)),
    ("结果维持", Some(Kind::Cases)),
    ("结果纠正", Some(Kind::Cases)),
    ("其他结果", Some(Kind::Cases)),
    ("尚未审结", Some(Kind::Cases)),
    ("结果", None),
    ("维持", None),
    ("纠正", None),
    ("尚未", None),
    ("未审结", None),
    ("审结", None),
    ("统计指标", Some(Kind::Statistics)),
    ("统计数", Some(Kind::Statistics)),
    ("指标", None),
];

/// Groups of rows that stand in the first columns of the table of requests, and of 2014.
const REQUEST_GROUPS: [&str; 5] = [
    "本年度办理结果",
    "不予公开",
    "无法提供",
    "不予处理",
    "其他处理",
];

struct Entry {
    key: String,
    mask: u64,
    length: usize,
    rows: Vec<RowName>,
}

struct Lexicon {
    exact: HashMap<String, Meaning>,
    entries: Vec<Entry>,
    /// All labels and heads with the set of their characters, for fragments.
    hay: Vec<(u64, String)>,
    /// Labels of groups, and column heads, for pieces that may be passed over.
    group_hay: String,
    heads: Vec<(String, Option<Kind>)>,
    /// The characters that heads begin with.
    first: u64,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(build);

/// The rows of a table in order: of both forms since 2019 taken together.
pub(super) fn rows(kind: Kind) -> &'static [&'static str] {
    static ROWS: LazyLock<[Vec<&'static str>; 4]> = LazyLock::new(|| Kind::ALL.map(ordered));
    let at = Kind::ALL.iter().position(|other| *other == kind);
    at.and_then(|at| ROWS.get(at)).map_or(&[], Vec::as_slice)
}

fn ordered(kind: Kind) -> Vec<&'static str> {
    let of = |edition: Edition| {
        let table = edition.table(kind.table());
        table
            .map(|table| table.rows.iter().map(|row| row.key).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    match kind {
        Kind::Statistics => of(Edition::Stats2014),
        Kind::Cases => of(Edition::Format2021),
        Kind::Disclosure | Kind::Requests => {
            let mut all = of(Edition::Format2021);
            let older = of(Edition::Trial2019);
            // Each row that only the older form has stands behind the one before it there.
            for (at, row) in older.iter().enumerate() {
                if all.contains(row) {
                    continue;
                }
                let before = at.checked_sub(1).and_then(|at| older.get(at));
                let place = before
                    .and_then(|before| all.iter().position(|other| other == before))
                    .map_or(0, |place| place + 1);
                all.insert(place, row);
            }
            all
        }
    }
}

fn build() -> Lexicon {
    let mut lexicon = Lexicon {
        exact: HashMap::new(),
        entries: Vec::new(),
        hay: Vec::new(),
        group_hay: String::new(),
        heads: Vec::new(),
        first: 0,
    };
    for kind in [Kind::Disclosure, Kind::Requests, Kind::Statistics] {
        for edition in [Edition::Format2021, Edition::Trial2019, Edition::Stats2014] {
            let Some(table) = edition.table(kind.table()) else {
                continue;
            };
            for row in &table.rows {
                lexicon.label(kind, row.key, row.label, false);
                let bare = key_outside_brackets(row.label);
                lexicon.label(kind, row.key, &bare, false);
                if let Some(rest) = bare.strip_prefix("其中") {
                    lexicon.label(kind, row.key, rest, false);
                }
            }
        }
    }
    // 其他处理 is a row in one form and a group in the other: labels of rows come first.
    for kind in [Kind::Disclosure, Kind::Requests, Kind::Statistics] {
        for table in Edition::ALL
            .iter()
            .filter_map(|edition| edition.table(kind.table()))
        {
            let rows: Vec<String> = table.rows.iter().map(|row| key(row.label)).collect();
            for slot in table.lines.iter().flatten() {
                let SlotContent::Head(text) = slot.content else {
                    continue;
                };
                let key = key(text);
                if !rows.contains(&key) && !HEADS.iter().any(|(head, _)| *head == key) {
                    lexicon.group(kind, &key);
                }
            }
        }
    }
    for (list, misprint) in [(SPELLINGS, false), (MISPRINTS, true)] {
        for (kind, row, label) in list {
            lexicon.label(*kind, row, label, misprint);
        }
    }
    for group in REQUEST_GROUPS {
        lexicon.group(Kind::Requests, group);
    }
    for (head, kind) in HEADS {
        lexicon.hay.push((mask(head), (*head).to_owned()));
        if let Some(first) = head.chars().next() {
            lexicon.first |= mask(first.encode_utf8(&mut [0; 4]));
        }
        lexicon.heads.push(((*head).to_owned(), *kind));
    }
    // The longest first, so that they are found first.
    lexicon
        .heads
        .sort_by_key(|(head, _)| std::cmp::Reverse(head.chars().count()));
    lexicon
}

impl Lexicon {
    fn label(&mut self, kind: Kind, row: &'static str, label: &str, misprint: bool) {
        let key = key(label);
        let Some(at) = rows(kind).iter().position(|other| *other == row) else {
            return;
        };
        let name = RowName { kind, row, at };
        let entry = self
            .exact
            .entry(key.clone())
            .or_insert_with(|| Meaning::Row {
                rows: Vec::new(),
                misprint,
            });
        if let Meaning::Row { rows, .. } = entry {
            if rows.contains(&name) {
                return;
            }
            rows.push(name);
        }
        self.hay.push((mask(&key), key.clone()));
        match self.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.rows.push(name),
            None => self.entries.push(Entry {
                mask: mask(&key),
                length: key.chars().count(),
                rows: vec![name],
                key,
            }),
        }
    }

    fn group(&mut self, kind: Kind, key: &str) {
        self.hay.push((mask(key), key.to_owned()));
        self.group_hay.push_str(key);
        self.group_hay.push('\n');
        self.exact
            .entry(key.to_owned())
            .or_insert(Meaning::Group(kind));
    }
}

/// What a piece of text means in the tables.
pub(super) fn meaning(text: &str) -> Meaning {
    let own = key(text);
    if own.is_empty() {
        return if text.chars().any(char::is_alphanumeric) && text.chars().count() > 16 {
            Meaning::Prose
        } else {
            Meaning::Blank
        };
    }
    if let Some(found) = known(&own) {
        return found;
    }
    if text.contains(['（', '(', '〔', '[']) {
        let bare = key_outside_brackets(text);
        if bare.chars().count() >= 2
            && let Some(found) = known(&bare)
        {
            return found;
        }
    }
    let length = text.chars().count();
    let own_length = own.chars().count();
    // The sets of characters rule out nearly every label at once.
    let own_mask = mask(&own);
    let holds =
        |(mask, label): &(u64, String)| own_mask & !mask == 0 && label.contains(own.as_str());
    if LEXICON.hay.iter().any(holds) {
        return Meaning::Fragment;
    }
    let sentence = text.contains(['，', '。', '；', ';', '！', '？']);
    if length > 16 || sentence || own_length > 16 {
        Meaning::Prose
    } else {
        Meaning::Noise
    }
}

fn known(own: &str) -> Option<Meaning> {
    let lexicon = &*LEXICON;
    if let Some(found) = lexicon.exact.get(own) {
        return Some(found.clone());
    }
    if own.chars().count() <= 60 {
        if has(own, words!["勾稽关系", "第一项加第二项", "第三项加第四项"]) {
            return Some(Meaning::Head {
                kind: Some(Kind::Requests),
                clear: true,
            });
        }
        // `（三）不予公开1.属于国家秘密` in one cell.
        for group in REQUEST_GROUPS {
            if let Some(rest) = own.strip_prefix(group)
                && let Some(found @ Meaning::Row { .. }) = known(rest)
            {
                return Some(found);
            }
        }
    }
    if let Some(head) = composed(own) {
        return Some(head);
    }
    fuzzy(own)
}

/// A label that is known but for a character or two.
fn fuzzy(own: &str) -> Option<Meaning> {
    let length = own.chars().count();
    let most = match length {
        0..5 => return None,
        5..8 => 1,
        8..60 => 2,
        _ => return None,
    };
    let own_mask = mask(own);
    let mut best: Option<(usize, &Entry)> = None;
    let mut tie = false;
    for entry in &LEXICON.entries {
        if entry.length < 5
            || entry.length.abs_diff(length) > most
            || (entry.mask & !own_mask).count_ones() as usize > most
            || (own_mask & !entry.mask).count_ones() as usize > most
        {
            continue;
        }
        let Some(cost) = distance(own, &entry.key, most) else {
            continue;
        };
        match best {
            Some((least, _)) if cost > least => {}
            Some((least, other)) if cost == least => tie |= other.rows != entry.rows,
            _ => {
                best = Some((cost, entry));
                tie = false;
            }
        }
    }
    let (_, entry) = best.filter(|_| !tie)?;
    Some(Meaning::Row {
        rows: entry.rows.clone(),
        // What lacks its end is torn, not misprinted.
        misprint: !entry.key.contains(own),
    })
}

/// Text that is made of heads of columns and nothing else.
fn composed(own: &str) -> Option<Meaning> {
    let mut rest = own;
    let mut kind = None;
    let mut words = 0;
    let first = own.chars().next()?;
    if LEXICON.first & mask(first.encode_utf8(&mut [0; 4])) == 0 {
        return None;
    }
    while !rest.is_empty() {
        let (word, of) = LEXICON
            .heads
            .iter()
            .find(|(word, _)| rest.starts_with(word.as_str()))?;
        rest = rest.get(word.len()..)?;
        kind = kind.or(*of);
        words += 1;
        if words > 40 {
            return None;
        }
    }
    let clear = kind.is_some();
    // 结果维持 and the like run together in lines: `结果结果其他尚未`.
    let cases = kind.is_none() && words >= 3 && own.contains("结果");
    Some(Meaning::Head {
        kind: if cases { Some(Kind::Cases) } else { kind },
        clear: clear || cases,
    })
}

/// The rows of a table that a text labels, and whether it is misprinted.
pub(super) fn rows_of(text: &str, kind: Kind) -> Option<(Vec<RowName>, bool)> {
    match meaning(text) {
        Meaning::Row { mut rows, misprint } => {
            rows.retain(|row| row.kind == kind);
            (!rows.is_empty()).then_some((rows, misprint))
        }
        _ => None,
    }
}

/// Whether a text is a label of a row of the table to the letter.
pub(super) fn is_label(text: &str, kind: Kind) -> bool {
    match LEXICON.exact.get(&key(text)) {
        Some(Meaning::Row { rows, misprint }) => {
            !misprint && rows.iter().any(|row| row.kind == kind)
        }
        _ => false,
    }
}

/// The one row of a table whose label a torn piece can only be part of.
pub(super) fn row_with(text: &str, kind: Kind) -> Option<RowName> {
    let own = key(text);
    if own.chars().count() < 5 {
        return None;
    }
    let mut found: Option<RowName> = None;
    for entry in &LEXICON.entries {
        if !entry.key.contains(own.as_str()) {
            continue;
        }
        for row in entry.rows.iter().filter(|row| row.kind == kind) {
            if found.is_some_and(|other| other != *row) {
                return None;
            }
            found = Some(*row);
        }
    }
    // A piece that a group or a head of columns has as well says nothing.
    found.filter(|_| !LEXICON.group_hay.contains(own.as_str()))
}

/// Whether a piece may stand among the pieces of a label without belonging to it: heads, groups,
/// their fragments, marks.
pub(super) fn may_skip(text: &str) -> bool {
    may_skip_word(text) || {
        // `三、本 无法提供`: the labels of two groups in one line.
        let mut words = text.split_whitespace();
        text.contains(' ') && words.all(may_skip_word)
    }
}

fn may_skip_word(text: &str) -> bool {
    match meaning(text) {
        Meaning::Group(_) | Meaning::Head { .. } | Meaning::Blank => true,
        Meaning::Fragment | Meaning::Noise => is_of_group(text),
        Meaning::Row { rows, .. } => {
            rows.iter()
                .all(|row| matches!(row.row, "other" | "other.other" | "result_total"))
                && matches!(key(text).as_str(), "其他" | "总计" | "其他处理")
        }
        Meaning::Prose => super::words::is_unit(text),
    }
}

/// Whether a short piece is part of the label of a group of requests.
pub(super) fn is_of_group(text: &str) -> bool {
    if text.len() > 20 {
        return false;
    }
    let own = key(text);
    (1..=4).contains(&own.chars().count())
        && REQUEST_GROUPS
            .iter()
            .any(|group| group.contains(own.as_str()))
}

/// Whether the text begins as a heading of a chapter: `四、政府信息公开…`.
pub(super) fn is_chapter(text: &str) -> bool {
    let text = text
        .trim_matches(super::line::is_space)
        .trim_start_matches(['#', ' ', '*']);
    let number = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(number);
    rest.len() < text.len() && rest.starts_with(['、', '.', '．', '是'])
}
