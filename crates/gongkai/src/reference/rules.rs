//! `rules/`: the rules of the checker, a table and a page for each.

use super::{NOTE, Page};
use crate::check::words::level;
use crate::language::Language;
use report::{Rule, rules};

/// The parts of a report that codes sort by.
const PARTS: &[(char, &str)] = &[
    ('F', "文件的形式"),
    ('N', "正文里的数"),
    ('P', "期限、主体、发布与法律"),
    ('R', "下级报告的汇总"),
    ('S', "结构"),
    ('T', "统计表"),
    ('X', "正文与统计表"),
    ('Y', "与上一年"),
];

pub(super) fn documents() -> Vec<(String, String)> {
    let pages = rules()
        .iter()
        .map(|rule| (format!("rules/{}.md", rule.name), page(rule)));
    let mut all = vec![("rules/README.md".to_owned(), table())];
    all.extend(pages);
    all
}

fn table() -> String {
    let mut page = Page::new(
        "检查规则",
        "`gongkai check` 的全部规则。名称说的是毛病，代码用于信函和表格，都不会改作他用。级别按后果分：错误是不能这样公布，警告是多半有错、应有人看一看，提示是值得知道。同一条规则在找到一种说得通的解释时，会降低级别或不报告。",
    );
    for (letter, part) in PARTS {
        let rows: Vec<_> = rules()
            .iter()
            .filter(|rule| rule.code.starts_with(*letter))
            .map(|rule| {
                [
                    rule.code.to_owned(),
                    format!("[`{0}`]({0}.md)", rule.name),
                    level(rule.level, Language::Chinese).to_owned(),
                    rule.summary.to_owned(),
                    rule.english.to_owned(),
                    rule.article.unwrap_or_default().to_owned(),
                ]
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        page.heading(&format!("`{letter}` {part}"));
        page.table(["代码", "名称", "级别", "内容", "英文", "依据"], rows);
    }
    page.0
}

fn page(rule: &Rule) -> String {
    let mut text = format!(
        "{NOTE}\n\n# {} {}\n\n{}。\n\n级别：{}。",
        rule.code,
        rule.name,
        rule.summary,
        level(rule.level, Language::Chinese)
    );
    if let Some(article) = rule.article {
        text.push_str(&format!("依据：{article}。"));
    }
    text.push_str("\n\n");
    text.push_str(rule.explained().trim_end());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_rule() {
        let table = table();
        for rule in rules() {
            assert!(
                table.contains(&format!("({}.md)", rule.name)) && table.contains(rule.english),
                "{}",
                rule.name
            );
        }
    }
}
