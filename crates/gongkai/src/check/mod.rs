//! Checking files: which, how, and what is printed.
//!
//! Files are checked on all cores, some at a time, and printed in the order in which they were
//! found; of a file that was printed nothing is kept but the counts.

mod annotate;
mod beside;
mod copied;
pub mod examine;
mod marks;
mod place;
mod print;
mod progress;
pub mod settings;
mod tally;
mod terminal;
pub mod waivers;
mod walk;
pub mod words;

use crate::cli::{self, CheckFormat};
use crate::failure::Failure;
use crate::interrupt;
use crate::language::Language;
use crate::output::{self, Part, tell};
use annotate::Annotator;
use beside::Beside;
use examine::Examined;
use print::{Listed, Printer};
use progress::Progress;
use rayon::prelude::*;
use settings::Settings;
use std::io::Write;
use std::path::{Path, PathBuf};
use tally::Tally;
use terminal::Terminal;

/// Files that are checked before the next are printed, for each thread: enough that one slow file
/// leaves the others something to do, few enough that memory stays small.
const AT_A_TIME: usize = 16;

/// Checks, prints, and ends with 1 when there are errors.
///
/// # Errors
/// 1: errors were found. 2: wrong usage, or no file could be opened.
pub fn run(args: &cli::Check) -> Result<(), Failure> {
    let language = Language::of_environment();
    let settings = Settings::of(args)?;
    let target = Target::of(args);
    interrupt::watch()?;
    let files = walk::files(&args.paths, settings.depth);
    if files.is_empty() {
        return Err(Failure::usage(
            "没有找到可以检查的文件，应为 txt、md、html、docx、doc、wps、pdf、xlsx 或 xls；请核对目录。",
        ));
    }
    let terminal = match &target.file {
        None => Terminal::of_standard_output(),
        Some(_) => None,
    };
    let beside = Beside::read(args, &files, &settings)?;
    interrupt::go_on()?;
    let printer = print::printer(args.format, language, terminal);
    let annotator = args
        .annotate
        .then(|| Annotator::new(target.folder.clone(), language));
    let job = Job {
        settings: &settings,
        beside: &beside,
        printer: printer.as_ref(),
        annotator: annotator.as_ref(),
    };
    let tally = match &target.file {
        None => {
            let out = std::io::stdout().lock();
            job.run(&files, &mut Stream::new(Box::new(out)))?
        }
        Some(path) => {
            let part = Part::create(path)?;
            let what = path.display().to_string();
            let mut stream = Stream::new(Box::new(std::io::BufWriter::new(&part.file)));
            stream.what = what;
            let tally = job.run(&files, &mut stream)?;
            drop(stream);
            part.finish()?;
            // The counts are for people; with a file the terminal would stay silent.
            tell(&tally.line(language));
            tally
        }
    };
    if tally.errors > 0 {
        return Err(Failure::failed(""));
    }
    Ok(())
}

/// Where the result goes.
struct Target {
    file: Option<PathBuf>,
    /// Where annotated copies go; beside their originals without one.
    folder: Option<PathBuf>,
}

impl Target {
    fn of(args: &cli::Check) -> Target {
        match &args.output {
            Some(path) if path.is_dir() => {
                let ending = match args.format {
                    CheckFormat::Text => "txt",
                    CheckFormat::Json => "json",
                    CheckFormat::Sarif => "sarif",
                    CheckFormat::Html => "html",
                };
                Target {
                    file: Some(path.join(format!("check.{ending}"))),
                    folder: Some(path.clone()),
                }
            }
            file => Target {
                file: file.clone(),
                folder: None,
            },
        }
    }
}

/// Where pieces are written, with the separators between those that are not empty.
struct Stream<'a> {
    out: Box<dyn Write + 'a>,
    what: String,
    begun: bool,
    /// The reader went away and has what it wants.
    gone: bool,
}

impl<'a> Stream<'a> {
    fn new(out: Box<dyn Write + 'a>) -> Stream<'a> {
        Stream {
            out,
            what: "标准输出".to_owned(),
            begun: false,
            gone: false,
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        if self.gone {
            return Ok(());
        }
        match self.out.write_all(text.as_bytes()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(())
            }
            Err(error) => Err(Failure::unwritable(&self.what, &error)),
            Ok(()) => Ok(()),
        }
    }

    fn piece(&mut self, text: &str, between: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        if self.begun {
            self.write(between)?;
        }
        self.begun = true;
        self.write(text)
    }

    fn end(&mut self, text: &str) -> Result<(), Failure> {
        self.write(text)?;
        if self.gone {
            return Ok(());
        }
        output::quiet(self.out.flush())
    }
}

struct Job<'a> {
    settings: &'a Settings,
    beside: &'a Beside,
    printer: &'a dyn Printer,
    annotator: Option<&'a Annotator>,
}

/// A file that was checked, ready to be written.
struct Ready {
    text: String,
    listed: Listed,
    opened: bool,
    /// What to tell beside it.
    remarks: Vec<String>,
}

impl Job<'_> {
    fn run(&self, files: &[PathBuf], stream: &mut Stream<'_>) -> Result<Tally, Failure> {
        let mut total = Tally::default();
        let mut opened = false;
        let progress = Progress::new(files.len());
        let at_a_time = rayon::current_num_threads()
            .saturating_mul(AT_A_TIME)
            .max(1);
        let mut begun = false;
        let mut listed = Vec::new();
        for (turn, some) in files.chunks(at_a_time).enumerate() {
            let ready: Vec<Ready> = some
                .par_iter()
                .enumerate()
                .map(|(at, path)| {
                    let ready = self.one(path, turn * at_a_time + at + 1);
                    progress.step();
                    ready
                })
                .collect();
            // Some of them were not read to the end.
            interrupt::go_on()?;
            for one in ready {
                for remark in &one.remarks {
                    progress.aside(|| tell(remark));
                }
                total.add(one.listed.tally);
                opened |= one.opened;
                // Nothing is printed before a file could be opened: with none there is no result.
                if !opened {
                    continue;
                }
                if !begun {
                    begun = true;
                    stream.write(&self.printer.head())?;
                }
                progress.aside(|| stream.piece(&one.text, self.printer.between()))?;
                if one.listed.tally.findings() > 0 {
                    listed.push(one.listed);
                }
            }
            if stream.gone {
                break;
            }
        }
        drop(progress);
        if !opened {
            return Err(Failure::usage("没有一个文件可以打开。"));
        }
        if let Some(unused) = self.settings.waivers.unused(self.settings) {
            total.add(Tally::of(&unused));
            stream.piece(&self.printer.report(&unused), self.printer.between())?;
        }
        stream.end(&self.printer.foot(&total, &listed))?;
        Ok(total)
    }

    fn one(&self, path: &Path, number: usize) -> Ready {
        let mut remarks = Vec::new();
        let mut examined = match examine::read(path, self.settings) {
            Ok(opened) => {
                let mut examined = opened.examine();
                let compared = self.beside.compare(&opened, self.settings);
                examined.findings.extend(compared.findings);
                examined.checked.extend(compared.checked);
                self.settle(&mut examined);
                if let Some(annotator) = self.annotator {
                    remarks.extend(annotator.write(path, &opened, &examined));
                }
                examined
            }
            Err(mut examined) => {
                self.settle(&mut examined);
                // A path that was typed wrong is told even where the finding is not wanted.
                remarks.extend(examined.unopened.clone());
                *examined
            }
        };
        examined.number = number;
        Ready {
            text: self.printer.report(&examined),
            listed: Listed {
                number,
                tally: Tally::of(&examined),
                source: examined.source,
            },
            opened: examined.unopened.is_none(),
            remarks,
        }
    }

    fn settle(&self, examined: &mut Examined) {
        self.settings.judge(&mut examined.findings);
        self.settings.waivers.settle(examined);
    }
}
