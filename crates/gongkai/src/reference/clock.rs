//! `clock.md`: events and the answer.

use super::Page;
use serde_json::Value;
use statute::clock::{ClockInput, Delivery, Event, EventKind, replay};
use statute::{Calendar, Outcome, RequestChannel};

const EXAMPLE: &str = r#"{"calendar":"national","today":"2022-12-02","events":[
  {"on":"2022-09-30","event":"received","channel":"registered-mail"},
  {"on":"2022-10-20","event":"third-party-asked"},
  {"on":"2022-10-28","event":"third-party-answered"},
  {"on":"2022-11-04","event":"replied","outcome":"granted","by":"post"}]}"#;

/// The fields of an event beside `on` and `event`.
const FIELDS: &[(&str, &str)] = &[
    (
        "received",
        "`channel` 收到的方式；`confirmed` 双方确认收到的日期",
    ),
    ("supplement-asked", "`reply_by` 给申请人的补正期限"),
    (
        "extended",
        "`days` 延长的工作日（1 至 1000；不写按法定最长）",
    ),
    ("delayed", "`until` 确定的答复日期（必填）"),
    ("replied", "`outcome` 办理结果；`by` 送达方式"),
    ("closed", "`outcome` 办理结果"),
    (
        "corrected",
        "`reason` 理由（必填）；`index` 被更正事件的序号（从 0 起）；`of` 被更正事件的名称；`to` 正确的事件，不写就是撤销",
    ),
];

pub(super) fn text() -> String {
    let mut page = Page::new(
        "期限推算",
        "`gongkai clock 文件` 按日期重放一件申请的事件，给出全部期限，逐日写明算不算、为什么、依据哪一条。申请记录里的 `events` 是同样的写法。",
    );
    page.heading("文件");
    page.paragraph("`calendar`：`national` 或已导入的地区（加 `--data` 或 `--config`）；`today`：未办结时与哪天比较；`events`：事件。不认识的项是错误。退出码：读得懂但内容不对为 1，打不开为 2。");
    page.code("json", EXAMPLE);
    page.heading("事件");
    let rows = EventKind::KEYS
        .iter()
        .map(|key| {
            let fields = FIELDS.iter().find(|(of, _)| of == key);
            [
                format!("`{key}`"),
                label(key).to_owned(),
                fields.map_or(String::new(), |(_, text)| (*text).to_owned()),
            ]
        })
        .collect();
    page.table(["事件", "含义", "另有的项"], rows);
    page.heading("收到的方式 `channel`");
    page.list(
        RequestChannel::ALL
            .iter()
            .map(|it| format!("`{}` {}", it.key(), it.label())),
    );
    page.paragraph("当面提交、挂号信：`on` 就是收到之日。平信、传真：双方确认之日，没有 `confirmed` 就没有期限。网上、电子邮件：自动回执即确认，另写 `confirmed` 的以它为准（条例 §31）。");
    page.heading("送达方式 `by`");
    page.list(
        Delivery::ALL
            .iter()
            .map(|it| format!("`{}` {}", it.key(), it.label())),
    );
    page.heading("办理结果 `outcome`");
    let rows = Outcome::ALL
        .iter()
        .map(|it| {
            [
                format!("`{}`", it.key()),
                it.group().unwrap_or_default().to_owned(),
                it.label().to_owned(),
                it.article()
                    .map_or(String::new(), |article| article.to_string()),
            ]
        })
        .collect();
    page.table(["结果", "所属", "名称", "依据"], rows);
    page.heading("答案");
    page.paragraph("上面的例子得到：");
    page.code("json", &answer());
    page.0
}

/// The Chinese name of an event, read from a sample of it.
fn label(key: &str) -> &'static str {
    let sample = serde_json::json!({
        "on": "2024-01-02", "event": key,
        "until": (key == "delayed").then_some("2024-03-01"),
        "reason": (key == "corrected").then_some("登记有误"),
    });
    let Value::Object(mut fields) = sample else {
        return "";
    };
    fields.retain(|_, value| !value.is_null());
    Event::from_json(&Value::Object(fields)).map_or("", |event| event.kind.label())
}

fn answer() -> String {
    match ClockInput::parse(EXAMPLE) {
        Ok(input) => {
            let answer = replay(&Calendar::national(), &input.events, input.today);
            format!("{:#}", answer.to_json())
        }
        Err(problems) => problems.join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_a_name_and_every_field_an_event() {
        for key in EventKind::KEYS {
            assert!(!label(key).is_empty(), "{key}");
        }
        for (of, _) in FIELDS {
            assert!(EventKind::KEYS.contains(of), "{of}");
        }
        assert!(answer().contains("\"due_on\""), "{}", answer());
    }
}
