//! `records.md`: records as JSON Lines.

use super::Page;
use office::documents::{Attribute, Kind};
use office::figures::DecisionKind;
use office::units::UnitKind;
use statute::{ApplicantKind, CaseResult, PublicationChannel, RequestChannel, Track};

/// A type: what it is, a sample line, and its keys: key, required, meaning.
struct Type {
    key: &'static str,
    label: &'static str,
    sample: &'static str,
    fields: &'static [(&'static str, bool, &'static str)],
}

const ID: (&str, bool, &str) = ("id", true, "编号，由送来的一方定，同类中唯一");
const UNIT: (&str, bool, &str) = ("unit", true, "单位的编号");

const TYPES: &[Type] = &[
    Type {
        key: "unit",
        label: "单位",
        sample: r#"{"type":"unit","id":"u1","name":"某县民政局","kind":"department","parent":"u0"}"#,
        fields: &[
            ID,
            ("name", true, "全称"),
            ("kind", true, "类型"),
            ("parent", false, "上级单位的编号"),
            ("code", false, "统一社会信用代码"),
        ],
    },
    Type {
        key: "document",
        label: "信息",
        sample: r#"{"type":"document","id":"d1","unit":"u1","kind":"normative","title":"关于规范临时救助工作的通知","number":"某民发〔2018〕12号","written_on":"2018-03-01","attribute":"proactive","published_on":"2018-03-05","channels":["website","wechat"],"body":"……"}"#,
        fields: &[
            ID,
            UNIT,
            ("kind", true, "信息类型"),
            ("title", true, "标题"),
            ("number", false, "文号"),
            ("written_on", true, "成文日期"),
            ("attribute", true, "公开属性"),
            ("basis", false, "不主动公开的理由和依据"),
            ("published_on", false, "发布日期；只有主动公开的可以有"),
            ("channels", false, "公开渠道的列表"),
            ("in_force_from", false, "施行日期，不写为发布之日"),
            ("repealed_on", false, "废止日期"),
            ("explains", false, "它解读的文件的编号"),
            ("body", false, "正文"),
        ],
    },
    Type {
        key: "decision",
        label: "行政处理决定",
        sample: r#"{"type":"decision","id":"x1","unit":"u1","kind":"license","decided_on":"2021-05-06"}"#,
        fields: &[
            ID,
            UNIT,
            ("kind", true, "类型"),
            ("decided_on", true, "作出日期"),
        ],
    },
    Type {
        key: "fee-income",
        label: "行政事业性收费收入",
        sample: r#"{"type":"fee-income","unit":"u1","year":2021,"fen":970000}"#,
        fields: &[
            ("unit", true, "单位的编号；单位和年度合起来唯一"),
            ("year", true, "年度"),
            ("fen", true, "金额，以分为单位"),
        ],
    },
    Type {
        key: "request",
        label: "申请",
        sample: r#"{"type":"request","id":"r1","unit":"u1","applicant":"natural","subject":"2020 年度低保资金发放总额","channel":"online","events":[{"on":"2021-03-01","event":"received"},{"on":"2021-03-20","event":"replied","outcome":"granted"}]}"#,
        fields: &[
            ID,
            UNIT,
            ("number", false, "登记编号，不写由系统编"),
            ("applicant", true, "申请人类型"),
            (
                "applicant_ref",
                false,
                "申请人的代号；同一申请人写同一代号，不写个人信息",
            ),
            ("subject", false, "申请内容"),
            ("channel", true, "收到的方式"),
            (
                "events",
                true,
                "事件的列表，写法见 clock.md；received 的 channel 可以不写",
            ),
        ],
    },
    Type {
        key: "case",
        label: "复议诉讼",
        sample: r#"{"type":"case","id":"c1","request":"r1","track":"review","filed_on":"2021-06-01","closed_on":"2021-08-01","result":"upheld"}"#,
        fields: &[
            ID,
            ("request", true, "申请的编号"),
            ("track", true, "途径"),
            ("filed_on", true, "提起日期"),
            ("closed_on", false, "审结日期；与 result 同有同无"),
            ("result", false, "结果"),
        ],
    },
    Type {
        key: "entry",
        label: "台账",
        sample: r#"{"type":"entry","id":"e1","unit":"u1","register":"training","fields":{"held_on":"2018-04-02","attendees":51}}"#,
        fields: &[
            ID,
            UNIT,
            ("register", true, "台账，见 registers.md"),
            ("fields", true, "这本台账的字段"),
        ],
    },
];

pub(super) fn text() -> String {
    let mut page = Page::new(
        "记录（JSON Lines）",
        "`gongkai import` 读、`gongkai export` 写的文件：UTF-8，一行一个对象，日期写作 `2018-03-01`。不认识的项是错误；不必写的项可以不写或写 `null`。",
    );
    page.heading("导入的规矩");
    page.list(
        [
            "全部成功，或一条也不导入。写错的、引用不存在的、先后不可能的，按行号全部列出，退出码 1。",
            "保留历史原样：迟了的、不完整的照样导入，列在标准错误上，退出码 0。",
            "同一文件再导入一次，什么也不变；同一编号而内容不同，拒绝。",
            "导出不含申请人的个人信息；`--public` 只含单位和公众可见的信息。",
        ]
        .map(str::to_owned),
    );
    for kind in TYPES {
        page.heading(&format!("{} `{}`", kind.label, kind.key));
        page.code("json", kind.sample);
        let rows = kind
            .fields
            .iter()
            .map(|(key, required, meaning)| {
                [
                    format!("`{key}`"),
                    if *required { "是" } else { "" }.to_owned(),
                    (*meaning).to_owned(),
                    words(kind.key, key),
                ]
            })
            .collect();
        page.table(["项", "必填", "含义", "可以写"], rows);
    }
    page.0
}

/// The words that a key may hold.
fn words(kind: &str, key: &str) -> String {
    macro_rules! listed {
        ($of:ty) => {
            <$of>::ALL
                .iter()
                .map(|it| format!("`{}` {}", it.key(), it.label()))
                .collect::<Vec<_>>()
                .join("、")
        };
    }
    match (kind, key) {
        ("unit", "kind") => listed!(UnitKind),
        ("document", "kind") => listed!(Kind),
        ("document", "attribute") => listed!(Attribute),
        ("document", "channels") => listed!(PublicationChannel),
        ("decision", "kind") => listed!(DecisionKind),
        ("request", "applicant") => listed!(ApplicantKind),
        ("request", "channel") => listed!(RequestChannel),
        ("case", "track") => listed!(Track),
        ("case", "result") => listed!(CaseResult),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::records::Record;

    #[test]
    fn the_samples_are_records_and_the_keys_are_those_that_are_read() {
        for kind in TYPES {
            Record::parse(kind.sample).unwrap_or_else(|e| panic!("{}: {e:?}", kind.key));
            let unknown = format!("{{\"type\":\"{}\",\"unknown\":1}}", kind.key);
            let told = Record::parse(&unknown).unwrap_err();
            let list = told.iter().find(|it| it.contains("unknown")).unwrap();
            let list = list
                .rsplit("可用的有 ")
                .next()
                .unwrap()
                .trim_end_matches('。');
            let read: Vec<&str> = list.split('、').filter(|key| *key != "type").collect();
            let written: Vec<&str> = kind.fields.iter().map(|(key, ..)| *key).collect();
            assert_eq!(written, read, "{}", kind.key);
        }
    }

    #[test]
    fn what_is_called_required_is() {
        for kind in TYPES {
            let sample: serde_json::Value = serde_json::from_str(kind.sample).unwrap();
            for (key, required, _) in kind.fields {
                let mut without = sample.clone();
                if without.as_object_mut().unwrap().remove(*key).is_none() {
                    assert!(!required, "{} {key} is not in the sample", kind.key);
                    continue;
                }
                // Result and closing day come together only.
                if ["closed_on", "result"].contains(key) {
                    continue;
                }
                let read = Record::parse(&without.to_string());
                assert_eq!(read.is_err(), *required, "{} {key}: {read:?}", kind.key);
            }
        }
    }
}
