//! What the house costs, measured; never a test, so without thresholds.
//!
//! The server runs on core 1 and the load on core 0, where there are two. Figures of one run are
//! compared with one another: `bare` (one row, one template) is measured by the same tool in the
//! same minutes. Requests per CPU-second of the served processes hold on a shared machine too.

mod check;
mod county;
mod import;
mod load;
mod pages;
mod places;
mod process;
mod report;

use crate::Fault;
use crate::machine;
use crate::run::{Run, target};
use serde_json::Value;
use std::path::PathBuf;

/// What is asked for.
struct Wish {
    /// The yardstick alone, to learn what a machine gives before anything is compared.
    bare: bool,
    pages: bool,
    import: bool,
    report: bool,
    check: bool,
    seconds: u64,
    /// Text reports that are checked.
    reports: u32,
}

/// The task `bench`.
pub fn run(words: &[&str]) -> Result<(), Fault> {
    let wish = wish(words)?;
    if wish.bare {
        return pages::yardstick_alone(wish.seconds);
    }
    Run::cargo()
        .args(["build", "--release", "--package", "gongkai", "--locked"])
        .go()?;
    if wish.pages {
        pages::measure(wish.seconds)?;
    }
    if wish.import {
        import::measure()?;
    }
    if wish.report {
        report::measure(wish.seconds)?;
    }
    if wish.check {
        check::measure(wish.reports)?;
    }
    Ok(())
}

fn wish(words: &[&str]) -> Result<Wish, Fault> {
    let mut wish = Wish {
        bare: false,
        pages: false,
        import: false,
        report: false,
        check: false,
        seconds: 10,
        reports: check::REPORTS,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "bare" => wish.bare = true,
            "pages" => wish.pages = true,
            "import" => wish.import = true,
            "report" => wish.report = true,
            "check" => wish.check = true,
            "all" => wish.all(),
            "--reports" => {
                let number = words.next().and_then(|word| word.parse().ok());
                wish.reports = number
                    .filter(|reports| (100..=10_000).contains(reports))
                    .ok_or("--reports takes a whole number from 100 to 10000")?;
            }
            "--seconds" => {
                let number = words.next().and_then(|word| word.parse().ok());
                wish.seconds = number
                    .filter(|seconds| (1..=10).contains(seconds))
                    .ok_or("--seconds takes a whole number from 1 to 10")?;
            }
            other => {
                return Err(format!(
                    "bench: `{other}`: bare, pages, import, report, check, all, --seconds N, --reports N"
                ));
            }
        }
    }
    if !(wish.pages || wish.import || wish.report || wish.check) {
        wish.all();
    }
    Ok(wish)
}

impl Wish {
    fn all(&mut self) {
        (self.pages, self.import, self.report, self.check) = (true, true, true, true);
    }
}

fn gongkai() -> Result<PathBuf, Fault> {
    Ok(target()?.join("release").join("gongkai"))
}

/// The words that tie a command to one core, where the machine has two and the tool for it.
fn pinned(core: &'static str) -> Vec<&'static str> {
    let two = std::thread::available_parallelism().is_ok_and(|cores| cores.get() >= 2);
    if two && machine::on_path("taskset").is_some() {
        vec!["taskset", "-c", core]
    } else {
        Vec::new()
    }
}

/// Writes `target/bench/NAME.json`.
fn write(name: &str, figures: &Value) -> Result<(), Fault> {
    let folder = target()?.join("bench");
    let file = folder.join(format!("{name}.json"));
    let text = serde_json::to_string_pretty(figures).map_err(|e| e.to_string())?;
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&file, text + "\n"))
        .map_err(|e| format!("{}: {e}", file.display()))?;
    println!("written: {}", file.display());
    Ok(())
}

/// The middle one; of an even number the lower of the two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values
        .get(values.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Prints rows under a head: the first column to the left, figures to the right.
fn table(head: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count());
        cells
            .chain(head.get(column).map(|it| it.len()))
            .max()
            .unwrap_or(0)
    };
    let line = |cells: &[String]| {
        let padded = cells.iter().enumerate().map(|(column, cell)| {
            let width = width(column);
            if column == 0 {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            }
        });
        println!("{}", padded.collect::<Vec<_>>().join("  "));
    };
    line(&head.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    rows.iter().for_each(|row| line(row));
}

#[cfg(test)]
mod tests {
    use super::{median, wish};

    #[test]
    fn wishes_are_read_or_refused() {
        let all = wish(&[]).unwrap();
        assert!(all.pages && all.import && all.report && all.check && all.seconds == 10);
        let one = wish(&["import", "--seconds", "3"]).unwrap();
        assert!(!one.pages && one.import && !one.report && one.seconds == 3);
        let check = wish(&["check", "--reports", "10000"]).unwrap();
        assert!(check.check && !check.pages && check.reports == 10_000);
        for wrong in [
            &["--seconds", "60"][..],
            &["--seconds"],
            &["--reports", "1"],
            &["page"],
        ] {
            assert!(wish(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!(median(Vec::new()).is_nan());
    }
}
