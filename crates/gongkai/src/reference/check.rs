//! `check.md`: what `gongkai check` reads and writes.

use super::Page;
use crate::check::{settings, waivers};

pub(super) fn text() -> String {
    let mut page = Page::new(
        "检查年度报告",
        "`gongkai check` 核对年度报告里每个数与其他数的关系，不联网，也不改动原文件。规则见 [rules/](rules/README.md)，命令行各项见 [cli.md](cli.md)。",
    );
    page.heading("文件");
    page.paragraph("可以写几个文件或目录，`-` 是标准输入。目录连同下级目录一起找，按名称排序，只看 `.txt`、`.md`、`.html`、`.docx`、`.doc`、`.wps`、`.pdf`、`.xlsx`、`.xls`；不跟随符号链接，不看隐藏文件、`~$` 开头的文件和 `.annotated.docx`。文件的种类由内容判断。读不出来的文件报告 `file-unreadable`，不影响其余文件。");
    page.heading("退出码");
    page.list(
        [
            "0：没有错误",
            "1：有错误（警告和提示不算）",
            "2：用法不对，或者没有一个文件可以打开",
            "130、143：被 Ctrl-C 或服务管理程序中断；正在运行的转换程序一并结束，不留临时目录和写了一半的文件",
        ]
        .map(str::to_owned),
    );
    page.heading("结果");
    page.list(
        [
            "`text`：给人看的，终端上有颜色（设了 `NO_COLOR` 或写入文件、管道时没有）；`^` 在报告所写的数下面，`-` 在算式各项下面；终端不够宽时原文折行，记号仍在数的下面",
            "`json`：一份报告一行，见下",
            "`sarif`：SARIF 2.1.0，问题和规则用中文，`translations` 里有规则的英文；相对路径以 `SRCROOT`（运行时的当前目录）为起点，同一处问题的指纹在 `partialFingerprints`，行号变了也不变",
            "`html`：一个不需要其他文件的网页，可以打印",
        ]
        .map(str::to_owned),
    );
    page.paragraph("框架的文字随区域设置（`LC_ALL`、`LC_MESSAGES`、`LANG`）用中文或英文；英文时每个问题先用英文说一句是什么毛病，对报告的说明仍是中文，因为它引用报告的原话。");
    page.paragraph("`--annotate` 给查出问题的 `.docx` 另存一份 `原名.annotated.docx`，在有关的数上加批注；原文件不动。");
    page.heading("与其他报告比较");
    page.list(
        [
            "`--previous 路径`：上一年度的报告。是目录时按单位和年度配对，没有配上的报告 `previous-report-missing`；是文件时就与它比较",
            "`--children 目录`：下级单位的报告。所检查的报告作为汇总报告，逐格与它们之和比较",
            "`--copies`：所检查的这些报告（有 `--previous` 时连同上年的）彼此比较文字，大段雷同的并排列出",
        ]
        .map(str::to_owned),
    );
    page.paragraph("比较几份报告的规则，只在写了相应选项时才用。");
    page.heading("JSON");
    page.code("json", JSON);
    page.paragraph("`checked` 列出核对过的每个关系一次，包括成立的；`trivial` 是各项全为 0；`relation` 是 `等于`、`不大于` 或 `不小于`；`explanation` 是按哪一种解释成立，按字面成立时没有。读不出来的文件，`edition` 为 null。被豁免的问题在 `waived` 里，不计入 `findings` 和汇总的错误、警告；没有豁免时没有这一项。");
    page.heading("配置文件");
    page.paragraph("`--config 文件` 用 TOML 写，不认识的项和规则是错误。命令行的 `--select` 代替文件里的 `select`，`--ignore` 加在文件里的 `ignore` 上。");
    page.table(
        ["项", "不写时", "含义"],
        settings::KEYS
            .iter()
            .map(|(key, default, meaning)| {
                [
                    format!("`{key}`"),
                    (*default).to_owned(),
                    (*meaning).to_owned(),
                ]
            })
            .collect(),
    );
    page.code(
        "toml",
        "ignore = [\"F\"]\n\n[levels]\nfile-unreadable = \"error\"\n\n[limits]\nmegabytes = 50",
    );
    page.heading("豁免文件");
    page.paragraph("`--waivers 文件` 用 TOML 写，放在报告旁边：看过、确定不改的问题，写明理由和由谁负责。没有对应问题的豁免报告 `waiver-unused`；它所说的文件这次没有检查的，不报告。");
    page.table(
        ["项", "是否必填", "含义"],
        waivers::KEYS
            .iter()
            .map(|(key, needed, meaning)| {
                [
                    format!("`{key}`"),
                    (*needed).to_owned(),
                    (*meaning).to_owned(),
                ]
            })
            .collect(),
    );
    page.code("toml", WAIVER);
    page.0
}

const WAIVER: &str = r#"[[waiver]]
rule = "share-mismatch"
place = { source = "某局2018.docx", quote = "进驻率93.36%" }
reason = "按申报口径计算，已在报告中说明"
who = "张某"
when = 2019-03-20"#;

const JSON: &str = r#"{"reports":[{"source":"a.docx","title":"…","unit":"…","year":2018,"edition":"stats2014",
  "findings":[{"rule":"share-mismatch","code":"N201","level":"error","message":"…","stated":"93.36%","expected":"93.59%","arithmetic":"73/78",
               "place":{"section":"…","page":1,"line":12,"quote":"进驻率93.36%"},"related":[]}],
  "waived":[{"rule":"…","waiver":{"reason":"…","who":"…","when":"2019-03-20"}}],
  "checked":[{"kind":"narrative-sum","holds":true,"trivial":false,"stated":"506","relation":"等于","expected":"506","arithmetic":"120+134+112+140","place":{"line":9}}]}],
 "summary":{"reports":1,"errors":1,"warnings":0,"info":0,"checked":41,"nontrivial":12}}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_are_what_they_claim() {
        let json: serde_json::Value = serde_json::from_str(JSON).unwrap();
        assert_eq!(json["summary"]["checked"], 41);
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("waivers.toml");
        std::fs::write(&path, WAIVER).unwrap();
        // The rule of the example must exist, like every key.
        waivers::Waivers::read(&path).unwrap_or_else(|failure| panic!("{}", failure.text));
    }
}
