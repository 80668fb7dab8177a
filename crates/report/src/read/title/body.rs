//! The names of public bodies.

use crate::words::{WordSet, has, starts, words};
/// What kind of body a name names, as far as powers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    /// 乡, 镇, 街道 and their offices.
    Township,
    /// 县, 旗, 市辖区 governments; a 市 may be either and is none of these.
    County,
    /// A department of a county, district or banner.
    CountyDepartment,
    /// A department of a 市, which may have districts or not, or of one that is not said.
    Department,
    /// A government of which the name does not say whether it may issue 规章, or anything else.
    Other,
}

const ENDINGS: &[&str] = &[
    "人民政府",
    "政府",
    "政府办",
    "局",
    "委",
    "委员会",
    "管委会",
    "厅",
    "部",
    "办公室",
    "办公厅",
    "办",
    "办事处",
    "乡",
    "镇",
    "街道",
    "县",
    "区",
    "市",
    "省",
    "州",
    "盟",
    "旗",
    "院",
    "站",
    "所",
    "中心",
    "大队",
    "支队",
    "总队",
    "队",
    "公司",
    "集团",
    "学校",
    "大学",
    "医院",
    "馆",
    "处",
    "社",
    "署",
    "台",
    "农场",
    "林场",
    "总会",
    "联合会",
    "协会",
    "执法局",
    "科委",
    "研究室",
    "红十字会",
    "残联",
    "工会",
];

/// Words that stand in sentences and headings, not in names of bodies.
const NEVER: &WordSet = words![
    "信息公开",
    "政务公开",
    "报告",
    "工作情况",
    "工作人员",
    "工作要点",
    "网站",
    "有关",
    "本报告",
    "关于",
    "情况",
    "首页",
    "本单位",
    "我们",
    "通过",
    "截至",
    "公布",
    "发布",
    "编制",
    "统计期限",
    "数据",
    "汇总",
    "正文",
    "下载",
    "文件",
    "分类",
    "来源",
    "索引",
    "浏览",
    "点击",
    "访问",
    "附件",
    "当前位置",
    "主动公开",
    "联系",
    "要求",
    "规定",
    "条例",
];

const DEPARTMENT: &[&str] = &[
    "局",
    "委",
    "委员会",
    "科委",
    "厅",
    "办公室",
    "办",
    "中心",
    "站",
    "所",
    "院",
    "队",
    "馆",
    "处",
    "署",
    "部",
];

/// Whether a text is the name of a body or of a region.
pub(crate) fn is_body(text: &str) -> bool {
    let length = text.chars().count();
    (2..=40).contains(&length)
        && ENDINGS.iter().any(|ending| text.ends_with(ending))
        && !has(text, NEVER)
        && text
            .chars()
            .all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || "（）·、".contains(c))
        && !text.starts_with(['本', '我', '该', '各', '、', '（'])
}

/// What kind of body a name names.
pub(crate) fn rank(unit: &str) -> Rank {
    let bare = unit
        .trim_end_matches("办公室")
        .trim_end_matches("党政")
        .trim_end_matches("人民政府")
        .trim_end_matches("政府")
        .trim_end_matches("办事处");
    // 社区 and 开发区 are no 区 with a government, 自治区 is a province.
    let region = |text: &str| {
        text.ends_with('县')
            || text.ends_with('旗')
            || (text.ends_with('区')
                && ![
                    "自治区",
                    "开发区",
                    "新区",
                    "园区",
                    "社区",
                    "示范区",
                    "度假区",
                    "保税区",
                    "地区",
                    "特区",
                    "景区",
                    "库区",
                    "矿区",
                ]
                .iter()
                .any(|word| text.ends_with(word)))
    };
    if ["乡", "镇", "街道", "苏木"]
        .iter()
        .any(|end| bare.ends_with(end))
    {
        return Rank::Township;
    }
    if region(bare) && (unit == bare || unit.ends_with("政府") || unit.ends_with("政府办公室"))
    {
        return Rank::County;
    }
    if DEPARTMENT.iter().any(|end| unit.ends_with(end))
        && !unit.contains("管理委员会")
        && !unit.contains("管委会")
    {
        if starts(unit, words!["国家", "中华", "中国"]) {
            return Rank::Other;
        }
        // The last region in the name is the one that it serves: 某市某区统计局.
        let at = unit
            .char_indices()
            .filter(|(_, c)| "省市县区旗州盟".contains(*c))
            .filter_map(|(at, c)| unit.get(..at + c.len_utf8()))
            .next_back();
        return match at {
            Some(prefix) if region(prefix) => Rank::CountyDepartment,
            Some(prefix) if prefix == "区" || prefix == "县" => Rank::CountyDepartment,
            _ => Rank::Department,
        };
    }
    Rank::Other
}

/// The part of a name that tells a body from others in its region: 民政局 of 某县民政局, 某乡 of
/// 某县某乡人民政府.
pub(crate) fn tail(unit: &str) -> &str {
    let bare = unit
        .trim_end_matches("办公室")
        .trim_end_matches("人民政府")
        .trim_end_matches("办事处");
    let bare = if bare.is_empty() { unit } else { bare };
    let cut = bare
        .char_indices()
        .filter(|(at, c)| "省市县区旗州盟".contains(*c) && at + c.len_utf8() < bare.len())
        .map(|(at, c)| at + c.len_utf8())
        // A name of one character after a region is none: 市区 is no region and a rest.
        .rfind(|at| {
            bare.get(*at..)
                .is_some_and(|rest| rest.chars().count() >= 2)
        });
    cut.and_then(|at| bare.get(at..)).unwrap_or(bare)
}
