//! Sentences of many styles; bodies and figures are invented.

use proptest::prelude::*;

use super::*;
use crate::finding::CheckedKind;
use crate::model::Report;
use crate::prose::{Prose, Strip};
use statute::editions::Edition;

fn reading(text: &str) -> Reading {
    let strips: Vec<Strip> = text
        .lines()
        .map(|line| Strip {
            text: line.to_owned(),
            ..Strip::default()
        })
        .collect();
    Reading {
        report: Report::new(Edition::Narrative, "t"),
        prose: Prose::of_strips(&strips),
        cells: std::collections::BTreeMap::new(),
    }
}

/// Every relation as `12=7+5`, `5≤12` or `12≥7+3`; `~` with an explanation, `!` and the level where
/// it is a finding.
fn shown(text: &str) -> String {
    let mut sink = Sink::default();
    examine(&reading(text), &mut sink);
    let mut lines = Vec::new();
    for checked in &sink.checked {
        assert_eq!(checked.kind, CheckedKind::NarrativeSum);
        let sign = match checked.relation.as_str() {
            "等于" => "=",
            "不大于" => "≤",
            _ => "≥",
        };
        let fault = if checked.holds { "" } else { "!" };
        let reading = checked.explanation.as_ref().map_or("", |_| "~");
        lines.push(format!(
            "{fault}{}{sign}{}{reading}",
            checked.stated, checked.arithmetic
        ));
    }
    let faults = sink
        .findings
        .iter()
        .map(|finding| format!("{}{:?}", finding.code, finding.level));
    lines
        .into_iter()
        .chain(faults)
        .collect::<Vec<_>>()
        .join(" ")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(shown(text), expect, "{text}");
}

#[test]
fn among() {
    check("全年公开信息100条，其中动态70条，公告30条。", "100=70+30");
    check("全年公开信息100条。其中：动态70条；公告30条。", "100=70+30");
    check(
        "全年共公开100条信息，其中，动态70条、公告30条，比上年增加5条。",
        "100=70+30",
    );
    check(
        "全年公开信息100条,其中动态70条,公告20条,其他10条。",
        "100=70+20+10",
    );
    check("工作人员9人，其中专职2名，兼职7名。", "9=2+7");
    check(
        "收到申请10件，其中当面提交1宗，占10%；网络提交9宗，占90%；信函0宗，占0%。",
        "10=1+9+0",
    );
    check(
        "收到申请10件。其中，当面提交1件（10%），网络提交9件（90%）。",
        "10=1+9",
    );
    check(
        "收到申请6份，均为自然人申请。其中，予以公开4份，部分公开2份。",
        "6=4+2",
    );
    check(
        "全年答复40件，包括上年结转3件。其中，予以公开25件，不予公开15件。",
        "3≤40 40=25+15",
    );
    check("推送信息81条，其中退回三条，采用78条。", "81=3+78");
    check("办理建议提案12件，其中建议五件、提案七件。", "12=5+7");
    check(
        "公开120条，其中部门动态40，公告通知50条，其他30条。",
        "120=40+50+30",
    );
    check(
        "发布信息50条，同比增长20%，其中网站30条、微信20条。",
        "50=30+20",
    );
    check(
        "发布信息50条（上年为40条），其中网站30条、微信20条。",
        "50=30+20",
    );
    check(
        "发布信息50条，其中网站30条（占60%）、微信20条（占40%），点击量3.2万次。",
        "50=30+20",
    );
    check(
        "发布信息50条，其中1月至6月30条，7月至12月20条。",
        "50=30+20",
    );
    check(
        "发布信息50条，其中2021年3月1日前30条，之后20条。",
        "50=30+20",
    );
}

#[test]
fn colons_brackets_and_words() {
    check(
        "共计134条：公文30条，通知38条，动态58条，其他8条。",
        "134=30+38+58+8",
    );
    check(
        "产生公文78条（其中甲发62条、甲字12条、甲函4条），均已公开。",
        "78=62+12+4",
    );
    check(
        "共收办申请36件（市政府4件、各部门22件、东县7件、西县3件）。",
        "36=4+22+7+3",
    );
    check(
        "主动公开32条，包括领导信息1条、机构职能2条、动态29条。",
        "32=1+2+29",
    );
    check(
        "全年公开3类信息，分别为规划2条、预算3条、动态5条，共10条。",
        "10=2+3+5",
    );
    check(
        "主动公开信息60条，分别为：网站30条，公众号20条，公开栏10条。",
        "60=30+20+10",
    );
    check(
        "主动公开信息50条。在主动公开的信息中，政策4条，业务16条，其他30条。",
        "50=4+16+30",
    );
    check("在已答复的9件申请中，予以公开6件，不予公开3件。", "9=6+3");
    check("60条信息中，网站30条，公众号30条。", "60=30+30");
    check("窗口受理事项20项，涉及社保12项、民政8项。", "20=12+8");
    check(
        "收取信息处理费300元，其中甲局100元、乙局200元。",
        "300=100+200",
    );
    check(
        "支出经费12.5万元，其中印刷8.3万元、培训4.2万元。",
        "12.5=8.3+4.2",
    );
    check(
        "浏览1.2万人次，其中网站7000人次、微信5000人次。",
        "12000=7000+5000",
    );
}

#[test]
fn lists_without_introduction() {
    check(
        "年检共86家，免检9家；暂缓3家；合格52家、不合格12家；注销7家，撤销3家。",
        "86=9+3+52+12+7+3",
    );
    check("3名专职、2名兼职共5名工作人员。", "5=3+2");
    check("网站公开30条，微信公开20条，合计50条。", "50=30+20");
    check("网站公开30条，微信公开20条，全年共公开60条。", "");
    check(
        "全年共收到申请12件。网络申请7件，信函申请3件，当面申请2件。",
        "12=7+3+2",
    );
    check("新开设专栏18个，优化专栏22个。", "");
    check("网站30条、微信20条。", "");
    check("全年共发布信息80条，网站50条，微信30条。", "80=50+30");
}

#[test]
fn lists_within_lists() {
    check(
        "公开信息206条，其中，文件20条；网站公开34条：公文10条，动态24条；微信公开112条，除此之外，宣传栏公开40条。",
        "206=20+34+112+40 34=10+24",
    );
    check(
        "公开信息100条，其中网站80条（其中动态50条、公告30条），微信20条。",
        "100=80+20 80=50+30",
    );
    check(
        "共收办36件（市政府4件、部门32件），同比增长70.3%，其中，自然人34件，法人2件；予以公开20件、不予公开10件、其他处理（含撤回）6件。",
        "36=4+32 36=34+2 36=20+10+6",
    );
    check(
        "对5件申请收取信息处理费70元。其中，甲局1件，收取20元；乙局4件，收取50元。",
        "5=1+4 70=20+50",
    );
    check(
        "公开100条，其中政策类60条，法规20条、规章40条，动态类40条。",
        "100=60+40~",
    );
    check(
        "全年公开90条，其中：\n1.网站公开60条；\n2.微信公开20条；\n3.公开栏公开10条。",
        "90=60+20+10",
    );
    check(
        "全年公开90条，其中：\n- 网站公开60条\n- 微信公开20条\n- 公开栏公开10条",
        "90=60+20+10",
    );
    check(
        "在已经答复的9件申请中，“同意公开”的7件，占70%，涉及规划。\n“部分公开”1件，占10%，涉及审批。\n“不予公开”的1件，占10%。主要是尚未形成。",
        "9=7+1+1",
    );
}

#[test]
fn bounds() {
    check(
        "累计公开6084条。其中网站701条，公开栏3260条，微博2100余条。",
        "6084=701+3260+2100~",
    );
    check("公开200余条，其中网站150条，微信53条。", "200=150+53~");
    check("公开近200条，其中网站150条，微信48条。", "200=150+48~");
    check("公开约200条，其中网站150条，微信55条。", "200=150+55~");
    check(
        "服务2.4万人次，其中线上1.26万人次，线下1.13万人次。",
        "2.4=1.26+1.13~",
    );
}

#[test]
fn parts_of_open_lists() {
    check(
        "制发公文273件，其中，主动公开68件，通过县政府网站公开68件。",
        "273≥68+68~",
    );
    check("发文640篇，其中原创294篇，关注人数达16823人。", "294≤640");
    check(
        "公开信息120条，其中政策文件20条，动态30条等。",
        "120≥20+30~",
    );
    check(
        "低保资金154.7万元（含补贴78.5万元；取暖费29.6万元）。",
        "154.7≥78.5+29.6~",
    );
    check("公开信息835条。其中，办事事项78项。", "");
    check("举办培训3次，其中专题培训120人次。", "");
    check("收到申请21件，其中网上21件。", "21≤21");
    check("产生公文314件，标明公开发布215件。", "215≤314");
    check("行政事项78项，进驻大厅73项，进驻率93.59%。", "73≤78");
    check(
        "公开信息300条，主要包括动态100条、公告50条。",
        "300≥100+50~",
    );
}

#[test]
fn channels() {
    check(
        "公开信息100条，其中网站100条，微信公众号60条。",
        "100≤100+60~",
    );
    check(
        "公开信息200条：网站100条，微信公众号60条，公开栏20条。",
        "!200=100+60+20 N101Error",
    );
}

#[test]
fn faults() {
    check(
        "共计134条：公文30条，通知38条，动态68条，其他8条。",
        "!134=30+38+68+8 N101Error",
    );
    check(
        "网站发布139条，其中动态类74条，政务类43条，解读类21条，热点2条。",
        "!139=74+43+21+2 N101Error",
    );
    check(
        "在已经答复的9件申请中，“同意公开”的7件，占70%，涉及规划。“部分公开”1件，占10%。“不予公开”的1件，占10%。“信息不存在”的1件，占10%。",
        "!9=7+1+1+1 N101Error",
    );
    check("收到申请12件，其中网上申请15件。", "!15≤12 N102Error");
    check(
        "答复20件，其中予以公开12件，部分公开5件，不予公开6件。",
        "!20=12+5+6 N101Error",
    );
    check(
        "工作人员15人，其中专职14人，兼职2人。",
        "!15=14+2 N101Error",
    );
    check(
        "公开100条，其中动态50条，公告30条，其他10条。",
        "!100=50+30+10 N101Error",
    );
    check(
        "公开100条，其中动态50条，公告30条，政策19条。",
        "!100=50+30+19 N101Warning",
    );
    check(
        "公文78件（其中甲发62件、甲字12件、甲函14件）。",
        "!78=62+12+14 N101Error",
    );
}

#[test]
fn no_sums() {
    check("举办培训3次，培训人员120人次。", "");
    check("网站公开信息1059条，微博公开信息23条。", "");
    check("召开会议2次，印发文件3份，编发简报5期。", "");
    check("财政、民政、教育三类共30条。", "");
    check("2019年公开100条，2020年公开120条，2021年公开150条。", "");
    check("公开信息50条，其中政策20条，回复留言400条。", "20≤50");
    check("公开信息50条，收到留言80条，其中答复80条。", "80≤80");
    check("公开信息50条，举办培训2期，其中网站公开40条。", "40≤50");
    check("电话0555-1234567，邮编231500。", "");
    check("公开信息较上年增加20条，其中增长较多的是动态。", "");
    check("每月公开10条，全年公开120条，各乡镇均公开12条。", "");
    check("年内3次获评先进，其中2次为一等奖。", "2≤3");
}

#[test]
fn balances() {
    check(
        "全年收到申请34件，上年结转申请2件，同意公开答复9件，部分公开0件，不予公开2件，无法提供10件，不予处理0件，其他处理14件，转下一年度办理1件。",
        "36=9+0+2+10+0+14+1~",
    );
    check(
        "共收到10件依申请公开请求，2021年结转申请2件，共办结10件，结转2023年度继续办理2件。",
        "12=10+2~",
    );
    check(
        "收到申请1499件，上年结转30件，答复1453件。",
        "1453=1499+30-76~",
    );
    check("新收申请20件，结转下年3件，办结17件。", "20=17+3");
    check(
        "收到申请30件，上年结转2件，办结28件，结转下年度3件。",
        "!32=28+3 N103Error",
    );
    check(
        "收到申请30件（含上年结转2件），办结27件，结转下年度3件。",
        "30=27+3~",
    );
    check("收到申请21件，均在法定期限答复。", "");
}

#[test]
fn enumerations_of_bodies() {
    check(
        "汇总了全县12个政府部门、2个直属事业单位、8个乡镇、1个街道办事处的情况。全县23个信息公开部门公开信息90条。",
        "23=12+2+8+1",
    );
}

fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("其中".to_owned()),
        Just("共".to_owned()),
        Just("（".to_owned()),
        Just("）".to_owned()),
        Just("：".to_owned()),
        Just("，".to_owned()),
        Just("；".to_owned()),
        Just("。".to_owned()),
        Just("包括".to_owned()),
        Just("在申请中，".to_owned()),
        Just("收到申请".to_owned()),
        Just("上年结转".to_owned()),
        Just("%".to_owned()),
        Just("余".to_owned()),
        Just("个部门、".to_owned()),
        Just("\n- ".to_owned()),
        (0u64..300).prop_map(|n| format!("动态{n}条")),
        any::<u64>().prop_map(|n| format!("{n}万元")),
        ".{0,3}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_examined(text in words()) {
        let mut sink = Sink::default();
        examine(&reading(&text), &mut sink);
        for checked in &sink.checked {
            prop_assert!(!checked.stated.is_empty() && !checked.arithmetic.is_empty());
        }
    }

    #[test]
    fn a_list_that_adds_up_is_silent(parts in proptest::collection::vec(1u32..5000, 2..18)) {
        let total: u32 = parts.iter().sum();
        let list: Vec<String> = parts.iter().enumerate().map(|(at, n)| format!("第{at}类信息{n}条")).collect();
        let text = format!("公开信息{total}条，其中{}。", list.join("，"));
        let terms: Vec<String> = parts.iter().map(u32::to_string).collect();
        prop_assert_eq!(shown(&text), format!("{}={}", total, terms.join("+")));
    }

    #[test]
    fn a_list_that_exceeds_its_total_is_an_error(
        parts in proptest::collection::vec(100u32..5000, 2..12),
        slip in 1u32..90,
    ) {
        let total = parts.iter().sum::<u32>() - slip;
        let list: Vec<String> = parts.iter().map(|n| format!("动态{n}条")).collect();
        let text = format!("公开信息{total}条：{}。", list.join("，"));
        prop_assert!(shown(&text).ends_with("N101Error"), "{} {}", text, shown(&text));
    }
}

/// Work on hostile text stays bounded: none of these takes more than a moment.
#[test]
fn hostile_texts_end() {
    for piece in [
        "其中",
        "其中1条",
        "1条：",
        "（1条",
        "1条，",
        "在1件申请中，",
        "共1条",
        "1个部门、",
        "1",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        let mut sink = Sink::default();
        examine(&reading(&text), &mut sink);
        assert!(sink.checked.len() < 60_000, "{piece}");
    }
}
