//! The parts that make a comment known: their names, and what is added to them.

use super::super::{damaged, write};
use crate::ooxml::xml::{Node, Xml, attribute};
use crate::{Limits, ReadError};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

pub(super) const NO_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>"#,
);

pub(super) const NO_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/></Types>"#,
);

/// How elements of Word are named in a part.
pub(super) struct Names {
    /// With its colon.
    pub(super) prefix: String,
    /// What each added element must declare, if the part has no prefix for its attributes.
    pub(super) declared: String,
    /// Address of the vocabulary.
    space: String,
}

impl Names {
    /// As they are in a part, by its root.
    pub(super) fn of(text: &str, limits: &Limits) -> Result<Names, ReadError> {
        let prefix = root(text, limits)?;
        let Node::Open(element) = Xml::new(text, limits.depth).next()? else {
            return Err(damaged("内部的 XML 没有内容"));
        };
        let own = if prefix.is_empty() {
            "xmlns"
        } else {
            prefix.trim_end_matches(':')
        };
        let space = attribute(&element, own).unwrap_or_else(|| TRANSITIONAL.to_owned());
        if prefix.is_empty() {
            let mut declared = String::from(" xmlns:gk=\"");
            write::escape(&mut declared, &space);
            declared.push('"');
            return Ok(Names {
                prefix: "gk:".to_owned(),
                declared,
                space,
            });
        }
        Ok(Names {
            prefix,
            declared: String::new(),
            space,
        })
    }

    /// As they are in a part of our own.
    pub(super) fn own(strict: bool) -> Names {
        Names {
            prefix: "w:".to_owned(),
            declared: String::new(),
            space: if strict { STRICT } else { TRANSITIONAL }.to_owned(),
        }
    }

    /// Whether the file is of the strict form, which has addresses of its own.
    pub(super) fn strict(&self) -> bool {
        self.space == STRICT
    }
}

/// The prefix of the root element, with its colon.
pub(super) fn root(text: &str, limits: &Limits) -> Result<String, ReadError> {
    match Xml::new(text, limits.depth).next()? {
        Node::Open(root) => Ok(root
            .name()
            .prefix()
            .map(|prefix| format!("{}:", prefix.into_inner()))
            .unwrap_or_default()),
        _ => Err(damaged("内部的 XML 没有内容")),
    }
}

/// Adds elements at the end of the root element.
pub(super) fn append(text: &str, added: &str, limits: &Limits) -> Result<String, ReadError> {
    let mut xml = Xml::new(text, limits.depth);
    let Node::Open(element) = xml.next()? else {
        return Err(damaged("内部的 XML 没有内容"));
    };
    let (begin, end) = (xml.start(), xml.offset());
    let name = element.name().into_inner();
    let opened = text.get(begin..end).unwrap_or_default();
    if let Some(opened) = opened.strip_suffix("/>") {
        let before = text.get(..begin).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        return Ok(format!("{before}{opened}>{added}</{name}>{after}"));
    }
    xml.skip()?;
    let close = xml.start();
    let (before, after) = text.split_at_checked(close).unwrap_or((text, ""));
    Ok(format!("{before}{added}{after}"))
}

/// A part of our own with comments.
pub(super) fn comments_part(names: &Names, comments: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:comments xmlns:w=\"{}\">{comments}</w:comments>",
        names.space
    )
}

/// What points from the text at the part with comments; `ids` are taken.
pub(super) fn relation(prefix: &str, part: &str, ids: &[&str], strict: bool) -> String {
    let kinds = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
    let id = (1..).map(|number| format!("rIdComments{number}"));
    let id = { id }
        .find(|id| !ids.contains(&id.as_str()))
        .unwrap_or_default();
    let mut target = String::new();
    write::escape(&mut target, part);
    format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kinds}/comments\" Target=\"/{target}\"/>")
}

/// What says of which type the part with comments is.
pub(super) fn content_type(prefix: &str, part: &str) -> String {
    let mut name = String::new();
    write::escape(&mut name, part);
    format!(
        "<{prefix}Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/>"
    )
}

/// The text with a declaration that fits, since it is stored as UTF-8 whatever it was before.
pub(super) fn utf8(text: String) -> String {
    let declaration = text
        .split_once("?>")
        .filter(|(head, _)| head.starts_with("<?xml"));
    match declaration {
        Some((head, rest)) if !head.to_ascii_lowercase().contains("utf-8") => {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{rest}")
        }
        _ => text,
    }
}
