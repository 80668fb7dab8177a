//! A reader of XML that cannot be led astray: bounded depth, no entities, no namespaces.
//!
//! Elements are told by their local names, because writers choose prefixes at will and the strict
//! form of the format differs in nothing else.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::ReadError;

/// What comes next.
pub(crate) enum Node<'a> {
    /// An element begins; an empty one is closed by the next node.
    Open(BytesStart<'a>),
    /// The innermost open element ends.
    Close,
    /// Text, its references resolved.
    Text(Cow<'a, str>),
    /// The end of the part.
    End,
}

/// The reader.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    start: usize,
    depth: usize,
    limit: usize,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str, limit: usize) -> Xml<'a> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Xml {
            reader,
            start: 0,
            depth: 0,
            limit,
        }
    }

    /// The next node.
    pub(crate) fn next(&mut self) -> Result<Node<'a>, ReadError> {
        loop {
            self.start = self.offset();
            let event = self.reader.read_event();
            let event =
                event.map_err(|_| ReadError::damaged("docx", "内部的 XML 不完整或标记不配对"))?;
            return Ok(match event {
                Event::Start(element) | Event::Empty(element) => {
                    self.depth += 1;
                    if self.depth > self.limit {
                        return Err(ReadError::TooLarge {
                            what: "XML 的嵌套层数",
                            limit: format!("{} 层", self.limit),
                        });
                    }
                    Node::Open(element)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                // Space around the root is nobody's text.
                Event::Text(_) if self.depth == 0 => continue,
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(name) => Node::Text(match name.resolve_char_ref() {
                    Ok(Some(character)) => Cow::Owned(character.to_string()),
                    _ => {
                        let name = name.into_inner();
                        match quick_xml::escape::resolve_predefined_entity(&name) {
                            Some(text) => Cow::Borrowed(text),
                            // Nothing is expanded: an unknown name stays as it stands.
                            None => Cow::Owned(format!("&{name};")),
                        }
                    }
                }),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
                Event::Eof if self.depth > 0 => {
                    return Err(ReadError::damaged(
                        "docx",
                        "内部的 XML 中途断掉，文件可能没有下载完整",
                    ));
                }
                Event::Eof => Node::End,
            });
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        let target = self.depth.saturating_sub(1);
        while self.depth > target {
            if let Node::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// Goes over all elements within the one that was opened last, however deep, up to its end.
    pub(crate) fn inside(
        &mut self,
        mut each: impl FnMut(&BytesStart<'a>),
    ) -> Result<(), ReadError> {
        let end = self.depth.saturating_sub(1);
        while self.depth > end {
            match self.next()? {
                Node::Open(element) => each(&element),
                Node::Close | Node::Text(_) => {}
                Node::End => break,
            }
        }
        Ok(())
    }

    /// Bytes read so far.
    pub(crate) fn offset(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Where the last node began.
    pub(crate) fn start(&self) -> usize {
        self.start
    }
}

/// The value of an attribute by its local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == name)
        .map(
            |attribute| match quick_xml::escape::unescape(&attribute.value) {
                Ok(value) => value.into_owned(),
                Err(_) => attribute.value.into_owned(),
            },
        )
}

/// The number in an attribute.
pub(crate) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether a switch is on: it is where its value is left out.
pub(crate) fn on(element: &BytesStart<'_>) -> bool {
    !attribute(element, "val")
        .is_some_and(|value| ["0", "false", "off", "none"].contains(&value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Result<String, ReadError> {
        let mut xml = Xml::new(source, 5);
        let mut out = String::new();
        loop {
            match xml.next()? {
                Node::Open(element) if element.local_name().into_inner() == "skip" => xml.skip()?,
                Node::Open(_) | Node::Close => {}
                Node::Text(text) => out.push_str(&text),
                Node::End => return Ok(out),
            }
        }
    }

    #[test]
    fn text_and_references() {
        assert_eq!(
            texts("<a>1&lt;2 &#x516C;&amp;&bomb; & <![CDATA[<x>]]><!--no--></a>").unwrap(),
            "1<2 公&&bomb; & <x>"
        );
        assert_eq!(
            texts("<a>1<skip>2<skip/><b>3</b></skip>4<skip/>5</a>").unwrap(),
            "145"
        );
        assert_eq!(
            texts("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>").unwrap(),
            "&b;"
        );
    }

    #[test]
    fn broken_or_deep() {
        for broken in ["<a>", "<a></b>", "<a", "<a b=\"></a>"] {
            assert!(
                matches!(texts(broken), Err(ReadError::Damaged { .. })),
                "{broken}"
            );
        }
        let deep = "<a>".repeat(6);
        assert!(matches!(texts(&deep), Err(ReadError::TooLarge { .. })));
    }

    #[test]
    fn attributes() {
        let mut xml = Xml::new("<w:a w:val=\"3\" x:b='&lt;' on=\"0\"/>", 5);
        let Ok(Node::Open(element)) = xml.next() else {
            panic!("an element was expected");
        };
        assert_eq!(number(&element, "val"), Some(3));
        assert_eq!(attribute(&element, "b").as_deref(), Some("<"));
        assert_eq!(attribute(&element, "c"), None);
        assert!(on(&element));
    }
}
