//! Kinds of applicant: the columns of table 3 of the annual report.

use crate::keyed::keyed;

keyed! {
    /// Who asks: a natural person or one of five kinds of organization (年报格式表三的列).
    ApplicantKind, "申请人类型" {
        Natural = "natural", "自然人";
        Business = "business", "商业企业";
        Research = "research", "科研机构";
        Charity = "charity", "社会公益组织";
        Legal = "legal", "法律服务机构";
        Other = "other", "其他";
    }
}

impl ApplicantKind {
    /// Whether the form puts this column under “法人或其他组织”.
    pub const fn is_organization(self) -> bool {
        !matches!(self, Self::Natural)
    }
}
