//! Tables of PDFs with narrow columns: labels cut over many lines, beside upright ones of groups.

use statute::editions::{CellKey, Edition};

use super::layouts::{read_text, rules};
use super::odd::{cell, row};

const HEAD: &str = "三、收到和处理政府信息公开申请情况\n";
const END: &str = "五、存在的主要问题及改进情况\n公开的内容还不够细致，明年改进。\n";

#[test]
fn labels_cut_over_many_lines_beside_upright_groups() {
    let reading = read_text(&format!(
        "{HEAD}（本列数据的勾稽关               申请人情况\n\
         系为：第一项加第二       法人或其他组织\n\
         项之和，等于第三   自然人 商业 科研 社会公 法律服 其他 总计\n\
         项加第四项之和）      企业 机构 益组织 务机构\n\
         一、本年新收政府   61 62 63 64 65 66 381\n\
         信息公开申请数量\n\
         三、   （一）予以公开   11 12 13 14 15 16 81\n\
         本年 （二）部分公开\n\
         度办 （区分处理的，  21 22 23 24 25 26 141\n\
          理   只计这一情形，\n\
         结果  不计其他情形）\n\
            （三） 1.属于\n\
            不予 国家    31 32 33 34 35 36 201\n\
            公开 秘密\n\
                4.保\n\
                护第\n\
                三方    41 42 43 44 45 46 261\n\
                合法\n\
                权益\n\
                5.要求\n\
                行政\n\
                机关\n\
                确认\n\
                或重    51 52 53 54 55 56 321\n\
                新出\n\
                具已\n\
                获取\n\
                信息\n{END}"
    ));
    assert_eq!(row(&reading, "t3", "new"), "61 62 63 64 65 66 381");
    assert_eq!(row(&reading, "t3", "granted"), "11 12 13 14 15 16 81");
    assert_eq!(row(&reading, "t3", "partial"), "21 22 23 24 25 26 141");
    assert_eq!(row(&reading, "t3", "deny.secret"), "31 32 33 34 35 36 201");
    assert_eq!(
        row(&reading, "t3", "deny.third_party"),
        "41 42 43 44 45 46 261"
    );
    assert_eq!(
        row(&reading, "t3", "reject.confirm"),
        "51 52 53 54 55 56 321"
    );
    assert!(!rules(&reading).contains("label-misprinted"));
    assert!(!rules(&reading).contains("rows-by-order"));
}

/// `其他处理 2.申请人逾期…` is no sentence about other handling.
#[test]
fn a_group_beside_a_label_does_not_leak_into_the_text() {
    let reading = read_text(&format!(
        "{HEAD}一、本年新收政府信息公开申请数量   61 62 63 64 65 66 381\n\
         二、上年结转政府信息公开申请数量   1 2 3 4 5 6 21\n\
                  1.申请人无正当理由逾期\n\
                  不补正、行政机关不再处   11 12 13 14 15 16 81\n\
                  理其政府信息公开申请\n\
             （六）\n\
            其他处理 2.申请人逾期未按收费通知\n\
                  要求缴纳费用、行政机关不   21 22 23 24 25 26 141\n\
                  再处理其政府信息公开申请\n\
                  3.其他       31 32 33 34 35 36 201\n{END}"
    ));
    let text: String = reading
        .prose
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    assert!(!text.contains("逾期"), "{text}");
    assert_eq!(row(&reading, "t3", "other.unpaid"), "21 22 23 24 25 26 141");
    assert_eq!(row(&reading, "t3", "other.other"), "31 32 33 34 35 36 201");
}

#[test]
fn a_number_in_an_open_bracket_is_part_of_the_label() {
    let reading = read_text(
        "统计指标   单位   统计数\n\
         （一）主动公开政府信息数（不同渠道和方式公开相同信息计 1\n\
                     条      370\n\
         条）\n\
         其中：主动公开规范性文件数     条      343\n\
         制发规范性文件总数       件      345\n\
         1.政府公报公开政府信息数     条      197\n\
         2.政府网站公开政府信息数     条      381\n\
         单位负责人：某某，这一年的工作都按照要求完成了。\n",
    );
    let value = |name: &str| {
        reading
            .report
            .tables
            .number(key(name))
            .map(|n| n.to_string())
    };
    assert_eq!(value("A1").as_deref(), Some("370"));
    assert_eq!(value("A1a").as_deref(), Some("343"));
    assert_eq!(value("A2.2").as_deref(), Some("381"));
}

fn key(name: &str) -> CellKey {
    let cells = Edition::Stats2014.cells();
    cells
        .map(|cell| cell.key)
        .find(|key| key.row == name)
        .unwrap()
}

/// The label of one row begins nearly as that of another ends.
#[test]
fn lines_behind_complete_a_label_first() {
    let reading = read_text(
        "统计指标   单位   统计数\n\
         四、行政复议数量       件   31\n\
          （一）维持具       件   14\n\
          体行政行为数\n\
          （二）被依法纠错数     件   12\n\
          （三）其他情形数      件   5\n\
         五、行政诉讼数量       件   47\n\
          （一）维持具体行政行为   件   23\n\
          或者驳回原告诉讼请求数\n\
          （二）被依法纠错数     件   17\n\
          （三）其他情形数      件   7\n\
         六、举报投诉数量       件   25\n\
         单位负责人：某某，这一年的工作都按照要求完成了。\n",
    );
    let value = |name: &str| {
        reading
            .report
            .tables
            .number(key(name))
            .map(|n| n.to_string())
    };
    let all: Vec<_> = ["D", "D.1", "D.2", "D.3", "E", "E.1", "E.2", "E.3", "F"]
        .iter()
        .map(|name| value(name).unwrap_or_default())
        .collect();
    assert_eq!(all.join(" "), "31 14 12 5 47 23 17 7 25");
}

/// 万 above and 元 below the line are one unit; 元 alone is another.
#[test]
fn a_unit_cut_in_two() {
    let amount = |lines: &str| {
        let reading = read_text(&format!(
            "统计指标   单位   统计数\n\
             四、行政复议数量       件   31\n\
             五、行政诉讼数量       件   47\n\
             六、举报投诉数量       件   25\n\
             {lines}\n\
             （一）政府信息公开工作专门机构数   个   3\n"
        ));
        reading
            .report
            .tables
            .number(key("G"))
            .map(|n| n.to_string())
    };
    let cut = amount("                 万\n七、依申请公开信息收取的费用   元   51.97");
    assert_eq!(cut.as_deref(), Some("51.97"));
    let yuan = amount("七、依申请公开信息收取的费用   元   5100");
    assert_eq!(yuan.as_deref(), Some("0.51"));
}

/// Heads cut into single characters leave the fifteen figures.
#[test]
fn cases_under_heads_in_pieces() {
    let reading = read_text(
        "四、政府信息公开行政复议、行政诉讼情况\n\
             行政复议          行政诉讼\n\
                    未经复议直接起诉     复议后起诉\n\
         结       结\n\
         果       果\n\
         维 结果 其他 尚未 总 结果 纠 其他 尚未   结果 结果 其他 尚未\n\
         持 纠正 结果 审结 计 维持 正 结果 审结 总计 维持 纠正 结果 审结 总计\n\
         6 46 10 37 99 42 9 16 51 118 55 19 34 15 123\n\
         五、其他\n\
         这一年没有别的事项。\n",
    );
    assert_eq!(cell(&reading, "t4", "review", "total"), "99");
    assert_eq!(cell(&reading, "t4", "lit_direct", "upheld"), "42");
    assert_eq!(cell(&reading, "t4", "lit_after_review", "total"), "123");
}

/// A cell a line between bars, with blank cells and a bar before each row: the totals tell which of
/// the empty cells are none of the row.
#[test]
fn cases_with_blank_cells_and_a_bar_before_each_row() {
    let read = |cells: [&str; 15]| {
        let mut text = "四、政府信息公开行政复议、行政诉讼情况\n".to_owned();
        let track = "结果维持 结果纠正 其他结果 尚未审结 总计";
        let heads = format!("{track} 未经复议直接起诉 复议后起诉");
        let below = format!("{track} {track}");
        for row in ["行政复议 行政诉讼", &heads, &below] {
            text.push_str("|\n");
            text.extend(row.split(' ').map(|head| format!("{head} |\n")));
        }
        text.push_str("|\n");
        for cell in cells {
            text.push_str(&match cell {
                "" => "|\n".to_owned(),
                cell => format!("{cell} |\n"),
            });
        }
        text.push_str("五、存在的主要问题及改进情况\n公开还不够及时。\n");
        read_text(&text)
    };
    let known = [
        "1", "", "2", "", "3", "", "4", "", "", "4", "", "", "", "", "",
    ];
    let reading = read(known);
    for (name, expected) in [
        ("upheld", "1"),
        ("corrected", "-"),
        ("other", "2"),
        ("total", "3"),
    ] {
        assert_eq!(cell(&reading, "t4", "review", name), expected);
    }
    assert_eq!(cell(&reading, "t4", "lit_direct", "corrected"), "4");
    assert_eq!(cell(&reading, "t4", "lit_after_review", "total"), "-");
    // Without a total that agrees nobody can tell, and nothing is read.
    for (at, other) in [(4, ""), (4, "5"), (9, "1")] {
        let mut cells = known;
        cells[at] = other;
        let reading = read(cells);
        assert_eq!(
            cell(&reading, "t4", "review", "upheld"),
            "-",
            "{at} {other}"
        );
        let found = &reading.report.findings;
        assert!(
            found.iter().any(|f| f.rule == "table-unreadable"),
            "{found:?}"
        );
    }
}
