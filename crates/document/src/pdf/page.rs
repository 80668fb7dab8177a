//! A page with ruled tables, put together from its words and lines.

use content::{Block, Cell, Place, Run, Table};

use super::grid::Frame;
use super::ruling::POINT;
use super::words::Word;

/// How far a word may reach over the edge of its cell.
const OVER: i64 = 2 * POINT;

/// The tables of a page and the lines of text between them, in the order of reading. `None` where
/// the words do not keep to the cells, or where there is no table.
///
/// `line` counts the lines of the file and `table` its tables.
pub(super) fn blocks(
    words: &[Word],
    frames: Vec<Frame>,
    page: u32,
    line: &mut u32,
    table: &mut u32,
) -> Option<Vec<Block>> {
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
    let mut pieces: Vec<(i64, Piece)> = lines(outside)
        .into_iter()
        .map(|words| {
            (
                words.first().map_or(0, |word| word.middle().1),
                Piece::Text(words),
            )
        })
        .chain(
            filled
                .into_iter()
                .map(|one| (one.frame.top(), Piece::Table(one))),
        )
        .collect();
    pieces.sort_by_key(|(top, _)| *top);
    let mut blocks = Vec::new();
    for (_, piece) in pieces {
        match piece {
            Piece::Text(words) => {
                let run = Run {
                    text: text(&words),
                    bold: false,
                    place: Some(Place {
                        page: Some(page),
                        line: Some(*line),
                        ..Place::default()
                    }),
                };
                *line += 1;
                match blocks.last_mut() {
                    Some(Block::Paragraph(runs)) => runs.push(run),
                    _ => blocks.push(Block::Paragraph(vec![run])),
                }
            }
            Piece::Table(one) => {
                *table += 1;
                *line += u32::try_from(one.frame.rows.len()).unwrap_or(0);
                blocks.push(Block::Table(one.table(page, *table)));
            }
        }
    }
    Some(blocks)
}

enum Piece {
    Text(Vec<Word>),
    Table(Filled),
}

/// A table with the words in its cells.
struct Filled {
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

    fn table(self, page: u32, number: u32) -> Table {
        let padding = self.padding();
        let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); self.frame.rows.len().saturating_sub(1)];
        for (cell, words) in self.frame.cells.iter().zip(self.words) {
            let (left, right) = self.frame.sides(cell);
            let place = Place {
                page: Some(page),
                line: None,
                table: Some(number),
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

    /// What stays free at both sides of a cell together: the least that any cell has.
    fn padding(&self) -> i64 {
        let free = |side: fn((i64, i64), &Word) -> i64| {
            let cells = self.frame.cells.iter().zip(&self.words);
            cells
                .flat_map(|(cell, words)| {
                    let sides = self.frame.sides(cell);
                    words.iter().map(move |word| side(sides, word))
                })
                .min()
                .unwrap_or(0)
                .max(0)
        };
        free(|(left, _), word| word.left - left) + free(|(_, right), word| right - word.right)
    }
}

/// Cuts a word at a line between two columns, where a character ends there.
fn cut(word: &Word, at: i64) -> Option<(Word, Word)> {
    // Half the width of an ideograph is that of a digit.
    let units =
        |text: &str| -> i64 { text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
    let all = units(&word.text).max(1);
    let width = word.right - word.left;
    let unit = width / all;
    let mut best: Option<(i64, usize, i64)> = None;
    for (index, _) in word.text.char_indices().skip(1) {
        let place = word.left + width * units(word.text.get(..index)?) / all;
        let off = (place - at).abs();
        if best.is_none_or(|(least, ..)| off < least) {
            best = Some((off, index, place));
        }
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
    let mut above: Option<(i64, i64)> = None;
    for line in lines(words) {
        let text = text(&line);
        let ends = out.chars().next_back().is_some_and(of_figure);
        if let Some((width, count)) = above
            && ends
            && text.starts_with(of_figure)
            && width + width / count <= room
        {
            out.push('\n');
        }
        out.push_str(&text);
        let count = i64::try_from(text.chars().count()).unwrap_or(1);
        above = Some((extent(&line), count.max(1)));
    }
    out
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
