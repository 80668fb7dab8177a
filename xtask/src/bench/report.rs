//! How long a county's report takes: the whole command, and the page of the office.

use super::{gongkai, load, median, pinned, places, table, write};
use crate::Fault;
use crate::http;
use crate::machine::{self, Need};
use crate::run::{Folder, Run};
use crate::server::{Demo, DemoOrder};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const RUNS: usize = 5;

pub fn measure(seconds: u64) -> Result<(), Fault> {
    machine::ensure(&[Need::Wrk])?;
    let folder = Folder::new("bench-report")?;
    let data = folder.path().join("county");
    let program = gongkai()?;
    let demo = Demo::start(&DemoOrder {
        program: &program,
        data: &data,
        before: &pinned("1"),
        options: &["--no-page-cache"],
        patience: Duration::from_secs(300),
        throw_away: false,
    })?;
    let cookies = sign_in(demo.port())?;
    let page = load::measure(demo.port(), &report_page(), demo.pid(), &cookies, seconds)?;
    drop(demo);

    let mut times = Vec::new();
    let mut bytes = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        let text = Run::new(&program.to_string_lossy())
            .args([
                "report",
                "--unit",
                places::REPORT_UNIT,
                "--year",
                places::REPORT_YEAR,
            ])
            .args([
                "--edition",
                places::REPORT_EDITION,
                "--roll-up",
                "--format",
                "json",
            ])
            .args(["--data", &data.to_string_lossy()])
            .read()?;
        times.push(start.elapsed().as_secs_f64());
        // A report without its table would be quick.
        let report: Value = serde_json::from_str(&text).map_err(|e| format!("report: {e}"))?;
        if report.pointer("/tables/stats2014").is_none() {
            return Err("gongkai report printed no table stats2014".to_owned());
        }
        bytes = text.len();
    }
    let command = median(times.clone());
    println!();
    table(
        &["report of the county, 2018", "bytes", "ms", "req/cpu-s"],
        &[
            vec![
                "whole command, one after another".to_owned(),
                bytes.to_string(),
                format!("{:.1}", command * 1000.0),
                String::new(),
            ],
            vec![
                format!("page, {} connections, p50", load::CONNECTIONS),
                page.bytes.to_string(),
                format!("{:.1}", page.p50_ms),
                format!("{:.1}", page.per_cpu_second),
            ],
        ],
    );
    write(
        "report",
        &json!({"command_seconds": times, "command_median_seconds": command, "page": page.json()}),
    )
}

fn report_page() -> String {
    format!(
        "{}?unit={}&year={}&edition={}&roll_up=on",
        places::REPORT,
        places::HEAD,
        places::REPORT_YEAR,
        places::REPORT_EDITION
    )
}

/// Signs in as the disclosure office of the demo and gives the cookies of the session.
fn sign_in(port: u16) -> Result<String, Fault> {
    let form = http::get(port, places::SIGN_IN, "")?;
    let mut jar = Vec::new();
    collect(&form, &mut jar);
    let mut fields = hidden_fields(&form.text());
    let (login, password) = places::SIGN_IN_FIELDS;
    fields.push((login.to_owned(), places::OFFICE.0.to_owned()));
    fields.push((password.to_owned(), places::OFFICE.1.to_owned()));
    let answer = http::post(port, places::SIGN_IN, &cookies(&jar), &fields)?;
    collect(&answer, &mut jar);
    if !(300..400).contains(&answer.status) {
        return Err(format!(
            "signing in as {} at {} answers {}: see xtask/src/bench/places.rs",
            places::OFFICE.0,
            places::SIGN_IN,
            answer.status
        ));
    }
    Ok(cookies(&jar))
}

fn collect(answer: &http::Answer, jar: &mut Vec<(String, String)>) {
    for cookie in answer.header("set-cookie") {
        if let Some((name, value)) = cookie.split(';').next().and_then(|it| it.split_once('=')) {
            jar.retain(|(known, _)| known != name);
            jar.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn cookies(jar: &[(String, String)]) -> String {
    jar.iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The hidden fields of the page's form that signs in (the one with a password).
fn hidden_fields(page: &str) -> Vec<(String, String)> {
    let form = page
        .split("<form")
        .skip(1)
        .filter_map(|rest| rest.split("</form").next())
        .find(|form| form.contains("type=\"password\""))
        .unwrap_or("");
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    form.split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| tag.contains("type=\"hidden\""))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::hidden_fields;

    #[test]
    fn the_token_of_the_form_with_the_password_is_found() {
        let page = r#"<form action="/search"><input type="hidden" name="csrf" value="no"></form>
            <form method="post"><input type="hidden" name="csrf" value="yes">
            <input type="password" name="password"></form>"#;
        assert_eq!(hidden_fields(page), [("csrf".to_owned(), "yes".to_owned())]);
    }
}
