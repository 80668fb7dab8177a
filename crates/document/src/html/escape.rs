//! Escaping, and which links may be written.

/// Writes text so that it is nothing but text, in an element or a quoted attribute.
pub fn text(out: &mut String, raw: &str) {
    for letter in raw.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // HTML allows no control characters but white space.
            control if control.is_control() && !control.is_whitespace() => {}
            other => out.push(other),
        }
    }
}

/// Writes ` name="value"`.
pub(crate) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push_str(&format!(" {name}=\""));
    text(out, value);
    out.push('"');
}

/// Whether a link may be written: a relative address, an anchor, or a scheme that runs nothing.
/// Addresses without a scheme that lead to another host (`//host`) are refused, since they look
/// like paths.
pub(crate) fn harmless(link: &str) -> bool {
    if link.is_empty()
        || link
            .chars()
            .any(|letter| letter.is_control() || letter == '\\')
    {
        return false;
    }
    if link.starts_with(char::is_whitespace) || link.starts_with("//") {
        return false;
    }
    let before_path = link.split(['/', '?', '#']).next().unwrap_or_default();
    match before_path.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known)),
    }
}
