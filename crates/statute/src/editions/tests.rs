//! The forms against themselves: keys, layout, equations.

use std::collections::BTreeSet;

use super::*;

#[test]
fn editions_by_year_and_key() {
    let cases = [
        (2014, Edition::Stats2014),
        (2018, Edition::Stats2014),
        (2019, Edition::Trial2019),
        (2020, Edition::Trial2019),
        (2021, Edition::Format2021),
        (2030, Edition::Format2021),
    ];
    for (year, expect) in cases {
        assert_eq!(Edition::for_year(year), expect, "{year}");
    }
    for edition in Edition::ALL {
        assert_eq!(Edition::from_key(edition.key()), Some(edition));
    }
    assert_eq!(Edition::from_key("2021"), None);
    assert_eq!(
        Edition::Format2021.title(2021),
        "2021 年政府信息公开工作年度报告"
    );
}

#[test]
fn number_of_cells() {
    let count = |edition: Edition, table: &str| {
        edition
            .cells()
            .filter(|cell| cell.key.table == table)
            .count()
    };
    assert_eq!(count(Edition::Format2021, "t2"), 10);
    assert_eq!(count(Edition::Format2021, "t3"), 25 * 7);
    assert_eq!(count(Edition::Format2021, "t4"), 15);
    assert_eq!(count(Edition::Trial2019, "t2"), 6 + 6 + 6 + 2 + 2);
    assert_eq!(count(Edition::Trial2019, "t3"), 23 * 7);
    assert_eq!(count(Edition::Trial2019, "t4"), 15);
    assert_eq!(count(Edition::Stats2014, "stats2014"), 58);
    assert_eq!(Edition::Narrative.cells().count(), 0);
}

#[test]
fn keys_print_and_parse() {
    let cases = [
        ("t2.norms.issued", "t2/norms/issued"),
        ("t2.fee.amount_wan", "t2/fee/amount_wan"),
        ("t3[\"deny.secret\"].business", "t3/deny.secret/business"),
        ("t3.new.total", "t3/new/total"),
        ("t4.lit_direct.pending", "t4/lit_direct/pending"),
        ("stats2014[\"H3.1\"]", "stats2014/H3.1"),
        ("stats2014.A1", "stats2014/A1"),
    ];
    for (text, path) in cases {
        let key: CellKey = text.parse().unwrap();
        assert_eq!(key.to_string(), text);
        assert_eq!(key.path(), path);
        assert_eq!(path.parse(), Ok(key));
        assert_eq!(format!("tables.{text}").parse(), Ok(key));
    }
    for text in [
        "",
        "t3",
        "t3.deny.secret.value",
        "t2.norms.sold",
        "stats2014[\"Z9\"]",
    ] {
        assert_eq!(text.parse::<CellKey>(), Err(UnknownCell(text.to_owned())));
    }
}

#[test]
fn every_cell_has_one_key_and_one_printed_place() {
    for edition in Edition::ALL {
        let cells: Vec<CellKey> = edition.cells().map(|cell| cell.key).collect();
        let unique: BTreeSet<CellKey> = cells.iter().copied().collect();
        assert_eq!(cells.len(), unique.len(), "{edition}");
        let printed: Vec<CellKey> = edition
            .tables()
            .iter()
            .flat_map(|table| table.lines.iter().flatten())
            .filter_map(|slot| match slot.content {
                SlotContent::Figure(key) => Some(key),
                _ => None,
            })
            .collect();
        assert_eq!(printed, cells, "{edition}");
        for key in cells {
            assert_eq!(key.to_string().parse(), Ok(key));
            assert_eq!(key.path().parse(), Ok(key));
            let cell = edition.cell(key).unwrap();
            assert!(
                !cell.article.is_empty() && !cell.measure.is_empty(),
                "{key}"
            );
            assert!(
                !cell.row_label.is_empty() && !cell.definition.is_empty(),
                "{key}"
            );
        }
    }
}

/// The printed lines cover a rectangle without gap or overlap.
#[test]
fn printed_forms_tile() {
    for edition in Edition::ALL {
        for table in edition.tables() {
            let width: u16 = table.lines[0].iter().map(|slot| slot.colspan).sum();
            let mut below = vec![0u16; width as usize];
            for (at, line) in table.lines.iter().enumerate() {
                let mut free = below.iter().filter(|rows| **rows == 0).count();
                let mut slots = line.iter();
                let mut column = 0;
                while column < below.len() {
                    if below[column] > 0 {
                        column += 1;
                        continue;
                    }
                    let slot = slots
                        .next()
                        .unwrap_or_else(|| panic!("{edition} {} {at}", table.key));
                    for _ in 0..slot.colspan {
                        assert_eq!(below[column], 0, "{edition} {} line {at}", table.key);
                        below[column] = slot.rowspan;
                        column += 1;
                        free -= 1;
                    }
                }
                assert_eq!(
                    (free, slots.next()),
                    (0, None),
                    "{edition} {} line {at}",
                    table.key
                );
                below.iter_mut().for_each(|rows| *rows -= 1);
            }
            assert!(
                below.iter().all(|rows| *rows == 0),
                "{edition} {}",
                table.key
            );
        }
    }
}

#[test]
fn merged_cell_of_results_is_as_tall_as_the_form_prints() {
    for (edition, tall) in [(Edition::Format2021, 22), (Edition::Trial2019, 20)] {
        let table = edition.table("t3").unwrap();
        let merged = table
            .lines
            .iter()
            .flatten()
            .find(|slot| slot.content == SlotContent::Head("三、本年度办理结果"))
            .unwrap();
        assert_eq!(merged.rowspan, tall, "{edition}");
    }
}

#[test]
fn identities_name_cells_of_their_edition() {
    let mut names = BTreeSet::new();
    for edition in Edition::ALL {
        let mut codes = BTreeSet::new();
        for identity in edition.identities() {
            names.insert((identity.code, identity.name));
            assert!(codes.insert(identity.code), "{}", identity.code);
            assert!(!identity.equations.is_empty(), "{}", identity.name);
            for equation in &identity.equations {
                for key in equation.cells() {
                    assert!(edition.cell(key).is_some(), "{} {key}", identity.name);
                }
            }
        }
    }
    // A code stands for one name in all editions.
    assert_eq!(
        names.len(),
        names
            .iter()
            .map(|(code, _)| code)
            .collect::<BTreeSet<_>>()
            .len()
    );
    let equations = |edition: Edition, code: &str| {
        edition
            .identities()
            .iter()
            .find(|i| i.code == code)
            .map(|i| i.equations.len())
    };
    assert_eq!(equations(Edition::Format2021, "T101"), Some(7));
    assert_eq!(equations(Edition::Format2021, "T102"), Some(7));
    assert_eq!(equations(Edition::Format2021, "T103"), Some(25));
    assert_eq!(equations(Edition::Trial2019, "T103"), Some(23));
    assert_eq!(equations(Edition::Format2021, "T104"), Some(3));
}
