//! HTML that stands in a string: of a script, of an attribute, of a hidden text field.
//!
//! Many sites send an empty page and put the article into it by a script. Scripts are not run:
//! their string literals are read.

use super::token::{LONG, Token, resolve, tokens};

/// A string that holds HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Embedded {
    pub html: String,
    /// Line of the file where it begins.
    pub line: u32,
}

/// More strings with Chinese HTML than any page has.
const MOST: usize = 200;

/// Longer patterns are none: the slash is a sign of division.
const LONGEST_PATTERN: usize = 400;

/// All strings of a page that hold HTML with some Chinese in it, in the order of the file.
pub(super) fn find(page: &str) -> Vec<Embedded> {
    let mut found: Vec<Embedded> = Vec::new();
    let mut add = |text: String, line: u32| {
        if text.len() < LONG || found.len() >= MOST {
            return;
        }
        let html = unpack(text);
        let new = || found.iter().all(|before| before.html != html);
        if marked_up(&html) && chinese(&html) >= 20 && new() {
            found.push(Embedded { html, line });
        }
    };
    for (line, token) in tokens(page) {
        match token {
            Token::Raw { name, text } if name == "script" => {
                let (mut at, mut line) = (0, line);
                for (offset, literal) in literals(&text) {
                    let before = text.get(at..offset).unwrap_or("");
                    let breaks = before.bytes().filter(|byte| *byte == b'\n').count();
                    (at, line) = (offset, line.saturating_add(breaks as u32));
                    add(literal, line);
                }
            }
            Token::Raw { name, text } if name == "textarea" => add(text, line),
            Token::Open { attributes, .. } => {
                for value in attributes.long {
                    add(value, line);
                }
            }
            _ => {}
        }
    }
    found
}

/// Number of Chinese characters.
pub(super) fn chinese(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'))
        .count()
}

fn marked_up(text: &str) -> bool {
    tokens(text).any(|(_, token)| matches!(token, Token::Open { .. }))
}

/// Takes off the second wrapping that some sites use: entities, or percent signs.
fn unpack(text: String) -> String {
    if text.contains('<') {
        return text;
    }
    if text.contains("&lt;") {
        return resolve(&text);
    }
    if text.contains("%3C") || text.contains("%3c") {
        return percent(&text);
    }
    text
}

/// Undoes `encodeURIComponent`, and `escape` with its `%uXXXX`.
fn percent(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.extend_from_slice(before.as_bytes());
        let wide = after.strip_prefix('u').and_then(|digits| hex(digits, 4));
        rest = if let Some(unit) = wide {
            let character = char::from_u32(unit).unwrap_or('\u{FFFD}');
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            after.get(5..).unwrap_or("")
        } else if let Some(byte) = hex(after, 2).and_then(|byte| u8::try_from(byte).ok()) {
            out.push(byte);
            after.get(2..).unwrap_or("")
        } else {
            out.push(b'%');
            after
        };
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

/// The number of `length` hexadecimal digits at the beginning.
fn hex(text: &str, length: usize) -> Option<u32> {
    let digits = text.get(..length)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok())?
}

/// The string literals of a script, with where each begins; literals added by `+` are one.
fn literals(script: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let bytes = script.as_bytes();
    let mut at = 0;
    // Whether nothing but a `+` stands since the last literal; the last byte that was code.
    let (mut joined, mut code) = (false, b';');
    let mut open_template = false;
    // Up to here no pattern is sought, for one that would have reached over it did not end.
    let mut divided = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        let rest = script.get(at + 1..).unwrap_or("");
        match byte {
            b'"' | b'\'' | b'`' if !(byte == b'`' && open_template) => {
                let Some((text, length)) = literal(rest, byte) else {
                    // Not a literal after all, as a quote in a comment: go on with the next line.
                    open_template |= byte == b'`';
                    let line = rest.find('\n').unwrap_or(rest.len());
                    at += if byte == b'`' { 1 } else { 1 + line };
                    joined = false;
                    continue;
                };
                match found.last_mut().filter(|_| joined) {
                    Some((_, before)) => before.push_str(&text),
                    None => found.push((at, text)),
                }
                joined = true;
                code = byte;
                at += 1 + length;
                continue;
            }
            b'/' if next == Some(b'/') => at += rest.find('\n').unwrap_or(rest.len()),
            b'/' if next == Some(b'*') => {
                at += rest.find("*/").map_or(rest.len(), |end| end + 1);
            }
            // A pattern stands where a value may begin.
            b'/' if at >= divided && b"(,=:[!&|?{};+".contains(&code) => {
                match pattern(rest) {
                    Some(length) => at += length,
                    None => divided = at + LONGEST_PATTERN,
                }
                code = byte;
                joined = false;
            }
            b'+' => code = byte,
            _ if byte.is_ascii_whitespace() => {}
            _ => {
                code = byte;
                joined = false;
            }
        }
        at += 1;
    }
    found
}

/// Length of a regular expression's inside with its closing slash.
fn pattern(text: &str) -> Option<usize> {
    let (mut escaped, mut class) = (false, false);
    for (at, byte) in text.bytes().take(LONGEST_PATTERN).enumerate() {
        match byte {
            b'\n' => return None,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The literal up to `quote`, its escapes undone, and its length with the quote.
fn literal(text: &str, quote: u8) -> Option<(String, usize)> {
    let end = |c: char| c == '\\' || c == '\n' || c == char::from(quote);
    let mut out = String::new();
    let mut at = 0;
    // First half of a character beyond U+FFFF.
    let mut half = None;
    loop {
        let rest = text.get(at..)?;
        let stop = rest.find(end)?;
        out.push_str(rest.get(..stop)?);
        at += stop + 1;
        let rest = text.get(at..)?;
        match text.as_bytes().get(at - 1)? {
            b'\n' if quote != b'`' => return None,
            b'\n' => out.push('\n'),
            b'\\' => {
                let escaped = rest.chars().next()?;
                at += escaped.len_utf8();
                let after = text.get(at..)?;
                match escaped {
                    'n' | 'r' | 't' | 'f' | 'v' | 'b' => out.push(' '),
                    '\n' | '\r' => {}
                    'x' => {
                        if let Some(code) = hex(after, 2) {
                            out.extend(char::from_u32(code));
                            at += 2;
                        }
                    }
                    'u' => {
                        if let Some(unit) = hex(after, 4) {
                            at += 4;
                            match (half.take(), unit) {
                                (_, 0xD800..=0xDBFF) => half = Some(unit),
                                (Some(high), 0xDC00..=0xDFFF) => {
                                    let code = 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00);
                                    out.extend(char::from_u32(code));
                                }
                                _ => out.extend(char::from_u32(unit)),
                            }
                        }
                    }
                    other => out.push(other),
                }
            }
            _ => return Some((out, at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_scripts() {
        let check = |script: &str, expect: &[&str]| {
            let found: Vec<String> = literals(script).into_iter().map(|(_, text)| text).collect();
            assert_eq!(found, expect, "{script}");
        };
        check(
            r#"var a = "<p>\"一\"<\/p>", b='二';"#,
            &["<p>\"一\"</p>", "二"],
        );
        check(
            "s = '<tr>' +\n '<td>' + \"1\"; s += '2'",
            &["<tr><td>1", "2"],
        );
        check(
            r#"{"a":"\u4e2d\x3cp\x3e","b":"\ud83d\ude00"}"#,
            &["a", "中<p>", "b", "😀"],
        );
        check("x = `<p>\n一</p>`; y = `", &["<p>\n一</p>"]);
        check("// don't\n/* it's */ a = 'b'", &["b"]);
        check("s.replace(/\"/g, 'x'); t = a / b / 'y'", &["x", "y"]);
        check("a = 'cut\nb = 'whole'", &["whole"]);
        check("a = '\\", &[]);
    }

    #[test]
    fn wrappings() {
        let html = "<p>某局</p>";
        let check = |text: &str| assert_eq!(unpack(text.to_owned()), html, "{text}");
        check(html);
        check("&lt;p&gt;某局&lt;/p&gt;");
        check("%3Cp%3E%E6%9F%90%E5%B1%80%3C%2Fp%3E");
        check("%3Cp%3E%u67D0%u5C40%3C/p%3E");
        assert_eq!(unpack("100%3C%".into()), "100<%");
    }

    proptest::proptest! {
        #[test]
        fn any_script_ends(script in "[-<>/!=a'\"`\\\\+u0x(\n中]{0,60}") {
            let _ = literals(&script);
            let _ = find(&format!("<script>{script}"));
            let _ = percent(&script);
        }
    }
}
