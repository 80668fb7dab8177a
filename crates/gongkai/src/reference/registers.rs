//! `registers.md`: the typed ledgers.

use super::Page;
use office::registers::{FieldKind, REGISTERS};

pub(super) fn text() -> String {
    let mut page = Page::new(
        "台账",
        "台账是有固定字段的登记簿，报表里别处没有记录的数字由它统计。导入时写作 `{\"type\":\"entry\",\"id\":…,\"unit\":…,\"register\":台账,\"fields\":{…}}`。",
    );
    for register in REGISTERS {
        page.heading(&format!("{} `{}`", register.label, register.key));
        page.paragraph(&format!("{}。", register.purpose));
        let rows = register
            .fields
            .iter()
            .map(|field| {
                let kind = match field.kind {
                    FieldKind::Day => "日期".to_owned(),
                    FieldKind::Count => "非负整数".to_owned(),
                    FieldKind::Fen => "金额，以分为单位的非负整数".to_owned(),
                    FieldKind::Text => "文字".to_owned(),
                    FieldKind::Choice(choices) => choices
                        .iter()
                        .map(|(key, label)| format!("`{key}` {label}"))
                        .collect::<Vec<_>>()
                        .join("、"),
                };
                let mut role = Vec::new();
                if field.key == register.occurred {
                    role.push("定年度");
                }
                if Some(field.key) == register.ended {
                    role.push("到此为止");
                }
                if Some(field.key) == register.quantity {
                    role.push("求和");
                }
                if Some(field.key) == register.tag {
                    role.push("分类统计");
                }
                [
                    format!("`{}`", field.key),
                    field.label.to_owned(),
                    kind,
                    if field.required { "是" } else { "" }.to_owned(),
                    role.join("、"),
                ]
            })
            .collect();
        page.table(["字段", "名称", "写什么", "必填", "统计中的作用"], rows);
    }
    page.0
}
