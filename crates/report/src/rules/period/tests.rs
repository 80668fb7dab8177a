//! Dates of invented reports.

use crate::rules::cases::reading;

/// Codes of this family that a text gives, and the figures of what was compared.
fn run(text: &str) -> (Vec<String>, Vec<String>) {
    let reading = reading(text, "a.txt");
    let mut sink = crate::rules::Sink::default();
    super::examine(&reading, &mut sink);
    let codes = crate::rules::cases::codes(&sink.findings);
    let checked = sink
        .checked
        .iter()
        .map(|checked| {
            let holds = if checked.holds { "" } else { "≠" };
            format!("{holds}{} {}", checked.stated, checked.arithmetic)
        })
        .collect();
    (codes, checked)
}

fn check(text: &str, codes: &[&str], checked: &[&str]) {
    let (found, compared) = run(text);
    assert_eq!(found, codes, "{text}");
    assert_eq!(compared, checked, "{text}");
}

const TITLE: &str = "云岭县民政局2018年政府信息公开工作年度报告\n";

#[test]
fn periods_in_every_spelling() {
    for period in [
        "统计期限为2018年1月1日至2018年12月31日",
        "统计期限为2018年1月1日至12月31日",
        "统计期限自2018年1月1日起至2018年12月31日止",
        "统计时限从2018年1月1日到12月31日",
        "统计周期为2018年1月1日—2018年12月31日",
        "所列统计数据从2018年1月1日至12月31日",
        "统计期限为 2018 年 1 月 1 日 - 2018 年 12 月 31 日",
        "统计期限为２０１８年１月１日至２０１８年１２月３１日",
        "所列数据截至2018年12月31日",
        "统计期限自2018年1月1日0时起至2018年12月31日24时止",
        "统计期限为2018年1-12月",
        "统计期限为2018年1月至12月",
        "统计期限自2018年元月1日起至12月31日止",
        "统计期限为2018年1月1日（含）至12月31日（含）",
        "统计期限为2018.1.1-2018.12.31",
        "统计期限为二〇一八年一月一日至二〇一八年十二月三十一日",
        "统计期限自2018年1月1日条例施行之日起，至2018年12月31日止",
        "统计期限自2018年1月1日《条例》实施之日起，至2018年12月31日止",
        "统计期限自2018年01月01日起至本年12月31日止",
        "统计期限为2018年1月1日~12月31日",
        "數據的統計期限自2018年1月1日起至12月31日止",
    ] {
        check(&format!("{TITLE}本报告{period}。"), &[], &["2018 2018"]);
    }
}

#[test]
fn periods_that_differ() {
    check(
        &format!("{TITLE}统计期限为2017年1月1日至2017年12月31日。"),
        &["P101!"],
        &["≠2017 2018"],
    );
    check(
        &format!("{TITLE}统计期限为2018年1月1日至2019年12月31日。"),
        &["P101!"],
        &["≠2019 2018"],
    );
    check(
        &format!("{TITLE}统计期限为2018年1月1日至2018年11月30日。"),
        &["P108"],
        &["2018 2018"],
    );
    check(
        &format!("{TITLE}统计期限为2018年1月1日至20182018年12月31日。"),
        &[],
        &[],
    );
    check(
        &format!("{TITLE}统计期限为2018年1月1日至20188年12月31日。"),
        &["P102!"],
        &["≠20188-12-31 2018-12-31"],
    );
    check(
        &format!("{TITLE}统计期限为20118年1月1日至2018年12月31日。"),
        &["P102!"],
        &["≠20118-01-01 2018-01-01"],
    );
    check(
        &format!("{TITLE}统计期限为2018年1月1日至201812月31日。"),
        &[],
        &[],
    );
    // Without a year in the title the two ends speak of one year.
    check(
        "一、总体情况\n统计期限为2024年1月1日至2024年12月31日。",
        &[],
        &["2024 2024"],
    );
    check(
        "一、总体情况\n统计期限为2023年1月1日至2024年12月31日。",
        &["P108"],
        &["≠2024 2023"],
    );
}

#[test]
fn signatures() {
    let signed = |date: &str| format!("{TITLE}一、概述\n我局认真工作。\n云岭县民政局\n{date}");
    check(
        &signed("2018年12月31日"),
        &["P103"],
        &["≠2018-12-31 2019-01-01..2019-03-31"],
    );
    check(
        &signed("2019年1月3日"),
        &[],
        &["2019-01-03 2019-01-01..2019-03-31"],
    );
    check(
        &signed("2019年3月31日"),
        &[],
        &["2019-03-31 2019-01-01..2019-03-31"],
    );
    check(
        &signed("2019年4月1日"),
        &["P104"],
        &["≠2019-04-01 2019-01-01..2019-03-31"],
    );
    check(
        &signed("二〇一九年二月十一日"),
        &[],
        &["2019-02-11 2019-01-01..2019-03-31"],
    );
    check(
        &signed("填报日期：2019年2月11日"),
        &[],
        &["2019-02-11 2019-01-01..2019-03-31"],
    );
    // Of another time: no date of this report.
    check(&signed("2016年5月1日"), &[], &[]);
    // 条例（2019）§49: departments by the end of January, only told.
    check(
        "云岭县民政局2020年政府信息公开工作年度报告\n一、总体情况\n我局认真工作。\n云岭县民政局\n2021年2月8日",
        &["P104?"],
        &["2021-02-08 2021-01-01..2021-03-31"],
    );
    check(
        "索引号:000 公开日期:2015-07-27 10:52\n2013年度清水镇政府信息公开工作年度报告\n我镇认真工作。",
        &["P104"],
        &["≠2015-07-27 2014-01-01..2014-03-31"],
    );
}

#[test]
fn years_in_the_text() {
    check(
        &format!("{TITLE}一、概述\n按照《要点》（云政发〔2018〕7号）工作。"),
        &[],
        &["2018 2018+1"],
    );
    check(
        &format!("{TITLE}一、概述\n按照《要点》（云政发〔2020〕7号）工作。"),
        &["P106"],
        &["≠2020 2018+1"],
    );
    check(
        &format!("{TITLE}一、概述\n工作。\n二、2019年工作打算\n继续。"),
        &[],
        &["2019 2018+1"],
    );
    check(
        &format!("{TITLE}一、概述\n工作。\n二、2018年工作打算\n继续。"),
        &["P107"],
        &["≠2018 2018+1"],
    );
    check(
        &format!("{TITLE}一、概述\n2018年，我局公开10条。"),
        &[],
        &["2018 2018"],
    );
    check(
        &format!("{TITLE}一、概述\n2017年，我局公开10条。\n二、申请\n2017年，没有申请。"),
        &["P109"],
        &["≠2017 2018"],
    );
    check(
        &format!("{TITLE}一、概述\n2017年，我局建成网站。"),
        &[],
        &[],
    );
}

#[test]
fn parts_outside_their_whole() {
    let text = |from: &str, to: &str| {
        format!(
            "一、概述\n对2019年6月30日前批准登记的社会团体48家下发通知，免检的（{from}—{to}新登记成立的）5家，合格43家。"
        )
    };
    let (codes, _) = run(&text("2020年1月1日", "2020年6月30日"));
    assert_eq!(codes, ["P105!"]);
    let (codes, _) = run(&text("2019年1月1日", "2019年6月30日"));
    assert!(codes.is_empty());
    let (codes, _) = run(
        "一、概述\n对2019年6月30日前登记的48家下发通知。会议（2020年1月1日—2020年6月30日）另行安排。",
    );
    assert!(codes.is_empty());
}

#[test]
fn school_years() {
    let year = "统计期限为2020年9月1日至2021年8月31日。";
    for school in [
        "云岭学院2020-2021学年信息公开年度报告",
        "云岭县第一中学2021年信息公开年度报告",
    ] {
        check(&format!("{school}\n本报告{year}"), &[], &["2021 2021"]);
    }
    // A government reports on the year of the calendar.
    check(
        &format!("云岭县民政局2021年政府信息公开工作年度报告\n本报告{year}"),
        &["P108"],
        &["2021 2021"],
    );
}

#[test]
fn two_years_in_one_period() {
    let period = "本报告所列数据的统计期限自2010年1月1日起至2011年12月31日止。";
    let level = |text: &str| {
        let reading = reading(text, "a.txt");
        let mut sink = crate::rules::Sink::default();
        super::examine(&reading, &mut sink);
        let period = sink.findings.iter().find(|one| one.code == "P108");
        period.map(|one| one.level)
    };
    let told = format!("{period}\n一、概述\n2010年，我局建立了目录。");
    assert_eq!(level(&told), Some(statute::editions::Level::Error));
    // Nothing says which of the two it is, or it is said of both.
    assert_eq!(level(period), Some(statute::editions::Level::Warning));
    let both = format!("{told}\n2011年，我局更新了目录。");
    assert_eq!(level(&both), Some(statute::editions::Level::Warning));
}

#[test]
fn a_period_kept_from_another_year() {
    let head = "云岭县民政局编制了2021年政府信息公开年度报告。统计期限自2020年1月1日起至2020年12月31日止。";
    let level = |text: &str| {
        let reading = reading(text, "a.txt");
        let mut sink = crate::rules::Sink::default();
        super::examine(&reading, &mut sink);
        let found = sink.findings.iter().find(|one| one.code == "P110");
        found.map(|one| one.level)
    };
    assert_eq!(level(head), Some(statute::editions::Level::Warning));
    let told = format!("{head}\n一、总体情况\n2021年，我局公开信息9条。2021年，我局新收申请3件。");
    assert_eq!(level(&told), Some(statute::editions::Level::Error));
    let other = format!("{told}\n2020年，我局公开信息8条。");
    assert_eq!(level(&other), Some(statute::editions::Level::Warning));
}
