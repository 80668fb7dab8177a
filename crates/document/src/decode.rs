//! Bytes to text: which encoding, and its decoding.
//!
//! UTF-8 is decided first, since no other encoding passes for it by chance. Everything else of this
//! country is GB18030, of which GBK and GB 2312 are parts, unless it reads better as Big5.

use std::borrow::Cow;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::ReadError;

/// Bytes that are looked at to tell an encoding; a whole report of common length.
const SAMPLE: usize = 64 << 10;

/// Decodes text; `declared` is what the file says of itself, which counts only if the bytes leave
/// it possible. Damaged bytes become U+FFFD. A byte order mark is left out.
///
/// # Errors
/// [`ReadError::NotText`] if it is no text in any encoding.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
) -> Result<Cow<'a, str>, ReadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or(&[]));
        return plausible(text);
    }
    if let Some(encoding) = wide(bytes) {
        return plausible(encoding.decode_without_bom_handling(bytes).0);
    }
    // Before any decoding: a picture or a program would cost megabytes of replacement characters.
    if binary(bytes) {
        return Err(ReadError::NotText);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    if mostly_utf8(bytes) {
        return plausible(UTF_8.decode_without_bom_handling(bytes).0);
    }
    plausible(match declared {
        Some(declared) if declared == BIG5 => BIG5.decode_without_bom_handling(bytes).0,
        Some(declared) if declared == GBK => GB18030.decode_without_bom_handling(bytes).0,
        _ => chinese(bytes),
    })
}

/// UTF-16 without a mark: it alone holds zero bytes, and nearly all of its units are characters of
/// a Chinese text when they are put together the right way round.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if !sample.contains(&0) {
        return None;
    }
    let score = |unit: fn([u8; 2]) -> u16| {
        let units = sample.as_chunks::<2>().0;
        let usual = units.iter().filter(|pair| usual(unit(**pair))).count();
        (usual * 100, units.len())
    };
    let (little, units) = score(u16::from_le_bytes);
    let (big, _) = score(u16::from_be_bytes);
    let (best, encoding) = if little >= big {
        (little, UTF_16LE)
    } else {
        (big, UTF_16BE)
    };
    (units > 0 && best >= units * 95).then_some(encoding)
}

/// Whether a Chinese text is likely to hold this unit of UTF-16.
fn usual(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0C | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x2000..=0x206F
        | 0x2190..=0x25FF | 0x3000..=0x303F | 0x3400..=0x9FFF | 0xFF00..=0xFFEF)
}

/// Whether too many control characters stand in it for a text. In UTF-8 and GB18030 alike these
/// bytes stand for nothing but themselves.
fn binary(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(**byte, 0..=8 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F);
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let found = sample.iter().filter(control).count();
    found > 8 && found * 50 > sample.len()
}

/// Whether it is UTF-8 but for a few damaged places, as a page that was cut in the middle of a
/// character. Of a GB18030 text nearly every character is damage as UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut damaged, mut wide) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        damaged += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
    }
    damaged * 20 <= wide
}

/// Neither UTF-8 nor UTF-16: GB18030, or Big5. Bytes of Big5 are valid GB18030, but every second
/// character falls into the private use area, where a real text has none or few.
fn chinese(bytes: &[u8]) -> Cow<'_, str> {
    let (text, damaged) = GB18030.decode_without_bom_handling(bytes);
    let private = |c: &char| matches!(c, '\u{E000}'..='\u{F8FF}');
    let (mut odd, mut wide) = (0usize, 0usize);
    for character in text.chars().filter(|c| !c.is_ascii()) {
        wide += 1;
        odd += usize::from(private(&character));
    }
    if odd * 20 > wide || damaged {
        let (other, damaged) = BIG5.decode_without_bom_handling(bytes);
        if !damaged {
            return other;
        }
    }
    text
}

/// Refuses what came out as damage for the most part.
fn plausible(text: Cow<'_, str>) -> Result<Cow<'_, str>, ReadError> {
    let (mut damaged, mut all) = (0usize, 0usize);
    for character in text.chars() {
        all += 1;
        damaged += usize::from(matches!(character, '\u{FFFD}' | '\0'));
    }
    if damaged > 8 && damaged * 10 > all {
        return Err(ReadError::NotText);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "某县水务局2021年政府信息公开工作年度报告\n一、总体情况\n\
        本年主动公开政府信息121条，其中网站98条，公众号23条。收到申请 4 件，答复率100%。\n";
    const TRADITIONAL: &str = "某縣水務局2021年政府信息公開工作年度報告，\
        本年主動公開政府信息一百餘條，答覆與說明俱於網站發佈。";

    fn check(bytes: &[u8], expect: &str) {
        assert_eq!(decode(bytes, None).unwrap(), expect);
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let order = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn encodings_are_told() {
        check(TEXT.as_bytes(), TEXT);
        check(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), TEXT);
        check(&GB18030.encode(TEXT).0, TEXT);
        check(&GB18030.encode("共3条").0, "共3条");
        for big in [false, true] {
            check(&utf16(&format!("\u{FEFF}{TEXT}"), big), TEXT);
            check(&utf16(TEXT, big), TEXT);
        }
        check(&BIG5.encode(TRADITIONAL).0, TRADITIONAL);
        check(b"", "");
        check(b"plain 12", "plain 12");
    }

    #[test]
    fn a_declaration_counts_only_where_it_is_possible() {
        assert_eq!(decode(TEXT.as_bytes(), Some(GBK)).unwrap(), TEXT);
        assert_eq!(decode(&GB18030.encode(TEXT).0, Some(UTF_8)).unwrap(), TEXT);
        assert_eq!(decode(&GB18030.encode(TEXT).0, Some(GBK)).unwrap(), TEXT);
    }

    #[test]
    fn damage_is_kept_small() {
        let cut = TEXT.as_bytes().get(..TEXT.len() - 3).unwrap();
        assert!(decode(cut, None).unwrap().ends_with("100%\u{FFFD}"));
        let mut gb = GB18030.encode(TEXT).0.into_owned();
        gb.insert(0, 0xFF);
        let text = decode(&gb, None).unwrap();
        assert!(text.ends_with("答复率100%。\n"), "{text}");
    }

    #[test]
    fn binary_is_no_text() {
        let noise: Vec<u8> = (0..4096u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        assert_eq!(decode(&noise, None), Err(ReadError::NotText));
        assert_eq!(decode(&[0; 64], None), Err(ReadError::NotText));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>) {
            let _ = decode(&bytes, None);
        }

        #[test]
        fn any_utf8_text_is_itself(text in "[ -~一-龥]{0,200}") {
            proptest::prop_assert_eq!(decode(text.as_bytes(), None).unwrap(), text.as_str());
        }
    }
}
