//! Comments at places of a Word file.

mod edits;
mod parts;
mod places;
mod scan;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use content::Place;
use zip::ZipWriter;
use zip::result::ZipResult;

use self::edits::Edits;
use self::parts::{Names, append, root};
use self::places::Places;
use super::write::{escape, options, pieces};
use super::{damaged, read};
use crate::ooxml::package::{Package, relations_name};
use crate::ooxml::xml::{Node, Xml, number};
use crate::{Limits, ReadError};

/// Most comments that are put into a file; nobody reads more.
const MOST: usize = 1_000;

/// A comment to be put into a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation {
    /// What it is about, as [`read`](fn@super::read) gave it: a cell, or a line of the text.
    pub place: Place,
    /// The words that it is about, within the paragraph; spaces do not matter. May be empty.
    pub quote: String,
    /// Who says it.
    pub author: String,
    /// What is said, in lines.
    pub text: String,
}

/// A copy of a file with comments in it.
///
/// A comment stands at its quote if that is found in the cell or line of its place, or else
/// anywhere; without a quote it stands at the whole paragraph; without any place that is found, at
/// the first paragraph. Of more than a thousand the first are put in, and one more at the first
/// paragraph says how many are left out. Comments of others are kept. Parts of the file that hold no comments are
/// copied as they are, and equal input gives equal bytes.
///
/// # Errors
/// If the file cannot be read.
pub fn annotate(original: &[u8], notes: &[Annotation]) -> Result<Vec<u8>, ReadError> {
    let limits = Limits::default();
    let mut package = Package::open(original, &limits)?;
    let main = package.main_part()?;
    let source = read::main_text(&mut package, &main)?;
    let (_, anchors) = read::flow(&mut package, &main, &source, &limits, true)?;
    if notes.is_empty() {
        return Ok(original.to_vec());
    }

    let (notes, rest) = notes.split_at_checked(MOST).unwrap_or((notes, &[]));
    let left_out = rest.first().map(|first| Annotation {
        author: first.author.clone(),
        text: format!(
            "共有 {} 条批注，本文件只写入前 {MOST} 条，另有 {} 条没有写入；请先改正已批注的各处，再重新校验",
            notes.len() + rest.len(),
            rest.len()
        ),
        ..Annotation::default()
    });
    let notes: Vec<&Annotation> = left_out.iter().chain(notes).collect();

    let relations = package.relations(&main)?;
    let old = relations
        .iter()
        .find(|relation| relation.kind == "comments");
    let old = match old {
        Some(relation) => package
            .text(&relation.target)?
            .map(|text| (relation.target.clone(), text)),
        None => None,
    };
    let mut next = next_id(&source, "commentReference", &limits)?;
    if let Some((_, text)) = &old {
        next = next.max(next_id(text, "comment", &limits)?);
    }

    let names = Names::of(&source, &limits)?;
    let first = first_paragraph(&source, &limits)?;
    let mut places = Places::of(&anchors);
    let mut edits = Edits::default();
    for (id, note) in (next..).zip(&notes) {
        let (origin, quote) = places.find(note).unwrap_or((first, None));
        edits.comment(&source, origin, quote, &names, id, &limits)?;
    }

    // The parts that change, by the names under which they are stored.
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    let stored = |package: &Package<'_>, part: &str| {
        package.stored_name(part).unwrap_or_else(|| part.to_owned())
    };
    changed.insert(stored(&package, &main), parts::utf8(edits.apply(&source)));
    match old {
        Some((part, text)) => {
            let names = Names::of(&text, &limits)?;
            let added = comments(&notes, next, &names);
            changed.insert(
                stored(&package, &part),
                parts::utf8(append(&text, &added, &limits)?),
            );
        }
        None => {
            let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
            let part = free_name(&package, folder);
            let own = Names::own(names.strict());
            changed.insert(
                part.clone(),
                parts::comments_part(&own, &comments(&notes, next, &own)),
            );

            let name = relations_name(&main);
            let text = package.text(&name)?;
            let ids: Vec<&str> = relations
                .iter()
                .map(|relation| relation.id.as_str())
                .collect();
            let text = text.unwrap_or_else(|| parts::NO_RELATIONS.to_owned());
            let relation = parts::relation(&root(&text, &limits)?, &part, &ids, names.strict());
            changed.insert(
                stored(&package, &name),
                parts::utf8(append(&text, &relation, &limits)?),
            );

            let name = "[Content_Types].xml";
            let text = package.text(name)?;
            let text = text.unwrap_or_else(|| parts::NO_TYPES.to_owned());
            let kind = parts::content_type(&root(&text, &limits)?, &part);
            changed.insert(
                stored(&package, name),
                parts::utf8(append(&text, &kind, &limits)?),
            );
        }
    }
    copy(package, changed).map_err(|_| damaged("压缩包里的数据不完整，无法复制"))
}

/// Copies a file with some parts changed or added.
fn copy(package: Package<'_>, mut changed: BTreeMap<String, String>) -> ZipResult<Vec<u8>> {
    let mut from = package.into_archive();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let file = from.by_index_raw(index)?;
        match changed.remove(file.name()?.as_ref()) {
            Some(text) => {
                let name = file.name()?.into_owned();
                drop(file);
                to.start_file(name, options())?;
                to.write_all(text.as_bytes())?;
            }
            None => to.raw_copy_file(file)?,
        }
    }
    for (name, text) in changed {
        to.start_file(name, options())?;
        to.write_all(text.as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

/// The number after the highest one of the elements of a name.
fn next_id(text: &str, name: &str, limits: &Limits) -> Result<u32, ReadError> {
    let mut xml = Xml::new(text, limits.depth);
    let mut next = 0;
    loop {
        match xml.next()? {
            Node::Open(element) if element.local_name().into_inner() == name => {
                let id = number(&element, "id").unwrap_or(0);
                next = next.max(id.saturating_add(1));
            }
            Node::Open(_) | Node::Close | Node::Text(_) => {}
            Node::End => return Ok(next),
        }
    }
}

/// Where the first paragraph begins.
fn first_paragraph(source: &str, limits: &Limits) -> Result<usize, ReadError> {
    let mut xml = Xml::new(source, limits.depth);
    loop {
        match xml.next()? {
            Node::Open(element) if element.local_name().into_inner() == "p" => {
                return Ok(xml.start());
            }
            Node::Open(_) | Node::Close | Node::Text(_) => {}
            Node::End => return Err(damaged("文档没有任何段落，无处加批注")),
        }
    }
}

/// A name for the part with the comments that is not taken.
fn free_name(package: &Package<'_>, folder: &str) -> String {
    let name = |number: u32| {
        let number = if number == 0 {
            String::new()
        } else {
            number.to_string()
        };
        let name = format!("{folder}/comments{number}.xml");
        name.trim_start_matches('/').to_owned()
    };
    let free = |name: &String| package.stored_name(name).is_none();
    (0..).map(name).find(free).unwrap_or_default()
}

/// The comments themselves; each line is a paragraph.
fn comments(notes: &[&Annotation], first: u32, names: &Names) -> String {
    let Names {
        prefix: w,
        declared,
        ..
    } = names;
    let mut out = String::new();
    for (id, note) in (first..).zip(notes) {
        out.push_str(&format!(
            "<{w}comment{declared} {w}id=\"{id}\" {w}author=\""
        ));
        escape(&mut out, &note.author);
        out.push_str("\">");
        for line in note.text.split('\n') {
            out.push_str(&format!("<{w}p><{w}r>"));
            pieces(&mut out, line, w);
            out.push_str(&format!("</{w}r></{w}p>"));
        }
        out.push_str(&format!("</{w}comment>"));
    }
    out
}

/// Text without spaces of any kind.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
