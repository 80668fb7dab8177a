//! How a cell shows its number: as it is, as a share, as a date.

use super::number;

/// What the number of a cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A number.
    Plain,
    /// A share, shown times one hundred with a percent sign.
    Percent,
    /// A serial date or a time of day.
    Moment,
    /// A span of hours, minutes or seconds.
    Duration,
}

impl Format {
    /// The built-in format of a number (ECMA-376 part 1, 18.8.30; the East Asian ones are dates).
    pub(super) fn builtin(id: u32) -> Format {
        match id {
            9 | 10 => Format::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Format::Moment,
            46 => Format::Duration,
            _ => Format::Plain,
        }
    }

    /// The format of a code as `yyyy"年"m"月"`; only the part for positive numbers counts.
    pub(super) fn of_code(code: &str) -> Format {
        let mut chars = code.chars();
        let mut format = Format::Plain;
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                // The next character is literal, or only its width counts.
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '"' => {
                    chars.by_ref().find(|c| *c == '"');
                }
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let inner = inner.to_ascii_lowercase();
                    // A colour, a condition or a locale otherwise.
                    if !inner.is_empty()
                        && ["h", "m", "s"]
                            .iter()
                            .any(|unit| inner.trim_matches(|c| unit.contains(c)).is_empty())
                    {
                        return Format::Duration;
                    }
                }
                '%' => return Format::Percent,
                // `General` holds letters of dates; an era does not.
                'G' | 'g' if general(chars.as_str()) => {
                    chars.nth(5);
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                    format = Format::Moment;
                }
                _ => {}
            }
        }
        format
    }

    /// The stored number as text; text that is no number stays as it is.
    pub(super) fn show(self, stored: &str, late: bool) -> String {
        let shown = match self {
            Format::Plain => None,
            Format::Percent => number::decimal(stored, 2).map(|text| text + "%"),
            Format::Moment => number::moment(stored, late),
            Format::Duration => number::duration(stored),
        };
        // A date that is none shows its number rather than nothing.
        shown
            .or_else(|| number::decimal(stored, 0))
            .unwrap_or_else(|| stored.to_owned())
    }
}

/// Whether the word `General` goes on after its first letter.
fn general(rest: &str) -> bool {
    rest.get(..6)
        .is_some_and(|rest| rest.eq_ignore_ascii_case("eneral"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_what_a_number_means() {
        let check = |code: &str, expect| assert_eq!(Format::of_code(code), expect, "{code}");
        check("General", Format::Plain);
        check("0.00", Format::Plain);
        check("#,##0\"days\"", Format::Plain);
        check("0\\d", Format::Plain);
        check("0_d;[Red]-0", Format::Plain);
        check("[Red]0;d", Format::Plain);
        check("[$-804]0", Format::Plain);
        check("0.00%", Format::Percent);
        check("yyyy\"年\"m\"月\"d\"日\"", Format::Moment);
        check("[$-804]yyyy-mm-dd;@", Format::Moment);
        check("h:mm", Format::Moment);
        check("[h]:mm", Format::Duration);
        check("[mm]:ss", Format::Duration);
        check(&"[".repeat(5000), Format::Plain);
        check("\"", Format::Plain);
        check("", Format::Plain);
    }

    #[test]
    fn numbers_as_people_see_them() {
        assert_eq!(Format::Plain.show("17.0", false), "17");
        assert_eq!(Format::Percent.show("0.93359999999999999", false), "93.36%");
        assert_eq!(Format::Moment.show("45311", false), "2024-01-20");
        assert_eq!(Format::Moment.show("-5", false), "-5");
        assert_eq!(Format::Plain.show("十二", false), "十二");
    }
}
