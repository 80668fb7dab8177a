//! Lines of a text and rows of a table, cut into cells.

use std::borrow::Cow;

use content::{Block, Content, Place, Run};

use super::lexicon::{self, Meaning, Word};
use super::value::{self, Value};

/// How the cells of a line are told from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A row of a table of the file: its columns are known.
    Grid,
    /// Bars between the cells.
    Bars,
    /// Tabs between the cells.
    Tabs,
    /// White space alone.
    Plain,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) value: Value,
    /// What the words mean; of a value nothing.
    pub(super) meaning: Meaning,
    /// Columns that it covers.
    pub(super) span: u16,
    /// Whether it only goes on from the row above.
    pub(super) merged: bool,
}

impl<'a> Cell<'a> {
    fn of(text: Cow<'a, str>, span: u16) -> Cell<'a> {
        let value = value::parse(&text);
        let meaning = match value {
            Value::Words => lexicon::meaning(&text),
            _ => Meaning::Blank,
        };
        Cell {
            text,
            value,
            meaning,
            span,
            merged: false,
        }
    }

    /// The text with its meaning.
    pub(super) fn word(&self) -> Word<'_> {
        Word {
            text: &self.text,
            meaning: self.meaning,
        }
    }

    /// Whether words stand in it that are no unit of measure.
    pub(super) fn is_words(&self) -> bool {
        matches!(self.value, Value::Words) && !super::words::is_unit(&self.text)
    }
}

/// A line of a text, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The source, verbatim; of a row the cells with tabs between.
    pub(super) text: Cow<'a, str>,
    pub(super) place: Place,
    /// Level of a heading that the file calls one.
    pub(super) heading: Option<u8>,
    pub(super) shape: Shape,
    /// The cells; none where the line is plainly running text.
    pub(super) cells: Vec<Cell<'a>>,
}

/// More cells in a row are no form of a report.
const CELLS: usize = 64;
/// More columns of a table are not followed through its merged cells.
const COLUMNS: usize = 256;
/// A line of a form without bars or tabs has fewer characters than this; longer ones are text.
const PLAIN: usize = 110;

impl<'a> Line<'a> {
    /// Whether the line is for the text where no table has it: of a table of the file only a row
    /// with one cell is, as in a page that lays out its text in a table.
    pub(super) fn is_text(&self) -> bool {
        let filled = self.cells.iter().filter(|cell| !cell.text.is_empty());
        !self.is_bare() && (self.shape != Shape::Grid || filled.count() == 1)
    }

    /// Whether nothing stands in the line but bars and space.
    pub(super) fn is_bare(&self) -> bool {
        self.text.chars().all(|c| is_space(c) || c == '|')
    }
}

/// All lines of a content, in the order of reading.
pub(super) fn of_content(content: &Content) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for block in &content.blocks {
        match block {
            Block::Heading { level, runs } => lines.push(Line {
                text: joined(runs),
                place: runs.iter().find_map(|run| run.place).unwrap_or_default(),
                heading: Some(*level),
                shape: Shape::Plain,
                cells: Vec::new(),
            }),
            Block::Paragraph(runs) => paragraph(runs, &mut lines),
            Block::Table(table) => rows(table, &mut lines),
        }
    }
    lines
}

/// Runs of one line of the source belong together; text files have many lines in a paragraph.
fn paragraph<'a>(runs: &'a [Run], lines: &mut Vec<Line<'a>>) {
    let at = |run: &Run| run.place.and_then(|place| Some((place.page, place.line?)));
    for group in runs.chunk_by(|one, next| at(one) == at(next)) {
        let place = group.first().and_then(|run| run.place).unwrap_or_default();
        match joined(group) {
            Cow::Borrowed(text) => lines.extend(text.split('\n').map(|text| cut(text, place))),
            Cow::Owned(text) => {
                for text in text.split('\n') {
                    lines.push(owned(cut(text, place)));
                }
            }
        }
    }
}

fn joined(runs: &[Run]) -> Cow<'_, str> {
    match runs {
        [run] => Cow::Borrowed(&run.text),
        runs => Cow::Owned(runs.iter().map(|run| run.text.as_str()).collect()),
    }
}

fn owned(line: Line<'_>) -> Line<'static> {
    let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    Line {
        text: own(line.text),
        place: line.place,
        heading: line.heading,
        shape: line.shape,
        cells: line
            .cells
            .into_iter()
            .map(|cell| Cell {
                text: own(cell.text),
                value: cell.value,
                meaning: cell.meaning,
                span: cell.span,
                merged: cell.merged,
            })
            .collect(),
    }
}

/// A line of text with its cells.
fn cut(text: &str, place: Place) -> Line<'_> {
    let (shape, cells) = if text.contains('|') || text.contains('｜') {
        (Shape::Bars, bars(text))
    } else if text.trim().contains('\t') {
        (Shape::Tabs, bounded(text.split('\t')))
    } else if could_be_row(text) {
        (Shape::Plain, plain(text))
    } else {
        (Shape::Plain, Vec::new())
    };
    Line {
        text: Cow::Borrowed(text),
        place,
        heading: None,
        shape,
        cells,
    }
}

/// Whether a line without bars is short enough, and no sentence.
fn could_be_row(text: &str) -> bool {
    if text.contains('。') {
        return false;
    }
    // Spaces do not count.
    let mut characters = text.chars().filter(|c| !is_space(*c));
    if text.len() <= PLAIN {
        return characters.next().is_some();
    }
    (1..=PLAIN).contains(&characters.take(PLAIN + 1).count())
}

fn cell(text: &str) -> Cell<'_> {
    Cell::of(Cow::Borrowed(text.trim_matches(is_space)), 1)
}

fn bounded<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Cell<'a>> {
    let cells: Vec<Cell> = texts.take(CELLS + 1).map(cell).collect();
    if cells.len() > CELLS {
        return Vec::new();
    }
    cells
}

/// Cells between bars; what stands outside the outermost bars is no cell when it is empty. A rule
/// of Markdown (`|---|---|`) has none.
fn bars(text: &str) -> Vec<Cell<'_>> {
    let bar = |c: char| c == '|' || c == '｜';
    let trimmed = text.trim_matches(is_space);
    let is_rule = |c: char| bar(c) || matches!(c, '-' | ':' | ' ');
    if trimmed.contains("--") && trimmed.chars().all(is_rule) {
        return Vec::new();
    }
    let inner = match trimmed.strip_suffix(bar) {
        // A lone bar is one empty cell.
        Some(rest) => rest,
        None => trimmed,
    };
    let inner = match inner.strip_prefix(bar) {
        // `||` at the beginning of a line of bars alone are cells, not the edge of the table.
        Some(rest) if !inner.chars().all(bar) => rest,
        _ => inner,
    };
    bounded(inner.split(bar))
}

/// Cells between two or more spaces; values and units at the end of a cell are cells themselves,
/// and so is a numbered label behind that of its group.
fn plain(text: &str) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for chunk in wide_split(text).flat_map(labels) {
        let mut rest = chunk;
        let mut tail = Vec::new();
        loop {
            let token = rest.rsplit(is_space).next().unwrap_or_default();
            if token.is_empty() || !(super::value::is_value(token) || super::words::is_unit(token))
            {
                break;
            }
            // A unit alone is a cell only beside values.
            tail.push(token);
            rest = rest
                .get(..rest.len() - token.len())
                .unwrap_or_default()
                .trim_end_matches(is_space);
            if rest.is_empty() || tail.len() > CELLS {
                break;
            }
        }
        if tail.len() == 1 && is_open(rest) {
            // `（…相同信息计 1` goes on in the next line: the number belongs to the words.
            rest = chunk;
            tail.clear();
        }
        if !rest.is_empty() {
            cells.push(cell(rest));
        }
        cells.extend(tail.into_iter().rev().map(cell));
        if cells.len() > CELLS {
            return Vec::new();
        }
    }
    cells
}

/// Whether a bracket is open at the end of a text.
fn is_open(text: &str) -> bool {
    let last = |brackets: [char; 2]| text.rfind(brackets);
    last(['（', '(']) > last(['）', ')'])
}

/// The labels that stand one behind the other: `不予公开 5.属于三类内部事务信息`, or a piece of an
/// upright one before a piece of another: `度办 （区分处理的，`.
fn labels(chunk: &str) -> impl Iterator<Item = &str> {
    let mut rest = chunk;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let cut = rest.char_indices().find(|(at, c)| {
            is_space(*c)
                && (rest
                    .get(at + c.len_utf8()..)
                    .is_some_and(super::words::has_ordinal)
                    || rest.get(..*at).is_some_and(super::lexicon::is_of_group))
        });
        let Some((at, c)) = cut else {
            return Some(std::mem::take(&mut rest));
        };
        let label = rest.get(..at);
        rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
        label
    })
}

/// The stretches of a line between two or more spaces.
fn wide_split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_matches(is_space);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut gap: Option<usize> = None;
        let mut wide = 0;
        for (at, c) in rest.char_indices() {
            if is_space(c) {
                let start = *gap.get_or_insert(at);
                // An ideographic space is as wide as two.
                wide += if c == '\u{3000}' { 2 } else { 1 };
                if wide >= 2 {
                    let chunk = rest.get(..start).unwrap_or_default();
                    rest = rest
                        .get(at..)
                        .unwrap_or_default()
                        .trim_start_matches(is_space);
                    return Some(chunk);
                }
            } else {
                gap = None;
                wide = 0;
            }
        }
        let chunk = rest;
        rest = "";
        Some(chunk)
    })
}

/// The rows of a table, each with what merged cells reach into it. Spans that do not fit are taken
/// as far as they go: real tables are ragged.
fn rows<'a>(table: &'a content::Table, lines: &mut Vec<Line<'a>>) {
    // For each column, how many more rows the cell from above covers.
    let mut above: Vec<u16> = Vec::new();
    for row in &table.rows {
        let mut cells: Vec<Cell<'a>> = Vec::new();
        let mut column = 0;
        let mut text = String::new();
        let covered = |column: usize, above: &[u16]| above.get(column).is_some_and(|n| *n > 0);
        let mut next: Vec<u16> = above.iter().map(|n| n.saturating_sub(1)).collect();
        let carry = |cells: &mut Vec<Cell<'a>>| {
            cells.push(Cell {
                span: 1,
                merged: true,
                ..Cell::default()
            });
        };
        for cell in row.iter().take(COLUMNS) {
            while covered(column, &above) {
                carry(&mut cells);
                column += 1;
            }
            let span = cell.colspan.clamp(1, COLUMNS as u16);
            let end = (column + usize::from(span)).min(COLUMNS);
            if cell.rowspan > 1 && end > column {
                if next.len() < end {
                    next.resize(end, 0);
                }
                for left in next.iter_mut().take(end).skip(column) {
                    *left = (*left).max(cell.rowspan - 1);
                }
            }
            column = end;
            let words = joined(&cell.runs);
            if !text.is_empty() {
                text.push('\t');
            }
            text.push_str(words.trim_matches(is_space));
            let words = match words {
                Cow::Borrowed(words) => Cow::Borrowed(words.trim_matches(is_space)),
                Cow::Owned(words) => Cow::Owned(words.trim_matches(is_space).to_owned()),
            };
            cells.push(Cell::of(words, span));
        }
        while covered(column, &above) {
            carry(&mut cells);
            column += 1;
        }
        above = next;
        let place = row.iter().find_map(|cell| {
            cell.place
                .or_else(|| cell.runs.iter().find_map(|run| run.place))
        });
        if cells.len() > CELLS {
            cells.clear();
        }
        lines.push(Line {
            text: Cow::Owned(text),
            place: place.unwrap_or_default(),
            heading: None,
            shape: Shape::Grid,
            cells,
        });
    }
}

/// Every kind of white space, also the spellings that survive as text.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{200b}')
}
