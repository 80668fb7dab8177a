//! An action on records: one transaction, one journal entry. Records cannot be committed without
//! the entry that says who did what.

use crate::Store;
use crate::args;
use crate::db::{Arg, Connection, Engine, Row};
use crate::error::{Result, StoreError};
use crate::keys::sha256_hex;
use futures_util::stream::BoxStream;
use jiff::civil::Date;
use office::journal::Entry;
use office::permissions::Actor;
use sqlx::SqlSafeStr;

const HEAD: &str = "SELECT head_seq, head_hash FROM site WHERE id = $1";
/// PostgreSQL: holding the site's row makes writers of one site wait for each other.
const HEAD_POSTGRES: &str = "SELECT head_seq, head_hash FROM site WHERE id = $1 FOR UPDATE";
const APPEND: &str = "INSERT INTO journal \
    (site, seq, at, actor, action, noun, record, detail, previous, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const ADVANCE: &str = "UPDATE site SET head_seq = $2, head_hash = $3 WHERE id = $1";

/// What was done, for the journal.
#[derive(Debug, Clone)]
pub struct Done<'a> {
    /// `noun.verb`, one of [`office::journal::ACTIONS`].
    pub action: &'static str,
    /// The room.
    pub noun: &'static str,
    /// Id of the record.
    pub record: &'a str,
    /// What changed; never personal data.
    pub detail: serde_json::Value,
}

impl<'a> Done<'a> {
    /// What was done to which record.
    pub fn new(
        action: &'static str,
        noun: &'static str,
        record: &'a str,
        detail: serde_json::Value,
    ) -> Done<'a> {
        Done {
            action,
            noun,
            record,
            detail,
        }
    }
}

/// An open action. Dropped without [`Tx::commit`], nothing of it remains.
pub struct Tx {
    store: Store,
    connection: Connection,
    actor: String,
    at: i64,
    seq: i64,
    previous: String,
}

impl Store {
    /// Begins an action of someone. On SQLite and, for one site, on PostgreSQL actions run one
    /// after the other.
    pub async fn begin(&self, actor: &Actor) -> Result<Tx> {
        let connection = self.db.writing().await?;
        Tx::on(self.clone(), connection, actor).await
    }
}

impl Tx {
    pub(crate) async fn on(store: Store, mut connection: Connection, actor: &Actor) -> Result<Tx> {
        let sql = match connection.engine() {
            Engine::Sqlite => HEAD,
            Engine::Postgres => HEAD_POSTGRES,
        };
        let head = connection
            .one(sql, args![store.site()])
            .await?
            .ok_or_else(|| StoreError::NotFound {
                noun: "site",
                id: store.site().to_string(),
            })?;
        let seq = head.int(0)? + 1;
        let previous = head.text(1)?;
        // The time never runs backwards in the journal for one who reads it later; a clock that
        // was set back shows in the entries, the order is by number.
        let at = store.clock.now_ms();
        Ok(Tx {
            store,
            connection,
            actor: actor.id.clone(),
            at,
            seq,
            previous,
        })
    }

    /// Number of the journal entry this action will have; what records carry as `seq`.
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// When the action began, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.at
    }

    /// The day in China on which the action began.
    pub fn today(&self) -> Date {
        crate::clock::day_of(self.at)
    }

    /// Who acts: the id in the journal.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// The site.
    pub fn site(&self) -> &str {
        self.store.site()
    }

    /// The store this action belongs to.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// All rows.
    pub async fn all(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        self.connection.all(sql, args).await
    }

    /// The first row, if there is one.
    pub async fn one(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Option<Row>> {
        self.connection.one(sql, args).await
    }

    /// The rows one after the other.
    pub fn stream(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Arg>,
    ) -> Result<BoxStream<'_, Result<Row>>> {
        self.connection.stream(sql, args)
    }

    /// Writes; returns how many rows changed.
    pub async fn execute(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<u64> {
        self.connection.execute(sql, args).await
    }

    /// Inserts many rows with few statements; `prefix` is `INSERT INTO table (a, b)`.
    pub async fn insert_many(&mut self, prefix: &str, rows: Vec<Vec<Arg>>) -> Result<u64> {
        self.connection.insert_many(prefix, rows).await
    }

    /// Updates exactly one record of a known version: `changed` is the count of an `UPDATE … WHERE
    /// … AND seq = $n`. None means somebody else was quicker.
    pub fn expect_fresh(noun: &'static str, changed: u64) -> Result<()> {
        if changed == 0 {
            Err(StoreError::Stale { noun })
        } else {
            Ok(())
        }
    }

    /// Writes the journal entry, moves the site's head to it and makes the action final. Returns
    /// the number of the entry.
    pub async fn commit(mut self, done: Done<'_>) -> Result<i64> {
        let mut entry = Entry {
            seq: self.seq,
            at: self.at,
            actor: self.actor,
            action: done.action.to_string(),
            noun: done.noun.to_string(),
            record: done.record.to_string(),
            detail: done.detail.to_string(),
            previous: self.previous,
            hash: String::new(),
        };
        let site = self.store.site();
        entry.hash = sha256_hex(&entry.preimage(site));
        let head = args![site, entry.seq, &entry.hash];
        self.connection
            .execute(
                APPEND,
                args![
                    site,
                    entry.seq,
                    entry.at,
                    entry.actor,
                    entry.action,
                    entry.noun,
                    entry.record,
                    entry.detail,
                    entry.previous,
                    entry.hash
                ],
            )
            .await?;
        self.connection.execute(ADVANCE, head).await?;
        self.connection.commit().await?;
        Ok(entry.seq)
    }

    /// Undoes everything at once; dropping does the same a little later.
    pub async fn rollback(self) -> Result<()> {
        self.connection.rollback().await
    }
}
