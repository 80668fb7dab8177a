//! The portal asked through its real router, on each engine.

mod api;
mod app;
mod citizen;
mod documents_office;
mod doors;
mod manage;
mod page_cache;
mod public;
mod registers;
mod reports;
mod requests_office;
mod shell;
mod sign_in;
