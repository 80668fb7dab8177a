//! Being told to end, by Ctrl-C or by a service manager, while files are read.
//!
//! Converters run in process groups of their own, so that Ctrl-C does not reach them, and in folders
//! that somebody must delete. The first signal is noted, and everybody who asks goes home in order; who
//! does not ask in time is ended.

use crate::failure::Failure;
use crate::output;
use crate::runtime;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// The exit code that was asked for; 0 while nobody asked.
static TOLD: AtomicU8 = AtomicU8::new(0);

/// How long the files at work have to come to an end. Programs are killed and their folders deleted
/// in a small part of it.
const PATIENCE: Duration = Duration::from_millis(800);

/// Begins to listen.
///
/// # Errors
/// No thread or runtime to listen with.
pub fn watch() -> Result<(), Failure> {
    let unheard = |error: std::io::Error| Failure::failed(format!("启动不了运行环境：{error}。"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(unheard)?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            let code = runtime.block_on(runtime::asked_to_stop());
            TOLD.store(code, Ordering::Relaxed);
            document::end_programs();
            runtime.block_on(async {
                tokio::select! {
                    () = tokio::time::sleep(PATIENCE) => {}
                    _ = runtime::asked_to_stop() => {}
                }
            });
            output::give_up_parts(code)
        })
        .map_err(unheard)?;
    Ok(())
}

/// Whether somebody asked to end.
pub fn told() -> bool {
    TOLD.load(Ordering::Relaxed) != 0
}

/// Goes on, or ends as was asked.
///
/// # Errors
/// 128 and the number of the signal: somebody asked to end.
pub fn go_on() -> Result<(), Failure> {
    match TOLD.load(Ordering::Relaxed) {
        0 => Ok(()),
        code => Err(Failure::interrupted(code)),
    }
}
