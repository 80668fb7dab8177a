//! One connection in a transaction, and how arguments and rows pass to and from each engine.

use crate::db::{Arg, AssertSqlSafe, Engine, Row};
use crate::error::{Result, from_postgres, from_sqlite};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{Arguments, SqlSafeStr, Transaction};

pub(crate) fn sqlite(
    sql: impl SqlSafeStr,
    args: Vec<Arg>,
) -> Result<Query<'static, Sqlite, SqliteArguments>> {
    let mut bound = SqliteArguments::default();
    bind(&mut bound, args).map_err(from_sqlite)?;
    Ok(sqlx::query_with(sql, bound))
}

pub(crate) fn postgres(
    sql: impl SqlSafeStr,
    args: Vec<Arg>,
) -> Result<Query<'static, Postgres, PgArguments>> {
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
            // PostgreSQL takes no NUL in a text and SQLite cuts there: a visitor's `%00` must find
            // nothing on either, and is no fault of the database.
            Arg::Text(value) => bound.add(value.map(|text| match text.contains('\0') {
                true => text.replace('\0', "\u{fffd}"),
                false => text,
            })),
            Arg::Bytes(value) => bound.add(value),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(())
}

pub(crate) fn sqlite_rows(rows: sqlx::Result<Vec<sqlx::sqlite::SqliteRow>>) -> Result<Vec<Row>> {
    Ok(rows
        .map_err(from_sqlite)?
        .into_iter()
        .map(Row::Sqlite)
        .collect())
}

pub(crate) fn sqlite_row(
    row: sqlx::Result<Option<sqlx::sqlite::SqliteRow>>,
) -> Result<Option<Row>> {
    Ok(row.map_err(from_sqlite)?.map(Row::Sqlite))
}

pub(crate) fn postgres_rows(rows: sqlx::Result<Vec<sqlx::postgres::PgRow>>) -> Result<Vec<Row>> {
    Ok(rows
        .map_err(from_postgres)?
        .into_iter()
        .map(Row::Postgres)
        .collect())
}

pub(crate) fn postgres_row(
    row: sqlx::Result<Option<sqlx::postgres::PgRow>>,
) -> Result<Option<Row>> {
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
