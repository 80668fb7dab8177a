//! The rules of the office, each as data in, reasons out.

mod documents;
mod records;
mod requests;
