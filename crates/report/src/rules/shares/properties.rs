//! Any text: no panic, and time that grows with its length.

use proptest::prelude::*;

use super::tests::shown;
use crate::CheckedKind::{Comparison, Growth, ListCount, NarrativeRatio, Repeated, Unit};

const KINDS: [crate::CheckedKind; 6] = [
    Comparison,
    Growth,
    ListCount,
    NarrativeRatio,
    Repeated,
    Unit,
];

/// Pieces that the rules look for, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "共收到申请",
        "其中",
        "，",
        "。",
        "；",
        "：",
        "、",
        "（",
        "）",
        "占",
        "占总数的",
        "12件",
        "3件",
        "0件",
        "97.5%",
        "100%",
        "率",
        "办结率",
        "由",
        "减少到",
        "增加到",
        "比上年",
        "增长",
        "高于规定的",
        "5户",
        "3人",
        "五个方面",
        "一是",
        "二是",
        "等",
        "“",
        "”",
        "《",
        "》",
        "2.5万元",
        "1亿元",
        "在",
        "中，",
        "通过",
        "专栏公开信息",
        "所有申请均已办结",
        "结转下年度",
        "未收到政府信息公开申请",
        "\n",
        "分别",
        "和",
        "999999999999亿件",
        "0.000001%",
        "余",
        "近",
        "个百分点",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics(text in pieces(), noise in ".{0,40}") {
        let _ = shown(&format!("{text}{noise}{text}"), &KINDS, &["N"]);
    }
}

#[test]
fn long_texts_end() {
    let hostile = [
        "共收到申请12件，其中3件，占25.5%，",
        "公开率97.51%，家数36家，甲9家、乙12家、丙8家，",
        "由12件减少到3件，减少75%，",
        "五个方面：一是一、二、三，",
        "通过甲、乙、丙、丁等渠道公开信息5条，",
        "1%",
        "2件",
        "在2件中，1件占50%，",
    ];
    for piece in hostile {
        let text = piece.repeat(20_000 / piece.chars().count());
        let shown = shown(&text, &KINDS, &["N"]);
        assert!(shown.lines().count() < 20_000, "{piece}");
    }
}
