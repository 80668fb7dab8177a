//! Reading `.xlsx`: each sheet that holds anything is a table.
//!
//! The parts are read by hand within bounds, for a library that loads a workbook allocates what the
//! file declares. A formula gives its stored value. Rows and columns without any text are left out;
//! places keep the numbers of the sheet.

mod number;
mod sheet;
mod style;

use content::{Block, Content};

use crate::compound::{is_compound, is_encrypted};
use crate::doc;
use crate::external::Clock;
use crate::ooxml::package::Package;
use crate::ooxml::xml::{Node, Xml, attribute, number as attribute_number};
use crate::{Limits, ReadError};
use style::Format;

/// Formats of cells that a workbook may define; Excel's own bound.
const FORMATS: usize = 65_490;

/// Reads a `.xlsx` file, or a `.xls` file by LibreOffice if that is installed.
///
/// Numbers come exact, to six decimals and without exponent; shares with their percent sign; dates
/// as `2024-01-20`. The caption of a table is the name of its sheet, with 〔隐藏〕 if it is hidden.
///
/// # Errors
/// Encrypted, damaged, or larger than the limits.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    if !is_compound(bytes) {
        return workbook(bytes, limits).map_err(named);
    }
    if is_encrypted(bytes) {
        return Err(ReadError::Encrypted { kind: "xlsx" });
    }
    let clock = Clock::start(limits);
    let made = doc::office(bytes, "input.xls", "MS Excel 97", "xlsx", limits, &clock);
    let made = made.ok_or(ReadError::Unsupported {
        kind: "xls",
        hint: "请另存为 xlsx 后再检查，或安装 LibreOffice",
    })??;
    workbook(&made, limits).map_err(named)
}

/// The parts of a packed file are read as those of a `.docx`; the message names this kind.
fn named(fault: ReadError) -> ReadError {
    match fault {
        ReadError::Damaged { why, .. } => ReadError::Damaged { kind: "xlsx", why },
        ReadError::Encrypted { .. } => ReadError::Encrypted { kind: "xlsx" },
        other => other,
    }
}

fn damaged(why: &str) -> ReadError {
    ReadError::damaged("xlsx", why)
}

/// What cells refer to.
struct Book {
    strings: Vec<String>,
    formats: Vec<Format>,
    /// Whether days count from 1904.
    late: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

fn workbook(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let main = package
        .relations("")?
        .into_iter()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".into(), |relation| relation.target);
    if main.ends_with(".bin") {
        return Err(ReadError::Unsupported {
            kind: "xlsb",
            hint: "请另存为 xlsx 后再检查",
        });
    }
    let text = package
        .text(&main)?
        .ok_or_else(|| damaged("压缩包里没有工作簿（xl/workbook.xml）"))?;
    let (sheets, late) = listed(&text, limits)?;
    let relations = package.relations(&main)?;
    let target = |kind: &str| {
        let mut relations = relations.iter();
        relations.find(|relation| relation.kind == kind)
    };
    let mut left = Budget::new(limits);
    let strings = match target("sharedStrings") {
        Some(part) => strings(&package.text(&part.target)?.unwrap_or_default(), limits)?,
        None => Vec::new(),
    };
    let formats = match target("styles") {
        Some(part) => formats(&package.text(&part.target)?.unwrap_or_default(), limits)?,
        None => Vec::new(),
    };
    let book = Book {
        strings,
        formats,
        late,
    };
    let mut content = Content::default();
    for listed in sheets {
        let mut parts = relations.iter();
        let Some(part) = parts.find(|relation| relation.id == listed.relation) else {
            return Err(damaged(&format!("找不到工作表“{}”", listed.name)));
        };
        // A chart or a macro sheet holds no cells.
        if part.kind != "worksheet" {
            continue;
        }
        let text = package
            .text(&part.target)?
            .ok_or_else(|| damaged(&format!("找不到工作表“{}”", listed.name)))?;
        let cells = sheet::read(&text, &book, limits, &mut left)?;
        let order = u32::try_from(content.blocks.len() + 1).unwrap_or(u32::MAX);
        if let Some(mut table) = cells.table(order, &mut left)? {
            let mark = if listed.hidden { "〔隐藏〕" } else { "" };
            table.caption = Some(listed.name + mark);
            content.blocks.push(Block::Table(table));
        }
    }
    Ok(content)
}

/// How much of the limits is left for the sheets that follow.
struct Budget {
    /// Places of all tables, empty ones among them.
    places: usize,
    /// Characters; a text that many cells share counts in each.
    text: usize,
    limits: Limits,
}

impl Budget {
    fn new(limits: &Limits) -> Budget {
        Budget {
            places: limits.cells,
            text: limits.text,
            limits: limits.clone(),
        }
    }

    fn take_places(&mut self, places: usize) -> Result<(), ReadError> {
        self.places = self
            .places
            .checked_sub(places)
            .ok_or_else(|| ReadError::TooLarge {
                what: "表格的单元格数",
                limit: format!("{} 格", self.limits.cells),
            })?;
        Ok(())
    }

    fn take_text(&mut self, text: &str) -> Result<(), ReadError> {
        self.text =
            self.text
                .checked_sub(text.chars().count())
                .ok_or_else(|| ReadError::TooLarge {
                    what: "表格的文字",
                    limit: format!("{} 字", self.limits.text),
                })?;
        Ok(())
    }
}

/// The sheets in their order, and whether days count from 1904.
fn listed(text: &str, limits: &Limits) -> Result<(Vec<Listed>, bool), ReadError> {
    let mut xml = Xml::new(text, limits.depth);
    let (mut sheets, mut late) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Node::Open(element) => match element.local_name().as_ref() {
                "sheet" => {
                    if sheets.len() == limits.columns {
                        return Err(ReadError::TooLarge {
                            what: "工作表的个数",
                            limit: format!("{} 个", limits.columns),
                        });
                    }
                    sheets.push(Listed {
                        name: attribute(&element, "name").unwrap_or_default(),
                        relation: attribute(&element, "id").unwrap_or_default(),
                        hidden: attribute(&element, "state").is_some_and(|it| it != "visible"),
                    });
                }
                "workbookPr" => {
                    let value = attribute(&element, "date1904");
                    late = value.is_some_and(|it| it == "1" || it == "true");
                }
                _ => {}
            },
            Node::Close | Node::Text(_) => {}
            Node::End => return Ok((sheets, late)),
        }
    }
}

/// The texts that cells share.
fn strings(text: &str, limits: &Limits) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(text, limits.depth);
    let mut strings = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(element) if element.local_name().as_ref() == "si" => {
                if strings.len() == limits.cells {
                    return Err(ReadError::TooLarge {
                        what: "共享文字的条数",
                        limit: format!("{} 条", limits.cells),
                    });
                }
                strings.push(sheet::rich(&mut xml)?);
            }
            Node::Open(_) | Node::Close | Node::Text(_) => {}
            Node::End => return Ok(strings),
        }
    }
}

/// The formats of cells by their number.
fn formats(text: &str, limits: &Limits) -> Result<Vec<Format>, ReadError> {
    let mut xml = Xml::new(text, limits.depth);
    let mut codes = std::collections::HashMap::new();
    let mut formats = Vec::new();
    // Formats of named styles (`cellStyleXfs`) hold `xf` too.
    let mut inside = false;
    loop {
        match xml.next()? {
            Node::Open(element) => match element.local_name().as_ref() {
                "numFmt" if codes.len() < FORMATS => {
                    if let (Some(id), Some(code)) = (
                        attribute_number(&element, "numFmtId"),
                        attribute(&element, "formatCode"),
                    ) {
                        codes.insert(id, Format::of_code(&code));
                    }
                }
                "cellStyleXfs" | "dxfs" => inside = false,
                "cellXfs" => inside = true,
                "xf" if formats.len() == FORMATS => return Ok(formats),
                "xf" if inside => {
                    let id = attribute_number(&element, "numFmtId").unwrap_or(0);
                    let format = codes.get(&id).copied();
                    formats.push(format.unwrap_or_else(|| Format::builtin(id)));
                }
                "cellStyles" => inside = false,
                _ => {}
            },
            Node::Close | Node::Text(_) => {}
            Node::End => return Ok(formats),
        }
    }
}

#[cfg(test)]
mod tests;
