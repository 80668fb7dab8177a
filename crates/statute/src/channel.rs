//! Channels: how a request reaches a unit, and how information reaches the public.

use crate::article::{Article, articles};
use crate::keyed::keyed;

keyed! {
    /// How a request arrives; decides the date of receipt (条例 §31).
    RequestChannel, "申请渠道" {
        Counter = "counter", "当面";
        RegisteredMail = "registered-mail", "邮寄（签收）";
        OrdinaryMail = "ordinary-mail", "平常信函";
        Online = "online", "网络";
        Fax = "fax", "传真";
        Email = "email", "电子邮件";
    }
}

impl RequestChannel {
    /// Whether there is no date of receipt until both sides have confirmed it: letters nobody
    /// signs for, and faxes (条例 §31(二)(三)). Online and by e-mail the automatic receipt is the
    /// confirmation.
    pub const fn needs_confirmation(self) -> bool {
        matches!(self, Self::OrdinaryMail | Self::Fax)
    }

    /// The item of 条例 §31 that fixes the date of receipt of this channel.
    pub const fn article(self) -> Article {
        match self {
            Self::Counter => articles::RECEIPT_COUNTER,
            Self::RegisteredMail | Self::OrdinaryMail => articles::RECEIPT_MAIL,
            Self::Online | Self::Fax | Self::Email => articles::RECEIPT_ONLINE,
        }
    }

    /// The row of the 2014 statistics form that counts this channel: e-mail is 网络申请数 there,
    /// both kinds of mail are 信函申请数.
    pub const fn row_2014(self) -> &'static str {
        match self {
            Self::Counter => "C1.1",
            Self::Fax => "C1.2",
            Self::Online | Self::Email => "C1.3",
            Self::RegisteredMail | Self::OrdinaryMail => "C1.4",
        }
    }
}

keyed! {
    /// Where information is published (条例 §23).
    PublicationChannel, "公开渠道" {
        Gazette = "gazette", "政府公报";
        Website = "website", "政府网站";
        Weibo = "weibo", "政务微博";
        Wechat = "wechat", "政务微信";
        App = "app", "移动客户端";
        Board = "board", "公开栏";
        Led = "led", "电子屏";
        Sms = "sms", "短信";
        Broadcast = "broadcast", "广播电视";
        PressConference = "press-conference", "新闻发布会";
        Press = "press", "报刊";
        Group = "group", "工作群";
        Other = "other", "其他方式";
    }
}

impl PublicationChannel {
    /// The row of the 2014 statistics form that counts this channel (国办发〔2014〕32号).
    pub const fn row_2014(self) -> &'static str {
        match self {
            Self::Gazette => "A2.1",
            Self::Website => "A2.2",
            Self::Weibo => "A2.3",
            Self::Wechat => "A2.4",
            Self::App
            | Self::Board
            | Self::Led
            | Self::Sms
            | Self::Broadcast
            | Self::PressConference
            | Self::Press
            | Self::Group
            | Self::Other => "A2.5",
        }
    }
}
