//! Reconsideration and litigation: the columns of table 4 of the annual report.

use crate::keyed::keyed;

keyed! {
    /// The road a dispute takes.
    Track, "案件途径" {
        Review = "review", "行政复议";
        LitDirect = "lit_direct", "未经复议直接起诉";
        LitAfterReview = "lit_after_review", "复议后起诉";
    }
}

impl Track {
    /// Whether the dispute is before a court.
    pub const fn is_litigation(self) -> bool {
        !matches!(self, Self::Review)
    }
}

keyed! {
    /// How a dispute ended. One that has not ended is counted as 尚未审结 (`pending`), which is
    /// the absence of a result.
    CaseResult, "案件结果" {
        Upheld = "upheld", "结果维持";
        Corrected = "corrected", "结果纠正";
        Other = "other", "其他结果";
    }
}
