//! Masking of personal numbers in free text: one mask for the whole system, so that pieces from
//! different places cannot be put together (shared notes on privacy, §2).

/// Masks identity card numbers (first 6, last 4 shown), mobile numbers (first 3, last 4) and bank
/// card numbers (last 4) of a text. Full-width digits, spaces and hyphens inside a number do not
/// hide it.
pub fn mask(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while let Some(&letter) = letters.get(i) {
        if digit(letter).is_none() {
            out.push(letter);
            i += 1;
            continue;
        }
        let (run, end) = number_at(&letters, i);
        match keep(&run) {
            Some((front, back)) => {
                for (n, c) in run.iter().enumerate() {
                    out.push(if n < front || n + back >= run.len() {
                        *c
                    } else {
                        '*'
                    });
                }
            }
            None => out.extend(letters.get(i..end).unwrap_or_default()),
        }
        i = end;
    }
    out
}

fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(letter) - 0xff10, 10),
        _ => None,
    }
}

/// The digits from here on, single spaces and hyphens between them skipped, with a closing X; and
/// where they end.
fn number_at(letters: &[char], start: usize) -> (Vec<char>, usize) {
    let mut run = Vec::new();
    let mut end = start;
    let mut i = start;
    while let Some(&letter) = letters.get(i) {
        if let Some(plain) = digit(letter) {
            run.push(plain);
            i += 1;
            end = i;
        } else if matches!(letter, 'x' | 'X') && run.len() == 17 {
            run.push('X');
            return (run, i + 1);
        } else if matches!(letter, ' ' | '-')
            && letters.get(i + 1).copied().and_then(digit).is_some()
        {
            i += 1;
        } else {
            break;
        }
    }
    (run, end)
}

/// How many digits stay at the front and the back, if this is a number of a person.
fn keep(run: &[char]) -> Option<(usize, usize)> {
    let digits: Vec<u32> = run.iter().map(|c| c.to_digit(10).unwrap_or(10)).collect();
    if run.len() == 18 && identity_card(&digits) {
        return Some((6, 4));
    }
    if run.len() == 11
        && digits.first() == Some(&1)
        && digits.get(1).is_some_and(|d| (3..=9).contains(d))
    {
        return Some((3, 4));
    }
    if (16..=19).contains(&run.len()) && luhn(&digits) {
        return Some((0, 4));
    }
    None
}

/// GB 11643-1999: weighted sum modulo 11 gives the check character.
fn identity_card(digits: &[u32]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: [u32; 11] = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    digits.iter().take(17).all(|digit| *digit < 10)
        && digits
            .get(17)
            .is_some_and(|last| CHECK.get((sum % 11) as usize) == Some(last))
}

/// ISO/IEC 7812-1: every second digit from the right doubled.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    digits.iter().all(|digit| *digit < 10) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: &str) {
        assert_eq!(mask(input), expect);
    }

    #[test]
    fn numbers_of_persons_are_masked_and_others_stay() {
        check("身份证11010519491231002X。", "身份证110105********002X。");
        check("１１０１０５１９４９１２３１００２X", "110105********002X");
        check("110105 19491231 002X", "110105********002X");
        check("110105194912310021", "110105194912310021");
        check("电话 138-0013-8000 转 2", "电话 138****8000 转 2");
        check("卡号4111111111111111", "卡号************1111");
        check(
            "盐政发〔2018〕12号，共16084条",
            "盐政发〔2018〕12号，共16084条",
        );
        check("2018-04-02", "2018-04-02");
    }
}
