//! `gongkai calendar show YEAR | load FILE`: the working-day calendar.

use super::clock::of_region;
use super::read_text;
use crate::cli::{self, Place};
use crate::failure::Failure;
use crate::output::{self, tell};
use crate::runtime;
use office::permissions::Actor;
use statute::Calendar;
use statute::calendar::{Notice, weekday_label};
use std::path::Path;
use store::Store;
use store::calendar::NATIONAL;

/// Shows a year or loads a notice.
pub fn run(calendar: &cli::Calendar) -> Result<(), Failure> {
    match calendar {
        cli::Calendar::Show {
            year,
            region,
            place,
        } => show(*year, region.as_deref(), place),
        cli::Calendar::Load {
            file,
            region,
            place,
        } => load(file, region.as_deref(), place),
    }
}

fn show(year: i16, region: Option<&str>, place: &Place) -> Result<(), Failure> {
    let calendar = if place.is_named() {
        runtime::run(async {
            let store = place.open().await?;
            let calendar = match region {
                Some(region) => of_region(&store, region).await,
                None => Ok(store::calendar::effective(&store).await?),
            };
            store.db.close().await;
            calendar
        })?
    } else if let Some(region) = region.filter(|region| *region != NATIONAL) {
        return Err(Failure::usage(format!(
            "内置日历没有地区“{region}”。请加 --data 或 --config，查看导入过的地方日历。"
        )));
    } else {
        Calendar::national()
    };
    if !calendar.covered_years().contains(&year) {
        tell(&format!(
            "注意：没有 {year} 年的放假安排，以下按周一至周五上班计算。通知公布后请用 calendar load 导入。"
        ));
    }
    output::print(&text(&calendar, year))
}

/// The year in the form of a notice, which can be loaded again.
fn text(calendar: &Calendar, year: i16) -> String {
    let days = calendar.exceptions_of(year);
    let count = |working: bool| days.iter().filter(|day| day.working == working).count();
    let mut text = format!(
        "# {year} 年：工作日 {} 天，周一至周五放假 {} 天，周末调休上班 {} 天\n",
        calendar.working_days_in(year),
        count(false),
        count(true)
    );
    if !calendar.regions().is_empty() {
        text.push_str(&format!("# 地区：{}\n", calendar.regions().join("、")));
    }
    if calendar.covered_years().contains(&year) {
        text.push_str(&format!("# year: {year}\n"));
    }
    for month in 1..=12 {
        let open = calendar
            .days_of(year)
            .iter()
            .filter(|day| day.date.month() == month && day.working)
            .count();
        text.push_str(&format!("# {month} 月：工作日 {open} 天\n"));
        for day in days.iter().filter(|day| day.date.month() == month) {
            let name = day.name.as_deref().unwrap_or(weekday_label(day.date));
            let word = if day.working { "work" } else { "off" };
            text.push_str(&format!("{}\t{word}\t{name}\n", day.date));
        }
    }
    text
}

fn load(file: &Path, region: Option<&str>, place: &Place) -> Result<(), Failure> {
    let text = read_text(file)?;
    let notice = Notice::parse(&text).map_err(|problems| {
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        Failure::failed(format!(
            "{} 有 {} 处问题，没有导入：\n{}",
            file.display(),
            lines.len(),
            lines.join("\n")
        ))
    })?;
    let region = region.unwrap_or(NATIONAL);
    let named = place.named()?;
    let (moved, uncovered) = runtime::run(async {
        let store = named.open().await?;
        let done = async {
            adopt(&store, region).await?;
            let moved = store::calendar::load(&store, &Actor::operator(), region, &text).await?;
            let calendar = store::calendar::effective(&store).await?;
            let today = store.today();
            let open = calendar.uncovered(today, coming(today));
            Ok::<_, Failure>((moved, open))
        };
        let done = done.await;
        store.db.close().await;
        done
    })?;
    let years: Vec<_> = notice.years().map(|year| year.to_string()).collect();
    tell(&format!(
        "已导入 {} 年的放假安排（{}），共 {} 天；{} 件在办申请的期限有变化。",
        years.join("、"),
        if region == NATIONAL { "全国" } else { region },
        notice.days().len(),
        moved.len()
    ));
    let date = |date: Option<statute::Date>| date.map_or("未定".to_owned(), |it| it.to_string());
    for change in &moved {
        tell(&format!(
            "{}：{} → {}",
            change.number,
            date(change.from),
            date(change.to)
        ));
    }
    for (first, last) in uncovered {
        let years = if first == last {
            first.to_string()
        } else {
            format!("{first} 至 {last}")
        };
        tell(&format!("注意：{years} 年的放假安排还没有导入。"));
    }
    Ok(())
}

/// The first region that is loaded becomes the site's own: a site has one or none, and a layer that
/// counts nowhere would help nobody.
async fn adopt(store: &Store, region: &str) -> Result<(), Failure> {
    let mut settings = store.settings().await?;
    let well_formed = region.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if region == NATIONAL || region == settings.region || !well_formed {
        return Ok(());
    }
    if settings.region.is_empty() {
        region.clone_into(&mut settings.region);
        store.save_settings(&Actor::operator(), &settings).await?;
        tell(&format!("本站点的地区设为“{region}”。"));
    } else {
        tell(&format!(
            "本站点的地区是“{}”，“{region}”的安排只供 clock 和 calendar show 使用，不影响本站点的期限。",
            settings.region
        ));
    }
    Ok(())
}

/// The last day of the coming year: so far deadlines of today's requests may reach.
pub fn coming(today: statute::Date) -> statute::Date {
    statute::Date::new(today.year().saturating_add(1), 12, 31).unwrap_or(statute::Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_loaded_again() {
        let calendar = Calendar::national();
        for year in calendar.covered_years() {
            let notice = Notice::parse(&text(&calendar, year)).unwrap();
            assert_eq!(
                notice.days().len(),
                calendar.exceptions_of(year).len(),
                "{year}"
            );
            assert_eq!(notice.years().collect::<Vec<_>>(), [year]);
            let again = Calendar::national().with_notice(&notice);
            assert_eq!(again.working_days_in(year), calendar.working_days_in(year));
        }
    }
}
