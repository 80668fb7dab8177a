//! HTML, read and written.
//!
//! Written: a [`fragment`] for a page of the portal, or a whole [`page`] to download, open
//! anywhere and print.
//!
//! All text is escaped. A link is written only if it leads to a path, an anchor, `http:`, `https:`
//! or `mailto:`; otherwise its text stands without it. A table whose spans do not tile is written
//! cell by cell without spans, so that no input can break the page around it.

mod embedded;
mod escape;
mod nest;
mod read;
mod table;
mod token;
mod walk;

use content::{Block, Content, Run};

pub(crate) use escape::attribute;
pub use escape::text;
pub use read::read;

/// The stylesheet of a downloaded page; pages of the portal use the portal's.
pub const STYLE: &str = include_str!("page.css");

/// The blocks as HTML without the title: headings from `h2` on, paragraphs, tables.
///
/// Classes for a stylesheet: `form` on the frame around a table and `figure` on a cell at the right;
/// `start`, `center` and `indent-1` … `indent-4` on cells.
pub fn fragment(content: &Content) -> String {
    let mut out = String::new();
    let mut last_heading = String::new();
    for block in &content.blocks {
        match block {
            Block::Heading { level, runs: words } => {
                // The page's title is the only h1, and HTML ends at h6.
                let level = (*level).clamp(1, 5) + 1;
                out.push_str(&format!("<h{level}>"));
                runs(&mut out, words);
                out.push_str(&format!("</h{level}>\n"));
                last_heading = plain(words);
            }
            Block::Paragraph(words) => {
                out.push_str("<p>");
                runs(&mut out, words);
                out.push_str("</p>\n");
            }
            Block::Table(table) => table::write(&mut out, table, &last_heading),
        }
    }
    out
}

/// A whole page with its own stylesheet, which needs nothing else and prints on A4.
pub fn page(content: &Content) -> String {
    let mut title = String::new();
    text(&mut title, &content.title);
    let heading = if title.is_empty() {
        String::new()
    } else {
        format!("<h1>{title}</h1>\n")
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         {heading}{}</main>\n</body>\n</html>\n",
        fragment(content)
    )
}

fn plain(words: &[Run]) -> String {
    words.iter().map(|run| run.text.as_str()).collect()
}

/// Runs of text; a line break in the text stays one.
fn runs(out: &mut String, words: &[Run]) {
    for run in words {
        if run.bold {
            out.push_str("<strong>");
        }
        for (at, line) in run.text.split('\n').enumerate() {
            if at > 0 {
                out.push_str("<br>");
            }
            text(out, line);
        }
        if run.bold {
            out.push_str("</strong>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{Align, Cell, Table};

    fn with(blocks: Vec<Block>) -> Content {
        Content {
            title: "某局 <报告> & \"引号\"".into(),
            blocks,
            ..Content::default()
        }
    }

    #[test]
    fn text_is_escaped_everywhere() {
        let hostile = "<script>alert('x')</script>&amp;\"";
        let cell = Cell {
            link: Some(format!("/a?\"><b>{hostile}")),
            ..Cell::new(hostile)
        };
        let bold = Run {
            bold: true,
            ..Run::new(hostile)
        };
        let content = with(vec![
            Block::Heading {
                level: 1,
                runs: vec![Run::new(hostile)],
            },
            Block::Paragraph(vec![bold]),
            Block::Table(Table {
                caption: Some(hostile.into()),
                rows: vec![vec![cell]],
            }),
        ]);
        let html = page(&content);
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<b>") && !html.contains("\"><"), "{html}");
        assert!(html.contains("<title>某局 &lt;报告&gt; &amp; &quot;引号&quot;</title>"));
        let written = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;&quot;";
        assert_eq!(html.matches(written).count(), 6, "{html}");
    }

    #[test]
    fn headings_and_paragraphs() {
        let mut content = Content::titled("题");
        content.heading(1, "一、章");
        content.heading(9, "深");
        content.paragraph("上\n下");
        assert_eq!(
            fragment(&content),
            "<h2>一、章</h2>\n<h6>深</h6>\n<p>上<br>下</p>\n"
        );
        assert!(page(&content).contains("<h1>题</h1>\n<h2>"));
        assert!(!page(&Content::default()).contains("<h1>"));
    }

    #[test]
    fn only_harmless_links_are_written() {
        let check = |link: &str, expect: bool| {
            let cell = Cell {
                link: Some(link.into()),
                align: Align::End,
                ..Cell::new("5")
            };
            let table = Table {
                caption: None,
                rows: vec![vec![cell]],
            };
            let html = fragment(&with(vec![Block::Table(table)]));
            assert_eq!(html.contains("<a href="), expect, "{link}");
            assert!(html.contains('5'));
        };
        check("/figures/t3/new/total?unit=u1", true);
        check("figures/5", true);
        check("?year=2021", true);
        check("#t3", true);
        check("https://example.org/", true);
        check("HTTP://example.org/", true);
        check("mailto:a@example.org", true);
        check("javascript:alert(1)", false);
        check(" javascript:alert(1)", false);
        check("java\nscript:alert(1)", false);
        check("data:text/html,x", false);
        check("//example.org/", false);
        check("/\\example.org", false);
        check("", false);
    }

    #[test]
    fn page_needs_nothing_else() {
        let html = page(&with(Vec::new()));
        for outside in ["src=", "@import", "url(", "<link", "<script", "http"] {
            assert!(!html.contains(outside), "{outside}");
        }
        assert!(html.contains("@page"));
    }
}
