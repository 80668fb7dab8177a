//! What a visitor takes home of a result. It travels in the page itself, as addresses that hold
//! their content: there is no second request, so nothing has to be kept for one.

use super::api;
use super::outcome::{Outcome, level_words};
use crate::error::Result;
use crate::views::size_words;
use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use content::Content;
use document::docx::{Annotation, annotate};
use report::{Anchors, Checkup, Reading};

/// Largest file that is put into the page, in bytes: browsers follow addresses of two million
/// characters, and four of these hold three bytes.
const MOST: usize = 1_400_000;

/// Most comments in a copy: nobody reads on after them, and Word opens such a file slowly.
const NOTES: usize = 500;

/// A file in the page.
pub(super) struct Download {
    pub label: &'static str,
    pub name: String,
    pub size: String,
    /// The whole file as an address; empty where it is too large.
    pub href: String,
}

/// The result as a page of its own, which needs nothing else.
#[derive(Template)]
#[template(path = "check/saved.html")]
struct Saved {
    style: String,
    outcome: Outcome,
}

/// Everything that can be taken home: the commented Word file first, where there is one. It writes
/// every file whole and belongs beside the threads that serve pages.
pub(super) fn all(
    reading: &Reading,
    checkup: &Checkup,
    commented: Option<&[u8]>,
) -> Result<Vec<Download>> {
    let stem = stem(&reading.report.source);
    let saved = Saved {
        style: format!("<style>{}</style>", crate::assets::style()),
        outcome: Outcome::of(reading, checkup, &|_| None).unlinked(),
    };
    let mut files = Vec::new();
    if let Some(copy) = commented {
        files.push(file(
            "批注在原文里的 Word",
            format!("{stem}.批注.docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            copy,
        ));
    }
    files.push(file(
        "校验结果网页",
        format!("{stem}.校验结果.html"),
        "text/html;charset=utf-8",
        saved.render()?.as_bytes(),
    ));
    files.push(file(
        "数据（JSON）",
        format!("{stem}.校验结果.json"),
        "application/json",
        api::answer(reading, checkup).to_string().as_bytes(),
    ));
    Ok(files)
}

fn file(label: &'static str, name: String, kind: &str, bytes: &[u8]) -> Download {
    let href = if bytes.len() > MOST {
        String::new()
    } else {
        format!("data:{kind};base64,{}", STANDARD.encode(bytes))
    };
    Download {
        label,
        name,
        size: size_words(i64::try_from(bytes.len()).unwrap_or(i64::MAX)),
        href,
    }
}

/// The name without its ending.
fn stem(source: &str) -> &str {
    match source.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        _ => source,
    }
}

/// A copy of a Word file with a comment at every finding; none where there is none to write, or the
/// file cannot be written to.
pub(super) fn commented(
    bytes: &[u8],
    content: &Content,
    reading: &Reading,
    checkup: &Checkup,
) -> Option<Vec<u8>> {
    let notes = notes(content, reading, checkup);
    if notes.is_empty() {
        return None;
    }
    annotate(bytes, &notes).ok()
}

/// A comment for every finding, as far as they are read; the last one says how many are left.
fn notes(content: &Content, reading: &Reading, checkup: &Checkup) -> Vec<Annotation> {
    let edition = Some(reading.report.edition);
    let anchors = Anchors::of(content);
    let mut notes: Vec<Annotation> = checkup
        .findings
        .iter()
        .take(NOTES)
        .map(|finding| {
            let (place, quote) = anchors.anchor(finding, edition);
            let (_, level) = level_words(finding.level);
            Annotation {
                place,
                quote,
                author: "政府信息公开年报校验".to_owned(),
                text: format!("{level}（{}）：{}", finding.code, finding.message),
            }
        })
        .collect();
    let rest = checkup.findings.len().saturating_sub(NOTES);
    if let Some(last) = notes.last_mut().filter(|_| rest > 0) {
        last.text
            .push_str(&format!("另有 {rest} 处没有写成批注，请看校验结果网页。"));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_ending_only() {
        for (name, kept) in [
            ("年报.docx", "年报"),
            ("2021.12.31年报.pdf", "2021.12.31年报"),
            (".docx", ".docx"),
            ("粘贴的文字", "粘贴的文字"),
            ("一.很长的不是后缀", "一.很长的不是后缀"),
        ] {
            assert_eq!(stem(name), kept);
        }
    }

    #[test]
    fn comments_have_a_bound_and_the_last_tells_of_the_rest() {
        let content = Content::default();
        let reading = report::read(&content, "a.docx");
        let mut checkup = report::check(&reading);
        let found = report::Finding {
            rule: "sum-mismatch".into(),
            code: "N101".into(),
            level: statute::editions::Level::Error,
            message: "合计不对。".into(),
            place: report::Place::default(),
            expected: None,
            stated: None,
            arithmetic: None,
            related: Vec::new(),
        };
        checkup.findings = vec![found; NOTES];
        let whole = notes(&content, &reading, &checkup);
        assert!(whole.len() == NOTES && whole.iter().all(|note| !note.text.contains("另有")));
        checkup.findings.extend_from_within(..7);
        let bound = notes(&content, &reading, &checkup);
        assert_eq!(bound.len(), NOTES);
        assert!(bound.last().unwrap().text.contains("另有 7 处"));
    }

    #[test]
    fn what_a_browser_would_not_follow_is_not_offered() {
        let most = vec![b'a'; MOST];
        let held = file("甲", "a".into(), "text/plain", &most);
        assert!(held.href.len() < 2_000_000 && !held.href.is_empty());
        let more = file("甲", "a".into(), "text/plain", &[most, vec![b'a']].concat());
        assert_eq!((more.href.as_str(), more.size.as_str()), ("", "1.3 MB"));
    }
}
