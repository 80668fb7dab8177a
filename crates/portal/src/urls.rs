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

// ── Back office ──

/// My work.
pub const OFFICE: &str = "/office";
/// Sign-in.
pub const SIGN_IN: &str = "/office/sign-in";

/// Sign-in, then back to where one wanted to be.
pub fn sign_in(return_to: &str) -> String {
    with_query(SIGN_IN, &[("return", return_to)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_decoding_are_inverse() {
        let text = "甲/乙?c=%25 d";
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
