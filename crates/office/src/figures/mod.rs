//! Indicators: every figure of the three statutory forms as a selection of records. The count and
//! the list under a number come from the same [`Selection`]; `store::figures` turns it into SQL,
//! once.

mod words;

use crate::documents::Kind;
use statute::Date;
use statute::applicant::ApplicantKind;
use statute::case::{CaseResult, Track};
use statute::channel::{PublicationChannel, RequestChannel};
use statute::editions::{CellKey, Edition};
use statute::outcome::Outcome;

/// The year of a report, and the day it is counted on: what lies after that day is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// 1 January.
    pub from: Date,
    /// 31 December.
    pub to: Date,
    /// The day of counting.
    pub as_of: Date,
}

impl Period {
    /// The calendar year, counted on a day; none when the year is outside 1949 to 2200.
    pub fn year(year: i16, as_of: Date) -> Option<Period> {
        if !(1949..=2200).contains(&year) {
            return None;
        }
        Some(Period {
            from: Date::new(year, 1, 1).ok()?,
            to: Date::new(year, 12, 31).ok()?,
            as_of,
        })
    }
}

/// Which day of a document places it in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentDay {
    /// Made public in the year (条例 §23), still public.
    PublishedIn,
    /// Made public by the end of the year, still public.
    PublishedBy,
    /// 成文 in the year and finished, whatever its attribute.
    WrittenIn,
    /// 废止 in the year.
    RepealedIn,
    /// In force at the end of the year; `in_force_from` empty means from publication.
    InForceAtEnd,
}

/// Which moment of a request places it in the year (design: a request belongs to the year of its
/// receipt as new, to each later year that finds it open as carried over, to the year of its
/// closing as outcome).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestMoment {
    /// 收到 in the year (条例 §31).
    ReceivedIn,
    /// Received before the year and open at its beginning.
    CarriedIn,
    /// Replied to or closed in the year.
    ClosedIn,
    /// Received by the end of the year and open then.
    OpenAtEnd,
}

/// How a closed request was handled, for the 2014 form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Closed in time without extension.
    InTime,
    /// Closed after an extension, or late.
    Extended,
}

/// Which cases of those that count in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseStanding {
    /// All.
    Any,
    /// Closed by the end of the year with this result.
    Closed(CaseResult),
    /// Not closed by the end of the year.
    Pending,
}

/// Which day of a register's entry places it in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntrySpan {
    /// Happened in the year.
    In,
    /// Began by the end of the year and had not ended by then.
    StandingAtEnd,
    /// Began before the year and had not ended at its beginning.
    StandingAtStart,
}

/// What is added up over the records selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// One for each record.
    Count,
    /// The quantity of each entry (attendees).
    Quantity,
    /// Money in fen, shown in 万元.
    Fen,
}

/// A selection of records: the one definition behind a count and its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Documents.
    Documents {
        /// Of these kinds; empty: of any.
        kinds: Vec<Kind>,
        /// By which day.
        day: DocumentDay,
        /// On at least one of these channels; empty: on any or none.
        channels: Vec<PublicationChannel>,
    },
    /// Requests.
    Requests {
        /// At which moment.
        moment: RequestMoment,
        /// From this kind of applicant; none: from any.
        applicant: Option<ApplicantKind>,
        /// With one of these outcomes; empty: with any.
        outcomes: Vec<Outcome>,
        /// By one of these channels; empty: by any.
        channels: Vec<RequestChannel>,
        /// Handled in this manner; none: in any.
        manner: Option<Manner>,
        /// Only those that got a reply.
        replied: bool,
    },
    /// Cases.
    Cases {
        /// Of these tracks.
        tracks: Vec<Track>,
        /// Standing at the end of the year.
        standing: CaseStanding,
    },
    /// Decisions on licences, penalties, coercion in the year.
    Decisions {
        /// Of this kind.
        kind: DecisionKind,
    },
    /// Entries of a register.
    Entries {
        /// Key of the register.
        register: &'static str,
        /// With this tag; none: with any.
        tag: Option<&'static str>,
        /// By which day.
        span: EntrySpan,
        /// Added up how.
        measure: Measure,
    },
    /// Income from administrative fees of the year, in fen.
    FeeIncome,
}

impl Selection {
    /// What is added up.
    pub fn measure(&self) -> Measure {
        match self {
            Selection::Entries { measure, .. } => *measure,
            Selection::FeeIncome => Measure::Fen,
            _ => Measure::Count,
        }
    }
}

statute::keyed! {
    /// 行政处理决定 counted in table 2 (条例 §20(五)(六)).
    DecisionKind, "决定类型" {
        License = "license", "行政许可";
        Penalty = "penalty", "行政处罚";
        Coercion = "coercion", "行政强制";
    }
}

/// One figure of a form: its cell, and the selections whose sums make it (the second subtracted,
/// for a change over the year).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Cell of the form; name, unit, definition and article stand there.
    pub cell: CellKey,
    /// What is counted.
    pub plus: Selection,
    /// What is taken off.
    pub minus: Option<Selection>,
}

impl Indicator {
    /// What is added up.
    pub fn measure(&self) -> Measure {
        self.plus.measure()
    }
}

fn cell(
    table: &'static str,
    row: &'static str,
    column: &'static str,
    plus: Selection,
) -> Indicator {
    Indicator {
        cell: CellKey { table, row, column },
        plus,
        minus: None,
    }
}

fn documents(kinds: &[Kind], day: DocumentDay, channels: &[PublicationChannel]) -> Selection {
    Selection::Documents {
        kinds: kinds.to_vec(),
        day,
        channels: channels.to_vec(),
    }
}

fn requests(moment: RequestMoment) -> Selection {
    Selection::Requests {
        moment,
        applicant: None,
        outcomes: Vec::new(),
        channels: Vec::new(),
        manner: None,
        replied: false,
    }
}

fn entries(
    register: &'static str,
    tag: Option<&'static str>,
    span: EntrySpan,
    measure: Measure,
) -> Selection {
    Selection::Entries {
        register,
        tag,
        span,
        measure,
    }
}

/// All indicators of a form; the narrative form has none.
pub fn indicators(edition: Edition) -> Vec<Indicator> {
    match edition {
        Edition::Stats2014 => stats2014(),
        Edition::Trial2019 => [table2_trial2019(), table3(edition), table4()].concat(),
        Edition::Format2021 => [table2_format2021(), table3(edition), table4()].concat(),
        Edition::Narrative => Vec::new(),
    }
}

/// The indicator of one cell.
pub fn indicator(edition: Edition, key: CellKey) -> Option<Indicator> {
    indicators(edition)
        .into_iter()
        .find(|indicator| indicator.cell == key)
}

fn table2_format2021() -> Vec<Indicator> {
    use DocumentDay::{InForceAtEnd, RepealedIn, WrittenIn};
    let mut list = Vec::new();
    for (row, kind) in [("rules", Kind::Rule), ("norms", Kind::Normative)] {
        for (column, day) in [
            ("issued", WrittenIn),
            ("repealed", RepealedIn),
            ("valid", InForceAtEnd),
        ] {
            list.push(cell("t2", row, column, documents(&[kind], day, &[])));
        }
    }
    for (row, kind) in DECISIONS {
        list.push(cell("t2", row, "decisions", Selection::Decisions { kind }));
    }
    list.push(cell("t2", "fee", "amount_wan", Selection::FeeIncome));
    list
}

const DECISIONS: [(&str, DecisionKind); 3] = [
    ("license", DecisionKind::License),
    ("penalty", DecisionKind::Penalty),
    ("coercion", DecisionKind::Coercion),
];

fn table2_trial2019() -> Vec<Indicator> {
    use DocumentDay::{PublishedBy, PublishedIn, WrittenIn};
    let mut list = Vec::new();
    for (row, kind) in [("rules", Kind::Rule), ("norms", Kind::Normative)] {
        for (column, day) in [
            ("made", WrittenIn),
            ("published", PublishedIn),
            ("total", PublishedBy),
        ] {
            list.push(cell("t2", row, column, documents(&[kind], day, &[])));
        }
    }
    for row in ["license", "service", "penalty", "coercion", "fee"] {
        let standing = |span| entries("power-item", Some(row), span, Measure::Count);
        list.push(cell(
            "t2",
            row,
            "last_year",
            standing(EntrySpan::StandingAtStart),
        ));
        list.push(Indicator {
            minus: Some(standing(EntrySpan::StandingAtStart)),
            ..cell("t2", row, "change", standing(EntrySpan::StandingAtEnd))
        });
    }
    for (row, kind) in DECISIONS {
        list.push(cell("t2", row, "decisions", Selection::Decisions { kind }));
    }
    let services = entries("service-decision", None, EntrySpan::In, Measure::Count);
    list.push(cell("t2", "service", "decisions", services));
    for (column, measure) in [("items", Measure::Count), ("amount_wan", Measure::Fen)] {
        list.push(cell(
            "t2",
            "procurement",
            column,
            entries("procurement", None, EntrySpan::In, measure),
        ));
    }
    list
}

/// Result rows of table 3, in the order of the form: key of the row, and the outcomes it takes.
fn result_rows(edition: Edition) -> Vec<(&'static str, Vec<Outcome>)> {
    let mut rows: Vec<(&'static str, Vec<Outcome>)> = Vec::new();
    for outcome in Outcome::ALL
        .iter()
        .copied()
        .filter(|outcome| !outcome.key().starts_with('C'))
    {
        let key = outcome.key();
        if edition == Edition::Trial2019 && key.starts_with("other.") {
            // The trial form has one row for what the form of 2021 splits in three.
            match rows.last_mut() {
                Some((row, outcomes)) if *row == "other" => outcomes.push(outcome),
                _ => rows.push(("other", vec![outcome])),
            }
        } else {
            rows.push((key, vec![outcome]));
        }
    }
    rows
}

fn table3(edition: Edition) -> Vec<Indicator> {
    let mut rows: Vec<(&'static str, RequestMoment, Vec<Outcome>)> = vec![
        ("new", RequestMoment::ReceivedIn, Vec::new()),
        ("carried_in", RequestMoment::CarriedIn, Vec::new()),
    ];
    for (row, outcomes) in result_rows(edition) {
        rows.push((row, RequestMoment::ClosedIn, outcomes));
    }
    rows.push(("result_total", RequestMoment::ClosedIn, Vec::new()));
    rows.push(("carried_out", RequestMoment::OpenAtEnd, Vec::new()));

    let mut list = Vec::new();
    for (row, moment, outcomes) in rows {
        let of = |applicant| Selection::Requests {
            moment,
            applicant,
            outcomes: outcomes.clone(),
            channels: Vec::new(),
            manner: None,
            replied: false,
        };
        for kind in ApplicantKind::ALL.iter().copied() {
            list.push(cell("t3", row, kind.key(), of(Some(kind))));
        }
        // The total is counted on its own, so that the identity over the columns says something.
        list.push(cell("t3", row, "total", of(None)));
    }
    list
}

fn table4() -> Vec<Indicator> {
    let mut list = Vec::new();
    for track in Track::ALL.iter().copied() {
        for result in CaseResult::ALL.iter().copied() {
            list.push(cell(
                "t4",
                track.key(),
                result.key(),
                cases(&[track], CaseStanding::Closed(result)),
            ));
        }
        list.push(cell(
            "t4",
            track.key(),
            "pending",
            cases(&[track], CaseStanding::Pending),
        ));
        list.push(cell(
            "t4",
            track.key(),
            "total",
            cases(&[track], CaseStanding::Any),
        ));
    }
    list
}

fn cases(tracks: &[Track], standing: CaseStanding) -> Selection {
    Selection::Cases {
        tracks: tracks.to_vec(),
        standing,
    }
}

fn stats2014() -> Vec<Indicator> {
    use DocumentDay::{PublishedIn, WrittenIn};
    use EntrySpan::{In, StandingAtEnd};
    use Measure::{Count, Fen, Quantity};
    use PublicationChannel as P;
    use RequestChannel as R;
    use RequestMoment::{ClosedIn, ReceivedIn};

    let by = |channels: &[RequestChannel]| Selection::Requests {
        moment: ReceivedIn,
        applicant: None,
        outcomes: Vec::new(),
        channels: channels.to_vec(),
        manner: None,
        replied: false,
    };
    let handled = |manner| Selection::Requests {
        moment: ClosedIn,
        applicant: None,
        outcomes: Vec::new(),
        channels: Vec::new(),
        manner: Some(manner),
        replied: false,
    };
    let replied = |prefix: &str| Selection::Requests {
        moment: ClosedIn,
        applicant: None,
        outcomes: Outcome::ALL
            .iter()
            .copied()
            .filter(|outcome| {
                // C3.4 is the sum of its kinds; every other row is itself.
                !prefix.is_empty()
                    && (outcome.key() == prefix
                        || (prefix == "C3.4" && outcome.key().starts_with("C3.4")))
            })
            .collect(),
        channels: Vec::new(),
        manner: None,
        replied: true,
    };
    let one = |register, tag| entries(register, tag, In, Count);
    let standing = |register, tag| entries(register, tag, StandingAtEnd, Count);
    let both_suits = [Track::LitDirect, Track::LitAfterReview];
    let review = [Track::Review];

    let mut list = vec![
        ("A1", documents(&[], PublishedIn, &[])),
        ("A1a", documents(&[Kind::Normative], PublishedIn, &[])),
        ("A1b", documents(&[Kind::Normative], WrittenIn, &[])),
        ("A2.1", documents(&[], PublishedIn, &[P::Gazette])),
        ("A2.2", documents(&[], PublishedIn, &[P::Website])),
        ("A2.3", documents(&[], PublishedIn, &[P::Weibo])),
        ("A2.4", documents(&[], PublishedIn, &[P::Wechat])),
        ("A2.5", documents(&[], PublishedIn, &other_channels())),
        ("B1", one("concern", None)),
        ("B2.1", one("press-conference", None)),
        ("B2.1a", one("press-conference", Some("principal"))),
        ("B2.2", one("interview", None)),
        ("B2.2a", one("interview", Some("principal"))),
        ("B2.3", documents(&[Kind::Interpretation], PublishedIn, &[])),
        ("B2.4", one("concern-response", Some("weibo-wechat"))),
        ("B2.5", one("concern-response", Some("other"))),
        ("C1", requests(ReceivedIn)),
        ("C1.1", by(&[R::Counter])),
        ("C1.2", by(&[R::Fax])),
        ("C1.3", by(&[R::Online, R::Email])),
        ("C1.4", by(&[R::RegisteredMail, R::OrdinaryMail])),
        ("C2", requests(ClosedIn)),
        ("C2.1", handled(Manner::InTime)),
        ("C2.2", handled(Manner::Extended)),
        ("C3", replied("")),
    ];
    for row in [
        "C3.1", "C3.2", "C3.3", "C3.4", "C3.4a", "C3.4b", "C3.4c", "C3.4d", "C3.4e", "C3.4f",
        "C3.5", "C3.6", "C3.7", "C3.8",
    ] {
        list.push((row, replied(row)));
    }
    use CaseStanding::{Any, Closed};
    list.extend([
        ("D", cases(&review, Any)),
        ("D.1", cases(&review, Closed(CaseResult::Upheld))),
        ("D.2", cases(&review, Closed(CaseResult::Corrected))),
        ("D.3", cases(&review, Closed(CaseResult::Other))),
        ("E", cases(&both_suits, Any)),
        ("E.1", cases(&both_suits, Closed(CaseResult::Upheld))),
        ("E.2", cases(&both_suits, Closed(CaseResult::Corrected))),
        ("E.3", cases(&both_suits, Closed(CaseResult::Other))),
        ("F", one("complaint", None)),
        ("G", entries("request-fee", None, In, Fen)),
        ("H1", standing("disclosure-agency", None)),
        ("H2", standing("reading-point", None)),
        ("H3", standing("staff", None)),
        ("H3.1", standing("staff", Some("full-time"))),
        ("H3.2", standing("staff", Some("part-time"))),
        ("H4", entries("budget", None, In, Fen)),
        ("I1", one("meeting", None)),
        ("I2", one("training", None)),
        ("I3", entries("training", None, In, Quantity)),
    ]);
    list.into_iter()
        .map(|(row, selection)| cell("stats2014", row, "value", selection))
        .collect()
}

/// Every channel that the 2014 form counts under 其他方式 (A2.5).
fn other_channels() -> Vec<PublicationChannel> {
    use PublicationChannel as P;
    PublicationChannel::ALL
        .iter()
        .copied()
        .filter(|channel| !matches!(channel, P::Gazette | P::Website | P::Weibo | P::Wechat))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_cell_of_every_form_has_one_indicator() {
        for edition in [Edition::Stats2014, Edition::Trial2019, Edition::Format2021] {
            let counted: Vec<CellKey> = indicators(edition).iter().map(|i| i.cell).collect();
            let unique: BTreeSet<CellKey> = counted.iter().copied().collect();
            assert_eq!(
                counted.len(),
                unique.len(),
                "{edition:?} counts a cell twice"
            );
            let printed: BTreeSet<CellKey> = edition.cells().map(|cell| cell.key).collect();
            assert_eq!(unique, printed, "{edition:?}");
        }
    }
}
