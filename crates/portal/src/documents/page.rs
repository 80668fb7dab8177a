//! The page of one document: its facts, text, files, interpretations and history.

use super::item;
use crate::error::{PortalError, Result};
use crate::extract::Visitor;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{DocumentItem, FileItem, HistoryItem, Link, size_words};
use askama::Template;
use axum::extract::Path;
use office::documents::{Document, Validity};
use statute::Date;
use store::attachments::Attachment;
use store::documents;

#[derive(Template)]
#[template(path = "documents/page.html")]
struct DocumentPage {
    shell: Shell,
    trail: Vec<Link>,
    issuer: String,
    issuer_href: String,
    document: Document,
    number: String,
    kind: &'static str,
    written_on: String,
    published_on: String,
    channels: String,
    validity_kind: &'static str,
    validity: &'static str,
    in_force_from: String,
    repealed_on: String,
    explains: Option<Link>,
    paragraphs: Vec<Paragraph>,
    files: Vec<FileItem>,
    interpretations: Vec<DocumentItem>,
    history: Vec<HistoryItem>,
    data: String,
}

/// A paragraph of the text; chapters are headings, and a first line that ends in a colon names whom
/// the document goes to (主送机关) and is not indented.
#[derive(Debug, PartialEq, Eq)]
struct Paragraph {
    text: String,
    heading: bool,
    addressee: bool,
}

/// Longest line that is taken for the heading of a chapter, in characters.
const HEADING_LIMIT: usize = 40;

fn paragraphs(body: &str) -> Vec<Paragraph> {
    let lines = body
        .lines()
        .map(|line| line.trim_matches([' ', '\t', '\u{3000}']));
    lines
        .filter(|line| !line.is_empty())
        .enumerate()
        .map(|(place, line)| Paragraph {
            text: line.to_owned(),
            heading: is_chapter(line),
            addressee: place == 0 && line.ends_with(['：', ':']),
        })
        .collect()
}

/// 第一章 总则, 第二节 …: what a document of rules is parted by.
fn is_chapter(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('第') else {
        return false;
    };
    let after = rest.trim_start_matches(|c| "一二三四五六七八九十百零〇".contains(c));
    after.len() < rest.len()
        && after.starts_with(['章', '节', '编'])
        && line.chars().count() <= HEADING_LIMIT
        && !line.ends_with(['。', ';', '；'])
}

fn file_kind(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "PDF",
        "application/ofd" => "OFD",
        "application/zip" => "压缩包",
        "image/png" | "image/jpeg" => "图片",
        kind if kind.contains("word") => "Word",
        kind if kind.contains("excel") || kind.contains("sheet") => "Excel",
        kind if kind.starts_with("text/csv") => "CSV",
        _ => "文本",
    }
}

fn file_item(attachment: &Attachment) -> FileItem {
    FileItem {
        href: urls::file(&attachment.id),
        name: attachment.name.clone(),
        kind: file_kind(&attachment.media_type),
        size: size_words(attachment.size),
    }
}

/// The dates of its life, in order; one alone is no history.
fn history(document: &Document, today: Date) -> Vec<HistoryItem> {
    let dates = [
        (Some(document.written_on), "成文"),
        (document.published_on, "公开发布"),
        (document.in_force_from, "施行"),
        (document.repealed_on, "废止"),
    ];
    let mut events: Vec<(Date, &str)> = dates
        .into_iter()
        .filter_map(|(day, what)| Some((day?, what)))
        .collect();
    events.sort_by_key(|(day, _)| *day);
    let items = events.into_iter().map(|(day, what)| HistoryItem {
        on: day.to_string(),
        what: what.to_owned(),
        future: day > today,
        ..HistoryItem::default()
    });
    items.collect()
}

/// When it was published, to the minute where the journal knows it.
async fn published_at(visitor: &Visitor, document: &Document) -> Result<String> {
    let Some(day) = document.published_on else {
        return Ok(String::new());
    };
    let entries = visitor.store().journal_of("document", &document.id).await?;
    let approved = entries
        .iter()
        .rev()
        .find(|entry| entry.action == "document.approve")
        .filter(|entry| store::clock::day_of(entry.at) == day);
    // Published by its date alone (a later day, or history): from the first minute of that day.
    let minutes = approved.map_or(0, |entry| (entry.at / 60_000 + 8 * 60).rem_euclid(24 * 60));
    Ok(format!("{day} {:02}:{:02}", minutes / 60, minutes % 60))
}

/// The first sentences of a text, for `Description`.
fn summary(body: &str) -> String {
    let text: String = body.split_whitespace().collect();
    if text.chars().count() <= 100 {
        return text;
    }
    let mut short: String = text.chars().take(99).collect();
    short.push('…');
    short
}

pub(super) async fn show(visitor: Visitor, Path(id): Path<String>) -> Result {
    let store = visitor.store();
    let today = visitor.shell.today;
    let document = documents::find_public(store, &id)
        .await?
        .ok_or(PortalError::NotFound)?;
    let issuer = visitor.shell.site.unit_name(&document.unit).to_owned();
    let files = store::attachments::of_document(store, &document.id).await?;
    let interpretations = documents::interpretations(store, &document.id).await?;
    let explains = match &document.explains {
        Some(id) => documents::find_public(store, id).await?,
        None => None,
    };
    let mut shell = shell::public(&visitor, "catalog", &document.title);
    shell.meta = vec![
        ("ColumnName", document.kind.label().to_owned()),
        (
            "ColumnType",
            item::column_type(Some(document.kind)).to_owned(),
        ),
        ("ArticleTitle", document.title.clone()),
        ("PubDate", published_at(&visitor, &document).await?),
        ("ContentSource", issuer.clone()),
        ("Description", summary(&document.body)),
    ];
    if !shell.site_domain.is_empty() {
        let url = format!(
            "https://{}{}",
            shell.site_domain,
            urls::document(&document.id)
        );
        shell.meta.push(("Url", url));
    }
    let (validity_kind, validity) = match document.validity(today) {
        Some(Validity::Repealed) => ("stop", Validity::Repealed.label()),
        Some(Validity::InForce) => ("ok", Validity::InForce.label()),
        Some(Validity::NotYetInForce) => ("draft", Validity::NotYetInForce.label()),
        None => ("", ""),
    };
    let words = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let channels: Vec<&str> = document.channels.iter().map(|c| c.label()).collect();
    shell::render(&DocumentPage {
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("查政府信息", urls::DOCUMENTS),
            Link::new(
                document.kind.label(),
                urls::documents("", document.kind.key()),
            ),
        ],
        issuer,
        issuer_href: urls::unit(&document.unit),
        number: document.number.clone().unwrap_or_default(),
        kind: document.kind.label(),
        written_on: document.written_on.to_string(),
        published_on: words(document.published_on),
        channels: channels.join("、"),
        validity_kind,
        validity,
        in_force_from: words(document.in_force_from),
        repealed_on: words(document.repealed_on),
        explains: explains.map(|found| Link::new(found.title, urls::document(&found.id))),
        paragraphs: paragraphs(&document.body),
        files: files.iter().map(file_item).collect(),
        interpretations: interpretations
            .iter()
            .map(|listed| item::item(listed, today))
            .collect(),
        history: history(&document, today),
        data: urls::api_document(&document.id),
        document,
        shell,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_headings_and_articles_are_not() {
        let body = "各乡镇：\n\n第一章　总则\n第一条　为了……制定本办法。\n　　第二节 片区\n第一章的规定适用。";
        let found = paragraphs(body);
        let headings: Vec<_> = found.iter().map(|p| p.heading).collect();
        assert_eq!(headings, [false, true, false, true, false]);
        assert_eq!(found[3].text, "第二节 片区");
        let addressed: Vec<_> = found.iter().map(|p| p.addressee).collect();
        assert_eq!(addressed, [true, false, false, false, false]);
    }
}
