use content::Content;

use super::{Rank, find, is_body, rank, read_title, tail};
use crate::prose::Prose;

fn head(text: &str) -> (String, Option<String>, Option<i16>) {
    let mut content = Content::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        content.paragraph(line);
    }
    let head = find(&content, &Prose::of_content(&content));
    (head.title, head.unit, head.year)
}

fn check(text: &str, unit: Option<&str>, year: Option<i16>) {
    let (_, found, when) = head(text);
    assert_eq!((found.as_deref(), when), (unit, year), "{text}");
}

#[test]
fn titles_in_one_line() {
    check(
        "云岭县民政局2018年政府信息公开工作年度报告",
        Some("云岭县民政局"),
        Some(2018),
    );
    check(
        "云岭县民政局 2018 年度政府信息公开年度报告",
        Some("云岭县民政局"),
        Some(2018),
    );
    check(
        "2018年云岭县民政局政府信息公开工作年度报告",
        Some("云岭县民政局"),
        Some(2018),
    );
    check(
        "云岭县民政局政府信息公开工作年度报告（2018年度）",
        Some("云岭县民政局"),
        Some(2018),
    );
    check(
        "云岭县民政局政府信息公开2018年年度报告",
        Some("云岭县民政局"),
        Some(2018),
    );
    check(
        "# 云岭县清水乡人民政府 2018 年 政府信息公开年度报告",
        Some("云岭县清水乡人民政府"),
        Some(2018),
    );
    check(
        "云岭县二〇一八年政府信息公开工作年度报告",
        Some("云岭县"),
        Some(2018),
    );
    check(
        "云岭县人民政府信息公开工作2016年年报",
        Some("云岭县人民政府"),
        Some(2016),
    );
    check(
        "2013年度清水镇政府信息公开工作年度报告 | ||",
        Some("清水镇"),
        Some(2013),
    );
    check("2019政府信息公开年报", None, Some(2019));
    check(
        "标题: 清水镇人民政府2020年政府信息公开工作年度报告",
        Some("清水镇人民政府"),
        Some(2020),
    );
}

#[test]
fn titles_over_lines() {
    check(
        "云岭县民政局2018年政府信息公开\n\n工作年度报告",
        Some("云岭县民政局"),
        Some(2018),
    );
    check(
        "云岭县民政局\n\n2021 年政府信息公开工作年度报告",
        Some("云岭县民政局"),
        Some(2021),
    );
    check(
        "正文\n2024 年东湖市科委政府信息公开工作\n年度报告",
        Some("东湖市科委"),
        Some(2024),
    );
    check(
        "2022年政府信息公开工作年度报告\n云岭县清水镇人民政府\n2022年政府信息公开工作年度报告\n一、总体情况",
        Some("云岭县清水镇人民政府"),
        Some(2022),
    );
    check(
        "高新区东坡街道办事处2023年度政府\n信息公开工作年度报告",
        Some("高新区东坡街道办事处"),
        Some(2023),
    );
    // The site's name above is no part of the title.
    check(
        "云岭县人民政府\n云岭县民政局2018年政府信息公开工作年度报告",
        Some("云岭县民政局"),
        Some(2018),
    );
}

#[test]
fn bodies_that_the_text_names() {
    for text in [
        "2011年政府信息公开工作年度报告\n云岭县清水镇\n2011年，公开信息10条。",
        "现发布《云岭县清水镇2011年政府信息公开工作年度报告》。",
        "形成2011年度云岭县清水镇政府信息公开年度报告。截至2011年12月31日，公开信息10条。",
        "云岭县清水镇编制2011年政府信息公开年度报告。",
        "云岭县清水镇结合2011年度工作实际，编制本年度报告。",
        "云嶺縣清水鎮2011年政府信息公開工作年度報告",
    ] {
        check(text, Some("云岭县清水镇"), Some(2011));
    }
    check(
        "现公布2011年度云岭县人民政府信息公开工作年度报告。",
        Some("云岭县人民政府"),
        Some(2011),
    );
    check("我局编制2011年政府信息公开年度报告。", None, Some(2011));
}

#[test]
fn titles_of_reports_in_one_line() {
    let body = "全年公开信息10条，其中网站6条，其他4条。".repeat(9);
    for mark in [" 一、总体情况 ", "一、总体情况", "\u{3000}根据条例编制。"] {
        check(
            &format!("云岭县清水镇 2021年政府信息公开工作年度报告{mark}{body}"),
            Some("云岭县清水镇"),
            Some(2021),
        );
    }
}

#[test]
fn navigation_is_no_title() {
    let (title, unit, _) = head(
        "首页 云岭概况 要闻 政府信息公开 办事\n云岭县民政局关于2016年政府信息公开重点工作落实情况的报告\n一、基本情况",
    );
    assert_eq!(
        title,
        "云岭县民政局关于2016年政府信息公开重点工作落实情况的报告"
    );
    assert_eq!(unit.as_deref(), Some("云岭县民政局"));
    assert!(!read_title(&title).unwrap().annual);
    check("当前位置:首页>政府信息公开>年度报告", None, None);
    check(
        "关于印发2019年政府信息公开工作年度报告格式的通知",
        None,
        Some(2019),
    );
}

#[test]
fn kinds_of_titles() {
    let annual = |title| read_title(title).unwrap().annual;
    assert!(annual("云岭县林业局2019年度政府信息公开工作报告"));
    assert!(annual("云岭县2010年政府信息公开年报"));
    assert!(!annual("云岭县林业局2016年政务公开工作总结"));
    assert!(!annual(
        "云岭县林业局关于2016年政府信息公开要点落实情况的报告"
    ));
    assert_eq!(
        read_title("本报告根据政府信息公开条例要求编制的年度报告"),
        None
    );
}

#[test]
fn units_from_the_text() {
    check(
        "一、总体情况\n现公布区统计局2023年政府信息公开工作年度报告。",
        Some("区统计局"),
        Some(2023),
    );
    check(
        "一、工作基本情况\n本报告是根据《条例》要求,由双河镇人民政府党政办公室编制。统计期限为2020年1月1日至2020年12月31日。",
        Some("双河镇人民政府"),
        Some(2020),
    );
    check(
        "2017年,我局认真开展工作。\n一、概述\n一些工作。\n云岭县民政局\n2018年3月10日",
        Some("云岭县民政局"),
        Some(2017),
    );
    check(
        "2018年政府信息公开工作年度报告\n发布机构:县林业局 发布时间: 2019-01-06",
        Some("县林业局"),
        Some(2018),
    );
    check("2022年,全区各部门共收到申请10件。", None, Some(2022));
    check("", None, None);
}

#[test]
fn the_name_in_full() {
    check(
        "云岭县2018年政府信息公开工作年度报告\n本报告已经云岭县人民政府同意。",
        Some("云岭县人民政府"),
        Some(2018),
    );
    check(
        "云岭县2018年政府信息公开工作年度报告\n本报告由县政府同意。",
        Some("云岭县"),
        Some(2018),
    );
}

#[test]
fn ranks() {
    assert_eq!(rank("云岭县清水镇人民政府"), Rank::Township);
    assert_eq!(rank("高新区东坡街道办事处"), Rank::Township);
    assert_eq!(rank("云岭县人民政府"), Rank::County);
    assert_eq!(rank("东湖市南山区人民政府"), Rank::County);
    assert_eq!(rank("云岭县民政局"), Rank::CountyDepartment);
    assert_eq!(rank("区统计局"), Rank::CountyDepartment);
    assert_eq!(rank("东湖市民政局"), Rank::Department);
    assert_eq!(rank("东湖市"), Rank::Other);
    assert_eq!(rank("某某自治区人民政府"), Rank::Other);
    assert_eq!(rank("国家某局"), Rank::Other);
    assert_eq!(tail("云岭县民政局"), "民政局");
    assert_eq!(tail("某自治区云岭县清水乡人民政府"), "清水乡");
    assert!(!is_body("我县"));
    assert!(!is_body("首页云岭概况要闻政府信息公开"));
}
