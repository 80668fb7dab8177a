use proptest::prelude::*;

use super::*;
use crate::rules::cases::reading;

/// Sentences that nobody else writes, the same for the same number.
fn sentence(number: u64) -> String {
    const WORDS: [&str; 32] = [
        "栏目", "窗口", "村务", "清单", "公示", "走访", "台账", "热线", "补贴", "道路", "水费",
        "学区", "低保", "菜场", "路灯", "图纸", "会议", "纪要", "招聘", "项目", "预算", "车位",
        "林地", "养老", "托幼", "垃圾", "公厕", "公交", "渡口", "集市", "河道", "塘坝",
    ];
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut out = String::new();
    for _ in 0..16 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.push_str(WORDS[(state % 32) as usize]);
    }
    out.push('。');
    out
}

/// A report of these sentences, three a paragraph.
fn report(unit: &str, year: i16, numbers: &[u64]) -> Reading {
    let mut text = format!("{unit}{year}年政府信息公开工作年度报告\n一、总体情况\n");
    for three in numbers.chunks(3) {
        for number in three {
            text.push_str(&sentence(*number));
        }
        text.push('\n');
    }
    reading(&text, &format!("{unit}{year}.txt"))
}

fn compared(left: &Reading, right: &Reading) -> (usize, usize, Vec<usize>) {
    let copies = compare(left, right, &Common::default());
    let lengths = copies.passages.iter().map(|it| it.chars).collect();
    (copies.permille, copies.own, lengths)
}

#[test]
fn passages_are_found_verbatim_and_in_full() {
    let left = report("青岩镇人民政府", 2021, &[1, 2, 3, 4, 5, 6]);
    assert_eq!(compared(&left, &left), (1000, 192, vec![192]));
    // Two and three follow each other in both; six stands alone.
    let right = report("白水镇人民政府", 2021, &[7, 2, 3, 8, 6, 9]);
    assert_eq!(compared(&left, &right), (500, 192, vec![64, 32]));
    let other = report("白水镇人民政府", 2021, &[11, 12, 13]);
    assert_eq!(compared(&left, &other), (0, 192, vec![]));
    let passage = &compare(&left, &right, &Common::default()).passages[0];
    assert!(
        passage
            .left
            .quote
            .as_ref()
            .unwrap()
            .contains(&sentence(2)[..60])
    );
    assert_eq!(passage.left.line, Some(3));
    assert_eq!(passage.right.line, Some(3));
}

#[test]
fn years_and_own_names_do_not_hide_a_copy() {
    let text = |unit: &str, year: i16| {
        reading(
            &format!(
                "{unit}{year}年政府信息公开工作年度报告\n一、总体情况\n{year}年，{unit}把路灯坏了没人修的事写进公示栏，写明谁修、几天修好，修好以后再拍一张照片贴在旁边。"
            ),
            unit,
        )
    };
    let (permille, ..) = compared(&text("青岩镇人民政府", 2021), &text("白水镇人民政府", 2020));
    assert_eq!(permille, 1000);
}

#[test]
fn what_the_form_has_everybody_say_is_nobodys_own() {
    let text = "青岩镇人民政府2021年政府信息公开工作年度报告\n本报告由青岩镇人民政府根据《中华人民共和国政府信息公开条例》要求编制，内容包括六个部分。\n一、总体情况\n本年度没有需要报告的事项。无。";
    let left = reading(text, "a");
    assert_eq!(compared(&left, &left), (0, 0, vec![]));
    assert!(Digest::of(&left).signature.is_empty());
    assert!(candidates(&[Digest::of(&left), Digest::of(&left)], &Common::default()).is_empty());
}

#[test]
fn common_sentences_are_those_of_many_bodies_not_of_many_years() {
    let digests = |bodies: usize, years: i16| -> Vec<Digest> {
        (0..bodies)
            .flat_map(|body| (0..years).map(move |year| (body, year)))
            .map(|(body, year)| {
                let unit = format!(
                    "{}镇人民政府",
                    ["甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑"][body]
                );
                Digest::of(&report(&unit, 2015 + year, &[1, 100 + body as u64]))
            })
            .collect()
    };
    let hash = Digest::of(&report("某镇", 2020, &[1])).sentences[0].0;
    assert!(Common::of(&digests(6, 1)).has(hash));
    assert!(!Common::of(&digests(5, 1)).has(hash));
    assert!(!Common::of(&digests(1, 9)).has(hash));
}

#[test]
fn candidates_are_the_likely_pairs_and_few() {
    let own = |from: u64| (from..from + 12).collect::<Vec<u64>>();
    let mut reports = vec![
        report("青岩镇人民政府", 2021, &own(0)),
        // Last year's report of the same body, with nothing in common.
        report("青岩镇人民政府", 2020, &own(100)),
        report("白水镇人民政府", 2021, &own(200)),
        // Half of the first, with its own other half.
        report(
            "黑石镇人民政府",
            2021,
            &[own(300), own(0)[..8].to_vec()].concat(),
        ),
    ];
    for number in 0..60 {
        let unit = format!(
            "第{}村镇人民政府",
            "一二三四五六七八九十"
                .chars()
                .nth(number as usize % 10)
                .unwrap()
        );
        reports.push(report(&unit, 2021, &own(1000 + 20 * number)));
    }
    let digests: Vec<Digest> = reports.iter().map(Digest::of).collect();
    let pairs = candidates(&digests, &Common::of(&digests));
    let named = |same_body, left, right| Pair {
        left,
        right,
        same_body,
    };
    assert_eq!(pairs, [named(true, 0, 1), named(false, 0, 3)]);
    assert_eq!(pairs[0].other(0), Some(1));
    assert_eq!(pairs[0].other(1), None, "the earlier report copied nothing");
    assert_eq!(pairs[1].other(3), Some(0));
    assert_eq!(pairs[1].other(2), None);
}

#[test]
fn a_thousand_equal_reports_are_no_million_pairs() {
    let one = Digest::of(&report("青岩镇人民政府", 2021, &[1, 2, 3, 4, 5, 6]));
    let digests: Vec<Digest> = (0..1000)
        .map(|number| Digest {
            body: format!("{number}"),
            ..one.clone()
        })
        .collect();
    let pairs = candidates(&digests, &Common::default());
    assert!(pairs.len() <= 3000, "{}", pairs.len());
    let covered = (0..1000).filter(|at| pairs.iter().any(|pair| pair.other(*at).is_some()));
    assert_eq!(covered.count(), 1000);
}

#[test]
fn a_share_or_one_long_passage_is_reported_and_less_is_not() {
    let codes = |left: &[u64], right: &[u64], year: i16, unit: &str| {
        let left = report("青岩镇人民政府", 2021, left);
        let right = report(unit, year, right);
        let found = findings(&left, &right, &compare(&left, &right, &Common::default()));
        found.iter().map(|it| it.code.clone()).collect::<String>()
    };
    let many: Vec<u64> = (0..40).collect();
    let some = |count: usize, rest: u64| -> Vec<u64> {
        let own = (0..40 - count as u64).map(|number| rest + number);
        many[..count].iter().copied().chain(own).collect()
    };
    // A passage of 7 × 32 characters, of 6 × 32; then a share made of single sentences.
    assert_eq!(codes(&many, &some(7, 100), 2021, "白水镇人民政府"), "P402");
    assert_eq!(codes(&many, &some(6, 100), 2021, "白水镇人民政府"), "");
    assert_eq!(codes(&many, &some(7, 100), 2020, "青岩镇"), "P401");
    let scattered: Vec<u64> = (0..40)
        .map(|at| if at % 5 < 2 { at } else { 900 + at })
        .collect();
    assert_eq!(codes(&many, &scattered, 2021, "白水镇人民政府"), "P402");
    let fewer: Vec<u64> = (0..40)
        .map(|at| if at % 3 == 0 { at } else { 900 + at })
        .collect();
    assert_eq!(codes(&many, &fewer, 2021, "白水镇人民政府"), "");
}

#[test]
fn passages_stand_side_by_side_among_the_related_places() {
    let left = report("青岩镇人民政府", 2021, &[1, 2, 3, 4, 5, 6, 7, 8]);
    let right = report("白水镇人民政府", 2021, &[9, 1, 2, 3, 10, 6, 7, 8]);
    let found = findings(&left, &right, &compare(&left, &right, &Common::default()));
    let [finding] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(finding.related.len(), 3);
    let said = |place: &Place| place.quote.clone().unwrap_or_default();
    for (number, place) in [
        (1, &finding.place),
        (1, &finding.related[0]),
        (6, &finding.related[1]),
        (6, &finding.related[2]),
    ] {
        assert!(
            said(place).contains(&sentence(number)[..48]),
            "{number}: {place:?}"
        );
    }
}

#[test]
fn hostile_text_costs_no_more_than_other_text() {
    // One sentence of one character, and the same short sentence over and over.
    let text =
        |body: String| format!("青岩镇2021年政府信息公开工作年度报告\n一、总体情况\n{body}。");
    let one = reading(&text("公".repeat(50_000)), "a");
    let two = reading(&text("公".repeat(50_001)), "b");
    let copies = compare(&one, &two, &Common::default());
    assert_eq!(copies.permille, 1000);
    let again = reading(&text(sentence(1).repeat(2_000)), "c");
    assert_eq!(compare(&again, &again, &Common::default()).permille, 1000);
    assert_eq!(Digest::of(&again).sentences.len(), 1);
}

/// Pieces that the rules over several reports look for, in any order.
fn any_report() -> impl Strategy<Value = Reading> {
    const PIECES: &[&str] = &[
        "青岩镇人民政府",
        "云岭县",
        "2021年",
        "2020年",
        "政府信息公开工作年度报告",
        "\n",
        "。",
        "，",
        "一、总体情况\n",
        "收到申请",
        "上年结转",
        "结转下年",
        "件",
        "条",
        "同比增长",
        "较上年减少",
        "25%",
        "30",
        "1.2万",
        "99999999999999999999",
        "汇总",
        "13个乡镇",
        "32个部门",
        "《",
        "》",
        "《中华人民共和国政府信息公开条例》",
        "|",
        "0 | 1 | 2 | 3 | 4 | 5 | 6",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "四、结转下年度继续办理",
        "行政规范性文件",
        "路灯坏了没人修的事今年写进了公示栏哪一盏坏了报给了谁都写上去",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => ".{0,6}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| reading(&pieces.concat(), "x.txt"))
}

proptest! {
    #[test]
    fn any_reports_are_compared_without_panic(one in any_report(), two in any_report()) {
        let _ = crate::check_against_previous(&one, &two);
        let _ = crate::check_children(&one, std::slice::from_ref(&two));
        let all = [one, two];
        let copies = compare(&all[0], &all[1], &Common::default());
        prop_assert!(copies.permille <= 1000);
        let _ = (among(&all, 0), among(&all, 1), crate::pair_previous(&all, &all[0]));
        // What is shared with itself is everything that is long enough to be a passage.
        let own = compare(&all[0], &all[0], &Common::default());
        prop_assert!(own.permille <= 1000);
    }
}
