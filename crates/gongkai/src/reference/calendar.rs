//! `calendar.md`: which years are built in, and how a notice is written.

use super::Page;
use statute::Calendar;

pub(super) fn text() -> String {
    let calendar = Calendar::national();
    let mut page = Page::new(
        "工作日历",
        "期限按工作日计算：周一至周五上班，减去放假，加上周末调休上班。放假和调休是数据：内置下列年份，以后的年份用 `gongkai calendar load` 或后台“放假安排”导入。没有安排的年份按周一至周五计算，凡涉及它的日期都带提示。",
    );
    page.heading("内置年份");
    let rows = calendar.covered_years().into_iter().map(|year| {
        let days = calendar.exceptions_of(year);
        let work = days.iter().filter(|day| day.working).count();
        [
            year.to_string(),
            calendar.working_days_in(year).to_string(),
            (days.len() - work).to_string(),
            work.to_string(),
        ]
    });
    page.table(
        ["年份", "工作日", "周一至周五放假", "周末调休上班"],
        rows.collect(),
    );
    page.heading("放假安排的写法");
    page.paragraph("每行一天：日期、`off`（周一至周五放假）或 `work`（周末上班）、名称，用制表符或空格隔开。本来就不上班的周末不用写。`#` 开头是注释，其中两种有含义：`# year: 2027` 写明安排的年份（不写则按日期推定），`# replaces: 2027` 撤掉这一年此前导入的安排。");
    page.code(
        "text",
        "# year: 2027\n2027-01-01\toff\t元旦\n2027-10-09\twork\t国庆节调休",
    );
    page.paragraph("地方性假日用 `--region` 导入，叠加在全国安排之上；站点的地区决定哪一层生效。导入后，在办申请的期限在同一事务里重算；已办结的不变。`gongkai calendar show 年份` 的输出就是这种写法，可以再导入。");
    page.0
}

#[cfg(test)]
mod tests {
    use statute::calendar::Notice;

    #[test]
    fn the_example_can_be_loaded() {
        let text = super::text();
        let example = text
            .split("```text\n")
            .nth(1)
            .unwrap()
            .split("```")
            .next()
            .unwrap();
        let notice = Notice::parse(example).unwrap();
        assert_eq!(notice.days().len(), 2);
    }
}
