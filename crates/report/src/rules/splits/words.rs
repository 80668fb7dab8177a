//! What the words around a quantity say about it.

use std::ops::Range;

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

impl Words {
    pub(super) fn of(group: &Group, index: usize) -> Words {
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
        Words {
            start: label.start,
            end: label.end,
            behind: end + behind,
            far: gap.len() > FAR,
            among: gap_near.contains("其中"),
            foreign: is_foreign(gap_near, named),
            total: is_total(gap_near),
            rest: is_rest(named),
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
    let mut starts = vec![before.start];
    for (at, c) in text.get(before.clone()).unwrap_or_default().char_indices() {
        let next = before.start + at + c.len_utf8();
        match c {
            '（' => starts.push(next),
            '）' if starts.len() > 1 => {
                starts.pop();
            }
            _ if Mark::of(c) != Mark::None || matches!(c, '：' | '）') => {
                if let Some(last) = starts.last_mut() {
                    *last = next;
                }
            }
            _ => {}
        }
    }
    let start = starts.last().copied().unwrap_or(before.start);
    let label = trimmed(text, start..before.end);
    if label.is_empty() {
        trimmed(text, behind)
    } else {
        label
    }
}

/// A label without the words that introduce it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    const LEAD: &[&str] = &[
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
    const TAIL: &[&str] = &[
        "有", "共", "为", "共计", "的", "达", "了", "”", "计", "是", "—", "各类",
    ];
    let Range { mut start, mut end } = range;
    loop {
        let label = text.get(start..end).unwrap_or_default();
        if let Some(lead) = LEAD.iter().find(|lead| label.starts_with(**lead)) {
            start += lead.len();
        } else if let Some(tail) = TAIL.iter().find(|tail| label.ends_with(**tail)) {
            end -= tail.len();
        } else {
            return start..end.max(start);
        }
    }
}

/// Whether the words between two quantities change the subject.
fn is_foreign(gap: &str, label: &str) -> bool {
    const GAP: &[&str] = &[
        "同比",
        "环比",
        "较上",
        "较去年",
        "比上年",
        "比去年",
        "较2",
        "累计",
        "另有",
        "另外",
        "此外",
        "同时",
        "目前",
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
        "培训",
        "召开",
        "会议",
        "举办",
        "开展",
        "增加",
        "减少",
        "增长",
        "下降",
        "每",
        "以来",
        "制定",
        "聘请",
        "投入",
    ];
    const LABEL: &[&str] = &[
        "各", "均", "增", "减", "上升", "超过", "高于", "低于", "多于", "少于",
    ];
    GAP.iter().any(|word| gap.contains(word)) || LABEL.iter().any(|word| label.ends_with(word))
}

/// Whether a figure is called a total: 合计N, 共N.
fn is_total(gap: &str) -> bool {
    const WORDS: &[&str] = &[
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
    ];
    WORDS.iter().any(|word| gap.ends_with(word))
}

/// What a label may begin with that is done rather than a kind of thing.
const ACTIVITIES: &[&str] = &[
    "回复", "收到", "受理", "接收", "接到", "办结", "办理", "答复", "推送", "转载", "转发", "发放",
    "印发", "编发", "制作", "制发", "解读", "开设", "开通", "更新", "整改", "征集", "回应", "解答",
    "审核", "采用", "拍摄", "刊发", "报送",
];

fn activity(label: &str) -> u32 {
    let label = ["全年", "累计", "共", "还", "并", "已", "新"]
        .iter()
        .fold(label, |label, lead| {
            label.strip_prefix(lead).unwrap_or(label)
        });
    ACTIVITIES
        .iter()
        .position(|word| {
            label.strip_prefix(word).is_some_and(|rest| {
                !rest.starts_with(['类', '稿', '性', '率', '件']) && !rest.is_empty()
            })
        })
        .map_or(0, |at| 1 << at)
}

fn is_rest(label: &str) -> bool {
    ["其他", "其它", "其余", "余下"]
        .iter()
        .any(|word| label.contains(word))
}

/// Whether 等 leaves the list open: `通知12条等`, not `等级`.
fn is_open(tail: &str) -> bool {
    tail.len() <= 60
        && tail.contains('等')
        && !["等级", "平等", "同等", "中等"]
            .iter()
            .any(|word| tail.contains(word))
}
