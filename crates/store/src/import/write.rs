//! Writing what passed.

use super::check::Codes;
use crate::args;
use crate::db::Arg;
use crate::requests::{self, Applicant, Sealing};
use crate::{Result, Store, StoreError, Tx, documents, registers, units};
use office::documents::{Attribute, Document, Status};
use office::records::{DocumentRecord, Record, RequestRecord, UnitRecord};
use office::requests::Request;
use office::units::{Guide, Unit};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub(super) async fn write(
    store: &Store,
    tx: &mut Tx,
    calendar: &statute::Calendar,
    fresh: Vec<(usize, Record)>,
    codes: Codes,
) -> Result<()> {
    let mut units = Vec::new();
    let mut papers = Vec::new();
    let mut asked = Vec::new();
    let mut rest = Vec::new();
    for (_, record) in fresh {
        match record {
            Record::Unit(unit) => units.push(unit),
            Record::Document(document) => papers.push(document),
            Record::Request(request) => asked.push(request),
            other => rest.push(other),
        }
    }
    write_units(tx, units).await?;
    write_documents(store, tx, papers, &codes).await?;
    write_requests(store, tx, calendar, asked).await?;
    for record in rest {
        match record {
            Record::Decision(d) => {
                registers::insert_decision(tx, &d.id, &d.unit, d.kind, d.decided_on).await?
            }
            Record::FeeIncome(f) => {
                registers::insert_fee_income(tx, &f.unit, f.year, f.fen).await?
            }
            Record::Case(c) => {
                let case = office::cases::LegalCase {
                    id: c.id,
                    request: c.request,
                    track: c.track,
                    filed_on: c.filed_on,
                    closed_on: c.closed_on,
                    result: c.result,
                    seq: 0,
                };
                crate::cases::insert(tx, &case).await?;
            }
            Record::Entry(e) => {
                let register = office::registers::register(&e.register)
                    .ok_or_else(|| StoreError::inconsistent("entry", "register", &e.id))?;
                let projection = office::registers::project(register, &e.fields)
                    .map_err(|_| StoreError::inconsistent("entry", "fields", &e.id))?;
                registers::insert(tx, &e.id, &e.unit, register, &e.fields, &projection).await?;
            }
            Record::Unit(_) | Record::Document(_) | Record::Request(_) => {}
        }
    }
    Ok(())
}

/// Units, each after the one above it.
async fn write_units(tx: &mut Tx, mut left: Vec<UnitRecord>) -> Result<()> {
    let mut position = tx
        .one(
            "SELECT COALESCE(MAX(position), 0) FROM unit WHERE site = $1",
            args![tx.site()],
        )
        .await?
        .map_or(Ok(0), |row| row.int(0))?;
    while !left.is_empty() {
        let waiting: BTreeSet<String> = left.iter().map(|unit| unit.id.clone()).collect();
        let (ready, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|unit| {
            unit.parent
                .as_ref()
                .is_none_or(|parent| !waiting.contains(parent))
        });
        for unit in ready {
            position += 1;
            let unit = Unit {
                id: unit.id,
                name: unit.name,
                kind: unit.kind,
                parent: unit.parent,
                code: unit.code,
                guide: Guide::default(),
                position,
                seq: 0,
            };
            units::insert(tx, &unit).await?;
        }
        left = later;
    }
    Ok(())
}

async fn write_documents(
    store: &Store,
    tx: &mut Tx,
    papers: Vec<DocumentRecord>,
    codes: &Codes,
) -> Result<()> {
    let mut counts: BTreeMap<(String, i16), i64> = BTreeMap::new();
    for paper in &papers {
        *counts
            .entry((paper.unit.clone(), paper.written_on.year()))
            .or_default() += 1;
    }
    let mut next: HashMap<(String, i16), i64> = HashMap::new();
    for ((unit, year), count) in counts {
        let last = tx
            .next_block(&format!("index {unit} {year}"), count)
            .await?;
        next.insert((unit, year), last - count + 1);
    }
    let depth = depths(&papers);
    let mut ordered: Vec<DocumentRecord> = papers;
    ordered.sort_by_key(|paper| depth.get(&paper.id).copied().unwrap_or(0));
    let mut rows: Vec<Vec<Arg>> = Vec::new();
    let mut channels: Vec<Vec<Arg>> = Vec::new();
    let (site, seq, now) = (tx.site().to_owned(), tx.seq(), store.now_ms());
    let mut level = 0;
    for paper in ordered {
        let of = depth.get(&paper.id).copied().unwrap_or(0);
        if of != level {
            // What it explains must be there before it.
            tx.insert_many(documents::INSERT_PREFIX, std::mem::take(&mut rows))
                .await?;
            level = of;
        }
        let year = paper.written_on.year();
        let code = codes
            .get(&paper.unit)
            .cloned()
            .flatten()
            .unwrap_or_else(|| paper.unit.clone());
        let number = next.entry((paper.unit.clone(), year)).or_insert(1);
        let document = document_of(paper, format!("{code}/{year}-{number:05}"));
        *number += 1;
        let published_at = document.published_on.map(|_| now);
        rows.push(documents::row_of(
            site.as_str(),
            seq,
            &document,
            published_at,
        ));
        channels.extend(
            document
                .channels
                .iter()
                .map(|channel| args![&site, document.id.as_str(), channel.key()]),
        );
    }
    tx.insert_many(documents::INSERT_PREFIX, rows).await?;
    tx.insert_many(documents::CHANNEL_PREFIX, channels).await?;
    Ok(())
}

/// How many documents of the same file each one explains, one through the other.
fn depths(papers: &[DocumentRecord]) -> HashMap<String, usize> {
    let explains: HashMap<&str, &str> = papers
        .iter()
        .filter_map(|p| Some((p.id.as_str(), p.explains.as_deref()?)))
        .collect();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for paper in papers {
        let mut way = vec![paper.id.as_str()];
        // Circles were refused before; the length of the file bounds the walk all the same.
        while let Some(last) = way.last()
            && !known.contains_key(last)
            && let Some(up) = explains.get(last)
            && way.len() <= papers.len()
        {
            way.push(up);
        }
        let end = way.pop().unwrap_or_default();
        let mut depth = known.get(end).copied().unwrap_or(0);
        known.insert(end, depth);
        for id in way.into_iter().rev() {
            depth += 1;
            known.insert(id, depth);
        }
    }
    papers
        .iter()
        .filter_map(|paper| Some((paper.id.clone(), *known.get(paper.id.as_str())?)))
        .collect()
}

fn document_of(paper: DocumentRecord, index_number: String) -> Document {
    let public = paper.attribute == Attribute::Proactive && paper.published_on.is_some();
    Document {
        id: paper.id,
        unit: paper.unit,
        kind: paper.kind,
        title: paper.title,
        number: paper.number,
        index_number,
        written_on: paper.written_on,
        attribute: paper.attribute,
        basis: paper.basis,
        // History that was never made public is filed: finished, and not on its way to the portal.
        status: if public {
            Status::Published
        } else {
            Status::Filed
        },
        published_on: paper.published_on,
        channels: paper.channels,
        in_force_from: paper.in_force_from,
        repealed_on: paper.repealed_on,
        explains: paper.explains,
        body: paper.body,
        drafter: None,
        reviewer: None,
        secrecy_reviewer: None,
        approver: None,
        remark: None,
        seq: 0,
    }
}

async fn write_requests(
    store: &Store,
    tx: &mut Tx,
    calendar: &statute::Calendar,
    mut asked: Vec<RequestRecord>,
) -> Result<()> {
    // Numbers that are given are taken before any is made.
    asked.sort_by_key(|record| record.number.is_none());
    let mut highest: BTreeMap<(String, i16), i64> = BTreeMap::new();
    for record in &asked {
        let own = record.number.as_deref().and_then(requests::own_form);
        if let Some((year, number)) = own {
            let last = highest.entry((record.unit.clone(), year)).or_default();
            *last = number.max(*last);
        }
    }
    for ((unit, year), last) in highest {
        tx.lift(&format!("request {unit} {year}"), last).await?;
    }
    let mut sealed: HashSet<String> = HashSet::new();
    for record in asked {
        let applicant = match &record.applicant_ref {
            Some(reference) => format!("ref:{reference}"),
            None => format!("req:{}", record.id),
        };
        if !sealed.contains(&applicant) {
            if !requests::applicant_exists_in(tx, &applicant).await? {
                requests::seal_applicant(
                    store,
                    tx,
                    &applicant,
                    record.applicant,
                    &Applicant::default(),
                )
                .await?;
            }
            sealed.insert(applicant.clone());
        }
        let events = record.events_with_channel();
        let year = events.first().map_or(store.today(), |event| event.on);
        let number = match record.number {
            Some(number) => number,
            None => requests::next_number(tx, &record.unit, year).await?,
        };
        let request = Request {
            id: record.id,
            unit: record.unit,
            number,
            channel: record.channel,
            applicant_kind: record.applicant,
            applicant,
            events,
            handler: None,
            seq: 0,
        };
        let standing = office::requests::standing(calendar, &request.events);
        let sealing = Sealing {
            subject: &record.subject,
            tracking: None,
            submission: None,
        };
        requests::insert(store, tx, &request, &standing, sealing).await?;
    }
    Ok(())
}
