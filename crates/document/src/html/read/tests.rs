//! Pages of every make, all invented.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::*;

fn content(html: &str) -> Content {
    read(html.as_bytes(), &Limits::default()).unwrap()
}

/// A paragraph is `line:text`, a heading `#level line:text`, a table a line for each row with cells
/// `text` or `text@rowspan,colspan`, and `|` between them.
fn check(html: &str, expect: &[&str]) {
    let mut found = Vec::new();
    for block in content(html).blocks {
        let text = |runs: &[content::Run]| {
            let line = runs.first().unwrap().place.unwrap().line.unwrap();
            format!(
                "{line}:{}",
                runs.iter().map(|run| run.text.as_str()).collect::<String>()
            )
        };
        match block {
            Block::Paragraph(runs) => found.push(text(&runs)),
            Block::Heading { level, runs } => found.push(format!("#{level} {}", text(&runs))),
            Block::Table(table) => {
                found.extend(table.caption.map(|caption| format!("[{caption}]")));
                for row in table.rows {
                    let cells = row.iter().map(|cell| match (cell.rowspan, cell.colspan) {
                        (1, 1) => cell.text(),
                        (rows, columns) => format!("{}@{rows},{columns}", cell.text()),
                    });
                    found.push(cells.collect::<Vec<_>>().join("|"));
                }
            }
        }
    }
    assert_eq!(found, expect, "{html}");
}

#[test]
fn text() {
    check("", &[]);
    check("一<b>二</b>\n三", &["1:一二三"]);
    check(
        "<p>a b\n c</p>\n<p>\n 共\n12\n件 </p>",
        &["1:a b c", "4:共12件"],
    );
    check("<div>一<div>二</div>三</div>", &["1:一", "1:二", "1:三"]);
    check(
        "<p>&nbsp;&emsp;一、总体&#24773;况<br>下<br/>\n<br>",
        &["1:一、总体情况", "1:下"],
    );
    check(
        "<h1>年度<br>报告</h1><h2><span>一</span></h2>x",
        &["#1 1:年度", "#1 1:报告", "#2 1:一", "1:x"],
    );
    check(
        "<h2>标题<p>正文</p><p>又</p>",
        &["#2 1:标题", "1:正文", "1:又"],
    );
    check("<h2><div>标题</div></h2><p>正文", &["#2 1:标题", "1:正文"]);
    check("<pre>a  b\n c</pre>", &["1:a  b", "2:c"]);
    check(
        "<script>'<p>x'</script><style>p{}</style><nav><p>首页</nav>文",
        &["1:文"],
    );
    check("<nav>首页<p>文</p>", &["1:首页", "1:文"]);
    check("<p>1 < 2 & 3<4</p>", &["1:1 < 2 & 3<4"]);
}

#[test]
fn titles() {
    let check = |html: &str, expect: &str| assert_eq!(content(html).title, expect, "{html}");
    check("<title> 某局\n年报 </title><p>x", "某局 年报");
    check(
        "<meta name=ArticleTitle content='某局年报'><title>门户</title>",
        "某局年报",
    );
    check("<p>x", "");
}

#[test]
fn tables() {
    check(
        "<table><caption>表</caption><tr><th rowspan=2>内容</th><td colspan='2'>本年</td></tr>\
         <tr><td>1</td><td>&nbsp;</td></tr></table>",
        &["[表]", "内容@2,1|本年@1,2", "1|"],
    );
    // Ends that were left out, paragraphs and breaks in cells, rows without cells.
    check(
        "<table><tbody><tr><td><p>商业</p><p>企业</p><td>科研<br>机构<tr><tr><td>1<td>2</table>x",
        &["商业\n企业|科研\n机构", "1|2", "1:x"],
    );
    // Spans that reach too far.
    check(
        "<table><tr><td rowspan=9>a<td colspan=0>b<tr><td colspan=x>c<td rowspan=0>d</table>",
        &["a@2,1|b", "c|d"],
    );
    check(
        "<table><tr><td>a<td>b</tr>散<tr><td>c<td>d",
        &["1:散", "a|b", "c|d"],
    );
    check("<td>a</td><tr>b</table>", &["1:a", "1:b"]);
}

#[test]
fn cells_know_their_place() {
    let content = content("<table>\n<tr><td rowspan=2>a<td>b\n<tr><td>c</table>");
    let table = content.tables().next().unwrap();
    let places = table.rows.iter().flatten().map(|cell| {
        let place = cell.place.unwrap();
        assert_eq!(cell.runs.first().unwrap().place, Some(place));
        [place.table, place.line, place.row, place.column].map(Option::unwrap)
    });
    assert_eq!(
        places.collect::<Vec<_>>(),
        [[1, 2, 1, 1], [1, 2, 1, 2], [1, 3, 2, 2]]
    );
    assert!(table.grid().is_ok());
}

#[test]
fn tables_in_tables() {
    // A small one is part of the entry.
    check(
        "<table><tr><td>a<td><table><tr><td>1<td>2</table></td><tr><td>b<td>c</table>",
        &["a|1\n2", "b|c"],
    );
    // One that is larger than its frame is what the frame is for.
    check(
        "<table><tr><td>菜单<td><p>文</p><table><tr><td>1<td>2<tr><td>3<td>4</table>后</table>",
        &["1:菜单", "1:文", "1|2", "3|4", "1:后"],
    );
    check(
        "<table><tr><td><h2>一</h2><p>文</table>",
        &["#2 1:一", "1:文"],
    );
    let long = "字".repeat(900);
    check(
        &format!("<table><tr><td>一<td>{long}<tr><td>二<td>三</table>"),
        &["1:一", &format!("1:{long}"), "1:二", "1:三"],
    );
}

/// Enough text to be taken for a report.
fn report() -> String {
    let mut html =
        String::from("<p>某县林业局2021年政府信息公开工作年度报告，本年收到申请5件。</p><table>");
    for row in 0..3 {
        let _ = write!(html, "<tr><td>第{row}行项目名称</td><td>{row}</td></tr>");
    }
    html + "</table>"
}

#[test]
fn html_in_strings() {
    let rows = ["第0行项目名称|0", "第1行项目名称|1", "第2行项目名称|2"];
    let first = "某县林业局2021年政府信息公开工作年度报告，本年收到申请5件。";
    let check = |page: &str, line: u32| {
        let first = format!("{line}:{first}");
        let mut expect = vec![first.as_str()];
        expect.extend(rows);
        self::check(page, &expect);
    };
    let html = report();
    check(&html, 1);
    let json = html
        .replace('/', "\\/")
        .replace('<', "\\u003c")
        .replace('"', "\\\"");
    check(
        &format!("<body>\n<script>\nvar content=\"{json}\";</script>"),
        3,
    );
    let parts = html.replace("<tr>", "'+\n'<tr>");
    check(&format!("<script>document.write('{parts}')</script>"), 1);
    let entities = html.replace('<', "&lt;").replace('>', "&gt;");
    check(&format!("<script>show('{entities}')</script>"), 1);
    check(&format!("<input type=hidden\n value=\"{entities}\">"), 1);
    check(&format!("\n<textarea>{entities}</textarea>"), 2);
    // What the page shows itself is not read a second time from a script.
    check(
        &format!(
            "{html}<script>var a='<p>某县林业局2021年年报摘要，共五件申请，均已答复办结</p>'</script>"
        ),
        1,
    );
}

/// What this crate writes, it reads: the same words in the same cells.
#[test]
fn written_pages_are_read_back() {
    let cell = |text: &str, rowspan: u16, colspan: u16| content::Cell {
        rowspan,
        colspan,
        ..content::Cell::new(text)
    };
    let mut written = Content::titled("某局2021年年度报告");
    written.heading(1, "一、总体情况");
    written.paragraph("本年 <主动> 公开 & 答复 12 件。");
    written.blocks.push(Block::Table(content::Table {
        caption: None,
        rows: vec![
            vec![cell("项目", 2, 1), cell("申请人", 1, 2)],
            vec![cell("自然人", 1, 1), cell("法人", 1, 1)],
            vec![cell("新收", 1, 1), cell("3", 1, 1), cell("", 1, 1)],
        ],
    }));
    let found = content(&crate::html::page(&written));
    assert_eq!(found.title, written.title);
    let shape = |content: &Content| -> Vec<Vec<(String, u16, u16)>> {
        let rows = content.tables().flat_map(|table| &table.rows);
        rows.map(|row| {
            let cells = row.iter();
            cells
                .map(|cell| (cell.text(), cell.rowspan, cell.colspan))
                .collect()
        })
        .collect()
    };
    assert_eq!(shape(&found), shape(&written));
    assert!(found.plain().contains("本年 <主动> 公开 & 答复 12 件。\n"));
}

#[test]
fn encodings() {
    let html = "<meta charset=\"gb2312\"><p>本年主动公开信息12条</p>";
    let (bytes, _, _) = encoding_rs::GBK.encode(html);
    for bytes in [html.as_bytes(), &bytes] {
        let content = read(bytes, &Limits::default()).unwrap();
        assert_eq!(content.plain(), "本年主动公开信息12条\n");
    }
    let label = |html: &str| declared(html.as_bytes()).map(Encoding::name);
    assert_eq!(
        label("<META content='text/html; charset=GB2312'>"),
        Some("GBK")
    );
    assert_eq!(label("<meta charset = utf-8 >"), Some("UTF-8"));
    assert_eq!(label("<meta charset=none>"), None);
    assert_eq!(label("<p>charset</p>"), None);
}

/// Each of these made parsers overflow their stack or take hours.
#[test]
fn bombs_end_quickly() {
    let attributes: String = (0..300_000).map(|i| format!("a{i}=1 ")).collect();
    let bombs = [
        "<div>".repeat(300_000),
        "<table>".repeat(300_000),
        "<table><tr><td>".repeat(300_000),
        "<table><tr><td>x<td>".repeat(190),
        "<b><font a=1><p>".repeat(300_000),
        format!("<td {attributes}>x"),
        format!("<table><tr>{}", "<td>1".repeat(10_000)),
        format!(
            "<table>{}",
            "<tr><td rowspan=65535 colspan=1000>1".repeat(100_000)
        ),
        "<script>'".repeat(500_000),
        format!("<script>{}", "'a\n`\\".repeat(300_000)),
        format!("<script>{}", "x=/a[".repeat(300_000)),
        "<!--".repeat(300_000),
        "<a b='".repeat(300_000),
        "</".repeat(600_000),
        "<nav>".repeat(300_000),
        "&#1".repeat(600_000),
        format!("<a b='{}'>", "&lt;中".repeat(300_000)),
        "<p>x".repeat(300_000),
        "<textarea>&lt;p>中文中文中文中文中文中文中文中文中文中文中文中文中文中文</textarea>"
            .repeat(50_000),
    ];
    // The promise is for the optimised program; other tests may keep a busy machine.
    let patience = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });
    for bomb in bombs {
        let begun = Instant::now();
        let _ = read(bomb.as_bytes(), &Limits::default());
        let name: String = bomb.chars().take(30).collect();
        assert!(begun.elapsed() < patience, "{name}: {:?}", begun.elapsed());
        println!("{name}: {:?}", begun.elapsed());
    }
}

#[test]
fn limits_are_kept() {
    let check = |html: &str, limits: Limits, fits: bool| {
        assert_eq!(read(html.as_bytes(), &limits).is_ok(), fits, "{html}");
    };
    let limits = |text: usize, lines: usize, cells: usize, columns: usize, depth: usize| Limits {
        text,
        lines,
        cells,
        columns,
        depth,
        ..Limits::default()
    };
    check("<p>一二三", limits(3, 9, 9, 9, 9), true);
    check("<p>一二三四", limits(3, 9, 9, 9, 9), false);
    check("<p>一<p>二<p>三", limits(9, 2, 9, 9, 9), false);
    check("<table><tr><td>1<tr><td>2", limits(9, 9, 2, 9, 9), true);
    check("<table><tr><td>1<tr><td>2", limits(9, 9, 1, 9, 9), false);
    check("<table><tr><td>1<td>2<td>3", limits(9, 9, 9, 3, 9), true);
    check("<table><tr><td>1<td>2<td>3", limits(9, 9, 9, 2, 9), false);
    check("<table><td><table><td>1", limits(9, 9, 9, 9, 1), false);
}

proptest::proptest! {
    #[test]
    fn any_bytes_end(bytes: Vec<u8>) {
        let _ = read(&bytes, &Limits::default());
    }

    /// Whatever the order of tags, no figure between them is lost.
    #[test]
    fn no_text_is_lost(parts in proptest::collection::vec(0usize..14, 0..30)) {
        const TAGS: [&str; 14] = [
            "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=2 colspan=3>",
            "<p>", "</p>", "<h2>", "</h2>", "<caption>", "</caption>", "<br>",
        ];
        let mut html = String::new();
        for (number, part) in parts.iter().enumerate() {
            let _ = write!(html, "{}#{number};", TAGS[*part]);
        }
        let content = content(&html);
        let mut plain = content.plain();
        for table in content.tables() {
            plain.push_str(table.caption.as_deref().unwrap_or(""));
        }
        for number in 0..parts.len() {
            let figure = format!("#{number};");
            proptest::prop_assert!(plain.contains(&figure), "{html}\n{plain}");
        }
    }
}
