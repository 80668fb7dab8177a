//! What poppler's programs say of a PDF is read into a report and checked: as bytes, and as words and
//! lines strewn over a page.
#![no_main]

use std::fmt::Write;

use document::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let limits = Limits { pages: 3, ..Limits::default() };
    let (layout, words, lines);
    if *first == b'#' {
        // Three answers, set apart by the separator of records.
        let mut parts = rest.splitn(3, |byte| *byte == 0x1e);
        layout = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        words = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        lines = parts.next().unwrap_or_default().to_vec();
    } else {
        (layout, words, lines) = page(rest);
    }
    let drawn = (first % 3 != 0).then_some((words.as_str(), lines.as_slice()));
    if let Ok(content) = document::pdf::written(&layout, drawn, &limits) {
        let _ = report::check(&report::read(&content, "a.pdf"));
    }
});

/// A page on which every four bytes are a line across, a line down, or a word.
fn page(bytes: &[u8]) -> (String, String, Vec<u8>) {
    const TEXTS: [&str; 8] = ["12", "0", "三、本年度办理结果", "（一）", "自然人", "总计", "、", "1&amp;2"];
    let mut layout = String::new();
    let mut words = String::from("<page width=\"300.000000\" height=\"300.000000\">\n");
    let mut lines = String::from("%%Page: 1 1\n%%EndPageSetup\n1 0 0 -1 0 300 cm\n0.5 w\n");
    for four in bytes.chunks_exact(4) {
        let [kind, x, y, long] = [four[0], four[1], four[2], four[3]].map(usize::from);
        let (right, below) = (x + long, y + long);
        // Writing to a string cannot fail.
        let _ = match kind % 4 {
            0 => writeln!(lines, "{x} {y} m {right} {y} l S"),
            1 => writeln!(lines, "{x} {y} m {x} {below} l S"),
            2 => writeln!(lines, "{x} {y} {long} 0.5 re f"),
            _ => {
                let text = TEXTS[kind / 4 % TEXTS.len()];
                layout.push_str(text);
                layout.push(if kind % 8 == 3 { ' ' } else { '\n' });
                writeln!(
                    words,
                    "<word xMin=\"{x}\" yMin=\"{y}\" xMax=\"{right}\" yMax=\"{}\">{text}</word>",
                    y + 9
                )
            }
        };
    }
    layout.push('\u{c}');
    words.push_str("</page>\n");
    lines.push_str("showpage\n");
    (layout, words, lines.into_bytes())
}
