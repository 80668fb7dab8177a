//! Pages about the site itself: its map, how it can be used by everybody, its data; and the switch
//! to large type.

use crate::app::App;
use crate::error::Result;
use crate::extract::Visitor;
use crate::pick::Asked;
use crate::scope::DISPLAY;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Link;
use askama::Template;
use axum::Router;
use axum::routing::get;
use office::documents::Kind;

/// How long a browser remembers large type, in seconds: a year.
const REMEMBERED: u32 = 365 * 24 * 60 * 60;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sitemap", get(map))
        .route("/accessibility", get(accessibility))
        .route("/open-data", get(data))
        .route("/display", get(display))
}

#[derive(Template)]
#[template(path = "about/map.html")]
struct MapPage {
    shell: Shell,
    kinds: Vec<Link>,
    units: Vec<Link>,
}

async fn map(visitor: Visitor) -> Result {
    let kinds = Kind::ALL.iter();
    let units = visitor.shell.site.units.iter();
    shell::render(&MapPage {
        kinds: kinds
            .map(|kind| Link::new(kind.label(), urls::documents("", kind.key())))
            .collect(),
        units: units
            .map(|unit| Link::new(unit.name.as_str(), urls::unit(&unit.id)))
            .collect(),
        shell: shell::public(&visitor, "", "网站地图"),
    })
}

#[derive(Template)]
#[template(path = "about/accessibility.html")]
struct AccessibilityPage {
    shell: Shell,
}

async fn accessibility(visitor: Visitor) -> Result {
    shell::render(&AccessibilityPage {
        shell: shell::public(&visitor, "", "无障碍说明"),
    })
}

#[derive(Template)]
#[template(path = "about/data.html")]
struct DataPage {
    shell: Shell,
}

async fn data(visitor: Visitor) -> Result {
    shell::render(&DataPage {
        shell: shell::public(&visitor, "", "开放数据"),
    })
}

async fn display(visitor: Visitor, asked: Asked) -> Result {
    if asked.text("type") == "large" {
        visitor
            .scope
            .set_cookie(&visitor.app, DISPLAY, "large", Some(REMEMBERED));
    } else {
        visitor.scope.clear_cookie(&visitor.app, DISPLAY);
    }
    // Only ever to a page of ours: `redirect` sends anything else home.
    Ok(shell::redirect(asked.text("back")))
}
