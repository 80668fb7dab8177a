use proptest::prelude::*;

use super::*;

fn shown(text: &str) -> String {
    let normal = crate::prose::normalise(text);
    let found = scan(&normal.text);
    let quantities = found.quantities.iter().map(|q| {
        let bound = match q.bound {
            Bound::Exact => "",
            Bound::AtLeast => "+",
            Bound::AtMost => "-",
            Bound::About => "~",
        };
        format!(
            "{bound}{}{}",
            q.figure(),
            normal.text.get(q.unit.clone()).unwrap()
        )
    });
    let dates = found.dates.iter().map(|d| {
        let part = |part: Option<i16>| part.map_or("?".to_owned(), |part| part.to_string());
        format!(
            "[{}/{}/{}{}]",
            part(d.year),
            part(d.month.map(i16::from)),
            part(d.day.map(i16::from)),
            if d.damaged { "!" } else { "" }
        )
    });
    quantities.chain(dates).collect::<Vec<_>>().join(" ")
}

#[test]
fn quantities_and_dates() {
    let check = |text: &str, expect: &str| assert_eq!(shown(text), expect, "{text}");
    check("全年公开信息１，２３４ 条，其中通知38条", "1234条 38条");
    check(
        "近720条，103余条，18万余条，200多场，约3千份",
        "-720条 +103条 +180000条 +200场 ~3000份",
    );
    check(
        "占35.4%，提高2.1个百分点，百分之八十",
        "35.4% 2.1个百分点 80",
    );
    check("经费2.21万元，收费2950元", "22100元 2950元");
    check("2018年1月1日至12月31日", "[2018/1/1] [?/12/31]");
    check("自2020年1月1日至202020年12月31日", "[2020/1/1] [?/12/31!]");
    check("宁政办发〔2018〕61号，国令第711号", "");
    check("电话：0953-6019533，邮编：751500", "");
    check("开通了“12345”热线，拨打12345热线", "");
    check("五个方面，6大领域，八类信息，三条", "5个方面 6大 8类 3条");
    check(
        "十九大精神，三公经费，一次性，一是强化，“五公开”，一件事",
        "",
    );
    check("第三十三条，第3期", "");
    check("《2021年第3号通告》共2件", "2件");
    check("部门动态402，其他248条", "402 248条");
}

#[test]
fn bounds_and_scales() {
    let check = |text: &str, expect: &str| assert_eq!(shown(text), expect, "{text}");
    check(
        "1.2亿元，3.5 万余人，28.35万件，1亿2000万元，3万5千条，十二万三千人",
        "120000000元 +35000人 283500件 120000000元 35000条 123000人",
    );
    check(
        "1000+条，20多万人次，不超过15天，98.5%以上，12个左右，近三百件",
        "+1000条 +200000人次 -15天 +98.5% ~12个 -300件",
    );
    check(
        "千分之三，增长-3.5%，八成，翻两番，增长1.5倍",
        "0.3 -3.5% 1.5倍",
    );
    check("百分之七十二点二，百分之三，三点建议", "72.2 3");
    check("附近3个，节约5元，预约12次，逾期3件", "3个 5元 12次 3件");
    check(
        "两次，十余项，一百二十三件，百余条，十一家",
        "2次 +10项 123件 +100条 11家",
    );
    check("2500元整，二元结构，多元化，一百元", "2500元 100元");
}

#[test]
fn no_quantities() {
    let check = |text: &str, expect: &str| assert_eq!(shown(text), expect, "{text}");
    check("3-5件，3至5件，3~5个，三至五个，10—15天", "");
    check("两三件，七八条，数百件，几十项，十几个，成百上千件", "");
    check("“5+2”“1+X”7×24小时，24小时开放，3.0版本，5G，A4纸", "3版");
    check("三分之一，三分之二以上，四分之三", "");
    check("（2018）12号，某办（2020）3号", "");
    check("1.通知12条；2.其他3条", "12条 3条");
    check("（1）通知12条；（2）其他3条", "12条 3条");
    check("汇总了32部门、5人大代表的建议", "32 5");
    check("3年，70周年，两年", "3年 70周 2年");
    check(
        "2018.12.31，2019-1-5，2019/1/5",
        "[2018/12/31] [2019/1/5] [2019/1/5]",
    );
    check("2017-2021年，2010—2020年", "");
    check("零件，收到0件，收到零宗。", "0件 0宗");
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<u64>().prop_map(|n| n.to_string()),
        proptest::sample::select(vec![
            "万",
            "亿",
            "千",
            "余",
            "多",
            "条",
            "元",
            "%",
            "年",
            "月",
            "日",
            "-",
            "—",
            "至",
            ".",
            "，",
            "（",
            "）",
            "近",
            "百分之",
            "分之",
            "三",
            "十",
            "百",
            "〇",
            "第",
            "《",
            "》",
            "0",
            "1.",
            "\n",
        ])
        .prop_map(str::to_owned),
        ".{0,2}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn quantities_stand_in_order_on_whole_characters(source in pieces()) {
        let normal = crate::prose::normalise(&source);
        let mut end = 0;
        for quantity in scan(&normal.text).quantities {
            prop_assert!(quantity.span.start >= end && quantity.span.end <= normal.text.len());
            prop_assert!(normal.text.get(quantity.span.clone()).is_some());
            prop_assert!(normal.text.get(quantity.number.clone()).is_some());
            prop_assert!(normal.text.get(quantity.unit.clone()).is_some());
            prop_assert!(quantity.step > 0);
            end = quantity.span.end;
        }
    }
}
