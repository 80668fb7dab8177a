//! `indicators.md`: every figure of the three forms: name, unit of measure, definition, article,
//! and the selection of records behind it.

use super::Page;
use office::figures::{
    CaseStanding, DocumentDay, EntrySpan, Indicator, Manner, Measure, RequestMoment, Selection,
    indicators,
};
use statute::editions::Edition;

pub(super) fn text() -> String {
    let mut page = Page::new(
        "指标",
        "报表里的每个数都是从记录里数出来的：一个指标就是一种选法，数和数下面的清单出自同一选法。统计到统计当天为止；汇总时下级单位的记录一并计入。",
    );
    for edition in Edition::ALL {
        let known = indicators(edition);
        if known.is_empty() {
            continue;
        }
        page.heading(&format!("`{}`（{}）", edition.key(), edition.source()));
        let rows = edition.cells().map(|cell| {
            let indicator = known.iter().find(|indicator| indicator.cell == cell.key);
            [
                format!("`{}`", cell.key),
                cell.label(),
                cell.measure.to_owned(),
                cell.definition.clone(),
                indicator.map_or_else(|| "不统计，由人填写".to_owned(), words),
                cell.article.to_owned(),
            ]
        });
        page.table(
            ["单元格", "名称", "单位", "定义", "怎样选", "依据"],
            rows.collect(),
        );
    }
    page.0
}

fn words(indicator: &Indicator) -> String {
    let plus = selection(&indicator.plus);
    match &indicator.minus {
        None => plus,
        Some(minus) => format!("{plus}，减去{}", selection(minus)),
    }
}

fn joined<T>(items: &[T], label: impl Fn(&T) -> &'static str) -> String {
    items.iter().map(label).collect::<Vec<_>>().join("、")
}

fn selection(selection: &Selection) -> String {
    match selection {
        Selection::Documents {
            kinds,
            day,
            channels,
        } => {
            let mut text = match day {
                DocumentDay::PublishedIn => "本年发布、仍公开的",
                DocumentDay::PublishedBy => "到年底已发布、仍公开的",
                DocumentDay::WrittenIn => "本年成文并办结的（不论公开属性）",
                DocumentDay::RepealedIn => "本年废止的",
                DocumentDay::InForceAtEnd => "年底现行有效的",
            }
            .to_owned();
            if kinds.is_empty() {
                text.push_str("信息");
            } else {
                text.push_str(&joined(kinds, |kind| kind.label()));
            }
            if !channels.is_empty() {
                let any = if channels.len() > 1 {
                    "中任一渠道"
                } else {
                    ""
                };
                let channels = joined(channels, |channel| channel.label());
                text.push_str(&format!("，在{channels}{any}公开（一条信息计一次）"));
            }
            text
        }
        Selection::Requests {
            moment,
            applicant,
            outcomes,
            channels,
            manner,
            replied,
        } => {
            let mut text = match moment {
                RequestMoment::ReceivedIn => "本年收到的申请",
                RequestMoment::CarriedIn => "上年结转、年初在办的申请",
                RequestMoment::ClosedIn => "本年办结的申请",
                RequestMoment::OpenAtEnd => "年底仍在办的申请",
            }
            .to_owned();
            if let Some(kind) = applicant {
                text.push_str(&format!("，申请人是{}", kind.label()));
            }
            if !channels.is_empty() {
                text.push_str(&format!("，以{}提出", joined(channels, |it| it.label())));
            }
            if !outcomes.is_empty() {
                let keys: Vec<_> = outcomes
                    .iter()
                    .map(|it| format!("`{}`", it.key()))
                    .collect();
                text.push_str(&format!("，结果为 {}", keys.join("、")));
            }
            match manner {
                Some(Manner::InTime) => text.push_str("，未延期、未逾期"),
                Some(Manner::Extended) => text.push_str("，经延期或逾期"),
                None => {}
            }
            if *replied {
                text.push_str("，已答复");
            }
            text
        }
        Selection::Cases { tracks, standing } => {
            let standing = match standing {
                CaseStanding::Any => "全部".to_owned(),
                CaseStanding::Closed(result) => format!("年底前审结，{}", result.label()),
                CaseStanding::Pending => "年底尚未审结".to_owned(),
            };
            format!(
                "本年提起或年初未结的{}案件，{standing}",
                joined(tracks, |track| track.label())
            )
        }
        Selection::Decisions { kind } => format!("本年作出的{}决定", kind.label()),
        Selection::Entries {
            register,
            tag,
            span,
            measure,
        } => entries(register, *tag, *span, *measure),
        Selection::FeeIncome => "本年行政事业性收费收入合计（分，以万元列示）".to_owned(),
    }
}

fn entries(key: &str, tag: Option<&str>, span: EntrySpan, measure: Measure) -> String {
    let register = office::registers::register(key);
    let label = register.map_or(key, |register| register.label);
    let span = match span {
        EntrySpan::In => "本年",
        EntrySpan::StandingAtEnd => "年底仍在的",
        EntrySpan::StandingAtStart => "年初已在的",
    };
    let tag = tag.map_or(String::new(), |tag| format!("，类别为 `{tag}`"));
    let measure = match measure {
        Measure::Count => "的条数",
        Measure::Quantity => "的数量合计",
        Measure::Fen => "的金额合计（分，以万元列示）",
    };
    format!("{span}{label}（`{key}`）{measure}{tag}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_every_form_has_its_line() {
        let text = text();
        for edition in Edition::ALL {
            for cell in edition.cells() {
                assert!(
                    text.contains(&format!("| `{}` |", cell.key)),
                    "{}",
                    cell.key
                );
            }
        }
    }
}
