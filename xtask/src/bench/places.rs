//! The addresses of the demo that are measured, in one place.

/// The public home page.
pub const HOME: &str = "/";
/// The list of documents.
pub const LIST: &str = "/documents";
/// A document's page begins so; the first one that the list links to is measured.
pub const DOCUMENT: &str = "/documents/";
/// The sign-in form, and the names of its two fields.
pub const SIGN_IN: &str = "/office/sign-in";
pub const SIGN_IN_FIELDS: (&str, &str) = ("account", "password");
/// The demo account of the disclosure office.
pub const OFFICE: (&str, &str) = ("gongkaiban", "Gongkai-2026");
/// The page that counts the county's report from records when it is opened.
pub const REPORT: &str = "/office/reports";
/// Id of a unit of the demo, and of the head of its county.
pub const UNIT: &str = "minzheng";
pub const HEAD: &str = "yanchi";
/// The report of the acceptance: the whole county, 2018.
pub const REPORT_UNIT: &str = "盐池县人民政府";
pub const REPORT_YEAR: &str = "2018";
pub const REPORT_EDITION: &str = "stats2014";
