//! Pages under load, with the cache and without it, beside the bare handler.

use super::load::{self, CONNECTIONS, Figures};
use super::process::{Memory, memory};
use super::{gongkai, pinned, places, table, write};
use crate::Fault;
use crate::http;
use crate::keeper::{Kept, Order};
use crate::machine::{self, Need};
use crate::postgres::free_port;
use crate::run::{Folder, Run, target};
use crate::server::{self, Demo, DemoOrder};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// One server with its figures.
struct Series {
    name: &'static str,
    ready: f64,
    idle: Memory,
    loaded: Memory,
    pages: Vec<(&'static str, String, Figures)>,
}

pub fn measure(seconds: u64) -> Result<(), Fault> {
    machine::ensure(&[Need::Wrk])?;
    let folder = Folder::new("bench-pages")?;
    let bare = bare(folder.path(), seconds)?;
    let data = folder.path().join("county");
    let made = county(&data)?;
    long_document(folder.path(), &data)?;
    let mut all = Vec::new();
    for (name, options) in [("cache", &[][..]), ("no cache", &["--no-page-cache"][..])] {
        all.push(demo(name, options, &data, seconds)?);
    }
    all.push(bare);
    print(&all);
    println!("the demo county was made and served in {made:.1} s");
    write("pages", &json(&all, made, seconds))
}

/// Measures the bare handler and prints it.
pub fn yardstick_alone(seconds: u64) -> Result<(), Fault> {
    machine::ensure(&[Need::Wrk])?;
    let folder = Folder::new("bench-bare")?;
    let bare = [bare(folder.path(), seconds)?];
    print(&bare);
    Ok(())
}

/// Makes the county once; the servers that are measured find it there.
fn county(data: &Path) -> Result<f64, Fault> {
    let demo = Demo::start(&DemoOrder {
        program: &gongkai()?,
        data,
        before: &pinned("1"),
        options: &[],
        patience: Duration::from_secs(300),
        throw_away: false,
    })?;
    Ok(demo.ready.as_secs_f64())
}

/// Id of the document whose page is as long as the bare handler's.
const LONG: &str = "bench-long";

/// Brings in a document whose page is about 20 kB, as long as the bare handler's.
fn long_document(folder: &Path, data: &Path) -> Result<(), Fault> {
    let paragraph = "为测量页面速度写的一段文字，长度与裸处理器的页面相当。".repeat(6);
    let body = [paragraph.as_str(); 32].join("\n");
    let line = json!({
        "type": "document", "id": LONG, "unit": places::UNIT, "kind": "news",
        "title": "测量用的长文件", "written_on": "2020-01-02", "attribute": "proactive",
        "published_on": "2020-01-02", "channels": ["website"], "body": body,
    });
    let file = folder.join("long.jsonl");
    std::fs::write(&file, format!("{line}\n")).map_err(|error| error.to_string())?;
    let (program, file, data) = (gongkai()?, file.to_string_lossy(), data.to_string_lossy());
    let program = program.to_string_lossy();
    Run::new(&program)
        .args(["import", &*file, "--data", &*data])
        .go()
}

fn demo(name: &'static str, options: &[&str], data: &Path, seconds: u64) -> Result<Series, Fault> {
    let demo = Demo::start(&DemoOrder {
        program: &gongkai()?,
        data,
        before: &pinned("1"),
        options,
        patience: Duration::from_secs(60),
        throw_away: false,
    })?;
    std::thread::sleep(Duration::from_secs(2));
    let idle = memory(demo.pid())?;
    let list = http::get(demo.port(), places::LIST, "")?;
    let document = first_link(&list.text(), places::DOCUMENT).ok_or_else(|| {
        format!(
            "{} ({}) links to no {}…: see xtask/src/bench/places.rs",
            places::LIST,
            list.status,
            places::DOCUMENT
        )
    })?;
    let mut pages = Vec::new();
    let long = format!("{}{LONG}", places::DOCUMENT);
    for (page, path) in [
        ("document 20 kB", long.as_str()),
        ("document", document.as_str()),
        ("list", places::LIST),
        ("home", places::HOME),
    ] {
        println!("loading {page} {path} ({name})");
        let figures = load::measure(demo.port(), path, demo.pid(), "", seconds)?;
        pages.push((page, path.to_owned(), figures));
    }
    let loaded = memory(demo.pid())?;
    Ok(Series {
        name,
        ready: demo.ready.as_secs_f64(),
        idle,
        loaded,
        pages,
    })
}

/// The first address in a page that begins so, is longer and does not end in a file's name.
fn first_link(page: &str, prefix: &str) -> Option<String> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find_map(|link| {
            let rest = link.strip_prefix(prefix)?;
            (!rest.is_empty() && !rest.contains(['.', '?', '#'])).then(|| link.to_owned())
        })
}

fn bare(folder: &Path, seconds: u64) -> Result<Series, Fault> {
    let build = target()?.join("bare");
    let place = build.to_string_lossy();
    Run::cargo()
        .args([
            "build",
            "--release",
            "--locked",
            "--manifest-path",
            "xtask/bare/Cargo.toml",
        ])
        .args(["--target-dir", &place])
        .go()?;
    let program = build.join("release").join("bare");
    let program = program.to_string_lossy();
    let file = folder.join("bare.db");
    let file = file.to_string_lossy();
    Run::new(&program).args(["seed", &*file]).go()?;
    let port = free_port()?;
    let shown = port.to_string();
    let start = Instant::now();
    let kept = Kept::start(&Order {
        name: "the bare handler",
        command: &[&pinned("1")[..], &[&*program, "serve", &*file, &shown]].concat(),
        env: &[],
        log: &target()?.join("xtask").join("bare.log"),
        folder: None,
        signal: "TERM",
    })?;
    let path = "/doc/4711";
    let ready = server::wait(&kept, port, path, start, Duration::from_secs(30))?.as_secs_f64();
    let idle = memory(kept.pid())?;
    println!("loading the bare handler");
    let figures = load::measure(port, path, kept.pid(), "", seconds)?;
    let loaded = memory(kept.pid())?;
    Ok(Series {
        name: "bare",
        ready,
        idle,
        loaded,
        pages: vec![("document", path.to_owned(), figures)],
    })
}

/// The yardstick: the bare handler's only page.
fn yardstick(all: &[Series]) -> Option<&Figures> {
    let bare = all.iter().find(|series| series.name == "bare")?;
    bare.pages.first().map(|(_, _, figures)| figures)
}

fn print(all: &[Series]) {
    let bare = yardstick(all);
    let mut rows = Vec::new();
    for series in all {
        for (page, _, figures) in &series.pages {
            let ratio = |ours: f64, theirs: Option<f64>| {
                theirs.map_or(String::new(), |theirs| format!("{:.2}", ours / theirs))
            };
            rows.push(vec![
                format!("{page}, {}", series.name),
                figures.bytes.to_string(),
                format!("{:.0}", figures.per_second),
                format!("{:.0}", figures.per_cpu_second),
                ratio(figures.per_cpu_second, bare.map(|it| it.per_cpu_second)),
                format!("{:.2}", figures.p50_ms),
                format!("{:.2}", figures.p99_ms),
                ratio(figures.p99_ms, bare.map(|it| it.p99_ms)),
                format!("{:.2}", figures.other_cores),
            ]);
        }
    }
    println!("\n{CONNECTIONS} connections, medians of 3 runs");
    let head = [
        "page",
        "bytes",
        "req/s",
        "req/cpu-s",
        "to bare",
        "p50 ms",
        "p99 ms",
        "to bare",
        "other",
    ];
    table(&head, &rows);
    let mut rows = Vec::new();
    for series in all {
        let figures = [
            series.idle.rss,
            series.idle.pss,
            series.loaded.rss,
            series.loaded.pss,
        ];
        let mut row = vec![series.name.to_owned(), format!("{:.3}", series.ready)];
        row.extend(figures.map(|it| format!("{it:.1}")));
        rows.push(row);
    }
    println!();
    table(
        &[
            "server",
            "ready s",
            "idle RSS MiB",
            "idle PSS",
            "loaded RSS",
            "loaded PSS",
        ],
        &rows,
    );
}

fn json(all: &[Series], made: f64, seconds: u64) -> Value {
    let bare = yardstick(all);
    let series: Vec<Value> = all
        .iter()
        .map(|series| {
            let pages: Vec<Value> = series
                .pages
                .iter()
                .map(|(page, path, figures)| {
                    let mut value = figures.json();
                    value["page"] = json!(page);
                    value["path"] = json!(path);
                    if let Some(bare) = bare {
                        value["per_cpu_second_to_bare"] =
                            json!(figures.per_cpu_second / bare.per_cpu_second);
                        value["p99_to_bare"] = json!(figures.p99_ms / bare.p99_ms);
                    }
                    value
                })
                .collect();
            let of = |it: Memory| json!({"rss_mib": it.rss, "pss_mib": it.pss});
            json!({
                "server": series.name, "ready_seconds": series.ready, "idle": of(series.idle),
                "after_load": of(series.loaded), "pages": pages,
            })
        })
        .collect();
    json!({
        "connections": CONNECTIONS, "seconds_a_run": seconds, "runs": 3,
        "pinned": !pinned("1").is_empty(), "demo_made_seconds": made, "servers": series,
    })
}

#[cfg(test)]
mod tests {
    use super::first_link;

    #[test]
    fn the_first_document_of_a_list_is_found() {
        let page = r#"<a href="/documents">x</a><a href="/documents/feed.atom">x</a>
            <a href="/documents/?page=2">x</a><a href="/documents/17">x</a><a href="/documents/18">x</a>"#;
        assert_eq!(
            first_link(page, "/documents/").as_deref(),
            Some("/documents/17")
        );
        assert_eq!(first_link(page, "/files/"), None);
    }
}
