//! Compound files, in which Word 97, Excel 97 and encrypted files of all kinds come.

/// Whether the bytes are a compound file.
pub(crate) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Whether one of the entries of a compound file has this name.
pub(crate) fn holds(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    is_compound(bytes) && bytes.windows(name.len()).any(|window| window == name)
}

/// Whether a compound file is an encrypted Word, Excel or PowerPoint file of today.
pub(crate) fn is_encrypted(bytes: &[u8]) -> bool {
    holds(bytes, "EncryptedPackage")
}
