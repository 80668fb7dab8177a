//! Units (public bodies) and what their disclosure guide must say.

use crate::Reason;
use serde::{Deserialize, Serialize};
use statute::keyed;

keyed! {
    /// What kind of body a unit is; decides its term for the annual report (条例 §49).
    UnitKind, "单位类型" {
        Government = "government", "人民政府";
        Department = "department", "政府部门";
        Township = "township", "乡镇";
        Subdistrict = "subdistrict", "街道";
        Institution = "institution", "事业单位";
        Village = "village", "村（社区）";
    }
}

/// A public body: anyone with a duty to disclose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The sender's or our own id, unique in the site.
    pub id: String,
    /// Full official name.
    pub name: String,
    /// Kind of body.
    pub kind: UnitKind,
    /// The unit above, none for the head of a tree.
    pub parent: Option<String>,
    /// 统一社会信用代码.
    pub code: Option<String>,
    /// What the guide says about where and how to ask.
    pub guide: Guide,
    /// Place among its sisters.
    pub position: i64,
    /// Journal entry that last changed it.
    pub seq: i64,
}

/// The contents of the disclosure guide that the law names (条例 §12②): classification,
/// arrangement, ways of obtaining, and the working body's name, address, hours, telephone, fax
/// and internet contact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Guide {
    /// 信息分类.
    pub classification: String,
    /// 编排体系.
    pub arrangement: String,
    /// 获取方式.
    pub access: String,
    /// 工作机构名称.
    pub office: String,
    /// 办公地址.
    pub address: String,
    /// 办公时间.
    pub hours: String,
    /// 联系电话.
    pub phone: String,
    /// 传真号码.
    pub fax: String,
    /// 互联网联系方式.
    pub internet: String,
    /// 本机关的公开制度: ids of published documents.
    pub rules: Vec<String>,
}

/// The longest name of a unit, in characters.
pub const NAME_LIMIT: usize = 120;

/// What stands against a unit's name and code.
pub fn check(name: &str, code: Option<&str>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let length = name.chars().count();
    if name.trim().is_empty() {
        reasons.push(Reason::at(
            "name",
            "name-empty",
            "单位名称没有填写，请填写单位全称。",
        ));
    } else if length > NAME_LIMIT {
        reasons.push(Reason::at(
            "name",
            "name-too-long",
            format!("单位名称有 {length} 个字，最多 {NAME_LIMIT} 个字，请缩短。"),
        ));
    }
    if let Some(code) = code
        && (code.len() != 18 || !code.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        reasons.push(Reason::at(
            "code",
            "code-malformed",
            format!("统一社会信用代码“{code}”不是 18 位字母和数字，请核对后重填，没有可留空。"),
        ));
    }
    reasons
}

/// What stands against a unit's id.
pub fn check_id(id: &str) -> Vec<Reason> {
    let fits = (1..=crate::records::ID_LIMIT).contains(&id.chars().count())
        && id.trim() == id
        && !id.chars().any(char::is_control);
    if fits {
        return Vec::new();
    }
    vec![Reason::at(
        "id",
        "id-malformed",
        format!(
            "单位编号应为 1 到 {} 个字，前后没有空格，请重填。",
            crate::records::ID_LIMIT
        ),
    )]
}

/// Longest item of a guide, in characters.
pub const GUIDE_LIMIT: usize = 5000;
/// Most documents a guide names as rules.
pub const GUIDE_RULES_LIMIT: usize = 200;

/// What stands against the contents of a guide.
pub fn check_guide(guide: &Guide) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = [
        ("classification", &guide.classification),
        ("arrangement", &guide.arrangement),
        ("access", &guide.access),
        ("office", &guide.office),
        ("address", &guide.address),
        ("hours", &guide.hours),
        ("phone", &guide.phone),
        ("fax", &guide.fax),
        ("internet", &guide.internet),
    ]
    .into_iter()
    .filter(|(_, text)| text.chars().count() > GUIDE_LIMIT)
    .map(|(field, _)| {
        Reason::at(
            field,
            "too-long",
            format!("这一项超过 {GUIDE_LIMIT} 个字，请缩短。"),
        )
    })
    .collect();
    let long = |id: &String| id.chars().count() > crate::records::ID_LIMIT;
    if guide.rules.len() > GUIDE_RULES_LIMIT || guide.rules.iter().any(long) {
        reasons.push(Reason::at(
            "rules",
            "rules-malformed",
            format!("公开制度最多列 {GUIDE_RULES_LIMIT} 份文件，填文件编号，请核对。"),
        ));
    }
    reasons
}
