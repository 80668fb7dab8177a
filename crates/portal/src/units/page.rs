//! The page of a unit: always the same four parts (国办公开办函〔2019〕61号): guide, rules, statutory
//! content, annual reports.

use crate::documents::item;
use crate::error::{PortalError, Result};
use crate::extract::Visitor;
use crate::pick::Asked;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{DocumentItem, Link, Tab};
use askama::Template;
use axum::extract::Path;
use office::documents::Kind;
use office::units::{Guide, Unit, UnitKind};
use store::documents::{Filter, Listed, find_public, list_public};

/// Newest documents on the page of statutory content.
const NEWEST: u32 = 10;

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Guide,
    Rules,
    Content,
    Reports,
}

const PARTS: &[(Part, &str, &str)] = &[
    (Part::Guide, "guide", "公开指南"),
    (Part::Rules, "rules", "公开制度"),
    (Part::Content, "content", "法定主动公开内容"),
    (Part::Reports, "reports", "年度报告"),
];

/// A line of the catalogue.
struct Entry {
    label: String,
    href: String,
    count: i64,
    last: String,
}

#[derive(Template)]
#[template(path = "units/page.html")]
struct UnitPage {
    shell: Shell,
    trail: Vec<Link>,
    unit: Unit,
    tabs_label: String,
    tabs: Vec<Tab>,
    part: Part,
    empty_guide: bool,
    request_href: String,
    items: Vec<DocumentItem>,
    total: i64,
    all_href: String,
    catalog: Vec<Entry>,
    reports: Vec<Entry>,
    report_term: &'static str,
    below: Vec<Link>,
}

fn of_unit(unit: &Unit, kind: Option<Kind>) -> Filter {
    Filter {
        unit: Some(unit.id.clone()),
        kind,
        ..Filter::default()
    }
}

/// The unit's own rules on disclosure, as far as they are public.
async fn rules(visitor: &Visitor, unit: &Unit) -> Result<Vec<DocumentItem>> {
    let mut items = Vec::new();
    for id in &unit.guide.rules {
        let Some(found) = find_public(visitor.store(), id).await? else {
            continue;
        };
        let listed = Listed {
            unit_name: visitor.shell.site.unit_name(&found.unit).to_owned(),
            id: found.id,
            unit: found.unit,
            kind: found.kind,
            title: found.title,
            number: found.number,
            index_number: found.index_number,
            written_on: found.written_on,
            published_on: found.published_on,
            repealed_on: found.repealed_on,
            attribute: found.attribute,
            status: found.status,
            drafter: None,
        };
        items.push(item::item(&listed, visitor.shell.today));
    }
    Ok(items)
}

/// How much there is of each kind, and since when.
async fn catalog(visitor: &Visitor, unit: &Unit) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for kind in Kind::ALL {
        let filter = of_unit(unit, Some(*kind));
        let found = list_public(visitor.store(), &filter, 1, 1).await?;
        let Some(newest) = found.items.first() else {
            continue;
        };
        entries.push(Entry {
            label: kind.label().to_owned(),
            href: urls::documents(&unit.id, kind.key()),
            count: found.total,
            last: newest
                .published_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
        });
    }
    Ok(entries)
}

pub(super) async fn show(visitor: Visitor, Path(id): Path<String>, asked: Asked) -> Result {
    let site = &visitor.shell.site;
    let today = visitor.shell.today;
    let unit = site.unit(&id).ok_or(PortalError::NotFound)?.clone();
    let part = PARTS
        .iter()
        .find(|(_, key, _)| *key == asked.text("part"))
        .map_or(Part::Content, |(part, ..)| *part);
    let rules = rules(&visitor, &unit).await?;
    let published = store::reports::of_unit(visitor.store(), &unit.id).await?;
    let found = list_public(visitor.store(), &of_unit(&unit, None), 1, NEWEST).await?;
    let newest: Vec<DocumentItem> = found.items.iter().map(|l| item::item(l, today)).collect();
    let tabs = PARTS.iter().map(|(this, key, label)| Tab {
        label: (*label).to_owned(),
        href: urls::unit_part(&unit.id, key),
        current: *this == part,
        count: match this {
            Part::Guide => -1,
            Part::Rules => i64::try_from(rules.len()).unwrap_or(-1),
            Part::Content => found.total,
            Part::Reports => i64::try_from(published.len()).unwrap_or(-1),
        },
    });
    let tabs = tabs.collect();
    let reports = published.iter().map(|report| Entry {
        label: format!("{}年政府信息公开工作年度报告", report.year),
        href: urls::report(&unit.id, report.year),
        count: 0,
        last: report.published_on.to_string(),
    });
    let (_, _, part_label) = PARTS
        .iter()
        .find(|(this, ..)| *this == part)
        .copied()
        .unwrap_or((part, "", ""));
    let mut shell = shell::public(&visitor, "units", &format!("{} {part_label}", unit.name));
    shell.meta = vec![
        ("ColumnName", part_label.to_owned()),
        ("ColumnDescription", format!("{}的{part_label}", unit.name)),
        ("ColumnKeywords", format!("{};{part_label}", unit.name)),
        ("ColumnType", "信息公开".to_owned()),
    ];
    let below = site.units.iter();
    let below = below.filter(|other| other.parent.as_deref() == Some(unit.id.as_str()));
    shell::render(&UnitPage {
        trail: vec![
            Link::new("首页", urls::HOME),
            Link::new("按机关查看", urls::UNITS),
        ],
        tabs_label: format!("{}的政府信息公开", unit.name),
        tabs,
        empty_guide: unit.guide == Guide::default(),
        request_href: urls::request_new(&unit.id),
        items: if part == Part::Rules { rules } else { newest },
        total: found.total,
        all_href: urls::documents(&unit.id, ""),
        catalog: match part {
            Part::Content => catalog(&visitor, &unit).await?,
            _ => Vec::new(),
        },
        reports: reports.collect(),
        // 条例 §49: departments by the end of January, governments by the end of March.
        report_term: match unit.kind {
            UnitKind::Government => "3 月 31 日",
            _ => "1 月 31 日",
        },
        below: below
            .map(|unit| Link::new(unit.name.as_str(), urls::unit(&unit.id)))
            .collect(),
        part,
        unit,
        shell,
    })
}
