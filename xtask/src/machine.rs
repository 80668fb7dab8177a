//! What the machine must have, and getting it where apt can.

use crate::Fault;
use crate::run::Run;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Something the tests or measurements need on the machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Postgres,
    Chromium,
    ChineseFonts,
    Node,
    Wrk,
    Pdftotext,
    Antiword,
}

impl Need {
    fn present(self) -> bool {
        match self {
            Need::Postgres => postgres_programs().is_some(),
            Need::Chromium => chromium().is_some(),
            Need::ChineseFonts => Run::new("fc-list")
                .args([":lang=zh", "family"])
                .read()
                .is_ok_and(|fonts| !fonts.trim().is_empty()),
            Need::Node => node_major().is_some_and(|major| major >= 18) && on_path("npm").is_some(),
            Need::Wrk => on_path("wrk").is_some(),
            Need::Pdftotext => on_path("pdftotext").is_some(),
            Need::Antiword => on_path("antiword").is_some(),
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Need::Postgres => &["postgresql"],
            Need::Chromium => &["chromium"],
            Need::ChineseFonts => &["fontconfig", "fonts-noto-cjk"],
            Need::Node => &["nodejs", "npm"],
            Need::Wrk => &["wrk"],
            // The data map the Chinese fonts that a PDF names and does not hold.
            Need::Pdftotext => &["poppler-utils", "poppler-data"],
            Need::Antiword => &["antiword"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Need::Postgres => "PostgreSQL 14 or later (postgres, initdb, psql)",
            Need::Chromium => "Chromium",
            Need::ChineseFonts => "a font with Chinese characters (fonts-noto-cjk)",
            Need::Node => "Node.js 18 or later with npm",
            Need::Wrk => "wrk",
            Need::Pdftotext => "pdftotext (poppler-utils)",
            Need::Antiword => "antiword",
        }
    }
}

/// Installs what is missing; on a machine without apt, says what to install.
pub fn ensure(needs: &[Need]) -> Result<(), Fault> {
    let missing: Vec<Need> = needs
        .iter()
        .copied()
        .filter(|need| !need.present())
        .collect();
    if missing.is_empty() {
        println!("nothing is missing");
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.name()).collect();
    let names = names.join("; ");
    println!("missing: {names}");
    if on_path("apt-get").is_none() {
        return Err(format!(
            "this machine has no apt-get; install by hand: {names}"
        ));
    }
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|need| need.packages())
        .copied()
        .collect();
    // An index that cannot be refreshed may still be good enough: the install decides.
    if let Err(fault) = apt(&["update", "-q"]) {
        println!("{fault}");
    }
    apt(&[
        &["install", "-y", "-q", "--no-install-recommends"],
        packages.as_slice(),
    ]
    .concat())?;
    match missing.into_iter().find(|need| !need.present()) {
        None => Ok(()),
        Some(need) => Err(format!("installed, but still not found: {}", need.name())),
    }
}

fn apt(args: &[&str]) -> Result<(), Fault> {
    let run = if is_root() {
        Run::new("apt-get")
    } else if on_path("sudo").is_none() {
        return Err(format!(
            "not root and no sudo: run as root: apt-get {}",
            args.join(" ")
        ));
    } else if std::io::stdin().is_terminal() {
        // The password is asked on the terminal itself, not on standard input.
        Run::new("sudo").args(["apt-get"])
    } else {
        Run::new("sudo").args(["-n", "apt-get"])
    };
    run.args(args).env("DEBIAN_FRONTEND", "noninteractive").go()
}

/// Whether this program runs as root.
pub fn is_root() -> bool {
    Run::new("id")
        .args(["-u"])
        .read()
        .is_ok_and(|id| id.trim() == "0")
}

/// The first number of Node's version, printed as `v20.1.0`.
fn node_major() -> Option<u32> {
    let version = Run::new("node").args(["--version"]).read().ok()?;
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// A program's place on the search path.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// The browser.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(on_path)
}

/// The folder with PostgreSQL's server programs: Debian keeps them off the search path, one
/// folder for each version.
pub fn postgres_programs() -> Option<PathBuf> {
    let whole = |folder: &Path| {
        ["postgres", "initdb", "pg_isready", "psql"]
            .iter()
            .all(|it| folder.join(it).is_file())
    };
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .ok()
        .into_iter()
        .flatten()
        .flatten();
    let newest = versions
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| whole(folder))
        .max_by_key(|(version, _)| *version)
        .map(|(_, folder)| folder);
    newest.or_else(|| {
        on_path("postgres")
            .and_then(|file| file.parent().map(Path::to_path_buf))
            .filter(|it| whole(it))
    })
}
