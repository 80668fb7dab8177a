//! Running what waits.

use crate::failure::Failure;
use std::future::Future;

/// Runs a command on one thread; the database has its own. Who asks it to stop leaves no half of a
/// file: what is at work is dropped, and an open transaction with it.
pub fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let work = async {
        tokio::select! {
            biased;
            done = work => done,
            code = asked_to_stop() => Err(Failure::interrupted(code)),
        }
    };
    on(tokio::runtime::Builder::new_current_thread(), work)
}

/// Runs a server on all cores.
pub fn serve<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    on(tokio::runtime::Builder::new_multi_thread(), work)
}

fn on<T>(
    mut builder: tokio::runtime::Builder,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let runtime = builder
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("启动不了运行环境：{error}。")))?;
    runtime.block_on(async {
        let _kept = survive_file_limit();
        work.await
    })
}

/// A limit on the size of files kills a program by a signal unless it is taken; taken, the write
/// fails like one on a full disk and is told in words.
#[cfg(target_os = "linux")]
fn survive_file_limit() -> Option<tokio::signal::unix::Signal> {
    const SIGXFSZ: i32 = 25;
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(SIGXFSZ)).ok()
}

#[cfg(not(target_os = "linux"))]
fn survive_file_limit() {}

/// Exit code after Ctrl-C: 128 and the number of the signal, as shells have it.
const INTERRUPTED: u8 = 130;
/// Exit code after the signal of a service manager.
#[cfg(unix)]
const TERMINATED: u8 = 143;

/// Ends when the operator asks: Ctrl-C or the signal of a service manager. The exit code that says so.
pub async fn asked_to_stop() -> u8 {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            return tokio::select! {
                _ = tokio::signal::ctrl_c() => INTERRUPTED,
                _ = terminate.recv() => TERMINATED,
            };
        }
    }
    let _ = tokio::signal::ctrl_c().await;
    INTERRUPTED
}

/// Where logs go: standard error, as much as `RUST_LOG` asks for, else `level`.
pub fn log(level: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init();
}
