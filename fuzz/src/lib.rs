//! What several targets need.

use std::io::Write;

/// The relations of a Word file whose text is `word/document.xml`.
pub const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A zip of stored members.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in members {
        let written = zip
            .start_file(*name, stored)
            .map_err(std::io::Error::other)
            .and_then(|()| zip.write_all(bytes));
        if written.is_err() {
            return Vec::new();
        }
    }
    zip.finish().map(std::io::Cursor::into_inner).unwrap_or_default()
}

/// Pieces that reports are made of, by letter: a fuzzer that has to find Chinese words byte by byte
/// never meets a rule.
const PIECES: [&str; 52] = [
    "其中", "，", "。", "：", "、", "（", "）", "件", "条", "%", "占", "万", "亿", "余", "近", "约", "共", "共计",
    "主动公开政府信息", "收到政府信息公开申请", "予以公开", "不予公开", "结转下年度", "上年结转", "办结", "一是", "二是",
    "等", "分别为", "同比增长", "由", "减少到", "高于", "2022年", "1月1日至12月31日", "个方面", "8类", "人次", "元",
    "\n", " | ", "\t", "一、本年新收政府信息公开申请数量", "（七）总计", "1.属于国家秘密", "行政规范性文件",
    "第二十条第（一）项", "结果维持", "自然人", "总计", "某县民政局", "年度报告",
];

/// Letters become words; all else stays.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for c in text.chars() {
        let at = match c {
            'a'..='z' => Some(c as usize - 'a' as usize),
            'A'..='Z' => Some(26 + c as usize - 'A' as usize),
            _ => None,
        };
        match at.and_then(|at| PIECES.get(at)) {
            Some(piece) => out.push_str(piece),
            None => out.push(c),
        }
    }
    out
}
