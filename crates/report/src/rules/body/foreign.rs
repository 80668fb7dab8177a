//! Words that belong to another body: the work of another field, another body's name for itself.

use super::FOREIGN_FIELD;
use crate::prose::Paragraph;
use crate::read::title::{Rank, rank};
use crate::reading::Reading;
use crate::rules::Sink;
use crate::words::{WordSet, has, words};

/// The fields of bureaus, as they stand in names of bureaus and of their news.
const FIELDS: &[&str] = &[
    "财政",
    "民政",
    "教育",
    "审计",
    "统计",
    "林业",
    "农业农村",
    "水利",
    "水务",
    "交通运输",
    "卫生健康",
    "生态环境",
    "公安",
    "司法",
    "税务",
    "商务",
    "住建",
    "医保",
    "应急管理",
    "退役军人",
    "城管",
    "科技",
    "畜牧",
    "粮食",
    "气象",
    "档案",
    "信访",
];

/// What follows the field where a bureau speaks of its own news.
const NEWS: &WordSet = words!["工作动态", "政务动态", "系统动态", "局工作动态", "工作简报"];

pub(super) fn examine(reading: &Reading, unit: &str, sink: &mut Sink) {
    let rank = rank(unit);
    let own_field = FIELDS.iter().find(|field| unit.contains(**field));
    let bureau = unit.ends_with('局') || unit.ends_with('委') || unit.ends_with('厅');
    for paragraph in &reading.prose.paragraphs {
        if let (Some(own), true) = (own_field, bureau) {
            field(paragraph, unit, own, sink);
        }
    }
    self_name(reading, unit, rank, sink);
}

/// `财政工作动态` in the report of 民政局.
fn field(paragraph: &Paragraph, unit: &str, own: &str, sink: &mut Sink) {
    if !has(&paragraph.text, NEWS) {
        return;
    }
    for news in NEWS.words() {
        for (at, _) in paragraph.text.match_indices(news).take(8) {
            let before = paragraph.text.get(..at).unwrap_or_default();
            let other = FIELDS
                .iter()
                .find(|field| before.ends_with(**field) && !unit.contains(**field));
            let Some(other) = other else { continue };
            let start = at - other.len();
            let mut finding = FOREIGN_FIELD.finding(
                paragraph.place(start..at + news.len()),
                format!(
                    "{unit}的报告里写的是“{other}{news}”，像是从别的部门的文字沿用而来，应为“{own}{news}”；请核对"
                ),
            );
            finding.stated = Some(format!("{other}{news}"));
            finding.expected = Some(format!("{own}{news}"));
            sink.find(finding);
            return;
        }
    }
}

/// `我局` in the report of a township, `我镇` in that of a bureau: once is enough, and one finding.
fn self_name(reading: &Reading, unit: &str, rank: Rank, sink: &mut Sink) {
    let foreign: &WordSet = match rank {
        Rank::Township => words!["我局", "我委"],
        Rank::CountyDepartment | Rank::Department if unit.ends_with('局') => {
            words!["我乡", "我镇", "我街道"]
        }
        _ => return,
    };
    for paragraph in &reading.prose.paragraphs {
        if !has(&paragraph.text, foreign) {
            continue;
        }
        for word in foreign.words() {
            let Some(at) = paragraph.text.find(word) else {
                continue;
            };
            let before = paragraph.text.get(..at).unwrap_or_default();
            // What somebody else says stands in quotation marks.
            if before.rfind('“') > before.rfind('”') || before.rfind('《') > before.rfind('》')
            {
                continue;
            }
            let mut finding = FOREIGN_FIELD.finding(
                paragraph.place(at..at + word.len()),
                format!("{unit}的报告里自称“{word}”，像是从别的机关的文字沿用而来；请核对"),
            );
            finding.stated = Some((*word).to_owned());
            sink.find(finding);
            return;
        }
    }
}
