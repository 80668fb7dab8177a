//! Documents: drafting, review, publication, and what the public may see of them.

use crate::args;
use crate::db::{Arg, AssertSqlSafe, Row};
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::documents::{self, Attribute, Document, Doing, Kind, Status, Verb};
use office::masking::mask;
use office::permissions::{Action, Actor};
use office::visibility;
use serde_json::json;
use statute::Date;
use statute::channel::PublicationChannel;

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
const UPDATE: &str = "UPDATE document SET kind = $3, title = $4, number = $5, written_on = $6, \
    attribute = $7, basis = $8, status = $9, published_on = $10, published_at = COALESCE($11, published_at), \
    in_force_from = $12, repealed_on = $13, explains = $14, body = $15, drafter = $16, \
    reviewer = $17, secrecy_reviewer = $18, approver = $19, remark = $20, seq = $21 \
    WHERE site = $1 AND id = $2";
const CHANNELS: &str = "SELECT channel FROM document_channel WHERE site = $1 AND document = $2";
const CLEAR_CHANNELS: &str = "DELETE FROM document_channel WHERE site = $1 AND document = $2";
const NUMBER_TAKEN: &str =
    "SELECT id FROM document WHERE site = $1 AND unit = $2 AND number = $3 AND id <> $4";

const WROTE: &str = "SELECT seq FROM journal WHERE site = $1 AND noun = 'document' AND record = $2 \
    AND actor = $3 AND action IN ('document.draft', 'document.edit', 'document.attach', \
    'document.detach') LIMIT 1";

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

/// A WHERE clause being put together from our own constants, with its numbered arguments.
struct Clause {
    sql: String,
    args: Vec<Arg>,
}

impl Clause {
    fn and(&mut self, text: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(text);
    }

    /// The next parameter, bound.
    fn bind(&mut self, arg: impl Into<Arg>) -> String {
        self.args.push(arg.into());
        format!("${}", self.args.len())
    }
}

fn clause(store: &Store, sight: &Sight, filter: &Filter) -> Clause {
    let mut clause = Clause {
        sql: "d.site = $1".to_owned(),
        args: args![store.site()],
    };
    let day = match sight {
        Sight::Public(today) => {
            let day = clause.bind(*today);
            clause.and(&public_where(&day));
            "d.published_on"
        }
        Sight::Office(heads) => {
            let heads: Vec<String> = heads
                .iter()
                .map(|head| clause.bind(head.as_str()))
                .collect();
            // No part of the tree: nothing at all.
            let list = if heads.is_empty() {
                "NULL".to_owned()
            } else {
                heads.join(", ")
            };
            clause.and(&format!(
                "EXISTS (SELECT 1 FROM unit_above a WHERE a.site = d.site AND a.unit = d.unit AND a.ancestor IN ({list}))"
            ));
            "d.written_on"
        }
    };
    if let Some(unit) = &filter.unit {
        let unit = clause.bind(unit.as_str());
        clause.and(&format!("d.unit = {unit}"));
    }
    if let Some(below) = &filter.below {
        let below = clause.bind(below.as_str());
        clause.and(&format!(
            "EXISTS (SELECT 1 FROM unit_above b WHERE b.site = d.site AND b.unit = d.unit AND b.ancestor = {below})"
        ));
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

/// What a clerk fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafting {
    /// Unit.
    pub unit: String,
    /// Kind.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// 文号.
    pub number: Option<String>,
    /// 成文日期.
    pub written_on: Date,
    /// 公开属性.
    pub attribute: Attribute,
    /// Reason in law.
    pub basis: Option<String>,
    /// Channels it will go out on.
    pub channels: Vec<PublicationChannel>,
    /// 施行日期.
    pub in_force_from: Option<Date>,
    /// Document that it interprets.
    pub explains: Option<String>,
    /// Text.
    pub body: String,
}

async fn check_references(tx: &mut Tx, document: &Document) -> Result<Vec<office::Reason>> {
    let mut reasons = Vec::new();
    let site = tx.site().to_owned();
    if let Some(number) = &document.number {
        let taken = tx
            .one(
                NUMBER_TAKEN,
                args![
                    site.as_str(),
                    document.unit.as_str(),
                    number.as_str(),
                    document.id.as_str()
                ],
            )
            .await?;
        if taken.is_some() {
            reasons.push(office::Reason::at(
                "number",
                "number-taken",
                format!("文号“{number}”在本单位已经用过，请核对后改用新的文号。"),
            ));
        }
    }
    if let Some(explains) = &document.explains
        && (explains == &document.id || find_in(tx, explains).await?.is_none())
    {
        reasons.push(office::Reason::at(
            "explains",
            "explains-unknown",
            format!("没有找到被解读的文件“{explains}”，请填已有文件的编号。"),
        ));
    }
    Ok(reasons)
}

fn fill(document: &mut Document, drafting: Drafting) {
    document.kind = drafting.kind;
    document.title = drafting.title.trim().to_owned();
    document.number = drafting.number.filter(|number| !number.trim().is_empty());
    document.written_on = drafting.written_on;
    document.attribute = drafting.attribute;
    document.basis = drafting.basis.filter(|basis| !basis.trim().is_empty());
    document.channels = drafting.channels;
    document.channels.sort();
    document.channels.dedup();
    document.in_force_from = drafting.in_force_from;
    document.explains = drafting.explains.filter(|id| !id.trim().is_empty());
    document.body = drafting.body.replace("\r\n", "\n");
}

/// Starts a draft: the id of the new document. `submission` is the form's own key: the same form
/// sent twice makes one draft.
pub async fn draft(
    store: &Store,
    actor: &Actor,
    drafting: Drafting,
    submission: &str,
) -> Result<String> {
    let mut tx = store.begin(actor).await?;
    units::authorize(&mut tx, actor, Action::DocumentDraft, &drafting.unit).await?;
    let unit = units::find_in(&mut tx, &drafting.unit)
        .await?
        .ok_or_else(|| StoreError::not_found("unit", &drafting.unit))?;
    let id = format!("d-{}", crate::keys::short_digest(submission));
    if find_in(&mut tx, &id).await?.is_some() {
        return Ok(id);
    }
    let index_number = next_index_number(&mut tx, &unit, store.today()).await?;
    let mut document = Document {
        id: id.clone(),
        unit: unit.id.clone(),
        kind: drafting.kind,
        title: String::new(),
        number: None,
        index_number,
        written_on: drafting.written_on,
        attribute: drafting.attribute,
        basis: None,
        status: Status::Draft,
        published_on: None,
        channels: Vec::new(),
        in_force_from: None,
        repealed_on: None,
        explains: None,
        body: String::new(),
        drafter: Some(actor.id.clone()),
        reviewer: None,
        secrecy_reviewer: None,
        approver: None,
        remark: None,
        seq: 0,
    };
    fill(&mut document, drafting);
    let mut reasons = documents::check(&document, store.today());
    reasons.extend(check_references(&mut tx, &document).await?);
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    insert(&mut tx, &document, None).await?;
    tx.commit(Done::new(
        "document.draft",
        "document",
        &id,
        detail(&document),
    ))
    .await?;
    Ok(id)
}

/// The next 索引号 of a unit: `{code}/{year}-{number}`, never reused (条例 §12③).
pub(crate) async fn next_index_number(
    tx: &mut Tx,
    unit: &office::units::Unit,
    today: Date,
) -> Result<String> {
    let code = unit.code.as_deref().unwrap_or(&unit.id);
    let number = tx
        .next(&format!("index {} {}", unit.id, today.year()))
        .await?;
    Ok(format!("{code}/{}-{number:05}", today.year()))
}

/// Changes a draft. `seen` is the version the form was filled from.
pub async fn edit(
    store: &Store,
    actor: &Actor,
    id: &str,
    drafting: Drafting,
    seen: i64,
) -> Result<()> {
    let mut tx = store.begin(actor).await?;
    let mut document = find_in(&mut tx, id)
        .await?
        .ok_or_else(|| StoreError::not_found("document", id))?;
    units::authorize(&mut tx, actor, Action::DocumentDraft, &document.unit).await?;
    if document.seq != seen {
        return Err(StoreError::Stale { noun: "文件" });
    }
    if document.status != Status::Draft {
        return Err(StoreError::refused(
            "not-a-draft",
            format!(
                "文件现在是“{}”，只有起草中的文件可以修改；请先退回。",
                document.status.label()
            ),
        ));
    }
    fill(&mut document, drafting);
    // Whoever changes the text is its drafter from now on, and may not clear it.
    document.drafter = Some(actor.id.clone());
    let mut reasons = documents::check(&document, store.today());
    reasons.extend(check_references(&mut tx, &document).await?);
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    update(&mut tx, &document, None).await?;
    tx.commit(Done::new(
        "document.edit",
        "document",
        id,
        detail(&document),
    ))
    .await?;
    Ok(())
}

/// Whether the actor ever wrote on the document: the text, or its files.
async fn wrote(tx: &mut Tx, actor: &Actor, id: &str) -> Result<bool> {
    let site = tx.site().to_owned();
    let row = tx
        .one(WROTE, args![site.as_str(), id, actor.id.as_str()])
        .await?;
    Ok(row.is_some())
}

/// Moves a document on its way: submit, review, clear, return, approve, withdraw.
pub async fn act(
    store: &Store,
    actor: &Actor,
    id: &str,
    verb: Verb,
    doing: &Doing<'_>,
    seen: i64,
) -> Result<Document> {
    let mut tx = store.begin(actor).await?;
    let document = find_in(&mut tx, id)
        .await?
        .ok_or_else(|| StoreError::not_found("document", id))?;
    if document.seq != seen {
        return Err(StoreError::Stale { noun: "文件" });
    }
    let permission = documents::permission(document.status, verb).unwrap_or(Action::DocumentRead);
    units::authorize(&mut tx, actor, permission, &document.unit).await?;
    let doing = Doing {
        actor: &actor.id,
        ..*doing
    };
    let mut reasons = documents::can(&document, verb, &doing, store.today());
    if matches!(verb, Verb::Review | Verb::Clear | Verb::Approve)
        && !reasons.iter().any(|reason| reason.code == "own-draft")
        && wrote(&mut tx, actor, id).await?
    {
        // `drafter` names the last hand only; the journal knows every one.
        reasons.push(office::Reason::new(
            "own-draft",
            "您起草或改动过这份文件，不能再由您审核、作保密审查或签发，请由其他人员办理。",
        ));
    }
    if !reasons.is_empty() {
        return Err(StoreError::NotAllowed(reasons));
    }
    let mut document =
        documents::apply(document, verb, &doing, store.today()).map_err(StoreError::NotAllowed)?;
    let published_at = (document.status == Status::Published).then(|| store.now_ms());
    update(&mut tx, &document, published_at).await?;
    document.seq = tx.seq();
    let action = match verb {
        Verb::Submit => "document.submit",
        Verb::Review => "document.review",
        Verb::Clear => "document.clear",
        Verb::Return => "document.return",
        Verb::Approve => "document.approve",
        Verb::Withdraw => "document.withdraw",
    };
    tx.commit(Done::new(action, "document", id, detail(&document)))
        .await?;
    Ok(document)
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
