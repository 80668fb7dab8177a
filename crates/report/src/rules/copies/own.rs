//! A report's own text: without headings, without what the form and the law make everybody say,
//! and with its own names and years in one spelling, so that a copy with another name in it is still
//! seen.

use crate::prose::Paragraph;
use crate::read::title::{read_title, tail};
use crate::reading::Reading;
use crate::words::{WordSet, words};

/// Words that make a sentence one of the form: who compiled the report, of which period, where it
/// can be had, whom to ask, and that there is nothing to tell. Own observations on many reports.
const STATUTORY: &[&str] = &[
    "年度报告由",
    "本报告由",
    "本报告根据",
    "本年报根据",
    "本年度报告根据",
    "编制本报告",
    "编制本年度报告",
    "编制并公布",
    "特向社会公布",
    "现向社会公布",
    "现予公布",
    "报告全文",
    "报告包括",
    "报告内容包括",
    "报告共分",
    "数据统计期限",
    "统计期限",
    "统计数据从",
    "统计时限",
    "电子版可",
    "可在本",
    "下载",
    "如有疑问",
    "如对本报告",
    "如对报告",
    "对本报告如有",
    "联系电话",
    "联系地址",
    "邮政编码",
    "需要报告的事项",
    "需要报告的其他事项",
    "需要说明的事项",
    "无其他需要",
    "信息处理费",
    "本列数据的勾稽关系",
    "第二十条第",
    "条例》要求",
    "条例》规定",
];
/// The least characters of a sentence that says anything of its own.
pub(super) const LEAST: usize = 12;
/// The most characters of a report that are looked at; a longer one is no annual report.
const MOST: usize = 200_000;
/// What a report calls itself.
const SELF: &WordSet = words![
    "我局",
    "我委",
    "我办",
    "我院",
    "我厅",
    "我镇",
    "我乡",
    "我街道",
    "我县",
    "我区",
    "我市",
    "本机关",
];
/// Stands for the body itself.
const NAME: char = '\u{e010}';
/// Stands for a year.
const YEAR: char = '\u{e011}';

/// A sentence in the spelling in which copies are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// The paragraph it stands in.
    pub(super) paragraph: usize,
    /// Its characters, each with the byte of the paragraph's text where it begins.
    pub(super) chars: Vec<(char, usize)>,
    /// A hash of its characters, the same on every machine and in every build.
    pub(super) hash: u64,
}

/// The own sentences of a report, in order. `None` parts two that do not follow each other. The
/// name of the `other` report's body is spelled as the own one is: who copies forgets to change it.
pub(super) fn sentences(reading: &Reading, other: Option<&Reading>) -> Vec<Option<Sentence>> {
    let mut names = names(reading);
    names.extend(other.into_iter().flat_map(self::names));
    names.extend(SELF.words().iter().map(|&name| name.to_owned()));
    // The longest first, since one may begin another.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    let mut found = Vec::new();
    let mut left = MOST;
    for (at, paragraph) in reading.prose.paragraphs.iter().enumerate() {
        if paragraph.heading.is_some() || read_title(&paragraph.text).is_some() {
            found.push(None);
            continue;
        }
        for range in paragraph.sentences() {
            let text = paragraph.slice(range.clone());
            if STATUTORY.iter().any(|words| text.contains(words)) {
                found.push(None);
                continue;
            }
            let chars = spell(paragraph, range, &names);
            if chars.len() < LEAST {
                found.push(None);
                continue;
            }
            let Some(rest) = left.checked_sub(chars.len()) else {
                return found;
            };
            left = rest;
            let hash = hash(chars.iter().map(|(c, _)| *c));
            found.push(Some(Sentence {
                paragraph: at,
                chars,
                hash,
            }));
        }
    }
    found
}

/// The names that mean the body of a report.
fn names(reading: &Reading) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(unit) = &reading.report.unit {
        let bare = super::bare(unit);
        let end = tail(&bare).to_owned();
        names.extend([unit.clone(), bare, end]);
    }
    names.retain(|name| name.chars().count() >= 3);
    names
}

/// A sentence without punctuation and titles of documents, years and own names in one spelling.
fn spell(
    paragraph: &Paragraph,
    range: std::ops::Range<usize>,
    names: &[String],
) -> Vec<(char, usize)> {
    let text = paragraph.slice(range.clone());
    let mut out = Vec::with_capacity(text.len() / 3);
    let mut titles = 0_usize;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        match c {
            '《' => titles += 1,
            '》' => titles = titles.saturating_sub(1),
            _ if titles > 0 => {}
            '0'..='9' if year(text, at) => {
                out.push((YEAR, range.start + at));
                skip = at + 4;
            }
            _ if !c.is_alphanumeric() && c != '%' && c != '.' => {}
            _ => {
                let rest = text.get(at..).unwrap_or_default();
                match names.iter().find(|name| rest.starts_with(name.as_str())) {
                    Some(name) => {
                        out.push((NAME, range.start + at));
                        skip = at + name.len();
                    }
                    None => out.push((c, range.start + at)),
                }
            }
        }
    }
    out
}

/// Whether `2018年` stands at a byte.
fn year(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    rest.starts_with("20")
        && rest.get(4..).is_some_and(|after| after.starts_with('年'))
        && rest.bytes().take(4).all(|byte| byte.is_ascii_digit())
        && !text
            .get(..at)
            .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// FNV-1a over the characters; not for keeping secrets.
pub(super) fn hash(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
