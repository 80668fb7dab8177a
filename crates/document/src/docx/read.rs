//! A Word file into content.

use content::{Block, Content};

use super::damaged;
use super::flow::{Anchor, Item, Layout};
use super::numbering::Numbering;
use super::styles::Styles;
use super::walk::Walk;
use crate::ooxml::package::Package;
use crate::ooxml::xml::{Node, Xml};
use crate::{Limits, ReadError};

/// Reads a `.docx` file.
///
/// Paragraphs and headings become blocks, a manual line break ends a block. Labels of automatic
/// numbering are written into the text. Text boxes and footnotes are read, headers, footers and
/// tables of contents are not. The `line` of a place counts the lines of text outside tables that
/// are not blank; the `page` is known only where the file says where its pages were turned.
///
/// # Errors
/// If the file is broken, encrypted or beyond a limit, or holds pictures and no text.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let source = main_text(&mut package, &main)?;
    let (blocks, _) = flow(&mut package, &main, &source, limits, false)?;
    if blocks.is_empty() {
        without_text(&source)?;
    }
    Ok(Content {
        blocks,
        ..Content::default()
    })
}

/// Says what a file without text holds instead, if it holds anything; an empty one is no fault.
fn without_text(source: &str) -> Result<(), ReadError> {
    let holds = |names: [&str; 2]| names.iter().any(|name| source.contains(name));
    if holds([":blip ", ":imagedata "]) {
        return Err(ReadError::Unsupported {
            kind: "只有图片的 docx",
            hint: "图片里的文字不作猜测，请提供可选中文字的 PDF 或 Word 原件",
        });
    }
    if holds([":altChunk ", "<altChunk "]) {
        return Err(ReadError::Unsupported {
            kind: "正文是内嵌片段的 docx",
            hint: "请用 Word 打开并另存一份后再检查",
        });
    }
    Ok(())
}

/// The text of the main part.
pub(super) fn main_text(package: &mut Package<'_>, main: &str) -> Result<String, ReadError> {
    package
        .text(main)?
        .ok_or_else(|| damaged("压缩包里没有正文（word/document.xml）"))
}

/// The blocks of a file, and where each paragraph begins in its main part if that is wanted.
pub(super) fn flow(
    package: &mut Package<'_>,
    main: &str,
    source: &str,
    limits: &Limits,
    anchors: bool,
) -> Result<(Vec<Block>, Vec<Anchor>), ReadError> {
    check_root(source, limits)?;
    let relations = package.relations(main)?;
    let mut part = |kind: &str| match relations.iter().find(|relation| relation.kind == kind) {
        Some(relation) => package.text(&relation.target),
        None => Ok(None),
    };
    let styles = match part("styles")? {
        Some(text) => Styles::read(&text, limits.depth)?,
        None => Styles::default(),
    };
    // Lists of numberings are long, and few files number anything.
    let numbered = source.contains("numPr") || styles.any_numbered();
    let mut numbering = match numbered.then(|| part("numbering")).transpose()?.flatten() {
        Some(text) => Numbering::read(&text, limits.depth)?,
        None => Numbering::default(),
    };
    let mut items: Vec<Item> = Vec::new();
    let mut walk = Walk::new(source, &styles, &mut numbering, limits);
    walk.items(&mut items)?;
    let used = (walk.text, walk.cells, walk.parts);
    if source.contains("footnoteReference")
        && let Some(notes) = part("footnotes")?
    {
        let mut walk = Walk::new(&notes, &styles, &mut numbering, limits);
        walk.main = false;
        walk.page = None;
        (walk.text, walk.cells, walk.parts) = used;
        walk.items(&mut items)?;
    }
    let mut layout = Layout {
        anchors: anchors.then(Vec::new),
        ..Layout::default()
    };
    layout.items(items);
    Ok((layout.blocks, layout.anchors.unwrap_or_default()))
}

/// Another part of a packed file may be mistaken for the text.
fn check_root(source: &str, limits: &Limits) -> Result<(), ReadError> {
    match Xml::new(source, limits.depth).next()? {
        Node::Open(root) if root.local_name().into_inner() == "document" => Ok(()),
        _ => Err(damaged("正文不是 Word 文档的内容")),
    }
}
