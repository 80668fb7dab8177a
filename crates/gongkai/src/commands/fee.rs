//! `gongkai fee requests N | pages N`: the processing fee with its arithmetic.

use crate::cli;
use crate::failure::Failure;
use crate::output;
use statute::fee::{Fee, by_items, by_pages};

/// Prints the fee, the sum behind it, each bracket, and the article.
pub fn run(fee: &cli::Fee) -> Result<(), Failure> {
    let reckoned = match fee {
        cli::Fee::Requests { count } => by_items(*count),
        cli::Fee::Pages { count } => by_pages(*count),
    };
    let fee = reckoned.map_err(|error| Failure::usage(format!("{error}。")))?;
    output::print(&text(&fee))
}

fn text(fee: &Fee) -> String {
    let mut text = format!("{} 元\n{} = {}\n", fee.yuan, fee.arithmetic(), fee.yuan);
    let unit = fee.basis.unit();
    for tier in &fee.tiers {
        text.push_str(&format!(
            "第 {} 至 {} {unit}：{} {unit}，每{unit} {} 元，计 {} 元\n",
            tier.from,
            tier.to,
            tier.count(),
            tier.price,
            tier.yuan()
        ));
    }
    text.push_str(&format!("依据：{}\n", fee.article));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fee_stands_first_and_every_bracket_under_it() {
        assert_eq!(
            text(&by_items(42).unwrap()),
            "4600 元\n10×0 + 20×100 + 10×200 + 2×300 = 4600\n\
             第 1 至 10 件：10 件，每件 0 元，计 0 元\n\
             第 11 至 30 件：20 件，每件 100 元，计 2000 元\n\
             第 31 至 40 件：10 件，每件 200 元，计 2000 元\n\
             第 41 至 42 件：2 件，每件 300 元，计 600 元\n\
             依据：国办函〔2020〕109号 第四条\n"
        );
    }
}
