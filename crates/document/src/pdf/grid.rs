//! Tables of a page by their ruled lines: which lines make a table, and the cells between them.

use super::ruling::{Line, POINT, Ruling};

/// Lines that are no farther from each other are one, and touch.
const NEAR: i64 = 3 * POINT;
/// Shorter lines are marks.
const SHORT: i64 = 8 * POINT;
/// Most lines of a page once their pieces are joined; one with more is a drawing.
const LINES: usize = 1_200;
/// Most places of a table.
const PLACES: usize = 40_000;

/// A table: where its rows and columns part, and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// From left to right, one more than columns.
    pub(super) columns: Vec<i64>,
    /// From above, one more than rows.
    pub(super) rows: Vec<i64>,
    /// In the order of reading.
    pub(super) cells: Vec<Cell>,
    /// For each place, row by row, the cell that covers it.
    covers: Vec<usize>,
}

/// A cell by the places that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rowspan: usize,
    pub(super) colspan: usize,
}

impl Frame {
    pub(super) fn top(&self) -> i64 {
        self.rows.first().copied().unwrap_or(0)
    }

    pub(super) fn below(&self) -> i64 {
        self.rows.last().copied().unwrap_or(0)
    }

    fn width(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// The cell that holds a point.
    pub(super) fn at(&self, (x, y): (i64, i64)) -> Option<usize> {
        let column = between(&self.columns, x)?;
        let row = between(&self.rows, y)?;
        self.covers.get(row * self.width() + column).copied()
    }

    /// Left and right edge of a cell.
    pub(super) fn sides(&self, cell: &Cell) -> (i64, i64) {
        let edge = |at: usize| self.columns.get(at).copied().unwrap_or(0);
        (edge(cell.column), edge(cell.column + cell.colspan))
    }
}

fn between(edges: &[i64], value: i64) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge <= value);
    (after > 0 && after < edges.len()).then(|| after - 1)
}

/// The tables of a page, from above and from the left.
pub(super) fn frames(ruling: &Ruling) -> Vec<Frame> {
    let across = joined(&ruling.across);
    let down = joined(&ruling.down);
    if across.len() + down.len() > LINES {
        return Vec::new();
    }
    let mut frames: Vec<Frame> = groups(&across, &down)
        .iter()
        .filter_map(|(across, down)| frame(across, down))
        .collect();
    frames.sort_by_key(|frame| (frame.top(), frame.columns.first().copied()));
    frames
}

/// The pieces of each line put together.
fn joined(pieces: &[Line]) -> Vec<Line> {
    let mut pieces = pieces.to_vec();
    pieces.sort_unstable();
    let mut out: Vec<Line> = Vec::new();
    // Pieces of one line stand within a third of what parts two.
    for group in pieces.chunk_by(|one, next| next.at - one.at <= NEAR / 3) {
        let mut group = group.to_vec();
        group.sort_unstable_by_key(|line| (line.from, line.to));
        let mut open: Option<Line> = None;
        for line in group {
            match &mut open {
                Some(last) if line.from <= last.to + NEAR => last.to = last.to.max(line.to),
                _ => out.extend(open.replace(line)),
            }
        }
        out.extend(open);
    }
    out.retain(|line| line.to - line.from >= SHORT);
    out
}

fn touch(across: &Line, down: &Line) -> bool {
    let reaches =
        |line: &Line, at: i64| line.from.saturating_sub(NEAR) <= at && at <= line.to + NEAR;
    reaches(across, down.at) && reaches(down, across.at)
}

/// The lines that hang together, where they run in both directions.
fn groups(across: &[Line], down: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let count = across.len() + down.len();
    let mut root: Vec<usize> = (0..count).collect();
    for (one, line) in across.iter().enumerate() {
        for (other, cross) in down.iter().enumerate() {
            if touch(line, cross) {
                union(&mut root, one, across.len() + other);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Line>, Vec<Line>)> =
        std::collections::BTreeMap::new();
    for (at, line) in across.iter().chain(down).enumerate() {
        let group = groups.entry(find(&mut root, at)).or_default();
        if at < across.len() {
            group.0.push(*line);
        } else {
            group.1.push(*line);
        }
    }
    groups
        .into_values()
        .filter(|(across, down)| !across.is_empty() && !down.is_empty())
        .collect()
}

fn find(root: &mut [usize], at: usize) -> usize {
    let mut at = at;
    while let Some(next) = root.get(at).copied()
        && next != at
    {
        let far = root.get(next).copied().unwrap_or(next);
        if let Some(place) = root.get_mut(at) {
            *place = far;
        }
        at = next;
    }
    at
}

fn union(root: &mut [usize], one: usize, other: usize) {
    let (one, other) = (find(root, one), find(root, other));
    if let Some(place) = root.get_mut(one) {
        *place = other;
    }
}

/// Where lines stand, those that are near being one, and the ends of the lines across them.
fn edges(lines: &[Line], crossing: &[Line]) -> Vec<i64> {
    let mut places: Vec<i64> = lines.iter().map(|line| line.at).collect();
    // Many a table has no line at its sides.
    places.extend(crossing.iter().map(|line| line.from).min());
    places.extend(crossing.iter().map(|line| line.to).max());
    places.sort_unstable();
    places
        .chunk_by(|one, next| next - one <= NEAR)
        .filter_map(|near| Some(near.first()?.midpoint(*near.last()?)))
        .collect()
}

fn frame(across: &[Line], down: &[Line]) -> Option<Frame> {
    let columns = edges(down, across);
    let rows = edges(across, down);
    let (width, height) = (columns.len().checked_sub(1)?, rows.len().checked_sub(1)?);
    let places = width.checked_mul(height)?;
    if width < 2 || height < 2 || places > PLACES {
        return None;
    }
    let mut root: Vec<usize> = (0..places).collect();
    let downs = sorted_by_edge(down, &columns);
    let acrosses = sorted_by_edge(across, &rows);
    for row in 0..height {
        let (top, below) = (*rows.get(row)?, *rows.get(row + 1)?);
        for column in 0..width {
            let here = row * width + column;
            let (left, right) = (*columns.get(column)?, *columns.get(column + 1)?);
            if column + 1 < width && !covered(downs.get(column + 1)?, top, below) {
                union(&mut root, here, here + 1);
            }
            if row + 1 < height && !covered(acrosses.get(row + 1)?, left, right) {
                union(&mut root, here, here + width);
            }
        }
    }
    let mut covers = vec![usize::MAX; places];
    let mut cells: Vec<Cell> = Vec::new();
    let mut known: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for at in 0..places {
        let (row, column) = (at / width, at % width);
        let index = *known.entry(find(&mut root, at)).or_insert(cells.len());
        match cells.get_mut(index) {
            None => cells.push(Cell {
                row,
                column,
                rowspan: 1,
                colspan: 1,
            }),
            Some(cell) => {
                // What reaches to the left of its first place is no rectangle.
                if column < cell.column {
                    return None;
                }
                cell.rowspan = cell.rowspan.max(row + 1 - cell.row);
                cell.colspan = cell.colspan.max(column + 1 - cell.column);
            }
        }
        *covers.get_mut(at)? = index;
    }
    // Cells that are rectangles cover all places together.
    let area: usize = cells.iter().map(|cell| cell.rowspan * cell.colspan).sum();
    (area == places && cells.len() >= 3).then_some(Frame {
        columns,
        rows,
        cells,
        covers,
    })
}

/// The lines that stand at each edge.
fn sorted_by_edge(lines: &[Line], edges: &[i64]) -> Vec<Vec<Line>> {
    let mut out: Vec<Vec<Line>> = vec![Vec::new(); edges.len()];
    for line in lines {
        let nearest = (0..edges.len()).min_by_key(|at| {
            edges
                .get(*at)
                .map_or(i64::MAX, |edge| edge.abs_diff(line.at) as i64)
        });
        if let Some(place) = nearest.and_then(|at| out.get_mut(at)) {
            place.push(*line);
        }
    }
    out
}

/// Whether lines cover more than half of a stretch.
fn covered(lines: &[Line], from: i64, to: i64) -> bool {
    let overlap = |line: &Line| (line.to.min(to) - line.from.max(from)).max(0);
    lines.iter().map(overlap).sum::<i64>() * 2 > to - from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: i64, from: i64, to: i64) -> Line {
        Line {
            at: at * POINT,
            from: from * POINT,
            to: to * POINT,
        }
    }

    /// Cells as row, column, rowspan, colspan.
    fn cells(across: &[(i64, i64, i64)], down: &[(i64, i64, i64)]) -> Vec<Vec<[usize; 4]>> {
        let lines = |of: &[(i64, i64, i64)]| of.iter().map(|l| line(l.0, l.1, l.2)).collect();
        let ruling = Ruling {
            across: lines(across),
            down: lines(down),
        };
        let show = |cell: &Cell| [cell.row, cell.column, cell.rowspan, cell.colspan];
        frames(&ruling)
            .iter()
            .map(|frame| frame.cells.iter().map(show).collect())
            .collect()
    }

    #[test]
    fn merged_cells_are_where_lines_are_not() {
        // A head over two columns, and a label beside two rows; the lines come in pieces.
        let across = [
            (0, 0, 90),
            (20, 30, 60),
            (20, 60, 90),
            (40, 30, 90),
            (60, 0, 90),
        ];
        let down = [(0, 0, 60), (30, 0, 60), (60, 20, 60), (90, 0, 60)];
        let expect = [
            [0, 0, 3, 1],
            [0, 1, 1, 2],
            [1, 1, 1, 1],
            [1, 2, 1, 1],
            [2, 1, 1, 1],
            [2, 2, 1, 1],
        ];
        assert_eq!(cells(&across, &down), [expect.to_vec()]);
    }

    #[test]
    fn sides_may_be_open_and_lines_double() {
        let across = [(0, 0, 90), (1, 0, 90), (20, 0, 90), (40, 0, 90)];
        let down = [(45, 0, 40)];
        let expect = [[0, 0, 1, 1], [0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 1]];
        assert_eq!(cells(&across, &down), [expect.to_vec()]);
    }

    #[test]
    fn what_does_not_tile_is_no_table() {
        // An upright line that ends in the middle of a row of three: an angle of places.
        let across = [(0, 0, 90), (20, 0, 45), (40, 0, 90)];
        let down = [(0, 0, 40), (45, 0, 20), (90, 0, 40)];
        assert_eq!(cells(&across, &down), Vec::<Vec<[usize; 4]>>::new());
        assert_eq!(cells(&[(0, 0, 90)], &[]), Vec::<Vec<[usize; 4]>>::new());
        // A frame around a page.
        let frame = [(0, 0, 90), (100, 0, 90)];
        assert_eq!(
            cells(&frame, &[(0, 0, 100), (90, 0, 100)]),
            Vec::<Vec<[usize; 4]>>::new()
        );
    }

    #[test]
    fn points_lie_in_cells() {
        let across = [(0, 0, 90), (20, 0, 90), (40, 0, 90)].map(|l| line(l.0, l.1, l.2));
        let down = [(0, 0, 40), (45, 20, 40), (90, 0, 40)].map(|l| line(l.0, l.1, l.2));
        let ruling = Ruling {
            across: across.to_vec(),
            down: down.to_vec(),
        };
        let frame = frames(&ruling).remove(0);
        let at = |x: i64, y: i64| frame.at((x * POINT, y * POINT));
        assert_eq!(at(80, 10), Some(0));
        assert_eq!((at(10, 30), at(80, 30)), (Some(1), Some(2)));
        assert_eq!((at(-1, 30), at(10, 41)), (None, None));
        assert_eq!(frame.sides(&frame.cells[0]), (0, 90 * POINT));
    }

    proptest::proptest! {
        #[test]
        fn any_lines_give_tiled_tables(
            across in proptest::collection::vec((0i64..40, 0i64..40, 0i64..40), 0..30),
            down in proptest::collection::vec((0i64..40, 0i64..40, 0i64..40), 0..30),
        ) {
            let lines = |of: &[(i64, i64, i64)]| {
                of.iter().map(|l| line(l.0 * 9, l.1.min(l.2) * 9, l.1.max(l.2) * 9)).collect()
            };
            let ruling = Ruling { across: lines(&across), down: lines(&down) };
            for frame in frames(&ruling) {
                let places = (frame.columns.len() - 1) * (frame.rows.len() - 1);
                let area: usize = frame.cells.iter().map(|c| c.rowspan * c.colspan).sum();
                proptest::prop_assert_eq!(area, places);
            }
        }
    }
}
