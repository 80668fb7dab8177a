//! What Word files and workbooks share: packed parts of XML.

pub(crate) mod package;
pub(crate) mod xml;
