//! A page with ruled tables, put together from its words and lines.

use content::{Block, Cell, Place, Run, Table};

use super::grid::{self, Frame};
use super::ruling::POINT;
use super::words::Word;

/// How far a word may reach over the edge of its cell.
const OVER: i64 = 2 * POINT;
/// Most words of a page that are put into tables; one with more is no page of a report.
const WORDS: usize = 20_000;
/// Most characters of a word that is cut between columns; a longer one is no row of figures.
const LETTERS: usize = 400;
/// Most spaces before a line.
const MARGIN: usize = 60;

/// The tables of a page and the lines of text between them, from above. `None` where the words do
/// not keep to the cells, or where there is no table.
pub(super) fn pieces(words: &[Word], frames: Vec<Frame>) -> Option<Vec<Piece>> {
    if words.len() > WORDS {
        return None;
    }
    let mut filled: Vec<Filled> = frames.into_iter().map(Filled::new).collect();
    let mut outside: Vec<Word> = Vec::new();
    for word in words {
        // The smallest table that holds the word: one may stand within the frame of another.
        let inmost = filled
            .iter_mut()
            .filter(|one| one.frame.at(word.middle()).is_some())
            .min_by_key(|one| one.frame.below() - one.frame.top());
        match inmost {
            Some(one) => one.put(word)?,
            None => outside.push(word.clone()),
        }
    }
    filled.retain(Filled::is_table);
    if filled.is_empty() {
        return None;
    }
    let margin = outside.iter().map(|word| word.left).min().unwrap_or(0);
    let mut pieces: Vec<(i64, Piece)> = lines(outside)
        .into_iter()
        .filter_map(|words| {
            let first = words.first()?;
            let text = indented(&words, first.left - margin, first.height());
            Some((first.middle().1, Piece::Text(text)))
        })
        .collect();
    pieces.extend(
        filled
            .into_iter()
            .map(|one| (one.frame.top(), Piece::Table(one))),
    );
    pieces.sort_by_key(|(top, _)| *top);
    Some(pieces.into_iter().map(|(_, piece)| piece).collect())
}

/// A piece of a page.
pub(super) enum Piece {
    /// A line of text.
    Text(String),
    /// A table.
    Table(Filled),
}

impl Piece {
    /// How many cells it has.
    pub(super) fn cells(&self) -> usize {
        match self {
            Piece::Text(_) => 0,
            Piece::Table(one) => one.frame.cells.len(),
        }
    }
}

/// Counts pages, lines and tables of the file.
pub(super) struct Count {
    pub(super) page: u32,
    pub(super) line: u32,
    pub(super) table: u32,
}

/// The blocks of a page.
pub(super) fn blocks(pieces: Vec<Piece>, count: &mut Count) -> Vec<Block> {
    let mut blocks = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let run = Run {
                    text,
                    bold: false,
                    place: Some(Place {
                        page: Some(count.page),
                        line: Some(count.line),
                        ..Place::default()
                    }),
                };
                count.line += 1;
                match blocks.last_mut() {
                    Some(Block::Paragraph(runs)) => runs.push(run),
                    _ => blocks.push(Block::Paragraph(vec![run])),
                }
            }
            Piece::Table(one) => {
                count.table += 1;
                count.line += u32::try_from(one.frame.rows.len()).unwrap_or(0);
                blocks.push(Block::Table(one.table(count)));
            }
        }
    }
    blocks
}

/// A table with the words in its cells.
pub(super) struct Filled {
    frame: Frame,
    words: Vec<Vec<Word>>,
}

impl Filled {
    fn new(frame: Frame) -> Filled {
        let words = vec![Vec::new(); frame.cells.len()];
        Filled { frame, words }
    }

    /// Whether it holds more than a sentence in a frame.
    fn is_table(&self) -> bool {
        self.words.iter().filter(|words| !words.is_empty()).count() >= 4
    }

    /// Puts a word into its cell. `None` if nobody can say in which cell it is.
    fn put(&mut self, word: &Word) -> Option<()> {
        let index = self.frame.at(word.middle())?;
        let (left, right) = self.frame.sides(self.frame.cells.get(index)?);
        if word.left >= left - OVER && word.right <= right + OVER {
            self.words.get_mut(index)?.push(word.clone());
            return Some(());
        }
        // Figures of narrow columns nearly touch, and were taken for one word.
        let mut rest = word.clone();
        loop {
            let start = (
                rest.left.max(self.frame.columns.first()? + 1),
                rest.middle().1,
            );
            let index = self.frame.at(start)?;
            let (_, right) = self.frame.sides(self.frame.cells.get(index)?);
            if rest.right <= right + OVER {
                self.words.get_mut(index)?.push(rest);
                return Some(());
            }
            let (one, other) = cut(&rest, right)?;
            self.words.get_mut(index)?.push(one);
            rest = other;
        }
    }

    fn table(self, count: &Count) -> Table {
        let padding = self.padding();
        let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); self.frame.rows.len().saturating_sub(1)];
        for (cell, words) in self.frame.cells.iter().zip(self.words) {
            let (left, right) = self.frame.sides(cell);
            let place = Place {
                page: Some(count.page),
                line: None,
                table: Some(count.table),
                row: u32::try_from(cell.row + 1).ok(),
                column: u32::try_from(cell.column + 1).ok(),
            };
            let text = within(words, right - left - padding);
            if let Some(row) = rows.get_mut(cell.row) {
                row.push(Cell {
                    runs: vec![Run {
                        text,
                        bold: false,
                        place: Some(place),
                    }],
                    rowspan: u16::try_from(cell.rowspan).unwrap_or(u16::MAX),
                    colspan: u16::try_from(cell.colspan).unwrap_or(u16::MAX),
                    place: Some(place),
                    ..Cell::default()
                });
            }
        }
        Table {
            caption: None,
            rows,
        }
    }

    /// What stays free at both sides of a cell together: twice the least at the left that any cell
    /// has. At the right a full stop may hang over.
    fn padding(&self) -> i64 {
        let cells = self.frame.cells.iter().zip(&self.words);
        let free = cells.flat_map(|(cell, words)| {
            let (left, _) = self.frame.sides(cell);
            words.iter().map(move |word| word.left - left)
        });
        2 * free.min().unwrap_or(0).max(0)
    }

    /// The cells that begin and end in a row, with their index.
    fn row(&self, row: usize) -> impl Iterator<Item = (usize, &grid::Cell)> {
        let cells = &self.frame.cells;
        // They stand in the order of reading.
        let first = cells.partition_point(|cell| cell.row < row);
        let row = (first..)
            .zip(cells.get(first..).unwrap_or_default())
            .take_while(move |(_, cell)| cell.row == row);
        row.filter(|(_, cell)| cell.rowspan == 1)
    }

    fn words_of(&self, row: usize) -> Vec<String> {
        let texts = self.row(row).map(|(index, _)| self.text_of(index));
        texts.collect()
    }

    fn text_of(&self, index: usize) -> String {
        let words = self.words.get(index).into_iter().flatten();
        words.map(|word| word.text.as_str()).collect()
    }

    /// Whether the other table has the sides and the columns of this one, as far as they show: a
    /// column that all rows of a page merge has no line there.
    fn goes_on(&self, next: &Filled) -> bool {
        let near = |of: &[i64], edge: i64| of.iter().any(|other| (other - edge).abs() <= OVER);
        let (one, other) = (&self.frame.columns, &next.frame.columns);
        let ends = |of: &[i64]| [of.first().copied(), of.last().copied()];
        let same = ends(one)
            .into_iter()
            .zip(ends(other))
            .all(|pair| matches!(pair, (Some(one), Some(other)) if (one - other).abs() <= OVER));
        same && (one.iter().all(|edge| near(other, *edge))
            || other.iter().all(|edge| near(one, *edge)))
    }

    /// Brings back what the end of the page cut off the last row: figures of which one part stands
    /// here and the rest in the first row of `next`. That they are broken is sure where no label
    /// begins in that row, and each figure there stands under one that left no room for another
    /// digit, or under an empty cell while the row has no label at all.
    fn mend(&mut self, next: &mut Filled) {
        if !self.goes_on(next) {
            return;
        }
        // Heads are repeated on each page.
        let heads = (0..next.frame.rows.len().saturating_sub(1))
            .take_while(|row| {
                let words = next.words_of(*row);
                self.words_of(*row) == words && words.iter().any(|text| !text.is_empty())
            })
            .count();
        let last = self.frame.rows.len().saturating_sub(2);
        let padding = self.padding();
        let is_empty = |one: &Filled, row: usize| {
            let first = one.row(row).next();
            first.is_some_and(|(index, _)| one.text_of(index).is_empty())
        };
        let unlabelled = is_empty(next, heads) && !is_empty(self, last);
        // From left to right, as the cells of a row come.
        let above: Vec<(usize, (i64, i64))> = self
            .row(last)
            .map(|(over, cell)| (over, self.frame.sides(cell)))
            .collect();
        let over = |(left, right): (i64, i64)| {
            let first = above.partition_point(|(_, sides)| sides.0 < left - OVER);
            above
                .iter()
                .skip(first)
                .take_while(|(_, sides)| sides.0 <= left + OVER)
                .find(|(_, sides)| (sides.1 - right).abs() <= OVER)
        };
        let pairs: Vec<(usize, usize)> = next
            .row(heads)
            .filter(|(under, _)| {
                next.words
                    .get(*under)
                    .is_some_and(|words| !words.is_empty())
            })
            .filter_map(|(under, cell)| {
                let (over, _) = over(next.frame.sides(cell))?;
                Some((*over, under))
            })
            .collect();
        let mut figures = 0;
        for (over, under) in &pairs {
            let rest = next.text_of(*under);
            if !rest.chars().all(of_figure) {
                if begins_label(&rest) {
                    return;
                }
                continue;
            }
            figures += 1;
            let Some(cell) = self.frame.cells.get(*over) else {
                return;
            };
            let (left, right) = self.frame.sides(cell);
            let words = self.words.get(*over).cloned().unwrap_or_default();
            if words.is_empty() && unlabelled {
                continue;
            }
            let full = lines(words).last().is_some_and(|line| {
                let text = text(line);
                text.chars().all(of_figure) && !has_room(line, &text, right - left - padding)
            });
            if !full {
                return;
            }
        }
        if figures == 0 {
            return;
        }
        let shift = self.frame.below().saturating_sub(next.frame.top());
        for (over, under) in pairs {
            let Some(words) = next.words.get_mut(under).map(std::mem::take) else {
                continue;
            };
            if let Some(place) = self.words.get_mut(over) {
                place.extend(words.into_iter().map(|word| Word {
                    top: word.top + shift,
                    below: word.below + shift,
                    ..word
                }));
            }
        }
    }
}

/// Mends the rows that the ends of pages cut: the last table of a page and the first of the next.
pub(super) fn mend(pages: &mut [Option<Vec<Piece>>]) {
    let mut rest = pages;
    while let [one, others @ ..] = rest {
        let last = one.iter_mut().flatten().rev().find_map(table_of);
        let next = others.first_mut().and_then(Option::as_mut);
        let next = next.and_then(|pieces| pieces.iter_mut().find_map(table_of));
        if let (Some(last), Some(next)) = (last, next) {
            last.mend(next);
        }
        rest = others;
    }
}

fn table_of(piece: &mut Piece) -> Option<&mut Filled> {
    match piece {
        Piece::Table(one) => Some(one),
        Piece::Text(_) => None,
    }
}

/// Whether a text begins as labels of rows do: with a number or a bracket.
fn begins_label(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "（(一二三四五六七八九十".contains(c))
}

/// Cuts a word at a line between two columns, where a character ends there.
fn cut(word: &Word, at: i64) -> Option<(Word, Word)> {
    if word.text.chars().nth(LETTERS).is_some() {
        return None;
    }
    // Half the width of an ideograph is that of a digit.
    let units = |c: char| if c.is_ascii() { 1_i64 } else { 2 };
    let all = word.text.chars().map(units).sum::<i64>().max(1);
    let width = word.right - word.left;
    let unit = width / all;
    let mut best: Option<(i64, usize, i64)> = None;
    let mut before = 0;
    for (index, character) in word.text.char_indices() {
        let place = word.left + width * before / all;
        let off = (place - at).abs();
        if index > 0 && best.is_none_or(|(least, ..)| off < least) {
            best = Some((off, index, place));
        }
        before += units(character);
    }
    let (off, index, place) = best?;
    // Farther from the line than a third of a digit: a character stands across it.
    if off * 3 > unit {
        return None;
    }
    let (one, other) = word.text.split_at_checked(index)?;
    Some((
        Word {
            right: place,
            text: one.to_owned(),
            ..word.clone()
        },
        Word {
            left: place,
            text: other.to_owned(),
            ..word.clone()
        },
    ))
}

/// Words by lines, from above; the words of a line from the left.
fn lines(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by_key(|word| (word.middle().1, word.left));
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for word in words {
        let same = |line: &Vec<Word>| {
            line.last().is_some_and(|last| {
                let low = last.height().min(word.height());
                (last.middle().1 - word.middle().1).abs() * 2 < low
            })
        };
        match lines.last_mut().filter(|line| same(line)) {
            Some(line) => line.push(word),
            None => lines.push(vec![word]),
        }
    }
    for line in &mut lines {
        line.sort_by_key(|word| word.left);
    }
    lines
}

/// The text of a line behind spaces that stand for its distance from the margin, two for a
/// character as `pdftotext -layout` has it: an indented line begins a paragraph.
fn indented(words: &[Word], distance: i64, height: i64) -> String {
    let spaces = usize::try_from(distance * 5 / (2 * height.max(1))).unwrap_or(0);
    " ".repeat(spaces.min(MARGIN)) + &text(words)
}

/// The text of a line: a space where there is a gap, more where the gap is as wide as a character.
fn text(words: &[Word]) -> String {
    let mut out = String::new();
    let mut last: Option<&Word> = None;
    for word in words {
        if let Some(last) = last {
            let gap = word.left - last.right;
            let height = last.height().min(word.height());
            if gap > height * 3 / 2 {
                out.push_str("   ");
            } else if gap * 8 > height {
                out.push(' ');
            }
        }
        out.push_str(&word.text);
        last = Some(word);
    }
    out
}

/// The text of a cell that has room for lines of that width.
///
/// Lines of words were cut where the cell ends, and are put together again. A figure that was too
/// wide goes on in the next line too; that it did is sure where another digit would not have fitted
/// into the line. Otherwise the lines stay apart, and are no figure.
fn within(words: Vec<Word>, room: i64) -> String {
    let mut out = String::new();
    let mut above = false;
    for line in lines(words) {
        let text = text(&line);
        let ends = out.chars().next_back().is_some_and(of_figure);
        if above && ends && text.starts_with(of_figure) {
            out.push('\n');
        }
        above = has_room(&line, &text, room);
        out.push_str(&text);
    }
    out
}

/// Whether another character like those of a line would have fitted into it.
fn has_room(line: &[Word], text: &str, room: i64) -> bool {
    let count = i64::try_from(text.chars().count()).unwrap_or(1).max(1);
    let width = extent(line);
    width + width / count <= room
}

/// What figures and words of other alphabets are made of.
fn of_figure(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | ',' | '，' | '.' | '．' | '-' | '－')
}

fn extent(words: &[Word]) -> i64 {
    let left = words.iter().map(|word| word.left).min().unwrap_or(0);
    let right = words.iter().map(|word| word.right).max().unwrap_or(0);
    right - left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::ruling::{Line, Ruling};

    /// The table of so many rows and columns, each ten points wide and high.
    fn frame(rows: i64, columns: i64) -> Frame {
        let lines = |count: i64, to: i64| {
            let line = |at: i64| Line {
                at: at * 10 * POINT,
                from: 0,
                to: to * 10 * POINT,
            };
            (0..=count).map(line).collect()
        };
        let ruling = Ruling {
            across: lines(rows, columns),
            down: lines(columns, rows),
        };
        grid::frames(&ruling).remove(0)
    }

    fn word(text: String, left: i64, right: i64) -> Word {
        Word {
            left: left * POINT,
            right: right * POINT,
            top: POINT,
            below: 9 * POINT,
            text,
        }
    }

    #[test]
    fn a_word_is_cut_where_a_character_ends() {
        let cut = |text: &str, at: i64| {
            let (one, other) = cut(&word(text.into(), 0, 12), at * POINT)?;
            assert_eq!(one.right, other.left);
            Some((one.text, other.text))
        };
        let parts = |one: &str, other: &str| Some((one.to_owned(), other.to_owned()));
        assert_eq!(cut("123456", 4), parts("12", "3456"));
        assert_eq!(cut("件12件", 4), parts("件", "12件"));
        assert_eq!(cut("件12件", 2), None);
        assert_eq!(cut("1", 4), None);
        assert_eq!(cut("", 4), None);
    }

    #[test]
    fn a_word_without_end_is_not_cut() {
        let put = |length: usize| {
            let mut filled = Filled::new(frame(2, 100));
            filled.put(&word("1".repeat(length), 0, 1000))
        };
        assert_eq!(put(LETTERS), Some(()));
        assert_eq!(put(LETTERS + 100), None);
        let start = std::time::Instant::now();
        assert_eq!(put(1_000_000), None);
        assert!(start.elapsed() < std::time::Duration::from_secs(2));
    }

    #[test]
    fn cells_are_found_by_their_row() {
        let filled = Filled::new(frame(3, 2));
        let row = |at: usize| -> Vec<usize> { filled.row(at).map(|(index, _)| index).collect() };
        assert_eq!(row(0), [0, 1]);
        assert_eq!(row(2), [4, 5]);
        assert_eq!(row(3), [0; 0]);
    }
}
