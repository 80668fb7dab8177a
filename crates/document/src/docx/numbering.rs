//! Automatic numbering: the labels of lists, which the text itself does not hold.

use std::collections::{HashMap, HashSet};

use super::numeral;
use super::styles::{Numbered, Styles, many, short};
use crate::ReadError;
use crate::ooxml::xml::{Node, Xml, attribute, number, on};

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    form: String,
    text: String,
    /// Whether all numbers of the label are written in digits.
    digits: bool,
    /// Whether nothing stands between the label and the text.
    close: bool,
    /// Whether the count goes on after a higher level has gone on.
    lasting: bool,
}

#[derive(Debug, Default)]
struct Pattern {
    levels: HashMap<usize, Level>,
    /// The style whose list is meant instead.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    pattern: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: HashMap<u32, Pattern>,
    lists: HashMap<u32, List>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

impl Numbering {
    pub(super) fn read(text: &str, depth: usize) -> Result<Numbering, ReadError> {
        let mut numbering = Numbering::default();
        let mut xml = Xml::new(text, depth);
        loop {
            match xml.next()? {
                Node::Open(element) => match element.local_name().into_inner() {
                    "numbering" => {}
                    "abstractNum" => {
                        many(numbering.patterns.len())?;
                        let id = number(&element, "abstractNumId").unwrap_or(0);
                        numbering.patterns.insert(id, pattern(&mut xml)?);
                    }
                    "num" => {
                        many(numbering.lists.len())?;
                        let id = number(&element, "numId").unwrap_or(0);
                        numbering.lists.insert(id, list(&mut xml)?);
                    }
                    _ => xml.skip()?,
                },
                Node::Close | Node::Text(_) => {}
                Node::End => return Ok(numbering),
            }
        }
    }

    /// The label of the next paragraph of a list, with the space after it if it wants one. None
    /// for bullets and for lists that are not there.
    pub(super) fn label(&mut self, paragraph: Numbered, styles: &Styles) -> Option<String> {
        let at = usize::try_from(paragraph.level).ok()?;
        let list = self.lists.get(&paragraph.list)?;
        let mut key = list.pattern;
        let mut pattern = self.patterns.get(&key)?;
        if let Some(style) = &pattern.style
            && let Some(other) = styles.meaning(style).numbered
            && let Some(other) = self.lists.get(&other.list)
        {
            key = other.pattern;
            pattern = self.patterns.get(&key)?;
        }
        let level = |at: usize| list.levels.get(&at).or(pattern.levels.get(&at));
        let own = level(at)?;

        let counts = self.counts.entry(key).or_default();
        let first = level(at).and_then(|level| level.start).unwrap_or(1);
        let again = list.starts.get(&at).copied();
        let begins = again.filter(|_| self.begun.insert((paragraph.list, at)));
        let count = counts.get_mut(at)?;
        *count = Some(match (begins, *count) {
            (Some(start), _) => start,
            (None, None) => first,
            (None, Some(before)) => before.saturating_add(1),
        });
        for (below, count) in counts.iter_mut().enumerate().skip(at + 1) {
            if !level(below).is_some_and(|level| level.lasting) {
                *count = None;
            }
        }

        if own.form == "bullet" || own.text.is_empty() {
            return None;
        }
        let mut label = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(character) = rest.next() {
            let which = rest
                .peek()
                .filter(|_| character == '%')
                .and_then(|digit| digit.to_digit(10))
                .and_then(|digit| (digit as usize).checked_sub(1));
            let Some(which) = which else {
                label.push(character);
                continue;
            };
            rest.next();
            let form = match level(which) {
                Some(level) if !own.digits => &level.form,
                _ => "decimal",
            };
            // A level above that has not begun shows where it will begin.
            let begin = level(which).and_then(|level| level.start).unwrap_or(1);
            let count = counts.get(which).copied().flatten().unwrap_or(begin);
            label.extend(numeral::write(count, form));
        }
        // A figure must not run into the first figure of the text.
        if !own.close && label.ends_with(|c: char| c.is_ascii()) {
            label.push(' ');
        }
        Some(label)
    }
}

fn pattern(xml: &mut Xml<'_>) -> Result<Pattern, ReadError> {
    let mut pattern = Pattern::default();
    loop {
        match xml.next()? {
            Node::Open(element) => match element.local_name().into_inner() {
                "lvl" => {
                    let at = place(number(&element, "ilvl"));
                    pattern.levels.insert(at, level(xml)?);
                }
                "numStyleLink" => {
                    pattern.style = short(attribute(&element, "val"));
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Node::Text(_) => {}
            Node::Close | Node::End => return Ok(pattern),
        }
    }
}

/// A level as an index; one that there cannot be counts as the last.
fn place(level: Option<u32>) -> usize {
    let level = level.and_then(|level| usize::try_from(level).ok());
    level.unwrap_or(0).min(LEVELS - 1)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, ReadError> {
    let mut level = Level {
        form: "decimal".to_owned(),
        ..Level::default()
    };
    loop {
        match xml.next()? {
            Node::Open(element) => {
                let value = |element| short(attribute(element, "val")).unwrap_or_default();
                match element.local_name().into_inner() {
                    "start" => level.start = number(&element, "val"),
                    "numFmt" => level.form = value(&element),
                    "lvlText" => level.text = value(&element),
                    "isLgl" => level.digits = on(&element),
                    "suff" => level.close = value(&element) == "nothing",
                    "lvlRestart" => level.lasting = number(&element, "val") == Some(0),
                    // Newer forms come with an older one to fall back on.
                    "AlternateContent" => {
                        alternate(xml, &mut level)?;
                        continue;
                    }
                    _ => {}
                }
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::Close | Node::End => return Ok(level),
        }
    }
}

/// Takes the form of number out of the last alternative, the one that everybody understands.
fn alternate(xml: &mut Xml<'_>, level: &mut Level) -> Result<(), ReadError> {
    xml.inside(|element| {
        if element.local_name().into_inner() == "numFmt" {
            level.form = short(attribute(element, "val")).unwrap_or_default();
        }
    })
}

fn list(xml: &mut Xml<'_>) -> Result<List, ReadError> {
    let mut list = List::default();
    let mut at = 0;
    let mut depth = 1;
    while depth > 0 {
        match xml.next()? {
            Node::Open(element) => {
                depth += 1;
                match element.local_name().into_inner() {
                    "abstractNumId" => list.pattern = number(&element, "val").unwrap_or(0),
                    "lvlOverride" => at = place(number(&element, "ilvl")),
                    "startOverride" => {
                        list.starts.insert(at, number(&element, "val").unwrap_or(1));
                    }
                    "lvl" => {
                        list.levels.insert(at, level(xml)?);
                        depth -= 1;
                    }
                    _ => {}
                }
            }
            Node::Close => depth -= 1,
            Node::Text(_) => {}
            Node::End => break,
        }
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: u32, form: &str, text: &str) -> String {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    }

    fn labels(text: &str, paragraphs: &[(u32, u32)]) -> Vec<Option<String>> {
        let mut numbering = Numbering::read(text, 50).unwrap();
        let styles = Styles::default();
        let label =
            |&(list, level): &(u32, u32)| numbering.label(Numbered { list, level }, &styles);
        paragraphs.iter().map(label).collect()
    }

    #[test]
    fn chapters_and_sections() {
        let text = format!(
            r#"<w:numbering><w:abstractNum w:abstractNumId="7">{}{}{}{}</w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="7"/>
            <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"#,
            level(0, "chineseCounting", "%1、"),
            level(1, "chineseCounting", "（%2）"),
            level(2, "decimal", "%3."),
            level(3, "bullet", "·"),
        );
        let paragraphs = [
            (1, 0),
            (1, 1),
            (1, 1),
            (1, 2),
            (1, 3),
            (1, 0),
            (1, 1),
            (2, 0),
            (2, 0),
        ];
        let expect = [
            "一、",
            "（一）",
            "（二）",
            "1. ",
            "",
            "二、",
            "（一）",
            "五、",
            "六、",
        ];
        let found = labels(&text, &paragraphs);
        assert_eq!(found.map_or_empty(), expect);
        assert_eq!(
            labels(&text, &[(9, 0), (1, 8), (1, u32::MAX)]),
            [None, None, None]
        );
    }

    #[test]
    fn levels_above_are_part_of_the_label() {
        let text = format!(
            r#"<w:numbering><w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1">
            <w:lvl w:ilvl="1"><w:start w:val="3"/><w:lvlText w:val="%1.%2"/><w:isLgl/><w:suff w:val="nothing"/></w:lvl>
            </w:lvlOverride></w:num></w:numbering>"#,
            level(0, "chineseCounting", "第%1章"),
            level(1, "decimal", "%2"),
        );
        let found = labels(&text, &[(1, 1), (1, 1), (1, 0), (1, 1)]);
        assert_eq!(found.map_or_empty(), ["1.3", "1.4", "第一章", "1.3"]);
    }

    trait MapOrEmpty {
        fn map_or_empty(self) -> Vec<String>;
    }

    impl MapOrEmpty for Vec<Option<String>> {
        fn map_or_empty(self) -> Vec<String> {
            self.into_iter().map(Option::unwrap_or_default).collect()
        }
    }
}
