//! Documents: drafting, review, publication, and what the public may see of them.

mod act;
mod draft;
mod list;

pub use act::act;
pub use draft::{Drafting, draft, edit};
pub use list::{
    Filter, Listed, PAGE_LIMIT, Page, WORDS_LIMIT, interpretations, list_office, list_public,
};
mod repeal;

pub use repeal::repeal;

use crate::args;
use crate::db::{Arg, AssertSqlSafe, Row};
use crate::{Result, Store, StoreError, Tx, units};
use office::documents::{Attribute, Document, Kind, Status};
use office::masking::mask;
use office::permissions::{Action, Actor};
use office::visibility;
use serde_json::json;
use statute::channel::PublicationChannel;

const UPDATE: &str = "UPDATE document SET kind = $3, title = $4, number = $5, written_on = $6, \
    attribute = $7, basis = $8, status = $9, published_on = $10, published_at = COALESCE($11, published_at), \
    in_force_from = $12, repealed_on = $13, explains = $14, body = $15, drafter = $16, \
    reviewer = $17, secrecy_reviewer = $18, approver = $19, remark = $20, seq = $21 \
    WHERE site = $1 AND id = $2";
const CHANNELS: &str = "SELECT channel FROM document_channel WHERE site = $1 AND document = $2";
const CLEAR_CHANNELS: &str = "DELETE FROM document_channel WHERE site = $1 AND document = $2";

/// The same as [`office::visibility::is_public`], for lists: `{day}` stands for the parameter of
/// today. A test walks every combination and compares both.
pub(crate) fn public_where(day: &str) -> String {
    format!("d.status = 'published' AND d.attribute = 'proactive' AND d.published_on <= {day}")
}

pub(crate) const COLUMNS: &str = "d.id, d.unit, d.kind, d.title, d.number, d.index_number, d.written_on, \
    d.attribute, d.basis, d.status, d.published_on, d.in_force_from, d.repealed_on, d.explains, \
    d.body, d.drafter, d.reviewer, d.secrecy_reviewer, d.approver, d.remark, d.seq";

pub(crate) const INSERT_PREFIX: &str = "INSERT INTO document (site, id, unit, kind, title, number, \
    index_number, written_on, attribute, basis, status, published_on, published_at, in_force_from, \
    repealed_on, explains, body, drafter, reviewer, secrecy_reviewer, approver, remark, seq)";

pub(crate) const CHANNEL_PREFIX: &str = "INSERT INTO document_channel (site, document, channel)";

pub(crate) fn read(row: &Row) -> Result<Document> {
    let id = row.text(0)?;
    let bad = |column| StoreError::inconsistent("document", column, &id);
    Ok(Document {
        unit: row.text(1)?,
        kind: Kind::from_key(&row.text(2)?).ok_or_else(|| bad("kind"))?,
        title: row.text(3)?,
        number: row.text_opt(4)?,
        index_number: row.text(5)?,
        written_on: row.date(6)?,
        attribute: Attribute::from_key(&row.text(7)?).ok_or_else(|| bad("attribute"))?,
        basis: row.text_opt(8)?,
        status: Status::from_key(&row.text(9)?).ok_or_else(|| bad("status"))?,
        published_on: row.date_opt(10)?,
        in_force_from: row.date_opt(11)?,
        repealed_on: row.date_opt(12)?,
        explains: row.text_opt(13)?,
        body: row.text(14)?,
        drafter: row.text_opt(15)?,
        reviewer: row.text_opt(16)?,
        secrecy_reviewer: row.text_opt(17)?,
        approver: row.text_opt(18)?,
        remark: row.text_opt(19)?,
        seq: row.int(20)?,
        channels: Vec::new(),
        id,
    })
}

fn read_channel(row: &Row, document: &str) -> Result<PublicationChannel> {
    PublicationChannel::from_key(&row.text(0)?)
        .ok_or_else(|| StoreError::inconsistent("document_channel", "channel", document))
}

/// The document of this id, whatever its state. Only for the office: the public's door is
/// [`find_public`].
pub async fn find(store: &Store, id: &str) -> Result<Option<Document>> {
    let sql = format!("SELECT {COLUMNS} FROM document d WHERE d.site = $1 AND d.id = $2");
    let Some(row) = store
        .db
        .one(AssertSqlSafe(sql), args![store.site(), id])
        .await?
    else {
        return Ok(None);
    };
    let mut document = read(&row)?;
    let rows = store.db.all(CHANNELS, args![store.site(), id]).await?;
    document.channels = rows
        .iter()
        .map(|row| read_channel(row, id))
        .collect::<Result<_>>()?;
    document.channels.sort();
    Ok(Some(document))
}

/// The document of this id if the public may see it today.
pub async fn find_public(store: &Store, id: &str) -> Result<Option<Document>> {
    let found = find(store, id).await?;
    Ok(found.filter(|document| visibility::is_public(document, store.today())))
}

/// The document for an actor who may read it in the office.
pub async fn find_office(store: &Store, actor: &Actor, id: &str) -> Result<Document> {
    let document = find(store, id)
        .await?
        .ok_or_else(|| StoreError::not_found("document", id))?;
    units::authorize_read(store, actor, Action::DocumentRead, &document.unit).await?;
    Ok(document)
}

pub(crate) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<Document>> {
    let site = tx.site().to_owned();
    let sql = format!("SELECT {COLUMNS} FROM document d WHERE d.site = $1 AND d.id = $2");
    let Some(row) = tx.one(AssertSqlSafe(sql), args![site.as_str(), id]).await? else {
        return Ok(None);
    };
    let mut document = read(&row)?;
    let rows = tx.all(CHANNELS, args![site.as_str(), id]).await?;
    document.channels = rows
        .iter()
        .map(|row| read_channel(row, id))
        .collect::<Result<_>>()?;
    document.channels.sort();
    Ok(Some(document))
}

/// The values of a new document's row; `published_at` is the moment the system made it public.
pub(crate) fn row_of(site: &str, seq: i64, d: &Document, published_at: Option<i64>) -> Vec<Arg> {
    args![
        site,
        d.id.as_str(),
        d.unit.as_str(),
        d.kind.key(),
        d.title.as_str(),
        d.number.clone(),
        d.index_number.as_str(),
        d.written_on,
        d.attribute.key(),
        d.basis.clone(),
        d.status.key(),
        d.published_on,
        published_at,
        d.in_force_from,
        d.repealed_on,
        d.explains.clone(),
        d.body.as_str(),
        d.drafter.clone(),
        d.reviewer.clone(),
        d.secrecy_reviewer.clone(),
        d.approver.clone(),
        d.remark.clone(),
        seq,
    ]
}

fn channel_rows(site: &str, document: &Document) -> Vec<Vec<Arg>> {
    document
        .channels
        .iter()
        .map(|c| args![site, document.id.as_str(), c.key()])
        .collect()
}

async fn insert(tx: &mut Tx, document: &Document, published_at: Option<i64>) -> Result<()> {
    let site = tx.site().to_owned();
    let row = row_of(&site, tx.seq(), document, published_at);
    tx.insert_many(INSERT_PREFIX, vec![row]).await?;
    tx.insert_many(CHANNEL_PREFIX, channel_rows(&site, document))
        .await?;
    Ok(())
}

async fn update(tx: &mut Tx, document: &Document, published_at: Option<i64>) -> Result<()> {
    let site = tx.site().to_owned();
    let seq = tx.seq();
    let d = document;
    tx.execute(
        UPDATE,
        args![
            site.as_str(),
            d.id.as_str(),
            d.kind.key(),
            d.title.as_str(),
            d.number.clone(),
            d.written_on,
            d.attribute.key(),
            d.basis.clone(),
            d.status.key(),
            d.published_on,
            published_at,
            d.in_force_from,
            d.repealed_on,
            d.explains.clone(),
            d.body.as_str(),
            d.drafter.clone(),
            d.reviewer.clone(),
            d.secrecy_reviewer.clone(),
            d.approver.clone(),
            d.remark.clone(),
            seq,
        ],
    )
    .await?;
    tx.execute(CLEAR_CHANNELS, args![site.as_str(), d.id.as_str()])
        .await?;
    tx.insert_many(CHANNEL_PREFIX, channel_rows(&site, document))
        .await?;
    Ok(())
}

/// What the journal keeps of a document: every field and a digest of the text.
fn detail(document: &Document) -> serde_json::Value {
    json!({
        "unit": document.unit, "kind": document.kind.key(), "title": mask(&document.title),
        "number": document.number, "written_on": document.written_on,
        "attribute": document.attribute.key(), "basis": document.basis,
        "status": document.status.key(), "published_on": document.published_on,
        "channels": document.channels.iter().map(|c| c.key()).collect::<Vec<_>>(),
        "in_force_from": document.in_force_from, "repealed_on": document.repealed_on,
        "explains": document.explains, "remark": document.remark.as_deref().map(mask),
        "body_sha256": crate::keys::sha256_hex(document.body.as_bytes()),
    })
}
