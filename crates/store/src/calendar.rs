//! The working-day calendar in force: the built-in national days, and the notices loaded as data.

use crate::args;
use crate::db::Row;
use crate::requests::{self, Moved};
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::permissions::{Action, Actor};
use serde_json::json;
use statute::calendar::{Calendar, Notice};

const NOTICES: &str =
    "SELECT region, name, notice FROM holiday_notice WHERE site = $1 ORDER BY seq, region, name";
const LISTED: &str = "SELECT region, name, notice, loaded_at FROM holiday_notice WHERE site = $1 ORDER BY seq, region, name";
const SAVE: &str = "INSERT INTO holiday_notice (site, region, name, notice, loaded_at, seq) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (site, region, name) \
    DO UPDATE SET notice = excluded.notice, loaded_at = excluded.loaded_at, seq = excluded.seq";

/// Region of a notice that holds for the whole country.
pub const NATIONAL: &str = "national";
/// Longest notice taken, in bytes.
pub const NOTICE_LIMIT: usize = 64 * 1024;

fn build(rows: &[Row], region: &str) -> Result<Calendar> {
    let mut calendar = Calendar::national();
    for row in rows {
        let (of, name) = (row.text(0)?, row.text(1)?);
        let notice = Notice::parse(&row.text(2)?)
            .map_err(|_| StoreError::inconsistent("holiday_notice", "notice", &name))?;
        if of == NATIONAL {
            calendar = calendar.with_notice(&notice);
        } else if of == region {
            calendar = calendar.with_region(&of, &notice);
        }
    }
    Ok(calendar)
}

/// The calendar of the site: national days, loaded notices, and the layer of the site's region.
pub async fn effective(store: &Store) -> Result<Calendar> {
    let region = store.settings().await?.region;
    build(&store.db.all(NOTICES, args![store.site()]).await?, &region)
}

pub(crate) async fn effective_in(tx: &mut Tx) -> Result<Calendar> {
    let region = tx.settings().await?.region;
    let site = tx.site().to_owned();
    build(&tx.all(NOTICES, args![site.as_str()]).await?, &region)
}

/// A notice that was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// `national` or the key of a region.
    pub region: String,
    /// Its name: the year or years it covers.
    pub name: String,
    /// Its text.
    pub text: String,
    /// When, in milliseconds.
    pub loaded_at: i64,
}

/// Every notice loaded into the site.
pub async fn notices(store: &Store) -> Result<Vec<Loaded>> {
    let rows = store.db.all(LISTED, args![store.site()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Loaded {
                region: row.text(0)?,
                name: row.text(1)?,
                text: row.text(2)?,
                loaded_at: row.int(3)?,
            })
        })
        .collect()
}

fn parse(text: &str) -> Result<(Notice, String)> {
    if text.len() > NOTICE_LIMIT {
        return Err(StoreError::refused(
            "notice-too-long",
            format!(
                "文件有 {} 字节，最多 {NOTICE_LIMIT} 字节；放假安排一年只有几十行，请核对文件。",
                text.len()
            ),
        ));
    }
    let notice = Notice::parse(text).map_err(|problems| {
        StoreError::NotAllowed(
            problems
                .into_iter()
                .take(50)
                .map(|problem| {
                    office::Reason::at(
                        "notice",
                        "notice-line",
                        format!("第 {} 行：{}", problem.line, problem.message),
                    )
                })
                .collect(),
        )
    })?;
    let years: Vec<String> = notice.years().map(|year| year.to_string()).collect();
    Ok((notice, years.join("、")))
}

/// Which open requests a notice would move, and to when; changes nothing.
pub async fn preview(store: &Store, region: &str, text: &str) -> Result<Vec<Moved>> {
    let (notice, _) = parse(text)?;
    let calendar = effective(store).await?;
    let calendar = if region == NATIONAL {
        calendar.with_notice(&notice)
    } else if region == store.settings().await?.region {
        calendar.with_region(region, &notice)
    } else {
        calendar
    };
    requests::preview(store, &calendar).await
}

/// Loads a holiday notice: a year's days off and make-up days as data. Open requests are reckoned
/// anew in the same transaction; closed ones never change. Loading the same year again replaces it.
pub async fn load(store: &Store, actor: &Actor, region: &str, text: &str) -> Result<Vec<Moved>> {
    let (_, name) = parse(text)?;
    if region.is_empty()
        || region.len() > 40
        || !region.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    {
        return Err(StoreError::refused(
            "region-malformed",
            format!("地区“{region}”不合格式，应为小写字母，如 ningxia；全国的安排不填地区。"),
        ));
    }
    let mut tx = store.begin(actor).await?;
    let site = tx.site().to_owned();
    // The calendar is the whole site's, and one for all its trees.
    units::authorize_at_a_head(&mut tx, actor, Action::CalendarLoad).await?;
    let seq = tx.seq();
    tx.execute(
        SAVE,
        args![
            site.as_str(),
            region,
            name.as_str(),
            text,
            store.now_ms(),
            seq
        ],
    )
    .await?;
    let calendar = effective_in(&mut tx).await?;
    let moved = requests::recompute(&mut tx, &calendar).await?;
    let list: Vec<_> = moved
        .iter()
        .map(|m| json!({"request": m.id, "from": m.from, "to": m.to}))
        .collect();
    tx.commit(Done::new(
        "calendar.load",
        "calendar",
        &name,
        json!({"region": region, "text": text, "moved": list}),
    ))
    .await?;
    Ok(moved)
}
