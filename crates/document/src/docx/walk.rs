//! The walk over the text of a Word file, element by element.

use content::Align;
use quick_xml::events::BytesStart;

use super::flow::{Item, Paragraph, Piece};
use super::numbering::Numbering;
use super::rows::CellWays;
use super::styles::{self, Numbered, Styles};
use crate::ooxml::xml::{Node, Xml, attribute, number, on};
use crate::{Limits, ReadError};

/// The most paragraphs, tables and stretches of text in one style; the longest reports have a few
/// thousand.
const PARTS: usize = 500_000;

/// The walk. Elements that are not known are looked into, so that text in content controls, links,
/// fields and insertions is found wherever it stands.
pub(super) struct Walk<'a> {
    pub(super) xml: Xml<'a>,
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a mut Numbering,
    pub(super) limits: &'a Limits,
    /// Whether paragraphs remember where they begin in the part.
    pub(super) main: bool,
    /// The page, if the file says where pages were turned when it was last saved.
    pub(super) page: Option<u32>,
    /// Whether a page was just turned by hand; the same turn is often noted a second time.
    turned: bool,
    /// Characters so far.
    pub(super) text: usize,
    /// Cells so far.
    pub(super) cells: usize,
    /// Paragraphs, tables and stretches of text so far.
    pub(super) parts: usize,
    /// The paragraph outside all text boxes that is being read.
    host: Option<usize>,
    /// What the cell that is being read says of itself.
    pub(super) ways: CellWays,
}

/// A paragraph while it is read.
#[derive(Default)]
struct Draft {
    paragraph: Paragraph,
    bold: bool,
    hidden: bool,
    /// Whether its figures are raised, as marks of notes are: they must not join the figure before.
    raised: bool,
    /// Whether its end was deleted, so that it goes on with the next one.
    open_end: bool,
    /// Whether it is a line of a table of contents.
    contents: bool,
    boxes: Vec<Item>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        text: &'a str,
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        limits: &'a Limits,
    ) -> Walk<'a> {
        Walk {
            xml: Xml::new(text, limits.depth),
            styles,
            numbering,
            limits,
            main: true,
            page: text.contains("lastRenderedPageBreak").then_some(1),
            turned: false,
            text: 0,
            cells: 0,
            parts: 0,
            host: None,
            ways: CellWays::default(),
        }
    }

    /// The paragraphs and tables up to the end of the element that was opened last, or of the part.
    pub(super) fn items(&mut self, out: &mut Vec<Item>) -> Result<(), ReadError> {
        let mut open: Option<Draft> = None;
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.local_name().into_inner() {
                    "p" => {
                        let draft = self.paragraph(open.take())?;
                        if draft.open_end {
                            open = Some(draft);
                        } else {
                            finish(draft, out);
                        }
                    }
                    "tbl" => {
                        self.count()?;
                        let table = self.table()?;
                        out.push(Item::Table(table));
                    }
                    "tcPr" => self.cell_ways()?,
                    "AlternateContent" => self.alternate(&mut |walk| {
                        let before = out.len();
                        walk.items(out)?;
                        Ok(out.len() > before)
                    })?,
                    name if is_left_out(name) || is_separator(&element) => self.xml.skip()?,
                    _ => self.items(out)?,
                },
                Node::Text(_) => {}
                Node::Close | Node::End => {
                    if let Some(draft) = open {
                        finish(draft, out);
                    }
                    return Ok(());
                }
            }
        }
    }

    /// Of alternatives the first one in which something is found, `take` says whether.
    fn alternate(
        &mut self,
        take: &mut dyn FnMut(&mut Self) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        let mut found = false;
        loop {
            match self.xml.next()? {
                Node::Open(_) if found => self.xml.skip()?,
                Node::Open(_) => found = take(self)?,
                Node::Text(_) => {}
                Node::Close | Node::End => return Ok(()),
            }
        }
    }

    /// Counts what takes room without holding text.
    fn count(&mut self) -> Result<(), ReadError> {
        self.parts += 1;
        if self.parts > PARTS {
            return Err(ReadError::TooLarge {
                what: "段落数",
                limit: format!("{PARTS} 个"),
            });
        }
        Ok(())
    }

    fn paragraph(&mut self, begun: Option<Draft>) -> Result<Draft, ReadError> {
        self.count()?;
        let start = self.main.then(|| self.xml.start());
        let outside = self.host;
        self.host = outside.or(start);
        let mut draft = begun.unwrap_or_default();
        draft.open_end = false;
        // In a text box a comment is not allowed: it goes to the paragraph that holds the box.
        draft.paragraph.origin = draft.paragraph.origin.or(self.host);
        self.inline(&mut draft)?;
        self.host = outside;
        Ok(draft)
    }

    /// Takes the text up to the end of the element that was opened last.
    fn inline(&mut self, draft: &mut Draft) -> Result<(), ReadError> {
        loop {
            let element = match self.xml.next()? {
                Node::Open(element) => element,
                Node::Text(_) => continue,
                Node::Close | Node::End => return Ok(()),
            };
            match element.local_name().into_inner() {
                "r" => {
                    let before = (draft.bold, draft.hidden, draft.raised);
                    (draft.bold, draft.hidden, draft.raised) = (false, false, false);
                    self.inline(draft)?;
                    (draft.bold, draft.hidden, draft.raised) = before;
                }
                "rPr" => self.run_properties(draft)?,
                "t" => self.run_text(draft)?,
                "pPr" => self.properties(draft)?,
                "tab" | "ptab" => self.put(draft, "\t", true)?,
                "cr" => self.line_break(draft)?,
                "br" => match attribute(&element, "type").as_deref() {
                    Some("page") => self.turn(true)?,
                    Some("column") => self.xml.skip()?,
                    _ => self.line_break(draft)?,
                },
                "noBreakHyphen" => self.put(draft, "-", true)?,
                "lastRenderedPageBreak" => self.turn(false)?,
                // The two parts of a fraction must not become one figure.
                "den" => {
                    self.put(draft, "/", false)?;
                    self.inline(draft)?;
                }
                "txbxContent" => {
                    let mut boxes = std::mem::take(&mut draft.boxes);
                    self.items(&mut boxes)?;
                    draft.boxes = boxes;
                }
                "AlternateContent" => self.alternate(&mut |walk| {
                    let before = (walk.text, walk.parts);
                    walk.inline(draft)?;
                    Ok((walk.text, walk.parts) != before)
                })?,
                name if is_left_out(name) => self.xml.skip()?,
                _ => self.inline(draft)?,
            }
        }
    }

    fn run_text(&mut self, draft: &mut Draft) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Text(text) if draft.raised => {
                    let raised: String = text.chars().map(raised).collect();
                    self.put(draft, &raised, false)?;
                }
                Node::Text(text) => self.put(draft, &text, false)?,
                Node::Open(_) => self.xml.skip()?,
                Node::Close | Node::End => return Ok(()),
            }
        }
    }

    /// Adds text; `skip` passes over the element that stands for it.
    fn put(&mut self, draft: &mut Draft, text: &str, skip: bool) -> Result<(), ReadError> {
        if skip {
            self.xml.skip()?;
        }
        if draft.hidden || text.is_empty() {
            return Ok(());
        }
        // Counting bytes would do for a bound; characters are what the limit names.
        self.text = self.text.saturating_add(text.chars().count());
        if self.text > self.limits.text {
            return Err(ReadError::TooLarge {
                what: "全文的字数",
                limit: format!("{} 字", self.limits.text),
            });
        }
        self.turned = false;
        match draft.paragraph.runs.last_mut() {
            Some(last) if last.bold == draft.bold && last.page == self.page => {
                // A line break in the source of XML is a space.
                push(&mut last.text, text, skip);
            }
            _ => {
                self.count()?;
                let mut piece = Piece {
                    bold: draft.bold,
                    page: self.page,
                    ..Piece::default()
                };
                push(&mut piece.text, text, skip);
                draft.paragraph.runs.push(piece);
            }
        }
        Ok(())
    }

    /// Ends a line, which makes a block of its own.
    fn line_break(&mut self, draft: &mut Draft) -> Result<(), ReadError> {
        self.count()?;
        self.put(draft, "\n", true)
    }

    /// Turns a page, by hand or where the word processor noted it.
    fn turn(&mut self, by_hand: bool) -> Result<(), ReadError> {
        self.xml.skip()?;
        if by_hand || !self.turned {
            self.page = self.page.map(|page| page.saturating_add(1));
        }
        self.turned = by_hand;
        Ok(())
    }

    fn run_properties(&mut self, draft: &mut Draft) -> Result<(), ReadError> {
        self.properties_each(&mut |_, element| {
            match element.local_name().into_inner() {
                "b" => draft.bold = on(element),
                "vanish" => draft.hidden = on(element),
                "vertAlign" => {
                    draft.raised = attribute(element, "val").as_deref() == Some("superscript");
                }
                _ => {}
            }
            Ok(true)
        })
    }

    /// Goes over the children of an element; `each` says whether the child is still to be passed
    /// over.
    fn properties_each(
        &mut self,
        each: &mut dyn FnMut(&mut Self, &BytesStart<'_>) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => {
                    if each(self, &element)? {
                        self.xml.skip()?;
                    }
                }
                Node::Text(_) => {}
                Node::Close | Node::End => return Ok(()),
            }
        }
    }

    /// Reads what a paragraph says of itself, and writes its automatic label.
    fn properties(&mut self, draft: &mut Draft) -> Result<(), ReadError> {
        let mut style = None;
        let mut outline = None;
        let (mut list, mut level) = (None, None);
        let mut align = Align::Start;
        let mut open_end = false;
        self.properties_each(&mut |walk, element| {
            match element.local_name().into_inner() {
                "pStyle" => style = attribute(element, "val"),
                "outlineLvl" => outline = number(element, "val"),
                "jc" => {
                    align = match attribute(element, "val").as_deref() {
                        Some("center") => Align::Center,
                        Some("right" | "end") => Align::End,
                        _ => Align::Start,
                    }
                }
                "numPr" => {
                    walk.properties_each(&mut |_, element| {
                        match element.local_name().into_inner() {
                            "numId" => list = number(element, "val"),
                            "ilvl" => level = number(element, "val"),
                            _ => {}
                        }
                        Ok(true)
                    })?;
                    return Ok(false);
                }
                "rPr" => {
                    walk.properties_each(&mut |_, element| {
                        let name = element.local_name().into_inner();
                        open_end |= name == "del" || name == "moveFrom";
                        Ok(true)
                    })?;
                    return Ok(false);
                }
                _ => {}
            }
            Ok(true)
        })?;
        draft.open_end = open_end;
        // A paragraph that goes on with the one before keeps the ways of that one.
        if !draft.paragraph.runs.is_empty() {
            return Ok(());
        }
        draft.paragraph.align = align;
        let style = style
            .map(|style| self.styles.meaning(&style))
            .unwrap_or_default();
        draft.contents = style.contents;
        draft.paragraph.heading = match outline {
            Some(outline) => styles::level(outline),
            None => style.heading,
        };
        let by_style = style.numbered;
        let numbered = match (list, by_style) {
            (Some(list), _) => Some(Numbered {
                list,
                level: level.or(by_style.map(|style| style.level)).unwrap_or(0),
            }),
            (None, Some(style)) => Some(Numbered {
                level: level.unwrap_or(style.level),
                ..style
            }),
            (None, None) => None,
        };
        if let Some(numbered) = numbered
            && let Some(label) = self.numbering.label(numbered, self.styles)
        {
            self.put(draft, &label, false)?;
        }
        Ok(())
    }
}

/// Appends text in which line ends of the source count as spaces, unless it is a line end itself.
fn push(to: &mut String, text: &str, verbatim: bool) {
    if verbatim || !text.contains(['\n', '\r']) {
        to.push_str(text);
    } else {
        to.push_str(&text.replace("\r\n", " ").replace(['\n', '\r'], " "));
    }
}

/// A figure raised.
fn raised(character: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = character
        .to_digit(10)
        .and_then(|digit| RAISED.get(digit as usize));
    digit.copied().unwrap_or(character)
}

/// Closes a paragraph; what stood in its text boxes follows it.
fn finish(draft: Draft, out: &mut Vec<Item>) {
    if !draft.contents {
        out.push(Item::Paragraph(draft.paragraph));
    }
    out.extend(draft.boxes);
}

/// Elements whose text is not part of the document as it is read by people: what was deleted or
/// moved away, codes of fields, pronunciation, settings.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "instrText"
            | "delInstrText"
            | "rt"
            | "sectPr"
            | "sdtPr"
            | "sdtEndPr"
            | "customXmlPr"
            | "smartTagPr"
            | "tblPr"
            | "tblGrid"
            | "tblPrEx"
            | "trPr"
            | "tblPrExChange"
            | "softHyphen"
            | "sym"
    )
}

/// Lines between notes and text, which are stored like notes.
fn is_separator(element: &BytesStart<'_>) -> bool {
    let name = element.local_name().into_inner();
    matches!(name, "footnote" | "endnote")
        && attribute(element, "type").is_some_and(|kind| kind != "normal")
}
