//! Loading a notice: first what it would move, then the act.

use super::page::{Typed, show};
use super::{DayLine, what};
use crate::error::{Result, reasons};
use crate::extract::{Fields, Office, Upload};
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::{FieldError, FormErrors, Link};
use askama::Template;
use office::permissions::Action;
use statute::calendar::{Notice, weekday_label};
use store::calendar::{self, NATIONAL, NOTICE_LIMIT};

#[derive(Template)]
#[template(path = "calendar/preview.html")]
struct Preview {
    shell: Shell,
    trail: Vec<Link>,
    years: String,
    caption: String,
    days: Vec<DayLine>,
    moved_caption: String,
    moved: Vec<Moved>,
    region: String,
    region_label: String,
    effect: String,
    load: &'static str,
    back: &'static str,
    text: String,
}

struct Moved {
    number: String,
    from: String,
    to: String,
}

fn region_label(region: &str) -> String {
    if region == NATIONAL {
        "全国".to_owned()
    } else {
        format!("只在 {region}")
    }
}

/// What the notice says, and which open requests it would move.
pub async fn preview(office: Office, upload: Upload) -> Result {
    reach::needs_at_a_head(&office, Action::CalendarLoad)?;
    let region = upload.fields.text("region").to_owned();
    let typed = upload.fields.text("notice").to_owned();
    let wrong = async |text: String, errors: FormErrors| {
        let typed = Typed {
            region: region.clone(),
            text,
            errors,
        };
        show(&office, None, typed).await
    };
    let at_notice = |message: &str| FormErrors {
        list: vec![FieldError {
            field: "notice",
            message: message.to_owned(),
        }],
    };
    let text = match upload.files.first() {
        Some(file) if file.bytes.len() > NOTICE_LIMIT => {
            let message = "文件超过 64 KB；放假安排一年只有几十行，请核对文件。";
            return wrong(typed, at_notice(message)).await;
        }
        Some(file) => match std::str::from_utf8(&file.bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => {
                let message =
                    "文件不是 UTF-8 编码的文本；请另存为 UTF-8 的文本文件，或者把内容贴在上面。";
                return wrong(typed, at_notice(message)).await;
            }
        },
        None => typed,
    };
    let store = office.app.store();
    let moved = match reasons(calendar::preview(store, &region, &text).await)? {
        Ok(moved) => moved,
        Err(reasons) => return wrong(text, reasons.into()).await,
    };
    let Ok(notice) = Notice::parse(&text) else {
        return wrong(text, at_notice("通知内容不能识别，请核对格式。")).await;
    };
    let years: Vec<String> = notice.years().map(|year| year.to_string()).collect();
    let day = |day: Option<statute::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    shell::render(&Preview {
        shell: shell::office(&office, "calendar", "导入放假安排"),
        trail: vec![Link::new("日历", urls::OFFICE_CALENDAR)],
        years: years.join("、"),
        caption: format!("通知里的安排，共 {} 天", notice.days().len()),
        days: notice
            .days()
            .iter()
            .map(|day| DayLine {
                on: day.date.to_string(),
                weekday: weekday_label(day.date),
                what: what(day.working),
                name: day.name.clone(),
            })
            .collect(),
        moved_caption: format!("共 {} 件", moved.len()),
        effect: if moved.is_empty() {
            "没有未办结的申请会改变期限。".to_owned()
        } else {
            format!("上面 {} 件未办结的申请改用新期限。", moved.len())
        },
        moved: moved
            .iter()
            .map(|of| Moved {
                number: of.number.clone(),
                from: day(of.from),
                to: day(of.to),
            })
            .collect(),
        region_label: region_label(&region),
        region,
        load: urls::OFFICE_CALENDAR_LOAD,
        back: urls::OFFICE_CALENDAR,
        text,
    })
}

/// The act. Percent-encoding makes three bytes of one, and a Chinese character nine.
pub async fn load(office: Office, form: Fields<{ 4 * NOTICE_LIMIT }>) -> Result {
    reach::needs_at_a_head(&office, Action::CalendarLoad)?;
    let (region, text) = (form.text("region"), form.text("notice"));
    let done = calendar::load(office.app.store(), &office.actor, region, text).await;
    match reasons(done)? {
        Ok(moved) => {
            let words = match moved.len() {
                0 => "放假通知已导入，没有申请改变期限。".to_owned(),
                n => format!("放假通知已导入，{n} 件申请的期限已重新计算。"),
            };
            office.flash("done", &words);
            Ok(shell::redirect(urls::OFFICE_CALENDAR))
        }
        Err(reasons) => {
            let typed = Typed {
                region: region.to_owned(),
                text: text.to_owned(),
                errors: reasons.into(),
            };
            show(&office, None, typed).await
        }
    }
}
