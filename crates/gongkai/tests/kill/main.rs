//! A process killed at any moment loses nothing that was acknowledged and leaves nothing half-done.

mod imports;
mod killing;
