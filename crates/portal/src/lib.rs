//! The portal over HTTP: the public side and the back office of one site.
//!
//! A request passes the [page cache](page_cache), the [security](security) headers and limits, the
//! [error pages](error) and its [scope] (cookies, typed fields), then the handler of a room. Rooms
//! have the names of the glossary; each has `routes()`.

mod about;
mod api;
pub mod app;
pub mod assets;
mod calendar;
mod cases;
mod check;
mod documents;
pub mod error;
mod expired;
pub mod extract;
mod feeds;
mod figures;
mod history;
mod home;
mod journal;
mod page_cache;
mod people;
mod pick;
mod reach;
mod registers;
mod reports;
mod requests;
pub mod scope;
mod search;
mod security;
mod server;
pub mod shell;
mod supervision;
mod units;
pub mod urls;
pub mod views;
mod work;

mod rooms;

pub use api::openapi;
pub use app::App;
pub use error::{PortalError, Result};
pub use rooms::router;
pub use server::serve;

/// How the portal runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether finished pages are kept while the journal stands still.
    pub page_cache: bool,
    /// Whether the site is served over HTTPS: cookies are then marked `Secure`, and browsers told
    /// to keep to it.
    pub secure_cookies: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// The program that reads a PDF in a process of its own where `pdftotext` is absent, as in
    /// `document::Limits`.
    pub pdf_child: Option<std::path::PathBuf>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            page_cache: true,
            secure_cookies: false,
            trusted_proxies: Vec::new(),
            pdf_child: None,
        }
    }
}
