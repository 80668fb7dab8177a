//! What the words around a quantity say about it.

use crate::words::{Sightings, WordSet, WordSets, ends, has, starts, words};
use std::ops::Range;
use std::sync::LazyLock;

use super::aspect::{ASPECTS, Aspect};
use super::group::Group;
use super::outline::Mark;

/// What the words around a quantity say, read once for each quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    /// The words that name it begin and end here: those before it since the last mark or quantity,
    /// or, where there are none, those behind it.
    pub(super) start: usize,
    /// See `start`.
    pub(super) end: usize,
    /// Where the words behind it end.
    pub(super) behind: usize,
    /// The text before it since the last quantity is too long for a label.
    pub(super) far: bool,
    /// 其中 stands there.
    pub(super) among: bool,
    /// Something else than a part is told there: growth, averages, another activity.
    pub(super) foreign: bool,
    /// It counts what has come together over the years: 累计.
    pub(super) cumulated: bool,
    /// It is a difference from another figure: 较上年减少N.
    pub(super) compared: bool,
    /// By what its label sorts, where that is known: see [`Aspect`].
    pub(super) aspect: Option<Aspect>,
    /// It is called a total: 合计N.
    pub(super) total: bool,
    /// It is called a remainder: 其他.
    pub(super) rest: bool,
    /// 等 behind it leaves the list open.
    pub(super) open: bool,
    /// A colon behind it introduces a list of its own.
    pub(super) colon: bool,
    /// What was done, where the label begins with that: a bit for each of [`ACTIVITIES`].
    pub(super) activity: u32,
}

/// More bytes between two quantities than a list has.
const FAR: usize = 360;
/// More between two that a semicolon parts: `30条，涉及甲、乙、丙等；公众号20条`.
const FARTHEST: usize = 900;

impl Words {
    pub(super) fn of(group: &Group, signs: &Signs, index: usize) -> Words {
        let text = group.text.as_str();
        let quantities = &group.quantities;
        let Some(quantity) = quantities.get(index) else {
            return Words::none();
        };
        let floor = index
            .checked_sub(1)
            .and_then(|before| quantities.get(before))
            .map_or(0, |before| before.span.end);
        let ceiling = quantities
            .get(index + 1)
            .map_or(text.len(), |next| next.span.start);
        let (start, end) = (quantity.span.start, quantity.span.end);
        let gap = text.get(floor..start).unwrap_or_default();
        let after = text.get(end..ceiling).unwrap_or_default();
        let behind = after
            .char_indices()
            .find(|(_, c)| Mark::of(*c) != Mark::None || matches!(c, '：' | '（' | '）'))
            .map_or(after.len(), |(at, _)| at);
        let tail = after.get(..behind).unwrap_or_default();
        let near = floor_char(gap, gap.len().saturating_sub(FAR));
        let gap_near = gap.get(near..).unwrap_or_default();
        let label = label(text, floor + near..start, end..end + behind);
        let named = text.get(label.clone()).unwrap_or_default();
        let before = signs.within(floor + near..start);
        let within = signs.within(label.clone());
        Words {
            start: label.start,
            end: label.end,
            behind: end + behind,
            far: gap.len() > FAR
                && (gap.len() > FARTHEST
                    || gap
                        .rsplit_once('；')
                        .is_none_or(|(_, own)| own.len() > FAR / 2)),
            among: Sign::Among.is_in(before),
            foreign: is_foreign(gap_near, named, before)
                || (Sign::Event.is_in(before)
                    && !matches!(text.get(quantity.unit.clone()), Some("条" | "篇" | "则"))),
            cumulated: Sign::Cumulated.is_in(before),
            compared: Sign::Compared.is_in(before) && is_compared(gap_near),
            aspect: aspect(within),
            total: is_total(gap_near),
            rest: Sign::Rest.is_in(within) && is_rest(named),
            open: is_open(tail) || after.starts_with("……"),
            activity: activity(named),
            colon: behind <= 30
                && after
                    .get(behind..)
                    .is_some_and(|rest| rest.starts_with('：')),
        }
    }

    fn none() -> Words {
        Words {
            start: 0,
            end: 0,
            behind: 0,
            far: true,
            among: false,
            foreign: true,
            cumulated: false,
            compared: false,
            aspect: None,
            total: false,
            rest: false,
            open: true,
            colon: false,
            activity: 0,
        }
    }
}

/// The first boundary of characters at or after a byte.
fn floor_char(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

fn label(text: &str, before: Range<usize>, behind: Range<usize>) -> Range<usize> {
    let mut start = before.start;
    // Where the texts around the brackets begin that are open.
    let mut outer = Vec::new();
    for (at, c) in text.get(before.clone()).unwrap_or_default().char_indices() {
        let next = before.start + at + c.len_utf8();
        match c {
            '（' => outer.push(std::mem::replace(&mut start, next)),
            '）' => start = outer.pop().unwrap_or(next),
            _ if Mark::of(c) != Mark::None || c == '：' => start = next,
            _ => {}
        }
    }
    let label = trimmed(text, start..before.end);
    if label.is_empty() {
        trimmed(text, behind)
    } else {
        label
    }
}

/// A label without the words that introduce it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    const LEAD: &WordSet = words![
        "其中",
        "包括",
        "分别为",
        "分别是",
        "分别",
        "涉及",
        "主要",
        "是",
        "为",
        "含",
        "以及",
        "和",
        "及",
        "与",
        "-",
        "“",
    ];
    const TAIL: &WordSet = words![
        "有", "共", "为", "共计", "的", "达", "了", "”", "计", "是", "—", "各类",
    ];
    let Range { mut start, mut end } = range;
    loop {
        let label = text.get(start..end).unwrap_or_default();
        if let Some(lead) = LEAD.beginning(label) {
            start += lead.len();
        } else if let Some(tail) = TAIL.ending(label) {
            end -= tail.len();
        } else {
            return start..end.max(start);
        }
    }
}

/// What is looked for around all quantities of a text at once; behind these, [`ASPECTS`].
#[derive(Debug, Clone, Copy)]
enum Sign {
    Among,
    Cumulated,
    Foreign,
    Now,
    Event,
    Compared,
    LastYear,
    Rest,
}

impl Sign {
    const COUNT: usize = 8;

    /// The words of each, in the order of the variants.
    const WORDS: [&'static WordSet; Sign::COUNT] = [
        words!["其中"],
        words!["累计"],
        FOREIGN,
        words!["目前"],
        // What was held, which is no information: 培训3场.
        words!["培训", "会议"],
        COMPARED,
        words!["上年", "上一年", "去年"],
        REST,
    ];

    /// Whether it is among those found.
    fn is_in(self, found: u64) -> bool {
        found >> self as u8 & 1 != 0
    }
}

static SIGNS: LazyLock<WordSets> = LazyLock::new(|| {
    let aspects = ASPECTS.iter().map(|(_, words)| *words);
    let sets: Vec<&WordSet> = Sign::WORDS.into_iter().chain(aspects).collect();
    WordSets::new(&sets)
});

/// Where the words stand that say something about the quantities of a text.
pub(super) struct Signs(Sightings);

impl Signs {
    pub(super) fn of(text: &str) -> Signs {
        Signs(SIGNS.find(text))
    }

    fn within(&self, range: Range<usize>) -> u64 {
        self.0.within(range)
    }
}

/// Words between two quantities that change the subject.
const FOREIGN: &WordSet = words![
    "同比",
    "环比",
    "较上",
    "较去年",
    "比上年",
    "比去年",
    "较2",
    "上年末",
    "上年底",
    "去年末",
    "去年底",
    "年初",
    "上年同期",
    "去年同期",
    "另有",
    "另外",
    "此外",
    "同时",
    "截至",
    "截止",
    "均为",
    "平均",
    "点击",
    "阅读",
    "浏览",
    "访问",
    "关注人",
    "关注量",
    "关注用户",
    "关注数",
    "粉丝",
    "转发",
    "召开",
    "举办",
    "开展",
    "增加",
    "减少",
    "增长",
    "下降",
    "每",
    "以来",
    "制定",
    "调整",
    "聘请",
    "投入",
];
/// Words of a difference from another figure.
const COMPARED: &WordSet = words![
    "较", "比上", "比去", "同比", "环比", "增加", "减少", "增长", "下降", "上升", "多于", "少于",
];
/// Words for what is left.
const REST: &WordSet = words!["其他", "其它", "其余", "余下", "剩下"];

/// Whether the words between two quantities change the subject.
fn is_foreign(gap: &str, label: &str, before: u64) -> bool {
    const LABEL: &WordSet = words![
        "各", "均", "增", "减", "上升", "超过", "高于", "低于", "多于", "少于",
    ];
    // 因条件限制目前尚不能解决的66件 is a part, 目前共有66件 is not.
    let now = || {
        gap.split("目前")
            .skip(1)
            .any(|rest| !rest.starts_with(['尚', '仍', '还', '不', '未', '无', '正']))
    };
    Sign::Foreign.is_in(before) || (Sign::Now.is_in(before) && now()) || ends(label, LABEL)
}

/// Whether a figure is the difference from another.
fn is_compared(gap: &str) -> bool {
    let start = gap.char_indices().rev().nth(13).map_or(0, |(at, _)| at);
    let near = gap.get(start..).unwrap_or_default();
    let clause = near.rsplit(['，', '。', '；']).next().unwrap_or_default();
    has(clause, COMPARED)
}

/// By what the words found in a label sort.
fn aspect(signs: u64) -> Option<Aspect> {
    // What was carried over from last year waits no more.
    let before = Sign::LastYear.is_in(signs);
    ASPECTS
        .iter()
        .enumerate()
        .filter(|(_, (aspect, _))| !(before && *aspect == Aspect::Pending))
        .find(|(at, _)| signs >> (Sign::COUNT + at) & 1 != 0)
        .map(|(_, (aspect, _))| *aspect)
}

/// Whether a figure is called a total: 合计N, 共N.
fn is_total(gap: &str) -> bool {
    const WORDS: &WordSet = words![
        "合计",
        "合计为",
        "总计",
        "总数",
        "总数为",
        "共",
        "共有",
        "共计",
        "小计",
        "总量",
        "总量为",
        "计",
        "=",
    ];
    ends(gap, WORDS)
}

/// What a label may begin with that is done rather than a kind of thing.
const ACTIVITIES: &WordSet = words![
    "回复", "收到", "受理", "接收", "接到", "办结", "办理", "答复", "推送", "转载", "转发", "发放",
    "印发", "编发", "制作", "制发", "解读", "开设", "开通", "更新", "整改", "征集", "回应", "解答",
    "审核", "采用", "拍摄", "刊发", "报送",
];

fn activity(label: &str) -> u32 {
    const LEADS: &WordSet = words!["全年", "累计", "共", "还", "并", "已", "新"];
    let mut label = label;
    if starts(label, LEADS) {
        for lead in LEADS.words() {
            label = label.strip_prefix(lead).unwrap_or(label);
        }
    }
    // 解读类信息, 回应关注信息: a kind of thing after all.
    if !starts(label, ACTIVITIES)
        || ends(
            label,
            words!["信息", "文件", "稿件", "政策", "材料", "情况"],
        )
    {
        return 0;
    }
    ACTIVITIES
        .words()
        .iter()
        .position(|word| {
            label.strip_prefix(word).is_some_and(|rest| {
                !rest.starts_with(['类', '稿', '性', '率', '件']) && !rest.is_empty()
            })
        })
        .map_or(0, |at| 1 << at)
}

/// Whether a label says that everything else follows: 其他, 归入其他类. One kind joined with others,
/// 行政处罚和其他权力, is no such class.
fn is_rest(label: &str) -> bool {
    let joined = |ahead: &str| ahead.ends_with(['和', '与', '及', '或', '等']);
    REST.words().iter().any(|word| {
        label
            .find(word)
            .is_some_and(|at| !label.get(..at).is_some_and(joined))
    })
}

/// Whether 等 leaves the list open: `通知12条等`, not `等级`.
fn is_open(tail: &str) -> bool {
    tail.len() <= 60 && tail.contains('等') && !has(tail, words!["等级", "平等", "同等", "中等"])
}
