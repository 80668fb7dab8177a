//! Reconsideration and litigation in the back office: all cases one may see, in one list. A case is
//! recorded at its request.

use crate::app::App;
use crate::error::Result;
use crate::extract::Office;
use crate::pick::{self, Asked};
use crate::shell::{self, Shell};
use crate::views::{Choice, Pager};
use crate::{reach, urls};
use askama::Template;
use axum::Router;
use axum::routing::get;
use office::permissions::Action;
use statute::case::{CaseResult, Track};
use store::cases::{self, Filter, Listed};

/// The address of the list.
pub fn routes() -> Router<App> {
    Router::new().route(urls::OFFICE_CASES, get(list))
}

const SIZE: u32 = 50;

/// What a case that has not ended is called, here and in table 4.
const PENDING: (&str, &str) = ("pending", "尚未审结");
/// Any that has ended.
const CLOSED: (&str, &str) = ("closed", "已审结（各种结果）");

#[derive(Template)]
#[template(path = "cases/list.html")]
struct Page {
    shell: Shell,
    here: &'static str,
    units: Vec<Choice>,
    unit: String,
    tracks: Vec<Choice>,
    track: String,
    results: Vec<Choice>,
    result: String,
    year: String,
    number: String,
    caption: String,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    track: &'static str,
    request: String,
    number: String,
    unit: String,
    filed_on: String,
    closed_on: String,
    mark: &'static str,
    result: &'static str,
    /// The form for its result; empty for one who may not, or when it is there.
    close: String,
}

async fn list(office: Office, asked: Asked) -> Result {
    office.needs(Action::RequestRead)?;
    let opt = |name: &str| Some(asked.text(name).to_owned()).filter(|text| !text.is_empty());
    let result = asked.text("result");
    let filter = Filter {
        unit: opt("unit"),
        open: match result {
            _ if result == PENDING.0 => Some(true),
            _ if result == CLOSED.0 => Some(false),
            _ => None,
        },
        track: Track::from_key(asked.text("track")),
        result: CaseResult::from_key(result),
        year: pick::year(asked.text("year")),
        number: opt("number"),
    };
    let number = pick::page(asked.text("page"));
    let page = cases::list(office.store(), &office.actor, &filter, number, SIZE).await?;
    let query = |page: u32| {
        urls::with_query(
            urls::OFFICE_CASES,
            &[
                ("unit", asked.text("unit")),
                ("track", asked.text("track")),
                ("result", result),
                ("year", asked.text("year")),
                ("number", asked.text("number")),
                ("page", &page.to_string()),
            ],
        )
    };
    let results = CaseResult::ALL
        .iter()
        .map(|result| (result.key(), result.label()));
    shell::render(&Page {
        shell: shell::office(&office, "cases", "复议诉讼"),
        here: urls::OFFICE_CASES,
        units: pick::units(&office.shell.site, &office.actor, Action::RequestRead),
        unit: asked.text("unit").to_owned(),
        tracks: Track::ALL
            .iter()
            .map(|track| Choice::new(track.key(), track.label()))
            .collect(),
        track: asked.text("track").to_owned(),
        results: [PENDING, CLOSED]
            .into_iter()
            .chain(results)
            .map(|(key, label)| Choice::new(key, label))
            .collect(),
        result: result.to_owned(),
        year: asked.text("year").to_owned(),
        number: asked.text("number").to_owned(),
        caption: format!("尚未审结的在前，新提起的在前，共 {} 件", page.total),
        rows: page
            .items
            .iter()
            .map(|listed| row(&office, listed))
            .collect(),
        pager: Pager::new(number, SIZE, page.total, "件", query),
    })
}

fn row(office: &Office, listed: &Listed) -> Row {
    let (case, site) = (&listed.case, &office.shell.site);
    let may = reach::may(&office.actor, site, Action::CaseRecord, &listed.unit);
    Row {
        track: case.track.label(),
        request: format!("{}#cases", urls::office_request(&case.request)),
        number: listed.number.clone(),
        unit: site.unit_name(&listed.unit).to_owned(),
        filed_on: case.filed_on.to_string(),
        closed_on: case
            .closed_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        mark: match case.result {
            None => "half",
            Some(CaseResult::Corrected) => "today",
            Some(_) => "ok",
        },
        result: case.result.map_or(PENDING.1, CaseResult::label),
        close: if may && case.closed_on.is_none() {
            urls::office_case(&case.request, &case.id)
        } else {
            String::new()
        },
    }
}
