//! The figures of the tables: parts by chance, totals by the identities of the form.

use crate::random::Random;
use report::{Cell, Decimal, Report, Tables};
use statute::editions::{CellKey, Edition, Relation};

/// What the text tells of the tables.
pub struct Told {
    /// Requests received.
    pub received: u64,
}

pub fn fill(report: &mut Report, random: &mut Random) -> Told {
    let edition = report.edition;
    let tables = &mut report.tables;
    for cell in edition.cells() {
        set(tables, cell.key, 0);
    }
    match edition {
        Edition::Narrative => {}
        Edition::Stats2014 => stats(tables, random),
        Edition::Trial2019 => requests(tables, random, edition),
        Edition::Format2021 => {
            {
                // A bureau makes no regulations.
                let row = "norms";
                let issued = random.between(0, 9);
                set(tables, CellKey::new("t2", row, "issued"), issued);
                set(
                    tables,
                    CellKey::new("t2", row, "valid"),
                    issued + random.between(0, 30),
                );
            }
            requests(tables, random, edition);
        }
    }
    sum(tables, edition);
    let received = match edition {
        Edition::Narrative => return Told { received: 0 },
        Edition::Stats2014 => CellKey::new("stats2014", "C1", CellKey::VALUE),
        Edition::Trial2019 | Edition::Format2021 => CellKey::new("t3", "new", "total"),
    };
    Told {
        received: whole(tables, received),
    }
}

fn requests(tables: &mut Tables, random: &mut Random, edition: Edition) {
    let t3 = edition.table("t3").unwrap();
    let ends = ["new", "carried_in", "result_total", "carried_out"];
    for row in t3.rows.iter().filter(|row| !ends.contains(&row.key)) {
        for column in row.columns.iter().filter(|column| column.key != "total") {
            let most = if column.key == "natural" { 12 } else { 1 };
            set(
                tables,
                CellKey::new("t3", row.key, column.key),
                random.between(0, most),
            );
        }
    }
    sum(tables, edition);
    for column in t3
        .rows
        .iter()
        .take(1)
        .flat_map(|row| &row.columns)
        .map(|it| it.key)
    {
        if column == "total" {
            continue;
        }
        let handled = whole(tables, CellKey::new("t3", "result_total", column));
        let before = random.between(0, handled.min(3));
        let after = random.between(0, 2);
        set(tables, CellKey::new("t3", "carried_in", column), before);
        set(tables, CellKey::new("t3", "carried_out", column), after);
        set(
            tables,
            CellKey::new("t3", "new", column),
            handled + after - before,
        );
    }
    for row in ["review", "lit_direct", "lit_after_review"] {
        for column in ["upheld", "corrected", "other", "pending"] {
            set(
                tables,
                CellKey::new("t4", row, column),
                random.between(0, 4),
            );
        }
    }
}

fn stats(tables: &mut Tables, random: &mut Random) {
    let mut put = |row: &'static str, figure: u64| {
        let key = CellKey::new("stats2014", row, CellKey::VALUE);
        set(tables, key, figure);
    };
    let mut largest = 0;
    for row in ["A2.1", "A2.2", "A2.3", "A2.4", "A2.5"] {
        let figure = random.between(0, 900);
        largest = largest.max(figure);
        put(row, figure);
    }
    put("A1", largest);
    let mut replies = 0;
    for row in [
        "C3.1", "C3.2", "C3.3", "C3.4a", "C3.4b", "C3.4c", "C3.4f", "C3.5", "C3.6", "C3.7", "C3.8",
    ] {
        let figure = random.between(0, 9);
        replies += figure;
        put(row, figure);
    }
    // Every request was answered within the year, some of them late.
    let late = random.between(0, replies);
    put("C2.1", replies - late);
    put("C2.2", late);
    let letters = random.between(0, replies);
    put("C1.3", replies - letters);
    put("C1.4", letters);
    for row in ["D.1", "D.2", "D.3", "E.1", "E.2", "E.3", "H3.1", "H3.2"] {
        put(row, random.between(0, 7));
    }
}

/// Sets every total that an identity states as a sum of parts.
fn sum(tables: &mut Tables, edition: Edition) {
    for _ in 0..2 {
        for identity in edition.identities() {
            for equation in &identity.equations {
                let plain = equation.expected.iter().all(|term| term.coefficient == 1);
                if equation.relation == Relation::Equal && plain {
                    let parts = equation.expected.iter();
                    let total = parts.map(|term| whole(tables, term.cell)).sum();
                    set(tables, equation.stated, total);
                }
            }
        }
    }
}

fn whole(tables: &Tables, key: CellKey) -> u64 {
    let figure = tables.number(key).map(|figure| figure.to_string());
    figure.and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn set(tables: &mut Tables, key: CellKey, figure: u64) {
    let figure: Decimal = figure.to_string().parse().unwrap();
    tables.set(key, Cell::Number(figure));
}
