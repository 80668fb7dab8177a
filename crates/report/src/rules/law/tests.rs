//! Figures and words that the law rules out.

use statute::editions::{CellKey, Edition, Level};

use crate::decimal::Decimal;
use crate::model::Cell;
use crate::rules::cases::reading;

fn rules(unit: &str, issued: i64, valid: i64) -> Vec<Level> {
    let mut reading = reading("一、总体情况\n我镇认真工作。我镇公开10条。", "a.txt");
    reading.report.edition = Edition::Format2021;
    reading.report.unit = (!unit.is_empty()).then(|| unit.to_owned());
    for (column, value) in [("issued", issued), ("valid", valid)] {
        reading.report.tables.set(
            CellKey::new("t2", "rules", column),
            Cell::Number(Decimal::whole(value).unwrap()),
        );
    }
    let mut sink = crate::rules::Sink::default();
    super::examine(&reading, &mut sink);
    sink.findings.iter().map(|finding| finding.level).collect()
}

#[test]
fn who_may_issue_rules() {
    assert_eq!(rules("云岭县清水镇人民政府", 2, 2), [Level::Error]);
    assert_eq!(rules("东坡街道办事处", 0, 1), [Level::Error]);
    assert_eq!(rules("云岭县人民政府", 0, 3), [Level::Error]);
    assert_eq!(rules("东湖市南山区人民政府", 1, 1), [Level::Error]);
    assert_eq!(rules("云岭县民政局", 0, 3), [Level::Error]);
    assert_eq!(rules("东湖市民政局", 0, 3), [Level::Warning]);
    assert_eq!(rules("", 1, 0), [Level::Error]);
    assert_eq!(rules("东湖市人民政府", 2, 30), []);
    assert_eq!(rules("某某省人民政府", 2, 30), []);
    assert_eq!(rules("某某自治区人民政府", 2, 30), []);
    assert_eq!(rules("国家某某局", 2, 30), []);
    assert_eq!(rules("云岭县清水镇人民政府", 0, 0), []);
}

fn phrases(year: i16, sentence: &str) -> Vec<String> {
    let mut reading = reading(&format!("一、总体情况\n{sentence}"), "a.txt");
    reading.report.year = Some(year);
    let mut sink = crate::rules::Sink::default();
    super::examine(&reading, &mut sink);
    sink.findings
        .iter()
        .map(|finding| finding.code.clone())
        .collect()
}

#[test]
fn words_of_the_repealed_regulation() {
    let need = "申请人可根据自身生产、生活、科研等特殊需要申请公开。";
    assert_eq!(phrases(2021, need), ["P302"]);
    assert_eq!(phrases(2018, need), [""; 0]);
    assert_eq!(
        phrases(2021, "更好满足生产、生活、科研的特殊需要。"),
        [""; 0]
    );
    let deadline = "公开申请自收到之日起15个工作日内答复。";
    assert_eq!(phrases(2021, deadline), ["P303"]);
    assert_eq!(phrases(2017, deadline), [""; 0]);
    for other in [
        "公开申请自收到之日起20个工作日内答复。",
        "公开申请的答复由20个工作日压缩至15个工作日。",
        "第三方自收到公开申请的征求意见书之日起15个工作日内答复。",
        "行政审批申请在15个工作日内答复。",
    ] {
        assert_eq!(phrases(2021, other), [""; 0], "{other}");
    }
}
