//! One way to SQLite and PostgreSQL: the same SQL text with `$1` parameters on typed pools. What
//! differs between the engines stands here, in `connection.rs`, in `migrate.rs` and in statements whose
//! names end in `_POSTGRES`.
//!
//! Keep statements portable: `BIGINT`, `TEXT` and `BYTEA` only; `CAST(SUM(x) AS BIGINT)`, because
//! PostgreSQL sums to NUMERIC; no engine's own functions; `LIKE` tells letters apart on both.

use crate::connection::{postgres, postgres_row, postgres_rows, sqlite, sqlite_row, sqlite_rows};
use crate::error::{Result, StoreError, from_postgres, from_sqlite};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sqlx::SqlSafeStr;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

pub use crate::connection::Connection;
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
