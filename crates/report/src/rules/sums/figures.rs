//! Printing the figures of a sum as they stand in the text.

use crate::decimal::print;
use crate::quantity::Quantity;

/// The measure in which all figures of a sum are printed: 万 where all of them stand in 万.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measure {
    factor: i128,
}

const SCALES: &[(&str, i128)] = &[("万", 10_000), ("亿", 100_000_000)];

impl Measure {
    /// The measure that some quantities share; `text` gives the text of a quantity's number.
    pub(super) fn of<'a>(quantities: impl Iterator<Item = (&'a Quantity, &'a str)>) -> Measure {
        let mut shared: Option<i128> = None;
        for (quantity, number) in quantities {
            let factor = SCALES
                .iter()
                .find(|(word, _)| number.ends_with(word))
                .map_or(1, |(_, factor)| *factor);
            // Nought stands in any measure.
            if quantity.value == 0 && factor == 1 {
                continue;
            }
            if shared.is_some_and(|before| before != factor) {
                return Measure { factor: 1 };
            }
            shared = Some(factor);
        }
        Measure {
            factor: shared.unwrap_or(1),
        }
    }

    /// A number of the text in this measure, with the decimals that it shows there.
    pub(super) fn term(self, quantity: &Quantity, number: &str) -> String {
        let scaled = SCALES
            .iter()
            .find_map(|(word, factor)| Some((number.strip_suffix(word)?, *factor)));
        let (digits, factor) = scaled.unwrap_or((number, 1));
        let plain = digits.contains('.')
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        if plain && factor == self.factor {
            digits.to_owned()
        } else {
            self.show(quantity.value)
        }
    }

    /// A value in this measure.
    pub(super) fn show(self, value: i128) -> String {
        // Parts of a millionth do not stand in any report.
        print(value / self.factor)
    }
}
