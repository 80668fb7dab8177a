//! Text like a compiler's: the sentence or the row with its figures underlined, the arithmetic, the
//! advice.

use super::{Listed, Printer};
use crate::check::examine::Examined;
use crate::check::marks::{self, Marks};
use crate::check::place;
use crate::check::tally::Tally;
use crate::check::terminal::Terminal;
use crate::check::words::{self, Words};
use crate::language::Language;
use report::copies::side_by_side;
use report::{Finding, Level, Place, Rule};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(super) struct Text {
    language: Language,
    words: &'static Words,
    colours: bool,
    /// Columns of the terminal, if there is one that says so.
    columns: Option<usize>,
}

/// Fewer columns for a quote are not readable; the terminal may break the line.
const NARROW: usize = 20;

/// The other places of a finding that are named; a column of a table has dozens.
const RELATED: usize = 4;

impl Text {
    pub(super) fn new(language: Language, terminal: Option<Terminal>) -> Text {
        Text {
            language,
            words: words::words(language),
            colours: terminal.is_some_and(|it| it.colours),
            columns: terminal.and_then(|it| it.columns),
        }
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.colours && !text.is_empty() {
            format!("\u{1b}[{colour}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn frame(&self, text: &str) -> String {
        self.paint("1;34", text)
    }

    fn finding(&self, examined: &Examined, finding: &Finding) -> String {
        let colour = match finding.level {
            Level::Error => "1;31",
            Level::Warning => "1;33",
            Level::Info => "1;36",
        };
        let edition = examined.head.as_ref().map(|head| head.edition);
        let level = words::level(finding.level, self.language);
        let mut out = self.paint(colour, &format!("{level}[{}]", finding.code));
        let headline = match words::english(&finding.rule, self.language) {
            Some(line) => self.paint("1", &format!(": {line}")),
            None => format!(" {}", self.paint("1", &finding.rule)),
        };
        out.push_str(&format!("{headline}\n"));
        let line = finding.place.line.map(|line| line.to_string());
        let gutter = line.as_ref().map_or(1, String::len);
        let at = line
            .as_ref()
            .map(|line| format!(":{line}"))
            .unwrap_or_default();
        out.push_str(&format!(
            "{:gutter$}{} {}{at}{}\n",
            "",
            self.frame("-->"),
            legible(&examined.source),
            place::words(&finding.place, edition, self.language)
        ));
        if let Some(quote) = finding.place.quote.as_deref().filter(|it| !it.is_empty()) {
            let bar = self.frame("|");
            let number = self.frame(line.as_deref().unwrap_or(" "));
            // Beside the number of the line and the bar.
            let room = self
                .columns
                .map_or(usize::MAX, |columns| columns.saturating_sub(gutter + 3));
            let quote = snippet(quote, &marks::find(finding, edition));
            let mut before = number;
            out.push_str(&format!("{:gutter$} {bar}\n", ""));
            for (shown, under) in folded(&quote, room.max(NARROW)) {
                out.push_str(&format!("{before:gutter$} {bar} {shown}\n"));
                before = String::new();
                if !under.is_empty() {
                    let under = self.paint(colour, &under);
                    out.push_str(&format!("{:gutter$} {bar} {under}\n", ""));
                }
            }
            out.push_str(&format!("{:gutter$} {bar}\n", ""));
        }
        for (label, text) in self.remarks(finding, edition) {
            let label = self.paint("1", label);
            out.push_str(&format!(
                "{:gutter$} {} {label}{}{}\n",
                "",
                self.frame("="),
                self.words.colon,
                legible(&text)
            ));
        }
        out.push('\n');
        out
    }

    /// A place with its quote on one line.
    fn passage(&self, place: &Place, edition: Option<statute::editions::Edition>) -> String {
        let line = place
            .line
            .map(|line| words::line(line, self.language))
            .unwrap_or_default();
        let quote = place
            .quote
            .as_ref()
            .map(|quote| format!("{}{}", self.words.colon, flat(quote)))
            .unwrap_or_default();
        let at = place::words(place, edition, self.language);
        format!("{line}{at}{quote}")
    }

    fn remarks(
        &self,
        finding: &Finding,
        edition: Option<statute::editions::Edition>,
    ) -> Vec<(&'static str, String)> {
        let Words { comma, .. } = self.words;
        let mut remarks = Vec::new();
        let mut figures = Vec::new();
        if let Some(stated) = &finding.stated {
            figures.push(format!("{} {stated}", self.words.stated));
        }
        match (&finding.expected, &finding.arithmetic) {
            (Some(expected), Some(arithmetic)) if expected != arithmetic => {
                figures.push(format!("{} {arithmetic} = {expected}", self.words.expected))
            }
            (Some(expected), _) => figures.push(format!("{} {expected}", self.words.expected)),
            (None, _) => {}
        }
        if figures.len() == 2 {
            remarks.push((self.words.figures, figures.join(comma)));
        }
        remarks.push((self.words.message, finding.message.clone()));
        let pairs = side_by_side(finding);
        // The cells of a sum stand in the arithmetic; sentences elsewhere are shown.
        let elsewhere = finding.related.iter().filter(|place| place.row.is_none());
        for place in elsewhere.take(if pairs.is_empty() { RELATED } else { 0 }) {
            remarks.push((self.words.related, self.passage(place, edition)));
        }
        for (here, there) in pairs {
            remarks.push((self.words.here, self.passage(here, edition)));
            remarks.push((self.words.there, self.passage(there, edition)));
        }
        if let Some(article) = Rule::find(&finding.rule).and_then(|rule| rule.article) {
            // A message that names its article does not need it twice.
            if !finding.message.contains(article) {
                remarks.push((self.words.article, article.to_owned()));
            }
        }
        // The name stands in the headline, or else here.
        let named = match words::english(&finding.rule, self.language) {
            Some(_) => &finding.rule,
            None => &finding.code,
        };
        remarks.push((self.words.explained, format!("gongkai rule {named}")));
        remarks
    }
}

impl Printer for Text {
    fn report(&self, examined: &Examined) -> String {
        let mut out: String = examined
            .findings
            .iter()
            .map(|finding| self.finding(examined, finding))
            .collect();
        for waived in &examined.waived {
            let at = waived.finding.place.line.map(|line| format!(":{line}"));
            out.push_str(&format!(
                "{}[{}] {} {}{}{}{}{}{}{} {}\n\n",
                self.words.waived,
                waived.finding.code,
                waived.finding.rule,
                legible(&examined.source),
                at.unwrap_or_default(),
                self.words.colon,
                legible(&waived.reason),
                self.words.comma,
                legible(&waived.who),
                self.words.comma.trim_end(),
                waived.when,
            ));
        }
        out
    }

    fn foot(&self, tally: &Tally, _: &[Listed]) -> String {
        let full_stop = match self.language {
            Language::Chinese => "。",
            Language::English => ".",
        };
        format!("{}{full_stop}\n", tally.line(self.language))
    }
}

/// Text of a file without what would steer the terminal.
fn legible(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A quote on one line. Chinese needs no space where a line ended.
fn flat(quote: &str) -> String {
    let joined: String = quote.split('\n').map(str::trim).collect();
    legible(&joined)
}

/// The quote on one line, and under it `^` at the figure as stated and `-` at the others.
fn snippet(quote: &str, marks: &Marks) -> (String, String) {
    let mut shown = String::new();
    let mut under = String::new();
    let mark = |at: usize| {
        let within = |range: &Range<usize>| range.contains(&at);
        if marks.stated.as_ref().is_some_and(within) {
            '^'
        } else if marks.terms.iter().any(within) {
            '-'
        } else {
            ' '
        }
    };
    let mut after_break = false;
    for (at, c) in quote.char_indices() {
        if c == '\n' || c == '\r' {
            after_break = true;
            continue;
        }
        if after_break && c.is_whitespace() {
            continue;
        }
        after_break = false;
        let c = if c.is_control() { ' ' } else { c };
        shown.push(c);
        for _ in 0..c.width().unwrap_or(0) {
            under.push(mark(at));
        }
    }
    debug_assert!(under.width() <= shown.width());
    (shown, under.trim_end().to_owned())
}

/// The quote and what stands under it in lines of at most so many columns, so that the marks stay
/// under their figures where a terminal would break the line.
fn folded((shown, under): &(String, String), room: usize) -> Vec<(String, String)> {
    let mut lines = vec![(String::new(), String::new())];
    let mut width = 0;
    let mut marks = under.chars();
    for c in shown.chars() {
        let wide = c.width().unwrap_or(0);
        if width + wide > room {
            lines.push((String::new(), String::new()));
            width = 0;
        }
        width += wide;
        if let Some((shown, under)) = lines.last_mut() {
            shown.push(c);
            under.extend(marks.by_ref().take(wide));
        }
    }
    for (_, under) in &mut lines {
        under.truncate(under.trim_end().len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_quote_is_folded_with_its_marks() {
        let quote = ("共80项，占86.5%。".to_owned(), "  --      ^^^^^".to_owned());
        let lines = folded(&quote, 9);
        let lines: Vec<(&str, &str)> = lines
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(lines, [("共80项，", "  --"), ("占86.5%。", "  ^^^^^")]);
        assert_eq!(folded(&quote, usize::MAX), std::slice::from_ref(&quote));
        let bare = ("甲乙丙".to_owned(), String::new());
        assert_eq!(folded(&bare, 4).len(), 2);
    }

    #[test]
    fn figures_are_underlined_under_wide_characters() {
        let quote = "共80项，占\n  86.5%。";
        let marks = Marks {
            stated: quote.find("86.5%").map(|at| at..at + 5),
            terms: quote.find("80").map(|at| at..at + 2).into_iter().collect(),
        };
        let (shown, under) = snippet(quote, &marks);
        assert_eq!(shown, "共80项，占86.5%。");
        assert_eq!(under, "  --      ^^^^^");
    }

    #[test]
    fn nothing_of_a_file_steers_the_terminal() {
        let (shown, under) = snippet("a\u{1b}[2Jb\u{7}", &Marks::default());
        assert_eq!((shown.as_str(), under.as_str()), ("a [2Jb ", ""));
        assert_eq!(legible("x\u{1b}\n"), "x  ");
    }
}
