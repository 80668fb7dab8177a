//! The units that reports count in.

use std::sync::LazyLock;

/// Units of counting, longest first where one begins another.
pub(super) const COUNTERS: &[&str] = &[
    "个工作日",
    "个方面",
    "个季度",
    "个月",
    "个小时",
    "工作日",
    "人次",
    "户次",
    "批次",
    "件次",
    "篇次",
    "场次",
    "条次",
    "台次",
    "家次",
    "小时",
    "分钟",
    "平方米",
    "平方公里",
    "公里",
    "公顷",
    "方面",
    "次",
    "条",
    "件",
    "项",
    "个",
    "份",
    "篇",
    "期",
    "宗",
    "起",
    "人",
    "名",
    "户",
    "家",
    "场",
    "例",
    "册",
    "本",
    "部",
    "种",
    "类",
    "张",
    "套",
    "台",
    "辆",
    "处",
    "所",
    "轮",
    "批",
    "天",
    "日",
    "位",
    "只",
    "支",
    "幅",
    "段",
    "座",
    "间",
    "亩",
    "吨",
    "米",
    "字",
    "幢",
    "栋",
    "组",
    "款",
    "桩",
    "封",
    "通",
    "单",
    "则",
    "点",
    "集",
    "档",
    "卷",
    "枚",
    "口",
    "头",
    "株",
    "周",
    "版",
    "道",
    "门",
    "级",
    "届",
    "大",
    "级次",
    "步",
    "股",
    "倍",
    "岁",
    "辑",
    "盘",
    "块",
    "面",
    "系列",
    "年",
    "季度",
    "个季",
    "美元",
    "公斤",
    "千瓦",
    "人份",
    "个次",
    "项次",
    "起次",
    "宗次",
    "份次",
    "期次",
    "架次",
    "班次",
    "车次",
    "条（次）",
    "件（次）",
    "场（次）",
    "人（次）",
    "篇（次）",
    "户（次）",
    "家（次）",
    "项（次）",
    "个（次）",
    "（次）",
];

/// Words that begin as a unit does without being one: 部门 after `32`, 人大代表 after `5`.
const NOUNS: &[&str] = &[
    "部门",
    "部委",
    "本局",
    "本级",
    "本单位",
    "本机关",
    "本年",
    "处理",
    "处罚",
    "处于",
    "所有",
    "所属",
    "面向",
    "面积",
    "点击",
    "点赞",
    "道路",
    "口头",
    "口径",
    "头条",
    "单位",
    "通知",
    "通过",
    "通报",
    "通道",
    "位于",
    "级别",
    "级以上",
    "级联",
    "名称",
    "户籍",
    "人大代表",
    "人大建议",
    "人民",
    "人社",
    "人力",
    "次日",
    "集中",
    "集体",
    "集团",
    "组织",
    "组建",
    "组成",
    "段时间",
    "字样",
    "封面",
    "台湾",
    "步骤",
    "点题",
    "版面",
    "只有",
    "只能",
    "大部分",
    "大多",
    "门户",
    "天然",
    "款式",
    "张贴",
    "家庭",
    "支持",
    "日常",
    "日均",
    "周边",
    "起草",
    "起始",
    "起到",
    "项目",
    "类型",
    "类别",
    "期间",
    "期限",
    "件均",
    "条例",
    "份额",
    "篇幅",
    "场所",
    "例如",
    "例行",
    "年度",
    "年均",
    "年报",
];

/// The length of the unit of money that a text begins with.
pub(super) fn money(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix('元') {
        return (!rest.starts_with(['旦', '素', '件', '化'])).then_some('元'.len_utf8());
    }
    text.starts_with("块钱").then_some("块钱".len())
}

/// The counters that begin with a character, longest first, and the nouns that do.
struct Words {
    first: char,
    counters: Vec<&'static str>,
    nouns: Vec<&'static str>,
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let mut all: Vec<Words> = Vec::new();
    for counter in COUNTERS {
        let Some(first) = counter.chars().next() else {
            continue;
        };
        if all.iter().any(|words| words.first == first) {
            continue;
        }
        let begins = |word: &&&'static str| word.starts_with(first);
        let mut words = Words {
            first,
            counters: COUNTERS.iter().filter(begins).copied().collect(),
            nouns: NOUNS.iter().filter(begins).copied().collect(),
        };
        words
            .counters
            .sort_by_key(|word| std::cmp::Reverse(word.len()));
        all.push(words);
    }
    all.sort_by_key(|words| words.first);
    all
});

/// The unit that a text begins with.
pub(super) fn at(text: &str) -> Option<&'static str> {
    let first = text.chars().next()?;
    // Every number is asked: the first character tells most of the words off.
    let at = WORDS
        .binary_search_by_key(&first, |words| words.first)
        .ok()?;
    let words = WORDS.get(at)?;
    if words.nouns.iter().any(|noun| text.starts_with(noun)) {
        return None;
    }
    let mut counters = words.counters.iter();
    counters.find(|unit| text.starts_with(**unit)).copied()
}
