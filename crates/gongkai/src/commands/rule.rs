//! `gongkai rule [NAME|CODE]`: the rules of the checker, or the page of one.

use crate::check::words::level;
use crate::cli;
use crate::failure::Failure;
use crate::language::Language;
use crate::output;
use report::{Rule, rules};
use unicode_width::UnicodeWidthStr;

/// Prints the list, or the page of the rule that was named.
pub fn run(args: &cli::Rule) -> Result<(), Failure> {
    let language = Language::of_environment();
    match &args.rule {
        None => output::print(&list(language)),
        Some(named) => output::print(&page(find(named)?, language)),
    }
}

/// The widest word for a level.
const WIDE: usize = "warning".len();

fn find(named: &str) -> Result<&'static Rule, Failure> {
    Rule::find(named).ok_or_else(|| {
        let below: Vec<&str> = rules()
            .iter()
            .filter(|_| !named.is_empty())
            .filter(|rule| rule.is_meant_by(named) || rule.name.contains(named))
            .map(|rule| rule.code)
            .collect();
        let near = match (below.as_slice(), Rule::nearest(named)) {
            (_, Some(rule)) => format!("是不是 {}（{}）", rule.name, rule.code),
            ([], None) => "请用 gongkai rule 列出全部规则".to_owned(),
            (below, None) => format!("是不是 {}", below.join("、")),
        };
        Failure::usage(format!("没有名为“{named}”的规则；{near}。"))
    })
}

fn list(language: Language) -> String {
    let width = rules()
        .iter()
        .map(|rule| rule.name.len())
        .max()
        .unwrap_or_default();
    rules()
        .iter()
        .map(|rule| {
            let level = level(rule.level, language);
            // The English words differ in length.
            format!(
                "{}  {:width$}  {level}{}  {}\n",
                rule.code,
                rule.name,
                " ".repeat(WIDE.saturating_sub(level.width())),
                summary(rule, language)
            )
        })
        .collect()
}

/// The fault in one line.
fn summary(rule: &Rule, language: Language) -> &'static str {
    match language {
        Language::Chinese => rule.summary,
        Language::English => rule.english,
    }
}

fn page(rule: &Rule, language: Language) -> String {
    let (code, name, level) = (rule.code, rule.name, level(rule.level, language));
    let mut text = match language {
        Language::Chinese => format!("{code} {name}（{level}）\n"),
        // The page below is Chinese.
        Language::English => format!("{code} {name} ({level})\n\n{}.\n", rule.english),
    };
    text.push_str(&format!("\n{}。\n", rule.summary));
    if let Some(article) = rule.article {
        text.push_str(&format!("\n依据：{article}\n"));
    }
    text.push('\n');
    text.push_str(rule.explained().trim_end());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_explained_and_a_wrong_name_led_on() {
        let text = page(find("t101").unwrap(), Language::Chinese);
        assert!(
            text.starts_with("T101 request-balance-mismatch（错误）\n"),
            "{text}"
        );
        for part in ["依据：条例", "## 检查什么", "## 怎样改"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(find("T10").unwrap_err().text.contains("T101、T102"));
        assert!(find("balance").unwrap_err().text.contains("T101"));
        assert!(
            find("share-mismatsh")
                .unwrap_err()
                .text
                .contains("是不是 share-mismatch（N201）")
        );
        assert!(find("").unwrap_err().text.contains("gongkai rule"));
        assert_eq!(list(Language::Chinese).lines().count(), rules().len());
        let text = page(find("t101").unwrap(), Language::English);
        let rule = find("T101").unwrap();
        assert!(text.starts_with("T101 request-balance-mismatch (error)\n\nrequests received"));
        assert!(text.contains(rule.summary) && text.contains("## 怎样改"));
        assert!(list(Language::English).is_ascii());
    }
}
