//! One page from one row, and nothing else: no routes to speak of, no headers, no log, no rights.
//!
//! `bare seed FILE` writes 10,000 documents of about 20 kB; `bare serve FILE PORT` serves
//! `/doc/{id}` on one thread, with one connection, one prepared statement and one template.
//! What the house costs on top of this is what the bench wants to know.

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use rusqlite::{Connection, OpenFlags};
use std::cell::OnceCell;
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

const DOCUMENTS: i64 = 10_000;
const BODY_BYTES: usize = 19_600;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: &'a str,
    index: &'a str,
    unit: &'a str,
    date: &'a str,
    paragraphs: Vec<&'a str>,
}

thread_local!(static DATABASE: OnceCell<Connection> = const { OnceCell::new() });

fn page(id: i64) -> Outcome<String> {
    DATABASE.with(|cell| {
        let database = cell.get().ok_or("no database on this thread")?;
        let mut statement = database
            .prepare_cached("SELECT title, idx, unit, date, body FROM doc WHERE id = ?1")?;
        let mut rows = statement.query([id])?;
        let row = rows.next()?.ok_or("no such document")?;
        let page = Page {
            title: row.get_ref(0)?.as_str()?,
            index: row.get_ref(1)?.as_str()?,
            unit: row.get_ref(2)?.as_str()?,
            date: row.get_ref(3)?.as_str()?,
            paragraphs: row.get_ref(4)?.as_str()?.split('\n').collect(),
        };
        Ok(page.render()?)
    })
}

async fn document(Path(id): Path<i64>) -> Response {
    match page(id) {
        Ok(text) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Err(fault) => (StatusCode::NOT_FOUND, fault.to_string()).into_response(),
    }
}

fn serve(file: &str, port: u16) -> Outcome<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(file, flags)?;
    database.pragma_update(None, "mmap_size", 256 * 1024 * 1024)?;
    DATABASE
        .with(|cell| cell.set(database))
        .map_err(|_| "the database is open already")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let routes = Router::new().route("/doc/{id}", get(document));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        axum::serve(listener, routes).await?;
        Ok(())
    })
}

/// A small generator with a fixed seed: every run measures the same rows.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

fn seed(file: &str) -> Outcome<()> {
    const WHO: [&str; 6] = [
        "各村委会",
        "有关单位",
        "县级部门",
        "乡镇窗口",
        "经办人员",
        "申请人",
    ];
    const WHAT: [&str; 8] = [
        "应当在规定日期之前报送材料",
        "可以到窗口查询办理进度",
        "按照公布的名单逐户核对",
        "对变动情况及时登记",
        "由专人负责保存底册",
        "把结果张贴在公示栏",
        "遇到疑问先电话联系",
        "对遗漏事项予以补正",
    ];
    const WHY: [&str; 5] = [
        "以免重复填表",
        "保证数字一致",
        "方便群众核对",
        "便于年终统计",
        "使去向清楚",
    ];
    let mut database = Connection::open(file)?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL;
         CREATE TABLE doc (id INTEGER PRIMARY KEY, title TEXT, idx TEXT, unit TEXT, date TEXT, body TEXT);",
    )?;
    let transaction = database.transaction()?;
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for id in 1..=DOCUMENTS {
        let mut body = String::with_capacity(BODY_BYTES + 400);
        while body.len() < BODY_BYTES {
            for _ in 0..4 {
                body.push_str(WHO[dice.roll(WHO.len())]);
                body.push_str(WHAT[dice.roll(WHAT.len())]);
                body.push('，');
                body.push_str(WHY[dice.roll(WHY.len())]);
                body.push('。');
            }
            body.push('\n');
        }
        transaction.execute(
            "INSERT INTO doc VALUES (?1, ?2, ?3, '某县民政局', '2018-12-31', ?4)",
            (
                id,
                format!("第 {id} 号通知"),
                format!("A-{id:06}"),
                body.trim_end(),
            ),
        )?;
    }
    transaction.commit()?;
    Ok(())
}

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["seed", file] => seed(file),
        ["serve", file, port] => serve(file, port.parse()?),
        _ => Err("bare seed FILE | bare serve FILE PORT".into()),
    }
}
