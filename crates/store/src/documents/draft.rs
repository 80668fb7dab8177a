//! Drafting: what a clerk fills in, and the number that is never used again.

use super::{detail, find_in, insert, update};
use crate::args;
use crate::{Done, Result, Store, StoreError, Tx, units};
use office::documents::{self, Attribute, Document, Kind, Status};
use office::permissions::{Action, Actor};
use statute::Date;
use statute::channel::PublicationChannel;

const NUMBER_TAKEN: &str =
    "SELECT id FROM document WHERE site = $1 AND unit = $2 AND number = $3 AND id <> $4";

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
