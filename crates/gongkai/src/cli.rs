//! What can be typed. The words of `--help` stand in `help.rs`, in both languages.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Where `demo` and `serve` listen unless told: this machine only.
pub const LISTEN: &str = "127.0.0.1:8086";

#[derive(Parser)]
#[command(
    name = "gongkai",
    version,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    Demo(Demo),
    Serve(Serve),
    Init(Init),
    Doctor(Place),
    Check(Check),
    Read(Read),
    Rule(Rule),
    Clock(Clock),
    #[command(subcommand, arg_required_else_help = true)]
    Fee(Fee),
    #[command(subcommand, arg_required_else_help = true)]
    Calendar(Calendar),
    Import(Import),
    Export(Export),
    Report(Report),
    Backup(Backup),
    Restore(Restore),
    Verify(Place),
    Migrate(Place),
    #[command(hide = true)]
    GenerateReference(GenerateReference),
    #[command(hide = true, name = document::pdf::CHILD)]
    PdfChild,
}

/// Which records: a data folder or a configured deployment.
#[derive(Args, Debug, Clone, Default)]
pub struct Place {
    #[arg(long, value_name = "DIR", conflicts_with = "config")]
    pub data: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub struct Demo {
    #[arg(long, value_name = "DIR", default_value = "gongkai-demo")]
    pub data: PathBuf,
    #[arg(long, value_name = "ADDR", default_value = LISTEN, value_parser = address)]
    pub listen: SocketAddr,
    #[arg(long)]
    pub no_page_cache: bool,
}

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, value_name = "ADDR", value_parser = address)]
    pub listen: Option<SocketAddr>,
    #[arg(long)]
    pub no_page_cache: bool,
}

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    pub place: Place,
    #[arg(long, value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "ACCOUNT", default_value = "admin")]
    pub account: String,
    #[arg(long, value_name = "R")]
    pub region: Option<String>,
}

#[derive(Args)]
pub struct Check {
    #[arg(value_name = "PATH|-", required = true)]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "F", default_value = "text")]
    pub format: CheckFormat,
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "PATH")]
    pub previous: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub children: Option<PathBuf>,
    #[arg(long)]
    pub copies: bool,
    #[arg(long, value_name = "R", value_delimiter = ',')]
    pub select: Vec<String>,
    #[arg(long, value_name = "R", value_delimiter = ',')]
    pub ignore: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub waivers: Option<PathBuf>,
    #[arg(long)]
    pub annotate: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
    Html,
}

#[derive(Args)]
pub struct Read {
    #[arg(value_name = "PATH|-")]
    pub path: PathBuf,
    #[arg(long, value_name = "F", default_value = "json")]
    pub format: ReadFormat,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ReadFormat {
    Json,
}

#[derive(Args)]
pub struct Rule {
    #[arg(value_name = "NAME|CODE")]
    pub rule: Option<String>,
}

#[derive(Args)]
pub struct Clock {
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Subcommand)]
pub enum Fee {
    Requests {
        #[arg(value_name = "N", value_parser = count, allow_negative_numbers = true)]
        count: u64,
    },
    Pages {
        #[arg(value_name = "N", value_parser = count, allow_negative_numbers = true)]
        count: u64,
    },
}

#[derive(Subcommand)]
pub enum Calendar {
    Show {
        #[arg(value_name = "YEAR", value_parser = year)]
        year: i16,
        #[arg(long, value_name = "R")]
        region: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    Load {
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
        #[arg(long, value_name = "R")]
        region: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
pub struct Import {
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Args)]
pub struct Export {
    #[arg(long, value_name = "Y", value_parser = year)]
    pub year: Option<i16>,
    #[arg(long)]
    pub public: bool,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Args)]
pub struct Report {
    #[arg(long, value_name = "U")]
    pub unit: String,
    #[arg(long, value_name = "Y", value_parser = year)]
    pub year: i16,
    #[arg(long, value_name = "E")]
    pub edition: Option<Edition>,
    #[arg(long)]
    pub roll_up: bool,
    #[arg(long, value_name = "F", default_value = "json")]
    pub format: Format,
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Json,
    Html,
    Docx,
}

/// The forms that have tables; the narrative form compiles to nothing.
#[derive(Clone, Copy, ValueEnum)]
pub enum Edition {
    #[value(name = "stats2014")]
    Stats2014,
    #[value(name = "trial2019")]
    Trial2019,
    #[value(name = "format2021")]
    Format2021,
}

impl From<Edition> for statute::editions::Edition {
    fn from(edition: Edition) -> statute::editions::Edition {
        match edition {
            Edition::Stats2014 => statute::editions::Edition::Stats2014,
            Edition::Trial2019 => statute::editions::Edition::Trial2019,
            Edition::Format2021 => statute::editions::Edition::Format2021,
        }
    }
}

#[derive(Args)]
pub struct Backup {
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Args)]
pub struct Restore {
    #[arg(value_name = "FROM")]
    pub from: PathBuf,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Args)]
pub struct GenerateReference {
    #[arg(long, value_name = "DIR")]
    pub output: PathBuf,
}

fn count(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "应为非负整数，例如 42".to_owned())
}

/// The years that a report can be of, and a calendar is kept for.
fn year(text: &str) -> Result<i16, String> {
    text.parse()
        .ok()
        .filter(|year| (1949..=2200).contains(year))
        .ok_or_else(|| "应为 1949 到 2200 之间的年份，例如 2026".to_owned())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| format!("应为“IP 地址：端口”，例如 {LISTEN}"))
}
