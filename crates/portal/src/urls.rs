//! Every address of the portal, one function each. Nobody puts paths together anywhere else.

use std::fmt::Write as _;

/// A part of a path or a value of a query, percent-encoded (RFC 3986 unreserved stay).
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The text of a percent-encoded part; `None` when it is malformed or not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        let value = digits.iter().try_fold(0u32, |sum, digit| {
            Some(sum * 16 + char::from(*digit).to_digit(16)?)
        })?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// An address with a query; empty values are left out.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    let mut mark = if path.contains('?') { '&' } else { '?' };
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(out, "{mark}{name}={}", encode(value));
        mark = '&';
    }
    out
}

/// Whether this is a path of our own site that one may be sent to: `/…`, not `//host`, and
/// without anything a browser would read in its own way.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

// ── Public ──

/// Home.
pub const HOME: &str = "/";
/// List of documents.
pub const DOCUMENTS: &str = "/documents";
/// Search.
pub const SEARCH: &str = "/search";
/// List of units.
pub const UNITS: &str = "/units";
/// Published reports.
pub const REPORTS: &str = "/reports";
/// Form for a request.
pub const REQUEST_NEW: &str = "/requests/new";
/// Look-up of a request.
pub const REQUEST_TRACK: &str = "/requests/track";
/// The checker.
pub const CHECK: &str = "/check";
/// What the checker looks for.
pub const CHECK_RULES: &str = "/check/rules";
/// Feed.
pub const FEED: &str = "/feed.atom";

/// A document.
pub fn document(id: &str) -> String {
    format!("/documents/{}", encode(id))
}

/// Documents narrowed to a unit and a kind; empty for all.
pub fn documents(unit: &str, kind: &str) -> String {
    with_query(DOCUMENTS, &[("unit", unit), ("kind", kind)])
}

/// A file of a document.
pub fn file(id: &str) -> String {
    format!("/files/{}", encode(id))
}

/// A unit.
pub fn unit(id: &str) -> String {
    format!("/units/{}", encode(id))
}

/// A part of a unit's page: `guide`, `rules`, `content`, `reports`.
pub fn unit_part(id: &str, part: &str) -> String {
    with_query(&unit(id), &[("part", part)])
}

/// The request form with a unit chosen.
pub fn request_new(unit: &str) -> String {
    with_query(REQUEST_NEW, &[("unit", unit)])
}

/// A published report.
pub fn report(unit: &str, year: i16) -> String {
    format!("{REPORTS}/{}/{year}", encode(unit))
}

/// A rule of the checker.
pub fn check_rule(name: &str) -> String {
    format!("{CHECK_RULES}/{}", encode(name))
}

/// A document as data.
pub fn api_document(id: &str) -> String {
    format!("/api/v1/documents/{}", encode(id))
}

// ── Back office ──

/// My work.
pub const OFFICE: &str = "/office";
/// Sign-in.
pub const SIGN_IN: &str = "/office/sign-in";

/// Sign-in, then back to where one wanted to be.
pub fn sign_in(return_to: &str) -> String {
    with_query(SIGN_IN, &[("return", return_to)])
}

/// Registers.
pub const OFFICE_REGISTERS: &str = "/office/registers";
/// Indicators.
pub const OFFICE_FIGURES: &str = "/office/figures";
/// Decisions in the office.
pub const OFFICE_DECISIONS: &str = "/office/registers/decisions";
/// New decisions.
pub const OFFICE_DECISIONS_NEW: &str = "/office/registers/decisions/new";
/// Fee income in the office.
pub const OFFICE_FEE_INCOME: &str = "/office/registers/fee-income";
/// Entering fee income.
pub const OFFICE_FEE_INCOME_EDIT: &str = "/office/registers/fee-income/edit";
/// Settings of the site.
pub const OFFICE_SETTINGS: &str = "/office/settings";
/// Finding the request whose applicant is to be erased.
pub const OFFICE_PEOPLE_ERASE: &str = "/office/people/erase";
/// Reconsideration and litigation in the office.
pub const OFFICE_CASES: &str = "/office/cases";
/// Annual reports in the office.
pub const OFFICE_REPORTS: &str = "/office/reports";
/// Calendar.
pub const OFFICE_CALENDAR: &str = "/office/calendar";
/// What a notice would change.
pub const OFFICE_CALENDAR_PREVIEW: &str = "/office/calendar/preview";
/// Loading a notice.
pub const OFFICE_CALENDAR_LOAD: &str = "/office/calendar/load";
/// People.
pub const OFFICE_PEOPLE: &str = "/office/people";
/// Invitation.
pub const OFFICE_PEOPLE_NEW: &str = "/office/people/new";
/// Units in the office.
pub const OFFICE_UNITS: &str = "/office/units";
/// A new unit.
pub const OFFICE_UNITS_NEW: &str = "/office/units/new";
/// Journal.
pub const OFFICE_JOURNAL: &str = "/office/journal";
/// The public API.
pub const API: &str = "/api/v1";

/// Entries of a register, of a unit and a year; empty for all.
pub fn office_register(register: &str, unit: &str, year: &str) -> String {
    let path = format!("{OFFICE_REGISTERS}/{}", encode(register));
    with_query(&path, &[("unit", unit), ("year", year)])
}

/// The end of what an entry stands for.
pub fn office_entry_end(id: &str) -> String {
    format!("{OFFICE_REGISTERS}/entries/{}/end", encode(id))
}

/// Putting right what was recorded of a decision.
pub fn office_decision(id: &str) -> String {
    format!("{OFFICE_DECISIONS}/{}", encode(id))
}

/// The form for an entry.
pub fn office_register_new(register: &str, unit: &str) -> String {
    let path = format!("{OFFICE_REGISTERS}/{}/new", encode(register));
    with_query(&path, &[("unit", unit)])
}

/// The records under a figure of a report in the office. `cell` is the path form of its key.
pub fn office_figure(unit: &str, year: i16, cell: &str, edition: &str, roll_up: bool) -> String {
    let path = format!("{OFFICE_FIGURES}/{}/{year}/{cell}", encode(unit));
    let roll_up = if roll_up { "on" } else { "" };
    with_query(&path, &[("edition", edition), ("roll_up", roll_up)])
}

/// The records under a figure of a published report.
pub fn report_figure(unit: &str, year: i16, cell: &str) -> String {
    format!("{}/figures/{cell}", report(unit, year))
}

/// A published report as a file: `html` or `json`.
pub fn report_file(unit: &str, year: i16, format: &str) -> String {
    format!("{}/report.{format}", report(unit, year))
}

/// A report compiled in the office; `part` is empty, `/check`, `/publish`, `/report.html` or `/report.json`.
pub fn office_report(part: &str, unit: &str, year: i16, edition: &str, roll_up: bool) -> String {
    let roll_up = if roll_up { "on" } else { "" };
    with_query(
        &format!("{OFFICE_REPORTS}{part}"),
        &[
            ("unit", unit),
            ("year", &year.to_string()),
            ("edition", edition),
            ("roll_up", roll_up),
        ],
    )
}

/// A person in the office; `act` is empty or `/roles`, `/leave`, `/return`, `/reset`, `/handover`.
pub fn office_person(id: &str, act: &str) -> String {
    format!("{OFFICE_PEOPLE}/{}{act}", encode(id))
}

/// The guide of a unit, to be changed.
pub fn office_guide(unit: &str) -> String {
    format!("{OFFICE_UNITS}/{}/guide", encode(unit))
}

/// Signing out, by POST.
pub const SIGN_OUT: &str = "/office/sign-out";
/// First sign-in, or after a reset.
pub const ENTER: &str = "/office/enter";
/// Who is signed in.
pub const ME: &str = "/office/me";
/// Changing one's password.
pub const PASSWORD: &str = "/office/password";
/// Documents of the office.
pub const OFFICE_DOCUMENTS: &str = "/office/documents";
/// A new draft.
pub const OFFICE_DOCUMENT_NEW: &str = "/office/documents/new";
/// Requests of the office.
pub const OFFICE_REQUESTS: &str = "/office/requests";
/// Registering a paper request.
pub const OFFICE_REQUEST_NEW: &str = "/office/requests/new";

/// A document in the office.
pub fn office_document(id: &str) -> String {
    format!("{OFFICE_DOCUMENTS}/{}", encode(id))
}

/// Changing a draft.
pub fn office_document_edit(id: &str) -> String {
    format!("{}/edit", office_document(id))
}

/// A step of a document on its way: the key of its verb.
pub fn office_document_act(id: &str, verb: &str) -> String {
    format!("{}/{}", office_document(id), encode(verb))
}

/// Repealing a document.
pub fn office_document_repeal(id: &str) -> String {
    format!("{}/repeal", office_document(id))
}

/// Adding a file to a draft, by POST.
pub fn office_document_files(id: &str) -> String {
    format!("{}/files", office_document(id))
}

/// Taking a file off a draft, by POST.
pub fn office_document_file_remove(id: &str, file: &str) -> String {
    format!("{}/{}/remove", office_document_files(id), encode(file))
}

/// A file of a document in any state, for the office.
pub fn office_file(id: &str) -> String {
    format!("/office/files/{}", encode(id))
}

/// A request in the office.
pub fn office_request(id: &str) -> String {
    format!("{OFFICE_REQUESTS}/{}", encode(id))
}

/// The steps of its due date.
pub fn office_request_why(id: &str) -> String {
    format!("{}#why", office_request(id))
}

/// A form of a request: `reply`, `confirm`, `assign`, `erase`.
pub fn office_request_form(id: &str, form: &str) -> String {
    format!("{}/{}", office_request(id), encode(form))
}

/// Entering an event of a request.
pub fn office_request_event(id: &str, event: &str) -> String {
    format!("{}/events/{}", office_request(id), encode(event))
}

/// Correcting the event at a place of the list.
pub fn office_request_correct(id: &str, index: usize) -> String {
    format!("{}/correct/{index}", office_request(id))
}

/// A case over a request; `new` for one to record.
pub fn office_case(request: &str, case: &str) -> String {
    format!("{}/cases/{}", office_request(request), encode(case))
}

/// Requests of one sort: `open`, `late`, `today`, `near`, `mine`, `closed`, `all`.
pub fn office_requests_shown(show: &str, whose: &str) -> String {
    with_query(OFFICE_REQUESTS, &[("show", show), ("whose", whose)])
}

/// The list of requests of one unit, narrowed in the same way; all units where it is empty.
pub fn office_requests_of(unit: &str, show: &str) -> String {
    with_query(OFFICE_REQUESTS, &[("show", show), ("unit", unit)])
}

/// The list of documents that a unit made public in a year and that still are; of all units where it
/// is empty.
pub fn office_documents_public(unit: &str, year: i16) -> String {
    with_query(
        OFFICE_DOCUMENTS,
        &[("public", &year.to_string()), ("unit", unit)],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_decoding_are_inverse() {
        let text = "甲/乙？c=%25 d";
        assert_eq!(decode(&encode(text)).as_deref(), Some(text));
        assert_eq!(decode("%4"), None);
        assert_eq!(decode("%ff"), None);
    }

    #[test]
    fn only_paths_of_our_own_are_local() {
        for good in ["/", "/office/requests?page=2"] {
            assert!(is_local(good), "{good}");
        }
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "/a b",
            "/\n",
        ] {
            assert!(!is_local(bad), "{bad}");
        }
    }
}
