//! Numbers in the forms of automatic numbering (ISO/IEC 29500-1, 17.18.59 `ST_NumberFormat`).

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const FORMAL_TRADITIONAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] = [
    '子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥',
];

/// Writes a number in a form; None where the form shows no number, as a bullet does. A number out
/// of the reach of its form is written in digits, as word processors do.
pub(super) fn write(number: u32, form: &str) -> Option<String> {
    let written = match form {
        "bullet" | "none" => return None,
        "chineseCounting" | "taiwaneseCounting" if number < 100 => counting(number, DIGITS),
        "chineseCounting"
        | "taiwaneseCounting"
        | "ideographDigital"
        | "taiwaneseDigital"
        | "koreanDigital"
        | "japaneseDigitalTenThousand" => digits(number, '〇'),
        "chineseCountingThousand" | "taiwaneseCountingThousand" | "japaneseCounting" => {
            counting(number, DIGITS)
        }
        "chineseLegalSimplified" => counting(number, FORMAL),
        "ideographLegalTraditional" | "japaneseLegal" => counting(number, FORMAL_TRADITIONAL),
        "ideographTraditional" => nth(number, &STEMS),
        "ideographZodiac" => nth(number, &BRANCHES),
        "decimalFullWidth" | "decimalFullWidth2" => Some(full_width(number)),
        "decimalZero" => Some(format!("{number:02}")),
        "numberInDash" => Some(format!("- {number} -")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => row(number, '①', 20),
        "decimalEnclosedParen" => row(number, '⑴', 20),
        "decimalEnclosedFullstop" => row(number, '⒈', 20),
        "ideographEnclosedCircle" => row(number, '㊀', 10),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|roman| roman.to_lowercase()),
        _ => None,
    };
    Some(written.unwrap_or_else(|| number.to_string()))
}

/// 十二, 一百零五.
fn counting(number: u32, names: [char; 10]) -> Option<String> {
    const PLACES: [(u32, &str, &str); 4] = [
        (1000, "千", "仟"),
        (100, "百", "佰"),
        (10, "十", "拾"),
        (1, "", ""),
    ];
    if !(1..=9999).contains(&number) {
        return None;
    }
    let formal = names != DIGITS;
    let mut out = String::new();
    let mut gap = false;
    for (place, plain, solemn) in PLACES {
        let digit = number / place % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // 十二, not 一十二, where it begins with the ten.
        if formal || place != 10 || digit != 1 || !out.is_empty() {
            out.extend(names.get(digit as usize));
        }
        out.push_str(if formal { solemn } else { plain });
    }
    Some(out)
}

/// 一〇五: digit by digit.
fn digits(number: u32, zero: char) -> Option<String> {
    let digit = |character: char| match character.to_digit(10)? {
        0 => Some(zero),
        digit => DIGITS.get(digit as usize).copied(),
    };
    number.to_string().chars().map(digit).collect()
}

fn full_width(number: u32) -> String {
    let digit = |character| char::from_u32('０' as u32 + u32::from(character) - u32::from('0'));
    number.to_string().chars().filter_map(digit).collect()
}

fn nth(number: u32, names: &[char]) -> Option<String> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    names.get(index).map(char::to_string)
}

/// Signs that follow each other in Unicode from the one for 1.
fn row(number: u32, first: char, last: u32) -> Option<String> {
    if !(1..=last).contains(&number) {
        return None;
    }
    char::from_u32(u32::from(first) + number - 1).map(String::from)
}

/// a, b … z, aa, bb.
fn letters(number: u32, first: char) -> Option<String> {
    let index = number.checked_sub(1).filter(|index| *index < 26 * 10)?;
    let letter = char::from_u32(u32::from(first) + index % 26)?;
    Some(std::iter::repeat_n(letter, index as usize / 26 + 1).collect())
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return None;
    }
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let check = |form: &str, cases: &[(u32, &str)]| {
            for (number, expect) in cases {
                assert_eq!(write(*number, form).as_deref(), Some(*expect), "{form}");
            }
        };
        check(
            "chineseCounting",
            &[
                (1, "一"),
                (10, "十"),
                (12, "十二"),
                (20, "二十"),
                (99, "九十九"),
                (105, "一〇五"),
            ],
        );
        check(
            "chineseCountingThousand",
            &[
                (6, "六"),
                (110, "一百一十"),
                (105, "一百零五"),
                (1020, "一千零二十"),
                (0, "0"),
            ],
        );
        check("japaneseCounting", &[(3, "三"), (11, "十一")]);
        check("chineseLegalSimplified", &[(1, "壹"), (12, "壹拾贰")]);
        check("ideographDigital", &[(1, "一"), (10, "一〇")]);
        check("ideographTraditional", &[(2, "乙"), (11, "11")]);
        check("ideographZodiac", &[(12, "亥")]);
        check("decimal", &[(1, "1"), (u32::MAX, "4294967295")]);
        check("decimalZero", &[(1, "01")]);
        check("decimalFullWidth", &[(10, "１０")]);
        check(
            "decimalEnclosedCircleChinese",
            &[(1, "①"), (20, "⑳"), (21, "21")],
        );
        check("decimalEnclosedParen", &[(2, "⑵")]);
        check("ideographEnclosedCircle", &[(10, "㊉")]);
        check(
            "lowerLetter",
            &[(1, "a"), (27, "aa"), (u32::MAX, "4294967295")],
        );
        check("upperRoman", &[(4, "IV"), (1994, "MCMXCIV")]);
        check("lowerRoman", &[(9, "ix")]);
        assert_eq!(write(1, "bullet"), None);
    }
}
