//! The chapters and sections of a report from its text.

use crate::model::Section;
use crate::prose::{Paragraph, Prose};
use crate::read::title;

/// The sections in the order of reading; what stands before the first heading, the title left out,
/// is a section without one.
pub(super) fn of(prose: &Prose) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for paragraph in &prose.paragraphs {
        let level = paragraph.heading.or_else(|| run_on_chapter(paragraph));
        match (level, sections.last_mut()) {
            (Some(level), _) => sections.push(headed(paragraph, level)),
            (None, Some(section)) => section.paragraphs.push(verbatim(paragraph)),
            (None, None) if title::read_title(&paragraph.text).is_some() => {}
            (None, None) => sections.push(Section {
                paragraphs: vec![verbatim(paragraph)],
                ..Section::default()
            }),
        }
    }
    sections
}

/// A section that begins with a heading; what follows the heading in its own paragraph is text. A
/// heading with an ordinal is a chapter, also below the title of a page.
fn headed(paragraph: &Paragraph, level: u8) -> Section {
    let text = verbatim(paragraph);
    let (number, heading, level) = match ordinal(&text) {
        Some((number, rest)) if level <= 2 => (number.to_owned(), rest.to_owned(), 1),
        _ => {
            let heading = text.trim_start_matches('#').trim().to_owned();
            (String::new(), heading, level)
        }
    };
    Section {
        number,
        heading,
        level,
        paragraphs: Vec::new(),
    }
}

/// A chapter's heading that H1-like sources do not mark and that stands alone: `四、`.
fn run_on_chapter(paragraph: &Paragraph) -> Option<u8> {
    let (_, rest) = ordinal(&paragraph.text)?;
    (rest.chars().count() <= 30 && !rest.contains('。')).then_some(1)
}

/// The Chinese ordinal of a heading and what follows it: `四、收费情况`.
pub(crate) fn ordinal(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['#', ' ', '　', '*']);
    let length: usize = text
        .chars()
        .take_while(|c| "一二三四五六七八九十".contains(*c))
        .map(char::len_utf8)
        .sum();
    let rest = text.get(length..)?;
    let rest = rest
        .strip_prefix('、')
        .or_else(|| rest.strip_prefix('.'))
        .or_else(|| rest.strip_prefix('．'))
        .or_else(|| rest.strip_prefix('。'))?;
    (length > 0 && length <= 9).then(|| (text.get(..length).unwrap_or_default(), rest.trim()))
}

/// The source with the ends of lines closed: Chinese text has no space there.
fn verbatim(paragraph: &Paragraph) -> String {
    paragraph
        .source()
        .lines()
        .map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '*'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::Content;

    #[test]
    fn chapters_and_sections() {
        let mut content = Content::default();
        for line in [
            "云岭县2018年政府信息公开工作年度报告",
            "本报告根据条例编制。",
            "一、总体情况",
            "（一）主动公开",
            "全年公开10条。",
            "二、收费情况",
            "未收费。",
        ] {
            content.paragraph(line);
        }
        let sections = of(&Prose::of_content(&content));
        let seen: Vec<_> = sections
            .iter()
            .map(|section| {
                let heading = section.heading.as_str();
                (
                    section.number.as_str(),
                    heading,
                    section.level,
                    section.paragraphs.len(),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("", "", 0, 1),
                ("一", "总体情况", 1, 0),
                ("", "（一）主动公开", 2, 1),
                ("二", "收费情况", 1, 1),
            ]
        );
    }

    #[test]
    fn ordinals() {
        assert_eq!(ordinal("## 十一、其他 事项"), Some(("十一", "其他 事项")));
        assert_eq!(ordinal("一是加强领导"), None);
        assert_eq!(ordinal("、"), None);
    }
}
