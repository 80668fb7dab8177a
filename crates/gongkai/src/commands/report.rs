//! `gongkai report`: an annual report, compiled from records.

use crate::cli::{self, Format};
use crate::failure::Failure;
use crate::output::{self, tell};
use crate::runtime;
use store::reports::{Order, compile};
use store::units;

/// Compiles a report and writes it; what does not add up is told on standard error as well.
pub fn run(args: &cli::Report) -> Result<(), Failure> {
    let named = args.place.named()?;
    let report = runtime::run(async {
        let store = named.open().await?;
        let done = async {
            let unit = units::find_by_id_or_name(&store, &args.unit).await?;
            let order = Order {
                unit: unit.id,
                year: args.year,
                edition: args.edition.map(Into::into),
                roll_up: args.roll_up,
            };
            Ok::<_, Failure>(compile(&store, &order).await?)
        };
        let done = done.await;
        store.db.close().await;
        done
    })?;
    // A file on its own has no lists to lead to.
    let laid_out = || report::layout(&report, &|_| None);
    let bytes = match args.format {
        Format::Json => format!("{:#}\n", report.to_json()).into_bytes(),
        Format::Html => document::html::page(&laid_out()).into_bytes(),
        Format::Docx => document::docx::write(&laid_out()),
    };
    output::deliver(args.output.as_deref(), &bytes)?;
    for finding in &report.findings {
        tell(&finding.message);
    }
    Ok(())
}
