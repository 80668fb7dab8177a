//! Running an external converter within bounds.
