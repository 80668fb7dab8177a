//! The first page: search, three doors, what is new, and where to go in person.

use crate::app::App;
use crate::documents::item;
use crate::error::Result;
use crate::extract::Visitor;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{DocumentItem, Link};
use askama::Template;
use axum::Router;
use axum::routing::get;
use office::documents::Kind;
use office::units::{Guide, UnitKind};
use store::documents::{Filter, list_public};

/// Newest documents on the first page.
const NEWEST: u32 = 8;
/// Units that the first page names; the rest stand on their own page.
const UNITS: usize = 12;

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    shell: Shell,
    total: i64,
    newest: Vec<DocumentItem>,
    examples: Vec<Link>,
    kinds: Vec<Link>,
    units: Vec<Link>,
    more_units: bool,
    guide: Guide,
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(show))
}

async fn show(visitor: Visitor) -> Result {
    let today = visitor.shell.today;
    let site = &visitor.shell.site;
    let found = list_public(visitor.store(), &Filter::default(), 1, NEWEST).await?;
    let head = site.units.iter().find(|unit| unit.parent.is_none());
    // Examples that find something: numbers of documents that are there.
    let numbers = found
        .items
        .iter()
        .filter_map(|listed| listed.number.as_ref());
    let examples = numbers
        .take(2)
        .map(|number| Link::new(number, urls::with_query(urls::SEARCH, &[("q", number)])));
    let units: Vec<Link> = site
        .units
        .iter()
        .filter(|unit| unit.kind == UnitKind::Department || unit.kind == UnitKind::Government)
        .map(|unit| Link::new(unit.name.as_str(), urls::unit(&unit.id)))
        .collect();
    let kinds = Kind::ALL
        .iter()
        .map(|kind| Link::new(kind.label(), urls::documents("", kind.key())));
    shell::render(&HomePage {
        shell: shell::public(&visitor, "home", "首页"),
        total: found.total,
        newest: found.items.iter().map(|l| item::item(l, today)).collect(),
        examples: examples.collect(),
        kinds: kinds.collect(),
        more_units: site.units.len() > UNITS.min(units.len()),
        units: units.into_iter().take(UNITS).collect(),
        guide: head.map(|unit| unit.guide.clone()).unwrap_or_default(),
    })
}
