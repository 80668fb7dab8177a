//! A page that needs nothing else, runs nothing, and prints on A4.

use super::{Listed, Printer};
use crate::check::examine::Examined;
use crate::check::marks;
use crate::check::place;
use crate::check::tally::Tally;
use crate::check::words;
use crate::language::Language;
use report::copies::side_by_side;
use report::{Checked, Finding, Level, Place};

const STYLE: &str = include_str!("page.css");

pub(super) struct Html {
    language: Language,
}

impl Html {
    pub(super) fn new(language: Language) -> Html {
        Html { language }
    }

    fn say(&self, chinese: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    fn finding(&self, examined: &Examined, finding: &Finding) -> String {
        let edition = examined.head.as_ref().map(|head| head.edition);
        let level = words::level(finding.level, self.language);
        let class = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        };
        let mut out = format!(
            "<article class=\"finding {class}\">\n<h3><span class=\"level\">{level}</span> {} <code>{}</code></h3>\n",
            escape(&finding.code),
            escape(&finding.rule)
        );
        if let Some(fault) = words::english(&finding.rule, self.language) {
            out.push_str(&format!("<p><b>{}</b></p>\n", escape(fault)));
        }
        let line = finding
            .place
            .line
            .map(|line| words::line(line, self.language))
            .unwrap_or_default();
        let at = format!(
            "{line}{}",
            place::words(&finding.place, edition, self.language)
        );
        if !at.is_empty() {
            out.push_str(&format!("<p class=\"place\">{}</p>\n", escape(&at)));
        }
        if finding.place.quote.is_some() {
            out.push_str(&format!(
                "<blockquote>{}</blockquote>\n",
                marked(finding, edition)
            ));
        }
        out.push_str(&format!("<p>{}</p>\n", escape(&finding.message)));
        if let (Some(stated), Some(expected)) = (&finding.stated, &finding.expected) {
            let sum = match &finding.arithmetic {
                Some(arithmetic) if arithmetic != expected => format!("{arithmetic} = {expected}"),
                _ => expected.clone(),
            };
            out.push_str(&format!(
                "<p class=\"sum\">{} <b>{}</b>{}{} <b>{}</b></p>\n",
                self.say("写的是", "stated"),
                escape(stated),
                self.say("，", ", "),
                self.say("算出", "expected"),
                escape(&sum)
            ));
        }
        let pairs = side_by_side(finding);
        out.push_str(&self.passages(&pairs));
        let elsewhere = finding.related.iter().filter(|place| place.quote.is_some());
        for place in elsewhere.filter(|_| pairs.is_empty()) {
            let line = place
                .line
                .map(|line| words::line(line, self.language))
                .unwrap_or_default();
            out.push_str(&format!(
                "<p class=\"related\">{}{}{}</p>\n",
                self.say("另见", "see also "),
                escape(&format!(
                    "{line}{}",
                    place::words(place, edition, self.language)
                )),
                escape(&format!(
                    "{}{}",
                    self.say("：", ": "),
                    place.quote.as_deref().unwrap_or_default()
                )),
            ));
        }
        out.push_str("</article>\n");
        out
    }

    /// Passages in two columns: this report's and the other one's.
    fn passages(&self, pairs: &[(&Place, &Place)]) -> String {
        if pairs.is_empty() {
            return String::new();
        }
        let words = words::words(self.language);
        let mut out = format!(
            "<table class=\"passages\">\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
            words.here, words.there
        );
        let cell = |place: &Place| {
            let line = place.line.map(|line| words::line(line, self.language));
            format!(
                "<td><small>{}</small> {}</td>",
                escape(&line.unwrap_or_default()),
                escape(place.quote.as_deref().unwrap_or_default())
            )
        };
        for (here, there) in pairs {
            out.push_str(&format!("<tr>{}{}</tr>\n", cell(here), cell(there)));
        }
        out.push_str("</tbody>\n</table>\n");
        out
    }

    fn checked(&self, examined: &Examined) -> String {
        if examined.checked.is_empty() {
            return String::new();
        }
        let edition = examined.head.as_ref().map(|head| head.edition);
        let nontrivial = examined.checked.iter().filter(|it| !it.trivial).count();
        let summary = match self.language {
            Language::Chinese => format!(
                "核对了 {} 个关系，其中 {nontrivial} 个含非零数",
                examined.checked.len()
            ),
            Language::English => format!(
                "{} relations examined, {nontrivial} of them with figures other than 0",
                examined.checked.len()
            ),
        };
        let heads = match self.language {
            Language::Chinese => ["成立", "写的是", "关系", "算出", "算式", "位置"],
            Language::English => [
                "holds",
                "stated",
                "relation",
                "expected",
                "arithmetic",
                "place",
            ],
        };
        let mut out = format!(
            "<details>\n<summary>{summary}</summary>\n<div class=\"form\"><table>\n<thead><tr>"
        );
        for head in heads {
            out.push_str(&format!("<th scope=\"col\">{head}</th>"));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for checked in &examined.checked {
            out.push_str(&self.row(checked, edition));
        }
        out.push_str("</tbody></table></div>\n</details>\n");
        out
    }

    fn row(&self, checked: &Checked, edition: Option<statute::editions::Edition>) -> String {
        let holds = if checked.holds {
            self.say("是", "yes")
        } else {
            self.say("否", "no")
        };
        let line = checked
            .place
            .line
            .map(|line| words::line(line, self.language))
            .unwrap_or_default();
        let mut at = format!(
            "{line}{}",
            place::words(&checked.place, edition, self.language)
        );
        if let Some(explanation) = &checked.explanation {
            at.push_str(&format!("{}{explanation}", self.say("；", "; ")));
        }
        let class = if checked.holds {
            ""
        } else {
            " class=\"fails\""
        };
        format!(
            "<tr{class}><td>{holds}</td><td class=\"figure\">{}</td><td>{}</td><td class=\"figure\">{}</td><td class=\"figure\">{}</td><td>{}</td></tr>\n",
            escape(&checked.stated),
            escape(&checked.relation),
            escape(&checked.expected),
            escape(&checked.arithmetic),
            escape(&at)
        )
    }
}

impl Printer for Html {
    fn head(&self) -> String {
        let title = self.say("年度报告检查结果", "Annual reports checked");
        let language = self.say("zh-CN", "en");
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>\n{}{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
             <p class=\"to-summary\"><a href=\"#summary\">{}</a></p>\n",
            document::html::STYLE,
            self.say("汇总", "Summary")
        )
    }

    fn report(&self, examined: &Examined) -> String {
        let mut out = format!(
            "<section id=\"r{}\">\n<h2>{}</h2>\n",
            examined.number,
            escape(&examined.source)
        );
        if let Some(head) = &examined.head {
            let mut known = Vec::new();
            if !head.title.is_empty() {
                known.push(head.title.clone());
            }
            known.extend(head.unit.clone());
            known.extend(head.year.map(|year| year.to_string()));
            known.push(words::edition(head.edition, self.language).to_owned());
            let known = known.join(self.say("，", ", "));
            out.push_str(&format!("<p class=\"head\">{}</p>\n", escape(&known)));
        }
        if examined.findings.is_empty() {
            let none = self.say("没有发现问题。", "Nothing found.");
            out.push_str(&format!("<p>{none}</p>\n"));
        }
        for finding in &examined.findings {
            out.push_str(&self.finding(examined, finding));
        }
        for waived in &examined.waived {
            out.push_str(&format!(
                "<p class=\"waived\">{} {} <code>{}</code>{}{}</p>\n",
                self.say("豁免", "waived"),
                escape(&waived.finding.code),
                escape(&waived.finding.rule),
                self.say("：", ": "),
                escape(&format!(
                    "{}（{}，{}）{}",
                    waived.reason, waived.who, waived.when, waived.finding.message
                ))
            ));
        }
        out.push_str(&self.checked(examined));
        out.push_str("</section>\n");
        out
    }

    fn foot(&self, tally: &Tally, listed: &[Listed]) -> String {
        let mut out = format!(
            "<section id=\"summary\">\n<h2>{}</h2>\n<p>{}</p>\n",
            self.say("汇总", "Summary"),
            tally.line(self.language)
        );
        if listed.len() > 1 {
            let heads = match self.language {
                Language::Chinese => ["文件", "错误", "警告", "提示"],
                Language::English => ["file", "errors", "warnings", "info"],
            };
            out.push_str("<div class=\"form\"><table>\n<thead><tr>");
            for head in heads {
                out.push_str(&format!("<th scope=\"col\">{head}</th>"));
            }
            out.push_str("</tr></thead>\n<tbody>\n");
            for file in listed {
                let Tally {
                    errors,
                    warnings,
                    info,
                    ..
                } = file.tally;
                out.push_str(&format!(
                    "<tr><td><a href=\"#r{}\">{}</a></td><td class=\"figure\">{errors}</td>\
                     <td class=\"figure\">{warnings}</td><td class=\"figure\">{info}</td></tr>\n",
                    file.number,
                    escape(&file.source)
                ));
            }
            out.push_str("</tbody></table></div>\n");
        }
        out.push_str("</section>\n</main>\n</body>\n</html>\n");
        out
    }
}

/// The quote with its figures marked.
fn marked(finding: &Finding, edition: Option<statute::editions::Edition>) -> String {
    let quote = finding.place.quote.as_deref().unwrap_or_default();
    let marks = marks::find(finding, edition);
    let mut all: Vec<(std::ops::Range<usize>, &str)> =
        marks.terms.into_iter().map(|range| (range, "u")).collect();
    all.extend(marks.stated.map(|range| (range, "mark")));
    all.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut done = 0;
    for (range, tag) in all {
        let (Some(before), Some(figure)) = (quote.get(done..range.start), quote.get(range.clone()))
        else {
            continue;
        };
        out.push_str(&format!(
            "{}<{tag}>{}</{tag}>",
            escape(before),
            escape(figure)
        ));
        done = range.end;
    }
    out.push_str(&escape(quote.get(done..).unwrap_or_default()));
    out.replace('\n', "<br>")
}

fn escape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    document::html::text(&mut out, raw);
    out
}
