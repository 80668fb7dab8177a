//! Every indicator of a form: what it counts, how, and which article asks for it.

use crate::error::Result;
use crate::extract::Office;
use crate::pick::Asked;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Tab;
use askama::Template;
use office::figures::indicator;
use office::permissions::Action;
use statute::editions::{Edition, Table};

#[derive(Template)]
#[template(path = "figures/index.html")]
struct Page {
    shell: Shell,
    reports: &'static str,
    tabs: Vec<Tab>,
    sections: Vec<Section>,
}

struct Section {
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    measure: &'static str,
    definition: String,
    selection: String,
    article: &'static str,
}

/// The forms that have figures, and the years they are for.
pub const FORMS: [(Edition, &str); 3] = [
    (Edition::Format2021, "2021 年起"),
    (Edition::Trial2019, "2019—2020 年"),
    (Edition::Stats2014, "2018 年及以前"),
];

/// The indicators of one form.
pub async fn index(office: Office, asked: Asked) -> Result {
    office.needs(Action::ReportRead)?;
    let asked = Edition::from_key(asked.text("edition"));
    let edition = asked
        .filter(|edition| !edition.tables().is_empty())
        .unwrap_or(Edition::Format2021);
    let tabs = FORMS.iter().map(|(form, years)| Tab {
        label: (*years).to_owned(),
        href: urls::with_query(urls::OFFICE_FIGURES, &[("edition", form.key())]),
        current: *form == edition,
        count: -1,
    });
    shell::render(&Page {
        shell: shell::office(&office, "figures", "指标"),
        reports: urls::OFFICE_REPORTS,
        tabs: tabs.collect(),
        sections: edition
            .tables()
            .iter()
            .map(|table| section(edition, table))
            .collect(),
    })
}

fn section(edition: Edition, table: &'static Table) -> Section {
    let rows = edition
        .cells()
        .filter(|cell| cell.key.table == table.key)
        .map(|cell| Row {
            label: cell.label(),
            measure: cell.measure,
            definition: cell.definition.clone(),
            selection: indicator(edition, cell.key)
                .map(|of| of.in_words())
                .unwrap_or_default(),
            article: cell.article,
        });
    Section {
        title: table.title,
        rows: rows.collect(),
    }
}
