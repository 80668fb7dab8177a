//! HTML as a stream of texts and tags, in one pass.
//!
//! Not a parser of the standard on purpose: building the standard's tree costs time quadratic in
//! the depth of nesting and in the number of attributes (40,000 open elements: 4 s), and reports
//! need no tree. Here each byte is looked at a bounded number of times, and every token knows the
//! line where it begins.

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text as it stands, entities not decoded.
    Text(&'a str),
    /// `<name attributes>`.
    Open {
        /// As written.
        name: &'a str,
        /// All between the name and the `>`.
        attributes: &'a str,
    },
    /// `</name>`.
    Close(&'a str),
    /// The inside of a script, a style or the like, as it stands; it follows its `Open`, and its
    /// `Close` is swallowed.
    Raw {
        /// Name of the element as written.
        name: &'a str,
        /// What stands in it.
        text: &'a str,
    },
}

/// Cuts HTML into tokens.
pub(super) struct Scanner<'a> {
    rest: &'a str,
    /// Line where the next token begins, from 1.
    line: u32,
    raw: Option<&'a str>,
}

/// Elements whose inside is no HTML.
const RAW: [&str; 8] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

impl<'a> Scanner<'a> {
    pub(super) fn new(html: &'a str) -> Scanner<'a> {
        Scanner {
            rest: html,
            line: 1,
            raw: None,
        }
    }

    /// Takes `length` bytes off.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        let breaks = taken.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(breaks as u32);
        self.rest = rest;
        taken
    }

    /// Length up to and with the first `end`, or all.
    fn through(&self, end: &str) -> usize {
        self.rest
            .find(end)
            .map_or(self.rest.len(), |at| at + end.len())
    }

    /// The inside of a raw element whose start tag was just read.
    fn inside(&mut self, name: &'a str) -> Token<'a> {
        let bytes = self.rest.as_bytes();
        let closes = |at: &usize| {
            let after = bytes.get(at + 2..at + 2 + name.len());
            after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
        };
        let mut ends = self.rest.match_indices("</").map(|(at, _)| at);
        let end = ends.find(closes).unwrap_or(self.rest.len());
        let text = self.take(end);
        self.take(self.through(">"));
        Token::Raw { name, text }
    }
}

impl<'a> Iterator for Scanner<'a> {
    /// A token and the line where it begins.
    type Item = (u32, Token<'a>);

    fn next(&mut self) -> Option<(u32, Token<'a>)> {
        loop {
            let line = self.line;
            if let Some(name) = self.raw.take() {
                return Some((line, self.inside(name)));
            }
            let mut bytes = self.rest.bytes();
            match (bytes.next()?, bytes.next(), bytes.next()) {
                (b'<', Some(b'a'..=b'z' | b'A'..=b'Z'), _) => {
                    let tag = self.take(tag_length(self.rest));
                    let tag = tag.get(1..).unwrap_or("");
                    let tag = tag.strip_suffix('>').unwrap_or(tag);
                    let end = |c: char| c.is_ascii_whitespace() || c == '/';
                    let (name, attributes) = tag.split_once(end).unwrap_or((tag, ""));
                    let raw = RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name));
                    self.raw = raw.then_some(name);
                    return Some((line, Token::Open { name, attributes }));
                }
                (b'<', Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => {
                    let tag = self.take(self.through(">"));
                    let tag = tag.get(2..).unwrap_or("");
                    let end = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
                    return Some((line, Token::Close(tag.split(end).next().unwrap_or(""))));
                }
                (b'<', Some(b'!'), _) if self.rest.starts_with("<!--") => {
                    // `<!-->` is a whole comment too, so the search begins at its dashes.
                    self.take(2);
                    self.take(self.through("-->"));
                }
                (b'<', Some(b'!' | b'?' | b'/'), _) => {
                    self.take(self.through(">"));
                }
                _ => {
                    let markup = |(at, _): &(usize, &str)| {
                        let next = self.rest.as_bytes().get(at + 1);
                        *at > 0
                            && matches!(next, Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?'))
                    };
                    let mut starts = self.rest.match_indices('<');
                    let end = starts.find(markup).map_or(self.rest.len(), |(at, _)| at);
                    return Some((line, Token::Text(self.take(end))));
                }
            }
        }
    }
}

/// Length of the start tag at the beginning, with its `>`, which may stand within quotes.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in html.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return at + 1,
            None if after_equals && matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                after_equals = false;
            }
            None => after_equals = byte == b'=' || after_equals && byte.is_ascii_whitespace(),
        }
    }
    html.len()
}

/// The attributes of a start tag, names and values as they stand.
pub(super) fn attributes(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // A stray `=` begins a name, as in browsers; it also keeps this moving.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = |c: char| c.is_ascii_whitespace() || c == '/' || c == '=';
        let length = rest.get(first..).and_then(|rest| rest.find(end));
        let (name, after) = rest
            .split_at_checked(length.map_or(rest.len(), |length| first + length))
            .unwrap_or((rest, ""));
        let trimmed = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = trimmed.strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quoted = ['"', '\'']
            .into_iter()
            .find_map(|quote| Some((quote, value.strip_prefix(quote)?)));
        let (value, after) = match quoted {
            Some((quote, inside)) => inside.split_once(quote).unwrap_or((inside, "")),
            None => {
                let end = value.find(|c: char| c.is_ascii_whitespace());
                value
                    .split_at_checked(end.unwrap_or(value.len()))
                    .unwrap_or((value, ""))
            }
        };
        rest = after;
        Some((name, value))
    })
}

/// The value of an attribute; an empty one if it stands without a value.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    attributes(tag)
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens written as `line:` and `text`, `<name|attributes>`, `</name>` or `{name|text}`.
    fn check(html: &str, expect: &[&str]) {
        let found: Vec<String> = Scanner::new(html)
            .map(|(line, token)| match token {
                Token::Text(text) => format!("{line}:{text}"),
                Token::Open { name, attributes } => format!("{line}:<{name}|{attributes}>"),
                Token::Close(name) => format!("{line}:</{name}>"),
                Token::Raw { name, text } => format!("{line}:{{{name}|{text}}}"),
            })
            .collect();
        assert_eq!(found, expect, "{html}");
    }

    #[test]
    fn tokens() {
        check("a<b>c</b>", &["1:a", "1:<b|>", "1:c", "1:</b>"]);
        check("<TD colspan=2\n>x", &["1:<TD|colspan=2\n>", "2:x"]);
        check(
            "<a title='1>2' x=\">\">y",
            &["1:<a|title='1>2' x=\">\">", "1:y"],
        );
        check("<a it's>y", &["1:<a|it's>", "1:y"]);
        check("<br/>1 < 2 <3</p >", &["1:<br|>", "1:1 < 2 <3", "1:</p>"]);
        check("<!-- <b> -->x<!-->y<!DOCTYPE html><?xml?>", &["1:x", "1:y"]);
        check("<![if !x]>1<![endif]></>", &["1:1"]);
        check(
            "<script>\nif (a<b) '</p>'\n</SCRIPT >x",
            &["1:<script|>", "1:{script|\nif (a<b) '</p>'\n}", "3:x"],
        );
        check("<title>a", &["1:<title|>", "1:{title|a}"]);
        check("<a x='", &["1:<a|x='>"]);
        check("x<!-- y", &["1:x"]);
        check("<", &["1:<"]);
    }

    #[test]
    fn values_of_attributes() {
        let check = |tag: &str, expect: &[(&str, &str)]| {
            assert_eq!(attributes(tag).collect::<Vec<_>>(), expect, "{tag}");
        };
        check("", &[]);
        check(
            " a=1 b = '2 3' c=\"\" d",
            &[("a", "1"), ("b", "2 3"), ("c", ""), ("d", "")],
        );
        check("= a", &[("=", ""), ("a", "")]);
        check("a='x", &[("a", "x")]);
        check("colspan=2/", &[("colspan", "2/")]);
        assert_eq!(attribute("RowSpan=3", "rowspan"), Some("3"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_ends(html in "[-<>/!=a'\" \n中]{0,60}") {
            for (_, token) in Scanner::new(&html) {
                if let Token::Open { attributes: tag, .. } = token {
                    let _ = attributes(tag).count();
                }
            }
        }
    }
}
