//! Supervision: how every unit of a disclosure office stands (条例 §46).

use crate::app::App;
use crate::error::Result;
use crate::extract::Office;
use crate::shell::{self, Shell};
use crate::urls;
use askama::Template;
use axum::Router;
use axum::routing::get;
use store::supervision::Standing;

/// The addresses of this room.
pub fn routes() -> Router<App> {
    Router::new().route("/office/supervision", get(overview))
}

/// Working days that "soon" looks ahead, as on the page of one's own work.
const SOON: u32 = 3;

#[derive(Template)]
#[template(path = "supervision/page.html")]
struct Page {
    shell: Shell,
    caption: String,
    late_href: String,
    soon_href: String,
    open_href: String,
    public_href: String,
    open: i64,
    due: i64,
    overdue: i64,
    published: i64,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    open_href: String,
    soon_href: String,
    late_href: String,
    public_href: String,
    open: i64,
    due: i64,
    overdue: i64,
    overdue_words: String,
    published: i64,
    last: String,
}

async fn overview(office: Office) -> Result {
    let store = office.app.store();
    let site = office.app.site().await?;
    let soon = site.calendar.add_working_days(store.today(), SOON);
    let standings = store::supervision::standings(store, &office.actor, soon).await?;
    let year = store.today().year();
    let sum = |of: fn(&Standing) -> i64| standings.iter().map(of).sum();
    shell::render(&Page {
        shell: shell::office(&office, "supervision", "各单位办理情况"),
        caption: format!("{} 个单位，{}", standings.len(), store.today()),
        late_href: urls::office_requests_of("", "late"),
        soon_href: urls::office_requests_of("", "soon"),
        open_href: urls::office_requests_of("", "open"),
        public_href: urls::office_documents_public("", year),
        open: sum(|of| of.open),
        due: sum(|of| of.due),
        overdue: sum(|of| of.overdue),
        published: sum(|of| of.published),
        rows: standings.iter().map(|of| row(of, year)).collect(),
    })
}

fn row(of: &Standing, year: i16) -> Row {
    Row {
        name: of.name.clone(),
        open_href: urls::office_requests_of(&of.unit, "open"),
        soon_href: urls::office_requests_of(&of.unit, "soon"),
        late_href: urls::office_requests_of(&of.unit, "late"),
        public_href: urls::office_documents_public(&of.unit, year),
        open: of.open,
        due: of.due,
        overdue: of.overdue,
        overdue_words: of.overdue.to_string(),
        published: of.published,
        last: of
            .last_published
            .map_or_else(|| "没有公开过".to_owned(), |day| day.to_string()),
    }
}
