//! Title, unit and year of a report.

mod body;
mod fallback;
#[cfg(test)]
mod tests;

use content::Content;

pub(crate) use body::{Rank, is_body, rank, tail};

use crate::prose::{Prose, normalise};
use crate::quantity;
use crate::words::{WordSet, has, words};

/// What the head of a report says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) unit: Option<String>,
    pub(super) year: Option<i16>,
}

/// What a title says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// The body that reports, as the title names it.
    pub(crate) unit: Option<String>,
    /// The year reported on.
    pub(crate) year: Option<i16>,
    /// Whether it is the title of an annual report, and not of a summary or a plan.
    pub(crate) annual: bool,
}

/// The lines at the head of a page among which the title stands.
const HEAD_LINES: usize = 60;
/// The most characters of a title.
const TITLE_LIMIT: usize = 64;

/// Finds title, unit and year. What the text does not say stays empty.
pub(super) fn find(content: &Content, prose: &Prose) -> Head {
    let lines = head_lines(prose);
    let mut best: Option<(u8, String, Title)> = None;
    // Titles run over up to three lines; the fullest one counts, of equals the shortest, then the
    // first.
    for count in 1..=3 {
        for window in lines.windows(count) {
            if !window.last().is_some_and(|last| ends_as_title(last)) {
                continue;
            }
            let joined = window.concat();
            let Some(title) = read_title(&joined) else {
                continue;
            };
            let score = 1
                + 2 * u8::from(title.year.is_some())
                + u8::from(title.unit.is_some())
                + u8::from(title.annual);
            if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                best = Some((score, clean(&joined).to_owned(), title));
            }
        }
    }
    if best.is_none() {
        let named = page_title(&content.title);
        best = read_title(&named).map(|title| (0, named, title));
    }
    let (text, title) = best.map_or_else(Default::default, |(_, text, title)| (text, title));
    let unit = title
        .unit
        .or_else(|| below(&lines, &text))
        .or_else(|| fallback::unit(prose))
        .map(|unit| fallback::in_full(unit, prose));
    let year = title.year.or_else(|| fallback::year(prose));
    Head {
        title: text,
        unit,
        year,
    }
}

/// The body on a line of its own below a title in one line that does not name it.
fn below(lines: &[String], title: &str) -> Option<String> {
    let at = lines
        .iter()
        .position(|line| !title.is_empty() && clean(line) == title)?;
    let next = lines.get(at + 1)?;
    (is_body(next) && next.chars().count() > 3).then(|| next.clone())
}

/// Reads the title of a report that was read or made.
pub(crate) fn title_of(report: &crate::model::Report) -> Option<Title> {
    read_title(&normalise(&report.title).text)
}

/// Whether a line may be the last of a title; most are not, which saves looking at them.
fn ends_as_title(line: &str) -> bool {
    line.ends_with(['告', '报', '结', '书', '）', '》', '|', '*', '#', '_', '-'])
}

/// Reads a title; `None` when the line is none.
pub(crate) fn read_title(line: &str) -> Option<Title> {
    let line = &arabic_year(clean(line));
    let length = line.chars().count();
    if !(5..=TITLE_LIMIT).contains(&length)
        || line.contains(['。', '；', '！', '？', '，', '|', '>', '<', '…'])
    {
        return None;
    }
    const NONE: &WordSet = words!["本报告", "根据", "现将", "按照", "关于印发", "附件", "附表"];
    if NONE.words().iter().any(|word| line.starts_with(word)) {
        return None;
    }
    let body = without_bracket(line);
    let kind = ["报告", "年报", "总结", "汇报", "报告书"]
        .into_iter()
        .find(|word| body.ends_with(word))?;
    let at = [
        "政府信息公开",
        "政务信息公开",
        "政务公开",
        "信息公开",
        "信息年度公开",
    ]
    .into_iter()
    .filter_map(|word| body.find(word))
    .min()?;
    let (mut before, after) = (body.get(..at)?, body.get(at..)?);
    // “…县人民政府信息公开…”: the government's name lends its end to the subject.
    if before.ends_with("人民") {
        before = body.get(..at + "政府".len())?;
    }
    let (unit, year) = body_and_year(before)?;
    let year = year.or_else(|| year_of(line));
    const OTHER: &WordSet = words![
        "落实情况",
        "自查",
        "总结",
        "专项",
        "整改",
        "推进情况",
        "考核",
        "评估",
    ];
    let plain = has(after, words!["年度报告", "年度工作报告"]);
    let annual = kind != "总结" && kind != "汇报" && (plain || !has(after, OTHER));
    Some(Title { unit, year, annual })
}

/// What stands before the subject of a title: a body, a year, both in either order, or nothing.
fn body_and_year(before: &str) -> Option<(Option<String>, Option<i16>)> {
    let found = quantity::scan(before);
    let date = found.dates.iter().find(|date| date.year.is_some());
    let (first, second, year) = match date {
        Some(date) => (
            before.get(..date.span.start)?,
            before.get(date.span.end..)?,
            date.year,
        ),
        None => match bare_year(before) {
            Some((at, year)) => (before.get(..at)?, before.get(at + 4..)?, Some(year)),
            None => (before, "", None),
        },
    };
    let strip = |text: &str| -> String {
        text.trim_start_matches(['《', '“', '度', '的'])
            .trim_end_matches(['《', '“', '的'])
            .trim_end_matches("关于")
            .trim_start_matches("关于")
            .trim_end_matches("年度")
            .to_owned()
    };
    let (first, second) = (strip(first), strip(second));
    let unit = match (first.is_empty(), second.is_empty()) {
        (true, true) => None,
        (false, true) => Some(first),
        (true, false) => Some(second),
        // “某市2018年某局”: both are names, the second within the first.
        (false, false) if is_body(&first) && is_body(&second) => Some(first + &second),
        (false, false) => return None,
    };
    match unit {
        Some(unit) if is_body(&unit) => Some((Some(unit), year)),
        Some(_) => None,
        None => Some((None, year)),
    }
}

/// A line with a year in Chinese digits set in Arabic ones: `二〇一八年`.
fn arabic_year(line: &str) -> String {
    const DIGITS: &str = "零一二三四五六七八九";
    let digit = |c: char| match c {
        '〇' | '○' | 'О' => Some(0),
        c => DIGITS.chars().position(|digit| digit == c),
    };
    let mut out = String::with_capacity(line.len());
    let mut run = String::new();
    let mut values = String::new();
    for c in line.chars() {
        match digit(c) {
            Some(value) => {
                run.push(c);
                values.push_str(&value.to_string());
            }
            None => {
                let year = c == '年' && values.len() == 4 && values.starts_with("20");
                out.push_str(if year { &values } else { &run });
                run.clear();
                values.clear();
                out.push(c);
            }
        }
    }
    out.push_str(&run);
    out
}

/// Four digits of a year without 年: `2019政府信息公开年报`.
fn bare_year(text: &str) -> Option<(usize, i16)> {
    text.match_indices("20").find_map(|(at, _)| {
        let digits: String = text
            .get(at..)?
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let alone = !text.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        (digits.len() == 4 && alone)
            .then(|| digits.parse().ok().map(|year| (at, year)))
            .flatten()
    })
}

fn year_of(line: &str) -> Option<i16> {
    quantity::scan(line)
        .dates
        .into_iter()
        .find_map(|date| date.year)
        .or_else(|| bare_year(line).map(|(_, year)| year))
}

/// A line without the marks around a title: Markdown, bars of a table, a field's name.
fn clean(line: &str) -> &str {
    let line = line.trim_matches(['#', '|', '*', '-', '_', '　', ' ']);
    let line = [
        "信息名称",
        "文件名称",
        "标题",
        "名称",
        "题名",
        "文件下载",
        "正文",
    ]
    .into_iter()
    .find_map(|field| line.strip_prefix(field))
    .unwrap_or(line)
    .trim_start_matches(['：', '|']);
    line.trim_start_matches('《').trim_end_matches('》')
}

/// A title without what stands in brackets at its end: `（2018年度）`, `（全文）`.
fn without_bracket(line: &str) -> &str {
    match (line.strip_suffix('）'), line.rfind('（')) {
        (Some(_), Some(at)) if at > 0 => line.get(..at).unwrap_or(line),
        _ => line,
    }
}

/// The title of a page without the site's name behind it.
fn page_title(title: &str) -> String {
    let text = normalise(title).text;
    ["_", "|", "--", "-", "—"]
        .into_iter()
        .filter_map(|mark| text.split(mark).find(|part| read_title(part).is_some()))
        .next()
        .map_or_else(|| text.clone(), str::to_owned)
}

/// The title that a whole report in one line opens with: `某局…年度报告 一、总体情况 …`.
fn opening_title(line: &str) -> Option<String> {
    line.char_indices()
        .take(2 * TITLE_LIMIT)
        .filter(|(_, c)| c.is_whitespace() || *c == '一')
        .take(16)
        .filter_map(|(at, _)| line.get(..at))
        .map(|start| normalise(start).text)
        .find(|start| ends_as_title(start) && read_title(start).is_some())
}

/// The lines before the first chapter, normalised.
fn head_lines(prose: &Prose) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in prose.paragraphs.iter().take(HEAD_LINES) {
        if paragraph.heading == Some(1) && paragraph.text.starts_with("一、") {
            break;
        }
        for line in paragraph.source().lines().take(HEAD_LINES) {
            // A whole paragraph in one line is no title, nor part of one.
            if line.len() > 4 * TITLE_LIMIT {
                lines.push(opening_title(line).unwrap_or_else(|| "。".to_owned()));
                continue;
            }
            let text = normalise(line).text;
            let text = text.trim_matches(['#', '|', '*']);
            if !text.is_empty() {
                lines.push(text.to_owned());
            }
        }
        if lines.len() >= HEAD_LINES {
            break;
        }
    }
    lines.truncate(HEAD_LINES);
    lines
}
