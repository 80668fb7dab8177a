//! Reports end to end. The fixtures stand here: sound figures of each form.

mod documents;
mod identities;
mod properties;

use std::collections::BTreeMap;

use statute::editions::{CellKey, Edition};

use crate::{Decimal, Report};

fn key(text: &str) -> CellKey {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// All cells of an edition at nought, but for the given ones.
fn values(edition: Edition, given: &[(&str, &str)]) -> BTreeMap<CellKey, Decimal> {
    let mut values: BTreeMap<_, _> = edition.cells().map(|c| (c.key, Decimal::ZERO)).collect();
    values.extend(
        given
            .iter()
            .map(|(cell, figure)| (key(cell), number(figure))),
    );
    values
}

fn all_nought(edition: Edition) -> BTreeMap<CellKey, Decimal> {
    values(edition, &[])
}

/// A report of a whole city. The total column and the cases are those of a published one
/// (13612 + 535 = 13364 + 783 for natural persons, 14069 + 560 = 13810 + 819 in all).
fn city() -> BTreeMap<CellKey, Decimal> {
    let edition = Edition::Format2021;
    let outcomes = [
        5548, 2168, 13, 30, 11, 51, 104, 85, 286, 150, 3222, 180, 19, 203, 148, 0, 101, 5, 318,
        203, 965,
    ];
    let mut values = values(
        edition,
        &[
            ("t2.rules.issued", "3"),
            ("t2.rules.repealed", "1"),
            ("t2.rules.valid", "2"),
            ("t2.norms.issued", "9"),
            ("t2.norms.repealed", "4"),
            ("t2.norms.valid", "5"),
            ("t2.fee.amount_wan", "12.5"),
            ("t3.new.natural", "13612"),
            ("t3.new.business", "252"),
            ("t3.new.other", "205"),
            ("t3.new.total", "14069"),
            ("t3.carried_in.natural", "535"),
            ("t3.carried_in.business", "6"),
            ("t3.carried_in.other", "19"),
            ("t3.carried_in.total", "560"),
            ("t3.result_total.natural", "13364"),
            ("t3.result_total.business", "252"),
            ("t3.result_total.other", "194"),
            ("t3.result_total.total", "13810"),
            ("t3.carried_out.natural", "783"),
            ("t3.carried_out.business", "6"),
            ("t3.carried_out.other", "30"),
            ("t3.carried_out.total", "819"),
            ("t3.granted.business", "252"),
            ("t3.granted.other", "194"),
            ("t4.review.upheld", "376"),
            ("t4.review.corrected", "97"),
            ("t4.review.other", "196"),
            ("t4.review.pending", "121"),
            ("t4.review.total", "790"),
            ("t4.lit_direct.upheld", "16"),
            ("t4.lit_direct.corrected", "1"),
            ("t4.lit_direct.other", "12"),
            ("t4.lit_direct.pending", "27"),
            ("t4.lit_direct.total", "56"),
            ("t4.lit_after_review.upheld", "74"),
            ("t4.lit_after_review.corrected", "1"),
            ("t4.lit_after_review.other", "30"),
            ("t4.lit_after_review.pending", "51"),
            ("t4.lit_after_review.total", "156"),
        ],
    );
    let rows = edition.table("t3").unwrap().rows.iter().map(|row| row.key);
    let rows =
        rows.filter(|row| !["new", "carried_in", "result_total", "carried_out"].contains(row));
    for (row, total) in rows.zip(outcomes) {
        // What organisations did not ask for, natural persons did.
        let others = if row == "granted" { 252 + 194 } else { 0 };
        let whole = |count| Decimal::whole(count).unwrap();
        values.insert(CellKey::new("t3", row, "total"), whole(total));
        values.insert(CellKey::new("t3", row, "natural"), whole(total - others));
    }
    values
}

/// The trial form: 821 + 18 = 767 + 72 for natural persons, 859 + 18 = 805 + 72 in all.
fn trial() -> BTreeMap<CellKey, Decimal> {
    values(
        Edition::Trial2019,
        &[
            ("t2.norms.made", "7"),
            ("t2.norms.published", "6"),
            ("t2.norms.total", "6"),
            ("t2.license.last_year", "4"),
            ("t2.license.change", "-4"),
            ("t2.procurement.amount_wan", "0.000001"),
            ("t3.new.natural", "821"),
            ("t3.new.business", "38"),
            ("t3.new.total", "859"),
            ("t3.carried_in.natural", "18"),
            ("t3.carried_in.total", "18"),
            ("t3.granted.business", "38"),
            ("t3.granted.total", "38"),
            ("t3.other.natural", "767"),
            ("t3.other.total", "767"),
            ("t3.result_total.natural", "767"),
            ("t3.result_total.business", "38"),
            ("t3.result_total.total", "805"),
            ("t3.carried_out.natural", "72"),
            ("t3.carried_out.total", "72"),
        ],
    )
}

/// A county's table of 2018 whose counted total is what its channels allow.
fn county() -> BTreeMap<CellKey, Decimal> {
    let given = [
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
        ("B2.1a", "1"),
        ("B2.2", "6"),
        ("B2.2a", "6"),
        ("B2.3", "12"),
        ("B2.4", "18"),
        ("B2.5", "1"),
        ("C1", "10"),
        ("C1.1", "1"),
        ("C1.2", "2"),
        ("C1.3", "3"),
        ("C1.4", "4"),
        ("C2", "10"),
        ("C2.1", "8"),
        ("C2.2", "2"),
        ("C3", "10"),
        ("C3.1", "1"),
        ("C3.2", "1"),
        ("C3.3", "1"),
        ("C3.4", "6"),
        ("C3.4a", "1"),
        ("C3.4b", "1"),
        ("C3.4c", "1"),
        ("C3.4d", "1"),
        ("C3.4e", "1"),
        ("C3.4f", "1"),
        ("C3.8", "1"),
        ("D", "3"),
        ("D.1", "1"),
        ("D.2", "1"),
        ("D.3", "1"),
        ("E", "2"),
        ("E.1", "2"),
        ("H1", "33"),
        ("H3", "116"),
        ("H3.1", "67"),
        ("H3.2", "49"),
        ("H4", "97"),
        ("I3", "232"),
    ];
    let cell = |(row, figure): (&str, &str)| (format!("stats2014[\"{row}\"]"), figure.to_owned());
    let given: Vec<(String, String)> = given.into_iter().map(cell).collect();
    let given: Vec<(&str, &str)> = given
        .iter()
        .map(|(cell, figure)| (cell.as_str(), figure.as_str()))
        .collect();
    values(Edition::Stats2014, &given)
}

fn sound() -> Vec<(Edition, i16, BTreeMap<CellKey, Decimal>)> {
    vec![
        (Edition::Format2021, 2021, city()),
        (Edition::Trial2019, 2019, trial()),
        (Edition::Stats2014, 2018, county()),
    ]
}

fn rules(report: &Report) -> Vec<&str> {
    report
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect()
}
