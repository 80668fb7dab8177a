//! Sentences of invented reports against figures set by hand.

use statute::editions::{CellKey, Edition, Level};

use super::examine;
use crate::decimal::Decimal;
use crate::finding::Checked;
use crate::model::Cell;
use crate::rules::cases::reading;
use crate::rules::{Sink, tables};

/// Twelve new, two carried in; seven granted, two in part, one refused, three not held; one left.
fn format2021() -> Vec<(CellKey, i64)> {
    let mut cells = Vec::new();
    let rows = [
        ("new", 12),
        ("carried_in", 2),
        ("granted", 7),
        ("partial", 2),
        ("deny.process", 1),
        ("unable.not_held", 3),
        ("result_total", 13),
        ("carried_out", 1),
    ];
    for cell in Edition::Format2021.cells() {
        let key = cell.key;
        let total = rows
            .iter()
            .find(|(row, _)| *row == key.row)
            .map_or(0, |(_, total)| *total);
        // One of each row that has two or more came from a company.
        let company = i64::from(total >= 2);
        let value = match (key.table, key.row, key.column) {
            ("t3", _, "total") => total,
            ("t3", "carried_out", "business") => total,
            ("t3", "carried_out", "natural") => 0,
            ("t3", "result_total", "natural") => total - 3,
            ("t3", "result_total", "business") => 3,
            ("t3", "new", "natural") => total - 3,
            ("t3", "new", "business") => 3,
            ("t3", _, "natural") => total - company,
            ("t3", _, "business") => company,
            ("t2", "norms", "issued") => 2,
            ("t2", "norms", "repealed") => 1,
            ("t2", "norms", "valid") => 9,
            ("t2", "license", _) => 35,
            ("t2", "penalty", _) => 4,
            ("t2", "fee", _) => 3,
            ("t4", "review", "upheld") => 1,
            ("t4", "review", "pending") => 1,
            ("t4", "review", "total") => 2,
            ("t4", "lit_direct", "other" | "total") => 1,
            ("t4", "lit_after_review", "corrected" | "total") => 1,
            _ => 0,
        };
        cells.push((key, value));
    }
    cells
}

fn run(edition: Edition, cells: &[(CellKey, i64)], year: i16, text: &str) -> Sink {
    let mut reading = reading(text, "a.txt");
    reading.report.edition = edition;
    reading.report.year = Some(year);
    reading.report.unit = Some("云岭县民政局".to_owned());
    reading.report.findings.clear();
    for (key, value) in cells {
        let figure = Decimal::whole(*value).unwrap();
        reading.report.tables.set(*key, Cell::Number(figure));
    }
    let mut sink = Sink::default();
    tables::examine(&reading, &mut sink);
    sink.checked.clear();
    sink.findings.clear();
    examine(&reading, &mut sink);
    sink
}

fn of_2022(text: &str) -> Sink {
    run(Edition::Format2021, &format2021(), 2022, text)
}

fn figures(checked: &Checked) -> String {
    let mark = if checked.holds { "=" } else { "≠" };
    let why = checked.explanation.as_deref().unwrap_or_default();
    format!("{}{mark}{} {why}", checked.stated, checked.arithmetic)
        .trim_end()
        .to_owned()
}

/// What is compared in a sentence about requests, and what is found.
fn check(sentence: &str, compared: &[&str], found: &[&str]) {
    let sink = of_2022(sentence);
    let seen: Vec<String> = sink.checked.iter().map(figures).collect();
    assert_eq!(seen, compared, "{sentence}");
    let codes: Vec<&str> = sink.findings.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, found, "{sentence}: {:?}", sink.findings);
}

#[test]
fn the_table_of_the_tests_agrees_with_itself() {
    let mut reading = reading("一、总体情况", "a.txt");
    reading.report.edition = Edition::Format2021;
    for (key, value) in format2021() {
        let figure = Decimal::whole(value).unwrap();
        reading.report.tables.set(key, Cell::Number(figure));
    }
    let mut sink = Sink::default();
    tables::examine(&reading, &mut sink);
    assert_eq!(sink.findings, []);
    assert!(sink.checked.iter().any(|checked| !checked.trivial));
}

#[test]
fn numbers_of_other_scopes() {
    for sentence in [
        "近三年累计收到政府信息公开申请60件，其中2022年12件。",
        "全县共收到政府信息公开申请350件，其中我局12件。",
        "指导基层办理政府信息公开申请30件。",
        "全年收到行政复议5件，其中涉及政府信息公开2件。",
        "全年收到行政复议5件，其中涉及政府信息公开3件。",
    ] {
        let sink = of_2022(sentence);
        assert_eq!(sink.findings, [], "{sentence}");
    }
}

#[test]
fn received() {
    check("2022年，我局共收到政府信息公开申请12件。", &["12=12"], &[]);
    check(
        "全年新收政府信息公开申请12宗，上年结转2宗。",
        &["12=12", "2=2"],
        &[],
    );
    check("共收到12件依申请公开请求。", &["12=12"], &[]);
    check(
        "共收到政府信息公开申请14件。",
        &["14=12+2 含上年结转的申请"],
        &[],
    );
    check("共收办政府信息公开申请14件。", &["14=12+2"], &[]);
    check(
        "共收办政府信息公开申请12件。",
        &["12=12 只计本年新收的申请"],
        &[],
    );
    check("受理依申请公开13件。", &["13=13 指本年办结的申请"], &[]);
    check(
        "我局共承办依申请公开政府信息事项14件。",
        &["14=12+2 含上年结转的申请"],
        &[],
    );
    check(
        "全年共收到政府信息公开申请10余件。",
        &["10=12 “10余件”是约数，表中是12"],
        &[],
    );
    check("全年收到政府信息公开申请十二件。", &["12=12"], &[]);
    check("我局共收到政府信息公开申请15件。", &["15≠12"], &["X101"]);
    check("受理政府信息公开申请15件。", &["15≠12"], &["X101"]);
    check("受理政府信息公开申请11件。", &["11≠12"], &["X102"]);
}

#[test]
fn what_is_not_received() {
    for sentence in [
        "全年收到网民留言15条。",
        "2021年，我局共收到政府信息公开申请20件。",
        "上半年共收到政府信息公开申请5件。",
        "通过网络收到政府信息公开申请9件。",
        "收到信函申请公开信息3件。",
        "共受理行政许可申请280件。",
        "办理人大建议15件，均已公开。",
        "依申请公开方面：收到市长信箱来信30件。",
        "收到政府信息公开申请较上年增加3件。",
        "截至2022年6月，收到政府信息公开申请6件。",
        "2022年共公开信息120条，其中概况类12条。",
        "政府信息公开申请方面，收到咨询电话33个。",
    ] {
        check(sentence, &[], &[]);
    }
}

#[test]
fn outcomes() {
    check(
        "共收到政府信息公开申请12件，其中予以公开7件，部分公开2件，不予公开1件，无法提供3件，不予处理0件，其他处理0件，结转下年度1件。",
        &["12=12", "7=7", "2=2", "1=1", "3=3", "0=0", "0=0", "1=1"],
        &[],
    );
    check(
        "共收到政府信息公开申请12件，予以公开9件。",
        &["12=12", "9=7+2 含部分公开"],
        &[],
    );
    check(
        "共收到政府信息公开申请12件，予以公开8件。",
        &["12=12", "8≠7"],
        &["X101"],
    );
    check(
        "收到政府信息公开申请12件，其他处理（含申请人撤回的）0件、转下一年度办理的有1件。",
        &["12=12", "0=0", "1=1"],
        &[],
    );
    check("政府信息公开申请办结13件。", &["13=13"], &[]);
    check("完成政府信息公开申请答复13件。", &["13=13"], &[]);
    check(
        "政府信息公开申请办结11件。",
        &["11=12-1 只计本年新收而办结的申请"],
        &[],
    );
    check("政府信息公开申请答复15件。", &["15≠13"], &["X102"]);
    check(
        "依申请公开中属于四类过程性信息1件，本机关不掌握相关政府信息3件。",
        &["1=1", "3=3"],
        &[],
    );
    check(
        "本年接到依申请公开10件申请，另有2021年结转政府信息公开申请2件，合计办结10件，结转2023年度1件。",
        &["2=2", "1=1", "10≠12", "10≠13"],
        &["X101", "X101"],
    );
}

#[test]
fn applicants() {
    check(
        "共收到政府信息公开申请12件，其中自然人申请9件，法人或其他组织申请3件。",
        &["12=12", "9=9", "3=3"],
        &[],
    );
    check(
        "共收办政府信息公开申请14件，其中自然人申请10件，法人或其他组织申请4件。",
        &["14=12+2", "10=9+1", "4=3+1"],
        &[],
    );
    check(
        "收到政府信息公开申请12件，均为自然人申请。",
        &["12=12", "12≠9"],
        &["X102"],
    );
}

#[test]
fn words_for_none_and_all() {
    check("全年未收到政府信息公开申请。", &["0≠12"], &["X101"]);
    check("未收到依申请公开引起的投诉举报。", &[], &[]);
    check("全部政府信息公开申请均已办结。", &[], &["X104"]);
    check("政府信息公开申请均在法定期限内答复。", &[], &[]);
    check("未收取信息处理费。", &["0=0"], &[]);
    let empty = run(Edition::Format2021, &[], 2022, "全年未接到依申请公开事项。");
    let seen: Vec<String> = empty.checked.iter().map(figures).collect();
    assert_eq!(seen, ["0=0 文字说没有；表中没有可比的数"]);
    assert!(empty.checked.iter().all(|checked| checked.trivial));
}

#[test]
fn disputes() {
    check(
        "因政府信息公开引起行政复议2件，行政诉讼2件。",
        &["2=2", "2=1+1"],
        &[],
    );
    check("有2件涉及政府信息公开工作的行政复议。", &["2=2"], &[]);
    check("政府信息公开行政复议已审结1件。", &[], &[]);
    check("政府信息公开行政复议1件。", &["1=1 只计已审结的"], &[]);
    check("发生政府信息公开行政复议5件。", &["5≠2"], &["X101"]);
    check("未发生政府信息公开行政复议。", &["0≠2"], &["X102"]);
    check(
        "政府信息公开行政复议2件，其中结果维持1件，尚未审结1件。",
        &["2=2", "1=1", "1=1"],
        &[],
    );
    check(
        "政府信息公开行政诉讼中未经复议直接起诉1件，复议后起诉1件。",
        &["1=1", "1=1"],
        &[],
    );
    // Reviews of all kinds are no reviews about information.
    check("全年办理行政复议案件86件，应诉12件。", &[], &[]);
}

#[test]
fn documents() {
    check(
        "全年制发行政规范性文件2件，废止1件，现行有效9件。",
        &["2=2", "1=1", "9=9"],
        &[],
    );
    check("全年制发行政规范性文件6件。", &["6≠2"], &["X102"]);
    check("公开规范性文件6件。", &[], &[]);
    check("全年制发公文6件。", &[], &[]);
    check("主动公开信息120条，其中规范性文件类2条。", &["2=2"], &[]);
    check(
        "作出行政许可决定35件，作出行政处罚决定4件。",
        &["35=35", "4=4"],
        &[],
    );
    check("作出行政许可决定36件。", &["36≠35"], &["X102"]);
    check("公开行政许可信息36条。", &[], &[]);
    check("处罚强制类4条。", &["4=4"], &[]);
    check("行政事业性收费3万元。", &["30000=3*10000"], &[]);
    check("行政事业性收费45000元。", &["45000≠3*10000"], &["X102"]);
    let sink = of_2022("按照要求清理文件，保留现行有效行政规范性文件7件、废止1件。");
    let seen: Vec<String> = sink.checked.iter().map(figures).collect();
    assert!(seen[0].starts_with("9=7+2 "), "{seen:?}");
    assert_eq!(seen[1], "1=1");
    assert_eq!(sink.findings[0].code, "X103");
    assert!(sink.findings[0].message.contains("保留7件，加本年制发2件"));
}

#[test]
fn another_scope_is_one_warning() {
    let sentence = "市政府办公室共收到政府信息公开申请5件，予以公开3件，部分公开1件，不予公开4件。";
    let sink = of_2022(sentence);
    let codes: Vec<&str> = sink.findings.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["X102"], "{:?}", sink.findings);
    let sink = of_2022("下属单位共收到政府信息公开申请5件。");
    assert_eq!(sink.findings[0].code, "X102");
}

#[test]
fn phrases_met_in_the_wild() {
    check(
        "收到公民、法人或其他组织的政府信息公开申请12件。",
        &["12=12"],
        &[],
    );
    check(
        "本街道共收到12件信息依申请公开申请，剩余1件结转下年度继续办理。",
        &["12=12", "1=1"],
        &[],
    );
    check(
        "收到政府信息公开申请12件，顺延至下一年答复1件。",
        &["12=12", "1=1"],
        &[],
    );
    check(
        "收到政府信息公开申请12件，部分公开和不予公开6件。",
        &["12=12"],
        &[],
    );
    check(
        "办结政府信息公开申请13件，结转至2023年办理1件。",
        &["13=13", "1=1"],
        &[],
    );
    check(
        "收到政府信息公开申请12件，其中网上申请8件、信函4件。",
        &["12=12"],
        &[],
    );
    check("政府信息公开申请12件。", &[], &[]);
    check("自2019年施行以来累计收到政府信息公开申请60件。", &[], &[]);
    check(
        "按照政府信息公开申请办理要求，组织培训3次，开展检查2次。",
        &[],
        &[],
    );
}

#[test]
fn a_table_that_contradicts_itself_accuses_no_sentence() {
    let mut cells = format2021();
    for (key, value) in &mut cells {
        if *key == CellKey::new("t3", "new", "total") {
            *value = 13;
        }
    }
    let mut reading = reading("全年收到政府信息公开申请12件。", "a.txt");
    reading.report.edition = Edition::Format2021;
    reading.report.year = Some(2022);
    for (key, value) in cells {
        let figure = Decimal::whole(value).unwrap();
        reading.report.tables.set(key, Cell::Number(figure));
    }
    let mut sink = Sink::default();
    tables::examine(&reading, &mut sink);
    let before = sink.findings.len();
    examine(&reading, &mut sink);
    assert_eq!(sink.findings.len(), before + 1);
    assert_eq!(sink.findings[before].level, statute::editions::Level::Info);
}

fn stats() -> Vec<(CellKey, i64)> {
    [
        ("A1", 900),
        ("A2.1", 10),
        ("A2.2", 400),
        ("A2.3", 120),
        ("A2.4", 180),
        ("A2.5", 250),
        ("B1", 21),
        ("B2.3", 13),
        ("B2.4", 6),
        ("B2.5", 44),
        ("C1", 5),
        ("C1.3", 4),
        ("C1.4", 1),
        ("C2", 5),
        ("C3", 5),
        ("C3.2", 3),
        ("C3.3", 1),
        ("C3.4", 1),
        ("D", 1),
        ("E", 0),
        ("H1", 24),
        ("I1", 2),
        ("I2", 9),
        ("I3", 310),
    ]
    .into_iter()
    .map(|(row, value)| (CellKey::new("stats2014", row, CellKey::VALUE), value))
    .collect()
}

#[test]
fn the_statistics_of_2014() {
    let check = |sentence: &str, compared: &[&str], found: &[&str]| {
        let sink = run(Edition::Stats2014, &stats(), 2018, sentence);
        let seen: Vec<String> = sink.checked.iter().map(figures).collect();
        assert_eq!(seen, compared, "{sentence}");
        let codes: Vec<&str> = sink.findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, found, "{sentence}");
    };
    check(
        "2018年全县24个信息公开部门累计主动公开信息900条。",
        &["24=24", "900=900"],
        &[],
    );
    check(
        "通过政府网站公开信息400条，通过广播、电视、公开栏等载体公开信息250条。",
        &["400=400", "250=250"],
        &[],
    );
    check(
        "通过公报、公开栏等渠道公开信息260条。",
        &["260=10+250 含政府公报"],
        &[],
    );
    check(
        "通过政务微博、微信公开信息300余条。",
        &["300=120+180 “300余条”是约数，表中是300"],
        &[],
    );
    check("累计回应舆情21次，解读文件13件。", &["21=21", "13=13"], &[]);
    check(
        "帮助群众解决各类问题50件。",
        &["50=6+44 微博微信回应与其他方式回应合计"],
        &[],
    );
    check(
        "举办培训班2次，有关单位举办培训班7次，对310名干部进行了培训。",
        &["310=310", "9=2+7 正文分开写的几个数合计等于表中的数"],
        &[],
    );
    check("召开2次专题会议。", &["2=2"], &[]);
    check(
        "收到政府信息公开申请5件，其中网上申请4件，信函申请1件。",
        &["5=5", "4=4", "1=1"],
        &[],
    );
    check("收到政府信息公开申请6件。", &["6≠5"], &["X101"]);
    check(
        "依申请公开答复中同意公开3件，同意部分公开1件，不同意公开1件。",
        &["3=3", "1=1", "1=1"],
        &[],
    );
    check("我县未收到政府信息依申请公开。", &["0≠5"], &["X101"]);
    check(
        "政府信息公开行政复议1件，未发生政府信息公开行政诉讼。",
        &["1=1", "0=0"],
        &[],
    );
    // A channel of its own is no channel of the table.
    check("在县电视台专栏公开信息77条。", &[], &[]);
}

#[test]
fn outcomes_are_known_without_the_word_for_requests() {
    check(
        "予以公开7件，部分公开2件，不予公开1件，无法提供3件。",
        &["7=7", "2=2", "1=1", "3=3"],
        &[],
    );
    check(
        "结果：7件予以公开，2件部分公开，4件无法提供。",
        &["7=7", "2=2", "4≠3"],
        &["X101"],
    );
    check(
        "予以公开和部分公开共9件。",
        &["9=7+2 几类处理结果合计"],
        &[],
    );
    check(
        "本年新收申请12件，上年结转2件，办结13件。",
        &["12=12", "2=2", "13=13"],
        &[],
    );
    // Documents are made public in part as well.
    check("予以公开的信息8件。", &[], &[]);
}

#[test]
fn an_office_that_names_itself() {
    let codes = |text: &str| {
        let mut reading = reading(text, "a.txt");
        reading.report.edition = Edition::Format2021;
        reading.report.year = Some(2022);
        reading.report.unit = Some("云岭县".to_owned());
        for (key, value) in format2021() {
            let figure = Decimal::whole(value).unwrap();
            reading.report.tables.set(key, Cell::Number(figure));
        }
        let mut sink = Sink::default();
        examine(&reading, &mut sink);
        let codes = sink.findings.iter().map(|one| one.code.clone());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes("县政府办公室本级收到政府信息公开申请5件。"), [""; 0]);
    // More than of all is another matter, and without the words the scope is to be written.
    assert_eq!(
        codes("县政府办公室本级收到政府信息公开申请50件。"),
        ["X102"]
    );
    assert_eq!(codes("县政府办公室收到政府信息公开申请5件。"), ["X102"]);
    assert_eq!(codes("收到政府信息公开申请5件。"), ["X101"]);
}

#[test]
fn what_is_carried() {
    check(
        "收到政府信息公开申请12件，办结13件，结转1件。",
        &["12=12", "13=13", "1=1"],
        &[],
    );
    check(
        "收到政府信息公开申请12件，办结13件，2件结转2023年。",
        &["12=12", "13=13", "2≠1"],
        &["X101"],
    );
    check("上年结转3件。", &["3≠2"], &["X102"]);
    check("上年结转信访件3件。", &[], &[]);
}

#[test]
fn applications_for_something_else() {
    check(
        "收到政府信息公开申请12件，办理占用城市道路申请件77件。",
        &["12=12"],
        &[],
    );
    check("依申请公开工作有序开展，收到低保申请30件。", &[], &[]);
}

#[test]
fn decisions_in_a_list() {
    // The licences agree and speak for the rest of the list.
    check("全年行政许可35件，行政处罚4件。", &["35=35", "4=4"], &[]);
    check(
        "全年行政许可35件，行政处罚6件。",
        &["35=35", "6≠4"],
        &["X102"],
    );
    check("全年行政处罚6件。", &[], &[]);
    check("全年行政许可35件，公开行政处罚信息6件。", &["35=35"], &[]);
    check(
        "全年行政许可35件，行政处罚6件，上半年行政处罚4件。",
        &["35=35", "6≠4"],
        &["X102"],
    );
    check(
        "全年行政许可35件，行政处罚6件。作出行政处罚4件。",
        &["35=35", "4=4"],
        &[],
    );
}

#[test]
fn documents_in_a_row() {
    check(
        "制发规范性文件2件，废止3件，现行有效9件。",
        &["2=2", "9=9", "3≠1"],
        &["X101"],
    );
    check("废止规范性文件3件。", &[], &[]);
}

#[test]
fn rows_of_2014_in_a_list() {
    let codes = |text: &str| {
        let sink = run(Edition::Stats2014, &stats(), 2018, text);
        let codes = sink.findings.iter().map(|one| one.code.clone());
        codes.collect::<Vec<_>>()
    };
    let list =
        |last: u32| format!("通过政务微博公开120条，政务微信公开180条，政府网站公开{last}条。");
    let web = stats()
        .iter()
        .find(|(key, _)| key.row == "A2.2")
        .map(|(_, value)| *value);
    let web = u32::try_from(web.unwrap()).unwrap();
    assert_eq!(codes(&list(web)), [""; 0]);
    assert_eq!(codes(&list(web + 9)), ["X101"]);
    // Two numbers for one row: which of them is meant is not known.
    let two = format!(
        "通过政务微博公开120条，政务微信公开180条，市政府网站公开7条，政府网站公开{}条。",
        web + 9
    );
    assert_eq!(codes(&two), [""; 0]);
    // One right and two off: right by chance, in a list of something else.
    let chance = format!(
        "通过政务微博公开120条，政务微信公开179条，政府网站公开{}条。",
        web + 9
    );
    assert_eq!(codes(&chance), [""; 0]);
    // Nothing beside it speaks for it.
    assert_eq!(codes(&format!("政府网站公开{}条。", web + 9)), [""; 0]);
}

#[test]
fn an_error_elsewhere_in_the_table_leaves_other_cells_believable() {
    let mut cells = format2021();
    for (key, value) in &mut cells {
        if (key.row, key.column) == ("granted", "total") {
            *value = 8;
        }
    }
    let mut reading = reading(
        "一、总体情况\n收到政府信息公开申请15件，予以公开9件，部分公开2件，无法提供3件。",
        "a.txt",
    );
    reading.report.edition = Edition::Format2021;
    reading.report.year = Some(2022);
    reading.report.unit = Some("云岭县民政局".to_owned());
    for (key, value) in cells {
        let figure = Decimal::whole(value).unwrap();
        reading.report.tables.set(key, Cell::Number(figure));
    }
    let mut sink = Sink::default();
    tables::examine(&reading, &mut sink);
    let own = sink.findings.len();
    examine(&reading, &mut sink);
    let found: Vec<_> = sink
        .findings
        .iter()
        .skip(own)
        .map(|one| (one.code.as_str(), one.level))
        .collect();
    assert!(own > 0);
    assert!(
        found == [("X101", Level::Error), ("X102", Level::Info)],
        "{found:?}"
    );
}

#[test]
fn many_numbers_are_bounded() {
    let text = format!("收到政府信息公开申请{}。", "予以公开1件，".repeat(20_000));
    let sink = of_2022(&text);
    assert!(sink.checked.len() <= 64);
}

#[test]
fn a_cell_that_was_not_read_accuses_nobody() {
    let mut cells = format2021();
    cells.retain(|(key, _)| key.row != "new");
    let sink = run(
        Edition::Format2021,
        &cells,
        2022,
        "收到政府信息公开申请99件，其中自然人申请77件，办结13件。",
    );
    let seen: Vec<String> = sink.checked.iter().map(figures).collect();
    assert_eq!(seen, ["13=13"]);
    assert!(sink.findings.is_empty());
}
