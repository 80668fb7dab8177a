//! The details of a journal entry in the words of the office.

use crate::app::Site;
use office::documents::{Attribute, Kind, Status};
use office::figures::DecisionKind;
use office::people::Role;
use office::units::UnitKind;
use serde_json::{Map, Value};
use statute::applicant::ApplicantKind;
use statute::case::{CaseResult, Track};
use statute::channel::{PublicationChannel, RequestChannel};
use statute::clock::{Delivery, Event};
use statute::outcome::Outcome;
use std::collections::BTreeMap;

/// The beginning of a long text; the whole stands in the database.
pub(super) fn clipped(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit).chain(['…']).collect()
}

/// The words for the names in an entry's details; a name without a word stands as it is.
const NAMES: &[(&str, &str)] = &[
    ("access", "查阅方式"),
    ("account", "账号"),
    ("address", "地址"),
    ("applicant", "申请人类型"),
    ("arrangement", "编排"),
    ("attribute", "公开属性"),
    ("basis", "依据"),
    ("body_sha256", "正文校验值"),
    ("by", "送达方式"),
    ("bytes", "字节"),
    ("channel", "渠道"),
    ("channels", "公开渠道"),
    ("classification", "分类"),
    ("closed_on", "办结日期"),
    ("confirmed", "确认日期"),
    ("count", "条数"),
    ("days", "天数"),
    ("decided_on", "决定日期"),
    ("decision", "行政决定"),
    ("document", "文件"),
    ("documents", "文件"),
    ("due_on", "期限"),
    ("edition", "格式"),
    ("email", "邮箱"),
    ("entry", "台账"),
    ("event", "环节"),
    ("events", "环节"),
    ("explains", "解读的文件"),
    ("fax", "传真"),
    ("fee-income", "收费收入"),
    ("fields", "内容"),
    ("file", "文件"),
    ("filed_on", "提起日期"),
    ("from", "原来"),
    ("guide", "指南"),
    ("handler", "经办"),
    ("hash", "校验值"),
    ("hours", "办公时间"),
    ("in_force_from", "施行日期"),
    ("index", "第几个"),
    ("internet", "互联网地址"),
    ("kind", "种类"),
    ("lacking", "缺少"),
    ("late_reason", "逾期原因"),
    ("made_at", "备份时间"),
    ("moved", "变动的申请"),
    ("name", "名称"),
    ("new", "新增"),
    ("number", "编号"),
    ("office", "受理机构"),
    ("on", "日期"),
    ("operator", "运维"),
    ("organizer", "主办单位"),
    ("outcome", "结果"),
    ("parent", "上级"),
    ("phone", "电话"),
    ("program", "程序版本"),
    ("published_on", "发布日期"),
    ("reason", "理由"),
    ("received_on", "收到之日"),
    ("region", "地区"),
    ("register", "台账"),
    ("remark", "意见"),
    ("repealed_on", "废止日期"),
    ("reply_by", "补正期限"),
    ("request", "申请"),
    ("requests", "申请"),
    ("result", "案件结果"),
    ("roles", "角色"),
    ("roll_up", "汇总"),
    ("rules", "制度"),
    ("same", "原样"),
    ("sha256", "校验值"),
    ("site_domain", "域名"),
    ("site_id_code", "网站标识码"),
    ("site_name", "站点名称"),
    ("size", "字节"),
    ("stand_in", "代办人"),
    ("status", "状态"),
    ("text", "内容"),
    ("title", "标题"),
    ("to", "改为"),
    ("track", "途径"),
    ("unit", "单位"),
    ("until", "延迟至"),
    ("written_on", "成文日期"),
    ("year", "年度"),
    ("years", "年度"),
];

/// The names whose two values are what was and what is; two values of any other are two things.
const CHANGES: &[&str] = &["applicant", "channel", "due_on", "received_on"];

/// Who takes over when somebody leaves. A change names what was beside it, a handover does not.
fn taker(fields: &Map<String, Value>) -> Option<&Value> {
    fields.get("to").filter(|_| !fields.contains_key("from"))
}

/// Who and what ids stand for.
pub(super) struct Known<'a> {
    pub site: &'a Site,
    /// Names of people by id.
    pub people: &'a BTreeMap<String, String>,
}

/// The ids of people that details name, to look their names up.
pub(super) fn people(detail: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(detail).unwrap_or_default();
    let mut found = Vec::new();
    let given = ["handler", "stand_in"].map(|key| value.get(key));
    for named in given.into_iter().chain([value.as_object().and_then(taker)]) {
        match named {
            Some(Value::String(id)) => found.push(id.clone()),
            Some(Value::Array(ids)) => {
                found.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            _ => {}
        }
    }
    found
}

/// Most pairs of one entry that are shown.
const PAIRS: usize = 12;

/// The details of an entry, one thing to a line.
pub(super) fn pairs(detail: &str, known: &Known<'_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    match serde_json::from_str(detail) {
        Ok(value) => gather("", "", &value, known, &mut out),
        Err(_) => out.push((String::new(), clipped(detail, 200))),
    }
    if out.len() > PAIRS {
        let rest = out.len() - PAIRS;
        out.truncate(PAIRS);
        out.push((String::new(), format!("另有 {rest} 项")));
    }
    out
}

/// `key`: the name of the value itself; `name`: the words of it and what it is within.
fn gather(
    key: &str,
    name: &str,
    value: &Value,
    known: &Known<'_>,
    out: &mut Vec<(String, String)>,
) {
    let said = |value: &Value| said(key, value, known);
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            let event = Event::from_json(value).ok();
            for (key, value) in fields {
                let whole = match name {
                    "" if key == "to" && taker(fields).is_some() => "交给".to_owned(),
                    "" => word(key).to_owned(),
                    // The step is named by the step itself.
                    _ if key == "event" => name.to_owned(),
                    _ => format!("{name} {}", word(key)),
                };
                match &event {
                    Some(event) if key == "event" => {
                        out.push((whole, event.kind.label().to_owned()));
                    }
                    _ => gather(key, &whole, value, known, out),
                }
            }
        }
        Value::Array(both) if both.len() == 2 && CHANGES.contains(&key) => {
            if both.first() != both.last() {
                let words: Vec<String> = both.iter().map(said).collect();
                out.push((name.to_owned(), words.join(" → ")));
            }
        }
        Value::Array(items) => {
            let words: Vec<String> = items.iter().map(said).collect();
            if !words.is_empty() {
                out.push((name.to_owned(), clipped(&words.join("、"), 200)));
            }
        }
        other => out.push((name.to_owned(), clipped(&said(other), 200))),
    }
}

/// The word for a name in an entry's details.
fn word(key: &str) -> &str {
    let found = NAMES.iter().find(|(named, _)| *named == key);
    found.map_or(key, |(_, word)| word)
}

/// A value in words: a key by its label, an id by its name, anything else as it stands.
fn said(key: &str, value: &Value, known: &Known<'_>) -> String {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Bool(true) => return "是".to_owned(),
        Value::Bool(false) => return "否".to_owned(),
        Value::Null => return "无".to_owned(),
        other => return other.to_string(),
    };
    // A checksum of that length says as much as the whole.
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return clipped(text, 12);
    }
    let label = match key {
        "applicant" => ApplicantKind::from_key(text).map(|of| of.label()),
        "attribute" => Attribute::from_key(text).map(|of| of.label()),
        "by" => Delivery::from_key(text).map(|of| of.label()),
        "channel" => RequestChannel::from_key(text).map(|of| of.label()),
        "channels" => PublicationChannel::from_key(text).map(|of| of.label()),
        "kind" => Kind::from_key(text)
            .map(|of| of.label())
            .or_else(|| DecisionKind::from_key(text).map(|of| of.label()))
            .or_else(|| UnitKind::from_key(text).map(|of| of.label())),
        "outcome" => Outcome::from_key(text).map(|of| of.label()),
        "register" => office::registers::register(text).map(|of| of.label),
        "result" => CaseResult::from_key(text).map(|of| of.label()),
        "status" => Status::from_key(text).map(|of| of.label()),
        "track" => Track::from_key(text).map(|of| of.label()),
        "roles" => return role(text, known),
        "unit" | "parent" => Some(known.site.unit_name(text)).filter(|name| !name.is_empty()),
        "fields" => Some(word(text)),
        "lacking" => match text {
            "identity" => Some("身份证明"),
            "contact" => Some("联系方式"),
            _ => None,
        },
        "handler" | "stand_in" | "to" => known.people.get(text).map(String::as_str),
        _ => None,
    };
    label.unwrap_or(text).to_owned()
}

/// `clerk@edu`: the role and where it holds.
fn role(text: &str, known: &Known<'_>) -> String {
    let Some((role, unit)) = text.split_once('@') else {
        return text.to_owned();
    };
    let role = Role::from_key(role).map_or(role, |role| role.label());
    match known.site.unit_name(unit) {
        "" => format!("{unit} {role}"),
        name => format!("{name} {role}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statute::calendar::Calendar;

    fn site() -> Site {
        Site {
            head: 1,
            settings: store::site::Settings::default(),
            units: vec![office::units::Unit {
                id: "edu".into(),
                name: "县教育局".into(),
                kind: UnitKind::Department,
                parent: None,
                code: None,
                guide: office::units::Guide::default(),
                position: 1,
                seq: 1,
            }],
            calendar: Calendar::national(),
        }
    }

    fn shown(detail: &str) -> Vec<String> {
        let people = BTreeMap::from([("p-1".to_owned(), "演示甲".to_owned())]);
        let known = Known {
            site: &site(),
            people: &people,
        };
        let pairs = pairs(detail, &known);
        pairs.iter().map(|(k, v)| format!("{k}={v}")).collect()
    }

    #[test]
    fn details_are_read_in_the_words_of_the_office() {
        let text = shown(
            r#"{"event":{"on":"2026-11-02","event":"extended","days":5},"late_reason":null,"due_on":["2026-11-20","2026-11-27"],"channel":["online","fax"],"unit":"edu"}"#,
        );
        for wanted in [
            "环节=延长答复期限",
            "环节 天数=5",
            "期限=2026-11-20 → 2026-11-27",
            "渠道=网络 → 传真",
            "单位=县教育局",
        ] {
            assert!(text.iter().any(|line| line == wanted), "{wanted}: {text:?}");
        }
        assert_eq!(text.len(), 6, "{text:?}");
        let text = shown(
            r#"{"kind":"license","channels":["website","gazette"],"roles":["clerk@edu"],"stand_in":"p-1","outcome":"granted","other":"as it stands"}"#,
        );
        for wanted in [
            "种类=行政许可",
            "角色=县教育局 经办",
            "代办人=演示甲",
            "结果=予以公开",
            "other=as it stands",
        ] {
            assert!(text.iter().any(|line| line == wanted), "{wanted}: {text:?}");
        }
        assert!(
            text.iter()
                .any(|line| line.starts_with("公开渠道=") && line.contains('、'))
        );
        assert!(shown("{}").is_empty());
        assert_eq!(shown("no json").len(), 1);
    }

    #[test]
    fn two_things_are_no_change_from_one_to_the_other() {
        let text = shown(
            r#"{"roles":["clerk@edu","reviewer@edu"],"fields":["region","site_name"],"lacking":["identity","contact"],"requests":["2026-1","2026-2"]}"#,
        );
        for wanted in [
            "角色=县教育局 经办、县教育局 审核",
            "内容=地区、站点名称",
            "缺少=身份证明、联系方式",
            "申请=2026-1、2026-2",
        ] {
            assert!(text.iter().any(|line| line == wanted), "{wanted}: {text:?}");
        }
    }

    #[test]
    fn a_handover_names_who_takes_over() {
        let text = shown(r#"{"to":"p-1","documents":2,"requests":3}"#);
        assert!(text.iter().any(|line| line == "交给=演示甲"), "{text:?}");
        let text = shown(r#"{"from":"2026-11-20","to":"2026-11-27"}"#);
        assert!(
            text.iter().any(|line| line == "改为=2026-11-27"),
            "{text:?}"
        );
    }

    #[test]
    fn people_that_are_named_are_found() {
        let detail = r#"{"handler":["p-1","p-2"],"stand_in":"p-3","unit":"edu"}"#;
        assert_eq!(people(detail), ["p-1", "p-2", "p-3"]);
        assert_eq!(people(r#"{"to":"p-4","documents":1}"#), ["p-4"]);
        assert!(people(r#"{"from":null,"to":"2026-11-20"}"#).is_empty());
        assert!(people("no json").is_empty());
    }
}
