//! The portal asked through its real router, on each engine.

mod app;
mod shell;
