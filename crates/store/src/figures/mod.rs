//! Figures: a selection of records as SQL, once, for its count and for its list.

mod grouped;

use crate::db::{Arg, AssertSqlSafe, Connection, Row};
use crate::documents::{PAGE_LIMIT, Page, public_where};
use crate::{Result, Store, StoreError};
use office::figures::{
    CaseStanding, DocumentDay, EntrySpan, Indicator, Manner, Measure, Period, RequestMoment,
    Selection,
};
use statute::Date;
use std::collections::HashMap;

/// Whose records are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The unit's own.
    Own(String),
    /// Those of the unit and all below it.
    RollUp(String),
}

/// FROM and WHERE of a selection, with numbered arguments; `x` is the alias of the record.
struct Selected {
    from: &'static str,
    unit: &'static str,
    sql: String,
    args: Vec<Arg>,
}

impl Selected {
    fn bind(&mut self, arg: impl Into<Arg>) -> String {
        self.args.push(arg.into());
        format!("${}", self.args.len())
    }

    fn and(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }

    fn and_in<'a>(&mut self, column: &str, keys: impl IntoIterator<Item = &'a str>) {
        let marks: Vec<String> = keys.into_iter().map(|key| self.bind(key)).collect();
        if !marks.is_empty() {
            self.and(&format!("{column} IN ({})", marks.join(", ")));
        }
    }
}

fn select(store: &Store, scope: &Scope, period: Period, selection: &Selection) -> Selected {
    let (from, unit) = match selection {
        Selection::Documents { .. } => ("document d", "d.unit"),
        Selection::Requests { .. } => ("request r", "r.unit"),
        Selection::Cases { .. } => (
            "legal_case c JOIN request r ON r.site = c.site AND r.id = c.request",
            "r.unit",
        ),
        Selection::Decisions { .. } => ("decision x", "x.unit"),
        Selection::Entries { .. } => ("entry e", "e.unit"),
        Selection::FeeIncome => ("fee_income f", "f.unit"),
    };
    let alias = unit.split('.').next().unwrap_or_default();
    let mut selected = Selected {
        from,
        unit,
        sql: format!("{alias}.site = $1"),
        args: vec![store.site().into()],
    };
    match scope {
        Scope::Own(id) => {
            let mark = selected.bind(id.as_str());
            selected.and(&format!("{unit} = {mark}"));
        }
        Scope::RollUp(id) => {
            let mark = selected.bind(id.as_str());
            selected.and(&format!(
                "{unit} IN (SELECT a.unit FROM unit_above a WHERE a.site = $1 AND a.ancestor = {mark})"
            ));
        }
    }
    let from = selected.bind(period.from);
    let to = selected.bind(period.to);
    match selection {
        Selection::Documents {
            kinds,
            day,
            channels,
        } => {
            selected.and_in("d.kind", kinds.iter().map(|kind| kind.key()));
            // Finished, whether or not the public may see it.
            let finished = "d.status IN ('published', 'filed', 'withdrawn')";
            match day {
                DocumentDay::PublishedIn | DocumentDay::PublishedBy => {
                    let as_of = selected.bind(period.as_of);
                    selected.and(&public_where(&as_of));
                    selected.and(&format!("d.published_on <= {to}"));
                    if *day == DocumentDay::PublishedIn {
                        selected.and(&format!("d.published_on >= {from}"));
                    }
                }
                DocumentDay::WrittenIn => {
                    selected.and(finished);
                    selected.and(&format!("d.written_on BETWEEN {from} AND {to}"));
                }
                DocumentDay::RepealedIn => {
                    selected.and(finished);
                    selected.and(&format!("d.repealed_on BETWEEN {from} AND {to}"));
                }
                DocumentDay::InForceAtEnd => {
                    selected.and(finished);
                    selected.and(&format!(
                        "COALESCE(d.in_force_from, d.published_on) <= {to} \
                         AND (d.repealed_on IS NULL OR d.repealed_on > {to})"
                    ));
                }
            }
            if !channels.is_empty() {
                // A set made once, not a question for each document: without statistics, as after
                // an import, PostgreSQL asks each question by reading the whole table.
                let marks: Vec<String> = channels
                    .iter()
                    .map(|channel| selected.bind(channel.key()))
                    .collect();
                selected.and(&format!(
                    "d.id IN (SELECT k.document FROM document_channel k WHERE k.site = $1 \
                     AND k.channel IN ({}))",
                    marks.join(", ")
                ));
            }
        }
        Selection::Requests {
            moment,
            applicant,
            outcomes,
            channels,
            manner,
            replied,
        } => {
            match moment {
                RequestMoment::ReceivedIn => {
                    selected.and(&format!("r.received_on BETWEEN {from} AND {to}"));
                }
                RequestMoment::CarriedIn => selected.and(&format!(
                    "r.received_on < {from} AND (r.closed_on IS NULL OR r.closed_on >= {from})"
                )),
                RequestMoment::ClosedIn => {
                    selected.and(&format!("r.closed_on BETWEEN {from} AND {to}"));
                }
                RequestMoment::OpenAtEnd => selected.and(&format!(
                    "r.received_on <= {to} AND (r.closed_on IS NULL OR r.closed_on > {to})"
                )),
            }
            if let Some(applicant) = applicant {
                selected.and_in("r.applicant_kind", [applicant.key()]);
            }
            selected.and_in("r.outcome", outcomes.iter().map(|outcome| outcome.key()));
            selected.and_in("r.channel", channels.iter().map(|channel| channel.key()));
            match manner {
                Some(Manner::InTime) => selected.and("r.extended = 0 AND r.late = 0"),
                Some(Manner::Extended) => selected.and("(r.extended = 1 OR r.late = 1)"),
                None => {}
            }
            if *replied {
                selected.and("r.replied = 1");
            }
        }
        Selection::Cases { tracks, standing } => {
            selected.and_in("c.track", tracks.iter().map(|track| track.key()));
            // In the year it was filed, and in each later year that finds it pending.
            selected.and(&format!(
                "c.filed_on <= {to} AND (c.filed_on >= {from} OR c.closed_on IS NULL OR c.closed_on >= {from})"
            ));
            match standing {
                CaseStanding::Any => {}
                CaseStanding::Closed(result) => {
                    selected.and(&format!("c.closed_on <= {to}"));
                    selected.and_in("c.result", [result.key()]);
                }
                CaseStanding::Pending => {
                    selected.and(&format!("(c.closed_on IS NULL OR c.closed_on > {to})"));
                }
            }
        }
        Selection::Decisions { kind } => {
            selected.and_in("x.kind", [kind.key()]);
            selected.and("x.withdrawn = 0");
            selected.and(&format!("x.decided_on BETWEEN {from} AND {to}"));
        }
        Selection::Entries {
            register,
            tag,
            span,
            ..
        } => {
            selected.and_in("e.register", [*register]);
            selected.and_in("e.tag", *tag);
            match span {
                EntrySpan::In => selected.and(&format!("e.occurred_on BETWEEN {from} AND {to}")),
                EntrySpan::StandingAtEnd => selected.and(&format!(
                    "e.occurred_on <= {to} AND (e.ended_on IS NULL OR e.ended_on > {to})"
                )),
                EntrySpan::StandingAtStart => selected.and(&format!(
                    "e.occurred_on < {from} AND (e.ended_on IS NULL OR e.ended_on >= {from})"
                )),
            }
        }
        Selection::FeeIncome => {
            let year = selected.bind(i64::from(period.from.year()));
            selected.and(&format!("f.year = {year}"));
        }
    }
    // PostgreSQL wants every parameter to have a type; those a selection leaves unused get one here.
    selected.and(&format!("CAST({from} AS TEXT) <= CAST({to} AS TEXT)"));
    selected
}

/// What the records of a selection are added up by.
fn sum_of(selection: &Selection) -> &'static str {
    match selection {
        Selection::FeeIncome => "CAST(COALESCE(SUM(f.fen), 0) AS BIGINT)",
        _ if selection.measure() == Measure::Count => "COUNT(*)",
        _ => "CAST(COALESCE(SUM(e.quantity), 0) AS BIGINT)",
    }
}

async fn add_up(
    store: &Store,
    scope: &Scope,
    period: Period,
    selection: &Selection,
) -> Result<i64> {
    let selected = select(store, scope, period, selection);
    let sql = format!(
        "SELECT {} FROM {} WHERE {}",
        sum_of(selection),
        selected.from,
        selected.sql
    );
    let row = store.db.one(AssertSqlSafe(sql), selected.args).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// The figure of an indicator: a number, or fen where the form shows 万元.
pub async fn count(
    store: &Store,
    scope: &Scope,
    period: Period,
    indicator: &Indicator,
) -> Result<i64> {
    let plus = add_up(store, scope, period, &indicator.plus).await?;
    match &indicator.minus {
        Some(minus) => Ok(plus - add_up(store, scope, period, minus).await?),
        None => Ok(plus),
    }
}

/// The figures of all these indicators as they stand at one moment, in their order.
///
/// Selections that differ only in one key (kind of applicant, outcome, channel, kind, tag, result)
/// are counted by one statement grouped by that key; the WHERE is the one of [`count`] and [`list`]
/// with the key left open, so that the three cannot differ.
pub async fn count_all(
    store: &Store,
    scope: &Scope,
    period: Period,
    indicators: &[Indicator],
) -> Result<Vec<i64>> {
    let mut held = store.db.snapshot().await?;
    count_all_in(store, &mut held, scope, period, indicators).await
}

pub(crate) async fn count_all_in(
    store: &Store,
    held: &mut Connection,
    scope: &Scope,
    period: Period,
    indicators: &[Indicator],
) -> Result<Vec<i64>> {
    let mut known: Vec<(Selection, HashMap<Vec<String>, i64>)> = Vec::new();
    let mut numbers = Vec::with_capacity(indicators.len());
    for indicator in indicators {
        let mut number = 0;
        for (sign, selection) in [(1, Some(&indicator.plus)), (-1, indicator.minus.as_ref())] {
            let Some(selection) = selection else { continue };
            let (whole, wanted) = grouped::open(selection);
            let at = match known.iter().position(|(of, _)| *of == whole) {
                Some(at) => at,
                None => {
                    let groups = group(store, held, scope, period, &whole).await?;
                    known.push((whole, groups));
                    known.len() - 1
                }
            };
            let groups = known.get(at).map(|(_, groups)| groups);
            number += sign * groups.map_or(0, |groups| wanted.sum(groups));
        }
        numbers.push(number);
    }
    Ok(numbers)
}

/// The sums of a selection by the keys that [`grouped::open`] leaves open.
async fn group(
    store: &Store,
    held: &mut Connection,
    scope: &Scope,
    period: Period,
    whole: &Selection,
) -> Result<HashMap<Vec<String>, i64>> {
    let selected = select(store, scope, period, whole);
    let keys = grouped::keys(whole);
    let sum = sum_of(whole);
    let sql = if keys.is_empty() {
        format!("SELECT {sum} FROM {} WHERE {}", selected.from, selected.sql)
    } else {
        let keys = keys.join(", ");
        format!(
            "SELECT {sum}, {keys} FROM {} WHERE {} GROUP BY {keys}",
            selected.from, selected.sql
        )
    };
    let rows = held.all(AssertSqlSafe(sql), selected.args).await?;
    rows.iter()
        .map(|row| {
            let key = (1..=keys.len())
                .map(|i| Ok(row.text_opt(i)?.unwrap_or_default()))
                .collect::<Result<_>>()?;
            Ok((key, row.int(0)?))
        })
        .collect()
}

/// One record under a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Room of the record: `document`, `request`, `case`, `decision`, `entry`, `fee-income`.
    pub noun: &'static str,
    /// Id.
    pub id: String,
    /// Unit that it counts for.
    pub unit: String,
    /// What it is: title, number, or kind; never a word of an applicant.
    pub label: String,
    /// The day that places it in the year.
    pub on: Option<Date>,
    /// What it adds: 1, attendees, or fen; negative where it is taken off.
    pub weight: i64,
}

/// The records under a figure; the sum of their weights over all pages is the count.
pub async fn list(
    store: &Store,
    scope: &Scope,
    period: Period,
    indicator: &Indicator,
    page: u32,
    size: u32,
) -> Result<Page<Counted>> {
    let plus_total = rows(store, scope, period, &indicator.plus).await?;
    let minus_total = match &indicator.minus {
        Some(minus) => rows(store, scope, period, minus).await?,
        None => 0,
    };
    let offset = i64::from(page.clamp(1, PAGE_LIMIT) - 1) * i64::from(size);
    let mut items = part(
        store,
        scope,
        period,
        &indicator.plus,
        offset,
        i64::from(size),
        1,
    )
    .await?;
    if let Some(minus) = &indicator.minus {
        let left = i64::from(size) - i64::try_from(items.len()).unwrap_or(0);
        let skip = (offset - plus_total).max(0);
        items.extend(part(store, scope, period, minus, skip, left, -1).await?);
    }
    Ok(Page {
        items,
        total: plus_total + minus_total,
    })
}

async fn rows(store: &Store, scope: &Scope, period: Period, selection: &Selection) -> Result<i64> {
    let selected = select(store, scope, period, selection);
    let sql = format!(
        "SELECT COUNT(*) FROM {} WHERE {}",
        selected.from, selected.sql
    );
    let row = store.db.one(AssertSqlSafe(sql), selected.args).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

async fn part(
    store: &Store,
    scope: &Scope,
    period: Period,
    selection: &Selection,
    offset: i64,
    size: i64,
    sign: i64,
) -> Result<Vec<Counted>> {
    if size <= 0 {
        return Ok(Vec::new());
    }
    let mut selected = select(store, scope, period, selection);
    let (noun, columns, order) = match selection {
        Selection::Documents { day, .. } => match day {
            DocumentDay::WrittenIn => (
                "document",
                "d.id, d.title, d.written_on, 1",
                "d.written_on DESC, d.id",
            ),
            DocumentDay::RepealedIn => (
                "document",
                "d.id, d.title, d.repealed_on, 1",
                "d.repealed_on DESC, d.id",
            ),
            _ => (
                "document",
                "d.id, d.title, d.published_on, 1",
                "d.published_on DESC, d.id",
            ),
        },
        Selection::Requests { moment, .. } => match moment {
            RequestMoment::ClosedIn => (
                "request",
                "r.id, r.number, r.closed_on, 1",
                "r.closed_on DESC, r.id",
            ),
            _ => (
                "request",
                "r.id, r.number, r.received_on, 1",
                "r.received_on DESC, r.id",
            ),
        },
        Selection::Cases { .. } => (
            "case",
            "c.id, c.track, c.filed_on, 1",
            "c.filed_on DESC, c.id",
        ),
        Selection::Decisions { .. } => (
            "decision",
            "x.id, x.kind, x.decided_on, 1",
            "x.decided_on DESC, x.id",
        ),
        Selection::Entries {
            measure: Measure::Count,
            ..
        } => (
            "entry",
            "e.id, e.fields, e.occurred_on, 1",
            "e.occurred_on DESC, e.id",
        ),
        Selection::Entries { .. } => (
            "entry",
            "e.id, e.fields, e.occurred_on, e.quantity",
            "e.occurred_on DESC, e.id",
        ),
        Selection::FeeIncome => ("fee-income", "f.unit, f.unit, NULL, f.fen", "f.unit"),
    };
    let limit = selected.bind(size);
    let offset = selected.bind(offset);
    let sql = format!(
        "SELECT {columns}, {} FROM {} WHERE {} ORDER BY {order} LIMIT {limit} OFFSET {offset}",
        selected.unit, selected.from, selected.sql
    );
    let rows = store.db.all(AssertSqlSafe(sql), selected.args).await?;
    rows.iter().map(|row| counted(row, noun, sign)).collect()
}

fn counted(row: &Row, noun: &'static str, sign: i64) -> Result<Counted> {
    let text = row.text(1)?;
    let label = match noun {
        "case" => {
            statute::case::Track::from_key(&text).map_or(text, |track| track.label().to_owned())
        }
        "decision" => office::figures::DecisionKind::from_key(&text)
            .map_or(text, |kind| kind.label().to_owned()),
        "fee-income" => "行政事业性收费".to_owned(),
        "entry" => entry_label(&text),
        _ => text,
    };
    Ok(Counted {
        noun,
        id: row.text(0)?,
        label,
        on: row.date_opt(2)?,
        weight: sign * row.int(3)?,
        unit: row.text(4)?,
    })
}

/// What an entry is called in a list: its topic, name, place or item, else its remark.
fn entry_label(fields: &str) -> String {
    let fields: serde_json::Value = serde_json::from_str(fields).unwrap_or_default();
    ["topic", "name", "place", "item", "remark"]
        .iter()
        .find_map(|key| fields.get(key)?.as_str().filter(|text| !text.is_empty()))
        .unwrap_or("（未写内容）")
        .to_owned()
}

/// Remarks that entries under an indicator carry, at most three different ones: they stand beside
/// the number in the form, as in “1(新闻通气会)”.
pub async fn remarks(
    store: &Store,
    scope: &Scope,
    period: Period,
    indicator: &Indicator,
) -> Result<Vec<String>> {
    let mut held = store.db.snapshot().await?;
    remarks_in(store, &mut held, scope, period, indicator).await
}

pub(crate) async fn remarks_in(
    store: &Store,
    held: &mut Connection,
    scope: &Scope,
    period: Period,
    indicator: &Indicator,
) -> Result<Vec<String>> {
    if !matches!(
        indicator.plus,
        Selection::Entries {
            span: EntrySpan::In,
            measure: Measure::Count,
            ..
        }
    ) {
        return Ok(Vec::new());
    }
    let selected = select(store, scope, period, &indicator.plus);
    let sql = format!(
        "SELECT e.fields, e.id FROM {} WHERE {} AND e.fields LIKE '%\"remark\"%' ORDER BY e.occurred_on, e.id LIMIT 50",
        selected.from, selected.sql
    );
    let mut remarks: Vec<String> = Vec::new();
    for row in &held.all(AssertSqlSafe(sql), selected.args).await? {
        let fields: serde_json::Value = match serde_json::from_str(&row.text(0)?) {
            Ok(fields) => fields,
            Err(_) => return Err(StoreError::inconsistent("entry", "fields", row.text(1)?)),
        };
        let remark = fields
            .get("remark")
            .and_then(|remark| remark.as_str())
            .unwrap_or_default();
        if !remark.is_empty() && remarks.len() < 3 && !remarks.iter().any(|known| known == remark) {
            remarks.push(remark.to_owned());
        }
    }
    Ok(remarks)
}
