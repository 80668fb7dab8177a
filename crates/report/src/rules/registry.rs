//! All rules, the only place that names them all.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use statute::editions::{Edition, Identity};

use super::Rule;

/// One line for each family of rules, in the order of the codes.
const FAMILIES: &[&[&Rule]] = &[
    super::compiling::RULES,
    super::structure::RULES,
    super::tables::RULES,
    super::sums::RULES,
    super::shares::RULES,
    super::comparisons::RULES,
    super::lists::RULES,
    super::repeated::RULES,
    super::units::RULES,
    super::growth::RULES,
    super::against_tables::RULES,
    super::period::RULES,
    super::body::RULES,
    super::law::RULES,
    super::copies::RULES,
    super::years::RULES,
    super::rolling_up::RULES,
    super::children::RULES,
    super::file::RULES,
    super::form_of_file::RULES,
];

static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let written = FAMILIES.iter().copied().flatten().map(|rule| **rule);
    let mut all: Vec<Rule> = written.chain(identities()).collect();
    all.sort_by_key(|rule| (rule.code, rule.name));
    all
});

/// Every rule, sorted by code.
pub fn rules() -> &'static [Rule] {
    &ALL
}

impl Rule {
    /// The rule with this name or code.
    pub fn find(name_or_code: &str) -> Option<&'static Rule> {
        rules()
            .iter()
            .find(|rule| rule.name == name_or_code || rule.code.eq_ignore_ascii_case(name_or_code))
    }

    /// The rule whose name or code is written almost like this, if there is one.
    pub fn nearest(named: &str) -> Option<&'static Rule> {
        // Longer than any name; what is farther off is no slip of the hand.
        const LONGEST: usize = 64;
        if named.len() > LONGEST {
            return None;
        }
        let lower = named.to_ascii_lowercase();
        let distance = |known: &str, slips: usize| {
            let distance = strsim::osa_distance(&lower, &known.to_ascii_lowercase());
            (distance <= slips).then_some(distance)
        };
        rules()
            .iter()
            .filter_map(|rule| {
                let name = distance(rule.name, (rule.name.len() / 5).max(1));
                // One slip in a code of four makes it any of dozens, but for O and 0, I and 1.
                let code = (rule.code
                    == named
                        .to_ascii_uppercase()
                        .replace('O', "0")
                        .replace(['I', 'L'], "1"))
                .then_some(0);
                Some((name.into_iter().chain(code).min()?, rule))
            })
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, rule)| rule)
    }

    /// The page as people read it: its cases said in words, what they hold set as plain text.
    pub fn explained(&self) -> String {
        let mut out = String::with_capacity(self.page.len());
        let mut in_case = false;
        for line in self.page.lines() {
            let fence = line.trim_end();
            let separator = line.strip_prefix("--- ").filter(|_| in_case);
            match (fence, separator) {
                ("```fires", _) => out.push_str("报告这一条：\n\n```text"),
                ("```silent", _) => out.push_str("不报告：\n\n```text"),
                (_, Some("previous")) => out.push_str("—— 上一年的报告 ——"),
                (_, Some(other)) => match other.split_once(' ') {
                    Some(("child", name)) => out.push_str(&format!("—— 下级报告：{name} ——")),
                    Some((_, name)) => out.push_str(&format!("—— 另一份报告：{name} ——")),
                    None => out.push_str(line),
                },
                _ => out.push_str(line),
            }
            out.push('\n');
            if fence.starts_with("```") {
                in_case = matches!(fence, "```fires" | "```silent");
            }
        }
        out
    }

    /// Whether a selection means this rule: its name, its code, or the beginning of its code
    /// (`N2` for all shares and rates, `T` for all tables).
    pub fn is_meant_by(&self, selection: &str) -> bool {
        self.name == selection
            || (!selection.is_empty()
                && self
                    .code
                    .get(..selection.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(selection)))
    }
}

/// The rules that are data: one for each identity of the forms, with a page made from it.
fn identities() -> Vec<Rule> {
    let mut by_name: BTreeMap<&str, Vec<(Edition, &'static Identity)>> = BTreeMap::new();
    for edition in Edition::ALL {
        for identity in edition.identities() {
            by_name
                .entry(identity.name)
                .or_default()
                .push((edition, identity));
        }
    }
    by_name
        .into_values()
        .filter_map(|forms| {
            let (_, first) = *forms.first()?;
            Some(Rule {
                name: first.name,
                code: first.code,
                level: first.level,
                summary: first.statement,
                english: first.english,
                article: Some(first.article),
                // Made once for the life of the program, as a page in a file is.
                page: String::leak(super::identity_page::text(&forms)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_and_code_is_its_own() {
        let names: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), rules().len(), "a name stands twice");
        for pair in rules().windows(2) {
            assert!(
                pair[0].code < pair[1].code,
                "{} and {} share the code {} or are out of order",
                pair[0].name,
                pair[1].name,
                pair[1].code
            );
        }
        assert!(rules().len() > 20);
    }

    #[test]
    fn names_are_kebab_case_and_codes_sort_by_part_of_the_report() {
        for rule in rules() {
            let words: Vec<&str> = rule.name.split('-').collect();
            assert!(
                words.len() > 1
                    && words.iter().all(
                        |word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())
                    ),
                "{}",
                rule.name
            );
            let (letter, number) = rule.code.split_at(1);
            assert!("STNXYRPF".contains(letter), "{}", rule.code);
            assert!(
                number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()),
                "{}",
                rule.code
            );
        }
    }

    #[test]
    fn summaries_are_one_chinese_sentence_without_a_full_stop() {
        for rule in rules() {
            let summary = rule.summary;
            assert!(!summary.is_ascii(), "{}: {summary}", rule.name);
            assert!(!summary.ends_with(['。', '.']), "{}: {summary}", rule.name);
            assert!(!summary.contains('\n'), "{}: {summary}", rule.name);
        }
    }

    #[test]
    fn every_fault_is_one_english_line() {
        let lines: BTreeSet<&str> = rules().iter().map(|rule| rule.english).collect();
        assert_eq!(lines.len(), rules().len(), "a line stands twice");
        for rule in rules() {
            let line = rule.english;
            assert!(line.is_ascii(), "{}: {line}", rule.name);
            assert!((15..=78).contains(&line.len()), "{}: {line}", rule.name);
            assert!(
                line.contains(' ') && !line.contains('\n') && !line.ends_with('.'),
                "{}: {line}",
                rule.name
            );
            assert!(
                line.starts_with(|first: char| first.is_ascii_lowercase()),
                "{}: {line}",
                rule.name
            );
        }
    }

    #[test]
    fn every_page_has_its_headings_in_their_order() {
        for rule in rules() {
            let headings: Vec<&str> = rule
                .page
                .lines()
                .filter(|line| line.starts_with("## "))
                .collect();
            assert_eq!(
                headings,
                ["## 检查什么", "## 为什么", "## 怎样改", "## 例"],
                "{}",
                rule.name
            );
        }
    }

    #[test]
    fn a_rule_is_found_by_name_and_by_code() {
        for rule in rules() {
            assert_eq!(Rule::find(rule.name), Some(rule));
            assert_eq!(Rule::find(rule.code), Some(rule));
            assert_eq!(Rule::find(&rule.code.to_lowercase()), Some(rule));
        }
        assert_eq!(Rule::find("T1"), None);
        assert_eq!(Rule::find(""), None);
    }

    #[test]
    fn cases_are_said_in_words() {
        let rule = Rule {
            page: "## 例\n\n```fires\n甲\n--- previous\n乙\n--- child 某镇\n丙\n```\n--- other\n",
            ..rules()[0]
        };
        assert_eq!(
            rule.explained(),
            "## 例\n\n报告这一条：\n\n```text\n甲\n—— 上一年的报告 ——\n乙\n\
             —— 下级报告：某镇 ——\n丙\n```\n--- other\n"
        );
        for rule in rules() {
            let text = rule.explained();
            assert!(!text.contains("```fires") && !text.contains("```silent"));
        }
    }

    #[test]
    fn a_selection_means_names_codes_and_their_beginnings() {
        let rule = Rule::find("T101").unwrap();
        for selection in [rule.name, "T101", "t101", "T1", "T"] {
            assert!(rule.is_meant_by(selection), "{selection}");
        }
        for selection in ["", "T102", "T1011", "request", "N", "表"] {
            assert!(!rule.is_meant_by(selection), "{selection}");
        }
    }
}
