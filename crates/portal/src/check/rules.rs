//! What the checker looks for: every rule, and the page of each.

use super::outcome::level_words;
use crate::error::{PortalError, Result};
use crate::extract::Visitor;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Link;
use askama::Template;
use axum::extract::Path;
use report::Rule;

#[derive(Template)]
#[template(path = "check/rules.html")]
struct ListPage {
    shell: Shell,
    trail: Vec<Link>,
    groups: Vec<Group>,
}

/// The rules about one part of a report.
struct Group {
    id: String,
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: &'static str,
    code: &'static str,
    mark: &'static str,
    level: &'static str,
    summary: &'static str,
    article: &'static str,
}

#[derive(Template)]
#[template(path = "check/rule.html")]
struct RulePage {
    shell: Shell,
    trail: Vec<Link>,
    row: Row,
    blocks: Vec<Block>,
}

/// A piece of a rule's page.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    Heading(String),
    Paragraph(Vec<Span>),
    List(Vec<Vec<Span>>),
    Quote(Vec<Span>),
    /// The text of a case.
    Case(String),
}

/// Words of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    text: String,
    code: bool,
}

fn row(rule: &Rule) -> Row {
    let (mark, level) = level_words(rule.level);
    Row {
        href: urls::check_rule(rule.name),
        name: rule.name,
        code: rule.code,
        mark,
        level,
        summary: rule.summary,
        article: rule.article.unwrap_or_default(),
    }
}

/// What the first letter of a code says.
fn part(letter: char) -> &'static str {
    match letter {
        'S' => "结构",
        'T' => "统计表",
        'N' => "文中的数",
        'X' => "文字与表",
        'Y' => "与上年报告",
        'R' => "与下级报告",
        'P' => "期间、机关和公布",
        'F' => "文件",
        _ => "其他",
    }
}

/// Every rule.
pub(super) async fn list(visitor: Visitor) -> Result {
    let mut groups: Vec<Group> = Vec::new();
    for rule in report::rules() {
        let letter = rule.code.chars().next().unwrap_or_default();
        let title = part(letter);
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.rows.push(row(rule)),
            None => groups.push(Group {
                id: format!("part-{letter}"),
                title,
                rows: vec![row(rule)],
            }),
        }
    }
    shell::render(&ListPage {
        shell: shell::public(&visitor, "", "校验规则"),
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("校验年度报告", urls::CHECK),
        ],
        groups,
    })
}

/// One rule, by its name or code.
pub(super) async fn one(visitor: Visitor, Path(name): Path<String>) -> Result {
    let rule = Rule::find(&name).ok_or(PortalError::NotFound)?;
    shell::render(&RulePage {
        shell: shell::public(&visitor, "", rule.summary),
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("校验年度报告", urls::CHECK),
            Link::new("规则", urls::CHECK_RULES),
        ],
        row: row(rule),
        blocks: blocks(&rule.explained()),
    })
}

/// The Markdown of a rule's page: headings, paragraphs, lists, quotes, fenced cases.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = page.lines();
    // Whether the line before belongs to the same block.
    let mut joined = false;
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        if line.starts_with("```") {
            let inside: Vec<&str> = lines
                .by_ref()
                .take_while(|line| line.trim_end() != "```")
                .collect();
            blocks.push(Block::Case(inside.join("\n")));
            joined = false;
            continue;
        }
        if line.is_empty() {
            joined = false;
            continue;
        }
        let before = blocks.last_mut().filter(|_| joined);
        joined = true;
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading.to_owned()));
            joined = false;
        } else if let Some(item) = line.strip_prefix("- ") {
            match before {
                Some(Block::List(items)) => items.push(spans(item)),
                _ => blocks.push(Block::List(vec![spans(item)])),
            }
        } else if let Some(quote) = line.strip_prefix("> ") {
            match before {
                Some(Block::Quote(words)) => words.extend(spans(quote)),
                _ => blocks.push(Block::Quote(spans(quote))),
            }
        } else {
            match before {
                Some(Block::Paragraph(words) | Block::Quote(words)) => words.extend(spans(line)),
                _ => blocks.push(Block::Paragraph(spans(line))),
            }
        }
    }
    blocks
}

fn spans(line: &str) -> Vec<Span> {
    let parts = line.split('`').enumerate();
    parts
        .filter(|(_, text)| !text.is_empty())
        .map(|(at, text)| Span {
            text: text.to_owned(),
            code: at % 2 == 1,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_into_its_blocks() {
        let span = |text: &str, code| Span {
            text: text.to_owned(),
            code,
        };
        let page = "## 例\n\n甲`T1`乙\n丙\n\n- 一\n- 二\n> 引\n\n```text\n5件\n\n6件\n```\n```text\n7\n```";
        assert_eq!(
            blocks(page),
            [
                Block::Heading("例".into()),
                Block::Paragraph(vec![
                    span("甲", false),
                    span("T1", true),
                    span("乙", false),
                    span("丙", false)
                ]),
                Block::List(vec![vec![span("一", false)], vec![span("二", false)]]),
                Block::Quote(vec![span("引", false)]),
                Block::Case("5件\n\n6件".into()),
                Block::Case("7".into()),
            ]
        );
    }

    #[test]
    fn every_page_has_its_four_parts_and_nothing_of_its_markup_is_left() {
        for rule in report::rules() {
            let blocks = blocks(&rule.explained());
            let headings = blocks.iter().filter(|b| matches!(b, Block::Heading(_)));
            assert_eq!(headings.count(), 4, "{}", rule.name);
            for block in &blocks {
                let (Block::Paragraph(words) | Block::Quote(words)) = block else {
                    continue;
                };
                for word in words {
                    let markup = ["**", "](", "##", "`"]
                        .iter()
                        .any(|m| word.text.contains(m));
                    assert!(
                        !markup && !word.text.starts_with('|'),
                        "{}: {}",
                        rule.name,
                        word.text
                    );
                }
            }
        }
    }

    #[test]
    fn every_code_belongs_to_a_part() {
        for rule in report::rules() {
            let letter = rule.code.chars().next().unwrap();
            assert_ne!(part(letter), "其他", "{}", rule.code);
        }
    }
}
