//! Closing the seams that the end of a line or of a page tore into a sentence, and telling headings.

use std::collections::BTreeMap;

use statute::editions::Edition;

use super::Strip;

/// The strips in groups; each group is one paragraph. Numbers and running heads of pages are left
/// out.
pub(super) fn close(strips: &[Strip]) -> Vec<Vec<&Strip>> {
    let running = running_heads(strips);
    let lines: Vec<Line> = strips
        .iter()
        .filter(|strip| !is_page_number(strip.text.trim()))
        .filter(|strip| running.is_empty() || !running.contains_key(strip.text.trim()))
        .map(Line::of)
        .filter(|line| line.columns > 0)
        .collect();
    let form = Form::of(&lines);
    let mut groups: Vec<Vec<&Strip>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        match groups.last_mut() {
            Some(group) if before.is_some_and(|before| form.goes_on(before, line)) => {
                group.push(line.strip);
            }
            _ => groups.push(vec![line.strip]),
        }
    }
    groups
}

/// A line with what decides whether it goes on.
struct Line<'a> {
    strip: &'a Strip,
    text: &'a str,
    /// Width in columns of half a Chinese character, spaces not counted.
    columns: usize,
    /// White space before the text, in columns.
    indent: usize,
    /// The level of the heading, list item or paragraph whose number it begins with.
    level: Option<u8>,
}

impl<'a> Line<'a> {
    fn of(strip: &'a Strip) -> Line<'a> {
        let text = strip.text.trim();
        let blank = |c: &char| c.is_whitespace();
        let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
        let start: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(12)
            .collect();
        Line {
            strip,
            text,
            columns: text
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(wide)
                .sum::<usize>(),
            indent: strip.text.chars().take_while(blank).map(wide).sum(),
            level: heading_level(&super::normalise(&start).text),
        }
    }

    /// Whether it closes a sentence.
    fn ends(&self) -> bool {
        let text = self.text.trim_end_matches(['”', '）', ')', '》', '"']);
        text.ends_with(['。', '！', '？', '!', '?', '．', '.'])
    }
}

/// How the lines of a text are set.
struct Form {
    /// The columns at which lines were wrapped, if they were.
    width: Option<usize>,
    /// The white space before lines that begin nothing.
    margin: usize,
    /// Whether some lines are indented more than the margin, so that others begin nothing.
    indents: bool,
}

/// Lines narrower than this tell nothing about the width of the page.
const NARROW: usize = 36;

impl Form {
    fn of(lines: &[Line]) -> Form {
        let width = wrapped_width(lines);
        let full = |line: &&Line| width.is_none_or(|width| line.columns + 10 >= width);
        let mut indents: BTreeMap<usize, usize> = BTreeMap::new();
        for line in lines.iter().filter(full) {
            *indents.entry(line.indent).or_default() += 1;
        }
        let margin = indents
            .iter()
            .max_by_key(|(indent, count)| (**count, usize::MAX - **indent))
            .map_or(0, |(indent, _)| *indent);
        Form {
            width,
            margin,
            indents: lines.iter().any(|line| line.indent > margin),
        }
    }

    /// Whether a line reaches the end of the width at which the text was wrapped.
    fn reaches(&self, line: &Line) -> bool {
        self.width
            .is_some_and(|width| line.columns + width / 8 + 2 >= width)
    }

    fn goes_on(&self, before: &Line, after: &Line) -> bool {
        if before.strip.heading.is_some() || after.strip.heading.is_some() {
            return false;
        }
        if after.text.starts_with(['#', '|']) || before.text.starts_with(['#', '|']) {
            return false;
        }
        if after.level == Some(1) || before.text.ends_with('|') {
            return false;
        }
        // A heading of the form is whole, however long.
        if before.level == Some(1) && is_of_form(before.text) {
            return false;
        }
        // A line cannot begin with these.
        if after
            .text
            .starts_with(['，', '。', '、', '；', '）', '”', '》', '％', '%'])
        {
            return before.columns >= 12;
        }
        // The items of a list, each on a line of its own.
        if before.text.ends_with(['；', ';']) {
            return true;
        }
        if before.text.ends_with(['：', ':']) && announces(before.text) {
            return after.level != Some(2) || before.columns >= NARROW;
        }
        if after.level.is_some() || is_bullet(after.text) {
            return false;
        }
        // A heading stands alone, but for a paragraph that begins with its heading.
        if before.level.is_some() && before.columns < 48 && !self.reaches(before) {
            return false;
        }
        if before.ends() {
            // A full stop at the end of a full line says nothing where new paragraphs are indented.
            return self.reaches(before)
                && after.indent <= self.margin
                && (self.indents || after.text.starts_with("其中"));
        }
        if before
            .text
            .ends_with(['，', ',', '、', '“', '《', '（', '('])
        {
            return before.columns >= 12;
        }
        // A page ended within a figure or before its unit.
        if before.columns >= 24 && before.text.contains(['，', ',']) && cuts_figure(before, after)
        {
            return true;
        }
        match self.width {
            Some(_) => self.reaches(before) && after.indent <= self.margin + 1,
            // Not wrapped: a page ended inside a long sentence.
            None => before.columns >= 80 && !after.text.starts_with('-'),
        }
    }
}

/// Whether a numbered heading is one of the forms.
fn is_of_form(heading: &str) -> bool {
    let chapters = Edition::ALL.iter().flat_map(|edition| edition.chapters());
    chapters
        .filter_map(|chapter| heading.strip_suffix(chapter.title))
        .any(|number| number.chars().count() <= 4 && number.trim_end().ends_with('、'))
}

/// The columns at which lines were wrapped, if they were: many wide lines end within four
/// characters of the same column, and not with a full stop.
fn wrapped_width(lines: &[Line]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let open = |line: &&Line| line.columns >= NARROW && !line.ends();
    for line in lines.iter().filter(open) {
        *counts.entry(line.columns).or_default() += 1;
    }
    let wide: usize = counts.values().sum();
    let near = |width: usize| counts.range(width.saturating_sub(8)..=width);
    let (width, count) = counts
        .keys()
        .map(|width| (*width, near(*width).map(|(_, count)| count).sum::<usize>()))
        .max_by_key(|(_, count)| *count)?;
    // Where text is wrapped, hardly a line is wider; else it is headings that end alike.
    let wider = lines.iter().filter(|line| line.columns > width + 8).count();
    (count >= 3 && count * 5 >= wide * 2 && width <= 140 && wider * 2 <= count).then_some(width)
}

/// Whether a line ends in a digit, and the next one begins with the rest of the figure and its unit.
fn cuts_figure(before: &Line, after: &Line) -> bool {
    before.text.ends_with(|c: char| c.is_ascii_digit())
        && after
            .text
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start()
            .starts_with(['条', '件', '项', '份', '篇', '次', '宗'])
}

/// Whether a line that ends in a colon announces a list of figures or items.
fn announces(line: &str) -> bool {
    line.contains("其中")
        || line.contains("如下")
        || line.contains("包括")
        || line.contains("分别")
        || line.chars().filter(char::is_ascii_digit).count() > 0
}

/// `-1-`, `— 3 —`, `第 3 页`, `第 3 页 共 9 页`, `3/9`: the number of a page.
fn is_page_number(line: &str) -> bool {
    // A browser prints the address at the foot: `https://…  3/9`.
    if line.starts_with("http") || line.starts_with("file:") {
        let page = line.rsplit(char::is_whitespace).next().unwrap_or_default();
        return line.contains("://") && page.len() < line.len() && is_page_of_pages(page);
    }
    // Nothing that long is one; lines are many.
    if line.len() > 60 || !line.contains(|c: char| c.is_numeric()) {
        return false;
    }
    if let Some(rest) = ["Page ", "page ", "PAGE ", "P. ", "P."]
        .into_iter()
        .find_map(|word| line.strip_prefix(word))
    {
        return rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    }
    if is_row_of_pages(line) {
        return true;
    }
    let text: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let text = super::normalise(&text).text;
    let dash = |c: char| matches!(c, '-' | '—' | '~' | '·' | '•');
    let bare = text.trim_matches(dash);
    let digits =
        |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits(bare) {
        return text.starts_with(dash) && text.ends_with(dash);
    }
    if let Some(rest) = bare.strip_prefix('第')
        && let Some((number, rest)) = rest.split_once('页')
    {
        let rest = rest.trim_matches(['，', '/', '、']);
        return digits(number)
            && (rest.is_empty()
                || rest
                    .strip_prefix('共')
                    .and_then(|rest| rest.strip_suffix('页'))
                    .is_some_and(digits));
    }
    false
}

fn is_page_of_pages(text: &str) -> bool {
    let digits = |text: &str| {
        (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(text.split_once('/'), Some((page, pages)) if digits(page) && digits(pages))
}

/// `5 6 7 8`: the numbers of pages below some of them.
fn is_row_of_pages(line: &str) -> bool {
    let mut count = 0;
    let mut before = None;
    for word in line.split_whitespace() {
        let Ok(number) = word.parse::<u16>() else {
            return false;
        };
        if before.is_some_and(|before: u16| before.checked_add(1) != Some(number)) {
            return false;
        }
        before = Some(number);
        count += 1;
    }
    count >= 4
}

/// Short lines that stand first or last on three pages or more.
fn running_heads(strips: &[Strip]) -> BTreeMap<&str, ()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, strip) in strips.iter().enumerate() {
        let Some(page) = strip.place.page else {
            continue;
        };
        let other = |at: Option<usize>| {
            at.and_then(|at| strips.get(at))
                .is_none_or(|strip| strip.place.page != Some(page))
        };
        if other(at.checked_sub(1)) || other(Some(at + 1)) {
            *counts.entry(strip.text.trim()).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(text, count)| *count >= 3 && text.chars().count() >= 4)
        .map(|(text, _)| (text, ()))
        .collect()
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '●', '○', '■', '◆', '▪', '·', '※', '➢', '★'])
        || line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("+ ")
}

/// The level that the marks of Markdown give a line.
pub(super) fn markdown_level(line: &str) -> Option<u8> {
    let line = line.trim_start();
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6)
        .contains(&marks)
        .then(|| u8::try_from(marks).ok())
        .flatten()
}

/// The level of a paragraph that is nothing but a heading: numbered or marked, short, one sentence
/// at most, and no row of figures.
pub(super) fn heading_of(text: &str) -> Option<u8> {
    let level = heading_level(text)?;
    let body = text.trim_end_matches('。');
    if body.contains(['。', '；', '|']) || body.chars().count() > 40 {
        return None;
    }
    // A row of a table that begins with a number: 一、本年新收… 21 0 0.
    let runs = body
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|run| !run.is_empty())
        .count();
    (runs < 4).then_some(level)
}

/// The level of a heading by its number: `一、` 1, `（一）` 2, `1.` 3; also of a paragraph that
/// begins with one.
pub(super) fn heading_level(text: &str) -> Option<u8> {
    let text = text.trim_start_matches('#');
    let ordinal = |text: &str| {
        let digits: usize = text
            .chars()
            .take_while(|c| "一二三四五六七八九十".contains(*c))
            .map(char::len_utf8)
            .sum();
        (digits > 0 && digits <= 9).then_some(digits)
    };
    if let Some(length) = ordinal(text) {
        let rest = text.get(length..).unwrap_or_default();
        return rest.starts_with(['、', '。', '.']).then_some(1);
    }
    if let Some(rest) = text.strip_prefix('（') {
        let length = ordinal(rest)?;
        return rest.get(length..)?.starts_with('）').then_some(2);
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = text.get(digits..).unwrap_or_default();
        let marked = rest.starts_with(['、', '.', '。']);
        let follows = rest.chars().nth(1).is_some_and(|c| !c.is_ascii_digit());
        return (marked && follows).then_some(3);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;

    fn check(lines: &[&str], expect: &[&str]) {
        let strips: Vec<Strip> = lines
            .iter()
            .map(|line| Strip {
                text: (*line).to_owned(),
                ..Strip::default()
            })
            .collect();
        let prose = Prose::of_strips(&strips);
        let found: Vec<&str> = prose.paragraphs.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn seams() {
        check(
            &[
                "   全县各级各部门通过政府网站、政务新媒体和政府公报等渠道主动公",
                "开政府信息共 1,204 条，其中政府网站 1,000 条，政务新媒体 150 条，政府",
                "                    - 3 -",
                "公报 54 条。持续完善依申请公开的接收、登记、审核、办理和答复的各项制",
                "度，全年没有逾期答复的情形，也没有因为答复引起的行政复议和行政诉讼。",
                "   全年组织培训两次。",
            ],
            &[
                "全县各级各部门通过政府网站、政务新媒体和政府公报等渠道主动公开政府信息共1204条，其中政府网站1000条，政务新媒体150条，政府公报54条。持续完善依申请公开的接收、登记、审核、办理和答复的各项制度，全年没有逾期答复的情形，也没有因为答复引起的行政复议和行政诉讼。",
                "全年组织培训两次。",
            ],
        );
        check(
            &[
                "## 一、概述",
                "**全年**公开信息50条。",
                "- 通知12条",
                "- 其他38条",
            ],
            &["一、概述", "全年公开信息50条。", "-通知12条", "-其他38条"],
        );
        check(
            &[
                "全年公开信息50条，其中：",
                "1.通知12条；",
                "2.其他38条。",
                "（二）依申请公开",
            ],
            &[
                "全年公开信息50条，其中：1.通知12条；2.其他38条。",
                "（二）依申请公开",
            ],
        );
        check(
            &["  全年公开政府信息50条，其中网站30条，公报2", "  0 条。"],
            &["全年公开政府信息50条，其中网站30条，公报20条。"],
        );
        check(&["规章", "0", "0", "1"], &["规章", "0", "0", "1"]);
        // Paragraphs that were never wrapped, and headings that are as wide as one another.
        let long = "每月初逐页清点栏目的链接和附件，让老人也能看得懂，重新编排办事窗口的示意图，使查找方便。";
        let heads = [
            "三、收到和处理的政府信息公开申请的总体情况",
            "四、政府信息公开行政复议和行政诉讼的情况",
            "五、政府信息公开工作存在的主要问题及改进情况",
        ];
        let lines: Vec<&str> = heads.into_iter().flat_map(|head| [head, long]).collect();
        check(&lines, &lines);
        check(&["第 3 页 共 9 页", "— 4 —", "甲局年报"], &["甲局年报"]);
    }

    #[test]
    fn numbers_of_pages() {
        // What a browser prints at the foot.
        assert!(is_page_number("https://gov.example/info/2.html      3/11"));
        assert!(!is_page_number("https://gov.example/3/11"));
        assert!(is_of_form("五、政府信息公开工作存在的主要问题及改进情况"));
        assert!(!is_of_form(
            "今年改写了政府信息公开工作存在的主要问题及改进情况"
        ));
        for yes in [
            "-1-",
            "— 3 —",
            "－ 12 －",
            "第3页",
            "第 3 页，共 9 页",
            "·5·",
            "Page 9 - 年度报告",
            "P. 9",
            "5 6 7 8",
        ] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in [
            "3",
            "第3页的表",
            "2018",
            "3件",
            "-",
            "3/9",
            "5 6 7",
            "5 6 8 9",
        ] {
            assert!(!is_page_number(no), "{no}");
        }
    }
}
