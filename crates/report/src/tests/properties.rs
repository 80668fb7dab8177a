//! What holds for any report.

use proptest::prelude::*;
use statute::editions::Edition;

use crate::*;

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        4 => (0i64..1_000_000_000_000_000).prop_map(|fen| {
            Decimal::wan_from_fen(fen).map_or(Cell::Absent, Cell::Number)
        }),
        4 => (-1_000_000i64..1_000_000).prop_map(|count| {
            Decimal::whole(count).map_or(Cell::Absent, Cell::Number)
        }),
        1 => Just(Cell::Absent),
        1 => ".{0,8}".prop_map(Cell::Unreadable),
    ]
}

fn any_report(edition: Edition) -> impl Strategy<Value = Report> {
    let cells = proptest::collection::vec(any_cell(), edition.cells().count());
    (
        cells,
        proptest::option::of(".{0,6}"),
        ".{0,9}",
        any::<bool>(),
    )
        .prop_map(move |(cells, unit, text, blank)| {
            let mut report = Report::new(edition, text.clone());
            for (cell, value) in edition.cells().zip(cells) {
                report.tables.set(cell.key, value);
            }
            report.unit = unit;
            report.year = Some(2021);
            report.blank = blank;
            report.notes = edition
                .cells()
                .take(2)
                .map(|cell| Note {
                    cell: Some(cell.key),
                    text: text.clone(),
                })
                .collect();
            report.sections = vec![Section {
                heading: text,
                level: 2,
                ..Section::default()
            }];
            report.findings = check_identities(&report).0;
            report
        })
}

fn any_edition() -> impl Strategy<Value = Edition> {
    proptest::sample::select(Edition::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_report_survives_json(report in any_edition().prop_flat_map(any_report)) {
        let text = report.to_json().to_string();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(Report::from_json(&value), Ok(report));
    }

    #[test]
    fn rolling_up_does_not_depend_on_the_order(
        reports in any_edition()
            .prop_flat_map(|edition| proptest::collection::vec(any_report(edition), 1..5)),
        turn in 0usize..5,
    ) {
        let mut turned = reports.clone();
        turned.rotate_left(turn % reports.len());
        prop_assert_eq!(roll_up(&reports), roll_up(&turned));
        turned.reverse();
        prop_assert_eq!(roll_up(&reports), roll_up(&turned));
    }

    #[test]
    fn any_report_is_laid_out_on_sound_tables(report in any_edition().prop_flat_map(any_report)) {
        for table in layout(&report, &|_| None).tables() {
            prop_assert!(table.grid().is_ok());
        }
    }
}
