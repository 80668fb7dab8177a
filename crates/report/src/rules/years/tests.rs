use statute::editions::{CellKey, Edition, Level};

use super::*;
use crate::model::Cell;
use crate::rules::cases::reading;

/// A report of a year with figures in cells and a text.
fn report(edition: Edition, year: i16, unit: &str, cells: &[(&str, i64)], text: &str) -> Reading {
    let mut made = reading(text, &format!("{year}.txt"));
    made.report.edition = edition;
    made.report.unit = Some(unit.to_owned());
    made.report.year = Some(year);
    for (key, figure) in cells {
        let key: CellKey = key.parse().unwrap();
        assert!(edition.cell(key).is_some(), "{key}");
        let figure = crate::Decimal::whole(*figure).unwrap();
        made.report.tables.set(key, Cell::Number(figure));
    }
    made
}

/// Findings as `code level stated→expected`, relations as `stated?expected`.
fn shown(current: &Reading, previous: &Reading) -> String {
    let checkup = check_against_previous(current, previous);
    let mut parts: Vec<String> = checkup
        .checked
        .iter()
        .map(|it| {
            let mark = match (it.holds, &it.explanation) {
                (true, None) => "",
                (true, Some(_)) => "~",
                (false, _) => "!",
            };
            format!("{mark}{}={}", it.stated, it.arithmetic)
        })
        .collect();
    parts.extend(checkup.findings.iter().map(|it| {
        format!(
            "{} {} {}→{}",
            it.code,
            it.level.key(),
            it.stated.as_deref().unwrap_or_default(),
            it.expected.as_deref().unwrap_or_default()
        )
    }));
    parts.join(", ")
}

const UNIT: &str = "云岭县民政局";

fn pair(now: &[(&str, i64)], before: &[(&str, i64)], text: &str) -> String {
    let current = report(Edition::Format2021, 2022, UNIT, now, text);
    let previous = report(Edition::Format2021, 2021, UNIT, before, "");
    shown(&current, &previous)
}

#[test]
fn requests_carried_over() {
    assert_eq!(
        pair(
            &[("t3/carried_in/natural", 3), ("t3/carried_in/total", 3)],
            &[("t3/carried_out/natural", 3), ("t3/carried_out/total", 3)],
            ""
        ),
        "3=3, 3=3"
    );
    // The column and the total that follows from it are one fault.
    assert_eq!(
        pair(
            &[("t3/carried_in/natural", 4), ("t3/carried_in/total", 4)],
            &[("t3/carried_out/natural", 3), ("t3/carried_out/total", 3)],
            ""
        ),
        "!4=3, !4=3, Y101 error 4→3"
    );
    // A reorganisation explains, and a figure that is absent says nothing.
    assert_eq!(
        pair(
            &[("t3/carried_in/total", 4)],
            &[("t3/carried_out/total", 3)],
            "因机构改革，本局职能有所调整。"
        ),
        "!4=3, Y101 warning 4→3"
    );
    assert_eq!(pair(&[("t3/carried_in/total", 4)], &[], ""), "");
    // Last year's own column is out of balance: the fault may be there.
    assert_eq!(
        pair(
            &[("t3/carried_in/total", 4)],
            &[
                ("t3/new/total", 10),
                ("t3/carried_in/total", 0),
                ("t3/result_total/total", 6),
                ("t3/carried_out/total", 3)
            ],
            ""
        ),
        "!4=3, Y101 warning 4→3"
    );
}

#[test]
fn the_trial_form_carries_over_into_the_form_of_2021() {
    let current = report(
        Edition::Format2021,
        2021,
        UNIT,
        &[("t3/carried_in/total", 2)],
        "",
    );
    let previous = report(
        Edition::Trial2019,
        2020,
        UNIT,
        &[("t3/carried_out/total", 1)],
        "",
    );
    assert_eq!(shown(&current, &previous), "!2=1, Y101 error 2→1");
    // Another unit is not sure enough for an error; a year between is another report.
    let mut other = previous.clone();
    other.report.unit = Some("云岭县财政局".to_owned());
    assert_eq!(
        shown(&current, &other),
        "!2=1, Y190 info →, Y101 warning 2→1"
    );
    let mut older = previous.clone();
    older.report.year = Some(2019);
    assert_eq!(shown(&current, &older), "Y190 warning →");
    // The table of 2014 carries nothing.
    let stats = report(Edition::Stats2014, 2020, UNIT, &[("stats2014/C1", 9)], "");
    assert_eq!(shown(&current, &stats), "");
}

#[test]
fn a_sentence_stands_in_for_a_table_without_figures() {
    let before = [("t3/carried_out/total", 3)];
    assert_eq!(
        pair(
            &[],
            &before,
            "一、总体情况\n收到申请10件，上年结转申请3件。"
        ),
        "3=3"
    );
    assert_eq!(
        pair(
            &[],
            &before,
            "一、总体情况\n收到申请10件，2021年结转5件，结转下年办理1件。"
        ),
        "!5=3, Y101 warning 5→3"
    );
    assert_eq!(
        pair(
            &[],
            &before,
            "一、总体情况\n收到申请10件，结转至2023年办理1件。"
        ),
        ""
    );
}

#[test]
fn the_stock_of_valid_documents() {
    let now = |valid| {
        [
            ("t2/norms/issued", 3),
            ("t2/norms/repealed", 1),
            ("t2/norms/valid", valid),
        ]
    };
    let before = [("t2/norms/valid", 20)];
    assert_eq!(pair(&now(22), &before, ""), "22=20+3-1");
    assert_eq!(
        pair(&now(25), &before, ""),
        "!25=20+3-1, Y102 warning 25→22"
    );
    assert_eq!(
        pair(
            &now(15),
            &before,
            "对规范性文件开展全面清理，部分文件失效。"
        ),
        "~15=20+3-1"
    );
    assert_eq!(pair(&now(25)[..2], &before, ""), "");
}

#[test]
fn pending_cases() {
    assert_eq!(
        pair(
            &[("t4/review/total", 2), ("t4/lit_direct/total", 0)],
            &[("t4/review/pending", 1), ("t4/lit_direct/pending", 1)],
            ""
        ),
        "2=1, !0=1, Y103 warning 0→1"
    );
}

#[test]
fn items_of_the_trial_form() {
    let previous = report(
        Edition::Trial2019,
        2019,
        UNIT,
        &[
            ("t2/license/last_year", 30),
            ("t2/license/change", -2),
            ("t2/license/decisions", 500),
        ],
        "",
    );
    let of = |figure| {
        let cells = [("t2/license/last_year", figure)];
        shown(
            &report(Edition::Trial2019, 2020, UNIT, &cells, ""),
            &previous,
        )
    };
    assert_eq!(of(28), "28=30-2");
    assert_eq!(of(500), "~500=30-2");
    assert_eq!(of(33), "!33=30-2, Y104 info 33→28");
}

#[test]
fn growth_against_last_year() {
    let check = |now: &str, before: &str, expect: &str| {
        let current = report(Edition::Narrative, 2018, UNIT, &[], now);
        let previous = report(Edition::Narrative, 2017, UNIT, &[], before);
        assert_eq!(shown(&current, &previous), expect, "{now}");
    };
    let before = "2017年，全年公开信息共400条，其中工作动态120条。";
    check(
        "2018年公开信息500条，同比增长25%。",
        before,
        "25%=(500-400)/400",
    );
    check(
        "2018年公开信息500条，同比增长20%。",
        before,
        "!20%=(500-400)/400, Y105 warning 20%→25%",
    );
    check(
        "2018年公开信息300条，较去年减少100条。",
        before,
        "100=400-300",
    );
    check(
        "2018年公开信息300条，较去年减少10条。",
        before,
        "!10=400-300, Y105 warning 10→100",
    );
    check(
        "2018年公开信息300条，同比增长25%。",
        before,
        "!300=400, Y105 warning 300→400",
    );
    check(
        "2018年公开信息500条，较2017年增长25%。",
        before,
        "25%=(500-400)/400",
    );
    check(
        "公开信息500条，与2017年相比增长了21%。",
        before,
        "!21%=(500-400)/400, Y105 warning 21%→25%",
    );
    check("公开信息500条，与2016年相比增长了21%。", before, "");
    check(
        "公开信息1.3万条，同比增长8%。",
        "公开信息1.2万条。",
        "8%=(13000-12000)/12000",
    );
    check(
        "公开信息1.3万条，同比增长12%。",
        "公开信息1.2万条。",
        "~12%=(13000-12000)/12000",
    );
    // Another notion, two figures for it, a bound.
    check("2018年发布公告500条，同比增长20%。", before, "");
    check(
        "公开信息500条，同比增长20%。",
        "公开信息400条。公开信息390条。",
        "",
    );
    check("公开信息500条，同比增长20%。", "公开信息400余条。", "");
    check("公开信息500余条，同比增长20%。", before, "");
    // What the sentence gives itself is compared as it stands.
    check(
        "公开信息500条，比去年的450条增长20%。",
        before,
        "!450=400, Y105 warning 450→400",
    );
    check(
        "公开信息500条，比上年增加90条，增长20%。",
        before,
        "!90=500-400, Y105 warning 90→100",
    );
}

#[test]
fn growth_of_requests_against_last_years_table() {
    let current = report(
        Edition::Format2021,
        2022,
        UNIT,
        &[],
        "2022年收到政府信息公开申请30件，同比增长50%。",
    );
    let of = |text: &str| {
        shown(
            &current,
            &report(
                Edition::Format2021,
                2021,
                UNIT,
                &[("t3/new/total", 24)],
                text,
            ),
        )
    };
    assert_eq!(of(""), "!50%=(30-24)/24, Y105 warning 50%→25%");
    // Where last year's text and table disagree nothing is known.
    assert_eq!(of("收到政府信息公开申请20件。"), "");
}

#[test]
fn the_report_of_the_year_before() {
    let of = |unit: &str, year: i16| report(Edition::Narrative, year, unit, &[], "");
    let others = [
        of("云岭县财政局", 2020),
        of("云岭县民政局", 2021),
        of("云岭县 民政局", 2020),
        of("青岩镇人民政府", 2020),
        of("甲县水务局", 2020),
        of("乙县水务局", 2020),
    ];
    let find = |unit: &str, year: i16| pair_previous(&others, &of(unit, year));
    assert_eq!(find("云岭县民政局", 2021), Some(2));
    assert_eq!(find("云岭县民政局", 2022), Some(1));
    assert_eq!(find("云岭县民政局", 2020), None);
    assert_eq!(find("青岩镇", 2021), Some(3));
    assert_eq!(find("云岭县青岩镇人民政府", 2021), Some(3));
    assert_eq!(find("丙县水务局", 2021), None);
    assert_eq!(find("水务局", 2021), None);
    let unknown = reading("", "x.txt");
    assert_eq!(pair_previous(&others, &unknown), None);
    assert_eq!(previous_missing(&unknown).level, Level::Info);
}

#[test]
fn stated_figures_of_last_year() {
    let cells = |new: i64, decided: i64| [("t3/new/total", new), ("t2/license/decisions", decided)];
    let check = |text: &str, expect: &str| {
        let text = format!("一、总体情况\n{text}");
        let current = report(Edition::Format2021, 2022, UNIT, &cells(60, 550), &text);
        let previous = report(Edition::Format2021, 2021, UNIT, &cells(50, 500), "");
        assert_eq!(shown(&current, &previous), expect, "{text}");
    };
    check("收到政府信息公开申请60件，比上年的50件增长20%。", "50=50");
    check(
        "收到政府信息公开申请60件，比上年的48件增长25%。",
        "!48=50, Y105 warning 48→50",
    );
    check(
        "收到政府信息公开申请60件（2021年为48件），同比增长25%。",
        "!48=50, Y105 warning 48→50",
    );
    // Of another year, or of a part.
    check("收到政府信息公开申请60件，比2019年的48件增长25%。", "");
    check("收到网上申请60件，比上年的48件增长25%。", "");
    // Figures that agree with each other may still not be last year's.
    check(
        "收到政府信息公开申请60件，比上年增加12件，增长25%。",
        "!12=60-50, Y105 warning 12→10",
    );
    // Decisions stand in the table alone.
    check("办理行政许可550件，同比增长10%。", "10%=(550-500)/500");
    check(
        "办理行政许可550件，同比增长12%。",
        "!12%=(550-500)/500, Y105 warning 12%→10%",
    );
    check("窗口办理行政许可300件，同比增长12%。", "");
    check("办理行政许可300件，同比增长12%。", "");
    check(
        "办理行政许可550件，同比下降10%。",
        "!550=500, Y105 warning 550→500",
    );
}

#[test]
fn a_report_that_is_not_the_one_of_the_year_before() {
    let text = "一、总体情况\n收到政府信息公开申请60件，同比增长20%。";
    let current = report(Edition::Format2021, 2022, UNIT, &[], text);
    let check = |unit: &str, year: i16, expect: &str| {
        let cells = [("t3/new/total", 40)];
        let previous = report(Edition::Format2021, year, unit, &cells, "");
        assert_eq!(shown(&current, &previous), expect, "{unit} {year}");
    };
    let found = "!20%=(60-40)/40, ";
    check(UNIT, 2021, &format!("{found}Y105 warning 20%→50%"));
    check("民政局", 2021, &format!("{found}Y105 warning 20%→50%"));
    check(
        "云岭县民政和退役军人局",
        2021,
        &format!("{found}Y190 info →, Y105 warning 20%→50%"),
    );
    check(UNIT, 2020, "Y190 warning →");
    check(UNIT, 2022, "Y190 warning →");
    check("云岭县教育局", 2022, "Y190 info →");
}

#[test]
fn places_of_the_earlier_report_are_named_as_such() {
    let text = "一、总体情况\n公开信息500条，同比增长20%。";
    let current = report(Edition::Format2021, 2022, UNIT, &[], text);
    let before = "一、总体情况\n公开信息400条。";
    let previous = report(Edition::Format2021, 2021, UNIT, &[], before);
    let findings = check_against_previous(&current, &previous).findings;
    let place = &findings[0].related[0];
    assert_eq!(place.section.as_deref(), Some("2021 年报告，一、总体情况"));
    assert_eq!((place.line, place.page), (None, None));
    assert!(place.quote.as_deref().unwrap().contains("400条"));
}
