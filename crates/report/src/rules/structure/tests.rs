//! Chapters of invented reports.

use crate::rules::cases::reading;

fn run(text: &str) -> Vec<String> {
    let reading = reading(text, "a.txt");
    let mut sink = crate::rules::Sink::default();
    super::examine(&reading, &mut sink);
    sink.findings
        .iter()
        .map(|finding| finding.code.clone())
        .collect()
}

const TITLE: &str = "云岭县民政局2012年政府信息公开工作年度报告\n";
const END: &str = "云岭县民政局\n2013年1月20日";

fn chapters(numbers: &[&str]) -> String {
    let mut text = TITLE.to_owned();
    for (number, heading) in numbers.iter().zip([
        "概述",
        "主动公开情况",
        "申请情况",
        "机制",
        "平台建设",
        "存在的问题",
    ]) {
        text.push_str(&format!("{number}、{heading}\n有关工作认真开展。\n"));
    }
    text + END
}

#[test]
fn numbers_of_chapters() {
    assert_eq!(run(&chapters(&["一", "二", "三", "四"])), [""; 0]);
    assert_eq!(run(&chapters(&["一", "二", "四", "五"])), ["S104"]);
    assert_eq!(run(&chapters(&["一", "二", "二", "三"])), ["S104"]);
    // Cut off before the end: nothing is missing yet.
    let cut = chapters(&["一", "二", "四", "五"]).replace(END, "二是加强");
    assert_eq!(run(&cut), [""; 0]);
    // An excerpt from the middle.
    assert_eq!(run(&chapters(&["三", "四", "五"])), [""; 0]);
    // A list within a chapter numbers anew.
    let list = format!(
        "{TITLE}一、概述\n工作。\n二、主动公开\n工作。\n三、存在的问题\n一、宣传不够\n不足。\n二、培训不够\n不足。\n{END}"
    );
    assert_eq!(run(&list), [""; 0]);
    let restart = format!(
        "{TITLE}一、总体情况\n工作。\n二、机制\n工作。\n三、平台\n工作。\n一、主动公开政府信息情况\n10条。\n二、收到和处理政府信息公开申请情况\n没有。"
    );
    assert_eq!(run(&restart), ["S104"]);
}

#[test]
fn the_run_of_numbers_is_recorded() {
    let reading = reading(&chapters(&["一", "二", "三", "四", "五"]), "a.txt");
    let mut sink = crate::rules::Sink::default();
    super::examine(&reading, &mut sink);
    let seen: Vec<_> = sink
        .checked
        .iter()
        .map(|checked| (checked.holds, checked.stated.as_str()))
        .collect();
    assert_eq!(seen, [(true, "1..5")]);
}

#[test]
fn the_annex_of_2014() {
    let of = |year: &str, end: &str| {
        let text = chapters(&["一", "二", "三", "四", "五", "六"]);
        text.replace("2012", year).replace(END, end)
    };
    assert_eq!(run(&of("2018", END)), ["S111"]);
    assert_eq!(run(&of("2012", END)), [""; 0]);
    assert_eq!(run(&of("2018", "附件：政府信息公开情况统计表")), [""; 0]);
    let summary = of("2018", END).replace("政府信息公开工作年度报告", "政府信息公开工作总结");
    assert_eq!(run(&summary), ["S112"]);
    // A text without a title is an excerpt.
    let untitled = of("2018", END).replace("云岭县民政局2018年政府信息公开工作年度报告\n", "");
    assert_eq!(run(&untitled), [""; 0]);
}

#[test]
fn chapters_of_the_form() {
    use statute::editions::Edition;
    let of = |skip: &str, end: &str| {
        let mut text = String::from("云岭县民政局2021年政府信息公开工作年度报告\n");
        let headings = [
            "总体情况",
            "主动公开政府信息情况",
            "收到和处理政府信息公开申请情况",
            "政府信息公开行政复议、行政诉讼情况",
            "存在的主要问题及改进情况",
            "其他需要报告的事项",
        ];
        let kept = headings.iter().filter(|heading| !heading.contains(skip));
        for (number, heading) in ["一", "二", "三", "四", "五", "六"].iter().zip(kept) {
            text.push_str(&format!("{number}、{heading}\n有关工作认真开展。\n"));
        }
        let mut reading = reading(&(text + end), "a.txt");
        reading.report.edition = Edition::Format2021;
        let mut sink = crate::rules::Sink::default();
        super::examine(&reading, &mut sink);
        sink.findings
            .iter()
            .map(|finding| finding.code.clone())
            .collect::<Vec<_>>()
    };
    let signed = "云岭县民政局\n2022年1月20日";
    assert_eq!(of("没有这样的标题", signed), [""; 0]);
    assert_eq!(of("复议", signed), ["S103"]);
    assert_eq!(of("主要问题", signed), ["S103"]);
    assert_eq!(of("其他", signed), ["S103"]);
    // Without a signature the text may be cut before its last chapter.
    assert_eq!(of("其他", ""), [""; 0]);
}

#[test]
fn a_draft_of_our_own_is_read_like_any_other() {
    use crate::{Reading, Report, Section};
    use statute::editions::Edition;
    let mut report = Report::new(Edition::Format2021, "compiled");
    report.year = Some(2021);
    let mut report = report.with_unit("云岭县民政局");
    for chapter in Edition::Format2021.chapters() {
        report.sections.push(Section {
            number: chapter.number.to_owned(),
            heading: chapter.title.to_owned(),
            level: 1,
            paragraphs: vec!["有关工作认真开展。".to_owned()],
        });
    }
    let title = crate::read::title::title_of(&report).unwrap();
    assert_eq!(title.unit.as_deref(), Some("云岭县民政局"));
    assert_eq!(title.year, Some(2021));
    let reading = Reading::of_report(report);
    let mut sink = crate::rules::Sink::default();
    super::examine(&reading, &mut sink);
    assert_eq!(sink.findings, []);
    assert_eq!(sink.checked.len(), 1);
}
