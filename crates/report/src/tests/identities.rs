//! Identities on sound figures, and on figures with one fault.

use statute::editions::{CellKey, Edition, Level, Relation};

use super::{all_nought, city, county, key, number, rules, sound};
use crate::*;

#[test]
fn sound_figures_have_no_findings() {
    for (edition, year, values) in sound() {
        let report = compile(edition, "某市", year, &values, Vec::new());
        assert_eq!(report.findings, [], "{edition}");
        assert!(!report.blank);
        let (_, checked) = check_identities(&report);
        let equations: usize = edition.identities().iter().map(|i| i.equations.len()).sum();
        assert_eq!(checked.len(), equations, "{edition}");
        assert!(checked.iter().all(|relation| relation.holds));
        assert!(checked.iter().any(|relation| !relation.trivial));

        let nothing = compile(edition, "某市", year, &all_nought(edition), Vec::new());
        let (findings, checked) = check_identities(&nothing);
        assert_eq!(findings, [], "an office without any case, {edition}");
        assert!(
            checked
                .iter()
                .all(|relation| relation.holds && relation.trivial)
        );
    }
}

/// Every cell of every equation: one more or one less breaks the equations that it takes part in;
/// of an inequality, which these figures meet with room, only if the room is used up.
#[test]
fn one_off_in_any_cell_is_found() {
    for (edition, year, values) in sound() {
        for identity in edition.identities() {
            for equation in &identity.equations {
                for cell in equation.cells() {
                    let mut found = 0;
                    for step in [-1, 1] {
                        let mut wrong = values.clone();
                        let figure = wrong.get_mut(&cell).unwrap();
                        *figure = figure.checked_add(Decimal::whole(step).unwrap()).unwrap();
                        let report = compile(edition, "某市", year, &wrong, Vec::new());
                        let about = |finding: &&Finding| {
                            finding.rule == identity.name
                                && finding.place.cell() == Some(equation.stated)
                        };
                        found += report.findings.iter().filter(about).count();
                    }
                    let room = |cell: CellKey| values[&cell].micros() / 1_000_000;
                    let sum: i128 = equation
                        .expected
                        .iter()
                        .map(|term| i128::from(term.coefficient) * room(term.cell))
                        .sum();
                    let expect = match equation.relation {
                        Relation::Equal => 2,
                        _ if room(equation.stated) == sum => 1,
                        _ => 0,
                    };
                    assert_eq!(found, expect, "{edition} {} {cell}", identity.name);
                }
            }
        }
    }
}

#[test]
fn inequalities_at_their_edge() {
    // Every inequality is met with equality somewhere in the sound figures, or is broken here.
    let check = |edition, year, cell: &str, figure: &str, rule: &str, level: Level| {
        let base = sound()
            .into_iter()
            .find(|(known, ..)| *known == edition)
            .unwrap()
            .2;
        let mut wrong = base;
        wrong.insert(key(cell), number(figure));
        let report = compile(edition, "某市", year, &wrong, Vec::new());
        let found = report.findings.iter().find(|finding| finding.rule == rule);
        assert_eq!(
            found.map(|finding| finding.level),
            Some(level),
            "{rule}: {report:?}"
        );
    };
    use Edition::{Format2021, Stats2014, Trial2019};
    check(
        Format2021,
        2021,
        "t2.norms.valid",
        "4",
        "valid-below-net-issued",
        Level::Warning,
    );
    check(
        Trial2019,
        2019,
        "t2.norms.published",
        "7",
        "published-above-total",
        Level::Warning,
    );
    check(
        Trial2019,
        2019,
        "t2.license.change",
        "-5",
        "items-below-zero",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.A1",
        "16084",
        "disclosed-above-channels",
        Level::Error,
    );
    check(
        Stats2014,
        2018,
        "stats2014.A1",
        "8259",
        "disclosed-below-channel",
        Level::Error,
    );
    check(
        Stats2014,
        2018,
        "stats2014[\"B2.1a\"]",
        "2",
        "leader-share-above-total",
        Level::Error,
    );
    check(
        Stats2014,
        2018,
        "stats2014.A1a",
        "7",
        "normative-above-made",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.B1",
        "39",
        "responses-above-channels",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.C2",
        "11",
        "replies-below-closed",
        Level::Warning,
    );
    check(
        Stats2014,
        2018,
        "stats2014.C2",
        "11",
        "closed-above-received",
        Level::Info,
    );
}

#[test]
fn a_finding_says_what_where_and_how() {
    let mut wrong = city();
    wrong.insert(key("t3.result_total.business"), number("251"));
    let report = compile(Edition::Format2021, "某市", 2021, &wrong, Vec::new());
    let finding = &report.findings[0];
    assert_eq!(
        (finding.rule.as_str(), finding.code.as_str()),
        ("request-balance-mismatch", "T101")
    );
    assert_eq!(finding.level, Level::Error);
    assert_eq!(finding.stated.as_deref(), Some("251"));
    assert_eq!(finding.expected.as_deref(), Some("252"));
    assert_eq!(finding.arithmetic.as_deref(), Some("252+6-6"));
    assert_eq!(
        finding.message,
        "“收到和处理政府信息公开申请情况”表“（七）总计（商业企业）”为 251，应等于 252+6-6 = 252，\
         相差 1：第一项加第二项之和，应等于第三项加第四项之和（条例 §50(二)，表内勾稽关系说明）。\
         请核对这些单元格，更正填错的一格。"
    );
    assert_eq!(
        finding.place.section.as_deref(),
        Some("三、收到和处理政府信息公开申请情况")
    );
    assert_eq!(finding.place.cell(), Some(key("t3.result_total.business")));
    let related: Vec<_> = finding.related.iter().filter_map(Place::cell).collect();
    assert_eq!(
        related,
        [
            "t3.new.business",
            "t3.carried_in.business",
            "t3.carried_out.business"
        ]
        .map(key)
    );
}

#[test]
fn open_cases_in_words_ease_the_table_of_2014() {
    let mut open = county();
    open.insert(key("stats2014.D"), number("4"));
    let level = |values: &_, notes| {
        let report = compile(Edition::Stats2014, "某县", 2018, values, notes);
        report
            .findings
            .iter()
            .find(|f| f.rule == "review-total-mismatch")
            .map(|f| f.level)
    };
    let note = || {
        vec![Note {
            cell: None,
            text: "年末尚有 1 件行政复议未审结".to_owned(),
        }]
    };
    assert_eq!(level(&open, Vec::new()), Some(Level::Error));
    assert_eq!(level(&open, note()), Some(Level::Warning));
    let denial = Note {
        cell: None,
        text: "复议三件。无未审结案件。".to_owned(),
    };
    assert_eq!(level(&open, vec![denial]), Some(Level::Error));
    open.insert(key("stats2014.D"), number("2"));
    assert_eq!(
        level(&open, note()),
        Some(Level::Error),
        "fewer than the results: no reading"
    );
}

#[test]
fn absent_cells_skip_the_identity() {
    let mut values = county();
    values.remove(&key("stats2014[\"E.3\"]"));
    let report = compile(Edition::Stats2014, "某县", 2018, &values, Vec::new());
    assert_eq!(rules(&report), ["figure-missing"]);
    assert_eq!(
        report.findings[0].place.cell(),
        Some(key("stats2014[\"E.3\"]"))
    );
    let (_, checked) = check_identities(&report);
    let litigation = |relation: &&Checked| relation.place.row.as_deref() == Some("E");
    assert_eq!(checked.iter().filter(litigation).count(), 0);
}

#[test]
fn figures_that_cannot_stand_in_their_cell() {
    let check = |cell: &str, figure: &str, expect: bool| {
        let mut report = Report::new(Edition::Trial2019, "test");
        report.tables.set(key(cell), Cell::Number(number(figure)));
        let (findings, _) = check_identities(&report);
        assert_eq!(
            findings.iter().any(|f| f.rule == "figure-not-count"),
            expect,
            "{cell} {figure}"
        );
    };
    check("t3.new.natural", "5", false);
    check("t3.new.natural", "-5", true);
    check("t3.new.natural", "0.5", true);
    check("t2.fee.change", "-5", false);
    check("t2.fee.change", "-0.5", true);
    check("t2.procurement.amount_wan", "0.5", false);
    check("t2.procurement.amount_wan", "-0.5", true);
}
