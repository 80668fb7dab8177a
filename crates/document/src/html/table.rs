//! Tables with merged cells, readable aloud.

use content::{Align, Cell, Table};

use super::escape::harmless;
use super::{attribute, runs, text};

/// Writes a table in a frame that scrolls on narrow screens. A table without a caption is named
/// after the heading before it.
pub(super) fn write(out: &mut String, table: &Table, heading: &str) {
    let sound = table.grid().is_ok();
    let name = table.caption.as_deref().unwrap_or(heading);
    out.push_str("<div class=\"form\" role=\"region\" tabindex=\"0\"");
    attribute(
        out,
        "aria-label",
        if name.is_empty() { "表格" } else { name },
    );
    out.push_str(">\n<table");
    match &table.caption {
        Some(caption) => {
            out.push_str(">\n<caption>");
            text(out, caption);
            out.push_str("</caption>\n");
        }
        None => {
            if !heading.is_empty() {
                attribute(out, "aria-label", heading);
            }
            out.push_str(">\n");
        }
    }
    // Rows of heads at the top are repeated on every printed page.
    let heads = if sound { heads(table) } else { 0 };
    for (at, row) in table.rows.iter().enumerate() {
        if at == 0 && heads > 0 {
            out.push_str("<thead>\n");
        }
        if at == heads {
            out.push_str("<tbody>\n");
        }
        out.push_str("<tr>");
        let data = row.iter().any(|cell| !cell.header);
        for item in row {
            cell(out, item, data, sound);
        }
        out.push_str("</tr>\n");
        if at + 1 == heads {
            out.push_str("</thead>\n");
        }
    }
    if table.rows.len() > heads {
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
}

/// How many rows at the top hold heads alone and head the whole table. A merged cell must not reach
/// out of them, and further down there is none of their kind: where a table is made of parts with
/// heads of their own, as table 2 is, the first part's heads are not those of the others.
fn heads(table: &Table) -> usize {
    let only_heads = |row: &&Vec<Cell>| !row.is_empty() && row.iter().all(|cell| cell.header);
    let heads = table.rows.iter().take_while(only_heads).count();
    let inside = table.rows.iter().take(heads).enumerate().all(|(at, row)| {
        row.iter()
            .all(|cell| at + usize::from(cell.rowspan) <= heads)
    });
    let mut body = table.rows.iter().skip(heads).peekable();
    let whole = body.peek().is_some() && !body.any(|row| only_heads(&row));
    if inside && whole { heads } else { 0 }
}

/// Writes a cell; `data` says whether its row holds any that is no head.
fn cell(out: &mut String, cell: &Cell, data: bool, sound: bool) {
    let tag = if cell.header { "th" } else { "td" };
    out.push_str(&format!("<{tag}"));
    let mut classes = Vec::new();
    match cell.align {
        Align::Start if cell.header => classes.push("start".to_owned()),
        Align::Start => {}
        Align::Center => classes.push("center".to_owned()),
        Align::End => classes.push("figure".to_owned()),
    }
    if cell.indent > 0 {
        classes.push(format!("indent-{}", cell.indent.min(4)));
    }
    if !classes.is_empty() {
        attribute(out, "class", &classes.join(" "));
    }
    if cell.header {
        let scope = match (data, cell.rowspan > 1, cell.colspan > 1) {
            (true, true, _) => "rowgroup",
            (true, false, _) => "row",
            (false, _, true) => "colgroup",
            (false, _, false) => "col",
        };
        attribute(out, "scope", scope);
    }
    if sound && cell.rowspan > 1 {
        attribute(out, "rowspan", &cell.rowspan.to_string());
    }
    if sound && cell.colspan > 1 {
        attribute(out, "colspan", &cell.colspan.to_string());
    }
    out.push('>');
    let link = cell.link.as_deref().filter(|link| harmless(link));
    if let Some(link) = link {
        out.push_str("<a");
        attribute(out, "href", link);
        out.push('>');
    }
    runs(out, &cell.runs);
    if link.is_some() {
        out.push_str("</a>");
    }
    out.push_str(&format!("</{tag}>"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str, rowspan: u16, colspan: u16) -> Cell {
        Cell {
            header: true,
            rowspan,
            colspan,
            align: Align::Center,
            ..Cell::new(text)
        }
    }

    fn figure(text: &str) -> Cell {
        Cell {
            align: Align::End,
            link: Some("/f".into()),
            ..Cell::new(text)
        }
    }

    #[test]
    fn heads_scopes_and_spans() {
        let label = |text: &str| Cell {
            align: Align::Start,
            indent: 2,
            ..head(text, 1, 1)
        };
        let table = Table {
            caption: Some("表三".into()),
            rows: vec![
                vec![head("角", 2, 2), head("申请人", 1, 2)],
                vec![head("甲", 1, 1), head("乙", 1, 1)],
                vec![head("组", 2, 1), label("一"), figure("1"), figure("2")],
                vec![label("二"), figure("3"), figure("4")],
            ],
        };
        let mut out = String::new();
        write(&mut out, &table, "三、标题");
        let expect = "<div class=\"form\" role=\"region\" tabindex=\"0\" aria-label=\"表三\">\n<table>\n\
            <caption>表三</caption>\n<thead>\n\
            <tr><th class=\"center\" scope=\"colgroup\" rowspan=\"2\" colspan=\"2\">角</th>\
            <th class=\"center\" scope=\"colgroup\" colspan=\"2\">申请人</th></tr>\n\
            <tr><th class=\"center\" scope=\"col\">甲</th><th class=\"center\" scope=\"col\">乙</th></tr>\n\
            </thead>\n<tbody>\n\
            <tr><th class=\"center\" scope=\"rowgroup\" rowspan=\"2\">组</th>\
            <th class=\"start indent-2\" scope=\"row\">一</th>\
            <td class=\"figure\"><a href=\"/f\">1</a></td><td class=\"figure\"><a href=\"/f\">2</a></td></tr>\n\
            <tr><th class=\"start indent-2\" scope=\"row\">二</th>\
            <td class=\"figure\"><a href=\"/f\">3</a></td><td class=\"figure\"><a href=\"/f\">4</a></td></tr>\n\
            </tbody>\n</table>\n</div>\n";
        assert_eq!(out, expect);
    }

    #[test]
    fn heads_of_parts_are_not_those_of_the_table() {
        let row = |text: &str| vec![head(text, 1, 1)];
        let table = |rows| Table {
            caption: None,
            rows,
        };
        assert_eq!(heads(&table(vec![row("一"), vec![figure("1")]])), 1);
        assert_eq!(
            heads(&table(vec![row("一"), vec![figure("1")], row("二")])),
            0
        );
        assert_eq!(heads(&table(vec![row("一")])), 0);
        assert_eq!(heads(&table(vec![vec![head("一", 2, 1)], vec![]])), 0);
    }

    #[test]
    fn a_table_without_a_caption_is_named_after_the_heading() {
        let table = Table {
            caption: None,
            rows: vec![vec![figure("1")]],
        };
        let mut out = String::new();
        write(&mut out, &table, "二、主动公开");
        assert!(out.contains("<table aria-label=\"二、主动公开\">"), "{out}");
        assert!(!out.contains("caption"));
    }

    #[test]
    fn broken_spans_are_left_out() {
        let wide = Cell {
            colspan: 9,
            ..figure("1")
        };
        let table = Table {
            caption: None,
            rows: vec![vec![figure("0")], vec![wide]],
        };
        let mut out = String::new();
        write(&mut out, &table, "");
        assert!(!out.contains("colspan"), "{out}");
        assert_eq!(out.matches("<td").count(), 2);
        let mut empty = String::new();
        write(&mut empty, &Table::default(), "");
        assert!(!empty.contains("tbody"));
    }
}
