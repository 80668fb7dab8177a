//! Schema changes, in order of number, forward only. One SQL text serves both engines.

use crate::args;
use crate::clock::Clock;
use crate::db::{Connection, Db, Engine};
use crate::error::{Result, StoreError};
use std::path::{Path, PathBuf};

/// Every schema change: number, name, SQL. A new file gets a line here.
pub const MIGRATIONS: &[(i64, &str, &str)] = &[
    (
        1,
        "house",
        include_str!("../../../migrations/0001_house.sql"),
    ),
    (
        2,
        "withdrawn_decisions",
        include_str!("../../../migrations/0002_withdrawn_decisions.sql"),
    ),
];

/// The newest schema this program knows.
pub fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|(number, _, _)| *number)
        .max()
        .unwrap_or(0)
}

const CREATE_VERSIONS: &str = "CREATE TABLE IF NOT EXISTS schema_version (\
    version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
const VERSION: &str = "SELECT MAX(version) FROM schema_version";
const APPLIED: &str = "INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)";

/// What bringing the schema up to date did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upgrade {
    /// Schema before, 0 for an empty database.
    pub from: i64,
    /// Schema now.
    pub to: i64,
}

/// The schema of the live database, 0 when it is empty.
pub async fn version(db: &Db) -> Result<i64> {
    if !db
        .tables()
        .await?
        .iter()
        .any(|table| table == "schema_version")
    {
        return Ok(0);
    }
    Ok(db
        .one(VERSION, args![])
        .await?
        .map(|row| row.int_opt(0))
        .transpose()?
        .flatten()
        .unwrap_or(0))
}

/// Brings the schema up to date. An empty database is filled only with `create`; an older one is
/// backed up first.
pub(crate) async fn migrate(
    db: &Db,
    clock: &Clock,
    file: Option<&Path>,
    create: bool,
) -> Result<Upgrade> {
    migrate_to(db, clock, file, create, newest()).await
}

/// [`migrate`] up to a number, for restoring an older backup into its own schema.
pub(crate) async fn migrate_to(
    db: &Db,
    clock: &Clock,
    file: Option<&Path>,
    create: bool,
    to: i64,
) -> Result<Upgrade> {
    let from = version(db).await?;
    if from > to {
        return Err(StoreError::NewerSchema {
            found: from,
            known: to,
        });
    }
    if from == 0 && !create {
        return Err(StoreError::Missing("数据库是空的，还没有初始化".into()));
    }
    if from == to {
        return Ok(Upgrade { from, to });
    }
    if from > 0 {
        match file {
            Some(file) => copy_sqlite(db, file, from, clock.now_ms()).await?,
            None => tracing::warn!(
                from,
                to,
                "upgrading a PostgreSQL schema: keep a backup of `gongkai backup` or of the server"
            ),
        }
    }
    let mut connection = db.writing().await?;
    if connection.engine() == Engine::Postgres {
        // Two programs that start at once: the second waits and then finds the work done.
        connection
            .execute("SELECT pg_advisory_xact_lock(7203847201)", args![])
            .await?;
    }
    connection
        .raw(portable(CREATE_VERSIONS, connection.engine()))
        .await?;
    let current = connection.one(VERSION, args![]).await?;
    let current = current
        .map(|row| row.int_opt(0))
        .transpose()?
        .flatten()
        .unwrap_or(0);
    let due = MIGRATIONS
        .iter()
        .filter(|(number, _, _)| *number > current && *number <= to);
    for (number, name, sql) in due {
        apply(&mut connection, *number, name, sql).await?;
        connection
            .execute(APPLIED, args![*number, *name, clock.now_ms()])
            .await?;
    }
    connection.commit().await?;
    Ok(Upgrade { from: current, to })
}

async fn apply(connection: &mut Connection, number: i64, name: &str, sql: &str) -> Result<()> {
    for statement in statements(sql) {
        let statement = portable(&statement, connection.engine());
        connection
            .raw(statement)
            .await
            .map_err(|error| match error {
                StoreError::Other(error) => {
                    StoreError::Migration(format!("{number:04}_{name}.sql:{error}"))
                }
                named => named,
            })?;
    }
    Ok(())
}

/// The statements of a file: without comments, cut at the semicolons.
pub fn statements(sql: &str) -> Vec<String> {
    let code: Vec<&str> = sql
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect();
    let code = code.join("\n");
    code.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_string)
        .collect()
}

/// PostgreSQL sorts and compares text by the server's language unless told; SQLite by bytes. By
/// bytes on both, so that lists, keyset pages and prefix searches are the same everywhere.
fn portable(statement: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => statement.to_string(),
        Engine::Postgres
            if statement.starts_with("CREATE TABLE") || statement.starts_with("ALTER TABLE") =>
        {
            statement.replace(" TEXT", " TEXT COLLATE \"C\"")
        }
        Engine::Postgres => statement.to_string(),
    }
}

/// A whole copy of the SQLite file beside it, before its schema changes.
async fn copy_sqlite(db: &Db, file: &Path, from: i64, now: i64) -> Result<()> {
    let mut name = file.as_os_str().to_os_string();
    name.push(format!(".schema-{from}.{now}.backup"));
    let copy = PathBuf::from(name);
    tracing::info!(copy = %copy.display(), "copying the database before its schema changes");
    let Db::Sqlite { writer, .. } = db else {
        return Ok(());
    };
    sqlx::query("VACUUM INTO $1")
        .bind(copy.display().to_string())
        .execute(writer)
        .await
        .map_err(|error| Engine::Sqlite.fault(error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_by_one_and_every_file_says_why() {
        for (place, (number, name, sql)) in MIGRATIONS.iter().enumerate() {
            assert_eq!(*number, place as i64 + 1, "{name}");
            assert!(
                sql.trim_start().starts_with("-- Why"),
                "{name} does not say why"
            );
            assert!(!statements(sql).is_empty(), "{name} is empty");
        }
    }

    #[tokio::test]
    async fn the_copy_before_an_upgrade_is_a_whole_database() {
        let dir = tempfile::tempdir().unwrap();
        let store = crate::Store::embedded(dir.path(), Clock::fixed(5))
            .await
            .unwrap();
        let file = dir.path().join("gongkai.db");
        copy_sqlite(&store.db, &file, 1, 5).await.unwrap();
        let copy = crate::db::DatabaseUrl::Sqlite(dir.path().join("gongkai.db.schema-1.5.backup"));
        let copy = Db::connect(&copy, false, None).await.unwrap();
        assert_eq!(version(&copy).await.unwrap(), newest());
        let sites = copy.all("SELECT id FROM site", args![]).await.unwrap();
        assert_eq!(sites.len(), 1);
        assert!(
            copy_sqlite(&store.db, &file, 1, 5).await.is_err(),
            "a copy is never overwritten"
        );
    }

    #[tokio::test]
    async fn an_older_database_is_copied_and_brought_up() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("gongkai.db");
        let url = crate::db::DatabaseUrl::Sqlite(file.clone());
        let db = Db::connect(&url, true, None).await.unwrap();
        let clock = Clock::fixed(5);
        let first = migrate_to(&db, &clock, Some(&file), true, 1).await.unwrap();
        assert_eq!(first, Upgrade { from: 0, to: 1 });
        let column = "SELECT withdrawn FROM decision";
        assert!(db.all(column, args![]).await.is_err());
        let then = migrate(&db, &clock, Some(&file), false).await.unwrap();
        assert_eq!((then.from, then.to), (1, newest()));
        assert!(db.all(column, args![]).await.unwrap().is_empty());
        assert!(dir.path().join("gongkai.db.schema-1.5.backup").exists());
        // Once is enough.
        let again = migrate(&db, &clock, Some(&file), false).await.unwrap();
        assert_eq!(again.from, again.to);
    }

    #[test]
    fn a_semicolon_in_a_comment_cuts_nothing() {
        let sql = "-- Why: a; b\nCREATE TABLE a (x TEXT);\n\nCREATE TABLE b (y TEXT);\n";
        assert_eq!(
            statements(sql),
            ["CREATE TABLE a (x TEXT)", "CREATE TABLE b (y TEXT)"]
        );
    }
}
