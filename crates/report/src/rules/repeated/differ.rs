//! One quantity with two figures: a channel, a list of channels, a total, a field.

use crate::words::{WordSet, has, last_chars, words};
use std::collections::BTreeMap;

use super::REPEATED_FIGURE_DIFFERS;
use super::mention::Mention;
use crate::finding::{Checked, CheckedKind};
use crate::quantity::{Quantity, Sort};
use crate::rules::Sink;
use crate::rules::shares::terms::clause;

/// The most figures of one notion that are looked at.
const MOST: usize = 6;

/// Reports figures of one quantity that differ.
pub(super) fn examine(mentions: &[Mention<'_>], tables: bool, sink: &mut Sink) {
    channels(mentions, sink);
    channel_lists(mentions, sink);
    // Where the tables are there, the sentences are held against them.
    if !tables {
        totals(mentions, sink);
    }
    notions(mentions, sink);
    fields(mentions, sink);
}

/// Whether a figure counts published information and nothing narrower: 公开政府信息20条.
fn counts_information(mention: &Mention<'_>) -> bool {
    let label = mention.label;
    let Some(noun) = label.strip_suffix("信息") else {
        return false;
    };
    ["条", "件", "篇", "份"].contains(&mention.unit())
        && mention.quantity.sort == Sort::Count
        && [
            "公开",
            "发布",
            "公布",
            "推送",
            "更新",
            "政府",
            "政务",
            "各类",
            "公告",
            "公开的",
        ]
        .iter()
        .any(|word| noun.ends_with(word))
}

/// One channel, two figures: 审计信息栏目公开信息20条, 通过审计信息专栏公开政府信息16条.
fn channels(mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut seen: BTreeMap<String, &Mention<'_>> = BTreeMap::new();
    for mention in mentions {
        if !counts_information(mention) || !mention.is_of_the_year() || mention.is_part() {
            continue;
        }
        let Some(key) = mention.channel().and_then(column) else {
            continue;
        };
        match seen.get(&key) {
            Some(before) => differ(before, mention, &format!("同一栏目“{key}”"), sink),
            None => {
                seen.insert(key, mention);
            }
        }
    }
}

/// The name of a column or account that is one channel by itself; none for general channels, of
/// which there may be several.
fn column(channel: &str) -> Option<String> {
    if channel.contains(['、', '和', '及', '等', '，']) || channel.chars().count() > 30 {
        return None;
    }
    let bare: String = channel
        .chars()
        .filter(|c| !matches!(c, '“' | '”' | '《' | '》'))
        .collect();
    let name = bare
        .strip_suffix("栏目")
        .or_else(|| bare.strip_suffix("专栏"))
        .or_else(|| bare.strip_suffix("板块"))?;
    // The name without the site it stands on.
    let name = name
        .rfind("网站")
        .map(|at| at + "网站".len())
        .and_then(|at| name.get(at..))
        .unwrap_or(name);
    let name = name.trim_start_matches(['的', '上', '中']);
    let general = matches!(
        name,
        "" | "信息公开" | "政务公开" | "政府信息公开" | "重点领域" | "专题" | "相关" | "各"
    );
    (!general && name.chars().count() >= 3).then(|| last_chars(name, 6).to_owned())
}

/// Nearly one list of channels, two figures.
fn channel_lists(mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut seen: Vec<(Vec<&str>, &Mention<'_>)> = Vec::new();
    for mention in mentions {
        if !counts_information(mention) || !mention.is_of_the_year() || seen.len() >= MOST * 4 {
            continue;
        }
        let Some(list) = mention.channel().and_then(list_of) else {
            continue;
        };
        let before = seen.iter().find(|(other, before)| {
            let common = list.iter().filter(|item| other.contains(item)).count();
            let all = list.len() + other.len() - common;
            common >= 3 && common * 2 > all && before.unit() == mention.unit()
        });
        match before {
            Some((_, before)) => differ(before, mention, "几乎相同的几个渠道", sink),
            None => seen.push((list, mention)),
        }
    }
}

/// The channels of 公报、报刊、广播等载体.
fn list_of(channel: &str) -> Option<Vec<&str>> {
    let bare = [
        "等渠道",
        "等载体",
        "等平台",
        "等方式",
        "等媒体",
        "等形式",
        "等途径",
        "等多种渠道",
        "等多种方式",
    ]
    .iter()
    .find_map(|end| channel.find(end).and_then(|at| channel.get(..at)))
    .unwrap_or(channel);
    let list: Vec<&str> = bare.split(['、', '和', '及']).collect();
    (list.len() >= 3 && list.iter().all(|item| !item.is_empty() && item.len() <= 36))
        .then_some(list)
}

/// Totals of the whole report: 主动公开政府信息506条, 收到政府信息公开申请12件.
fn totals(mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut seen: BTreeMap<(&str, &str, Option<&str>), &Mention<'_>> = BTreeMap::new();
    for mention in mentions {
        let Some(notion) = total(mention) else {
            continue;
        };
        if mention.is_part() || !mention.is_of_the_year() || !mention.quantity.is_exact() {
            continue;
        }
        let key = (notion, mention.unit(), mention.area());
        match seen.get(&key) {
            Some(before) => differ(before, mention, notion, sink),
            None => {
                seen.insert(key, mention);
            }
        }
    }
}

/// The notion of a total that a report states once: nothing but the words of the notion in the clause.
fn total(mention: &Mention<'_>) -> Option<&'static str> {
    if mention.quantity.sort != Sort::Count
        || has(
            mention.context,
            words![
                "通过",
                "利用",
                "网",
                "微信",
                "微博",
                "公众号",
                "栏",
                "公报",
                "平台",
                "新增",
                "领域",
            ],
        )
    {
        return None;
    }
    let mut text = clause(mention.label);
    const LEADS: &WordSet = words![
        "全年",
        "本年度",
        "我局",
        "我县",
        "我镇",
        "我乡",
        "本机关",
        "本单位",
        "本局",
        "累计",
        "共",
        "已",
        "年度",
        "本年",
        "总计",
        "我街道",
    ];
    while let Some(rest) = LEADS
        .words()
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .or_else(|| without_year(text))
    {
        text = rest;
    }
    match text {
        "主动公开政府信息"
        | "主动公开信息"
        | "主动公开各类政府信息"
        | "主动公开各类信息"
        | "主动公开政务信息" => Some("主动公开政府信息"),
        "收到政府信息公开申请"
        | "受理政府信息公开申请"
        | "收到依申请公开申请"
        | "收到信息公开申请"
        | "收到政府信息依申请公开申请"
        | "受理依申请公开申请" => Some("收到政府信息公开申请"),
        _ => None,
    }
}

/// A text without the year that it begins with.
fn without_year(text: &str) -> Option<&str> {
    text.trim_start_matches(|c: char| c.is_ascii_digit())
        .strip_prefix('年')
}

/// One notion, of which one channel is said to have published more than all together.
fn notions(mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut by_notion: BTreeMap<&str, Vec<&Mention<'_>>> = BTreeMap::new();
    for mention in mentions {
        if mention.quantity.sort != Sort::Count || !mention.is_of_the_year() {
            continue;
        }
        if let Some(notion) = notion(mention.label) {
            let group = by_notion.entry(notion).or_default();
            if group.len() < MOST {
                group.push(mention);
            }
        }
    }
    for (notion, group) in by_notion {
        let whole = group.iter().find(|mention| {
            mention.channel().is_none()
                && has(mention.context, words!["全年", "年度", "累计", "共"])
                && mention.quantity.is_exact()
        });
        let part = group
            .iter()
            .find(|mention| mention.channel().is_some() && mention.quantity.is_exact());
        if let (Some(whole), Some(part)) = (whole, part)
            && part.quantity.value > whole.quantity.value
            && whole.area() == part.area()
        {
            differ(part, whole, &format!("{notion}（一个渠道多于全年）"), sink);
        }
    }
}

/// The documents that a figure counts: 政策文件 in 公开各类政策文件.
fn notion(label: &str) -> Option<&str> {
    const VERBS: &WordSet = words!["公开", "发布", "公布", "印发", "制发", "出台"];
    if !has(label, VERBS) {
        return None;
    }
    let at = VERBS
        .words()
        .iter()
        .filter_map(|verb| label.rfind(verb).map(|at| at + verb.len()))
        .max()?;
    let mut noun = label.get(at..)?;
    for word in ["各类", "各项", "有关", "相关", "了", "各级"] {
        noun = noun.strip_prefix(word).unwrap_or(noun);
    }
    let chars = noun.chars().count();
    ((4..=10).contains(&chars) && !noun.contains("信息") && !has(noun, words!["、", "和", "次"]))
        .then_some(noun)
}

/// A field in the heading of its paragraph, with two figures: 重点公开…信息136条, 重大建设项目130条.
fn fields(mentions: &[Mention<'_>], sink: &mut Sink) {
    let mut first: Option<&Mention<'_>> = None;
    for mention in mentions {
        if first.is_none_or(|first| first.at != mention.at) {
            // Only a number of classes of information leads to the total of the field.
            first = (mention.unit() == "类").then_some(mention);
            continue;
        }
        let Some(total) = first else {
            continue;
        };
        // 8类信息136条: the number of classes leads to the total.
        if total.unit() == "类" && mention.index == total.index + 1 {
            first = (mention.label.ends_with("信息")).then_some(mention);
            continue;
        }
        let heading = mention
            .paragraph
            .text
            .split_once('。')
            .map_or("", |(heading, _)| heading);
        let named = mention.label.chars().count() >= 6
            && heading.chars().count() <= 40
            && heading.starts_with(['（', '一', '二', '三', '四', '五', '六'])
            && heading.contains(mention.label)
            && !has(
                mention.label,
                words!["公开", "信息", "平台", "工作", "政府"],
            );
        if named
            && total.unit() == mention.unit()
            && total.quantity.sort == Sort::Count
            && !mention.is_part()
        {
            differ(total, mention, mention.label, sink);
            first = None;
        }
    }
}

/// Puts the relation, and a finding where the figures cannot be one.
fn differ(one: &Mention<'_>, two: &Mention<'_>, what: &str, sink: &mut Sink) {
    if one.quantity.value == two.quantity.value || agree(one.quantity, two.quantity) {
        return;
    }
    let place = two.paragraph.place(two.span());
    let other = one.paragraph.place(one.span());
    let figure = |mention: &Mention<'_>| mention.paragraph.slice(mention.span()).to_owned();
    sink.examined(Checked::equal(
        CheckedKind::Repeated,
        false,
        two.quantity.figure(),
        one.quantity.figure(),
        one.quantity.figure(),
        place.clone(),
    ));
    sink.find(
        REPEATED_FIGURE_DIFFERS
            .finding(
                place,
                format!(
                    "{what}：一处写{}，一处写{}；请核对是否同一口径，不同的写明口径",
                    figure(one),
                    figure(two)
                ),
            )
            .with_figures(
                two.quantity.figure(),
                one.quantity.figure(),
                one.quantity.figure(),
            )
            .with_related(vec![other]),
    );
}

/// Whether one figure is what the other allows as a round number.
fn agree(one: &Quantity, two: &Quantity) -> bool {
    one.allows(two.value) || two.allows(one.value)
}
