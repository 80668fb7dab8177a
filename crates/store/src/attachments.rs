//! Attachments: files of a document, stored once by content hash.

use crate::args;
use crate::db::Row;
use crate::{Done, Result, Store, StoreError, documents, keys, units};
use office::documents::Status;
use office::masking::mask;
use office::permissions::{Action, Actor};
use office::{Reason, visibility};
use serde_json::json;

const OF_DOCUMENT: &str = "SELECT id, document, name, media_type, size, hash FROM attachment \
    WHERE site = $1 AND document = $2 ORDER BY seq, id";
const ONE: &str = "SELECT id, document, name, media_type, size, hash FROM attachment \
    WHERE site = $1 AND id = $2";
const INSERT: &str = "INSERT INTO attachment (site, id, document, name, media_type, size, hash, seq) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const DELETE: &str = "DELETE FROM attachment WHERE site = $1 AND id = $2";
const TOUCH: &str = "UPDATE document SET seq = $3, drafter = $4 WHERE site = $1 AND id = $2";

/// Most attachments of one document.
pub const COUNT_LIMIT: usize = 20;
/// Largest attachment, in bytes.
pub const SIZE_LIMIT: usize = 20 * 1024 * 1024;
/// What may be attached: ending and media type. The type is ours, never the browser's.
pub const TYPES: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("xls", "application/vnd.ms-excel"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("txt", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("ofd", "application/ofd"),
    ("zip", "application/zip"),
];

/// A file of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Id, in the address.
    pub id: String,
    /// The document.
    pub document: String,
    /// Name it was given with.
    pub name: String,
    /// Media type by its ending.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Content hash.
    pub hash: String,
}

fn read(row: &Row) -> Result<Attachment> {
    Ok(Attachment {
        id: row.text(0)?,
        document: row.text(1)?,
        name: row.text(2)?,
        media_type: row.text(3)?,
        size: row.int(4)?,
        hash: row.text(5)?,
    })
}

/// The files of a document; whether the document may be seen was asked before.
pub async fn of_document(store: &Store, document: &str) -> Result<Vec<Attachment>> {
    store
        .db
        .all(OF_DOCUMENT, args![store.site(), document])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The file and its bytes, if the public may see its document today.
pub async fn find_public(store: &Store, id: &str) -> Result<Option<(Attachment, Vec<u8>)>> {
    let Some(row) = store.db.one(ONE, args![store.site(), id]).await? else {
        return Ok(None);
    };
    let attachment = read(&row)?;
    let document = documents::find(store, &attachment.document).await?;
    if !document.is_some_and(|document| visibility::is_public(&document, store.today())) {
        return Ok(None);
    }
    let bytes = store.files.get(&attachment.hash).await?;
    Ok(Some((attachment, bytes)))
}

/// The file and its bytes for one who may read the document in the office.
pub async fn find_office(store: &Store, actor: &Actor, id: &str) -> Result<(Attachment, Vec<u8>)> {
    let row = store.db.one(ONE, args![store.site(), id]).await?;
    let attachment = read(&row.ok_or_else(|| StoreError::not_found("attachment", id))?)?;
    documents::find_office(store, actor, &attachment.document).await?;
    let bytes = store.files.get(&attachment.hash).await?;
    Ok((attachment, bytes))
}

/// Attaches a file to a draft.
pub async fn add(
    store: &Store,
    actor: &Actor,
    document: &str,
    name: &str,
    bytes: Vec<u8>,
    seen: i64,
) -> Result<String> {
    let name = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    let Some((_, media_type)) = TYPES.iter().find(|(known, _)| *known == ending) else {
        let known: Vec<&str> = TYPES.iter().map(|(ending, _)| *ending).collect();
        return Err(StoreError::NotAllowed(vec![Reason::at(
            "file",
            "file-type",
            format!(
                "附件“{name}”的类型不在可用之列，应为 {}。",
                known.join("、")
            ),
        )]));
    };
    if bytes.is_empty()
        || bytes.len() > SIZE_LIMIT
        || name.chars().count() > 120
        || name.chars().any(char::is_control)
    {
        return Err(StoreError::NotAllowed(vec![Reason::at(
            "file",
            "file-size",
            format!(
                "附件应不为空、不超过 {} MB，文件名不超过 120 字。",
                SIZE_LIMIT / 1024 / 1024
            ),
        )]));
    }
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    // Refused before a byte is kept, and asked again inside the action.
    let target = documents::find(store, document)
        .await?
        .ok_or_else(|| StoreError::not_found("document", document))?;
    units::authorize_read(store, actor, Action::DocumentDraft, &target.unit).await?;
    // Stored before the action: a file without a record harms nothing, a record without its file would.
    let hash = store.files.put(bytes).await?;
    let mut tx = store.begin(actor).await?;
    let draft = draft_in(&mut tx, actor, document, seen).await?;
    let site = tx.site().to_owned();
    if tx
        .all(OF_DOCUMENT, args![site.as_str(), document])
        .await?
        .len()
        >= COUNT_LIMIT
    {
        return Err(StoreError::refused(
            "too-many-files",
            format!("一份文件最多 {COUNT_LIMIT} 个附件，请合并后再加。"),
        ));
    }
    let id = format!("f-{}", keys::random_hex::<10>()?);
    let seq = tx.seq();
    tx.execute(
        INSERT,
        args![
            site.as_str(),
            id.as_str(),
            document,
            name.as_str(),
            *media_type,
            size,
            hash.as_str(),
            seq
        ],
    )
    .await?;
    tx.execute(
        TOUCH,
        args![site.as_str(), draft.as_str(), seq, actor.id.as_str()],
    )
    .await?;
    tx.commit(Done::new(
        "document.attach",
        "document",
        document,
        json!({"file": id, "name": mask(&name), "sha256": hash, "size": size}),
    ))
    .await?;
    Ok(id)
}

/// Takes a file off a draft; its bytes stay for the journal's sake.
pub async fn remove(
    store: &Store,
    actor: &Actor,
    document: &str,
    id: &str,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let draft = draft_in(&mut tx, actor, document, seen).await?;
    let (site, seq) = (tx.site().to_owned(), tx.seq());
    let there = tx
        .one(ONE, args![site.as_str(), id])
        .await?
        .as_ref()
        .map(read)
        .transpose()?;
    let there = there
        .filter(|a| a.document == document)
        .ok_or_else(|| StoreError::not_found("attachment", id))?;
    tx.execute(DELETE, args![site.as_str(), id]).await?;
    tx.execute(
        TOUCH,
        args![site.as_str(), draft.as_str(), seq, actor.id.as_str()],
    )
    .await?;
    tx.commit(Done::new(
        "document.detach",
        "document",
        document,
        json!({"file": id, "name": mask(&there.name), "sha256": there.hash}),
    ))
    .await?;
    Ok(())
}

/// The document, if it is a draft that the actor may change and has seen as it is.
async fn draft_in(tx: &mut crate::Tx, actor: &Actor, document: &str, seen: i64) -> Result<String> {
    let found = documents::find_in(tx, document)
        .await?
        .ok_or_else(|| StoreError::not_found("document", document))?;
    units::authorize(tx, actor, Action::DocumentDraft, &found.unit).await?;
    if found.seq != seen {
        return Err(StoreError::Stale { noun: "文件" });
    }
    if found.status != Status::Draft {
        return Err(StoreError::refused(
            "not-a-draft",
            format!(
                "文件现在是“{}”，只有起草中的文件可以增减附件；请先退回。",
                found.status.label()
            ),
        ));
    }
    Ok(found.id)
}
