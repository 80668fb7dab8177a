//! `editions.md`: the forms of the annual report and the identities of their figures.

use super::Page;
use statute::editions::{Edition, Level};

pub(super) fn text() -> String {
    let mut page = Page::new(
        "年度报告的格式与勾稽关系",
        "报告用它那一年的格式。格式的章节、表格、单元格和勾稽关系都是数据，单元格的定义见 [indicators.md](indicators.md)。",
    );
    let rows = Edition::ALL
        .into_iter()
        .map(|edition| {
            let years = match edition {
                Edition::Stats2014 => "2018 年及以前",
                Edition::Trial2019 => "2019、2020 年",
                Edition::Format2021 => "2021 年起",
                Edition::Narrative => "没有统计表的报告",
            };
            [
                format!("`{}`", edition.key()),
                years.to_owned(),
                edition.source().to_owned(),
                edition.cells().count().to_string(),
                edition.identities().len().to_string(),
            ]
        })
        .collect();
    page.table(["格式", "年度", "依据", "单元格", "勾稽关系"], rows);
    for edition in Edition::ALL {
        page.heading(&format!("`{}`", edition.key()));
        page.list(edition.chapters().iter().map(|chapter| {
            let table = chapter
                .table
                .map_or(String::new(), |key| format!("，表 `{key}`"));
            format!("{}（{}{table}）", chapter.heading(), chapter.article)
        }));
        let rows: Vec<_> = edition
            .identities()
            .iter()
            .map(|identity| {
                [
                    identity.code.to_owned(),
                    format!("`{}`", identity.name),
                    match identity.level {
                        Level::Error => "错误",
                        Level::Warning => "警告",
                        Level::Info => "提示",
                    }
                    .to_owned(),
                    identity.statement.to_owned(),
                    identity.equations.len().to_string(),
                    identity.article.to_owned(),
                ]
            })
            .collect();
        if !rows.is_empty() {
            page.table(["代码", "名称", "级别", "关系", "等式数", "依据"], rows);
        }
    }
    page.0
}
