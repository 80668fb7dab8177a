//! Registers (台账): typed ledgers whose schema is data. What the statutory tables count and no
//! other room keeps is counted from here.

use serde_json::{Map, Value};
use statute::{Date, parse_date};

/// What a field of a register holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A calendar date.
    Day,
    /// A whole number, not negative.
    Count,
    /// Money in fen, not negative.
    Fen,
    /// Words, at most 500 characters.
    Text,
    /// One of these (key, label).
    Choice(&'static [(&'static str, &'static str)]),
}

/// One field of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Key in `fields`.
    pub key: &'static str,
    /// Label people read.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub required: bool,
}

/// A register: its fields, and which of them place an entry in time and give it weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register {
    /// Key, as in a record's `register`.
    pub key: &'static str,
    /// Name people read.
    pub label: &'static str,
    /// What it is for and what counts it.
    pub purpose: &'static str,
    /// Fields in order of the form.
    pub fields: &'static [Field],
    /// The field that says when it happened or began.
    pub occurred: &'static str,
    /// The field that says when it ended, for what stands for a time.
    pub ended: Option<&'static str>,
    /// The field that is summed; without it an entry counts one.
    pub quantity: Option<&'static str>,
    /// The field by which entries are told apart in counts.
    pub tag: Option<&'static str>,
}

const fn day(key: &'static str, label: &'static str) -> Field {
    Field {
        key,
        label,
        kind: FieldKind::Day,
        required: true,
    }
}
const fn end(key: &'static str, label: &'static str) -> Field {
    Field {
        key,
        label,
        kind: FieldKind::Day,
        required: false,
    }
}
const fn text(key: &'static str, label: &'static str) -> Field {
    Field {
        key,
        label,
        kind: FieldKind::Text,
        required: false,
    }
}
const fn count(key: &'static str, label: &'static str) -> Field {
    Field {
        key,
        label,
        kind: FieldKind::Count,
        required: true,
    }
}
const fn fen(key: &'static str, label: &'static str) -> Field {
    Field {
        key,
        label,
        kind: FieldKind::Fen,
        required: true,
    }
}
const fn choice(
    key: &'static str,
    label: &'static str,
    of: &'static [(&'static str, &'static str)],
) -> Field {
    Field {
        key,
        label,
        kind: FieldKind::Choice(of),
        required: true,
    }
}

const REMARK: Field = text("remark", "备注");
const WHO_SPOKE: &[(&str, &str)] = &[("principal", "主要负责同志参加"), ("other", "其他")];

/// Every register of this edition of the program.
pub const REGISTERS: &[Register] = &[
    Register {
        key: "training",
        label: "培训台账",
        purpose: "政府信息公开培训班（条例 §48）；2014 表 九(二)(三)",
        fields: &[
            day("held_on", "举办日期"),
            count("attendees", "接受培训人数"),
            text("topic", "内容"),
            REMARK,
        ],
        occurred: "held_on",
        ended: None,
        quantity: Some("attendees"),
        tag: None,
    },
    Register {
        key: "meeting",
        label: "会议台账",
        purpose: "政府信息公开工作会议或专题会议；2014 表 九(一)",
        fields: &[day("held_on", "召开日期"), text("topic", "议题"), REMARK],
        occurred: "held_on",
        ended: None,
        quantity: None,
        tag: None,
    },
    Register {
        key: "reading-point",
        label: "查阅点台账",
        purpose: "政府信息查阅场所（条例 §25）；2014 表 八(二)",
        fields: &[
            day("opened_on", "设立日期"),
            end("closed_on", "撤销日期"),
            text("place", "地点"),
            REMARK,
        ],
        occurred: "opened_on",
        ended: Some("closed_on"),
        quantity: None,
        tag: None,
    },
    Register {
        key: "disclosure-agency",
        label: "专门机构台账",
        purpose: "政府信息公开工作专门机构（条例 §4）；2014 表 八(一)",
        fields: &[
            day("set_up_on", "设立日期"),
            end("dissolved_on", "撤销日期"),
            text("name", "机构名称"),
            REMARK,
        ],
        occurred: "set_up_on",
        ended: Some("dissolved_on"),
        quantity: None,
        tag: None,
    },
    Register {
        key: "staff",
        label: "工作人员台账",
        purpose: "从事政府信息公开工作人员；2014 表 八(三)",
        fields: &[
            day("from_on", "到岗日期"),
            end("until_on", "离岗日期"),
            choice(
                "post",
                "岗位",
                &[("full-time", "专职"), ("part-time", "兼职")],
            ),
            REMARK,
        ],
        occurred: "from_on",
        ended: Some("until_on"),
        quantity: None,
        tag: Some("post"),
    },
    Register {
        key: "budget",
        label: "专项经费台账",
        purpose: "政府信息公开专项经费；2014 表 八(四)",
        fields: &[
            day("allotted_on", "安排日期"),
            fen("fen", "金额（分）"),
            REMARK,
        ],
        occurred: "allotted_on",
        ended: None,
        quantity: Some("fen"),
        tag: None,
    },
    Register {
        key: "press-conference",
        label: "新闻发布会台账",
        purpose: "参加或举办新闻发布会；2014 表 二(二)1",
        fields: &[
            day("held_on", "举办日期"),
            choice("speaker", "出席", WHO_SPOKE),
            text("topic", "主题"),
            REMARK,
        ],
        occurred: "held_on",
        ended: None,
        quantity: None,
        tag: Some("speaker"),
    },
    Register {
        key: "interview",
        label: "在线访谈台账",
        purpose: "政府网站在线访谈；2014 表 二(二)2",
        fields: &[
            day("held_on", "访谈日期"),
            choice("speaker", "出席", WHO_SPOKE),
            text("topic", "主题"),
            REMARK,
        ],
        occurred: "held_on",
        ended: None,
        quantity: None,
        tag: Some("speaker"),
    },
    Register {
        key: "concern",
        label: "热点舆情台账",
        purpose: "公众关注热点或重大舆情，同一热点计一次（条例 §6）；2014 表 二(一)",
        fields: &[day("arisen_on", "回应日期"), text("topic", "热点"), REMARK],
        occurred: "arisen_on",
        ended: None,
        quantity: None,
        tag: None,
    },
    Register {
        key: "concern-response",
        label: "回应台账",
        purpose: "以各种方式回应的事件；2014 表 二(二)4、5",
        fields: &[
            day("responded_on", "回应日期"),
            choice(
                "way",
                "方式",
                &[("weibo-wechat", "微博微信"), ("other", "其他方式")],
            ),
            text("topic", "事件"),
            REMARK,
        ],
        occurred: "responded_on",
        ended: None,
        quantity: None,
        tag: Some("way"),
    },
    Register {
        key: "complaint",
        label: "举报投诉台账",
        purpose: "对政府信息公开工作的举报投诉（条例 §47、§51）；2014 表 六",
        fields: &[
            day("received_on", "收到日期"),
            end("settled_on", "办结日期"),
            text("topic", "事由"),
            REMARK,
        ],
        occurred: "received_on",
        ended: Some("settled_on"),
        quantity: None,
        tag: None,
    },
    Register {
        key: "request-fee",
        label: "依申请收费台账",
        purpose: "依申请公开收取的费用（2008 年条例 §27；国办函〔2020〕109号）；2014 表 七",
        fields: &[
            day("charged_on", "收费日期"),
            fen("fen", "金额（分）"),
            REMARK,
        ],
        occurred: "charged_on",
        ended: None,
        quantity: Some("fen"),
        tag: None,
    },
    Register {
        key: "proposal",
        label: "建议提案台账",
        purpose: "人大代表建议和政协提案的办理和公开",
        fields: &[
            day("received_on", "交办日期"),
            end("replied_on", "办复日期"),
            choice(
                "body",
                "类别",
                &[
                    ("npc", "人大代表议案建议"),
                    ("npc-recess", "闭会期间代表建议"),
                    ("cppcc", "政协提案"),
                    ("cppcc-opinion", "社情民意"),
                ],
            ),
            text("topic", "内容"),
            REMARK,
        ],
        occurred: "received_on",
        ended: Some("replied_on"),
        quantity: None,
        tag: Some("body"),
    },
    Register {
        key: "mailbox",
        label: "信箱台账",
        purpose: "领导信箱、群众来信来访的答复",
        fields: &[
            day("received_on", "收到日期"),
            end("replied_on", "答复日期"),
            choice(
                "door",
                "来源",
                &[
                    ("mailbox", "领导信箱"),
                    ("message", "网民留言"),
                    ("visit", "来信来访"),
                ],
            ),
            REMARK,
        ],
        occurred: "received_on",
        ended: Some("replied_on"),
        quantity: None,
        tag: Some("door"),
    },
    Register {
        key: "open-day",
        label: "政府开放日台账",
        purpose: "政府开放日活动",
        fields: &[
            day("held_on", "举办日期"),
            count("attendees", "参加人数"),
            text("topic", "主题"),
            REMARK,
        ],
        occurred: "held_on",
        ended: None,
        quantity: Some("attendees"),
        tag: None,
    },
    Register {
        key: "consultation",
        label: "意见征集台账",
        purpose: "重大决策预公开和意见征集",
        fields: &[
            day("opened_on", "开始日期"),
            end("closed_on", "结束日期"),
            count("opinions", "收到意见数"),
            text("topic", "事项"),
            REMARK,
        ],
        occurred: "opened_on",
        ended: Some("closed_on"),
        quantity: Some("opinions"),
        tag: None,
    },
    Register {
        key: "power-item",
        label: "权力和服务事项台账",
        purpose: "行政许可、服务、处罚、强制、收费项目（条例 §20(五)(六)(八)）；2019 表二项目数量",
        fields: &[
            day("added_on", "列入日期"),
            end("removed_on", "取消日期"),
            choice(
                "kind",
                "类别",
                &[
                    ("license", "行政许可"),
                    ("service", "其他对外管理服务事项"),
                    ("penalty", "行政处罚"),
                    ("coercion", "行政强制"),
                    ("fee", "行政事业性收费"),
                ],
            ),
            text("name", "事项名称"),
            REMARK,
        ],
        occurred: "added_on",
        ended: Some("removed_on"),
        quantity: None,
        tag: Some("kind"),
    },
    Register {
        key: "service-decision",
        label: "对外管理服务办理台账",
        purpose: "其他对外管理服务事项的处理决定（条例 §20(五)）；2019 表二",
        fields: &[day("decided_on", "决定日期"), text("item", "事项"), REMARK],
        occurred: "decided_on",
        ended: None,
        quantity: None,
        tag: None,
    },
    Register {
        key: "procurement",
        label: "集中采购台账",
        purpose: "政府集中采购项目和金额（条例 §20(九)）；2019 表二",
        fields: &[
            day("awarded_on", "成交日期"),
            fen("fen", "采购金额（分）"),
            text("item", "项目"),
            REMARK,
        ],
        occurred: "awarded_on",
        ended: None,
        quantity: Some("fen"),
        tag: None,
    },
];

/// The register of this key.
pub fn register(key: &str) -> Option<&'static Register> {
    REGISTERS.iter().find(|register| register.key == key)
}

/// What an entry's fields say about time, weight and kind: what counts select on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    /// When it happened or began.
    pub occurred_on: Date,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// Weight in sums: attendees, fen, or 1.
    pub quantity: i64,
    /// Which kind of entry.
    pub tag: Option<String>,
}

/// Reads an entry's fields against its register.
///
/// # Errors
/// Every fault at once, in Chinese: an unknown field, a missing one, a value of another kind, an
/// end before the beginning.
pub fn project(
    register: &Register,
    fields: &Map<String, Value>,
) -> Result<Projection, Vec<String>> {
    let mut problems = Vec::new();
    for key in fields.keys() {
        if !register.fields.iter().any(|field| field.key == key) {
            let known: Vec<&str> = register.fields.iter().map(|field| field.key).collect();
            problems.push(format!(
                "{}没有字段“{key}”，可用的字段是 {}。",
                register.label,
                known.join("、")
            ));
        }
    }
    for field in register.fields {
        match fields.get(field.key) {
            None | Some(Value::Null) if field.required => {
                problems.push(format!(
                    "{}缺少必填字段“{}”（{}）。",
                    register.label, field.key, field.label
                ));
            }
            None | Some(Value::Null) => {}
            Some(value) => {
                if let Some(problem) = fault(field, value) {
                    problems.push(problem);
                }
            }
        }
    }
    let date = |key: &str| -> Option<Date> { parse_date(fields.get(key)?.as_str()?) };
    let ended_on = register.ended.and_then(date);
    let Some(occurred_on) = date(register.occurred) else {
        return Err(problems);
    };
    if ended_on.is_some_and(|ended| ended < occurred_on) {
        problems.push(format!(
            "{}的结束日期早于开始日期 {occurred_on}，请核对。",
            register.label
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Projection {
        occurred_on,
        ended_on,
        quantity: register
            .quantity
            .map_or(Some(1), |key| fields.get(key)?.as_i64())
            .unwrap_or(0),
        tag: register
            .tag
            .and_then(|key| Some(fields.get(key)?.as_str()?.to_owned())),
    })
}

fn fault(field: &Field, value: &Value) -> Option<String> {
    let expected = match field.kind {
        FieldKind::Day => {
            if value
                .as_str()
                .and_then(parse_date)
                .is_some_and(|day| (1949..=2200).contains(&day.year()))
            {
                return None;
            }
            "1949 到 2200 年之间的日期，如 2018-04-02".to_owned()
        }
        FieldKind::Count | FieldKind::Fen => {
            if value
                .as_i64()
                .is_some_and(|number| (0..=1_000_000_000_000_000).contains(&number))
            {
                return None;
            }
            "不小于 0 的整数".to_owned()
        }
        FieldKind::Text => {
            if value
                .as_str()
                .is_some_and(|text| text.chars().count() <= 500)
            {
                return None;
            }
            "不超过 500 字的文字".to_owned()
        }
        FieldKind::Choice(of) => {
            if value
                .as_str()
                .is_some_and(|text| of.iter().any(|(key, _)| *key == text))
            {
                return None;
            }
            of.iter()
                .map(|(key, label)| format!("{key}({label})"))
                .collect::<Vec<_>>()
                .join("、")
        }
    };
    Some(format!(
        "字段“{}”（{}）的值 {value} 不对，应为{expected}。",
        field.key, field.label
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_register_names_its_own_fields() {
        for register in REGISTERS {
            let has = |key: &str| register.fields.iter().any(|field| field.key == key);
            assert!(has(register.occurred), "{}", register.key);
            for key in [register.ended, register.quantity, register.tag]
                .into_iter()
                .flatten()
            {
                assert!(has(key), "{} {key}", register.key);
            }
            assert_eq!(
                REGISTERS.iter().filter(|r| r.key == register.key).count(),
                1
            );
        }
    }

    #[test]
    fn an_entry_is_read_whole_or_refused_with_every_fault() {
        let training = register("training").unwrap();
        let fields = serde_json::json!({"held_on":"2018-04-02","attendees":51});
        let read = project(training, fields.as_object().unwrap()).unwrap();
        assert_eq!((read.quantity, read.tag), (51, None));
        let bad = serde_json::json!({"held_on":"2018-02-30","attendees":-1,"place":"x"});
        assert_eq!(
            project(training, bad.as_object().unwrap())
                .unwrap_err()
                .len(),
            3
        );
    }
}
