//! The parts of a packed file, unpacked by counted bytes.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Node, Xml, attribute};
use crate::compound::{is_compound, is_encrypted};
use crate::{Limits, ReadError};

/// The most pointers of a part that are followed; a report has a few dozen.
const RELATIONS: usize = 50_000;

/// An opened file. Every part that is read takes from one budget, so that a file which packs much
/// into little ends early, whatever sizes it declares.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names as they are stored, by how they are sought where case and slashes differ.
    names: OnceCell<HashMap<String, String>>,
    left: u64,
    limits: &'b Limits,
}

/// A pointer from a part to another.
pub(crate) struct Relation {
    /// Its name within the part.
    pub(crate) id: String,
    /// What it points at: the last word of the address that names its type.
    pub(crate) kind: String,
    /// Name of the part pointed at, without a leading slash.
    pub(crate) target: String,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8], limits: &'b Limits) -> Result<Package<'b>, ReadError> {
        if is_compound(bytes) {
            return Err(if is_encrypted(bytes) {
                ReadError::Encrypted { kind: "docx" }
            } else {
                damaged("里面是旧版 Word 97 格式，扩展名与内容不符")
            });
        }
        Ok(Package {
            archive: ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?,
            names: OnceCell::new(),
            left: limits.unpacked,
            limits,
        })
    }

    /// The packed file itself, to copy parts from.
    pub(crate) fn into_archive(self) -> ZipArchive<Cursor<&'b [u8]>> {
        self.archive
    }

    /// The name under which a part is stored. Writers differ in case and slashes.
    pub(crate) fn stored_name(&self, part: &str) -> Option<String> {
        let part = part.trim_start_matches('/');
        if self.archive.index_for_name(part).is_some() {
            return Some(part.to_owned());
        }
        let all = || {
            let names = self.archive.file_names().flatten();
            let sought =
                |name: Cow<'_, str>| (name.replace('\\', "/").to_lowercase(), name.into_owned());
            names.map(sought).collect()
        };
        let names = self.names.get_or_init(all);
        names.get(&part.to_lowercase()).cloned()
    }

    /// The bytes of a part, if there is one of that name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(name) = self.stored_name(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let left = self.left;
        let file = self.archive.by_name(&name).map_err(|error| fault(&error))?;
        file.take(left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| damaged_at("压缩包里的数据不完整", &name))?;
        let read = bytes.len() as u64;
        if read > left {
            return Err(ReadError::TooLarge {
                what: "文件解压后的大小",
                limit: format!("{} MB", self.limits.unpacked >> 20),
            });
        }
        self.left = left - read;
        Ok(Some(bytes))
    }

    /// The text of a part, if there is one of that name.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.part(name)?.map(decode))
    }

    /// What a part points at; nothing if it points nowhere. The empty name is the whole file.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let Some(text) = self.text(&relations_name(part))? else {
            return Ok(Vec::new());
        };
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut relations = Vec::new();
        let mut xml = Xml::new(&text, self.limits.depth);
        loop {
            match xml.next()? {
                Node::Open(element) if element.local_name().as_ref() == "Relationship" => {
                    let value = |name| attribute(&element, name).unwrap_or_default();
                    if value("TargetMode") != "External" && relations.len() < RELATIONS {
                        let kind = value("Type");
                        relations.push(Relation {
                            id: value("Id"),
                            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                            target: resolve(folder, &value("Target")),
                        });
                    }
                }
                Node::Open(_) | Node::Close | Node::Text(_) => {}
                Node::End => return Ok(relations),
            }
        }
    }

    /// Name of the part that holds the text: the one the file points at, else the one of that
    /// type, else the usual one.
    pub(crate) fn main_part(&mut self) -> Result<String, ReadError> {
        let named = self.relations("").ok().and_then(|relations| {
            let mut main = relations.into_iter();
            main.find(|relation| relation.kind == "officeDocument")
        });
        if let Some(relation) = named
            && self.stored_name(&relation.target).is_some()
        {
            return Ok(relation.target);
        }
        if let Some(typed) = self.typed_main_part()? {
            return Ok(typed);
        }
        if self.stored_name("word/document.xml").is_some() {
            return Ok("word/document.xml".to_owned());
        }
        Err(damaged("压缩包里没有正文（word/document.xml）"))
    }

    fn typed_main_part(&mut self) -> Result<Option<String>, ReadError> {
        let Some(types) = self.text("[Content_Types].xml")? else {
            return Ok(None);
        };
        let mut xml = Xml::new(&types, self.limits.depth);
        // Looking a name up takes time, and there is one text in a file.
        let mut tries = 0;
        while tries < 10 {
            // A list of types that is broken is no reason to give up: the usual name is left.
            match xml.next() {
                Ok(Node::Open(element)) => {
                    let kind = attribute(&element, "ContentType").unwrap_or_default();
                    let ours = kind.contains("wordprocessingml") || kind.contains("ms-word");
                    if ours && kind.ends_with("main+xml") {
                        tries += 1;
                        let part = attribute(&element, "PartName").unwrap_or_default();
                        if self.stored_name(&part).is_some() {
                            return Ok(Some(part.trim_start_matches('/').to_owned()));
                        }
                    }
                }
                Ok(Node::Close | Node::Text(_)) => {}
                Ok(Node::End) | Err(_) => break,
            }
        }
        Ok(None)
    }
}

/// Name of the part that lists what `part` points at.
pub(crate) fn relations_name(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The name of a target as seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            step => parts.push(step),
        }
    }
    parts.join("/")
}

/// The text of XML bytes, by mark, declaration or UTF-8; what cannot be read is replaced.
fn decode(bytes: Vec<u8>) -> String {
    let encoding = match Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding,
        None => declared(&bytes).unwrap_or(UTF_8),
    };
    if encoding == UTF_8 && !bytes.starts_with(b"\xEF\xBB\xBF") {
        return match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        };
    }
    encoding.decode_with_bom_removal(&bytes).0.into_owned()
}

/// The encoding that the declaration names; one of two bytes a character it cannot be, or the
/// declaration could not have been read.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let end = bytes.iter().take(200).position(|byte| *byte == b'>')?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let after = head.split_once("encoding")?.1;
    let label = after.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

/// What the reader of packed files says, in our words.
fn fault(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted { kind: "docx" }
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            damaged("压缩包用了不受支持的压缩方法，应为 deflate")
        }
        _ => damaged("压缩包打不开，文件可能没有下载完整"),
    }
}

fn damaged(why: &str) -> ReadError {
    ReadError::damaged("docx", why)
}

/// As [`damaged`], with the name of the part.
fn damaged_at(why: &str, part: &str) -> ReadError {
    damaged(&format!("{why}（{part}）"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        assert_eq!(
            relations_name("word/document.xml"),
            "word/_rels/document.xml.rels"
        );
        assert_eq!(relations_name(""), "_rels/.rels");
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("word", "../../custom/./a.xml"), "custom/a.xml");
    }

    #[test]
    fn encodings() {
        let text = "<?xml version=\"1.0\" encoding=\"GBK\"?><a>公开</a>";
        let gbk = encoding_rs::GBK.encode(text).0.into_owned();
        assert_eq!(decode(gbk), text);
        let mut wide = vec![0xFF, 0xFE];
        wide.extend("<a>公开</a>".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(wide), "<a>公开</a>");
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>".to_vec()), "<a/>");
        let wrong = "<?xml encoding='UTF-16'?><a>公开</a>";
        assert_eq!(decode(wrong.as_bytes().to_vec()), wrong);
        assert_eq!(decode(b"<a>\xFF</a>".to_vec()), "<a>\u{FFFD}</a>");
    }
}
