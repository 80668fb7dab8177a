//! One spelling for every character that reports spell in several ways.
//!
//! Rules look at normalised text only: half-width digits, full-width punctuation, no thousands
//! separators, no spaces but between two words of Latin letters. Every byte of it knows the byte of
//! the source that it came from, so that a finding can quote the source verbatim.

use super::traditional;

/// Normalised text with the way back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Normal {
    pub(crate) text: String,
    /// For each byte of the text and for its end, the byte of the source.
    pub(crate) origin: Vec<u32>,
}

/// Normalises a stretch of source text; a newline in it is the seam of two lines.
pub(crate) fn normalise(source: &str) -> Normal {
    let mut out = Normal {
        text: String::with_capacity(source.len()),
        origin: Vec::with_capacity(source.len() + 1),
    };
    let mut before = Before::default();
    // Whether white space without a newline stands between the last character and the next.
    let mut spaced = false;
    // Whether nothing but marks of Markdown stood on the line.
    let mut line_start = true;
    // The last character of the source, and the byte up to which it is read.
    let mut last_raw = None;
    let mut done = 0;
    // Where the bracket closes that a figure stands in.
    let mut close = None;
    for (at, raw) in source.char_indices() {
        if at < done {
            continue;
        }
        if traditional::is_plain(raw) {
            line_start = false;
            spaced = false;
            last_raw = Some(raw);
            out.push(raw, at);
            before.follow_word(raw);
            continue;
        }
        if raw == '\n' || raw == '\r' {
            // A word or number cut by the end of a line goes on in the next.
            spaced = false;
            line_start = true;
            continue;
        }
        if is_space(raw) {
            // The margin of a line parts no words.
            spaced = !line_start;
            continue;
        }
        if line_start && raw == '#' {
            continue;
        }
        line_start = false;
        let following = source.get(at + raw.len_utf8()..).unwrap_or_default();
        if raw == '(' || raw == '（' {
            let text = source.get(at..).unwrap_or_default();
            if let Some(length) = traditional::reading(last_raw, text) {
                done = at + length;
                continue;
            }
            if let Some(length) = bracketed_figure(before.last, following) {
                close = Some(at + raw.len_utf8() + length);
                continue;
            }
        }
        if close == Some(at) {
            continue;
        }
        last_raw = Some(raw);
        if let Some([first, second]) = traditional::word(raw, following) {
            out.push(first, at);
            out.push(second, at + raw.len_utf8());
            before.follow(first);
            before.follow(second);
            done = at + raw.len_utf8() + following.chars().next().map_or(0, char::len_utf8);
            spaced = false;
            continue;
        }
        let Some(character) = one(raw, &before, following) else {
            before.groups |= before.digits > 0;
            continue;
        };
        if spaced && before.last.is_some_and(is_latin) && is_latin(character) {
            out.push(' ', at);
            before.follow(' ');
        }
        spaced = false;
        out.push(character, at);
        before.follow(character);
    }
    out.origin.push(source.len() as u32);
    out
}

/// What stands before a character, in the spelling of the output.
#[derive(Debug, Default)]
struct Before {
    last: Option<char>,
    /// The digits that stand right before it.
    digits: usize,
    /// What stood before those digits.
    ahead: Option<char>,
    /// Whether a thousands separator stood within them.
    groups: bool,
}

impl Before {
    fn follow(&mut self, character: char) {
        if character.is_ascii_digit() {
            if self.digits == 0 {
                self.ahead = self.last;
            }
            self.digits += 1;
            self.last = Some(character);
        } else {
            self.follow_word(character);
        }
    }

    /// As `follow` for a character that is no digit.
    fn follow_word(&mut self, character: char) {
        self.digits = 0;
        self.groups = false;
        self.last = Some(character);
    }

    /// Whether the digits number an item: `1.` at the beginning of a sentence or paragraph.
    fn is_item(&self) -> bool {
        (1..=2).contains(&self.digits)
            && self.ahead.is_none_or(|ahead| "。；：！？".contains(ahead))
    }
}

impl Normal {
    fn push(&mut self, character: char, at: usize) {
        self.text.push(character);
        let at = at as u32;
        match character.len_utf8() {
            1 => self.origin.push(at),
            3 => self.origin.extend_from_slice(&[at; 3]),
            length => self.origin.extend(std::iter::repeat_n(at, length)),
        }
    }
}

/// The spelling that rules expect; `None` for a mark that carries nothing.
fn one(raw: char, before: &Before, following: &str) -> Option<char> {
    let digit_before = before.digits > 0;
    let digit_follows = || following.starts_with(|c: char| value_of(c).is_some());
    let numeral = |c: char| "一二三四五六七八九〇零".contains(c);
    Some(match raw {
        '０' | '0' | 'O' | 'o' | 'Ｏ' | '○' | '〇' | '◯'
            if before.last.is_some_and(numeral)
                && following.starts_with(|c: char| numeral(c) || "年○0O０Ｏ".contains(c)) =>
        {
            '〇'
        }
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half(raw),
        '%' | '％' | '﹪' if before.last == Some('%') => return None,
        '％' | '﹪' => '%',
        ',' | '，' | '﹐' | '\'' | '’' if digit_before && thousands(raw, before, following) => {
            return None;
        }
        ',' | '﹐' => '，',
        // 1.2018年…: the number of an item, then a year.
        '.' | '．' if before.is_item() && year_follows(following) => '、',
        '.' | '．' | '·' if digit_before && digit_follows() => '.',
        '.' | '．' if before.last.is_some_and(|last| !last.is_ascii()) => '。',
        '．' => '.',
        ':' | '∶' | '﹕' if digit_before && digit_follows() => ':',
        ':' | '∶' | '﹕' => '：',
        ';' | '﹔' => '；',
        '?' => '？',
        '!' => '！',
        '(' | '﹙' => '（',
        ')' | '﹚' => '）',
        '[' | '［' | '【' => '〔',
        ']' | '］' | '】' => '〕',
        '<' | '〈' if following.starts_with(|c: char| !c.is_ascii()) => '〈',
        '－' | '–' | '−' | '﹣' | '‐' | '‑' => '-',
        '―' | '─' => '—',
        '～' | '〜' | '∼' => '~',
        '＋' => '+',
        '／' => '/',
        '＝' => '=',
        // Emphasis of Markdown, byte order marks and soft hyphens.
        '*' | '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{ad}' => {
            return None;
        }
        other => traditional::simple(other),
    })
}

/// The digits of a figure in brackets before its unit, `信息(1386)条，`: how many bytes stand between
/// the brackets. `(1)条例` and `第(5)项` are none.
fn bracketed_figure(last: Option<char>, following: &str) -> Option<usize> {
    last.filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c) && !"第款条项項".contains(*c))?;
    let digits = following
        .bytes()
        .take(9)
        .take_while(u8::is_ascii_digit)
        .count();
    let mut behind = following.get(digits..)?.chars();
    let closed = digits > 0 && matches!(behind.next(), Some(')' | '）'));
    let unit = "条件项个份篇次宗起期條項個".contains(behind.next()?);
    // 共（29）件全部办结: 共 names no clause.
    let ends = last == Some('共')
        || behind
            .next()
            .is_none_or(|c| "，,。；;、：:（( \n其全均".contains(c));
    (closed && unit && ends).then_some(digits)
}

/// Full width to half width.
fn half(raw: char) -> char {
    char::from_u32(u32::from(raw) - 0xFEE0).unwrap_or(raw)
}

/// The digit of a half- or full-width character.
fn value_of(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| {
        ('０'..='９')
            .contains(&c)
            .then(|| u32::from(c) - u32::from('０'))
    })
}

/// Whether a comma after digits sets thousands apart: at most three digits before it, just three
/// behind it. Full width commas part the items of a list rather than thousands, so that they must
/// stand alone and behind one or two digits.
fn thousands(mark: char, before: &Before, following: &str) -> bool {
    let group = |text: &str| {
        text.chars()
            .take(4)
            .take_while(|c| value_of(*c).is_some())
            .count()
    };
    if group(following) != 3 || (before.digits > 3 && !before.groups) {
        return false;
    }
    if before.ahead == Some('.') {
        return false;
    }
    let full_digits = following.starts_with(|c: char| !c.is_ascii());
    if mark == ',' || full_digits {
        return true;
    }
    let rest: String = following.chars().skip(3).take(2).collect();
    let another =
        rest.starts_with(['，', ',']) && rest.chars().nth(1).is_some_and(|c| value_of(c).is_some());
    before.digits <= 2 && !another && before.ahead != Some('，')
}

/// Whether a year follows: 2018年.
fn year_follows(following: &str) -> bool {
    let text = following.trim_start();
    let digits = text.chars().take_while(|c| value_of(*c).is_some()).count();
    digits == 4
        && text.starts_with(['1', '2', '１', '２'])
        && text.chars().nth(4).is_some_and(|c| c == '年' || c == ' ')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}' || c == '\u{3000}'
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_spelling() {
        let check = |source: &str, expect: &str| assert_eq!(normalise(source).text, expect);
        check("公开 １，２３４ 条,其中:", "公开1234条，其中：");
        check("占 86.9 ％(约)", "占86.9%（约）");
        check("12,34,5", "12，34，5");
        check("1,234,567元", "1234567元");
        check("电话:0953-601 9533", "电话：0953-601 9533");
        check("QQ 群 LED screen", "QQ群LED screen");
        check("公开47\n期", "公开47期");
        check("协办 1 \n   1 件", "协办11件");
        check("事项.", "事项。");
        check("9:30", "9:30");
        check("**(一)强化**", "（一）强化");
        check("[2018]61号", "〔2018〕61号");
        check("分别为120，134，112件", "分别为120，134，112件");
        check("公开12，345条，2018,123件", "公开12345条，2018，123件");
        check(
            "1. 2018年公开3.5万条；2.2019年",
            "1、2018年公开3.5万条；2、2019年",
        );
        check("二O一八年，二○二〇年，10条", "二〇一八年，二〇二〇年，10条");
        check("## 一、概述\n# 二", "一、概述二");
        check(
            "發布(bù)信息資訊3.5萬條,佔98%%",
            "发布信息信息3.5万条，占98%",
        );
        check("報送檔案館,印發檔案2份", "报送档案馆，印发文件2份");
        check(
            "公开信息(86)条,其中(1)条例(2)条款",
            "公开信息86条，其中（1）条例（2）条款",
        );
        check(
            "依据第(5)项、第二款(3)项,答复（3）件",
            "依据第（5）项、第二款（3）项，答复3件",
        );
    }

    proptest! {
        #[test]
        fn every_byte_has_an_origin(source in ".*") {
            let normal = normalise(&source);
            prop_assert_eq!(normal.origin.len(), normal.text.len() + 1);
            prop_assert!(normal.origin.is_sorted());
            prop_assert!(normal.origin.iter().all(|at| source.is_char_boundary(*at as usize)));
        }
    }
}
