//! Files that could not be read, wholly or in part, and what stands beside them.

use statute::editions::Level;

use super::Rule;
use crate::finding::{Finding, Place};

/// A file that gave no text.
pub const FILE_UNREADABLE: Rule = Rule {
    name: "file-unreadable",
    code: "F101",
    level: Level::Warning,
    summary: "文件读不出文字，没有检查",
    english: "the file gave no text and was not checked",
    article: None,
    page: include_str!("pages/file-unreadable.md"),
};

/// Pages without text in a file that otherwise has some.
pub const PAGES_UNREAD: Rule = Rule {
    name: "pages-unread",
    code: "F102",
    level: Level::Warning,
    summary: "文件有几页没有文字，这几页没有检查",
    english: "pages without text were not checked",
    article: None,
    page: include_str!("pages/pages-unread.md"),
};

/// A waiver that no finding answers to.
pub const WAIVER_UNUSED: Rule = Rule {
    name: "waiver-unused",
    code: "F901",
    level: Level::Warning,
    summary: "豁免没有对应的问题",
    english: "a waiver answers to no finding",
    article: None,
    page: include_str!("pages/waiver-unused.md"),
};

pub(super) const RULES: &[&Rule] = &[&FILE_UNREADABLE, &PAGES_UNREAD, &WAIVER_UNUSED];

/// The finding for a file that could not be read; `why` says what was found, what was expected and
/// what to do, without a full stop.
pub fn file_unreadable(why: &str) -> Finding {
    FILE_UNREADABLE.finding(Place::default(), format!("读不出这个文件：{why}。"))
}

/// The finding for pages that hold no text, if there are any.
pub(crate) fn pages_unread(pages: &[u32]) -> Option<Finding> {
    let first = *pages.first()?;
    let shown: Vec<String> = pages.iter().take(12).map(u32::to_string).collect();
    let more = if pages.len() > shown.len() { "等" } else { "" };
    let place = Place {
        page: Some(first),
        ..Place::default()
    };
    let message = format!(
        "第 {} 页{more}共 {} 页没有文字，可能是扫描件或图片，没有检查；请提供文字可以选中的文件，或人工核对这几页。",
        shown.join("、"),
        pages.len()
    );
    Some(PAGES_UNREAD.finding(place, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_without_text_are_one_finding() {
        assert_eq!(pages_unread(&[]), None);
        let found = pages_unread(&[3, 7]).unwrap();
        assert_eq!(found.place.page, Some(3));
        assert!(found.message.starts_with("第 3、7 页共 2 页没有文字"));
        let many: Vec<u32> = (1..=40).collect();
        let found = pages_unread(&many).unwrap();
        assert!(found.message.contains("11、12 页等共 40 页"));
    }
}
