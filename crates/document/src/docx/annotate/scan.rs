//! One paragraph in the source of the text: where its runs and characters stand.

use std::ops::Range;

use crate::ooxml::xml::{Node, Xml, attribute};
use crate::{Limits, ReadError};

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Name of its element.
    pub(super) name: String,
    /// Where a run may be put before all others.
    pub(super) begin: usize,
    /// Where it ends; for an empty element, where its tag ends.
    pub(super) end: usize,
    /// Whether it is an empty element.
    pub(super) empty: bool,
    /// Its runs.
    pub(super) runs: Vec<Run>,
    /// Its text.
    pub(super) texts: Vec<Text>,
}

/// A run.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The whole element.
    pub(super) all: Range<usize>,
    /// Its properties; empty if it has none.
    pub(super) ways: Range<usize>,
    /// What it holds besides.
    pub(super) inside: Range<usize>,
}

/// A piece of text in the source.
#[derive(Debug)]
pub(super) struct Text {
    /// The characters.
    pub(super) text: String,
    /// Where they stand in the source.
    pub(super) at: Range<usize>,
    /// The run, by number.
    pub(super) run: usize,
    /// Whether they stand in the source as they are, within an element of text.
    pub(super) plain: bool,
    /// The element of text that holds them.
    pub(super) element: Range<usize>,
    /// What stands in that element.
    pub(super) inside: Range<usize>,
    /// Where the tag of that element can take an attribute, if it says nothing of spaces.
    pub(super) spaces: Option<usize>,
}

/// Reads the paragraph that begins at `origin`.
pub(super) fn paragraph(
    source: &str,
    origin: usize,
    limits: &Limits,
) -> Result<Paragraph, ReadError> {
    let rest = source.get(origin..).unwrap_or_default();
    let mut xml = Xml::new(rest, limits.depth);
    let mut paragraph = Paragraph::default();
    if let Node::Open(element) = xml.next()? {
        paragraph.name = element.name().into_inner().to_owned();
    }
    paragraph.begin = origin + xml.offset();
    paragraph.end = paragraph.begin;
    paragraph.empty = rest
        .get(..xml.offset())
        .is_some_and(|tag| tag.ends_with("/>"));
    if !paragraph.empty {
        let mut scan = Scan { xml, origin, rest };
        paragraph.end = scan.children(&mut paragraph)?;
    }
    Ok(paragraph)
}

struct Scan<'a> {
    xml: Xml<'a>,
    origin: usize,
    rest: &'a str,
}

impl Scan<'_> {
    fn start(&self) -> usize {
        self.origin + self.xml.start()
    }

    fn offset(&self) -> usize {
        self.origin + self.xml.offset()
    }

    /// Reads the children of the paragraph, or of an element that holds runs, and gives where the
    /// closing tag begins.
    fn children(&mut self, paragraph: &mut Paragraph) -> Result<usize, ReadError> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.local_name().into_inner() {
                    "pPr" => {
                        self.xml.skip()?;
                        paragraph.begin = self.offset();
                    }
                    "r" => self.run(paragraph)?,
                    "hyperlink" | "ins" | "moveTo" | "smartTag" | "fldSimple" | "sdt"
                    | "sdtContent" | "customXml" => {
                        self.children(paragraph)?;
                    }
                    _ => self.xml.skip()?,
                },
                Node::Text(_) => {}
                Node::Close | Node::End => return Ok(self.start()),
            }
        }
    }

    fn run(&mut self, paragraph: &mut Paragraph) -> Result<(), ReadError> {
        let number = paragraph.runs.len();
        let (begin, after) = (self.start(), self.offset());
        let mut run = Run {
            all: begin..after,
            ways: after..after,
            inside: after..after,
        };
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.local_name().into_inner() {
                    "rPr" => {
                        let begin = self.start();
                        self.xml.skip()?;
                        run.ways = begin..self.offset();
                        run.inside = self.offset()..self.offset();
                    }
                    "t" => {
                        let tag = element.name().into_inner().len() + 1;
                        let spaces = attribute(&element, "space").is_none();
                        self.text(paragraph, number, spaces.then_some(tag))?;
                    }
                    "noBreakHyphen" => {
                        let begin = self.start();
                        self.xml.skip()?;
                        let all = begin..self.offset();
                        paragraph.texts.push(Text {
                            text: "-".to_owned(),
                            at: all.clone(),
                            run: number,
                            plain: false,
                            element: all.clone(),
                            inside: all,
                            spaces: None,
                        });
                    }
                    _ => self.xml.skip()?,
                },
                Node::Text(_) => {}
                Node::Close | Node::End => break,
            }
        }
        run.inside.end = self.start();
        run.all.end = self.offset();
        paragraph.runs.push(run);
        Ok(())
    }

    fn text(
        &mut self,
        paragraph: &mut Paragraph,
        run: usize,
        tag: Option<usize>,
    ) -> Result<(), ReadError> {
        let first = paragraph.texts.len();
        let (begin, inside) = (self.start(), self.offset());
        loop {
            match self.xml.next()? {
                Node::Text(text) => {
                    let at = self.xml.start()..self.xml.offset();
                    let plain = self.rest.get(at) == Some(text.as_ref());
                    paragraph.texts.push(Text {
                        text: text.into_owned(),
                        at: self.start()..self.offset(),
                        run,
                        plain,
                        element: begin..begin,
                        inside: inside..inside,
                        spaces: tag.map(|tag| begin + tag),
                    });
                }
                Node::Open(_) => self.xml.skip()?,
                Node::Close | Node::End => break,
            }
        }
        let (close, end) = (self.start(), self.offset());
        for text in paragraph.texts.iter_mut().skip(first) {
            text.element.end = end;
            text.inside.end = close;
        }
        Ok(())
    }
}
