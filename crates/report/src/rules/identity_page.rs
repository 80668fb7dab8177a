//! The page of a rule that is an identity of a form, made from the identity itself.

use statute::editions::{Edition, Equation, Identity, Relation};

use crate::decimal::Decimal;
use crate::identities::{check_identities, words};
use crate::model::{Cell, Report};

/// The page of an identity and the forms that hold to it.
pub(super) fn text(forms: &[(Edition, &'static Identity)]) -> String {
    let Some((edition, identity)) = forms.first().copied() else {
        return String::new();
    };
    let mut page = format!("## 检查什么\n\n{}。\n\n", identity.statement);
    for (edition, identity) in forms {
        page.push_str(&format!(
            "- {}（`{}`）：{} 个等式，逐列逐行核对。\n",
            edition.source(),
            edition.key(),
            identity.equations.len()
        ));
    }
    page.push_str(
        "\n有一格没有数或认不出来时，那个等式不核对：它既不能成立，也不能不成立。\n\n## 为什么\n\n",
    );
    page.push_str(&format!(
        "依据：{}。表内各格有固定的关系，关系不成立，必有一格填错。\n",
        identity.article
    ));
    page.push_str("\n## 怎样改\n\n对照台账核对等式里的每一格，更正填错的那一格；不要为了凑平而改动没有错的格。\n");
    if !identity.eased_by.is_empty() {
        let said: Vec<String> = identity
            .eased_by
            .iter()
            .map(|word| format!("“{word}”"))
            .collect();
        page.push_str(&format!(
            "\n表里没有填未审结案件的格。报告的文字提到{}而合计较大时，只作警告。\n",
            said.join("")
        ));
    }
    page.push_str("\n## 例\n\n");
    if let Some(equation) = identity.equations.first() {
        page.push_str(&example(edition, identity, equation));
    }
    page
}

/// The first equation with figures that hold, and the finding when one of them is wrong.
fn example(edition: Edition, identity: &Identity, equation: &Equation) -> String {
    let mut report = Report::new(edition, "example");
    let mut sum: i64 = 0;
    for (at, term) in equation.expected.iter().enumerate() {
        // What is taken away is small, so that the sum stays a count.
        let figure = if term.coefficient < 0 {
            1
        } else {
            5 + at as i64 % 3
        };
        sum += figure * term.coefficient;
        set(&mut report, term.cell, figure);
    }
    let wrong = match equation.relation {
        Relation::Equal | Relation::AtMost => sum + 2,
        Relation::AtLeast => sum - 2,
    };
    set(&mut report, equation.stated, wrong);
    let found = check_identities(&report)
        .0
        .into_iter()
        .find(|finding| finding.rule == identity.name);
    let mut page = format!("{}填 {sum}，成立。", words(edition, equation.stated));
    match found {
        Some(finding) => page.push_str(&format!("填 {wrong}，报告：\n\n> {}\n", finding.message)),
        None => page.push('\n'),
    }
    page
}

fn set(report: &mut Report, key: statute::editions::CellKey, figure: i64) {
    if let Some(figure) = Decimal::from_micros(i128::from(figure) * 1_000_000) {
        report.tables.set(key, Cell::Number(figure));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_every_identity_fires_and_its_sum_holds() {
        for edition in Edition::ALL {
            for identity in edition.identities() {
                let page = text(&[(edition, identity)]);
                assert!(page.contains("\n> "), "{}:\n{page}", identity.name);
                assert!(page.contains(identity.statement), "{}", identity.name);
            }
        }
    }
}
