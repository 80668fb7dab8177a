//! `indicators.md`: every figure of the three forms: name, unit of measure, definition, article,
//! and the selection of records behind it.

use super::Page;
use office::figures::{Indicator, indicators};
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
                indicator.map_or_else(|| "不统计，由人填写".to_owned(), Indicator::in_words),
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
