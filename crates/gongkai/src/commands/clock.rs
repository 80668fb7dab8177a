//! `gongkai clock FILE|-`: the deadlines of a request, from its events.

use super::read_text;
use crate::cli;
use crate::failure::Failure;
use crate::output;
use crate::runtime;
use statute::Calendar;
use statute::calendar::Notice;
use statute::clock::{ClockInput, replay};
use store::Store;
use store::calendar::NATIONAL;

/// Prints the answer as JSON. A file that can be read but says what cannot be is exit 1.
pub fn run(args: &cli::Clock) -> Result<(), Failure> {
    let text = read_text(&args.file)?;
    let input = ClockInput::parse(&text).map_err(|problems| {
        Failure::failed(format!(
            "{} 有 {} 处问题：\n{}",
            args.file.display(),
            problems.len(),
            problems.join("\n")
        ))
    })?;
    let calendar = if args.place.is_named() {
        runtime::run(async {
            let store = args.place.open().await?;
            let calendar = of_region(&store, &input.calendar).await;
            store.db.close().await;
            calendar
        })?
    } else if input.calendar == NATIONAL {
        Calendar::national()
    } else {
        return Err(Failure::failed(format!(
            "日历“{}”不是内置的，内置的只有 {NATIONAL}。地方日历请先用 calendar load 导入，再加 --data 或 --config。",
            input.calendar
        )));
    };
    let answer = replay(&calendar, &input.events, input.today);
    output::print(&format!("{:#}\n", answer.to_json()))
}

/// The national calendar with the notices loaded, and the layer of a region.
///
/// # Errors
/// A region that nothing was loaded for.
pub async fn of_region(store: &Store, region: &str) -> Result<Calendar, Failure> {
    let mut calendar = Calendar::national();
    for loaded in store::calendar::notices(store).await? {
        let notice = Notice::parse(&loaded.text).map_err(|_| {
            Failure::failed(format!(
                "已导入的放假安排 {}（{}）读不出来，请重新导入。",
                loaded.name, loaded.region
            ))
        })?;
        if loaded.region == NATIONAL {
            calendar = calendar.with_notice(&notice);
        } else if loaded.region == region {
            calendar = calendar.with_region(region, &notice);
        }
    }
    if region != NATIONAL && !calendar.regions().iter().any(|laid| laid == region) {
        return Err(Failure::failed(format!(
            "没有导入过地区“{region}”的放假安排。请用 calendar load 文件 --region {region} 导入。"
        )));
    }
    Ok(calendar)
}
