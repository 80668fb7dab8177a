//! The browser flow and the pictures: our server, real Chromium, `e2e/*.mjs`.

use crate::Fault;
use crate::machine::{self, Need};
use crate::run::{Failure, Folder, Run, Tally, root, target};
use crate::server::{Demo, DemoOrder};
use std::path::Path;
use std::time::Duration;

/// What the browser stages need on the machine.
pub const NEEDS: [Need; 3] = [Need::Chromium, Need::ChineseFonts, Need::Node];

/// `npm ci`, when the packages are not those of the lock file.
pub fn packages() -> Result<(), Fault> {
    let folder = root().join("e2e");
    let wanted = std::fs::read(folder.join("package-lock.json"))
        .map_err(|e| format!("e2e/package-lock.json: {e}"))?;
    let stamp = folder.join("node_modules").join(".gongkai-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("node packages are there");
        return Ok(());
    }
    // The browser is Debian's: playwright-core brings none, and must not fetch one.
    Run::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .dir(&folder)
        .go()?;
    std::fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// Citizen files a request, clerk answers, citizen sees it.
pub fn flow() -> Result<Tally, Failure> {
    node("flow.mjs", &[])
}

/// The task on its own: the flow, or pictures of the main pages into a folder.
pub fn alone(pictures: Option<&str>) -> Result<(), Fault> {
    machine::ensure(&NEEDS)?;
    packages()?;
    let result = match pictures {
        None => flow(),
        Some(folder) => {
            let folder = std::path::absolute(folder).map_err(|e| format!("{folder}: {e}"))?;
            std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
            node("shots.mjs", &[&folder.to_string_lossy()])
        }
    };
    result.map(|_| ()).map_err(|failure| failure.fault)
}

fn node(script: &str, more: &[&str]) -> Result<Tally, Failure> {
    Run::cargo()
        .args(["build", "--package", "gongkai", "--locked"])
        .go()?;
    let folder = Folder::new("browser")?;
    let data = folder.path().join("data");
    let demo = Demo::start(&DemoOrder {
        program: &target()?.join("debug").join("gongkai"),
        data: &data,
        before: &[],
        options: &[],
        // An unoptimised build makes some 16,000 documents first.
        patience: Duration::from_secs(600),
        throw_away: true,
    })?;
    let chromium = machine::chromium().ok_or_else(|| "no Chromium".to_owned())?;
    let trouble = target()?.join("xtask").join("browser-trouble");
    let result = Run::new("node")
        .args([script, &format!("http://127.0.0.1:{}", demo.port())])
        .args(more.iter())
        .env("CHROMIUM", &chromium.to_string_lossy())
        .env("TROUBLE", &trouble.to_string_lossy())
        .dir(&root().join(Path::new("e2e")))
        .count();
    result.map_err(|mut failure| {
        failure.fault.push('\n');
        failure.fault.push_str(&demo.last_words());
        failure
    })
}
