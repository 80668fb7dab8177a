//! Backup while people work, and restoring on either engine. A backup is a folder of plain files:
//! one JSON line a row, the attachments under their hashes, and a manifest with the hash of each
//! part. The master key goes into a file beside it, to be kept elsewhere.

use crate::Store;
use crate::args;
use crate::db::{Arg, AssertSqlSafe, Connection, DatabaseUrl, Db, Kind, Row};
use crate::error::{Result, StoreError};
use crate::files::{Files, blocking};
use crate::keys::{KeySource, Keys, hex, sha256_hex, write_secret};
use crate::migrate;
use crate::open::OpenOptions;
use crate::tx::Done;
use futures_util::TryStreamExt;
use office::permissions::Actor;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The tables of a backup, each after those it refers to, with the columns of their keys: rows are
/// written in the order of the key, so that the same records give the same bytes.
pub const TABLES: &[(&str, &str)] = &[
    ("site", "id"),
    ("journal", "site, seq"),
    ("sequence", "site, name"),
    ("unit", "site, id"),
    ("unit_above", "site, ancestor, unit"),
    ("person", "site, id"),
    ("role_grant", "site, person, role, unit"),
    ("document", "site, id"),
    ("document_channel", "site, document, channel"),
    ("attachment", "site, id"),
    ("decision", "site, id"),
    ("fee_income", "site, unit, year"),
    ("applicant", "site, id"),
    ("request", "site, id"),
    ("legal_case", "site, id"),
    ("entry", "site, id"),
    ("annual_report", "site, unit, year"),
    ("holiday_notice", "site, region, name"),
    ("job", "site, id"),
];

/// Tables that are not in a backup, with the reason.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("attempt", "counts of the last day; meaningless elsewhere"),
    (
        "schema_version",
        "made by the schema changes themselves; the manifest has the number",
    ),
    ("session", "everybody signs in again after a restore"),
];

/// Columns that refer to rows of their own table: filled after all rows are there.
const SELF: &[(&str, &str)] = &[("unit", "parent"), ("document", "explains")];

const FORMAT: &str = "gongkai-backup-1";
const ROWS_AT_ONCE: usize = 500;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the layout.
    pub format: String,
    /// Version of the program that wrote it.
    pub program: String,
    /// Number of the schema.
    pub schema: i64,
    /// When, in milliseconds since 1970 UTC.
    pub made_at: i64,
    /// Mark of the master key that opens the sealed data; not a secret.
    pub key_mark: String,
    /// Ids of the sites.
    pub sites: Vec<String>,
    /// The parts, by path within the folder.
    pub tables: BTreeMap<String, Part>,
    /// Hashes of the attachments, each a file under `files/`.
    pub files: Vec<String>,
    /// Attachments that were missing or damaged and are not in the backup.
    pub lost: Vec<String>,
}

/// One table of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The folder.
    pub folder: PathBuf,
    /// The file with the master key; keep it apart from the folder.
    pub key: PathBuf,
    /// What the folder holds.
    pub manifest: Manifest,
}

/// The key file that belongs to a backup folder.
pub fn key_beside(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_os_string();
    name.push(".key");
    PathBuf::from(name)
}

fn bad(what: impl std::fmt::Display) -> StoreError {
    StoreError::Backup(what.to_string())
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let what = format!("备份文件 {}", path.display());
    move |error| StoreError::io(what.clone(), error)
}

/// What is being made: deleted, unless it became whole, when the last one at work on it lets go. An
/// operator may end the program at any time, and a copy that runs on another thread then goes on
/// for a moment.
#[derive(Clone, Default)]
struct Half(Arc<Mutex<Made>>);

#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Half {
    /// Takes a file or folder that was not there before.
    fn holds(&self, path: &Path) {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.0.push(path.to_path_buf());
    }

    /// Nothing is deleted any more.
    fn is_whole(&self) {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in &self.0 {
            let _ = if path.is_dir() {
                std::fs::remove_dir_all(path)
            } else {
                std::fs::remove_file(path)
            };
        }
    }
}

/// What came of copying an attachment.
enum Copied {
    Whole,
    /// It was missing or damaged.
    Lost(StoreError),
}

async fn copy(source: &Files, target: &Files, hash: &str, half: &Half) -> Result<Copied> {
    let (source, target) = (source.clone(), target.clone());
    let (hash, half) = (hash.to_owned(), half.clone());
    blocking(move || {
        // Whoever gives up waiting does not end this thread.
        let _half = half;
        match source.get_now(&hash) {
            Ok(bytes) => target.put_now(&bytes).map(|_| Copied::Whole),
            Err(error @ (StoreError::NotFound { .. } | StoreError::Inconsistent { .. })) => {
                Ok(Copied::Lost(error))
            }
            Err(error) => Err(error),
        }
    })
    .await
}

impl Store {
    /// Writes a backup of all sites of the database into a new folder, in one state of the
    /// database. The folder appears under its name only when it is whole. A damaged attachment
    /// does not stop it; it is named in [`Manifest::lost`].
    pub async fn backup(&self, folder: &Path) -> Result<Backup> {
        let key = key_beside(folder);
        for path in [folder, &key] {
            if path.exists() {
                return Err(bad(format!(
                    "{} 已经存在，不会覆盖。请换一个名字",
                    path.display()
                )));
            }
        }
        let mut part = folder.as_os_str().to_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let half = Half::default();
        half.holds(&part);
        let tables = part.join("tables");
        std::fs::create_dir_all(&tables).map_err(failed(&tables))?;
        let manifest = self.write_backup(&part, &half).await?;
        write_secret(&key, &self.keys.master_hex())?;
        half.holds(&key);
        std::fs::rename(&part, folder).map_err(failed(folder))?;
        half.is_whole();
        Ok(Backup {
            folder: folder.to_path_buf(),
            key,
            manifest,
        })
    }

    async fn write_backup(&self, folder: &Path, half: &Half) -> Result<Manifest> {
        let schema = migrate::version(&self.db).await?;
        let mut columns = BTreeMap::new();
        for (table, _) in TABLES {
            columns.insert(*table, self.db.columns(table).await?);
        }
        let mut snapshot = self.db.snapshot().await?;
        let mut parts = BTreeMap::new();
        for (table, key) in TABLES {
            let columns = columns.get(table).map(Vec::as_slice).unwrap_or_default();
            let path = folder.join("tables").join(format!("{table}.jsonl"));
            let part = write_table(&mut snapshot, table, key, columns, &path).await?;
            parts.insert((*table).to_string(), part);
        }
        let sites = snapshot
            .all("SELECT id FROM site ORDER BY id", args![])
            .await?;
        let sites = sites
            .iter()
            .map(|row| row.text(0))
            .collect::<Result<Vec<_>>>()?;
        let hashes = snapshot
            .all(
                "SELECT DISTINCT hash FROM attachment ORDER BY hash",
                args![],
            )
            .await?;
        let hashes = hashes
            .iter()
            .map(|row| row.text(0))
            .collect::<Result<Vec<_>>>()?;
        drop(snapshot);
        let target = Files::new(folder.join("files"));
        let (mut files, mut lost) = (Vec::new(), Vec::new());
        for hash in hashes {
            match copy(&self.files, &target, &hash, half).await? {
                Copied::Whole => files.push(hash),
                Copied::Lost(_) => lost.push(hash),
            }
        }
        let manifest = Manifest {
            format: FORMAT.into(),
            program: env!("CARGO_PKG_VERSION").into(),
            schema,
            made_at: self.clock.now_ms(),
            key_mark: self.keys.mark(),
            sites,
            tables: parts,
            files,
            lost,
        };
        let text = serde_json::to_string_pretty(&manifest).map_err(bad)?;
        let path = folder.join("manifest.json");
        let wrote = std::fs::File::create_new(&path).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        wrote.map_err(failed(&path))?;
        Ok(manifest)
    }
}

async fn write_table(
    snapshot: &mut Connection,
    table: &str,
    key: &str,
    columns: &[(String, Kind)],
    path: &Path,
) -> Result<Part> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let sql = format!("SELECT {} FROM {table} ORDER BY {key}", names.join(", "));
    let file = std::fs::File::create_new(path).map_err(failed(path))?;
    let mut out = BufWriter::new(file);
    let mut hash = Sha256::new();
    let mut count = 0;
    let mut rows = snapshot.stream(AssertSqlSafe(sql), args![])?;
    while let Some(row) = rows.try_next().await? {
        let mut line = encode(&row, columns)?;
        line.push('\n');
        hash.update(line.as_bytes());
        out.write_all(line.as_bytes()).map_err(failed(path))?;
        count += 1;
    }
    let file = out
        .into_inner()
        .map_err(|error| failed(path)(error.into_error()))?;
    file.sync_all().map_err(failed(path))?;
    Ok(Part {
        rows: count,
        sha256: hex(&hash.finalize()),
    })
}

fn encode(row: &Row, columns: &[(String, Kind)]) -> Result<String> {
    let mut object = serde_json::Map::new();
    for (i, (name, kind)) in columns.iter().enumerate() {
        let value = match kind {
            Kind::Int => row.int_opt(i)?.into(),
            Kind::Text => row.text_opt(i)?.into(),
            Kind::Bytes => match row.bytes_opt(i)? {
                Some(bytes) => serde_json::json!({ "hex": hex(&bytes) }),
                None => serde_json::Value::Null,
            },
        };
        object.insert(name.clone(), value);
    }
    serde_json::to_string(&object).map_err(bad)
}

/// Reads and checks a backup: the layout, and the hash of every part and attachment.
pub fn check(folder: &Path) -> Result<Manifest> {
    let path = folder.join("manifest.json");
    let text = std::fs::read_to_string(&path).map_err(failed(&path))?;
    let manifest: Manifest = serde_json::from_str(&text)
        .map_err(|error| bad(format!("{} 读不懂：{error}", path.display())))?;
    if manifest.format != FORMAT {
        return Err(bad(format!(
            "格式是“{}”，本程序认识“{FORMAT}”",
            manifest.format
        )));
    }
    if manifest.schema > migrate::newest() {
        return Err(StoreError::NewerSchema {
            found: manifest.schema,
            known: migrate::newest(),
        });
    }
    for (table, part) in &manifest.tables {
        if !TABLES.iter().any(|(name, _)| name == table) {
            return Err(bad(format!("清单里有不认识的表 {table}")));
        }
        let path = folder.join("tables").join(format!("{table}.jsonl"));
        let found = hash_of(&path)?;
        if found != part.sha256 {
            return Err(bad(format!(
                "{} 的哈希应为 {}，实为 {found}，文件被改动或不完整",
                path.display(),
                part.sha256
            )));
        }
    }
    let files = Files::new(folder.join("files"));
    for hash in &manifest.files {
        files
            .get_now(hash)
            .map_err(|error| bad(format!("附件 {hash}:{error}")))?;
    }
    Ok(manifest)
}

fn hash_of(path: &Path) -> Result<String> {
    let mut file = std::fs::File::open(path).map_err(failed(path))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer).map_err(failed(path))?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        hash.update(bytes);
    }
    Ok(hex(&hash.finalize()))
}

/// Restores a backup into an empty database, on either engine, and opens it. Everything is checked
/// before the first row is written, and all rows are written in one transaction. The master key is
/// read from `options.master_key`; a key file that is missing there is made from the file beside
/// the backup. Every site gets the journal entry `database.restore`. Given up or failed, it leaves
/// no key, database file or folder of attachments that it made; a server keeps no row unless all
/// rows were written.
pub async fn restore(folder: &Path, options: OpenOptions) -> Result<Store> {
    let manifest = {
        let folder = folder.to_path_buf();
        blocking(move || check(&folder)).await?
    };
    let half = Half::default();
    if let Some(key) = place_key(folder, &manifest, &options)? {
        half.holds(key);
    }
    claim(&options, &half)?;
    let db = Db::connect(&options.url, false, options.max_page_count).await?;
    let outcome = fill(&db, folder, &manifest, &options, &half).await;
    db.close().await;
    outcome?;
    let text = serde_json::to_string(&manifest).map_err(bad)?;
    // Opening brings an older schema up to date and checks that the key fits.
    let store = Store::open(OpenOptions {
        create: false,
        ..options
    })
    .await?;
    for site in &manifest.sites {
        let site = store.for_site(site);
        let tx = site.begin(&Actor::operator()).await?;
        let detail = serde_json::json!({
            "backup": sha256_hex(text.as_bytes()),
            "made_at": manifest.made_at,
            "lost": manifest.lost,
        });
        tx.commit(Done {
            action: "database.restore",
            noun: "site",
            record: site.site(),
            detail,
        })
        .await?;
    }
    half.is_whole();
    Ok(store)
}

/// Makes the empty file of a database and the folder of attachments, so that it is known whether
/// they were there before.
fn claim(options: &OpenOptions, half: &Half) -> Result<()> {
    if let DatabaseUrl::Sqlite(path) = &options.url {
        match std::fs::File::create_new(path) {
            Ok(_) => {
                half.holds(path);
                for beside in ["-wal", "-shm"] {
                    let mut name = path.as_os_str().to_os_string();
                    name.push(beside);
                    half.holds(Path::new(&name));
                }
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(path)(error)),
        }
    }
    let folder = &options.files_dir;
    if !folder.exists() {
        half.holds(folder);
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    Ok(())
}

/// Makes sure that the key the store will be opened with is the one of the backup, before anything
/// is written, and puts the key beside the backup in its place when there is none: the place.
fn place_key<'a>(
    folder: &Path,
    manifest: &Manifest,
    options: &'a OpenOptions,
) -> Result<Option<&'a Path>> {
    let (source, missing) = match &options.master_key {
        KeySource::File(path) if !path.exists() => {
            (KeySource::File(key_beside(folder)), Some(path))
        }
        given => (given.clone(), None),
    };
    let keys = Keys::load(&source, false)?;
    if keys.mark() != manifest.key_mark {
        return Err(bad(
            "主密钥不是这份备份的密钥，申请人信息将打不开。请放上与备份同时保存的密钥",
        ));
    }
    let Some(path) = missing else {
        return Ok(None);
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    write_secret(path, &keys.master_hex())?;
    Ok(Some(path))
}

async fn fill(
    db: &Db,
    folder: &Path,
    manifest: &Manifest,
    options: &OpenOptions,
    half: &Half,
) -> Result<()> {
    let found = migrate::version(db).await?;
    if found > 0 && db.one("SELECT 1 FROM site", args![]).await?.is_some() {
        return Err(bad("目标数据库里已有站点，只能恢复到空的数据库"));
    }
    // Attachments first: no row ever names one that did not come.
    let target = Files::new(&options.files_dir);
    let source = Files::new(folder.join("files"));
    for hash in &manifest.files {
        if let Copied::Lost(error) = copy(&source, &target, hash, half).await? {
            return Err(error);
        }
    }
    migrate::migrate_to(db, &options.clock, None, true, manifest.schema).await?;
    let mut columns = BTreeMap::new();
    for (table, _) in TABLES {
        columns.insert(*table, db.columns(table).await?);
    }
    let mut connection = db.writing().await?;
    for (table, _) in TABLES {
        let Some(part) = manifest.tables.get(*table) else {
            continue;
        };
        let columns = columns.get(table).map(Vec::as_slice).unwrap_or_default();
        let path = folder.join("tables").join(format!("{table}.jsonl"));
        let rows = read_table(&mut connection, table, columns, &path).await?;
        if rows != part.rows {
            return Err(bad(format!(
                "表 {table} 应有 {} 行，实有 {rows} 行",
                part.rows
            )));
        }
    }
    connection.commit().await
}

async fn read_table(
    connection: &mut Connection,
    table: &str,
    columns: &[(String, Kind)],
    path: &Path,
) -> Result<u64> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let prefix = format!("INSERT INTO {table} ({})", names.join(", "));
    let own = SELF
        .iter()
        .find(|(of, _)| *of == table)
        .map(|(_, column)| *column);
    let file = std::fs::File::open(path).map_err(failed(path))?;
    let mut batch = Vec::with_capacity(ROWS_AT_ONCE);
    let mut later: Vec<[Arg; 3]> = Vec::new();
    let mut count = 0;
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(failed(path))?;
        let broken = || bad(format!("表 {table} 的第 {} 行读不懂", number + 1));
        let object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&line).map_err(|_| broken())?;
        if object.len() != columns.len() {
            return Err(broken());
        }
        let mut values = Vec::with_capacity(columns.len());
        for (name, kind) in columns {
            let value = object.get(name).ok_or_else(broken)?;
            values.push(decode(value, *kind).ok_or_else(broken)?);
        }
        if let Some(place) = own.and_then(|own| names.iter().position(|name| *name == own)) {
            let value =
                std::mem::replace(values.get_mut(place).ok_or_else(broken)?, Arg::Text(None));
            // The first two columns of both tables are `site` and `id`.
            if let (Arg::Text(Some(_)), [site, id, ..]) = (&value, values.as_slice()) {
                later.push([site.clone(), id.clone(), value]);
            }
        }
        batch.push(values);
        if batch.len() == ROWS_AT_ONCE {
            count += connection
                .insert_many(&prefix, std::mem::take(&mut batch))
                .await?;
        }
    }
    count += connection.insert_many(&prefix, batch).await?;
    if let Some(own) = own {
        let sql = format!("UPDATE {table} SET {own} = $3 WHERE site = $1 AND id = $2");
        for values in later {
            connection
                .execute(AssertSqlSafe(sql.clone()), values.to_vec())
                .await?;
        }
    }
    Ok(count)
}

fn decode(value: &serde_json::Value, kind: Kind) -> Option<Arg> {
    use serde_json::Value;
    Some(match (kind, value) {
        (Kind::Int, Value::Null) => Arg::Int(None),
        (Kind::Int, Value::Number(number)) => Arg::Int(Some(number.as_i64()?)),
        (Kind::Text, Value::Null) => Arg::Text(None),
        (Kind::Text, Value::String(text)) => Arg::Text(Some(text.clone())),
        (Kind::Bytes, Value::Null) => Arg::Bytes(None),
        (Kind::Bytes, Value::Object(object)) => {
            Arg::Bytes(Some(crate::keys::unhex(object.get("hex")?.as_str()?)?))
        }
        _ => return None,
    })
}
