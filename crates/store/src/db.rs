//! One way to SQLite and PostgreSQL: the same SQL text with `$1` parameters on typed pools. What
//! differs between the engines stands in this file, in `migrate.rs` and, marked, in `jobs.rs`.
//!
//! Keep statements portable: `BIGINT`, `TEXT` and `BYTEA` only; `CAST(SUM(x) AS BIGINT)`, because
//! PostgreSQL sums to NUMERIC; no engine's own functions; `LIKE` tells letters apart on both.

use crate::error::{Result, StoreError, from_postgres, from_sqlite};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{
    Sqlite, SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool,
    SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Arguments, SqlSafeStr, Transaction};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

pub use crate::row::{Arg, Row};
pub use sqlx::AssertSqlSafe;

/// Readers beside the one writer of SQLite; more only wait for the same disk.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL; well below its default of 100 for several programs.
const POSTGRES_CONNECTIONS: u32 = 10;
/// How long SQLite waits for another process, in milliseconds.
pub const BUSY_TIMEOUT_MS: u64 = 5_000;
/// How long an action waits for its connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);

/// Where the records are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// `postgres://user:password@host:port/database`.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = std::convert::Infallible;

    /// `postgres://…` and `postgresql://…` name a server, everything else (with or without
    /// `sqlite:`) a file.
    fn from_str(text: &str) -> std::result::Result<DatabaseUrl, Self::Err> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(DatabaseUrl::Postgres(text.to_string()));
        }
        let path = text
            .strip_prefix("sqlite://")
            .or_else(|| text.strip_prefix("sqlite:"));
        Ok(DatabaseUrl::Sqlite(PathBuf::from(path.unwrap_or(text))))
    }
}

/// The three kinds of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
    /// `BYTEA`.
    Bytes,
}

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    pub(crate) fn fault(self, error: sqlx::Error) -> StoreError {
        match self {
            Engine::Sqlite => from_sqlite(error),
            Engine::Postgres => from_postgres(error),
        }
    }
}

/// The open database.
#[derive(Debug, Clone)]
pub enum Db {
    /// SQLite: many readers, one writer.
    Sqlite {
        /// Connections that cannot write.
        reader: SqlitePool,
        /// The one connection that writes.
        writer: SqlitePool,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

impl Db {
    /// Opens the database. With `create` a missing SQLite file is made; `max_pages` bounds its
    /// size in pages, for tests of a full disk.
    pub(crate) async fn connect(
        url: &DatabaseUrl,
        create: bool,
        max_pages: Option<u32>,
    ) -> Result<Db> {
        match url {
            DatabaseUrl::Sqlite(path) => {
                if !create && !path.exists() {
                    return Err(StoreError::Missing(path.display().to_string()));
                }
                let base = sqlite_options(path).create_if_missing(create);
                let mut writing = base.clone().pragma("cache_size", "-8000");
                if let Some(pages) = max_pages {
                    writing = writing.pragma("max_page_count", pages.to_string());
                }
                let reading = base
                    .pragma("query_only", "ON")
                    .pragma("cache_size", "-2000");
                // The writer opens first: it makes the file and turns the journal to WAL.
                let writer = sqlite_pool(1)
                    .connect_with(writing)
                    .await
                    .map_err(from_sqlite)?;
                let reader = sqlite_pool(SQLITE_READERS)
                    .connect_with(reading)
                    .await
                    .map_err(from_sqlite)?;
                Ok(Db::Sqlite { reader, writer })
            }
            DatabaseUrl::Postgres(url) => {
                let options = PgConnectOptions::from_str(url)
                    .map_err(from_postgres)?
                    .application_name("gongkai")
                    .statement_cache_capacity(200);
                let pool = PgPoolOptions::new()
                    .max_connections(POSTGRES_CONNECTIONS)
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .after_connect(|connection, _| {
                        Box::pin(async move {
                            sqlx::raw_sql(
                                "SET synchronous_commit = on; SET lock_timeout = 5000; \
                                 SET client_min_messages = warning",
                            )
                            .execute(connection)
                            .await?;
                            Ok(())
                        })
                    })
                    .connect_with(options)
                    .await
                    .map_err(from_postgres)?;
                Ok(Db::Postgres(pool))
            }
        }
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Db::Sqlite { .. } => Engine::Sqlite,
            Db::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows of a reading statement.
    pub async fn all(&self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        match self {
            Db::Sqlite { reader, .. } => sqlite_rows(sqlite(sql, args)?.fetch_all(reader).await),
            Db::Postgres(pool) => postgres_rows(postgres(sql, args)?.fetch_all(pool).await),
        }
    }

    /// The first row of a reading statement, if there is one.
    pub async fn one(&self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Option<Row>> {
        match self {
            Db::Sqlite { reader, .. } => {
                sqlite_row(sqlite(sql, args)?.fetch_optional(reader).await)
            }
            Db::Postgres(pool) => postgres_row(postgres(sql, args)?.fetch_optional(pool).await),
        }
    }

    /// The rows of a reading statement one after the other, for exports that must not sit in
    /// memory. The statement sees one state of the database to its end.
    pub fn stream(
        &self,
        sql: impl SqlSafeStr,
        args: Vec<Arg>,
    ) -> Result<BoxStream<'static, Result<Row>>> {
        Ok(match self {
            Db::Sqlite { reader, .. } => {
                let rows = sqlite(sql, args)?.fetch(&reader.clone());
                rows.map(|row| row.map(Row::Sqlite).map_err(from_sqlite))
                    .boxed()
            }
            Db::Postgres(pool) => {
                let rows = postgres(sql, args)?.fetch(&pool.clone());
                rows.map(|row| row.map(Row::Postgres).map_err(from_postgres))
                    .boxed()
            }
        })
    }

    /// Writes outside the journal, only for tables that hold no records (`session`, `attempt`,
    /// `job`). Returns how many rows changed.
    pub async fn execute(&self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<u64> {
        match self {
            Db::Sqlite { writer, .. } => sqlite(sql, args)?
                .execute(writer)
                .await
                .map(|done| done.rows_affected())
                .map_err(from_sqlite),
            Db::Postgres(pool) => postgres(sql, args)?
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
                .map_err(from_postgres),
        }
    }

    /// Like [`Db::execute`] for a statement with `RETURNING`.
    pub async fn execute_returning(
        &self,
        sql: impl SqlSafeStr,
        args: Vec<Arg>,
    ) -> Result<Vec<Row>> {
        match self {
            Db::Sqlite { writer, .. } => sqlite_rows(sqlite(sql, args)?.fetch_all(writer).await),
            Db::Postgres(pool) => postgres_rows(postgres(sql, args)?.fetch_all(pool).await),
        }
    }

    /// Reads of one state of the database, however long they take; writers go on meanwhile.
    pub async fn snapshot(&self) -> Result<Connection> {
        match self {
            Db::Sqlite { reader, .. } => {
                let mut held = Connection::Sqlite(reader.begin().await.map_err(from_sqlite)?);
                // In WAL the state is fixed by the first read, not by BEGIN.
                held.one("SELECT COUNT(*) FROM schema_version", Vec::new())
                    .await?;
                Ok(held)
            }
            Db::Postgres(pool) => Ok(Connection::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
                    .map_err(from_postgres)?,
            )),
        }
    }

    /// A writing transaction, without the journal: for schema changes and restoring. SQLite takes
    /// the write lock at once, so that two actions never read the same state and then both write.
    pub(crate) async fn writing(&self) -> Result<Connection> {
        match self {
            Db::Sqlite { writer, .. } => Ok(Connection::Sqlite(
                writer
                    .begin_with("BEGIN IMMEDIATE")
                    .await
                    .map_err(from_sqlite)?,
            )),
            Db::Postgres(pool) => Ok(Connection::Postgres(
                pool.begin().await.map_err(from_postgres)?,
            )),
        }
    }

    /// The settings on which durability rests, read back from live connections.
    pub async fn durability(&self) -> Result<BTreeMap<String, String>> {
        let mut found = BTreeMap::new();
        match self {
            Db::Sqlite { reader, writer } => {
                for (pool, of) in [(writer, "writer"), (reader, "reader")] {
                    for pragma in SQLITE_SETTINGS {
                        let sql = AssertSqlSafe(format!("PRAGMA {pragma}"));
                        let row = sqlite(sql, Vec::new())?.fetch_one(pool).await;
                        let row = Row::Sqlite(row.map_err(from_sqlite)?);
                        let value = match row.arg(0)? {
                            Arg::Int(value) => value.unwrap_or_default().to_string(),
                            _ => row.text(0)?,
                        };
                        found.insert(format!("{of}.{pragma}"), value);
                    }
                }
            }
            Db::Postgres(_) => {
                for setting in ["synchronous_commit", "fsync", "full_page_writes"] {
                    let sql = AssertSqlSafe(format!("SHOW {setting}"));
                    if let Some(row) = self.one(sql, Vec::new()).await? {
                        found.insert(setting.to_string(), row.text(0)?);
                    }
                }
            }
        }
        Ok(found)
    }

    /// The tables of our schema that the live database has, sorted.
    pub async fn tables(&self) -> Result<Vec<String>> {
        let sql = match self {
            Db::Sqlite { .. } => {
                "SELECT name FROM sqlite_master WHERE type = 'table' \
                 AND name NOT LIKE 'sqlite_%' ORDER BY name"
            }
            Db::Postgres(_) => {
                "SELECT table_name::text FROM information_schema.tables \
                 WHERE table_schema = current_schema() ORDER BY table_name::text COLLATE \"C\""
            }
        };
        self.all(sql, Vec::new())
            .await?
            .iter()
            .map(|row| row.text(0))
            .collect()
    }

    /// The columns of a table in their order, with what they hold.
    pub(crate) async fn columns(&self, table: &str) -> Result<Vec<(String, Kind)>> {
        let sql = match self {
            Db::Sqlite { .. } => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
            Db::Postgres(_) => {
                "SELECT column_name::text, upper(data_type)::text FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
            }
        };
        let rows = self.all(sql, vec![Arg::from(table)]).await?;
        rows.iter()
            .map(|row| {
                let kind = match row.text(1)?.as_str() {
                    "BIGINT" => Kind::Int,
                    "TEXT" => Kind::Text,
                    "BYTEA" => Kind::Bytes,
                    _ => return Err(StoreError::inconsistent(table, row.text(0)?, "")),
                };
                Ok((row.text(0)?, kind))
            })
            .collect()
    }

    /// Ends all connections; SQLite writes its log back into the file.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

const SQLITE_SETTINGS: &[&str] = &[
    "journal_mode",
    "synchronous",
    "foreign_keys",
    "busy_timeout",
    "query_only",
    "mmap_size",
    "secure_delete",
];

fn sqlite_options(path: &std::path::Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: a confirmed action survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS))
        .pragma("mmap_size", "268435456")
        // What is erased must not stay readable in free pages: a wrapped key would defeat the
        // destruction of an applicant's data.
        .pragma("secure_delete", "ON")
        // PostgreSQL tells letters apart in LIKE.
        .pragma("case_sensitive_like", "ON")
        .statement_cache_capacity(200)
}

fn sqlite_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .max_lifetime(None)
        .idle_timeout(None)
        .test_before_acquire(false)
}

fn sqlite(sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Query<'static, Sqlite, SqliteArguments>> {
    let mut bound = SqliteArguments::default();
    bind(&mut bound, args).map_err(from_sqlite)?;
    Ok(sqlx::query_with(sql, bound))
}

fn postgres(sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Query<'static, Postgres, PgArguments>> {
    let mut bound = PgArguments::default();
    bind(&mut bound, args).map_err(from_postgres)?;
    Ok(sqlx::query_with(sql, bound))
}

fn bind<A>(bound: &mut A, args: Vec<Arg>) -> std::result::Result<(), sqlx::Error>
where
    A: Arguments,
    Option<i64>: for<'t> sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    Option<String>: for<'t> sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
    Option<Vec<u8>>: for<'t> sqlx::Encode<'t, A::Database> + sqlx::Type<A::Database>,
{
    for arg in args {
        match arg {
            Arg::Int(value) => bound.add(value),
            Arg::Text(value) => bound.add(value),
            Arg::Bytes(value) => bound.add(value),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(())
}

fn sqlite_rows(rows: sqlx::Result<Vec<sqlx::sqlite::SqliteRow>>) -> Result<Vec<Row>> {
    Ok(rows
        .map_err(from_sqlite)?
        .into_iter()
        .map(Row::Sqlite)
        .collect())
}

fn sqlite_row(row: sqlx::Result<Option<sqlx::sqlite::SqliteRow>>) -> Result<Option<Row>> {
    Ok(row.map_err(from_sqlite)?.map(Row::Sqlite))
}

fn postgres_rows(rows: sqlx::Result<Vec<sqlx::postgres::PgRow>>) -> Result<Vec<Row>> {
    Ok(rows
        .map_err(from_postgres)?
        .into_iter()
        .map(Row::Postgres)
        .collect())
}

fn postgres_row(row: sqlx::Result<Option<sqlx::postgres::PgRow>>) -> Result<Option<Row>> {
    Ok(row.map_err(from_postgres)?.map(Row::Postgres))
}

/// One connection in a transaction; dropping it undoes everything.
pub enum Connection {
    /// Of SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// Of PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Connection {
    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows.
    pub async fn all(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        match self {
            Connection::Sqlite(tx) => sqlite_rows(sqlite(sql, args)?.fetch_all(&mut **tx).await),
            Connection::Postgres(tx) => {
                postgres_rows(postgres(sql, args)?.fetch_all(&mut **tx).await)
            }
        }
    }

    /// The first row, if there is one.
    pub async fn one(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<Option<Row>> {
        match self {
            Connection::Sqlite(tx) => {
                sqlite_row(sqlite(sql, args)?.fetch_optional(&mut **tx).await)
            }
            Connection::Postgres(tx) => {
                postgres_row(postgres(sql, args)?.fetch_optional(&mut **tx).await)
            }
        }
    }

    /// The rows one after the other.
    pub fn stream(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Arg>,
    ) -> Result<BoxStream<'_, Result<Row>>> {
        Ok(match self {
            Connection::Sqlite(tx) => sqlite(sql, args)?
                .fetch(&mut **tx)
                .map(|row| row.map(Row::Sqlite).map_err(from_sqlite))
                .boxed(),
            Connection::Postgres(tx) => postgres(sql, args)?
                .fetch(&mut **tx)
                .map(|row| row.map(Row::Postgres).map_err(from_postgres))
                .boxed(),
        })
    }

    /// Writes; returns how many rows changed.
    pub async fn execute(&mut self, sql: impl SqlSafeStr, args: Vec<Arg>) -> Result<u64> {
        match self {
            Connection::Sqlite(tx) => sqlite(sql, args)?
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected())
                .map_err(from_sqlite),
            Connection::Postgres(tx) => postgres(sql, args)?
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected())
                .map_err(from_postgres),
        }
    }

    /// Inserts many rows with few statements. `prefix` is `INSERT INTO table (a, b)`; every row
    /// must have as many values as the first. Returns how many rows were inserted.
    pub async fn insert_many(&mut self, prefix: &str, rows: Vec<Vec<Arg>>) -> Result<u64> {
        let width = rows.first().map_or(0, Vec::len);
        if width == 0 {
            return Ok(0);
        }
        // About 900 values a statement: beyond, the time for each row hardly falls.
        let size = (900 / width).max(1);
        let mut inserted = 0;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut values = Vec::with_capacity(size * width);
            let mut count = 0;
            for row in rows.by_ref().take(size) {
                debug_assert_eq!(row.len(), width, "{prefix}");
                values.extend(row);
                count += 1;
            }
            let sql = AssertSqlSafe(values_sql(prefix, width, count));
            inserted += self.execute(sql, values).await?;
        }
        Ok(inserted)
    }

    /// Runs statements without parameters, for schema changes.
    pub(crate) async fn raw(&mut self, sql: String) -> Result<()> {
        let sql = AssertSqlSafe(sql);
        match self {
            Connection::Sqlite(tx) => {
                sqlx::raw_sql(sql)
                    .execute(&mut **tx)
                    .await
                    .map_err(from_sqlite)?;
            }
            Connection::Postgres(tx) => {
                sqlx::raw_sql(sql)
                    .execute(&mut **tx)
                    .await
                    .map_err(from_postgres)?;
            }
        }
        Ok(())
    }

    /// Undoes everything at once; dropping does the same a little later.
    pub(crate) async fn rollback(self) -> Result<()> {
        match self {
            Connection::Sqlite(tx) => tx.rollback().await.map_err(from_sqlite),
            Connection::Postgres(tx) => tx.rollback().await.map_err(from_postgres),
        }
    }

    /// Makes everything final.
    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Connection::Sqlite(tx) => tx.commit().await.map_err(from_sqlite),
            Connection::Postgres(tx) => tx.commit().await.map_err(from_postgres),
        }
    }
}

fn values_sql(prefix: &str, width: usize, count: usize) -> String {
    let mut sql = String::with_capacity(prefix.len() + 8 + count * width * 5);
    sql.push_str(prefix);
    sql.push_str(" VALUES ");
    for row in 0..count {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            if column > 0 {
                sql.push(',');
            }
            sql.push('$');
            sql.push_str(&(row * width + column + 1).to_string());
        }
        sql.push(')');
    }
    sql
}
