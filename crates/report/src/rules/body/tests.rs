//! Names of bodies in invented reports.

use crate::rules::cases::reading;

fn check(text: &str, codes: &[&str]) {
    let reading = reading(text, "a.txt");
    let mut sink = crate::rules::Sink::default();
    super::examine(&reading, &mut sink);
    let found: Vec<String> = crate::rules::cases::codes(&sink.findings);
    assert_eq!(found, codes, "{text}");
}

const BUREAU: &str = "云岭县民政局2018年政府信息公开工作年度报告\n";
const TOWN: &str = "云岭县清水乡人民政府2018年政府信息公开年度报告\n";
const COUNTY: &str = "云岭县2018年政府信息公开工作年度报告\n";

#[test]
fn preambles() {
    let gathered = "本报告由某某自治区云岭县人民政府办公室，根据《条例》规定，汇总云岭县人民政府、10个乡镇、30个部门的情况。";
    check(&format!("{BUREAU}{gathered}"), &["P201!"]);
    check(&format!("{TOWN}{gathered}"), &["P201!"]);
    check(&format!("{COUNTY}{gathered}"), &[]);
    check(
        &format!("{BUREAU}本报告由云岭县人民政府办公室编制。"),
        &["P201"],
    );
    check(&format!("{BUREAU}本报告由云岭县民政局编制。"), &[]);
    check(&format!("{BUREAU}本报告由县民政局办公室编制。"), &[]);
    check(
        &format!("{TOWN}本报告由云岭县清水乡人民政府办公室汇总清水乡人民政府及10个村的情况编制。"),
        &[],
    );
    check(&format!("{TOWN}本报告由清水乡党政办公室编制。"), &[]);
    check(
        "东湖市科学技术委员会2018年政府信息公开工作年度报告\n本报告由东湖市科委编制。",
        &[],
    );
    check(
        "本报告由云岭县人民政府办公室编制，汇总30个部门的情况。",
        &[],
    );
}

#[test]
fn contacts() {
    let gathered = "本报告由云岭县人民政府办公室汇总云岭县人民政府、10个乡镇、30个部门的情况编制。";
    let office = "如有疑问，请与云岭县人民政府办公室联系（电话：0100-1234567）。";
    check(&format!("{BUREAU}{gathered}{office}"), &["P201!", "P202!"]);
    check(&format!("{BUREAU}{office}"), &["P202?"]);
    check(&format!("{COUNTY}{office}"), &[]);
    check(
        &format!("{BUREAU}如有疑问，请与云岭县民政局办公室联系。"),
        &[],
    );
    check(
        &format!("{BUREAU}如有疑问，请直接与县民政局（电话：0100-1234567）联系。"),
        &[],
    );
    check(
        &format!("{BUREAU}如有疑问，请与云岭县财政局联系。"),
        &["P202"],
    );
    check(
        &format!("{TOWN}如有疑问，请与清水乡党政综合办公室联系。"),
        &[],
    );
    check(&format!("{BUREAU}我局与有关单位加强联系。"), &[]);
}

#[test]
fn signatures() {
    let signed =
        |head: &str, name: &str| format!("{head}一、概述\n认真工作。\n{name}\n2019年1月20日");
    check(&signed(BUREAU, "云岭县民政局"), &[]);
    check(&signed(BUREAU, "县民政局"), &[]);
    check(&signed(BUREAU, "云岭县民政局办公室"), &[]);
    check(&signed(BUREAU, "云岭县财政局"), &["P203"]);
    check(&signed(COUNTY, "云岭县人民政府办公室"), &[]);
    check(&signed(TOWN, "清水乡人民政府"), &[]);
    check(&signed(TOWN, "红旗乡人民政府"), &["P203"]);
    check(&signed(BUREAU, "二是加强学习"), &[]);
}

#[test]
fn words_of_others() {
    check(
        &format!("{BUREAU}一、概述\n按月刊登财政工作动态。"),
        &["P204"],
    );
    check(&format!("{BUREAU}一、概述\n按月刊登民政工作动态。"), &[]);
    check(
        &format!("{BUREAU}一、概述\n配合审计局工作，学习财政政策。"),
        &[],
    );
    check(&format!("{BUREAU}一、概述\n我镇群众满意。"), &["P204"]);
    check(&format!("{TOWN}一、概述\n我局认真工作。"), &["P204"]);
    check(
        &format!("{TOWN}一、概述\n开设“我局长访谈”栏目，我乡认真工作。"),
        &[],
    );
    check(
        &format!("{COUNTY}一、概述\n财政工作动态10条，教育工作动态5条。"),
        &[],
    );
}
