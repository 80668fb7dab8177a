//! The words of a page with their places, out of what `pdftotext -bbox` writes.

use super::ruling::{FAR, number};

/// A word and the box around it, in thousandths of a point from the upper left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) right: i64,
    pub(super) below: i64,
    pub(super) text: String,
}

/// A page with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Width and height.
    pub(super) size: (i64, i64),
    pub(super) words: Vec<Word>,
}

impl Word {
    pub(super) fn middle(&self) -> (i64, i64) {
        (
            self.left.midpoint(self.right),
            self.top.midpoint(self.below),
        )
    }

    pub(super) fn height(&self) -> i64 {
        self.below.saturating_sub(self.top).max(1)
    }
}

/// The pages of an answer, each element on a line of its own.
pub(super) fn pages(answer: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for line in answer.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix("<page ") {
            pages.push(Page {
                size: (
                    attribute(rest, "width").unwrap_or(0),
                    attribute(rest, "height").unwrap_or(0),
                ),
                words: Vec::new(),
            });
        } else if let Some(rest) = line.strip_prefix("<word ")
            && let Some(page) = pages.last_mut()
            && let Some(word) = word(rest)
        {
            page.words.push(word);
        }
    }
    pages
}

fn word(rest: &str) -> Option<Word> {
    let (head, rest) = rest.split_once('>')?;
    let text = rest.strip_suffix("</word>")?;
    let word = Word {
        left: attribute(head, "xMin")?,
        top: attribute(head, "yMin")?,
        right: attribute(head, "xMax")?,
        below: attribute(head, "yMax")?,
        text: plain(text),
    };
    // So far away it stands on no page; nothing is drawn there either.
    let near = |edge: i64| (-FAR..FAR).contains(&edge);
    let edges = [word.left, word.top, word.right, word.below];
    (!word.text.is_empty() && edges.into_iter().all(near)).then_some(word)
}

/// An attribute that is a number, in thousandths.
fn attribute(head: &str, name: &str) -> Option<i64> {
    let at = head.find(name)?;
    let value = head.get(at + name.len()..)?.strip_prefix("=\"")?;
    let (value, _) = value.split_once('"')?;
    number(value.as_bytes()).map(|micro| micro / 1_000)
}

fn plain(text: &str) -> String {
    let text = match text.contains('&') {
        false => text.to_owned(),
        true => text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&#39;", "'")
            .replace("&amp;", "&"),
    };
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_places() {
        let answer = "<title>\u{1}</title>\n  <page width=\"595.000000\" height=\"842.0\">\n    \
                      <word xMin=\"10.5\" yMin=\"20\" xMax=\"30\" yMax=\"32.25\">&lt;规章&amp;</word>\n\
                      <word xMin=\"x\">b</word>\n<word>\n";
        let pages = pages(answer);
        let [page] = pages.as_slice() else { panic!() };
        assert_eq!(page.size, (595_000, 842_000));
        let [word] = page.words.as_slice() else {
            panic!()
        };
        assert_eq!(word.text, "<规章&");
        assert_eq!(word.middle(), (20_250, 26_125));
        assert_eq!(word.height(), 12_250);
    }

    #[test]
    fn words_beyond_any_page_are_none() {
        let count = |far: &str| {
            let answer = format!(
                "<page width=\"595\" height=\"842\">\n<word xMin=\"1\" yMin=\"2\" xMax=\"{far}\" yMax=\"3\">a</word>"
            );
            pages(&answer).first().map(|page| page.words.len())
        };
        assert_eq!(count("99999.9"), Some(1));
        assert_eq!(count("-100000"), Some(1));
        assert_eq!(count("100000"), Some(0));
        assert_eq!(count("-9223372036854"), Some(0));
    }

    proptest::proptest! {
        #[test]
        fn any_answer_ends(answer in "(<page |<word |xMin=\"|[0-9.\">]|</word>|\n){0,60}") {
            let _ = pages(&answer);
        }
    }
}
