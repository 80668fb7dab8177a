//! Articles: where a number or a rule stands in the law.

use crate::Date;
use std::fmt;

/// A law, regulation or reply of the State Council's office that rules are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Law {
    /// 《政府信息公开条例》, State Council order 711, in force since 2019-05-15.
    Regulation2019,
    /// 《政府信息公开条例》, State Council order 492, 2008-05-01 to 2019-05-14.
    Regulation2008,
    /// 《政府信息公开信息处理费管理办法》, since 2021-01-01.
    FeeRules,
    /// 国办公开办函〔2021〕30号: the form of the annual report since 2021.
    ReportFormat2021,
    /// 国办公开办函〔2019〕60号: the trial form of 2019 and 2020.
    ReportFormat2019,
    /// 国办发〔2014〕32号: the statistics form of 2014 to 2018.
    Statistics2014,
    /// 国办公开办函〔2015〕207号: dates of receipt.
    Reply207,
    /// 国办公开办函〔2016〕235号: service of decisions.
    Reply235,
    /// 《行政复议法》 (2023).
    ReconsiderationLaw,
    /// 《行政诉讼法》 (2017).
    AdministrativeProcedureLaw,
    /// 《民事诉讼法》 (2023).
    CivilProcedureLaw,
    /// 《全国年节及纪念日放假办法》.
    HolidayRules,
    /// 《国务院关于职工工作时间的规定》.
    WorkingHours,
}

impl Law {
    /// The short name used beside a figure or a date.
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::Regulation2019 => "条例",
            Self::Regulation2008 => "条例(2008)",
            Self::FeeRules => "国办函〔2020〕109号",
            Self::ReportFormat2021 => "国办公开办函〔2021〕30号",
            Self::ReportFormat2019 => "国办公开办函〔2019〕60号",
            Self::Statistics2014 => "国办发〔2014〕32号",
            Self::Reply207 => "国办公开办函〔2015〕207号",
            Self::Reply235 => "国办公开办函〔2016〕235号",
            Self::ReconsiderationLaw => "行政复议法",
            Self::AdministrativeProcedureLaw => "行政诉讼法",
            Self::CivilProcedureLaw => "民事诉讼法",
            Self::HolidayRules => "全国年节及纪念日放假办法",
            Self::WorkingHours => "国务院关于职工工作时间的规定",
        }
    }

    /// Whether articles of this text are cited with `§` (laws and regulations) or as 第…条.
    const fn cited_by_sign(self) -> bool {
        !matches!(
            self,
            Self::FeeRules
                | Self::ReportFormat2021
                | Self::ReportFormat2019
                | Self::Statistics2014
                | Self::Reply207
                | Self::Reply235
        )
    }
}

/// An article of a law. Displays as `条例 §33`, `条例(2008) §24` or `国办函〔2020〕109号 第四条`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Article {
    law: Law,
    number: &'static str,
}

impl Article {
    /// An article by number, e.g. `33`, `36(四)`, or `四` for texts cited as 第四条. An empty
    /// number cites the text as a whole.
    pub const fn new(law: Law, number: &'static str) -> Self {
        Self { law, number }
    }

    /// An article of the regulation in force since 2019.
    pub const fn of2019(number: &'static str) -> Self {
        Self::new(Law::Regulation2019, number)
    }

    /// An article of the regulation of 2008.
    pub const fn of2008(number: &'static str) -> Self {
        Self::new(Law::Regulation2008, number)
    }

    /// The text it stands in.
    pub const fn law(self) -> Law {
        self.law
    }

    /// The number, without sign.
    pub const fn number(self) -> &'static str {
        self.number
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.law.short_name())?;
        match (self.number.is_empty(), self.law.cited_by_sign()) {
            (true, _) => Ok(()),
            (false, true) => write!(f, " §{}", self.number),
            (false, false) => write!(f, " 第{}条", self.number),
        }
    }
}

impl serde::Serialize for Article {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// The articles this crate relies on, by what they say.
pub mod articles {
    use super::{Article, Law};

    /// Publication within 20 working days of making or changing.
    pub const PUBLICATION: Article = Article::of2019("26");
    /// A supplement is asked for once, within 7 working days.
    pub const SUPPLEMENT: Article = Article::of2019("30");
    /// Handed in at the counter: the day itself.
    pub const RECEIPT_COUNTER: Article = Article::of2019("31(一)");
    /// By mail: the day it is signed for, or confirmed.
    pub const RECEIPT_MAIL: Article = Article::of2019("31(二)");
    /// Online or by fax: the day both sides confirm.
    pub const RECEIPT_ONLINE: Article = Article::of2019("31(三)");
    /// A third party is asked and has 15 working days.
    pub const THIRD_PARTY: Article = Article::of2019("32");
    /// The reply: 20 working days, once 20 more; consultations do not count.
    pub const REPLY: Article = Article::of2019("33");
    /// A joint maker is asked and has 15 working days.
    pub const JOINT_MAKER: Article = Article::of2019("34");
    /// Clearly excessive requests: reasons, refusal, reasonable delay.
    pub const EXCESSIVE: Article = Article::of2019("35");
    /// What a reply says.
    pub const REPLY_KINDS: Article = Article::of2019("36");
    /// Another unit is responsible.
    pub const NOT_RESPONSIBLE: Article = Article::of2019("36(五)");
    /// No charge, except a processing fee for excess.
    pub const FEES: Article = Article::of2019("42");
    /// Registration, review, processing, answering, filing.
    pub const REGISTRATION: Article = Article::of2019("45");
    /// When annual reports are due.
    pub const ANNUAL_REPORT: Article = Article::of2019("49");
    /// 2008: publication within 20 working days.
    pub const PUBLICATION_2008: Article = Article::of2008("18");
    /// 2008: what a reply says; item 4 asks for changes and supplements.
    pub const REPLY_KINDS_2008: Article = Article::of2008("21");
    /// 2008: a third party is asked.
    pub const THIRD_PARTY_2008: Article = Article::of2008("23");
    /// 2008: the reply, 15 working days and 15 more.
    pub const REPLY_2008: Article = Article::of2008("24");
    /// 2008: fees for search, copies and postage.
    pub const FEES_2008: Article = Article::of2008("27");
    /// 2008: annual reports by 31 March.
    pub const ANNUAL_REPORT_2008: Article = Article::of2008("31");
    /// Fee by number of requests.
    pub const FEE_BY_ITEMS: Article = Article::new(Law::FeeRules, "四");
    /// Fee by number of pages.
    pub const FEE_BY_PAGES: Article = Article::new(Law::FeeRules, "五");
    /// Fee notice and payment within 20 working days.
    pub const FEE_PAYMENT: Article = Article::new(Law::FeeRules, "六");
    /// Service by post counts on the day of posting, by hand on the day it is signed for.
    pub const SERVICE: Article = Article::new(Law::Reply235, "");
    /// Dates of receipt in the State Council office's reply of 2015.
    pub const RECEIPT_REPLY: Article = Article::new(Law::Reply207, "");
    /// Public holidays.
    pub const HOLIDAYS: Article = Article::new(Law::HolidayRules, "2");
    /// Saturday and Sunday are days of rest.
    pub const WEEKEND: Article = Article::new(Law::WorkingHours, "7");
}

/// A statutory number of days and the article it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// Working days.
    pub days: u32,
    /// Where it stands.
    pub article: Article,
}

/// The edition of the regulation that governs a request: the one in force on the day of its first
/// receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regulation {
    /// Order 492: 15 + 15 working days.
    Of2008,
    /// Order 711: 20 + 20 working days.
    Of2019,
}

impl Regulation {
    /// The day the edition of 2019 came into force.
    pub const IN_FORCE_2019: Date = Date::constant(2019, 5, 15);

    /// The edition that governs a request first received on this day.
    pub fn on(receipt: Date) -> Self {
        if receipt < Self::IN_FORCE_2019 {
            Self::Of2008
        } else {
            Self::Of2019
        }
    }

    /// Working days for the reply.
    pub const fn reply(self) -> Term {
        match self {
            Self::Of2008 => Term {
                days: 15,
                article: articles::REPLY_2008,
            },
            Self::Of2019 => Term {
                days: 20,
                article: articles::REPLY,
            },
        }
    }

    /// The longest extension, in working days.
    pub const fn extension_max(self) -> Term {
        self.reply()
    }

    /// Working days within which a supplement must be asked for; the regulation of 2008 has none.
    pub const fn supplement_notice(self) -> Option<Term> {
        match self {
            Self::Of2008 => None,
            Self::Of2019 => Some(Term {
                days: 7,
                article: articles::SUPPLEMENT,
            }),
        }
    }

    /// The most working days one asking of a third party suspends. The regulation of 2008 set no
    /// limit.
    pub const fn third_party_max(self) -> Option<Term> {
        match self {
            Self::Of2008 => None,
            Self::Of2019 => Some(Term {
                days: 15,
                article: articles::THIRD_PARTY,
            }),
        }
    }

    /// The article on asking a third party.
    pub const fn third_party(self) -> Article {
        match self {
            Self::Of2008 => articles::THIRD_PARTY_2008,
            Self::Of2019 => articles::THIRD_PARTY,
        }
    }

    /// The article on asking a joint maker; under the regulation of 2008 the same rule of
    /// not counting was applied.
    pub const fn joint_maker(self) -> Article {
        match self {
            Self::Of2008 => articles::REPLY_2008,
            Self::Of2019 => articles::JOINT_MAKER,
        }
    }

    /// The article on asking the applicant to supplement the request.
    pub const fn supplement(self) -> Article {
        match self {
            Self::Of2008 => articles::REPLY_KINDS_2008,
            Self::Of2019 => articles::SUPPLEMENT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_cited_as_the_office_writes_them() {
        assert_eq!(articles::REPLY.to_string(), "条例 §33");
        assert_eq!(articles::REPLY_2008.to_string(), "条例(2008) §24");
        assert_eq!(
            articles::FEE_BY_ITEMS.to_string(),
            "国办函〔2020〕109号 第四条"
        );
        assert_eq!(articles::SERVICE.to_string(), "国办公开办函〔2016〕235号");
    }

    #[test]
    fn the_edition_follows_the_day_of_receipt() {
        assert_eq!(
            Regulation::on(Date::constant(2019, 5, 14)),
            Regulation::Of2008
        );
        assert_eq!(
            Regulation::on(Date::constant(2019, 5, 15)),
            Regulation::Of2019
        );
        assert_eq!(Regulation::Of2008.reply().days, 15);
        assert_eq!(Regulation::Of2019.extension_max().days, 20);
    }
}
