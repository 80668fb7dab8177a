//! A document as the lists of the public side show it.

use crate::urls;
use crate::views::{Choice, DocumentItem};
use office::documents::Kind;
use statute::Date;
use store::documents::Listed;

/// One line of a list. That it was repealed is said; that it is in force stands on its page, where
/// the day of coming into force is known.
pub fn item(listed: &Listed, today: Date) -> DocumentItem {
    let repealed = listed.repealed_on.is_some_and(|day| day <= today);
    DocumentItem {
        href: urls::document(&listed.id),
        title: listed.title.clone(),
        number: listed.number.clone().unwrap_or_default(),
        unit: listed.unit_name.clone(),
        published_on: listed
            .published_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        state_kind: if repealed { "stop" } else { "" },
        state: if repealed { "已废止" } else { "" }.to_owned(),
        excerpt: String::new(),
    }
}

/// Every kind of document as choices.
pub fn kinds() -> Vec<Choice> {
    Kind::ALL
        .iter()
        .map(|kind| Choice::new(kind.key(), kind.label()))
        .collect()
}

/// What is published under this kind, for the tag `ColumnType`.
pub fn column_type(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Rule | Kind::Normative | Kind::Official) => "政策文件",
        Some(Kind::Interpretation) => "政策解读",
        Some(Kind::Notice) => "通知公告",
        Some(Kind::News) => "工作动态",
        _ => "信息公开",
    }
}
