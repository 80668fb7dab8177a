//! The words of the frame in both languages. What a rule says of a report is Chinese, like the words
//! that it quotes; in English there is one line for the fault.

use crate::language::Language;
use report::{Level, Rule};
use statute::editions::Edition;

/// A level in a word.
pub fn level(level: Level, language: Language) -> &'static str {
    match (level, language) {
        (Level::Error, Language::Chinese) => "错误",
        (Level::Warning, Language::Chinese) => "警告",
        (Level::Info, Language::Chinese) => "提示",
        (_, Language::English) => level.key(),
    }
}

/// The fault of a rule in one line, where the frame is English.
pub fn english(rule: &str, language: Language) -> Option<&'static str> {
    match language {
        Language::Chinese => None,
        Language::English => Rule::find(rule).map(|rule| rule.english),
    }
}

/// The labels around what rules say.
pub struct Words {
    /// Over the figures of a finding.
    pub figures: &'static str,
    /// Before the figure as it stands.
    pub stated: &'static str,
    /// Before what the arithmetic gives.
    pub expected: &'static str,
    /// Before the message.
    pub message: &'static str,
    /// Before the other places.
    pub related: &'static str,
    /// Before a passage of this report that another one has too.
    pub here: &'static str,
    /// Before the same passage in the other report.
    pub there: &'static str,
    /// Before the article.
    pub article: &'static str,
    /// Before the command that explains the rule.
    pub explained: &'static str,
    /// Before the reason of a waiver.
    pub waived: &'static str,
    /// Between two labels.
    pub colon: &'static str,
    /// Between two remarks.
    pub comma: &'static str,
}

/// The labels of a language.
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::Chinese => &Words {
            figures: "算式",
            stated: "写的是",
            expected: "算出",
            message: "说明",
            related: "另见",
            here: "本文",
            there: "对方",
            article: "依据",
            explained: "详见",
            waived: "豁免",
            colon: "：",
            comma: "，",
        },
        Language::English => &Words {
            figures: "figures",
            stated: "stated",
            expected: "expected",
            message: "message",
            related: "see also",
            here: "here",
            there: "there",
            article: "article",
            explained: "explained by",
            waived: "waived",
            colon: ": ",
            comma: ", ",
        },
    }
}

/// The form of a report.
pub fn edition(edition: Edition, language: Language) -> &'static str {
    match (edition, language) {
        (Edition::Narrative, Language::Chinese) => "没有统计表",
        (Edition::Stats2014, Language::Chinese) => "2014 年统计表",
        (Edition::Trial2019, Language::Chinese) => "2019 年试行格式",
        (Edition::Format2021, Language::Chinese) => "2021 年格式",
        (_, Language::English) => edition.key(),
    }
}

/// A page of a file.
pub fn page(number: u32, language: Language) -> String {
    match language {
        Language::Chinese => format!("第 {number} 页"),
        Language::English => format!("page {number}"),
    }
}

/// A line of a text.
pub fn line(number: u32, language: Language) -> String {
    match language {
        Language::Chinese => format!("第 {number} 行"),
        Language::English => format!("line {number}"),
    }
}
