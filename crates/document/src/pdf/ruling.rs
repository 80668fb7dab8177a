//! The ruled lines of a page, out of the PostScript that `pdftocairo` writes.
//!
//! Cairo writes drawing with the few operators of PDF, in plain text; what is no straight line or
//! thin bar along an axis is passed over, and so is text. All lengths are thousandths of a point,
//! counted from the upper left corner of the page as it is read.

/// A thousandth of a point is the unit of all lengths here.
pub(super) const POINT: i64 = 1_000;

/// Millionths: the numbers of a matrix.
const ONE: i64 = 1_000_000;

/// A bar thicker than this is a filled cell and no line.
const THICK: i64 = 3 * POINT;
/// A line that leans more than this is none.
const LEAN: i64 = POINT;
/// No page is this large; numbers beyond are noise.
pub(super) const FAR: i64 = 100_000 * POINT;

/// Most lines of a page; one with more is a drawing.
const LINES: usize = 20_000;
/// Most corners of a path: as many as thin bars have that are the most lines of a page.
const CORNERS: usize = 5 * LINES;
/// Most numbers that wait for their operator, and most levels of saved states.
const WAITING: usize = 64;
const DEEP: usize = 256;

/// A line along one axis: it stands at `at` of the other axis, from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) at: i64,
    pub(super) from: i64,
    pub(super) to: i64,
}

/// The lines of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ruling {
    /// Those that run across, `at` being their height.
    pub(super) across: Vec<Line>,
    /// Those that run down.
    pub(super) down: Vec<Line>,
}

impl Ruling {
    /// Whether there are more lines than any table of a report has.
    fn is_drawing(&self) -> bool {
        self.across.len() + self.down.len() > LINES
    }
}

/// The lines of each page; `sizes` are width and height of the pages as they are read. Of a page that
/// holds a drawing there are none.
pub(super) fn pages(postscript: &[u8], sizes: &[(i64, i64)]) -> Vec<Ruling> {
    let mut out = Vec::new();
    let mut rest = postscript;
    while let Some(start) = find(rest, b"%%Page:") {
        let page = rest.get(start + 7..).unwrap_or_default();
        let end = find(page, b"%%Page:").unwrap_or(page.len());
        let size = sizes.get(out.len()).copied().unwrap_or_default();
        out.push(of_page(page.get(..end).unwrap_or_default(), size));
        rest = page.get(end..).unwrap_or_default();
        if out.len() >= sizes.len() {
            break;
        }
    }
    out
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn of_page(page: &[u8], size: (i64, i64)) -> Ruling {
    let Some(start) = find(page, b"%%EndPageSetup") else {
        return Ruling::default();
    };
    let (setup, body) = page.split_at(start);
    // Printers want wide pages turned by a quarter.
    let turned = find(setup, b"%%PageOrientation: Landscape").is_some();
    let mut pen = Pen::new(size, turned);
    let mut words = Words(body);
    while let Some(word) = words.next() {
        match word {
            Word::Number(number) if pen.waiting.len() < WAITING => pen.waiting.push(number),
            Word::Number(_) => {}
            Word::Operator(operator) => {
                if operator == b"showpage" {
                    break;
                }
                pen.obey(operator);
                pen.waiting.clear();
            }
        }
        if pen.out.is_drawing() {
            return Ruling::default();
        }
    }
    pen.out
}

type Point = (i64, i64);

/// A state of drawing that is saved and restored.
#[derive(Debug, Clone, Copy)]
struct State {
    /// The matrix, in millionths; the last two are millionths of a point.
    matrix: [i64; 6],
    /// Width of the pen, in millionths of a point.
    width: i64,
    white: bool,
}

struct Pen {
    waiting: Vec<i64>,
    state: State,
    saved: Vec<State>,
    /// The parts of the path, each a list of corners.
    path: Vec<Vec<Point>>,
    /// How many corners they have together.
    corners: usize,
    /// Whether the path has a curve: it is a letter or a picture.
    curved: bool,
    /// Height of the sheet, from whose lower edge PostScript counts.
    height: i64,
    /// Whether the page is turned to the left on the sheet.
    turned: bool,
    out: Ruling,
}

impl Pen {
    fn new(size: (i64, i64), turned: bool) -> Pen {
        Pen {
            waiting: Vec::new(),
            state: State {
                matrix: [ONE, 0, 0, ONE, 0, 0],
                width: ONE,
                white: false,
            },
            saved: Vec::new(),
            path: Vec::new(),
            corners: 0,
            curved: false,
            height: if turned { size.0 } else { size.1 },
            turned,
            out: Ruling::default(),
        }
    }

    /// The last numbers, if there are so many.
    fn numbers<const N: usize>(&self) -> Option<[i64; N]> {
        let start = self.waiting.len().checked_sub(N)?;
        self.waiting.get(start..)?.try_into().ok()
    }

    fn obey(&mut self, operator: &[u8]) {
        match operator {
            b"q" if self.saved.len() < DEEP => self.saved.push(self.state),
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(inner) = self.numbers::<6>() {
                    self.state.matrix = product(inner, self.state.matrix);
                }
            }
            b"w" => {
                if let Some([width]) = self.numbers() {
                    self.state.width = width;
                }
            }
            b"g" => self.state.white = self.numbers() == Some([ONE]),
            b"rg" => self.state.white = self.numbers() == Some([ONE; 3]),
            b"m" => self.corner(true),
            b"l" => self.corner(false),
            b"h" => {
                if let Some(part) = self.path.last()
                    && let Some(first) = part.first().copied()
                {
                    self.go_on(first);
                }
            }
            b"c" => self.curved = true,
            b"re" | b"rectfill" => {
                self.rectangle();
                if operator == b"rectfill" {
                    self.fill();
                }
            }
            b"S" | b"s" => self.stroke(),
            b"f" | b"f*" => self.fill(),
            b"B" | b"B*" | b"b" | b"b*" => self.stroke(),
            // Clipping: what follows `W` ends the path without drawing it.
            b"n" => self.forget(),
            _ => {}
        }
    }

    fn forget(&mut self) {
        self.path.clear();
        self.corners = 0;
        self.curved = false;
    }

    fn corner(&mut self, new: bool) {
        let Some([x, y]) = self.numbers() else { return };
        let point = self.place(x, y);
        if new || self.path.is_empty() {
            self.begin(&[point]);
        } else {
            self.go_on(point);
        }
    }

    /// Begins a part of the path, unless it has corners enough.
    fn begin(&mut self, part: &[Point]) {
        if self.corners + part.len() <= CORNERS {
            self.corners += part.len();
            self.path.push(part.to_vec());
        }
    }

    /// Adds a corner to the last part of the path, unless it has enough.
    fn go_on(&mut self, point: Point) {
        if self.corners < CORNERS
            && let Some(part) = self.path.last_mut()
        {
            self.corners += 1;
            part.push(point);
        }
    }

    fn rectangle(&mut self) {
        let Some([x, y, width, height]) = self.numbers() else {
            return;
        };
        let (right, below) = (x.saturating_add(width), y.saturating_add(height));
        let corners = [(x, y), (right, y), (right, below), (x, below), (x, y)];
        let corners = corners.map(|(x, y)| self.place(x, y));
        self.begin(&corners);
    }

    /// A point of the file on the page.
    fn place(&self, x: i64, y: i64) -> Point {
        let [a, b, c, d, e, f] = self.state.matrix;
        let (x, y) = (
            times(x, a).saturating_add(times(y, c)).saturating_add(e),
            times(x, b).saturating_add(times(y, d)).saturating_add(f),
        );
        let scale = ONE / POINT;
        let (x, y) = (x / scale, y / scale);
        // From above, as words are counted; on a turned page this is from the right.
        let down = self.height.saturating_sub(y);
        if self.turned {
            (self.height.saturating_sub(down), x)
        } else {
            (x, down)
        }
    }

    fn stroke(&mut self) {
        let thin = self.thin();
        if !self.curved && !self.state.white && thin {
            let parts = std::mem::take(&mut self.path);
            for part in &parts {
                for pair in part.windows(2) {
                    if let [one, other] = pair {
                        self.line(*one, *other);
                    }
                }
            }
        }
        self.forget();
    }

    /// Whether the pen is no broader than a line.
    fn thin(&self) -> bool {
        let [a, b, ..] = self.state.matrix;
        let scale = a.saturating_abs().max(b.saturating_abs());
        times(self.state.width, scale) / (ONE / POINT) <= 2 * THICK
    }

    fn fill(&mut self) {
        if !self.curved && !self.state.white {
            let parts = std::mem::take(&mut self.path);
            for part in parts.iter().filter(|part| part.len() >= 4) {
                let range = |of: fn(&Point) -> i64| {
                    let low = part.iter().map(of).min().unwrap_or(0);
                    let high = part.iter().map(of).max().unwrap_or(0);
                    (low, high)
                };
                let ((left, right), (top, below)) = (range(|p| p.0), range(|p| p.1));
                // The middle of a thin bar. A square dot may be part of either.
                if below - top <= THICK && right - left >= below - top {
                    let middle = (top + below) / 2;
                    self.line((left, middle), (right, middle));
                }
                if right - left <= THICK && below - top >= right - left {
                    let middle = (left + right) / 2;
                    self.line((middle, top), (middle, below));
                }
            }
        }
        self.forget();
    }

    fn line(&mut self, one: Point, other: Point) {
        let near = |value: i64| value.saturating_abs() < FAR;
        if ![one.0, one.1, other.0, other.1].into_iter().all(near) || self.out.is_drawing() {
            return;
        }
        let (wide, high) = ((one.0 - other.0).abs(), (one.1 - other.1).abs());
        if high <= LEAN && wide >= high {
            self.out.across.push(Line {
                at: (one.1 + other.1) / 2,
                from: one.0.min(other.0),
                to: one.0.max(other.0),
            });
        } else if wide <= LEAN {
            self.out.down.push(Line {
                at: (one.0 + other.0) / 2,
                from: one.1.min(other.1),
                to: one.1.max(other.1),
            });
        }
    }
}

/// The product of two numbers in millionths.
fn times(one: i64, other: i64) -> i64 {
    let product = i128::from(one) * i128::from(other) / i128::from(ONE);
    i64::try_from(product).unwrap_or(i64::MAX)
}

fn product(inner: [i64; 6], outer: [i64; 6]) -> [i64; 6] {
    let [a, b, c, d, e, f] = inner;
    let [p, q, r, s, t, u] = outer;
    let sum = |x: i64, y: i64, z: i64| x.saturating_add(y).saturating_add(z);
    [
        sum(times(a, p), times(b, r), 0),
        sum(times(a, q), times(b, s), 0),
        sum(times(c, p), times(d, r), 0),
        sum(times(c, q), times(d, s), 0),
        sum(times(e, p), times(f, r), t),
        sum(times(e, q), times(f, s), u),
    ]
}

/// A number in millionths, or an operator.
enum Word<'a> {
    Number(i64),
    Operator(&'a [u8]),
}

/// The words of a program; strings, names, comments and the data of pictures are passed over.
struct Words<'a>(&'a [u8]);

impl<'a> Words<'a> {
    fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or_default();
    }

    /// Passes over all up to and with the mark.
    fn skip_to(&mut self, mark: &[u8]) {
        match find(self.0, mark) {
            Some(at) => self.skip(at + mark.len()),
            None => self.0 = &[],
        }
    }

    fn skip_string(&mut self) {
        let mut depth = 0_usize;
        let mut escaped = false;
        for (at, byte) in self.0.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => depth += 1,
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.skip(at + 1);
                        return;
                    }
                }
                _ => {}
            }
        }
        self.0 = &[];
    }

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let first = *self.0.first()?;
            match first {
                b'(' => self.skip_string(),
                b'<' if self.0.starts_with(b"<~") => self.skip_to(b"~>"),
                b'<' if self.0.starts_with(b"<<") => self.skip(2),
                b'<' => self.skip_to(b">"),
                b'%' => self.skip_to(b"\n"),
                b'/' => {
                    self.skip(1);
                    let name = self.word();
                    self.skip(name.len());
                    // Data stand in the file right behind the words that read them.
                    if name == b"ASCII85Decode" {
                        self.skip_to(b"~>");
                    }
                }
                byte if is_delimiter(byte) || byte.is_ascii_whitespace() || byte == 0 => {
                    self.skip(1);
                }
                _ => {
                    let word = self.word();
                    self.skip(word.len().max(1));
                    return Some(number(word).map_or(Word::Operator(word), Word::Number));
                }
            }
        }
    }

    /// The bytes up to the next space or bracket.
    fn word(&self) -> &'a [u8] {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0 || is_delimiter(*byte);
        let end = self.0.iter().position(ends).unwrap_or(self.0.len());
        self.0.get(..end).unwrap_or_default()
    }
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// A number in millionths: `-0.499416`, `12`, `.5`.
pub(super) fn number(word: &[u8]) -> Option<i64> {
    let (negative, digits) = match word.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, word),
    };
    let mut value: i64 = 0;
    let mut step = ONE;
    let mut point = false;
    let mut any = false;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                any = true;
                let digit = i64::from(byte - b'0');
                if point {
                    step /= 10;
                    value = value.checked_add(digit * step)?;
                } else {
                    value = value.checked_mul(10)?.checked_add(digit * ONE)?;
                }
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    any.then_some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(setup: &str, body: &str) -> Vec<u8> {
        format!("%%Page: 1 1\n{setup}%%EndPageSetup\n1 0 0 -1 0 842 cm\n{body}\nshowpage\n").into()
    }

    fn line(at: i64, from: i64, to: i64) -> Line {
        Line { at, from, to }
    }

    fn one(body: &str) -> Ruling {
        pages(&page("", body), &[(595 * POINT, 842 * POINT)]).remove(0)
    }

    #[test]
    fn strokes_and_thin_bars_are_lines() {
        let ruling = one("0.5 w 10 100 m 110 100 l S 20 99.75 0.5 100 re f");
        assert_eq!(ruling.across, [line(100_000, 10_000, 110_000)]);
        assert_eq!(ruling.down, [line(20_250, 99_750, 199_750)]);
        // The edges of a frame that is drawn, not filled.
        let frame = one("10 10 50 50 re S");
        assert_eq!((frame.across.len(), frame.down.len()), (2, 2));
    }

    #[test]
    fn what_is_no_line_is_passed_over() {
        for body in [
            "10 10 m 20 30 40 50 60 70 c 60 10 l S",
            "10 10 50 50 re f",
            "1 g 10 10 50 0.5 re f",
            "20 w 10 10 m 90 10 l S",
            "10 10 50 0.5 re W n",
            "(10 10 m 60 10 l S) Tj",
            "/ASCII85Decode filter image 10 10 m 60 10 l S ( ~>",
            "10 10 m 60 60 l S",
        ] {
            assert_eq!(one(body), Ruling::default(), "{body}");
        }
    }

    #[test]
    fn matrices_nest_and_end() {
        let ruling = one("q 2 0 0 1 5 0 cm 10 100 m 20 100 l S Q 10 100 m 20 100 l S");
        let expect = [line(100_000, 25_000, 45_000), line(100_000, 10_000, 20_000)];
        assert_eq!(ruling.across, expect);
    }

    #[test]
    fn a_wide_page_is_turned_back() {
        let body = "q 0 -1 -1 0 0 0 cm -742 -70 m -642 -70 l S Q";
        let setup = "%%PageOrientation: Landscape\n";
        let ruling = pages(&page(setup, body), &[(842 * POINT, 595 * POINT)]).remove(0);
        assert_eq!(ruling.across, [line(70_000, 100_000, 200_000)]);
    }

    #[test]
    fn paths_without_end_are_bounded() {
        let mut pen = Pen::new((595 * POINT, 842 * POINT), false);
        for body in ["l", "h", "m", "re"] {
            for _ in 0..3 * CORNERS {
                pen.waiting = vec![ONE; 4];
                pen.obey(body.as_bytes());
            }
            let corners: usize = pen.path.iter().map(Vec::len).sum();
            assert!(corners > CORNERS - 5 && corners <= CORNERS, "{body}");
            pen.obey(b"S");
            assert!(pen.path.is_empty() && pen.corners == 0);
            assert!(pen.out.across.len() + pen.out.down.len() <= LINES + 1);
            pen.obey(b"m");
        }
        // A page of so many lines has none, however few operators drew them.
        let body = format!("10 10 m {} S", "90 10 l 10 10 l ".repeat(LINES));
        assert_eq!(one(&body), Ruling::default());
    }

    #[test]
    fn numbers() {
        let check = |text: &str, expect: Option<i64>| {
            assert_eq!(number(text.as_bytes()), expect, "{text}");
        };
        check("-0.5", Some(-500_000));
        check("12", Some(12_000_000));
        check(".25", Some(250_000));
        check("1.23456789", Some(1_234_567));
        check("9e9", None);
        check("-", None);
        check("99999999999999999999", None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>, size: (i64, i64)) {
            let _ = pages(&bytes, &[size]);
            let _ = pages(&page("", &String::from_utf8_lossy(&bytes)), &[size]);
        }

        #[test]
        fn any_numbers_end(text in "([-0-9.]{1,12} ){0,8}(m|l|re|cm|S|f|q|Q|w)( [-0-9.]{1,12}){0,6} (l|re|cm|f|S)") {
            let _ = one(&text);
        }
    }
}
