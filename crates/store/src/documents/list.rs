//! Lists of documents: what the public sees, and what an office sees.

use super::public_where;
use crate::args;
use crate::clause::Clause;
use crate::db::{AssertSqlSafe, Row};
use crate::{Result, Store, StoreError};
use office::documents::{Attribute, Kind, Status};
use office::permissions::{Action, Actor};
use statute::Date;

/// A document as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub id: String,
    /// Unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Kind.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// 文号.
    pub number: Option<String>,
    /// 索引号.
    pub index_number: String,
    /// 成文日期.
    pub written_on: Date,
    /// 发布日期.
    pub published_on: Option<Date>,
    /// 废止日期.
    pub repealed_on: Option<Date>,
    /// 公开属性.
    pub attribute: Attribute,
    /// Where it is.
    pub status: Status,
    /// Who drafted it.
    pub drafter: Option<String>,
}

const LISTED: &str = "d.id, d.unit, u.name, d.kind, d.title, d.number, d.index_number, d.written_on, \
    d.published_on, d.repealed_on, d.attribute, d.status, d.drafter";

fn read_listed(row: &Row) -> Result<Listed> {
    let id = row.text(0)?;
    let bad = |column| StoreError::inconsistent("document", column, &id);
    Ok(Listed {
        unit: row.text(1)?,
        unit_name: row.text(2)?,
        kind: Kind::from_key(&row.text(3)?).ok_or_else(|| bad("kind"))?,
        title: row.text(4)?,
        number: row.text_opt(5)?,
        index_number: row.text(6)?,
        written_on: row.date(7)?,
        published_on: row.date_opt(8)?,
        repealed_on: row.date_opt(9)?,
        attribute: Attribute::from_key(&row.text(10)?).ok_or_else(|| bad("attribute"))?,
        status: Status::from_key(&row.text(11)?).ok_or_else(|| bad("status"))?,
        drafter: row.text_opt(12)?,
        id,
    })
}

/// What a list is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only of this unit.
    pub unit: Option<String>,
    /// Only of units at or below this one.
    pub below: Option<String>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only published (public lists) or written (office lists) in this year.
    pub year: Option<i16>,
    /// Only in this state; office lists only.
    pub status: Option<Status>,
    /// Only those made public in this year that still are.
    pub public_in: Option<i16>,
    /// Words that all stand in the title or the body.
    pub words: Vec<String>,
}

/// Most words of a search that are looked at.
pub const WORDS_LIMIT: usize = 8;

/// Deepest page that is served.
pub const PAGE_LIMIT: u32 = 1000;

/// One page of a list, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The records of this page.
    pub items: Vec<T>,
    /// All that match.
    pub total: i64,
}

/// Which list: what the public sees on a day, or what an office sees in some parts of the tree.
enum Sight<'a> {
    Public(Date),
    Office(&'a [String]),
}

fn clause(store: &Store, sight: &Sight, filter: &Filter) -> Clause {
    let mut clause = Clause::new("d.site = $1", args![store.site()]);
    let day = match sight {
        Sight::Public(today) => {
            let day = clause.bind(*today);
            clause.and(&public_where(&day));
            "d.published_on"
        }
        Sight::Office(heads) => {
            clause.below("d", heads.iter().map(String::as_str));
            "d.written_on"
        }
    };
    if let Some(unit) = &filter.unit {
        let unit = clause.bind(unit.as_str());
        clause.and(&format!("d.unit = {unit}"));
    }
    if let Some(below) = &filter.below {
        clause.below("d", [below.as_str()]);
    }
    if let Some(kind) = filter.kind {
        let kind = clause.bind(kind.key());
        clause.and(&format!("d.kind = {kind}"));
    }
    if let Some(status) = filter.status {
        let status = clause.bind(status.key());
        clause.and(&format!("d.status = {status}"));
    }
    if let Some(year) = filter.year {
        let from = clause.bind(format!("{year:04}-01-01"));
        let to = clause.bind(format!("{year:04}-12-31"));
        clause.and(&format!("{day} BETWEEN {from} AND {to}"));
    }
    if let Some(year) = filter.public_in {
        let from = clause.bind(format!("{year:04}-01-01"));
        let to = clause.bind(format!("{year:04}-12-31"));
        let today = clause.bind(store.today());
        clause.and(&format!(
            "d.status = 'published' AND d.attribute = 'proactive' \
             AND d.published_on BETWEEN {from} AND {to} AND d.published_on <= {today}"
        ));
    }
    for word in filter.words.iter().take(WORDS_LIMIT) {
        let pattern = clause.bind(like(word));
        clause.and(&format!(
            "(d.title LIKE {pattern} ESCAPE '!' OR d.body LIKE {pattern} ESCAPE '!' OR d.number LIKE {pattern} ESCAPE '!')"
        ));
    }
    clause
}

/// A LIKE pattern that finds exactly this text.
fn like(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars().take(100) {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

async fn list(
    store: &Store,
    sight: Sight<'_>,
    filter: &Filter,
    page: u32,
    size: u32,
) -> Result<Page<Listed>> {
    let order = match sight {
        Sight::Public(_) => "d.published_on DESC, d.id DESC",
        Sight::Office(_) => "d.seq DESC, d.id DESC",
    };
    let clause = clause(store, &sight, filter);
    let total = store
        .db
        .one(
            AssertSqlSafe(format!(
                "SELECT COUNT(*) FROM document d WHERE {}",
                clause.sql
            )),
            clause.args.clone(),
        )
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    let offset = i64::from(page.clamp(1, PAGE_LIMIT) - 1) * i64::from(size);
    let Clause { sql, mut args } = clause;
    args.push(i64::from(size).into());
    args.push(offset.into());
    let rows = store
        .db
        .all(
            AssertSqlSafe(format!(
                "SELECT {LISTED} FROM document d JOIN unit u ON u.site = d.site AND u.id = d.unit \
                 WHERE {sql} ORDER BY {order} LIMIT ${} OFFSET ${}",
                args.len() - 1,
                args.len()
            )),
            args,
        )
        .await?;
    Ok(Page {
        items: rows.iter().map(read_listed).collect::<Result<_>>()?,
        total,
    })
}

/// What the public sees, newest first.
pub async fn list_public(
    store: &Store,
    filter: &Filter,
    page: u32,
    size: u32,
) -> Result<Page<Listed>> {
    list(store, Sight::Public(store.today()), filter, page, size).await
}

/// What an actor sees in the office: all states, in the parts of the tree where the actor may read.
pub async fn list_office(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
    size: u32,
) -> Result<Page<Listed>> {
    let heads = actor.scope(Action::DocumentRead);
    list(store, Sight::Office(&heads), filter, page, size).await
}

/// Public documents that interpret this one.
pub async fn interpretations(store: &Store, id: &str) -> Result<Vec<Listed>> {
    // The cross join holds SQLite to the index of `explains`; by itself it walks everything public.
    let sql = format!(
        "SELECT {LISTED} FROM document e CROSS JOIN document d \
         JOIN unit u ON u.site = d.site AND u.id = d.unit \
         WHERE e.site = $1 AND e.explains = $3 AND d.site = e.site AND d.id = e.id AND {} \
         ORDER BY d.published_on DESC, d.id LIMIT 50",
        public_where("$2")
    );
    let rows = store
        .db
        .all(AssertSqlSafe(sql), args![store.site(), store.today(), id])
        .await?;
    rows.iter().map(read_listed).collect()
}
