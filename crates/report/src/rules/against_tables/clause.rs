//! A sentence, the words around each of its numbers, and what it speaks of.

use std::ops::Range;

use crate::finding::Place;
use crate::prose::Paragraph;
use crate::quantity::{Quantity, Sort};
use crate::reading::Reading;
use crate::words::{WordSet, has, starts, words};

/// The most numbers of a sentence that are looked at; no real sentence has as many.
const LIMIT: usize = 64;

/// What the sentences before said.
pub(super) struct Context<'a> {
    year: Option<i16>,
    /// Whether the heading or an earlier sentence of the paragraph speaks of requests.
    requests: bool,
    /// Whether it speaks of disputes about information.
    disputes: bool,
    /// The words of the last heading.
    heading: &'a str,
}

/// A sentence with its surroundings.
pub(super) struct Sentence<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) text: &'a str,
    /// Where it starts in the paragraph.
    start: usize,
    pub(super) quantities: &'a [Quantity],
    year: Option<i16>,
    /// Whether it stands where requests are spoken of.
    pub(super) requests: bool,
    /// Whether it stands where disputes about information are spoken of.
    pub(super) disputes: bool,
}

/// A number and the words beside it.
#[derive(Clone, Copy)]
pub(super) struct Mention<'a> {
    pub(super) quantity: &'a Quantity,
    /// The words before it, back to the number before or the start of the sentence.
    pub(super) before: &'a str,
    /// The words before it in its own clause.
    pub(super) near: &'a str,
    /// The words behind it, to the next mark or number.
    pub(super) after: &'a str,
    pub(super) unit: &'a str,
}

impl<'a> Context<'a> {
    pub(super) fn new(reading: &'a Reading) -> Context<'a> {
        Context {
            year: reading.report.year,
            requests: false,
            disputes: false,
            heading: "",
        }
    }

    /// A new paragraph begins: only its heading is carried into it.
    pub(super) fn enter(&mut self, paragraph: &'a Paragraph) {
        if paragraph.heading.is_some() {
            self.heading = &paragraph.text;
        }
        self.requests = speaks_of_requests(self.heading);
        self.disputes = speaks_of_disputes(self.heading);
    }

    /// A sentence worth examining: with numbers, or with words for none or all.
    pub(super) fn sentence(
        &self,
        paragraph: &'a Paragraph,
        range: Range<usize>,
    ) -> Option<Sentence<'a>> {
        let text = paragraph.text.get(range.clone())?;
        let from = paragraph
            .quantities
            .partition_point(|quantity| quantity.span.start < range.start);
        let to = paragraph
            .quantities
            .partition_point(|quantity| quantity.span.start < range.end);
        let quantities = paragraph.quantities.get(from..to.min(from + LIMIT))?;
        if quantities.is_empty() && !text.contains(['未', '无', '没', '均', '全']) {
            return None;
        }
        Some(Sentence {
            paragraph,
            text,
            start: range.start,
            quantities,
            year: self.year,
            requests: self.requests || speaks_of_requests(text),
            disputes: self.disputes || speaks_of_disputes(text),
        })
    }

    /// What a sentence spoke of goes on in the next of its paragraph.
    pub(super) fn leave(&mut self, sentence: &Sentence<'a>) {
        self.requests |= sentence.requests;
        self.disputes |= sentence.disputes;
    }
}

fn speaks_of_requests(text: &str) -> bool {
    lists_outcomes(text)
        || has(
            text,
            words![
                "依申请",
                "信息公开申请",
                "公开申请",
                "申请公开",
                "信息公开的申请",
                "公开请求",
                "公开信息申请",
                "公开政府信息的申请",
                "公开政府信息申请",
            ],
        )
}

/// Whether a text lists how requests ended, or where they came from, in the words of the form; 申请 alone
/// may be for anything.
fn lists_outcomes(text: &str) -> bool {
    const OUTCOMES: &WordSet = words![
        "予以公开",
        "部分公开",
        "不予公开",
        "同意公开",
        "无法提供",
        "不予处理",
        "其他处理",
        "转下年",
        "转下一年",
        "上年结转",
        "上年度结转",
        "自然人",
    ];
    has(text, OUTCOMES)
        && (text.contains("申请")
            || OUTCOMES
                .words()
                .iter()
                .filter(|word| text.contains(**word))
                .nth(1)
                .is_some())
}

fn speaks_of_disputes(text: &str) -> bool {
    // The form's own words.
    if text.contains("复议后起诉") || text.contains("未经复议直接起诉") {
        return true;
    }
    (text.contains("复议") || text.contains("诉讼"))
        && (text.contains("信息公开") || text.contains("依申请公开") || text.contains("公开申请"))
}

impl<'a> Sentence<'a> {
    /// The counts of the sentence with the words beside them.
    pub(super) fn mentions(&self) -> impl Iterator<Item = Mention<'a>> + '_ {
        let text = &self.paragraph.text;
        let end = self.start + self.text.len();
        self.quantities
            .iter()
            .enumerate()
            .filter(|(_, quantity)| matches!(quantity.sort, Sort::Count | Sort::Money))
            .filter_map(move |(at, quantity)| {
                let from = at
                    .checked_sub(1)
                    .and_then(|before| self.quantities.get(before))
                    .map_or(self.start, |before| before.span.end);
                let until = self
                    .quantities
                    .get(at + 1)
                    .map_or(end, |next| next.span.start);
                let before = text.get(from..quantity.span.start)?;
                let after = text.get(quantity.span.end..until)?;
                let close = after
                    .find(['，', '。', '；', '：', '、', '（', '）', '！'])
                    .unwrap_or(after.len());
                let near = before
                    .rfind(['，', '。', '；', '：'])
                    .and_then(|mark| before.get(mark..))
                    .map_or(before, |near| {
                        near.trim_start_matches(['，', '。', '；', '：'])
                    });
                Some(Mention {
                    quantity,
                    before,
                    near,
                    after: after.get(..close)?,
                    unit: text.get(quantity.unit.clone()).unwrap_or_default(),
                })
            })
    }

    /// Whether a number belongs to the year of the report and to all of it.
    pub(super) fn is_of_the_year(&self, mention: &Mention<'_>) -> bool {
        let at = mention.quantity.span.start;
        const PART: &WordSet = words![
            "上半年",
            "下半年",
            "季度",
            "同期",
            "往年",
            "历年",
            "去年",
            "月份",
            "近年",
            "较上年",
            "比上年",
            "增长",
            "增加",
            "减少",
            "下降",
            "上升",
            "提高",
            "同比",
            "多出",
            "平均",
            "日均",
            "月均",
        ];
        if has(mention.before, PART) {
            return false;
        }
        // 近三年累计收到60件.
        let span_of_years = self
            .quantities
            .iter()
            .take_while(|quantity| quantity.span.start < at)
            .any(|quantity| self.paragraph.slice(quantity.unit.clone()) == "年");
        if span_of_years {
            return false;
        }
        // The last year named in the sentence governs; 2004年设市以来 is when something began.
        let since = |end: usize| {
            let behind = self.paragraph.text.get(end..at).unwrap_or_default();
            behind
                .find("以来")
                .is_some_and(|found| found <= 36 && !behind.contains("累计"))
        };
        let dates = &self.paragraph.dates;
        let from = dates.partition_point(|date| date.span.start < self.start);
        let to = dates.partition_point(|date| date.span.start < at);
        // The nearest few decide; a hostile sentence has any number of dates.
        let near = dates
            .get(from.max(to.saturating_sub(8))..to)
            .unwrap_or_default();
        let governing = near.iter().rfind(|date| {
            !self.is_aside(date.span.end, at)
                && !self.is_of_carrying(&date.span)
                && !since(date.span.end)
        });
        let Some(date) = governing else { return true };
        // 截至2023年1月: figures up to another day.
        let whole = matches!(date.month, None | Some(12));
        let of_year = date.year.is_none() || self.year.is_none() || date.year == self.year;
        (of_year && whole) || self.is_carried(mention)
    }

    /// Whether a date says from or to which year something is carried: 2021年结转, 结转2023年.
    fn is_of_carrying(&self, span: &Range<usize>) -> bool {
        let text = &self.paragraph.text;
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        ["转", "转至", "转到", "转入"]
            .iter()
            .any(|word| before.ends_with(word))
            || starts(after, words!["结转", "底结转", "转入", "未办结"])
    }

    /// Whether a stretch stands in brackets that close before a number.
    fn is_aside(&self, end: usize, number: usize) -> bool {
        let text = &self.paragraph.text;
        let from = text
            .floor_char_boundary(end.saturating_sub(200))
            .max(self.start);
        let opened = text
            .get(from..end)
            .is_some_and(|text| text.rfind('（') > text.rfind('）'));
        opened
            && text
                .get(end..number)
                .is_some_and(|text| text.contains('）'))
    }

    /// Whether the words say that requests go from one year to the next, which names other years.
    fn is_carried(&self, mention: &Mention<'_>) -> bool {
        carried_in(mention.near, self.year) || carried_out(mention.near, self.year)
    }

    pub(super) fn report_year(&self) -> Option<i16> {
        self.year
    }

    /// Whether the sentence speaks of one office, or of some of the bodies, of a larger whole.
    pub(super) fn is_narrow(&self) -> bool {
        const OFFICE: &WordSet = words![
            "本机关",
            "本级",
            "办公室",
            "办公厅",
            "局机关",
            "机关本部",
            "委机关",
            "厅机关",
            "政府机关",
            "政府办",
        ];
        const PARTS: &WordSet = words![
            "部门",
            "乡镇",
            "街道",
            "镇街",
            "县区",
            "区县",
            "各县",
            "各区",
            "市直",
            "县直",
            "区直",
            "各单位",
            "开发区",
        ];
        const WHOLE: &WordSet = words![
            "全市", "全县", "全区", "全省", "全州", "全旗", "全盟", "全镇", "全乡", "各级",
        ];
        let names = |words: &WordSet| has(self.text, words);
        names(OFFICE) || (names(PARTS) && !names(WHOLE))
    }

    /// Whether the sentence says that its numbers are those of one office of a larger whole.
    pub(super) fn names_its_office(&self) -> bool {
        has(self.text, words!["本级", "本机关", "机关本部", "局机关"])
    }

    /// Whether the sentence speaks of bodies below the one that reports.
    pub(super) fn is_of_others(&self) -> bool {
        has(
            self.text,
            words!["下属", "所属", "直属", "二级单位", "基层单位"],
        )
    }

    /// Whether the sentence says that it speaks of the whole area.
    pub(super) fn is_of_the_area(&self) -> bool {
        has(
            self.text,
            words!["全市", "全县", "全区", "全省", "全州", "全旗", "全盟"],
        )
    }

    /// Whether a number behind `at` is said to be the part that the table counts: 全县收到350件，其中我局
    /// 12件; 收到复议5件，其中涉及政府信息公开2件.
    pub(super) fn names_part(&self, at: usize, value: i128) -> bool {
        const OWN: &WordSet = words![
            "我局",
            "本局",
            "本机关",
            "本级",
            "本单位",
            "我委",
            "我办",
            "年",
            "政府信息公开",
        ];
        self.quantities.windows(2).any(|pair| {
            let [before, quantity] = pair else {
                return false;
            };
            quantity.span.start > at
                && quantity.value == value
                && self
                    .paragraph
                    .text
                    .get(before.span.end..quantity.span.start)
                    .is_some_and(|between| between.contains("其中") && has(between, OWN))
        })
    }

    /// Whether a number of cases of all kinds is followed by that of those about information.
    pub(super) fn splits_off_information(&self, mention: &Mention<'_>) -> bool {
        let behind = self.paragraph.text.get(mention.quantity.span.end..);
        let part = behind.and_then(|text| {
            text.trim_start_matches(['，', '；', '（'])
                .strip_prefix("其中")
        });
        !mention.near.contains("公开")
            && part.is_some_and(|part| {
                part.split(['，', '。', '；', '）'])
                    .next()
                    .is_some_and(|part| part.contains("信息公开"))
            })
    }

    pub(super) fn place(&self, range: Range<usize>) -> Place {
        self.paragraph.place(range)
    }

    /// The range of a stretch of the sentence in its paragraph.
    pub(super) fn range(&self, at: usize, length: usize) -> Range<usize> {
        self.start + at..self.start + at + length
    }

    /// The clauses of the sentence, without their marks, with where they start.
    pub(super) fn clauses(&self) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        let mut start = 0;
        self.text
            .split_inclusive(['，', '；', '。', '：'])
            .map(move |clause| {
                let at = start;
                start += clause.len();
                (at, clause.trim_end_matches(['，', '；', '。', '：']))
            })
    }
}

impl Mention<'_> {
    pub(super) fn contains(&self, words: &WordSet) -> bool {
        has(self.before, words) || has(self.after, words)
    }

    pub(super) fn near_contains(&self, words: &WordSet) -> bool {
        has(self.near, words) || has(self.after, words)
    }

    /// Whether the unit may count requests, cases or documents.
    pub(super) fn counts_things(&self) -> bool {
        matches!(
            self.unit,
            "件" | "份"
                | "宗"
                | "条"
                | "起"
                | "例"
                | "件次"
                | "个"
                | "项"
                | "封"
                | "次"
                | "人次"
                | "人"
                | "名"
                | ""
        ) && self.quantity.sort == Sort::Count
    }

    /// The noun that the number counts, when one of `nouns` stands just before it; the longest wins.
    pub(super) fn noun<T: Copy>(&self, nouns: &[(&str, T)]) -> Option<T> {
        const FILLERS: &[&str] = &[
            "的有", "的", "有", "共计", "合计", "总计", "共", "为", "：", "分别", "答复", "信息",
            "决定", "申请", "办理", "件数", "数量", "数", "案件", "是", "计", "“", "”", "‘", "’",
            "情形", "情况", "事项", "，", "类", "等", "政府", "公开",
        ];
        let mut text = self.before;
        for _ in 0..8 {
            let found = nouns
                .iter()
                .filter(|(noun, _)| text.ends_with(noun))
                .max_by_key(|(noun, _)| noun.len());
            if let Some((_, value)) = found {
                return Some(*value);
            }
            if let Some(inner) = text.strip_suffix('）') {
                text = inner.rfind('（').and_then(|at| inner.get(..at))?;
                continue;
            }
            text = FILLERS
                .iter()
                .find_map(|filler| text.strip_suffix(filler))?;
        }
        None
    }
}

/// 上年结转, 2021年结转.
pub(super) fn carried_in(text: &str, year: Option<i16>) -> bool {
    let before = year.map(|year| format!("{}年", year - 1));
    ends_of(text).is_some_and(|text| {
        text.contains("转")
            && (has(text, words!["上年", "上一年", "去年", "上年度"])
                || before.is_some_and(|word| text.contains(&word)))
            && !has(text, words!["下年", "下一年", "次年"])
    })
}

/// 结转下年度, 转下一年度办理, 结转2023年度继续办理.
pub(super) fn carried_out(text: &str, year: Option<i16>) -> bool {
    let next = year.map(|year| format!("{}年", year + 1));
    ends_of(text).is_some_and(|text| {
        (text.contains("转") || text.contains("顺延") || text.contains("延至"))
            && (has(text, words!["下年", "下一年", "次年"])
                || next.is_some_and(|word| text.contains(&word)))
    })
}

/// The last 24 characters.
fn ends_of(text: &str) -> Option<&str> {
    let at = text.char_indices().rev().nth(23).map_or(0, |(at, _)| at);
    text.get(at..)
}
