//! Outcomes: how a request ended, as the rows of the official forms name it.

use crate::article::{Article, Law};
use crate::keyed::keyed;

/// Which official form an outcome is a row of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeForm {
    /// Table 3 of the annual report since 2019.
    Table3,
    /// Part 3 of the statistics form of 2014 to 2018 (国办发〔2014〕32号).
    Statistics2014,
}

keyed! {
    /// How a request ended: the result rows of table 3, and the reply rows of the form of
    /// 2014-2018, which cannot be told from the later ones and so keep their own keys.
    Outcome, "办理结果" {
        Granted = "granted", "予以公开";
        Partial = "partial", "部分公开";
        DenySecret = "deny.secret", "属于国家秘密";
        DenyLaw = "deny.law", "其他法律行政法规禁止公开";
        DenySafety = "deny.safety", "危及“三安全一稳定”";
        DenyThirdParty = "deny.third_party", "保护第三方合法权益";
        DenyInternal = "deny.internal", "属于三类内部事务信息";
        DenyProcess = "deny.process", "属于四类过程性信息";
        DenyEnforcement = "deny.enforcement", "属于行政执法案卷";
        DenyQuery = "deny.query", "属于行政查询事项";
        UnableNotHeld = "unable.not_held", "本机关不掌握相关政府信息";
        UnableCreate = "unable.create", "没有现成信息需要另行制作";
        UnableUnclear = "unable.unclear", "补正后申请内容仍不明确";
        RejectPetition = "reject.petition", "信访举报投诉类申请";
        RejectRepeat = "reject.repeat", "重复申请";
        RejectPublication = "reject.publication", "要求提供公开出版物";
        RejectExcessive = "reject.excessive", "无正当理由大量反复申请";
        RejectConfirm = "reject.confirm", "要求行政机关确认或重新出具已获取信息";
        OtherNoCorrection = "other.no_correction", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请";
        OtherUnpaid = "other.unpaid", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请";
        OtherOther = "other.other", "其他";
        AlreadyPublic2014 = "C3.1", "属于已主动公开范围";
        Agreed2014 = "C3.2", "同意公开答复";
        PartlyAgreed2014 = "C3.3", "同意部分公开答复";
        /// The sum row of the refusals; accepted in a reply whose reason is not known.
        Refused2014 = "C3.4", "不同意公开答复";
        RefusedSecret2014 = "C3.4a", "涉及国家秘密";
        RefusedBusiness2014 = "C3.4b", "涉及商业秘密";
        RefusedPrivacy2014 = "C3.4c", "涉及个人隐私";
        RefusedSafety2014 = "C3.4d", "危及国家安全、公共安全、经济安全和社会稳定";
        RefusedNotInformation2014 = "C3.4e", "不是《条例》所指政府信息";
        RefusedOther2014 = "C3.4f", "法律法规规定的其他情形";
        NotOurs2014 = "C3.5", "不属于本行政机关公开";
        NotFound2014 = "C3.6", "申请信息不存在";
        ToSupplement2014 = "C3.7", "告知作出更改补充";
        OtherChannel2014 = "C3.8", "告知通过其他途径办理";
    }
}

impl Outcome {
    /// The form whose row this is.
    pub const fn form(self) -> OutcomeForm {
        match self {
            Self::AlreadyPublic2014
            | Self::Agreed2014
            | Self::PartlyAgreed2014
            | Self::Refused2014
            | Self::RefusedSecret2014
            | Self::RefusedBusiness2014
            | Self::RefusedPrivacy2014
            | Self::RefusedSafety2014
            | Self::RefusedNotInformation2014
            | Self::RefusedOther2014
            | Self::NotOurs2014
            | Self::NotFound2014
            | Self::ToSupplement2014
            | Self::OtherChannel2014 => OutcomeForm::Statistics2014,
            _ => OutcomeForm::Table3,
        }
    }

    /// The group heading of the form, e.g. `（三）不予公开`; `None` for rows that stand alone.
    pub const fn group(self) -> Option<&'static str> {
        match self {
            Self::DenySecret
            | Self::DenyLaw
            | Self::DenySafety
            | Self::DenyThirdParty
            | Self::DenyInternal
            | Self::DenyProcess
            | Self::DenyEnforcement
            | Self::DenyQuery => Some("（三）不予公开"),
            Self::UnableNotHeld | Self::UnableCreate | Self::UnableUnclear => {
                Some("（四）无法提供")
            }
            Self::RejectPetition
            | Self::RejectRepeat
            | Self::RejectPublication
            | Self::RejectExcessive
            | Self::RejectConfirm => Some("（五）不予处理"),
            Self::OtherNoCorrection | Self::OtherUnpaid | Self::OtherOther => {
                Some("（六）其他处理")
            }
            Self::RefusedSecret2014
            | Self::RefusedBusiness2014
            | Self::RefusedPrivacy2014
            | Self::RefusedSafety2014
            | Self::RefusedNotInformation2014
            | Self::RefusedOther2014 => Some("4.不同意公开答复数"),
            _ => None,
        }
    }

    /// The article the outcome rests on; `None` where the row is only a statistical one
    /// (重新出具, 其他).
    pub const fn article(self) -> Option<Article> {
        Some(match self {
            Self::Granted => Article::of2019("36(一)(二)"),
            Self::Partial => Article::of2019("37"),
            Self::DenySecret | Self::DenyLaw | Self::DenySafety => Article::of2019("14"),
            Self::DenyThirdParty => Article::of2019("15"),
            Self::DenyInternal => Article::of2019("16①"),
            Self::DenyProcess | Self::DenyEnforcement => Article::of2019("16②"),
            Self::DenyQuery => Article::of2019("36(七)"),
            Self::UnableNotHeld => Article::of2019("36(四)(五)"),
            Self::UnableCreate => Article::of2019("38"),
            Self::UnableUnclear | Self::OtherNoCorrection => Article::of2019("30"),
            Self::RejectPetition => Article::of2019("39①"),
            Self::RejectRepeat => Article::of2019("36(六)"),
            Self::RejectPublication => Article::of2019("39②"),
            Self::RejectExcessive => Article::of2019("35"),
            Self::OtherUnpaid => Article::new(Law::FeeRules, "六"),
            Self::RejectConfirm | Self::OtherOther => return None,
            Self::AlreadyPublic2014 | Self::Agreed2014 => Article::of2008("21(一)"),
            Self::PartlyAgreed2014 => Article::of2008("22"),
            Self::Refused2014 | Self::RefusedOther2014 => Article::of2008("21(二)"),
            Self::RefusedSecret2014 | Self::RefusedBusiness2014 | Self::RefusedPrivacy2014 => {
                Article::of2008("14")
            }
            Self::RefusedSafety2014 => Article::of2008("8"),
            Self::RefusedNotInformation2014 => Article::of2008("2"),
            Self::NotOurs2014 | Self::NotFound2014 => Article::of2008("21(三)"),
            Self::ToSupplement2014 => Article::of2008("21(四)"),
            Self::OtherChannel2014 => Article::of2008("21"),
        })
    }

    /// Whether the unit withheld the whole (the rows under 不予公开 / 不同意公开).
    pub fn is_denial(self) -> bool {
        self == Self::Refused2014
            || matches!(self.group(), Some("（三）不予公开" | "4.不同意公开答复数"))
    }

    /// Whether an applicant must ask for reconsideration before going to court: refusals under
    /// 条例 §14-§16, since 2024-01-01 (行政复议法 §23①(四)).
    pub const fn needs_reconsideration_first(self) -> bool {
        matches!(
            self,
            Self::DenySecret
                | Self::DenyLaw
                | Self::DenySafety
                | Self::DenyThirdParty
                | Self::DenyInternal
                | Self::DenyProcess
                | Self::DenyEnforcement
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_lead_back() {
        for (i, outcome) in Outcome::ALL.iter().enumerate() {
            assert_eq!(Outcome::from_key(outcome.key()), Some(*outcome));
            assert!(Outcome::ALL[..i].iter().all(|o| o.key() != outcome.key()));
        }
        assert_eq!(Outcome::from_key("C3.4g"), None);
        assert_eq!(Outcome::ALL.len(), 21 + 14);
    }

    #[test]
    fn forms_and_groups_follow_the_keys() {
        for o in Outcome::ALL {
            let of2014 = o.key().starts_with("C3");
            assert_eq!(
                o.form() == OutcomeForm::Statistics2014,
                of2014,
                "{}",
                o.key()
            );
            let group = match o.key().split('.').next() {
                Some("deny") => Some("（三）不予公开"),
                Some("unable") => Some("（四）无法提供"),
                Some("reject") => Some("（五）不予处理"),
                Some("other") => Some("（六）其他处理"),
                Some("C3") if o.key().len() == 5 => Some("4.不同意公开答复数"),
                _ => None,
            };
            assert_eq!(o.group(), group, "{}", o.key());
        }
    }

    #[test]
    fn serde_goes_by_key_and_says_what_it_expected() {
        let json = serde_json::to_string(&Outcome::DenySecret).unwrap();
        assert_eq!(json, "\"deny.secret\"");
        let err = serde_json::from_str::<Outcome>("\"deny\"")
            .unwrap_err()
            .to_string();
        assert!(
            err.contains("办理结果“deny”不认识") && err.contains("granted"),
            "{err}"
        );
    }
}
