//! Tokens of HTML to blocks.

use content::{Block, Content, Place, Run};

use super::nest::{Nest, Part, Piece};
use super::token::{Attributes, Token, tokens};
use crate::{Limits, ReadError};

/// What an element means for a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Heading(u8),
    Table,
    Row,
    Cell {
        header: bool,
    },
    Caption,
    Break,
    Block,
    Preformatted,
    Bold,
    Meta,
    /// No part of the text that people read as the report.
    Dropped,
    Inline,
}

impl Tag {
    fn of(name: &str) -> Tag {
        match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Tag::Heading(level - b'0'),
            b"table" => Tag::Table,
            b"tr" | b"thead" | b"tbody" | b"tfoot" => Tag::Row,
            b"td" => Tag::Cell { header: false },
            b"th" => Tag::Cell { header: true },
            b"caption" => Tag::Caption,
            b"br" => Tag::Break,
            b"p" | b"div" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"section"
            | b"article" | b"main" | b"header" | b"footer" | b"aside" | b"blockquote"
            | b"center" | b"form" | b"fieldset" | b"legend" | b"body" | b"html" | b"head"
            | b"address" | b"figure" | b"figcaption" | b"hr" | b"details" | b"summary" => {
                Tag::Block
            }
            b"pre" | b"listing" => Tag::Preformatted,
            b"b" | b"strong" => Tag::Bold,
            b"meta" => Tag::Meta,
            b"nav" | b"select" | b"button" | b"template" | b"svg" | b"noscript" => Tag::Dropped,
            _ => Tag::Inline,
        }
    }
}

/// White space that waits for the next character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    /// With a line end, which is no space between Chinese characters (CSS Text 3, §4.1.3).
    Line,
}

/// Collects blocks. Nothing in it grows with the depth of elements but for tables, whose depth is
/// bounded.
pub(super) struct Walk<'a> {
    limits: &'a Limits,
    /// Line of everything, for HTML that stood within one line of a script.
    fixed_line: Option<u32>,
    /// Whether elements of navigation are kept.
    keep: bool,
    title: String,
    pieces: Vec<Piece>,
    tables: Vec<Nest>,
    heading: Option<u8>,
    caption: bool,
    /// Open `pre` elements.
    preformatted: u32,
    /// Open bold elements.
    bold: u32,
    dropping: Option<(String, u32)>,
    text: String,
    gap: Gap,
    text_line: u32,
    all_bold: bool,
    characters: usize,
    paragraphs: usize,
    cells: usize,
}

/// What a walk gives.
pub(super) struct Walked {
    pub content: Content,
    /// Whether an element that was left out never ended, so that too much may have been left out.
    pub cut: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(limits: &'a Limits, fixed_line: Option<u32>, keep: bool) -> Walk<'a> {
        Walk {
            limits,
            fixed_line,
            keep,
            title: String::new(),
            pieces: Vec::new(),
            tables: Vec::new(),
            heading: None,
            caption: false,
            preformatted: 0,
            bold: 0,
            dropping: None,
            text: String::new(),
            gap: Gap::None,
            text_line: 1,
            all_bold: true,
            characters: 0,
            paragraphs: 0,
            cells: 0,
        }
    }

    /// Walks through all of `html`.
    pub(super) fn run(mut self, html: &str) -> Result<Walked, ReadError> {
        for (line, token) in tokens(html) {
            let line = self.fixed_line.unwrap_or(line);
            if let Some((name, depth)) = &mut self.dropping {
                match token {
                    Token::Open { name: found, .. } if found == *name => *depth += 1,
                    Token::Close(found) if found == *name && *depth > 0 => *depth -= 1,
                    Token::Close(found) if found == *name => self.dropping = None,
                    _ => {}
                }
                continue;
            }
            match token {
                Token::Text(text) => self.text(&text, line)?,
                Token::Open { name, attributes } => self.open(name, &attributes, line)?,
                Token::Close(name) => self.close(Tag::of(&name))?,
                Token::Raw { name, text } if name == "title" => {
                    if self.title.is_empty() {
                        self.title = squeeze(&text);
                    }
                }
                Token::Raw { .. } => {}
            }
        }
        let cut = self.dropping.is_some();
        self.flush()?;
        while !self.tables.is_empty() {
            self.close_table()?;
        }
        let mut number = 0;
        let blocks = self.pieces.into_iter().map(|piece| match piece {
            Piece::Block(block) => block,
            Piece::Table(nest) => {
                number += 1;
                Block::Table(nest.table(number))
            }
        });
        let content = Content {
            title: self.title,
            blocks: blocks.collect(),
            ..Content::default()
        };
        Ok(Walked { content, cut })
    }

    fn open(&mut self, name: String, attributes: &Attributes, line: u32) -> Result<(), ReadError> {
        match Tag::of(&name) {
            Tag::Inline => {}
            Tag::Bold => self.bold += 1,
            Tag::Meta => self.meta(attributes),
            Tag::Dropped if self.keep || attributes.closed => {}
            Tag::Dropped => self.dropping = Some((name, 0)),
            Tag::Break => self.flush()?,
            Tag::Block => {
                // A heading that was never closed ends where the text begins.
                if !self.text.is_empty() && self.heading.is_some() && name != "div" {
                    self.flush()?;
                    self.heading = None;
                }
                self.flush()?;
            }
            Tag::Preformatted => {
                self.flush()?;
                self.preformatted += 1;
            }
            Tag::Heading(level) => {
                self.flush()?;
                self.heading = Some(level);
            }
            Tag::Table => {
                self.flush()?;
                self.heading = None;
                // As in browsers: a table right within a table, not in a cell, ends it.
                if self.tables.last().is_some_and(|table| !table.cell_open) {
                    self.close_table()?;
                }
                if self.tables.len() >= self.limits.depth {
                    return Err(self.too_large("表格的嵌套层数", self.limits.depth, "层"));
                }
                self.tables.push(Nest::default());
            }
            Tag::Caption => {
                self.flush()?;
                self.caption = !self.tables.is_empty();
            }
            Tag::Row => {
                self.flush()?;
                if let Some(table) = self.tables.last_mut() {
                    table.cell_open = false;
                    let row = name == "tr";
                    if row {
                        table.rows.push(Vec::new());
                    }
                    table.row_open = row;
                }
            }
            Tag::Cell { header } => {
                self.flush()?;
                self.heading = None;
                self.open_cell(attributes, header, line)?;
            }
        }
        Ok(())
    }

    fn open_cell(&mut self, tag: &Attributes, header: bool, line: u32) -> Result<(), ReadError> {
        let (cells, columns) = (self.limits.cells, self.limits.columns);
        if self.tables.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        if self.cells > cells {
            return Err(self.too_large("表格的单元格数", cells, "格"));
        }
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        if !table.row_open {
            table.rows.push(Vec::new());
            table.row_open = true;
        }
        table.cell_open = true;
        let Some(row) = table.rows.last_mut() else {
            return Ok(());
        };
        let taken: usize = row.iter().map(|part| usize::from(part.colspan)).sum();
        if taken >= columns {
            return Err(self.too_large("表格的列数", columns, "列"));
        }
        // A larger span than there is room for is a slip or an attack; neither is worth a refusal.
        let room = u16::try_from(columns - taken).unwrap_or(u16::MAX);
        row.push(Part {
            pieces: Vec::new(),
            rowspan: span(tag.rowspan.as_deref()).min(65_534),
            colspan: span(tag.colspan.as_deref()).clamp(1, room),
            header,
            line,
        });
        Ok(())
    }

    fn close(&mut self, tag: Tag) -> Result<(), ReadError> {
        match tag {
            Tag::Inline | Tag::Meta | Tag::Dropped => return Ok(()),
            Tag::Bold => {
                self.bold = self.bold.saturating_sub(1);
                return Ok(());
            }
            _ => self.flush()?,
        }
        match tag {
            Tag::Heading(_) => self.heading = None,
            Tag::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
            Tag::Caption => self.caption = false,
            Tag::Table => self.close_table()?,
            Tag::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell_open = false;
                    table.row_open = false;
                }
            }
            Tag::Cell { .. } => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell_open = false;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), ReadError> {
        self.flush()?;
        self.caption = false;
        if let Some(table) = self.tables.pop() {
            let pieces = table.unwrap();
            self.target().extend(pieces);
        }
        Ok(())
    }

    /// Where blocks go: the innermost open cell, else the page. Text between the cells of a table
    /// so comes before it, as in browsers.
    fn target(&mut self) -> &mut Vec<Piece> {
        let cell = self.tables.iter_mut().rev().find_map(Nest::open_cell);
        match cell {
            Some(cell) => &mut cell.pieces,
            None => &mut self.pieces,
        }
    }

    /// The content management systems of governments state the article's own title.
    fn meta(&mut self, tag: &Attributes) {
        let name = tag.name.as_deref().unwrap_or("");
        if let Some(value) = &tag.content
            && name.eq_ignore_ascii_case("ArticleTitle")
        {
            let title = squeeze(value);
            if !title.is_empty() {
                self.title = title;
            }
        }
    }

    fn text(&mut self, text: &str, line: u32) -> Result<(), ReadError> {
        let mut line = line;
        for character in text.chars() {
            match character {
                '\n' if self.preformatted > 0 => self.flush()?,
                '\n' | '\r' => self.gap = Gap::Line,
                ' ' | '\t' | '\u{C}' if self.preformatted == 0 => {
                    if self.gap == Gap::None {
                        self.gap = Gap::Space;
                    }
                }
                // Of no width, and no part of any word.
                '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
                _ => self.push(character, line),
            }
            // A reference to a line end is rare enough to be counted as one.
            line = line.saturating_add(u32::from(character == '\n' && self.fixed_line.is_none()));
        }
        if self.characters > self.limits.text {
            return Err(self.too_large("文本", self.limits.text, "字"));
        }
        Ok(())
    }

    fn push(&mut self, character: char, line: u32) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        self.characters += 1;
        // A space that does not collapse is still none at the beginning of a paragraph.
        let character = if character == '\u{A0}' {
            ' '
        } else {
            character
        };
        if self.text.is_empty() {
            if character.is_whitespace() {
                return;
            }
            self.text_line = line;
            self.all_bold = true;
        } else {
            let last = self.text.chars().next_back();
            if gap == Gap::Space || gap == Gap::Line && !last.is_some_and(wide) && !wide(character)
            {
                self.text.push(' ');
            }
        }
        self.all_bold &= self.bold > 0;
        self.text.push(character);
    }

    /// Ends a paragraph.
    fn flush(&mut self) -> Result<(), ReadError> {
        self.gap = Gap::None;
        let length = self.text.trim_end().len();
        self.text.truncate(length);
        if self.text.is_empty() {
            return Ok(());
        }
        self.paragraphs += 1;
        if self.paragraphs > self.limits.lines {
            return Err(self.too_large("文本的段落数", self.limits.lines, "段"));
        }
        let text = std::mem::take(&mut self.text);
        if self.caption
            && let Some(table) = self.tables.last_mut()
        {
            match &mut table.caption {
                Some(caption) => caption.push_str(&text),
                None => table.caption = Some(text),
            }
            return Ok(());
        }
        let runs = vec![Run {
            text,
            bold: self.all_bold,
            place: Some(Place {
                line: Some(self.text_line),
                ..Place::default()
            }),
        }];
        let block = match self.heading {
            Some(level) => Block::Heading { level, runs },
            None => Block::Paragraph(runs),
        };
        self.target().push(Piece::Block(block));
        Ok(())
    }

    fn too_large(&self, what: &'static str, limit: usize, unit: &str) -> ReadError {
        ReadError::TooLarge {
            what,
            limit: format!("{limit} {unit}"),
        }
    }
}

/// Rows or columns that a cell spans, 1 if nothing sensible is said.
fn span(value: Option<&str>) -> u16 {
    let Some(value) = value else {
        return 1;
    };
    let value = value.trim();
    let end = value
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(value.len());
    let digits = value.get(..end).unwrap_or("");
    if digits.is_empty() {
        return 1;
    }
    digits.parse().unwrap_or(u16::MAX)
}

/// Whether it is of the scripts that are written without spaces, or their punctuation.
fn wide(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
