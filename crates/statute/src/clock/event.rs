//! Events: the closed list of things that happen to a request.

use crate::keyed::keyed;
use crate::{Date, Outcome, RequestChannel};

keyed! {
    /// How a reply reaches the applicant (国办公开办函〔2016〕235号). A reply by post is dated by the
    /// day of posting, one by hand by the day it is signed for.
    Delivery, "送达方式" {
        Hand = "hand", "当面";
        Post = "post", "邮寄";
        Online = "online", "网上";
        Email = "email", "电子邮件";
    }
}

/// A dated fact in the life of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day it happened, in Asia/Shanghai.
    pub on: Date,
    /// What happened.
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// The request arrived.
    Received {
        /// How; `None` in an imported request means the request's own channel.
        channel: Option<RequestChannel>,
        /// The day both sides confirmed it, where the law asks for one (条例 §31).
        confirmed: Option<Date>,
    },
    /// The applicant was asked to supplement the request (条例 §30).
    SupplementAsked {
        /// The last day the unit gave the applicant.
        reply_by: Option<Date>,
    },
    /// The supplemented request arrived.
    Supplemented,
    /// A third party was asked (条例 §32).
    ThirdPartyAsked,
    /// The third party answered.
    ThirdPartyAnswered,
    /// A joint maker was asked (条例 §34).
    JointMakerAsked,
    /// The joint maker answered.
    JointMakerAnswered,
    /// The reply was put off (条例 §33).
    Extended {
        /// Working days; `None` when history did not record them: the longest the law allows.
        days: Option<u32>,
    },
    /// The applicant was asked to explain excessive requests (条例 §35).
    ReasonAsked,
    /// The explanation arrived.
    ReasonGiven,
    /// A reasonable later date was fixed (条例 §35).
    Delayed {
        /// The date fixed.
        until: Date,
    },
    /// A fee notice went out (国办函〔2020〕109号).
    FeeNotified,
    /// The fee was paid.
    FeePaid,
    /// The request was passed on, within the unit or to the body responsible.
    Transferred,
    /// The applicant took the request back.
    Withdrawn,
    /// The decision went out.
    Replied {
        /// The decision; `None` when history did not record it.
        outcome: Option<Outcome>,
        /// How it went out.
        by: Option<Delivery>,
    },
    /// The request ended without a reply.
    Closed {
        /// How; `None` when history did not record it.
        outcome: Option<Outcome>,
    },
    /// A mistyped event is undone.
    ///
    /// Which one: `index`, the place in the list from 0; else the last event named `of` before
    /// this one; else the event directly before that still stands. A correction itself cannot be
    /// undone: write the event again.
    Corrected {
        /// Place of the event undone, from 0.
        index: Option<usize>,
        /// Key of the event undone, e.g. `received`.
        of: Option<String>,
        /// Why.
        reason: String,
        /// The right event, put in the place of the wrong one; `None`: it is simply removed.
        to: Option<Box<Event>>,
    },
}

impl EventKind {
    /// Every key of an event.
    pub const KEYS: &'static [&'static str] = &[
        "received",
        "supplement-asked",
        "supplemented",
        "third-party-asked",
        "third-party-answered",
        "joint-maker-asked",
        "joint-maker-answered",
        "extended",
        "reason-asked",
        "reason-given",
        "delayed",
        "fee-notified",
        "fee-paid",
        "transferred",
        "withdrawn",
        "replied",
        "closed",
        "corrected",
    ];

    /// The key used in files.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::SupplementAsked { .. } => "supplement-asked",
            Self::Supplemented => "supplemented",
            Self::ThirdPartyAsked => "third-party-asked",
            Self::ThirdPartyAnswered => "third-party-answered",
            Self::JointMakerAsked => "joint-maker-asked",
            Self::JointMakerAnswered => "joint-maker-answered",
            Self::Extended { .. } => "extended",
            Self::ReasonAsked => "reason-asked",
            Self::ReasonGiven => "reason-given",
            Self::Delayed { .. } => "delayed",
            Self::FeeNotified => "fee-notified",
            Self::FeePaid => "fee-paid",
            Self::Transferred => "transferred",
            Self::Withdrawn => "withdrawn",
            Self::Replied { .. } => "replied",
            Self::Closed { .. } => "closed",
            Self::Corrected { .. } => "corrected",
        }
    }

    /// The Chinese name of the event.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Received { .. } => "收到申请",
            Self::SupplementAsked { .. } => "告知补正",
            Self::Supplemented => "收到补正",
            Self::ThirdPartyAsked => "征求第三方意见",
            Self::ThirdPartyAnswered => "第三方答复",
            Self::JointMakerAsked => "征求共同制作机关意见",
            Self::JointMakerAnswered => "共同制作机关答复",
            Self::Extended { .. } => "延长答复期限",
            Self::ReasonAsked => "要求说明理由",
            Self::ReasonGiven => "收到理由说明",
            Self::Delayed { .. } => "确定延迟答复期限",
            Self::FeeNotified => "发出收费通知",
            Self::FeePaid => "完成缴费",
            Self::Transferred => "转办",
            Self::Withdrawn => "申请人撤回",
            Self::Replied { .. } => "作出答复",
            Self::Closed { .. } => "办结（不另答复）",
            Self::Corrected { .. } => "更正登记",
        }
    }

    /// Whether the request ends here.
    pub const fn closes(&self) -> bool {
        matches!(
            self,
            Self::Replied { .. } | Self::Closed { .. } | Self::Withdrawn
        )
    }
}

impl Event {
    /// An event.
    pub const fn new(on: Date, kind: EventKind) -> Self {
        Self { on, kind }
    }

    /// The day of receipt this event fixes (条例 §31): the day of confirmation if there is one,
    /// the day of arrival where no confirmation is needed, else `None`. `None` for other events.
    pub fn receipt(&self) -> Option<Date> {
        let EventKind::Received { channel, confirmed } = &self.kind else {
            return None;
        };
        match channel {
            // What is handed over or signed for is received that day, whatever is confirmed later.
            Some(RequestChannel::Counter | RequestChannel::RegisteredMail) => Some(self.on),
            Some(c) if c.needs_confirmation() => *confirmed,
            _ => Some(confirmed.unwrap_or(self.on)),
        }
    }

    /// This event with a channel filled in where a receipt names none, also inside a correction.
    #[must_use]
    pub fn with_channel(mut self, default: RequestChannel) -> Self {
        match &mut self.kind {
            EventKind::Received {
                channel: channel @ None,
                ..
            } => *channel = Some(default),
            EventKind::Corrected { to: Some(to), .. } => {
                // One level only: the reader refuses a correction inside a correction.
                if let EventKind::Received {
                    channel: channel @ None,
                    ..
                } = &mut to.kind
                {
                    *channel = Some(default);
                }
            }
            _ => {}
        }
        self
    }
}
