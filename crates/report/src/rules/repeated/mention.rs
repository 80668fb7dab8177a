//! What a report says a quantity is: the words at it, the channel, the scope.

use crate::words::{WordSet, first_chars, has, last_chars, words};
use std::ops::Range;

use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::rules::shares::terms::{clause, is_mark, lead, trail};

/// A quantity with the words that say what it is.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Mention<'a> {
    pub(in crate::rules) paragraph: &'a Paragraph,
    pub(in crate::rules) quantity: &'a Quantity,
    /// Place of the paragraph in the report.
    pub(in crate::rules) at: usize,
    /// Place of the quantity in the paragraph.
    pub(in crate::rules) index: usize,
    /// The words before the number in its clause, without 共 and the like.
    pub(in crate::rules) label: &'a str,
    /// The words behind the number in its clause.
    pub(in crate::rules) behind: &'a str,
    /// The sentence up to the number, its last 120 characters.
    pub(in crate::rules) context: &'a str,
}

/// The most quantities of one paragraph that are compared; a paragraph of text holds fewer.
const MOST: usize = 400;

/// The quantities of a paragraph that name something.
pub(in crate::rules) fn mentions(at: usize, paragraph: &Paragraph) -> Vec<Mention<'_>> {
    let quantities = paragraph.quantities.iter().take(MOST).enumerate();
    let stops: Vec<usize> = match paragraph.quantities.len() {
        0 => Vec::new(),
        _ => stops(&paragraph.text).collect(),
    };
    quantities
        .filter(|(_, quantity)| quantity.value > 0 && quantity.sort != Sort::Points)
        .filter_map(|(index, quantity)| {
            let label = label(lead(paragraph, index));
            let behind = noun(trail(paragraph, index));
            let end = quantity.span.start;
            let passed = stops.partition_point(|stop| *stop <= end);
            let sentence = passed.checked_sub(1).and_then(|at| stops.get(at)).copied();
            let context = last_chars(paragraph.slice(sentence.unwrap_or(0)..end), 120);
            (!label.is_empty() || !behind.is_empty()).then_some(Mention {
                paragraph,
                quantity,
                at,
                index,
                label,
                behind,
                context,
            })
        })
        .collect()
}

/// Where the marks end that part sentences and the clauses of a long one.
fn stops(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['。', '！', '？', '；'])
        .map(|(at, mark)| at + mark.len())
}

/// Words at the end of a label that name nothing.
const TAILS: &WordSet = words![
    "共计", "共有", "总计", "合计", "累计", "总数", "数量", "达到", "共", "达", "为", "有", "计",
    "约", "了", "：", "数", "的",
];

fn label(gap: &str) -> &str {
    let bare = |mut text: &'_ str| -> usize {
        while let Some(rest) = TAILS.ending(text).and_then(|word| text.strip_suffix(word)) {
            text = rest;
        }
        text.len()
    };
    let gap = gap.trim_end_matches('：');
    let own = clause(gap);
    let named = own.get(..bare(own)).unwrap_or_default();
    if !named.is_empty() || own.is_empty() {
        return last_chars(named, 30);
    }
    // 主动公开政府信息，共506条: the clause before names it.
    let before = gap.get(..gap.len() - own.len()).unwrap_or_default();
    let before = clause(before.trim_end_matches(is_mark));
    last_chars(before.get(..bare(before)).unwrap_or_default(), 30)
}

fn noun(gap: &str) -> &str {
    let end = gap.find(is_mark).unwrap_or(gap.len());
    first_chars(gap.get(..end).unwrap_or_default(), 8)
}

/// Words that say that a figure is of another year, of part of a year, or of many years.
const OTHER_TIME: &WordSet = words![
    "去年",
    "上年",
    "上一年",
    "同期",
    "季度",
    "上半年",
    "下半年",
    "月份",
    "以来",
    "历年",
    "每月",
    "每周",
    "每年",
    "计划",
    "力争",
    "下一步",
];

impl<'a> Mention<'a> {
    /// The range of the number with its unit.
    pub(in crate::rules) fn span(&self) -> Range<usize> {
        self.quantity.span.clone()
    }

    /// The unit as written.
    pub(in crate::rules) fn unit(&self) -> &'a str {
        self.paragraph.slice(self.quantity.unit.clone())
    }

    /// Whether the figure is one of the whole year reported on.
    pub(in crate::rules) fn is_of_the_year(&self) -> bool {
        !has(self.context, OTHER_TIME)
            && !self.paragraph.chapter.contains("打算")
            && !self.paragraph.chapter.contains("问题")
    }

    /// Whether the figure is a part of another.
    pub(in crate::rules) fn is_part(&self) -> bool {
        has(self.context, words!["其中", "分别", "包括", "：", "（"])
    }

    /// The area the sentence speaks of, where it says so.
    pub(in crate::rules) fn area(&self) -> Option<&'static str> {
        [
            "全市",
            "全县",
            "全区",
            "全省",
            "全镇",
            "全乡",
            "全系统",
            "各部门",
            "各乡镇",
            "各单位",
            "各地",
            "市级",
            "县级",
            "本级",
            "本机关",
            "办公室",
        ]
        .into_iter()
        .find(|area| self.context.contains(area))
    }

    /// What the figure was published by: the words between 通过 and 公开.
    pub(in crate::rules) fn channel(&self) -> Option<&'a str> {
        let (start, length) = ["通过", "利用", "依托", "借助"]
            .iter()
            .filter_map(|word| Some((self.context.rfind(word)?, word.len())))
            .max()?;
        let rest = self.context.get(start + length..)?;
        let end = ["公开", "发布", "公布", "推送", "更新", "刊登", "向"]
            .iter()
            .filter_map(|verb| rest.rfind(verb))
            .max()?;
        let end = rest
            .get(..end)
            .map(|channel| channel.trim_end_matches(['，', '主', '动', '累', '计', '共']))?;
        (!end.is_empty()).then_some(end)
    }
}

/// How many words of two characters two texts share; those that say little count apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::rules) struct Shared {
    pub(in crate::rules) telling: usize,
    pub(in crate::rules) weak: usize,
}

const WEAK: [&str; 40] = [
    "政府", "信息", "公开", "其中", "全年", "情况", "工作", "总数", "全部", "年度", "共计", "累计",
    "发布", "主动", "各类", "通过", "组织", "开展", "召开", "举办", "进行", "完成", "我局", "我县",
    "我镇", "办理", "政务", "有关", "相关", "单位", "部门", "动公", "府信", "务信", "息公", "开政",
    "开信", "布信", "申请", "年共",
];

/// The words that the texts at two numbers share.
pub(in crate::rules) fn shared(one: &str, two: &str) -> Shared {
    let chars: Vec<char> = one.chars().collect();
    let mut found = Shared::default();
    let mut seen: Vec<String> = Vec::new();
    for pair in chars.windows(2) {
        let word: String = pair.iter().collect();
        let plain = pair
            .iter()
            .all(|c| c.is_alphabetic() && !c.is_ascii_alphanumeric());
        if !plain || seen.contains(&word) || !two.contains(&word) {
            continue;
        }
        if WEAK.contains(&word.as_str()) {
            found.weak += 1;
        } else {
            found.telling += 1;
        }
        seen.push(word);
    }
    found
}
