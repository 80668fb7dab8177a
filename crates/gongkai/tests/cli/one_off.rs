//! One cell of the tables of requests and cases off by one, each in turn, through the program.

use crate::harness::{Place, run};
use report::{Cell, Decimal, Report, layout};
use serde_json::Value;
use statute::editions::{CellKey, Edition, Relation};
use std::collections::BTreeMap;

/// A whole report of an invented bureau in which every identity of the form holds.
fn sound() -> Report {
    let edition = Edition::Format2021;
    let mut figures: BTreeMap<CellKey, i64> = edition.cells().map(|cell| (cell.key, 0)).collect();
    for (at, (key, figure)) in (1..).zip(figures.iter_mut()) {
        let ends = ["new", "carried_in", "carried_out", "result_total"];
        if matches!(key.table, "t3" | "t4") && key.column != "total" && !ends.contains(&key.row) {
            *figure = at % 5 + 1;
        }
    }
    // Sums of parts first, then what came in is what was handled.
    for _ in 0..2 {
        for equation in edition.identities().iter().flat_map(|it| &it.equations) {
            let plain = equation.expected.iter().all(|term| term.coefficient == 1);
            if plain && equation.relation == Relation::Equal {
                let parts = equation.expected.iter();
                let sum = parts.map(|term| figures[&term.cell]).sum();
                figures.insert(equation.stated, sum);
            }
        }
        for column in [
            "natural", "business", "research", "charity", "legal", "other",
        ] {
            let Some(handled) = CellKey::find("t3", "result_total", column) else {
                continue;
            };
            let new = CellKey::find("t3", "new", column).unwrap();
            figures.insert(new, figures[&handled]);
        }
    }
    let mut report = Report::new(edition, "");
    report.year = Some(2022);
    for (key, figure) in figures {
        let figure = Decimal::whole(figure).unwrap();
        report.tables.set(key, Cell::Number(figure));
    }
    report.with_unit("云岭县林草局")
}

fn table_faults(report: &Value) -> Vec<&Value> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|it| it["code"].as_str().unwrap().starts_with("T1"))
        .collect()
}

#[test]
fn each_cell_that_is_off_by_one_is_reported_with_its_row_and_column() {
    let place = Place::new();
    std::fs::create_dir(place.path("all")).unwrap();
    let report = sound();
    let mut cells = vec![None];
    cells.extend(
        report
            .edition
            .cells()
            .filter(|cell| matches!(cell.key.table, "t3" | "t4"))
            .map(|cell| Some(cell.key)),
    );
    assert_eq!(cells.len(), 1 + 25 * 7 + 3 * 5);
    for (at, key) in cells.iter().enumerate() {
        let mut wrong = report.clone();
        if let Some(key) = key {
            let figure = report.tables.number(*key).unwrap();
            let more = figure.checked_add(Decimal::whole(1).unwrap()).unwrap();
            wrong.tables.set(*key, Cell::Number(more));
        }
        let text = layout(&wrong, &|_| None).plain();
        place.file(
            &format!("all/{at:03}.txt"),
            &format!("{}\n{text}", wrong.title),
        );
    }
    let ran = run(&["check", "--format", "json", &place.text("all")]).ends(1);
    let answer = ran.json();
    let reports = answer["reports"].as_array().unwrap();
    assert_eq!(reports.len(), cells.len());
    for (key, answer) in cells.iter().zip(reports) {
        let faults = table_faults(answer);
        let Some(key) = key else {
            assert!(faults.is_empty(), "{faults:?}");
            continue;
        };
        let names = |at: &Value| {
            at["table"] == key.table && at["row"] == key.row && at["column"] == key.column
        };
        let named = faults.iter().any(|fault| {
            let related = fault["related"].as_array();
            names(&fault["place"]) || related.is_some_and(|all| all.iter().any(names))
        });
        assert!(named, "{key}: {faults:?}");
    }
}
