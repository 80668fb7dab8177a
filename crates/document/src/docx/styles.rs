//! What a style says about a paragraph: heading, numbering, part of the table of contents.

use std::collections::HashMap;

use crate::ReadError;
use crate::ooxml::xml::{Node, Xml, attribute, number};

/// Longest way of inheritance that is followed; real ones have fewer than ten steps.
const INHERITANCE: usize = 20;

/// Numbering of a paragraph: the list, and the level in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbered {
    /// The list; 0 takes the numbering away.
    pub(super) list: u32,
    /// Level from 0.
    pub(super) level: u32,
}

/// Longest name or id of a style, in bytes; Word allows 253 characters.
const NAME: usize = 1_000;

/// What a paragraph takes from its style.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Meaning {
    /// Level of the heading from 1, if the style makes one.
    pub(super) heading: Option<u8>,
    /// The numbering that the style brings.
    pub(super) numbered: Option<Numbered>,
    /// Whether paragraphs of the style are lines of a table of contents, which repeat headings.
    pub(super) contents: bool,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    outline: Option<u32>,
    list: Option<u32>,
    level: Option<u32>,
}

/// What the styles of a file mean, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Meaning>);

impl Styles {
    pub(super) fn read(text: &str, depth: usize) -> Result<Styles, ReadError> {
        let mut styles: HashMap<String, Style> = HashMap::new();
        let mut xml = Xml::new(text, depth);
        loop {
            match xml.next()? {
                Node::Open(element) => match element.local_name().into_inner() {
                    "styles" => {}
                    "style" => {
                        many(styles.len())?;
                        let id = short(attribute(&element, "styleId")).unwrap_or_default();
                        styles.insert(id, style(&mut xml)?);
                    }
                    _ => xml.skip()?,
                },
                Node::Close | Node::Text(_) => {}
                Node::End => break,
            }
        }
        let meanings = styles
            .iter()
            .map(|(id, style)| (id.clone(), meaning(style, &styles)));
        Ok(Styles(meanings.collect()))
    }

    /// What a style means to its paragraphs; nothing if it is not there.
    pub(super) fn meaning(&self, id: &str) -> Meaning {
        self.0.get(id).copied().unwrap_or_default()
    }

    /// Whether any style brings numbering.
    pub(super) fn any_numbered(&self) -> bool {
        self.0.values().any(|meaning| meaning.numbered.is_some())
    }
}

/// What a style and those that it inherits from say together, the nearest first.
fn meaning(style: &Style, styles: &HashMap<String, Style>) -> Meaning {
    let chain = || {
        let parent = |style: &&Style| styles.get(style.parent.as_deref()?);
        std::iter::successors(Some(style), parent).take(INHERITANCE)
    };
    let heading = match chain().find_map(|style| style.outline) {
        Some(outline) => level(outline),
        None => chain().find_map(|style| named(&style.name)),
    };
    let numbered = chain().find_map(|style| style.list).map(|list| Numbered {
        list,
        level: chain().find_map(|style| style.level).unwrap_or(0),
    });
    let name = style.name.to_lowercase();
    let rest = name.strip_prefix("toc").or(name.strip_prefix("目录"));
    Meaning {
        heading,
        numbered,
        contents: rest.is_some_and(|rest| rest.trim().parse::<u8>().is_ok()),
    }
}

/// A name that is not longer than any word processor makes them, for it is looked at often.
pub(super) fn short(name: Option<String>) -> Option<String> {
    name.filter(|name| name.len() <= NAME)
}

/// Checks that styles or lists are not more than any word processor makes.
pub(super) fn many(count: usize) -> Result<(), ReadError> {
    const MOST: usize = 50_000;
    if count >= MOST {
        return Err(ReadError::TooLarge {
            what: "样式或编号的数目",
            limit: format!("{MOST} 个"),
        });
    }
    Ok(())
}

/// Level of the heading from 1 by the level of the outline from 0; 9 is text.
pub(super) fn level(outline: u32) -> Option<u8> {
    u8::try_from(outline.saturating_add(1))
        .ok()
        .filter(|level| *level <= 9)
}

/// Level of the heading by the usual names of styles.
fn named(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let rest = name.strip_prefix("heading").or(name.strip_prefix("标题"))?;
    rest.trim()
        .parse()
        .ok()
        .filter(|level| (1..=9).contains(level))
}

/// Reads a style up to its end.
fn style(xml: &mut Xml<'_>) -> Result<Style, ReadError> {
    let mut style = Style::default();
    loop {
        match xml.next()? {
            Node::Open(element) => match element.local_name().into_inner() {
                "name" => {
                    style.name = short(attribute(&element, "val")).unwrap_or_default();
                    xml.skip()?;
                }
                "basedOn" => {
                    style.parent = short(attribute(&element, "val"));
                    xml.skip()?;
                }
                "pPr" => properties(xml, &mut style)?,
                _ => xml.skip()?,
            },
            Node::Text(_) => {}
            Node::Close | Node::End => return Ok(style),
        }
    }
}

fn properties(xml: &mut Xml<'_>, style: &mut Style) -> Result<(), ReadError> {
    xml.inside(|element| match element.local_name().into_inner() {
        "outlineLvl" => style.outline = number(element, "val"),
        "numId" => style.list = number(element, "val"),
        "ilvl" => style.level = number(element, "val"),
        _ => {}
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_styles_say() {
        let text = r#"<w:styles>
            <w:docDefaults><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>
            <w:style w:styleId="1"><w:name w:val="Normal"/></w:style>
            <w:style w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>
            <w:style w:styleId="a"><w:name w:val="章"/><w:basedOn w:val="1"/>
                <w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="b"><w:name w:val="节"/><w:basedOn w:val="a"/>
                <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            <w:style w:styleId="c"><w:name w:val="环"/><w:basedOn w:val="d"/></w:style>
            <w:style w:styleId="d"><w:name w:val="环"/><w:basedOn w:val="c"/></w:style>
            <w:style w:styleId="e"><w:name w:val="标题 3"/></w:style>
            <w:style w:styleId="t"><w:name w:val="toc 1"/></w:style>
            <w:style w:styleId="u"><w:name w:val="TOC Heading"/></w:style>
        </w:styles>"#;
        let styles = Styles::read(text, 50).unwrap();
        let headings = ["1", "2", "a", "b", "c", "e", "none"].map(|id| styles.meaning(id).heading);
        assert_eq!(
            headings,
            [None, Some(2), Some(1), None, None, Some(3), None]
        );
        assert_eq!(
            styles.meaning("b").numbered,
            Some(Numbered { list: 4, level: 1 })
        );
        assert_eq!(styles.meaning("2").numbered, None);
        assert!(styles.any_numbered());
        assert!(styles.meaning("t").contents && !styles.meaning("u").contents);
    }
}
