//! The form as a whole: whether it is an annual report, with its annex, in the form of its year.

use statute::editions::{Edition, Level};

use super::chapters::{Chapter, is_signed, is_whole};
use super::start;
use crate::read::title::title_of;
use crate::reading::Reading;
use crate::rules::{Rule, Sink};

pub(super) const STATISTICS_ABSENT: Rule = Rule {
    name: "statistics-absent",
    code: "S111",
    level: Level::Warning,
    summary: "2014至2018年度的报告没有附统计表",
    english: "a report for a year from 2014 to 2018 has no table of statistics",
    article: Some("国办发〔2014〕32号"),
    page: include_str!("../pages/statistics-absent.md"),
};

pub(super) const NOT_AN_ANNUAL_REPORT: Rule = Rule {
    name: "not-an-annual-report",
    code: "S112",
    level: Level::Warning,
    summary: "标题不是政府信息公开工作年度报告",
    english: "the title is not that of an annual report on open government information",
    article: Some("条例 §49、§50"),
    page: include_str!("../pages/not-an-annual-report.md"),
};

pub(super) const EDITION_OUTDATED: Rule = Rule {
    name: "edition-outdated",
    code: "S113",
    level: Level::Warning,
    summary: "2021年度以后的报告仍用2019年的试行格式",
    english: "a report for 2021 or later still uses the trial form of 2019",
    article: Some("国办公开办函〔2021〕30号"),
    page: include_str!("../pages/edition-outdated.md"),
};

pub(super) fn examine(reading: &Reading, chapters: &[Chapter<'_>], sink: &mut Sink) {
    let report = &reading.report;
    if report.edition == Edition::Trial2019
        && let Some(year) = report.year.filter(|year| *year >= 2021)
    {
        sink.find(
            EDITION_OUTDATED
                .finding(
                    start(reading),
                    format!(
                        "{year}年度的报告用的是2019年试行格式的表；2021年度起应用国办公开办函〔2021〕30号的格式，请换用新表"
                    ),
                )
                .with_figures("2019", "2021", "2021"),
        );
    }
    let Some(title) = title_of(report) else {
        return;
    };
    if !title.annual {
        sink.find(NOT_AN_ANNUAL_REPORT.finding(
            start(reading),
            format!(
                "标题是“{}”，不是年度报告；年度报告应单独编制，写明申请、收费、复议诉讼等法定内容",
                report.title
            ),
        ));
        return;
    }
    let stated = report
        .year
        .is_some_and(|year| (2014..=2018).contains(&year));
    if !stated || report.edition != Edition::Narrative || !report.tables.is_empty() {
        return;
    }
    let attached = reading.prose.paragraphs.iter().any(|paragraph| {
        let text = &paragraph.text;
        text.contains("统计表") || text.starts_with("附件") || text.contains("附表")
    });
    if attached || !closes(reading, chapters) {
        return;
    }
    let signature = if is_signed(reading) {
        ""
    } else {
        "，文末也没有落款和日期"
    };
    sink.find(STATISTICS_ABSENT.finding(
        start(reading),
        format!(
            "没有找到《政府信息公开情况统计表》{signature}；国办发〔2014〕32号要求2014至2018年度的报告附表，请补上或注明附件"
        ),
    ));
}

/// Whether the text goes on to where a report ends.
fn closes(reading: &Reading, chapters: &[Chapter<'_>]) -> bool {
    is_whole(reading, chapters)
}
