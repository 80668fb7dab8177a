//! HTML as a stream of texts and tags.
//!
//! Tokens of the standard, but not its tree: to build that costs time quadratic in the depth of
//! nesting (40,000 open elements: 4 s), and reports need none. A token knows the line where it
//! begins, and of attributes only those are kept that the readers ask for.

use std::collections::VecDeque;

use html5gum::{Emitter, Error, State, StringReader, Tokenizer};

/// A piece of HTML, references to characters resolved, names in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text between tags.
    Text(String),
    /// `<name attributes>`.
    Open {
        /// Name of the element.
        name: String,
        /// What it says of itself.
        attributes: Attributes,
    },
    /// `</name>`.
    Close(String),
    /// The inside of a script, a style or the like; it follows its `Open`.
    Raw {
        /// Name of the element.
        name: String,
        /// What stands in it.
        text: String,
    },
}

/// The attributes of a start tag that matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    pub rowspan: Option<String>,
    pub colspan: Option<String>,
    pub name: Option<String>,
    pub content: Option<String>,
    /// Values of at least [`LONG`] bytes, whatever their names.
    pub long: Vec<String>,
    /// Whether the tag ends in `/>`.
    pub closed: bool,
}

/// Values of fewer bytes hold no report.
pub(super) const LONG: usize = 60;

/// All tokens of a page, each with the line where it begins.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = (u32, Token)> {
    tokenizer(html).flatten()
}

/// Resolves references to characters in what is no HTML.
pub(super) fn resolve(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut tokenizer = tokenizer(text);
    tokenizer.set_state(State::RcData);
    let texts = tokenizer.flatten().filter_map(|(_, token)| match token {
        Token::Text(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

fn tokenizer(html: &str) -> Tokenizer<StringReader<'_>, Collector<'_>> {
    Tokenizer::new_with_emitter(html, Collector::new(html))
}

/// How the inside of an element is read that holds no elements.
fn inside(name: &[u8]) -> Option<State> {
    match name {
        b"script" => Some(State::ScriptData),
        b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => Some(State::RawText),
        b"title" | b"textarea" => Some(State::RcData),
        b"plaintext" => Some(State::PlainText),
        _ => None,
    }
}

/// Puts together what the tokenizer reports.
struct Collector<'a> {
    source: &'a [u8],
    /// Bytes of the source that were read.
    position: usize,
    /// Bytes whose line ends were counted, and the line that this gives, from 1.
    counted: usize,
    line: u32,
    ready: VecDeque<(u32, Token)>,
    text: Vec<u8>,
    text_start: usize,
    /// The element whose inside the text is.
    raw: Option<Vec<u8>>,
    last_start: Vec<u8>,
    tag: Vec<u8>,
    tag_start: usize,
    is_end: bool,
    attributes: Attributes,
    name: Vec<u8>,
    value: Vec<u8>,
}

impl<'a> Collector<'a> {
    fn new(html: &'a str) -> Collector<'a> {
        Collector {
            source: html.as_bytes(),
            position: 0,
            counted: 0,
            line: 1,
            ready: VecDeque::new(),
            text: Vec::new(),
            text_start: 0,
            raw: None,
            last_start: Vec::new(),
            tag: Vec::new(),
            tag_start: 0,
            is_end: false,
            attributes: Attributes::default(),
            name: Vec::new(),
            value: Vec::new(),
        }
    }

    /// Adds a token that begins at `start`, after all tokens before it.
    fn push(&mut self, start: usize, token: Token) {
        let passed = self.source.get(self.counted..start).unwrap_or(&[]);
        let next = passed.iter().skip(1).chain(self.source.get(start));
        let ends = passed.iter().zip(next.map(Some).chain([None]));
        let ends =
            ends.filter(|(byte, next)| **byte == b'\n' || **byte == b'\r' && *next != Some(&b'\n'));
        self.line = self.line.saturating_add(ends.count() as u32);
        self.counted = self.counted.max(start);
        self.ready.push_back((self.line, token));
    }

    fn end_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = string(std::mem::take(&mut self.text));
        let token = match self.raw.take() {
            Some(name) => Token::Raw {
                name: string(name),
                text,
            },
            None => Token::Text(text),
        };
        self.push(self.text_start, token);
    }

    /// Keeps the attribute just read, if it matters; the first of a name counts.
    fn end_attribute(&mut self) {
        let slot = match self.name.as_slice() {
            b"rowspan" => Some(&mut self.attributes.rowspan),
            b"colspan" => Some(&mut self.attributes.colspan),
            b"name" => Some(&mut self.attributes.name),
            b"content" => Some(&mut self.attributes.content),
            _ => None,
        };
        let text = || String::from_utf8_lossy(&self.value).into_owned();
        if let Some(slot) = slot {
            slot.get_or_insert_with(text);
        }
        if self.value.len() >= LONG {
            self.attributes.long.push(text());
        }
        self.name.clear();
        self.value.clear();
    }
}

/// The source is valid, and so are its pieces once they are put together.
fn string(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned())
}

impl Emitter for Collector<'_> {
    type Token = (u32, Token);

    fn pop_token(&mut self) -> Option<(u32, Token)> {
        self.ready.pop_front()
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn emit_string(&mut self, text: &[u8]) {
        if self.text.is_empty() {
            self.text_start = self.position.saturating_sub(text.len());
        }
        self.text.extend_from_slice(text);
    }

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.tag.clear();
        self.is_end = false;
        self.attributes = Attributes::default();
    }

    fn init_end_tag(&mut self) {
        self.tag.clear();
        self.is_end = true;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.extend_from_slice(name);
    }

    fn set_self_closing(&mut self) {
        self.attributes.closed = true;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.value.extend_from_slice(value);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        self.end_attribute();
        let attributes = std::mem::take(&mut self.attributes);
        let name = String::from_utf8_lossy(&self.tag).into_owned();
        if self.is_end {
            self.raw = None;
            self.push(self.tag_start, Token::Close(name));
            return None;
        }
        self.push(self.tag_start, Token::Open { name, attributes });
        std::mem::swap(&mut self.last_start, &mut self.tag);
        let state = inside(&self.last_start)?;
        if !matches!(state, State::PlainText) {
            self.raw = Some(self.last_start.clone());
        }
        Some(state)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && self.tag == self.last_start
    }

    // A comment ends a text, whose line ends are counted from where it begins.
    fn init_comment(&mut self) {
        self.end_text();
    }

    fn init_doctype(&mut self) {
        self.end_text();
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    // What follows is not asked for.
    fn emit_error(&mut self, _: Error) {}
    fn emit_current_comment(&mut self) {}
    fn emit_current_doctype(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens written as `line:` and `text`, `<name>`, `</name>` or `{name|text}`.
    fn check(html: &str, expect: &[&str]) {
        let found: Vec<String> = tokens(html)
            .map(|(line, token)| match token {
                Token::Text(text) => format!("{line}:{text}"),
                Token::Open { name, .. } => format!("{line}:<{name}>"),
                Token::Close(name) => format!("{line}:</{name}>"),
                Token::Raw { name, text } => format!("{line}:{{{name}|{text}}}"),
            })
            .collect();
        assert_eq!(found, expect, "{html}");
    }

    #[test]
    fn texts_and_tags() {
        check("a<b>c</b>", &["1:a", "1:<b>", "1:c", "1:</b>"]);
        check("<TD colspan=2\n>x", &["1:<td>", "2:x"]);
        check("<a title='1>2' x=\">\">y", &["1:<a>", "1:y"]);
        check("<br/>1 < 2 <3</p >", &["1:<br>", "1:1 < 2 <3", "1:</p>"]);
        check("1<中</中>2", &["1:1<中", "1:2"]);
        check("<!-- <b> -->x<!-->y<!DOCTYPE html><?xml?>", &["1:x", "1:y"]);
        check("<![if !x]>1<![endif]></>", &["1:1"]);
        check(
            "&ldquo;&#20013;&#x56fd;&#12290&nbsp1&",
            &["1:“中国。\u{A0}1&"],
        );
        check("x<!-- y", &["1:x"]);
        check("<", &["1:<"]);
        check("", &[]);
    }

    #[test]
    fn insides() {
        check(
            "<script>\nif (a<b) '</p>&lt;'\n</SCRIPT >x",
            &[
                "1:<script>",
                "1:{script|\nif (a<b) '</p>&lt;'\n}",
                "3:</script>",
                "3:x",
            ],
        );
        check(
            "<title>a &amp; <b></title>",
            &["1:<title>", "1:{title|a & <b>}", "1:</title>"],
        );
        check("<title></title>x", &["1:<title>", "1:</title>", "1:x"]);
        check("<style>a", &["1:<style>", "1:{style|a}"]);
    }

    #[test]
    fn lines() {
        check("一\n二<p>\n\n三", &["1:一\n二", "2:<p>", "2:\n\n三"]);
        check(
            "a\r\n<p>\r\r<i>\n\r\n<b>",
            &["1:a\n", "2:<p>", "2:\n\n", "4:<i>", "4:\n\n", "6:<b>"],
        );
        check("<!--\n\n-->x<p\n\na='\n'>y", &["3:x", "3:<p>", "6:y"]);
        check("&lt;\n&nbsp;<p>", &["1:<\n\u{A0}", "2:<p>"]);
    }

    #[test]
    fn attributes_that_matter() {
        let check = |tag: &str, expect: Attributes| {
            let first = tokens(tag).next();
            let Some((_, Token::Open { attributes, .. })) = first else {
                panic!("{tag}");
            };
            assert_eq!(attributes, expect, "{tag}");
        };
        let some = |text: &str| Some(text.to_owned());
        check("<td it's>", Attributes::default());
        check(
            "<td RowSpan=2 colspan = '3' rowspan=4>",
            Attributes {
                rowspan: some("2"),
                colspan: some("3"),
                ..Attributes::default()
            },
        );
        check(
            "<meta name=\"a\" content='&lt;b&copy=1'/>",
            Attributes {
                name: some("a"),
                content: some("<b&copy=1"),
                closed: true,
                ..Attributes::default()
            },
        );
        let long = "字".repeat(20);
        check(
            &format!("<input a=x value='{long}'>"),
            Attributes {
                long: vec![long.clone()],
                ..Attributes::default()
            },
        );
        // Nothing is left over from an end tag.
        let after = tokens("</p colspan=2 x/><td>").nth(1);
        let expect = Token::Open {
            name: "td".to_owned(),
            attributes: Attributes::default(),
        };
        assert_eq!(after, Some((1, expect)));
    }

    #[test]
    fn references_outside_html() {
        let check = |text: &str, expect: &str| assert_eq!(resolve(text), expect, "{text}");
        check("12", "12");
        check("&lt;td&gt; &amp;amp; &quot;", "<td> &amp; \"");
        check("<p>&mdash;</p></title>", "<p>—</p></title>");
        check("&unknown;&#99999999999;&", "&unknown;\u{FFFD}&");
    }

    proptest::proptest! {
        /// A tag knows its line, whatever stands before it.
        #[test]
        fn tags_know_their_lines(before in "[-<>/!=a'\" \r\n&;中]{0,60}") {
            // Whatever is open ends here.
            let html = format!("{before}\n-->'>\">\n<i>x");
            let mut found = tokens(&html).filter(|(_, token)| {
                matches!(token, Token::Open { name, .. } if name == "i")
            });
            let lines = html.replace("\r\n", "\n").replace('\r', "\n");
            let lines = lines.matches('\n').count() as u32 + 1;
            if let Some((line, _)) = found.next() {
                proptest::prop_assert_eq!(line, lines, "{:?}", html);
            }
        }
    }
}
