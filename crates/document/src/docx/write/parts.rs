//! The parts of a Word file that are the same for all, or nearly.

use super::escape;

pub(super) const TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"</Types>"#,
);

pub(super) const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"</Relationships>"#,
);

pub(super) const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>"#,
    r#"</Relationships>"#,
);

pub(super) const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:characterSpacingControl w:val="compressPunctuation"/>"#,
    r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    r#"<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>"#,
    r#"</w:settings>"#,
);

/// The number of the page between two dashes, as official documents have it.
pub(super) const FOOTER: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>"#,
    r#"<w:r><w:t xml:space="preserve">— </w:t></w:r>"#,
    r#"<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#,
    r#"<w:r><w:t xml:space="preserve"> —</w:t></w:r>"#,
    r#"</w:p></w:ftr>"#,
);

pub(super) const DOCUMENT_HEAD: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
);

/// A4, 210 × 297 mm; margins above 37, below 35, left 28, right 26 mm (GB/T 9704—2012, 5.2.1: the
/// type area of 156 × 225 mm). In twentieths of a point.
pub(super) const DOCUMENT_TAIL: &str = concat!(
    r#"<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>"#,
    r#"<w:pgSz w:w="11906" w:h="16838"/>"#,
    r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>"#,
    r#"</w:sectPr></w:body></w:document>"#,
);

/// Width of the text between the margins, in twentieths of a point.
pub(super) const TEXT_WIDTH: usize = 11_906 - 1_474 - 1_588;

pub(super) fn core(title: &str) -> String {
    let mut out = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
        r#"xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>"#,
    ));
    escape(&mut out, title);
    out.push_str("</dc:title></cp:coreProperties>");
    out
}

/// A style of paragraphs: face, size in half points, and how the paragraph is set.
struct Style {
    id: &'static str,
    name: &'static str,
    face: &'static str,
    size: u8,
    bold: bool,
    set: &'static str,
}

const fn style(
    id: &'static str,
    name: &'static str,
    face: &'static str,
    size: u8,
    bold: bool,
    set: &'static str,
) -> Style {
    Style {
        id,
        name,
        face,
        size,
        bold,
        set,
    }
}

/// Text is set in 仿宋 of size 3 with 28 points from line to line; chapters in 黑体, sections in
/// 楷体, the title in 宋体 of size 2 (GB/T 9704—2012, 5.2.2, 7.3.1, 7.3.3).
const STYLES: &[Style] = &[
    style(
        "Title",
        "Title",
        "宋体",
        44,
        true,
        r#"<w:keepNext/><w:spacing w:before="0" w:after="560"/><w:jc w:val="center"/>"#,
    ),
    style(
        "Heading1",
        "heading 1",
        "黑体",
        32,
        false,
        r#"<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>"#,
    ),
    style(
        "Heading2",
        "heading 2",
        "楷体",
        32,
        false,
        r#"<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="1"/>"#,
    ),
    style(
        "Heading3",
        "heading 3",
        "仿宋",
        32,
        true,
        r#"<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="2"/>"#,
    ),
    style(
        "Heading4",
        "heading 4",
        "仿宋",
        32,
        false,
        r#"<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="3"/>"#,
    ),
    style(
        "Heading5",
        "heading 5",
        "仿宋",
        32,
        false,
        r#"<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="4"/>"#,
    ),
    style(
        "Heading6",
        "heading 6",
        "仿宋",
        32,
        false,
        r#"<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="5"/>"#,
    ),
    style(
        "BodyText",
        "Body Text",
        "仿宋",
        32,
        false,
        r#"<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>"#,
    ),
    style(
        "Caption",
        "caption",
        "黑体",
        24,
        false,
        r#"<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/>"#,
    ),
    style("TableText", "Table Text", "宋体", 21, false, ""),
    style("WideTableText", "Wide Table Text", "宋体", 18, false, ""),
    style(
        "Footer",
        "footer",
        "宋体",
        28,
        false,
        r#"<w:jc w:val="center"/>"#,
    ),
];

pub(super) fn styles() -> String {
    let mut out = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
        r#"<w:docDefaults><w:rPrDefault><w:rPr>"#,
        r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋" w:cs="Times New Roman"/>"#,
        r#"<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>"#,
        r#"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#,
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#,
        r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>"#,
        r#"<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>"#,
        r#"<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
    ));
    for style in STYLES {
        let Style {
            id,
            name,
            face,
            size,
            set,
            ..
        } = style;
        let bold = if style.bold { "<w:b/><w:bCs/>" } else { "" };
        out.push_str(&format!(
            concat!(
                r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>"#,
                r#"<w:pPr>{set}</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}"/>"#,
                r#"{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#,
            ),
            id = id, name = name, set = set, face = face, bold = bold, size = size,
        ));
    }
    out.push_str("</w:styles>");
    out
}
