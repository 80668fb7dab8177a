//! Finding the lines of the statutory tables in a text.

use super::lexicon::{self, Kind, Meaning};
use super::line::{Line, Shape};
use super::value::Value;
use super::words;

/// What a line is, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Surely of a table, if one of its kind is there at all.
    Strong(Option<Kind>),
    /// Values alone.
    Values { many: bool },
    /// Heads of columns that stand in other places as well.
    Head,
    /// Pieces of labels, marks, page numbers.
    Weak,
    /// Short words that no form has.
    Noise,
    /// Text.
    Prose,
}

/// Lines without a sure word of a table that may stand between two that have one.
const GAP: usize = 60;
/// Of these, lines of unknown words.
const NOISE: usize = 8;

/// For each line the table that it belongs to.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<Option<Kind>> {
    let mut of: Vec<Option<Kind>> = vec![None; lines.len()];
    let mut open: Option<Kind> = None;
    let mut pending: Vec<(usize, Sort)> = Vec::new();
    // Heads right before the first sure line.
    let mut lead: Vec<usize> = Vec::new();
    let mut noise = 0;
    for (at, line) in lines.iter().enumerate() {
        let sort = sort(line, open);
        match sort {
            Sort::Head if open.is_none() && lead.len() < GAP => lead.push(at),
            // Bars and rules between them.
            Sort::Weak if open.is_none() && line.cells.iter().all(|cell| cell.text.is_empty()) => {
                if !lead.is_empty() {
                    lead.push(at);
                }
            }
            Sort::Strong(Some(_)) => {}
            _ => lead.clear(),
        }
        match sort {
            Sort::Strong(kind) => {
                let Some(kind) = kind.or(open) else {
                    continue;
                };
                for at in lead.drain(..) {
                    put(&mut of, at, Some(kind));
                }
                settle(&mut pending, &mut of, open, Some(kind));
                noise = 0;
                open = Some(kind);
                put(&mut of, at, Some(kind));
            }
            Sort::Values { many: true } if open.is_some() => {
                settle(&mut pending, &mut of, open, open);
                noise = 0;
                put(&mut of, at, open);
            }
            Sort::Values { .. } | Sort::Weak | Sort::Head if open.is_some() => {
                pending.push((at, sort));
            }
            Sort::Noise if open.is_some() && noise < NOISE => {
                noise += 1;
                pending.push((at, sort));
            }
            Sort::Values { .. } | Sort::Weak | Sort::Head | Sort::Noise | Sort::Prose => {
                settle(&mut pending, &mut of, open, None);
                noise = 0;
                if lexicon::is_chapter(&line.text) || line.heading.is_some() {
                    open = None;
                }
            }
        }
        if pending.len() > GAP {
            settle(&mut pending, &mut of, open, None);
            open = None;
        }
    }
    settle(&mut pending, &mut of, open, None);
    for kind in Kind::ALL {
        if !is_table(lines, &of, kind) {
            for place in of.iter_mut().filter(|place| **place == Some(kind)) {
                *place = None;
            }
        }
    }
    of
}

fn put(of: &mut [Option<Kind>], at: usize, kind: Option<Kind>) {
    if let Some(place) = of.get_mut(at) {
        *place = kind;
    }
}

/// Lines between two sure ones belong to the table: values at the beginning to the one before, the
/// rest to the one after. Before running text only the values and torn labels right behind the table
/// do.
fn settle(
    pending: &mut Vec<(usize, Sort)>,
    of: &mut [Option<Kind>],
    before: Option<Kind>,
    after: Option<Kind>,
) {
    let mut leading = true;
    for (at, sort) in pending.drain(..) {
        leading &= matches!(sort, Sort::Values { .. } | Sort::Weak | Sort::Head);
        match after {
            Some(_) if leading => put(of, at, before),
            Some(kind) => put(of, at, Some(kind)),
            None if leading => put(of, at, before),
            None => {}
        }
    }
}

fn sort(line: &Line<'_>, open: Option<Kind>) -> Sort {
    if line.heading.is_some() {
        return Sort::Prose;
    }
    // `— 3 —` is no row of two marks and a figure.
    if line.is_bare() || line.text.len() <= 24 && is_page_mark(&line.text) {
        return Sort::Weak;
    }
    if line.cells.is_empty() {
        return if line.shape == Shape::Bars && line.text.contains("--") {
            Sort::Weak
        } else {
            Sort::Prose
        };
    }
    if line.shape == Shape::Plain && is_sentence(line) {
        return Sort::Prose;
    }
    let mut strong = false;
    let mut kind: Option<Kind> = None;
    let mut values = 0;
    let mut texts = 0;
    let mut weak = 0;
    let mut heads = 0;
    let mut noise = 0;
    let mut prose = 0;
    for cell in line.cells.iter().filter(|cell| !cell.text.is_empty()) {
        if !matches!(cell.value, Value::Words) {
            values += 1;
            continue;
        }
        if words::is_unit(&cell.text) {
            continue;
        }
        if is_page_mark(&cell.text) {
            weak += 1;
            continue;
        }
        texts += 1;
        match cell.meaning {
            Meaning::Row { rows, .. } => {
                let kinds = |kind: Kind| rows.iter().any(|row| row.kind == kind);
                let of = open
                    .filter(|open| kinds(*open))
                    .or_else(|| rows.first().map(|row| row.kind));
                // 其他 and 总计 are heads of columns in every table.
                if lexicon::is_long(&cell.text) || of == open || of == Some(Kind::Disclosure) {
                    strong = true;
                    kind = kind.or(of);
                } else {
                    weak += 1;
                }
            }
            Meaning::Group(of) => {
                // 一、主动公开情况 is a chapter as well as a line of the table of 2014.
                if of == Kind::Statistics && open != Some(Kind::Statistics) {
                    prose += 1;
                } else {
                    strong = true;
                    kind = kind.or(Some(of));
                }
            }
            Meaning::Head { kind: of, clear } => {
                if clear {
                    strong = true;
                    kind = kind.or(of);
                } else {
                    heads += 1;
                    weak += 1;
                }
            }
            Meaning::Fragment | Meaning::Blank => weak += 1,
            Meaning::Noise => noise += 1,
            Meaning::Prose => prose += 1,
        }
    }
    match () {
        () if prose > 0 && !strong => Sort::Prose,
        () if prose > 0 && texts == prose + 1 && values == 0 => Sort::Prose,
        () if strong => Sort::Strong(kind),
        () if texts == 0 && values > 0 => Sort::Values { many: values >= 3 },
        () if weak > 0 && values >= 3 => Sort::Values { many: true },
        () if noise > 0 && values >= 5 && line.shape != Shape::Plain => Sort::Values { many: true },
        () if noise > 0 => Sort::Noise,
        () if heads > 0 && heads == texts && values == 0 => Sort::Head,
        () => Sort::Weak,
    }
}

/// Whether a clause ends behind a number, outside brackets: `不予处理 80 件，其他处理 319 件` is a line
/// of a text that happens to begin as a row does.
fn is_sentence(line: &Line<'_>) -> bool {
    let mut behind = false;
    let mut depth = 0_usize;
    for cell in &line.cells {
        behind |= matches!(cell.value, Value::Number(_));
        let mut letters = cell.text.chars().peekable();
        while let Some(c) = letters.next() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                // 1，234 is one number.
                '，' | '；' | '。'
                    if behind
                        && depth == 0
                        && !letters.peek().is_some_and(char::is_ascii_digit) =>
                {
                    return true;
                }
                _ => {}
            }
        }
    }
    false
}

/// `-4-`, `— 4 —`, `第 4 页`, `4/12`.
pub(super) fn is_page_mark(text: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '—' | '－' | '–' | '―');
    let begins = |c: char| c == '第' || c.is_ascii_digit() || dash(c);
    let letters = text.chars().filter(|c| !super::line::is_space(*c));
    // Most words have no number, or not there.
    if !letters.clone().next().is_some_and(begins)
        || !text.bytes().any(|byte| byte.is_ascii_digit())
    {
        return false;
    }
    // A number alone is none.
    if !text.contains(|c: char| dash(c) || matches!(c, '页' | '/')) {
        return false;
    }
    let bare: String = letters.collect();
    let digits = |text: &str| {
        !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let inner = bare.trim_matches(dash);
    if inner.len() < bare.len() && bare.starts_with(dash) && bare.ends_with(dash) && digits(inner) {
        return true;
    }
    if let Some(rest) = bare.strip_prefix('第') {
        let mut parts = rest.splitn(2, '页');
        return parts.next().is_some_and(digits)
            && parts
                .next()
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('页'));
    }
    matches!(bare.split_once('/'), Some((page, pages)) if digits(page) && digits(pages))
}

/// Whether what was found is a table of the kind, and no sentence that uses its words.
fn is_table(lines: &[Line<'_>], of: &[Option<Kind>], kind: Kind) -> bool {
    let mut heads = 0;
    let mut rows: Vec<&'static str> = Vec::new();
    let mut with_values = 0;
    let mut most_values = 0;
    let mine = lines
        .iter()
        .zip(of)
        .filter(|(_, of)| **of == Some(kind))
        .map(|(line, _)| line);
    for line in mine {
        let mut values = 0;
        for cell in line.cells.iter().filter(|cell| !cell.text.is_empty()) {
            if !matches!(cell.value, Value::Words) {
                values += 1;
                continue;
            }
            match cell.meaning {
                Meaning::Row { .. } => {
                    if let Some(row) = cell.meaning.rows(kind).next()
                        && !rows.contains(&row.row)
                    {
                        rows.push(row.row);
                    }
                }
                Meaning::Head {
                    kind: Some(of),
                    clear: true,
                } if of == kind => heads += 1,
                Meaning::Group(of) if of == kind => heads += 1,
                _ => {}
            }
        }
        with_values += usize::from(values > 0);
        most_values = most_values.max(values);
        let enough = match kind {
            Kind::Disclosure => {
                (heads >= 2 && !rows.is_empty()) || (rows.len() >= 3 && with_values > 0)
            }
            Kind::Requests => rows.len() >= 2 || (heads >= 3 && !rows.is_empty()) || heads >= 5,
            // Narrow columns cut the heads into single characters; fifteen figures are enough.
            Kind::Cases => {
                (heads >= 3 && (with_values > 0 || heads >= 8)) || (heads >= 2 && most_values == 15)
            }
            Kind::Statistics => rows.len() >= 4 && (with_values > 0 || heads > 0),
        };
        if enough {
            return true;
        }
    }
    false
}
