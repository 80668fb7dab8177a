//! The cases on the rules' pages, run as tests.
//!
//! A fence ```` ```fires ```` holds the text of a report in which the rule must fire, a fence
//! ```` ```silent ```` one in which it must not. Lines `--- previous`, `--- child NAME` and
//! `--- other NAME` begin the text of another report for rules that compare several.

use content::{Block, Content, Place, Run};

use super::{Rule, rules};
use crate::finding::Finding;
use crate::reading::Reading;

/// Rules that no text of a report alone can break, and the tests that hold them to their word.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "figure-outside-form",
        "tests::documents: reports compiled from records",
    ),
    (
        "figure-missing",
        "tests::documents: reports compiled from records",
    ),
    ("child-figure-missing", "tests::documents: roll-up"),
    ("child-figure-unreadable", "tests::documents: roll-up"),
    ("child-counted-twice", "tests::documents: roll-up"),
    ("file-unreadable", "gongkai check: bytes that are no text"),
    (
        "pages-unread",
        "rules::file: pages that a reader of files names",
    ),
    ("waiver-unused", "gongkai check: waivers"),
    (
        "previous-report-missing",
        "rules::years::tests: pairs of reports",
    ),
];

/// A fence of a page.
#[derive(Debug, Default)]
struct Case {
    /// Line of the page on which it begins, from 1.
    line: usize,
    fires: bool,
    report: String,
    previous: Option<String>,
    children: Vec<(String, String)>,
    others: Vec<(String, String)>,
}

fn cases(page: &str) -> Vec<Case> {
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let fires = match line.trim_end() {
            "```fires" => true,
            "```silent" => false,
            _ => continue,
        };
        let mut case = Case {
            line: at + 1,
            fires,
            ..Case::default()
        };
        let inside: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| line.trim_end() != "```")
            .collect();
        fill(&mut case, &inside);
        found.push(case);
    }
    found
}

fn fill(case: &mut Case, lines: &[&str]) {
    let mut text = &mut case.report;
    for line in lines {
        if let Some(separator) = line.strip_prefix("--- ") {
            text = match separator.trim().split_once(' ') {
                None if separator.trim() == "previous" => case.previous.insert(String::new()),
                Some(("child", name)) => begin(&mut case.children, name),
                Some(("other", name)) => begin(&mut case.others, name),
                _ => panic!("line {}: no separator is called “{line}”", case.line),
            };
            continue;
        }
        text.push_str(line);
        text.push('\n');
    }
}

fn begin<'a>(list: &'a mut Vec<(String, String)>, name: &str) -> &'a mut String {
    list.push((name.to_owned(), String::new()));
    &mut list.last_mut().unwrap().1
}

/// The codes of findings, an error with `!` behind it and a remark with `?`.
pub(crate) fn codes(findings: &[crate::finding::Finding]) -> Vec<String> {
    let level = |finding: &crate::finding::Finding| match finding.level {
        statute::editions::Level::Error => "!",
        statute::editions::Level::Warning => "",
        statute::editions::Level::Info => "?",
    };
    findings
        .iter()
        .map(|finding| format!("{}{}", finding.code, level(finding)))
        .collect()
}

/// Reads a text as it would be read from a file of lines.
pub(crate) fn reading(text: &str, source: &str) -> Reading {
    let runs = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| Run {
            text: line.to_owned(),
            bold: false,
            place: Some(Place {
                line: u32::try_from(at + 1).ok(),
                ..Place::default()
            }),
        });
    let content = Content {
        blocks: vec![Block::Paragraph(runs.collect())],
        ..Content::default()
    };
    crate::read(&content, source)
}

fn findings(case: &Case) -> Vec<Finding> {
    let main = reading(&case.report, "report.txt");
    let mut found = crate::check(&main).findings;
    found.extend(across(case, &main));
    found
}

/// What comparing `main` with the other reports of the case finds.
fn across(case: &Case, main: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(previous) = &case.previous {
        let previous = reading(previous, "previous.txt");
        found.extend(crate::check_against_previous(main, &previous).findings);
    }
    if !case.children.is_empty() {
        let children = named(&case.children);
        found.extend(crate::check_children(main, &children).findings);
    }
    if !case.others.is_empty() || case.previous.is_some() {
        let previous = case.previous.as_ref();
        let mut all: Vec<Reading> = previous
            .map(|text| reading(text, "previous.txt"))
            .into_iter()
            .chain(named(&case.others))
            .collect();
        all.push(main.clone());
        found.extend(super::copies::among(&all, all.len() - 1));
    }
    found
}

fn named(texts: &[(String, String)]) -> Vec<Reading> {
    texts
        .iter()
        .map(|(name, text)| reading(text, name))
        .collect()
}

fn run(rule: &Rule, faults: &mut Vec<String>) {
    let cases = cases(rule.page);
    if ELSEWHERE.iter().any(|(name, _)| *name == rule.name) || is_identity(rule) {
        return;
    }
    let count = |fires: bool| cases.iter().filter(|case| case.fires == fires).count();
    if count(true) < 1 || count(false) < 2 {
        faults.push(format!(
            "{}: {} cases fire and {} are silent; a page needs one and two",
            rule.name,
            count(true),
            count(false)
        ));
    }
    for case in cases {
        let found = findings(&case);
        let fired = found.iter().any(|finding| finding.rule == rule.name);
        if fired != case.fires {
            let said: Vec<String> = found
                .iter()
                .map(|finding| format!("    {}: {}", finding.rule, finding.message))
                .collect();
            faults.push(format!(
                "{}: the case on line {} of its page must {}; found:\n{}",
                rule.name,
                case.line,
                if case.fires { "fire" } else { "be silent" },
                said.join("\n")
            ));
        }
    }
}

/// Identities are data; their pages are made, and `tests::identities` breaks each of them.
fn is_identity(rule: &Rule) -> bool {
    statute::editions::Edition::ALL
        .iter()
        .flat_map(|edition| edition.identities())
        .any(|identity| identity.name == rule.name)
}

#[test]
fn every_case_of_every_page_does_what_it_says() {
    let mut faults = Vec::new();
    for rule in rules() {
        run(rule, &mut faults);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn what_is_tested_elsewhere_is_a_rule() {
    for (name, _) in ELSEWHERE {
        assert!(Rule::find(name).is_some(), "{name}");
    }
}

/// A page file that no rule includes would be run by nobody.
#[test]
fn every_page_file_belongs_to_a_rule() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules/pages");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let rule = Rule::find(name).unwrap_or_else(|| panic!("{name}.md is no rule's page"));
        assert_eq!(rule.page, std::fs::read_to_string(&path).unwrap(), "{name}");
    }
}

#[test]
fn fences_and_separators_are_told_apart() {
    let page = "## 例\n\n```fires\n一\n--- previous\n二\n--- child 某镇\n三\n--- child 某局\n四\n\
                --- other 甲\n五\n```\n文\n\n```silent\n六\n```\n```text\n七\n```\n";
    let [first, second] = &cases(page)[..] else {
        panic!("{:?}", cases(page));
    };
    assert!(first.fires && first.line == 3);
    assert_eq!(first.report, "一\n");
    assert_eq!(first.previous.as_deref(), Some("二\n"));
    let children: Vec<_> = first.children.iter().map(|(name, _)| name).collect();
    assert_eq!(children, ["某镇", "某局"]);
    assert_eq!(first.others, [("甲".to_owned(), "五\n".to_owned())]);
    assert!(!second.fires && second.report == "六\n");
}
