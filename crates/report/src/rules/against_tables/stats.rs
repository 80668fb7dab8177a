//! Sentences against the statistics of 2014 to 2018.

use crate::words::{WordSet, has, words};
use statute::editions::CellKey;

use super::clause::{Mention, Sentence};
use super::figures::{Figures, stat};
use super::verdict::{Verdicts, Weight};

/// The words beside a number that name rows of the table.
struct Clue {
    /// One word of each group must stand beside the number.
    all: &'static [&'static WordSet],
    /// None of these may.
    none: &'static WordSet,
    units: &'static [&'static str],
    rows: &'static [&'static str],
    /// Rows that may be counted in as well, and the reading that says so.
    also: Option<(&'static [&'static str], &'static str)>,
    weight: Weight,
    what: &'static str,
}

const CLUE: Clue = Clue {
    all: &[],
    none: words![],
    units: &[
        "条", "件", "次", "篇", "期", "个", "名", "人", "人次", "场", "份", "项",
    ],
    rows: &[],
    also: None,
    weight: Weight::Maybe,
    what: "",
};

const CHANNEL: &WordSet = words![
    "通过",
    "网站",
    "微博",
    "微信",
    "公报",
    "专栏",
    "其中",
    "规范性",
    "重点",
    "栏",
    "新媒体",
    "载体",
    "电子屏",
];

const CLUES: &[Clue] = &[
    Clue {
        all: &[
            words!["主动公开", "公开政府信息", "公开信息"],
            words!["累计", "共", "总"],
        ],
        none: CHANNEL,
        units: &["条", "件", "份", "项"],
        rows: &["A1"],
        weight: Weight::Near,
        what: "主动公开政府信息",
        ..CLUE
    },
    Clue {
        all: &[words!["微博"], words!["微信"]],
        none: words!["回应"],
        rows: &["A2.3", "A2.4"],
        ..CLUE
    },
    Clue {
        all: &[words![
            "等载体",
            "等方式",
            "等渠道",
            "其他方式",
            "其他载体",
            "其他渠道",
            "公开栏",
        ]],
        none: words!["网站", "微博", "微信", "回应"],
        rows: &["A2.5"],
        also: Some((&["A2.1", "A2.5"], "含政府公报")),
        ..CLUE
    },
    Clue {
        all: &[words!["网站"], words!["公开", "发布", "公布"]],
        none: words!["微博", "微信", "公报", "访谈"],
        rows: &["A2.2"],
        ..CLUE
    },
    Clue {
        all: &[words!["微博"]],
        none: words!["微信", "回应"],
        rows: &["A2.3"],
        ..CLUE
    },
    Clue {
        all: &[words!["微信"]],
        none: words!["微博", "回应"],
        rows: &["A2.4"],
        ..CLUE
    },
    Clue {
        all: &[words!["政府公报"]],
        none: words!["等载体"],
        rows: &["A2.1"],
        ..CLUE
    },
    Clue {
        all: &[words!["公开", "主动公开"], words!["规范性文件"]],
        rows: &["A1a"],
        ..CLUE
    },
    Clue {
        all: &[words!["制发", "制定", "印发"], words!["规范性文件"]],
        rows: &["A1b"],
        ..CLUE
    },
    Clue {
        all: &[words!["回应"], words!["舆情", "热点", "关切"]],
        rows: &["B1"],
        ..CLUE
    },
    Clue {
        all: &[words!["新闻发布会"]],
        rows: &["B2.1"],
        ..CLUE
    },
    Clue {
        all: &[words!["在线访谈", "访谈"]],
        rows: &["B2.2"],
        ..CLUE
    },
    Clue {
        all: &[words!["解读"]],
        rows: &["B2.3"],
        ..CLUE
    },
    Clue {
        all: &[words!["微博", "微信"], words!["回应"]],
        rows: &["B2.4"],
        ..CLUE
    },
    Clue {
        all: &[words!["来信", "来访", "信箱", "回应", "解答", "解决"]],
        rows: &["B2.5"],
        also: Some((&["B2.4", "B2.5"], "微博微信回应与其他方式回应合计")),
        ..CLUE
    },
    Clue {
        all: &[words!["投诉", "举报"]],
        rows: &["F"],
        ..CLUE
    },
    Clue {
        all: &[words!["信息公开部门", "专门机构", "工作机构", "公开机构"]],
        rows: &["H1"],
        ..CLUE
    },
    Clue {
        all: &[words!["查阅点", "查阅场所"]],
        units: &["个", "处"],
        rows: &["H2"],
        ..CLUE
    },
    Clue {
        all: &[words!["专职"]],
        rows: &["H3.1"],
        ..CLUE
    },
    Clue {
        all: &[words!["兼职"]],
        rows: &["H3.2"],
        ..CLUE
    },
    Clue {
        all: &[words!["工作人员"]],
        rows: &["H3"],
        ..CLUE
    },
    Clue {
        all: &[words!["会议"]],
        none: words!["发布会", "常务会议"],
        units: &["次", "场", "个"],
        rows: &["I1"],
        ..CLUE
    },
    Clue {
        all: &[words!["培训", "学习"]],
        units: &["名", "人", "人次"],
        rows: &["I3"],
        ..CLUE
    },
    Clue {
        all: &[words!["培训"]],
        units: &["次", "期", "场", "个", "班", "场次", "期次"],
        rows: &["I2"],
        ..CLUE
    },
];

/// Channels by which requests come, in clauses about requests.
const REQUESTS: &[(&WordSet, &str)] = &[
    (words!["当面", "现场", "窗口"], "C1.1"),
    (words!["传真"], "C1.2"),
    (
        words!["网络", "网上", "在线", "网站", "电子邮件", "邮箱"],
        "C1.3",
    ),
    (words!["信函", "邮寄", "来信"], "C1.4"),
];

pub(super) fn examine(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    for mention in sentence.mentions() {
        if verdicts.has(&mention) || !sentence.is_of_the_year(&mention) {
            continue;
        }
        if sentence.requests && channel(&mention, figures, verdicts) {
            continue;
        }
        for clue in CLUES {
            if fits(clue, &mention) && compare(clue, &mention, figures, verdicts) {
                break;
            }
        }
    }
    courses(sentence, figures, verdicts);
}

fn channel(mention: &Mention<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) -> bool {
    if !matches!(mention.unit, "件" | "份" | "宗" | "条" | "个" | "起" | "")
        || !mention.near.contains("申请")
    {
        return false;
    }
    let row = REQUESTS.iter().find(|(words, _)| has(mention.near, words));
    let Some((_, row)) = row else { return false };
    verdicts.compare(
        mention,
        vec![figures.sum(&[stat(row)])],
        Weight::Near,
        "这一渠道的申请",
    );
    true
}

fn fits(clue: &Clue, mention: &Mention<'_>) -> bool {
    clue.units.contains(&mention.unit)
        && clue.all.iter().all(|group| {
            // The list of channels may run over several clauses; the act stands in the last.
            mention.contains(group)
        })
        && !mention.contains(clue.none)
}

fn compare(
    clue: &Clue,
    mention: &Mention<'_>,
    figures: &Figures<'_>,
    verdicts: &mut Verdicts<'_>,
) -> bool {
    let keys =
        |rows: &[&'static str]| -> Vec<CellKey> { rows.iter().map(|row| stat(row)).collect() };
    let mut readings = vec![figures.sum(&keys(clue.rows))];
    if let Some((rows, reading)) = clue.also {
        readings.push(figures.read_as(&keys(rows), reading));
    }
    // A near notion is claimed only for the exact total of all.
    let whole = has(
        mention.before,
        words![
            "全县",
            "全市",
            "全区",
            "全省",
            "全州",
            "全局",
            "全年共",
            "全年累计",
            "年度共",
        ],
    ) && mention.before.contains("主动公开政府信息");
    let weight = if mention.quantity.is_exact() && whole {
        clue.weight
    } else {
        Weight::Maybe
    };
    verdicts.compare(mention, readings, weight, clue.what)
}

/// Courses held by several: `培训班1次…举办培训班7次` against 8.
fn courses(sentence: &Sentence<'_>, figures: &Figures<'_>, verdicts: &mut Verdicts<'_>) {
    let Some(expected) = figures.sum(&[stat("I2")]) else {
        return;
    };
    let parts: Vec<Mention<'_>> = sentence
        .mentions()
        .filter(|mention| {
            mention.near_contains(words!["培训"])
                && matches!(mention.unit, "次" | "期" | "场" | "个" | "班")
                && mention.quantity.is_exact()
                && !verdicts.has(mention)
        })
        .collect();
    let sum: i128 = parts.iter().map(|mention| mention.quantity.value).sum();
    if parts.len() < 2 || sum != expected.value {
        return;
    }
    let terms: Vec<String> = parts
        .iter()
        .map(|mention| mention.quantity.figure())
        .collect();
    verdicts.adds_up(&parts, &expected, terms.join("+"));
}
