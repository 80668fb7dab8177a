//! `gongkai generate-reference`: the reference documents, from the tables that the program runs by.

use crate::cli;
use crate::failure::Failure;
use crate::reference;

/// Writes every document into a folder.
pub fn run(args: &cli::GenerateReference) -> Result<(), Failure> {
    for (name, text) in reference::documents() {
        let path = args.output.join(name);
        let what = path.display().to_string();
        let write = || {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&path, &text)
        };
        write().map_err(|error| Failure::unwritable(&what, &error))?;
    }
    Ok(())
}
