//! Unit and year of a report whose title does not say them.

use super::{Title, body::is_body, quantity, read_title};
use crate::prose::{Paragraph, Prose, normalise};

/// The unit by what the text says of it: the signature, who compiled the report, a field of the page.
pub(super) fn unit(prose: &Prose) -> Option<String> {
    signature(prose)
        .or_else(|| compiled_by(prose))
        .or_else(|| field(prose))
}

/// The name in full where the text has it: `某县` of a text that says `某县人民政府`.
pub(super) fn in_full(unit: String, prose: &Prose) -> String {
    let ending = if unit.ends_with("街道") {
        "办事处"
    } else if unit.ends_with(['县', '区', '市', '省', '州', '盟', '旗', '乡', '镇']) {
        "人民政府"
    } else {
        return unit;
    };
    let full = format!("{unit}{ending}");
    let said = prose
        .paragraphs
        .iter()
        .take(40)
        .any(|paragraph| paragraph.text.contains(&full));
    if said { full } else { unit }
}

/// The body that signed: a line of its own next to a line that is a date, at the end.
fn signature(prose: &Prose) -> Option<String> {
    let lines: Vec<String> = prose
        .paragraphs
        .iter()
        .rev()
        .take(8)
        .flat_map(|paragraph| paragraph.source().lines().rev().take(4))
        .filter(|line| line.len() < 150)
        .map(|line| normalise(line).text)
        .filter(|line| !line.is_empty())
        .take(8)
        .collect();
    let dated = |line: &str| {
        let found = quantity::scan(line);
        found.dates.first().is_some_and(|date| date.day.is_some())
    };
    let bare = |line: &str| {
        line.split('（')
            .next()
            .map(|name| name.trim_start_matches("填报单位：").to_owned())
            .filter(|name| name.chars().count() >= 4 && is_body(name))
    };
    lines.windows(2).find_map(|pair| match pair {
        // In reverse: the date stands below the name.
        [date, name] if dated(date) && date.chars().count() < 14 => bare(name),
        _ => None,
    })
}

/// The body that a sentence of the preamble names: `由…编制`, `现公布…2023年…`.
fn compiled_by(prose: &Prose) -> Option<String> {
    prose.paragraphs.iter().take(8).find_map(|paragraph| {
        quoted(paragraph)
            .and_then(|title| title.unit)
            .or_else(|| named(paragraph))
            .or_else(|| named_after_year(paragraph))
            .or_else(|| compiler(paragraph))
            .or_else(|| opening(paragraph))
    })
}

/// `现发布《某市某局2024年…年度报告》`: the title within a sentence.
fn quoted(paragraph: &Paragraph) -> Option<Title> {
    paragraph
        .text
        .split('《')
        .skip(1)
        .take(8)
        .filter_map(|rest| rest.split_once('》'))
        .filter_map(|(title, _)| read_title(title))
        .find(|title| title.annual && title.year.is_some() && title.unit.is_some())
}

/// `公布2020年度某镇政府信息公开年度报告`.
fn named_after_year(paragraph: &Paragraph) -> Option<String> {
    paragraph
        .dates
        .iter()
        .filter(|date| date.year.is_some() && date.month.is_none())
        .take(16)
        .find_map(|date| {
            let after = paragraph.text.get(date.span.end..)?;
            let clause = after.split(['，', '。', '；', '》', '（']).next()?;
            let end = ["政府信息公开", "政务公开", "信息公开"]
                .into_iter()
                .filter_map(|word| clause.find(word))
                .min()?;
            let behind = clause.get(end..)?;
            if !behind.contains("报告") && !behind.contains("年报") {
                return None;
            }
            let name = clause.get(..end)?.trim_end_matches('的');
            // 某县人民政府信息公开: the government's name lends its end to the subject.
            let name = match name.strip_suffix("人民") {
                Some(_) => format!("{name}政府"),
                None => name.to_owned(),
            };
            (is_body(&name) && name.chars().count() > 2).then_some(name)
        })
}

/// `某镇政府编制2020年…报告`, `某局结合工作实际，编制本年度报告`: the body that a sentence about the
/// report opens with.
fn opening(paragraph: &Paragraph) -> Option<String> {
    let text = &paragraph.text;
    let sentence = text.split('。').next()?;
    if !sentence.contains("编制") || !sentence.contains("报告") || sentence.len() > 600 {
        return None;
    }
    let end = ["特编制", "编制", "结合", "根据", "按照", "依据", "现将"]
        .into_iter()
        .filter_map(|word| sentence.find(word))
        .min()?;
    let name = sentence.get(..end)?.trim_end_matches('，');
    (is_body(name) && name.chars().count() > 3).then(|| name.to_owned())
}

/// `现公布某局2023年度…报告`, `编制《某镇2022年度…报告》`.
fn named(paragraph: &Paragraph) -> Option<String> {
    let text = &paragraph.text;
    paragraph
        .dates
        .iter()
        .filter(|date| date.year.is_some() && date.month.is_none())
        .take(16)
        .find_map(|date| {
            let after = text.get(date.span.end..)?;
            let subject = after.find("公开")?;
            let report = after.find("报告").or_else(|| after.find("年报"))?;
            if subject > 60 || report > 120 || report < subject {
                return None;
            }
            let before = text.get(..date.span.start)?;
            let at = [
                "公布",
                "发布",
                "编制了",
                "编制",
                "编写",
                "《",
                "现将",
                "撰写",
            ]
            .into_iter()
            .filter_map(|word| before.rfind(word).map(|at| at + word.len()))
            .max()?;
            let name = before
                .get(at..)?
                .trim_start_matches(['《', '“', '了'])
                .trim_end_matches("关于");
            is_body(name).then(|| name.to_owned())
        })
}

/// `由某镇党政办公室编制`: the office belongs to the body that reports.
fn compiler(paragraph: &Paragraph) -> Option<String> {
    let text = &paragraph.text;
    text.match_indices('由').take(16).find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let end = [
            "负责编制",
            "编制",
            "组织编制",
            "，根据",
            "根据",
            "按照",
            "依据",
            "汇总",
        ]
        .into_iter()
        .filter_map(|word| rest.find(word))
        .min()?;
        let name = rest.get(..end)?.trim_end_matches('，');
        let body = [
            "党政综合办公室",
            "党政办公室",
            "党政办",
            "综合办公室",
            "办公室",
        ]
        .into_iter()
        .find_map(|office| name.strip_suffix(office))
        .filter(|body| is_body(body) && body.chars().count() > 3)
        .unwrap_or(name);
        (text.contains("报告") && is_body(body)).then(|| body.to_owned())
    })
}

/// A field of the page: `发布机构：某镇人民政府`.
fn field(prose: &Prose) -> Option<String> {
    const FIELDS: &[&str] = &[
        "发布机构",
        "发布单位",
        "公开责任部门",
        "信息来源",
        "来源",
        "发文机关",
    ];
    prose
        .paragraphs
        .iter()
        .take(12)
        .flat_map(|paragraph| paragraph.source().lines().take(20))
        .filter(|line| line.len() < 400)
        .find_map(|line| {
            let text = normalise(line).text;
            FIELDS.iter().find_map(|field| {
                let at = text.find(field)? + field.len();
                let rest = text.get(at..)?.trim_start_matches(['：', '|']);
                let name: String = rest
                    .chars()
                    .take_while(|c| !"|：，（0123456789".contains(*c))
                    .collect();
                // The next field follows without a mark: 某局发布时间.
                let name = [
                    "发布", "发文", "公开", "成文", "生成", "索引", "文号", "时间",
                ]
                .into_iter()
                .filter_map(|word| name.find(word))
                .min()
                .and_then(|at| name.get(..at))
                .unwrap_or(&name);
                is_body(name).then(|| name.to_owned())
            })
        })
}

/// The year by what the text says of it: the period, the sentence that announces the report, the
/// first sentence that opens with a year.
pub(super) fn year(prose: &Prose) -> Option<i16> {
    let head = || prose.paragraphs.iter().take(30);
    let period = head().find_map(|paragraph| {
        let at = [
            "统计期限",
            "统计时限",
            "统计周期",
            "统计时间",
            "统计数据从",
            "数据统计",
        ]
        .into_iter()
        .filter_map(|word| paragraph.text.find(word))
        .min()?;
        paragraph
            .dates
            .iter()
            .find(|date| date.span.start > at && date.year.is_some())
            .and_then(|date| date.year)
    });
    let announced = || {
        head().find_map(|paragraph| {
            paragraph.dates.iter().find_map(|date| {
                let after = paragraph.text.get(date.span.end..)?;
                let close: String = after.chars().take(20).collect();
                (close.contains("信息公开") && close.contains("报告"))
                    .then_some(date.year)
                    .flatten()
            })
        })
    };
    let opening = || {
        head().find_map(|paragraph| {
            paragraph.dates.iter().find_map(|date| {
                let before = paragraph.text.get(..date.span.start)?;
                let opens = before.is_empty() || before.ends_with(['。', '〕', '）', '、']);
                let alone = date.month.is_none() && !before.ends_with('〔');
                (opens && alone).then_some(date.year).flatten()
            })
        })
    };
    let titled = || head().take(8).find_map(|paragraph| quoted(paragraph)?.year);
    period
        .or_else(announced)
        .or_else(titled)
        .or_else(opening)
        .or_else(|| {
            head()
                .flat_map(|paragraph| paragraph.dates.iter())
                .find_map(|date| date.year)
        })
}
