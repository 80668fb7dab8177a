//! Search in titles, numbers and texts of everything that is public.

use crate::app::App;
use crate::documents::item;
use crate::documents::list::{Narrowing, SIZE, units, years};
use crate::error::Result;
use crate::extract::Visitor;
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, DocumentItem, Pager};
use askama::Template;
use axum::Router;
use axum::routing::get;
use store::documents::{find_public, list_public};

/// Characters of the text that stand around the word that was found.
const AROUND: usize = 36;

#[derive(Template)]
#[template(path = "search/results.html")]
struct SearchPage {
    shell: Shell,
    units: Vec<Choice>,
    unit: String,
    kinds: Vec<Choice>,
    kind: String,
    years: Vec<Choice>,
    year: String,
    total: i64,
    items: Vec<DocumentItem>,
    pager: Pager,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/search", get(show))
}

/// The place of a text where a word stands; empty when it stands in the title only.
fn excerpt(body: &str, words: &[String]) -> String {
    let text: Vec<char> = body.split_whitespace().flat_map(str::chars).collect();
    let lower: Vec<char> = text.iter().map(char::to_ascii_lowercase).collect();
    let at = words.iter().find_map(|word| {
        let word: Vec<char> = word.chars().map(|c| c.to_ascii_lowercase()).collect();
        if word.is_empty() {
            return None;
        }
        lower
            .windows(word.len())
            .position(|window| window == word)
            .map(|at| (at, at + word.len()))
    });
    let Some((from, to)) = at else {
        return String::new();
    };
    let (start, end) = (from.saturating_sub(AROUND), (to + AROUND).min(text.len()));
    let mut out = String::new();
    if start > 0 {
        out.push('…');
    }
    out.extend(text.get(start..end).unwrap_or_default());
    if end < text.len() {
        out.push('…');
    }
    out
}

async fn show(visitor: Visitor, asked: Asked) -> Result {
    let narrowing = Narrowing::of(&visitor, &asked);
    let today = visitor.shell.today;
    let number = pick::page(asked.text("page"));
    let mut shell = shell::public(&visitor, "", "搜索政府信息");
    shell.search_query = narrowing.q.clone();
    // Pages of results are no pages of the site.
    shell.noindex = true;
    let mut items = Vec::new();
    let mut total = 0;
    if !narrowing.q.is_empty() {
        let found = list_public(visitor.store(), &narrowing.filter, number, SIZE).await?;
        total = found.total;
        for listed in &found.items {
            let document = find_public(visitor.store(), &listed.id).await?;
            let mut line = item::item(listed, today);
            line.excerpt = document
                .map(|document| excerpt(&document.body, &narrowing.filter.words))
                .unwrap_or_default();
            items.push(line);
        }
    }
    shell::render(&SearchPage {
        units: units(&visitor),
        kinds: item::kinds(),
        years: years(today),
        total,
        items,
        pager: Pager::new(number, SIZE, total, "条", |page| {
            narrowing.href(urls::SEARCH, page)
        }),
        unit: narrowing.unit,
        kind: narrowing.kind,
        year: narrowing.year,
        shell,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_stands_around_the_word() {
        let body = format!("{}取暖补贴{}", "前".repeat(100), "后".repeat(10));
        let words = vec!["没有".to_owned(), "取暖补贴".to_owned()];
        let found = excerpt(&body, &words);
        assert!(found.starts_with("…前") && found.contains("取暖补贴后"));
        assert!(found.ends_with('后'));
        assert_eq!(excerpt(&body, &["没有".to_owned()]), "");
    }
}
