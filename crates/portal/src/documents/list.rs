//! The list of everything that is public, with filters.

use super::item;
use crate::error::Result;
use crate::extract::Visitor;
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{Choice, DocumentItem, Link, Pager};
use askama::Template;
use office::documents::Kind;
use statute::Date;
use store::documents::{Filter, list_public};

/// Documents on a page of a list.
pub(crate) const SIZE: u32 = 20;

#[derive(Template)]
#[template(path = "documents/list.html")]
struct ListPage {
    shell: Shell,
    trail: Vec<Link>,
    units: Vec<Choice>,
    unit: String,
    kinds: Vec<Choice>,
    kind: String,
    years: Vec<Choice>,
    year: String,
    sentence: String,
    total: i64,
    items: Vec<DocumentItem>,
    pager: Pager,
    narrowed: bool,
}

/// What a list is narrowed to by its address, and the address of it.
pub(crate) struct Narrowing {
    pub(crate) filter: Filter,
    pub(crate) q: String,
    pub(crate) unit: String,
    pub(crate) kind: String,
    pub(crate) year: String,
}

impl Narrowing {
    /// Reads the address; what is not a choice of the filters counts as not asked.
    pub(crate) fn of(visitor: &Visitor, asked: &Asked) -> Narrowing {
        let site = &visitor.shell.site;
        let unit = site.unit(asked.text("unit")).map(|unit| unit.id.clone());
        let kind = Kind::from_key(asked.text("kind"));
        let year = pick::year(asked.text("year"));
        let q: String = asked.text("q").chars().take(100).collect();
        Narrowing {
            unit: unit.clone().unwrap_or_default(),
            kind: kind.map(|kind| kind.key().to_owned()).unwrap_or_default(),
            year: year.map(|year| year.to_string()).unwrap_or_default(),
            filter: Filter {
                unit,
                kind,
                year,
                words: q.split_whitespace().map(str::to_owned).collect(),
                ..Filter::default()
            },
            q,
        }
    }

    /// The address of one of its pages.
    pub(crate) fn href(&self, path: &str, page: u32) -> String {
        let page = if page > 1 {
            page.to_string()
        } else {
            String::new()
        };
        urls::with_query(
            path,
            &[
                ("q", &self.q),
                ("unit", &self.unit),
                ("kind", &self.kind),
                ("year", &self.year),
                ("page", &page),
            ],
        )
    }

    /// What is listed, in words: 某县教育局2026年公开的通知公告,含“招生”.
    pub(crate) fn words(&self, visitor: &Visitor) -> String {
        let mut words = visitor.shell.site.unit_name(&self.unit).to_owned();
        if !self.year.is_empty() {
            words.push_str(&format!("{}年", self.year));
        }
        words.push_str(match self.filter.kind {
            Some(kind) => kind.label(),
            None => "公开的政府信息",
        });
        if !self.q.is_empty() {
            words.push_str(&format!("（含“{}”）", self.q));
        }
        words
    }
}

/// The years that a list can be narrowed to: this one and the thirty before.
pub(crate) fn years(today: Date) -> Vec<Choice> {
    (0..30)
        .map(|ago| today.year() - ago)
        .map(|year| Choice::new(year.to_string(), format!("{year}年")))
        .collect()
}

/// Units as choices, in the order of the tree.
pub(crate) fn units(visitor: &Visitor) -> Vec<Choice> {
    let units = visitor.shell.site.units.iter();
    units
        .map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str()))
        .collect()
}

pub(super) async fn show(visitor: Visitor, asked: Asked) -> Result {
    let narrowing = Narrowing::of(&visitor, &asked);
    let number = pick::page(asked.text("page"));
    let today = visitor.shell.today;
    let found = list_public(visitor.store(), &narrowing.filter, number, SIZE).await?;
    let mut shell = shell::public(&visitor, "catalog", "查政府信息");
    shell.search_query = narrowing.q.clone();
    let column = match narrowing.filter.kind {
        Some(kind) => kind.label(),
        None => "政府信息公开",
    };
    shell.meta = vec![
        ("ColumnName", column.to_owned()),
        (
            "ColumnDescription",
            format!("{}公开的政府信息，按机关、种类和年份查找", shell.site_name),
        ),
        ("ColumnKeywords", format!("政府信息公开；{column}")),
        (
            "ColumnType",
            item::column_type(narrowing.filter.kind).to_owned(),
        ),
    ];
    shell::render(&ListPage {
        trail: vec![Link::new("首页", urls::HOME)],
        units: units(&visitor),
        kinds: item::kinds(),
        years: years(today),
        sentence: narrowing.words(&visitor),
        total: found.total,
        items: found.items.iter().map(|l| item::item(l, today)).collect(),
        pager: Pager::new(number, SIZE, found.total, "条", |page| {
            narrowing.href(urls::DOCUMENTS, page)
        }),
        narrowed: narrowing.filter != Filter::default(),
        unit: narrowing.unit,
        kind: narrowing.kind,
        year: narrowing.year,
        shell,
    })
}
