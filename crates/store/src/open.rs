//! Opening and making a store.

use crate::Store;
use crate::clock::Clock;
use crate::db::{DatabaseUrl, Db};
use crate::error::{Result, StoreError};
use crate::files::Files;
use crate::keys::{KeySource, Keys};
use crate::migrate;
use crate::tx::Done;
use office::permissions::Actor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Id of the only site of an embedded store.
pub const DEFAULT_SITE: &str = "default";

/// How to open a store.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Where the records are.
    pub url: DatabaseUrl,
    /// Which government.
    pub site: String,
    /// The time.
    pub clock: Clock,
    /// The key of sealed data.
    pub master_key: KeySource,
    /// Where attachments lie.
    pub files_dir: PathBuf,
    /// Whether a missing database, site or key is made.
    pub create: bool,
    /// Bound of a SQLite file in pages of 4 KiB, to test a full disk.
    pub max_page_count: Option<u32>,
}

impl OpenOptions {
    /// The layout of a data folder: `gongkai.db`, `files/`, `master.key`, one site.
    pub fn embedded(dir: &Path, clock: Clock) -> OpenOptions {
        OpenOptions {
            url: DatabaseUrl::Sqlite(dir.join("gongkai.db")),
            site: DEFAULT_SITE.into(),
            clock,
            master_key: KeySource::File(dir.join("master.key")),
            files_dir: dir.join("files"),
            create: true,
            max_page_count: None,
        }
    }
}

/// The schema of the database that `options` names, 0 for an empty one, without changing it.
///
/// # Errors
/// There is no database, or it does not answer.
pub async fn schema(options: &OpenOptions) -> Result<i64> {
    let db = Db::connect(&options.url, false, None).await?;
    let found = migrate::version(&db).await;
    db.close().await;
    found
}

impl Store {
    /// Opens a store and brings its schema up to date, after a copy of the old state. The master
    /// key must be the one the site was made with.
    pub async fn open(options: OpenOptions) -> Result<Store> {
        let db = Db::connect(&options.url, options.create, options.max_page_count).await?;
        let found = migrate::version(&db).await?;
        let file = match &options.url {
            DatabaseUrl::Sqlite(path) => Some(path.as_path()),
            DatabaseUrl::Postgres(_) => None,
        };
        if found == 0 && !options.create {
            return Err(StoreError::Missing("数据库是空的，还没有初始化".into()));
        }
        // A key is made only together with its database: a lost key must be said, not replaced.
        let keys = Keys::load(&options.master_key, options.create && found == 0)?;
        let upgrade = migrate::migrate(&db, &options.clock, file, options.create).await?;
        let store = Store {
            db,
            site: Arc::from(options.site.as_str()),
            clock: options.clock,
            keys,
            files: Files::new(options.files_dir),
        };
        store.open_site(options.create).await?;
        if upgrade.from > 0 && upgrade.from < upgrade.to {
            let tx = store.begin(&Actor::operator()).await?;
            let detail = serde_json::json!({ "from": upgrade.from, "to": upgrade.to });
            tx.commit(Done {
                action: "database.upgrade",
                noun: "site",
                record: &options.site,
                detail,
            })
            .await?;
        }
        Ok(store)
    }

    /// Opens the data folder `dir`, making it and everything in it that is missing.
    pub async fn embedded(dir: &Path, clock: Clock) -> Result<Store> {
        std::fs::create_dir_all(dir)
            .map_err(|error| StoreError::io(format!("建立数据目录 {}", dir.display()), error))?;
        Store::open(OpenOptions::embedded(dir, clock)).await
    }
}
