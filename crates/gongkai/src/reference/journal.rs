//! `journal.md`: the actions of the journal.

use super::Page;
use office::journal::ACTIONS;

pub(super) fn text() -> String {
    let mut page = Page::new(
        "日志",
        "每个动作是一个事务：改记录，同时追加一条日志。日志从 1 连续编号，每条带前一条的哈希（SHA-256），改动、删除、插入任何一条都会被 `gongkai verify` 指出。日志里没有申请人的个人信息。",
    );
    page.heading("一条日志");
    let field = |key: &str, meaning: &str| [format!("`{key}`"), meaning.to_owned()];
    page.table(
        ["字段", "含义"],
        vec![
            field("seq", "编号，从 1 起，不间断"),
            field("at", "时刻，1970 年起的毫秒（UTC）"),
            field("actor", "人员编号；`operator` 是命令行，`public` 是公众"),
            field("action", "动作，见下表"),
            field("noun", "记录的类别"),
            field("record", "记录的编号"),
            field("detail", "改了什么（JSON）"),
            field("previous", "前一条的哈希，第一条为空"),
            field("hash", "本条的哈希"),
        ],
    );
    page.heading("动作");
    let rows = ACTIONS
        .iter()
        .map(|(key, label)| [format!("`{key}`"), (*label).to_owned()])
        .collect();
    page.table(["动作", "含义"], rows);
    page.0
}
