//! The events that have a form, and their words.

/// What a form enters.
pub(super) struct Kind {
    /// Key of the event, as [`office::requests::next_steps`] names it.
    pub(super) key: &'static str,
    pub(super) label: &'static str,
    pub(super) on_label: &'static str,
    pub(super) lead: &'static str,
    pub(super) button: &'static str,
    pub(super) done: &'static str,
}

/// The reply, which has an address of its own.
pub(super) const REPLY: Kind = Kind {
    key: "replied",
    label: "写答复",
    on_label: "答复日期",
    lead: "邮寄的以交邮之日为准，当面送达的以签收之日为准。",
    button: "作出答复",
    done: "答复已经记录。",
};

/// The confirmation of receipt, which has an address of its own.
pub(super) const CONFIRM: Kind = Kind {
    key: "confirm",
    label: "确认收到",
    on_label: "与申请人确认的日期",
    lead: "平常信函和传真，以与申请人双方确认之日为收到之日（条例 §31），期限从次日起算。",
    button: "登记确认",
    done: "已登记确认，期限已经重新计算。",
};

/// Every event with a form of its own, in the order of the procedure.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        key: "supplement-asked",
        label: "告知补正",
        on_label: "告知日期",
        lead: "申请内容不明确的，7 个工作日内一次性告知要补什么、补到哪一天（条例 §30）。",
        button: "登记告知补正",
        done: "已登记告知补正。",
    },
    Kind {
        key: "supplemented",
        label: "收到补正",
        on_label: "收到补正的日期",
        lead: "从收到补正之日的次日起，答复期限重新计算 20 个工作日（条例 §30）。",
        button: "登记收到补正",
        done: "已登记收到补正，期限已经重新计算。",
    },
    Kind {
        key: "third-party-asked",
        label: "征求第三方意见",
        on_label: "发出征求意见书的日期",
        lead: "可能损害第三方合法权益的，书面征求意见；第三方 15 个工作日内答复，所需时间不计入期限（条例 §32、§33）。",
        button: "登记征求意见",
        done: "已登记征求第三方意见。",
    },
    Kind {
        key: "third-party-answered",
        label: "第三方答复",
        on_label: "收到意见的日期",
        lead: "从次日起继续计算答复期限（条例 §32、§33）。",
        button: "登记第三方答复",
        done: "已登记第三方答复，期限已经重新计算。",
    },
    Kind {
        key: "joint-maker-asked",
        label: "征求共同制作机关意见",
        on_label: "发出征求意见函的日期",
        lead: "与其他机关共同制作的，由牵头制作的机关征求意见；被征求的机关 15 个工作日内提出（条例 §34）。",
        button: "登记征求意见",
        done: "已登记征求共同制作机关意见。",
    },
    Kind {
        key: "joint-maker-answered",
        label: "共同制作机关答复",
        on_label: "收到意见的日期",
        lead: "从次日起继续计算答复期限（条例 §34）。",
        button: "登记机关答复",
        done: "已登记共同制作机关答复，期限已经重新计算。",
    },
    Kind {
        key: "extended",
        label: "延长答复期限",
        on_label: "告知申请人的日期",
        lead: "须在期限届满以前，经政府信息公开工作机构负责人同意并告知申请人；只能延长一次，最长 20 个工作日（条例 §33）。",
        button: "登记延期",
        done: "已登记延期，期限已经重新计算。",
    },
    Kind {
        key: "reason-asked",
        label: "要求说明理由",
        on_label: "告知日期",
        lead: "申请的数量、频次明显超过合理范围的，可以要求说明理由（条例 §35）。",
        button: "登记要求说明理由",
        done: "已登记要求说明理由。",
    },
    Kind {
        key: "reason-given",
        label: "收到理由说明",
        on_label: "收到说明的日期",
        lead: "理由不合理的，告知不予处理；合理但不能在期限内答复的，可以确定延迟答复的合理期限（条例 §35）。",
        button: "登记理由说明",
        done: "已登记理由说明。",
    },
    Kind {
        key: "delayed",
        label: "确定延迟答复期限",
        on_label: "告知日期",
        lead: "理由合理但不能在期限内答复的，确定延迟答复的合理期限并告知申请人（条例 §35）。",
        button: "登记延迟答复",
        done: "已登记延迟答复期限。",
    },
    Kind {
        key: "fee-notified",
        label: "发出收费通知",
        on_label: "通知日期",
        lead: "申请的数量、频次明显超过合理范围的，可以收取信息处理费；申请人 20 个工作日内缴纳（国办函〔2020〕109号）。",
        button: "登记收费通知",
        done: "已登记收费通知。",
    },
    Kind {
        key: "fee-paid",
        label: "完成缴费",
        on_label: "缴费日期",
        lead: "从完成缴费的次日起，答复期限重新计算（国办函〔2020〕109号）。",
        button: "登记缴费",
        done: "已登记缴费，期限已经重新计算。",
    },
    Kind {
        key: "transferred",
        label: "转办",
        on_label: "转办日期",
        lead: "在机关内部或者向负责的机关转交，不影响答复期限。",
        button: "登记转办",
        done: "已登记转办。",
    },
    Kind {
        key: "withdrawn",
        label: "申请人撤回",
        on_label: "撤回日期",
        lead: "申请人书面撤回的，这件申请到此办结。",
        button: "登记撤回",
        done: "已登记撤回，这件申请已经办结。",
    },
    Kind {
        key: "closed",
        label: "办结，不另答复",
        on_label: "办结日期",
        lead: "申请人逾期不补正、逾期不缴费等情形，不再处理的，在这里办结。",
        button: "办结",
        done: "已经办结。",
    },
];

/// The form of an event by its key.
pub(super) fn kind_of(key: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.key == key)
}
