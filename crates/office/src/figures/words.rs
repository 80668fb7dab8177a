//! A selection of records in words, so that whoever reads a number can see how it was counted.

use super::{
    CaseStanding, DocumentDay, EntrySpan, Indicator, Manner, Measure, RequestMoment, Selection,
};
use crate::registers::{self, FieldKind, Register};

impl Indicator {
    /// How the number comes about, in Chinese: pages and the reference say the same words.
    pub fn in_words(&self) -> String {
        let plus = selection(&self.plus);
        match &self.minus {
            Some(minus) => format!("{plus}，减去{}", selection(minus)),
            None => plus,
        }
    }
}

fn selection(selection: &Selection) -> String {
    match selection {
        Selection::Documents {
            kinds,
            day,
            channels,
        } => {
            let kinds = named(kinds.iter().map(|kind| kind.label()), "、", "文件");
            let day = match day {
                DocumentDay::PublishedIn => "本年主动公开、现在仍然公开的",
                DocumentDay::PublishedBy => "到年底已主动公开、现在仍然公开的",
                DocumentDay::WrittenIn => "成文日期在本年、已经办结的",
                DocumentDay::RepealedIn => "废止日期在本年的",
                DocumentDay::InForceAtEnd => "年底现行有效的",
            };
            let channels = named(channels.iter().map(|channel| channel.label()), "、", "");
            let channels = if channels.is_empty() {
                String::new()
            } else {
                format!("，公开渠道有{channels}之一")
            };
            format!("{day}{kinds}{channels}；一份计一件")
        }
        Selection::Requests {
            moment,
            applicant,
            outcomes,
            channels,
            manner,
            replied,
        } => {
            let mut words = match moment {
                RequestMoment::ReceivedIn => "收到之日在本年的申请",
                RequestMoment::CarriedIn => "本年以前收到、本年年初尚未办结的申请",
                RequestMoment::ClosedIn => "本年答复或者结束的申请",
                RequestMoment::OpenAtEnd => "年底以前收到、年底尚未办结的申请",
            }
            .to_owned();
            if let Some(applicant) = applicant {
                words.push_str(&format!("，申请人是{}", applicant.label()));
            }
            let results = named(outcomes.iter().map(|outcome| outcome.label()), "、", "");
            if !results.is_empty() {
                words.push_str(&format!("，办理结果是{results}"));
            }
            let ways = named(channels.iter().map(|channel| channel.label()), "、", "");
            if !ways.is_empty() {
                words.push_str(&format!("，提交方式是{ways}"));
            }
            match manner {
                Some(Manner::InTime) => words.push_str(
                    "，按时办结且没有延期（因申请人逾期不补正、逾期未缴费办结的不算超期）",
                ),
                Some(Manner::Extended) => words
                    .push_str("，延期或者超期办结（因申请人逾期不补正、逾期未缴费办结的不算超期）"),
                None => {}
            }
            if *replied {
                words.push_str("，作出了答复");
            }
            format!("{words}；一件计一件")
        }
        Selection::Cases { tracks, standing } => {
            let tracks = named(tracks.iter().map(|track| track.label()), "、", "案件");
            let standing = match standing {
                CaseStanding::Any => String::new(),
                CaseStanding::Closed(result) => format!("，到年底的结果是{}", result.label()),
                CaseStanding::Pending => "，到年底尚未审结".to_owned(),
            };
            format!("本年提起，或者以前提起、本年年初尚未审结的{tracks}{standing}；一案计一件")
        }
        Selection::Decisions { kind } => {
            format!("决定日期在本年的{}决定；一份计一件", kind.label())
        }
        Selection::Entries {
            register,
            tag,
            span,
            measure,
        } => {
            let known = registers::register(register);
            let name = known.map_or(*register, |register| register.label);
            let span = match span {
                EntrySpan::In => "日期在本年的",
                EntrySpan::StandingAtEnd => "到年底仍然有的",
                EntrySpan::StandingAtStart => "到上年年底仍然有的",
            };
            let tag = tag.map_or(String::new(), |tag| {
                format!("，其中{}", tag_label(known, tag))
            });
            let measure = match (measure, known.and_then(|register| register.quantity)) {
                (Measure::Count, _) | (_, None) => "一条计一".to_owned(),
                (_, Some(key)) => {
                    let field = known
                        .and_then(|register| register.fields.iter().find(|field| field.key == key));
                    format!("把“{}”加起来", field.map_or(key, |field| field.label))
                }
            };
            format!("{span}{name}记录{tag}；{measure}")
        }
        Selection::FeeIncome => "本年行政事业性收费，以分为单位加起来，写成万元".to_owned(),
    }
}

fn tag_label(register: Option<&'static Register>, tag: &'static str) -> &'static str {
    register
        .into_iter()
        .flat_map(|register| register.fields)
        .find_map(|field| match field.kind {
            FieldKind::Choice(of) => of
                .iter()
                .find(|(key, _)| *key == tag)
                .map(|(_, label)| *label),
            _ => None,
        })
        .unwrap_or(tag)
}

fn named<'a>(labels: impl Iterator<Item = &'a str>, between: &str, none: &str) -> String {
    let list: Vec<&str> = labels.collect();
    if list.is_empty() {
        none.to_owned()
    } else {
        list.join(between)
    }
}

#[cfg(test)]
mod tests {
    use statute::editions::{CellKey, Edition};

    #[test]
    fn every_indicator_of_every_form_can_be_said() {
        for edition in [Edition::Stats2014, Edition::Trial2019, Edition::Format2021] {
            for of in crate::figures::indicators(edition) {
                let words = of.in_words();
                assert!(words.contains('年'), "{} {words}", of.cell);
            }
        }
    }

    #[test]
    fn a_change_says_what_is_taken_off() {
        let key = CellKey::find("t2", "license", "change").unwrap();
        let of = crate::figures::indicator(Edition::Trial2019, key).unwrap();
        assert_eq!(
            of.in_words(),
            "到年底仍然有的权力和服务事项台账记录，其中行政许可；一条计一，减去到上年年底仍然有的权力和服务事项台账记录，其中行政许可；一条计一"
        );
    }
}
