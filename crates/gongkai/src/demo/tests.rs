//! Counting the demo gives what the reports print.

use super::*;
use office::documents::Kind;
use office::permissions::Actor;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use store::{Clock, KeySource, OpenOptions};

/// A Sunday: no term of working days ends on it, yet something is due.
const SUNDAY: Date = Date::constant(2026, 11, 22);

/// The annex of the county's report for 2018, line by line; what is not here is 0. A1 is printed as
/// 16084 there: the sum of the channels is kept.
const ANNEX: &[(&str, &str)] = &[
    ("A1", "16078"),
    ("A1a", "6"),
    ("A1b", "6"),
    ("A2.1", "17"),
    ("A2.2", "5701"),
    ("A2.3", "230"),
    ("A2.4", "1870"),
    ("A2.5", "8260"),
    ("B1", "38"),
    ("B2.1", "1"),
    ("B2.2", "6"),
    ("B2.2a", "3"),
    ("B2.3", "12"),
    ("B2.4", "18"),
    ("B2.5", "154"),
    ("H1", "33"),
    ("H2", "15"),
    ("H3", "116"),
    ("H3.1", "67"),
    ("H3.2", "49"),
    ("H4", "97"),
    ("I1", "1"),
    ("I2", "8"),
    ("I3", "232"),
];
/// Tables 2 to 4 of the bureau's report for 2021; what is not here is 0.
const BUREAU_2021: &[(&str, &str)] = &[
    ("norms issued", "1"),
    ("norms repealed", "1"),
    ("norms valid", "4"),
    ("license decisions", "10"),
    ("penalty decisions", "3"),
];

async fn built(today: Date) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    // The ids of requests are made under the master key, so that nobody can guess them.
    let options = OpenOptions {
        master_key: KeySource::Bytes([7; 32]),
        ..OpenOptions::embedded(folder.path(), Clock::on(today))
    };
    let store = Store::open(options).await.unwrap();
    let begun = Instant::now();
    build(&store, today).await.unwrap();
    println!(
        "the demo county as of {today} was made in {:?}",
        begun.elapsed()
    );
    (folder, store)
}

async fn compiled(
    store: &Store,
    unit: &str,
    year: i16,
    edition: Edition,
    roll_up: bool,
) -> report::Report {
    let order = Order {
        unit: unit.to_owned(),
        year,
        edition: Some(edition),
        roll_up,
    };
    store::reports::compile(store, &order).await.unwrap()
}

/// Every figure of a report that is not 0; every cell of the form must be counted.
fn figures(report: &report::Report) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for cell in report.edition.cells() {
        let key = cell.key;
        let number = report
            .tables
            .number(key)
            .unwrap_or_else(|| panic!("{key} is absent"))
            .to_string();
        let name = if key.table == "stats2014" {
            key.row.to_owned()
        } else {
            format!("{} {}", key.row, key.column)
        };
        if number != "0" {
            found.insert(name, number);
        }
    }
    found
}

fn expected(rows: &[(&str, &str)]) -> BTreeMap<String, String> {
    rows.iter()
        .map(|(row, value)| ((*row).to_owned(), (*value).to_owned()))
        .collect()
}

async fn lines(store: &Store) -> Vec<Record> {
    let mut records = Vec::new();
    let all = store::export::Choice::default();
    store::export::records(store, all, |record| {
        records.push(record.clone());
        Ok(())
    })
    .await
    .unwrap();
    records
}

fn digest(records: &[Record]) -> String {
    let text: Vec<String> = records.iter().map(Record::to_line).collect();
    store::keys::sha256_hex(text.join("\n").as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn both_reports_are_counted_as_they_were_printed() {
    let (_folder, store) = built(SUNDAY).await;
    let county = compiled(&store, units::COUNTY, 2018, Edition::Stats2014, true).await;
    assert_eq!(figures(&county), expected(ANNEX));
    let remarks: Vec<&str> = county.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(remarks, ["新闻通气会"]);
    let bureau = compiled(&store, units::CITY_BUREAU, 2021, Edition::Format2021, false).await;
    assert_eq!(figures(&bureau), expected(BUREAU_2021));
    for report in [county, bureau] {
        let errors: Vec<_> = report
            .findings
            .iter()
            .filter(|f| f.level == statute::editions::Level::Error)
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let published = store::reports::all(&store).await.unwrap();
    let published: Vec<_> = published
        .iter()
        .map(|r| (r.unit.as_str(), r.year, r.roll_up))
        .collect();
    assert_eq!(
        published,
        [
            (units::CITY_BUREAU, 2021, false),
            (units::COUNTY, 2018, true)
        ]
    );
    let records = lines(&store).await;
    prose_of_2018(&records);
    prose_of_2021(&records);
    current_year(&store, SUNDAY).await;
    // The same day gives the same county.
    let (_other, again) = built(SUNDAY).await;
    assert_eq!(digest(&records), digest(&lines(&again).await));
}

/// Figures that stand in the text of the county's report and in no table.
fn prose_of_2018(records: &[Record]) {
    let mut registers: BTreeMap<(String, String), (i64, usize)> = BTreeMap::new();
    let (mut public, mut filed) = (0, 0);
    let mut units_with_public = BTreeSet::new();
    for record in records {
        match record {
            Record::Document(d) if d.written_on.year() == 2018 => {
                assert!(d.channels.len() <= 1, "{} is on several channels", d.id);
                if d.published_on.is_some() {
                    units_with_public.insert(d.unit.clone());
                    let length = d.body.chars().count();
                    assert!(
                        (200..=900).contains(&length),
                        "{} has {length} characters",
                        d.id
                    );
                }
                if matches!(d.kind, Kind::Official | Kind::Normative) {
                    assert!(d.number.is_some());
                    if d.published_on.is_some() {
                        public += 1
                    } else {
                        filed += 1
                    }
                }
            }
            Record::Entry(e) => {
                let register = office::registers::register(&e.register).unwrap();
                let projection = office::registers::project(register, &e.fields).unwrap();
                if projection.occurred_on.year() == 2018 {
                    let key = (e.register.clone(), projection.tag.unwrap_or_default());
                    let sum = registers.entry(key).or_default();
                    sum.0 += projection.quantity;
                    sum.1 += 1;
                }
            }
            _ => {}
        }
    }
    // 314 + 8320 official documents, of which 215 + 1886 are public.
    assert_eq!((public, public + filed), (215 + 1886, 314 + 8320));
    assert_eq!(
        units_with_public.len(),
        34,
        "every unit and the government itself publish"
    );
    let of = |register: &str, tag: &str| {
        registers
            .get(&(register.to_owned(), tag.to_owned()))
            .copied()
            .unwrap_or_default()
    };
    let proposals =
        ["npc", "npc-recess", "cppcc", "cppcc-opinion"].map(|tag| of("proposal", tag).1);
    assert_eq!(proposals, [41, 70, 74, 13]);
    assert_eq!(of("mailbox", "mailbox").1 + of("mailbox", "visit").1, 154);
    assert_eq!(of("consultation", ""), (8, 14));
    assert_eq!(of("open-day", ""), (280, 10));
    let issues = records.iter().filter(|r| matches!(r, Record::Document(d) if d.title.contains("期双随机抽查结果公示") && d.title.starts_with("2018年第")));
    assert!(issues.count() >= 9);
}

/// 178 items on the website: 34 + 131 + 6 + 7; 267 posts.
fn prose_of_2021(records: &[Record]) {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        if let Record::Document(d) = record
            && d.unit == units::CITY_BUREAU
            && d.published_on.is_some_and(|day| day.year() == 2021)
        {
            let key = match d.channels.as_slice() {
                [statute::channel::PublicationChannel::Weibo] => "post",
                _ if matches!(d.kind, Kind::Official | Kind::Normative) => "official",
                _ => d.kind.key(),
            };
            *kinds.entry(key).or_default() += 1;
        }
    }
    let counted: Vec<(&str, usize)> = kinds.into_iter().collect();
    assert_eq!(
        counted,
        [
            ("interpretation", 6),
            ("news", 131),
            ("notice", 7),
            ("official", 34),
            ("post", 267)
        ]
    );
}

/// Every screen has something to show on this day.
async fn current_year(store: &Store, today: Date) {
    let everywhere = Actor {
        id: "test".to_owned(),
        name: "test".to_owned(),
        grants: vec![office::people::Grant {
            role: office::people::Role::Auditor,
            unit: units::COUNTY.to_owned(),
        }],
    };
    let filter = store::requests::Filter::default();
    let requests = store::requests::list(store, &everywhere, &filter, 1, 200)
        .await
        .unwrap()
        .items;
    println!("{} requests", requests.len());
    assert!(requests.len() >= 60);
    let states: BTreeSet<&str> = requests.iter().map(|r| r.state.key()).collect();
    let all: BTreeSet<&str> = statute::clock::State::ALL
        .iter()
        .map(|state| state.key())
        .collect();
    assert_eq!(states, all);
    let outcomes: BTreeSet<&str> = requests
        .iter()
        .filter_map(|r| r.outcome)
        .map(|o| o.key())
        .collect();
    let rows = statute::Outcome::ALL
        .iter()
        .filter(|o| o.form() == statute::outcome::OutcomeForm::Table3);
    assert_eq!(outcomes, rows.map(|o| o.key()).collect());
    let channels: BTreeSet<&str> = requests.iter().map(|r| r.channel.key()).collect();
    assert_eq!(channels.len(), statute::channel::RequestChannel::ALL.len());
    let kinds: BTreeSet<&str> = requests.iter().map(|r| r.applicant_kind.key()).collect();
    assert_eq!(kinds.len(), statute::applicant::ApplicantKind::ALL.len());
    let open = || requests.iter().filter(|r| r.closed_on.is_none());
    assert!(
        open().any(|r| r.due_on == Some(today)),
        "nothing is due today"
    );
    assert!(
        open()
            .filter(|r| r.due_on.is_some_and(|due| due < today))
            .count()
            >= 3,
        "too little is overdue"
    );
    assert!(requests.iter().any(|r| r.late), "nothing was late");
    let mut statuses = BTreeSet::new();
    for status in office::documents::Status::ALL {
        let filter = store::documents::Filter {
            status: Some(*status),
            ..Default::default()
        };
        let found = store::documents::list_office(store, &everywhere, &filter, 1, 50)
            .await
            .unwrap();
        if found.total > 0 {
            statuses.insert(status.key());
        }
    }
    assert_eq!(
        statuses.len(),
        office::documents::Status::ALL.len(),
        "{statuses:?}"
    );
    let fresh = store::documents::list_public(store, &store::documents::Filter::default(), 1, 20)
        .await
        .unwrap();
    assert!(fresh.items.iter().all(|d| {
        d.published_on
            .is_some_and(|day| days::plus(day, 30) > today)
    }));
    let entries = store
        .journal_page(None, 1000, &store::journal::Filter::default())
        .await
        .unwrap();
    assert!(
        entries.is_sorted_by_key(|entry| (-entry.seq, -entry.at)),
        "the journal runs backwards"
    );
    assert!(
        entries.iter().all(|entry| entry.at <= store.now_ms()),
        "the journal knows the future"
    );
    let people: BTreeSet<&str> = store::people::list(store, &everywhere)
        .await
        .unwrap()
        .iter()
        .map(|(person, _)| person.state.key())
        .collect();
    assert!(people.len() >= 3, "{people:?}");
    let faults = store.verify().await.unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let current = compiled(
        store,
        units::COUNTY,
        today.year(),
        Edition::Format2021,
        true,
    )
    .await;
    let errors = current
        .findings
        .iter()
        .filter(|f| f.level == statute::editions::Level::Error)
        .count();
    assert_eq!(errors, 0, "{:?}", current.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn any_day_will_do_for_a_demo() {
    // The first days of a year, a long holiday, a leap day.
    for today in [Date::constant(2026, 1, 2), Date::constant(2024, 2, 29)] {
        let (_folder, store) = built(today).await;
        current_year(&store, today).await;
    }
}

#[tokio::test]
async fn a_store_with_records_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::embedded(folder.path(), Clock::on(SUNDAY))
        .await
        .unwrap();
    let stage = Stage::new(&store);
    stage
        .import(vec![units::bureau_record()], "test")
        .await
        .unwrap();
    let refused = build(&store, SUNDAY).await.unwrap_err();
    assert!(matches!(refused, StoreError::NotAllowed(_)), "{refused}");
    assert_eq!(lines(&store).await.len(), 1);
}

#[test]
fn the_sample_password_is_one_that_would_be_taken() {
    for person in accounts().people {
        assert_eq!(
            office::people::check_password(accounts().password, person.account),
            []
        );
        assert_eq!(office::people::check_account(person.account), []);
    }
}
