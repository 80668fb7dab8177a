//! The pages for what an import alone could enter before: repeal, decisions, fees, ends, settings.

use crate::app::with_portal;
use axum::http::StatusCode;

#[test]
fn decisions_and_fees_entered_at_a_page_stand_in_table_two() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = "/office/registers/decisions/new";
        let wrong = clerk
            .submit(
                page,
                page,
                &[("unit", "edu"), ("on", "2021-13-01"), ("count", "两件")],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("没有选决定的种类") && wrong.has("value=\"两件\""));
        let fields = [
            ("unit", "edu"),
            ("kind", "penalty"),
            ("on", "2021-05-06"),
            ("count", "7"),
        ];
        let done = clerk.submit(page, page, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let list = clerk.get(done.location()).await.ok();
        assert!(list.has("2021 年共 7 件"), "{}", list.text());

        let page = "/office/registers/fee-income/edit?unit=edu&year=2021";
        let to = "/office/registers/fee-income/edit";
        let typed = |yuan| [("unit", "edu"), ("year", "2021"), ("yuan", yuan)];
        let wrong = clerk.submit(page, to, &typed("四十")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("value=\"四十\""));
        for yuan in ["46.50", "9700"] {
            let done = clerk.submit(page, to, &typed(yuan)).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        }
        let list = clerk
            .get("/office/registers/fee-income?unit=edu&year=2021")
            .await
            .ok();
        assert!(list.has(">9700</td>") && !list.has("46.50"));
        assert!(
            clerk
                .get("/office/registers?unit=edu&year=2021")
                .await
                .ok()
                .has("7 件")
        );
        let figure = "/office/figures/edu/2021/t2/penalty";
        let report = clerk.get("/office/reports?unit=edu&year=2021").await.ok();
        assert!(
            report.has(">7</a>") && report.text().contains("figures/edu/2021"),
            "{figure}"
        );
    });
}

#[test]
fn an_entry_ends_at_its_row() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let new = "/office/registers/reading-point/new";
        let fields = [
            ("unit", "edu"),
            ("opened_on", "2020-05-01"),
            ("place", "一楼"),
        ];
        let done = clerk.submit(new, new, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let list = clerk.get(done.location()).await.ok();
        let text = list.text();
        let href = text
            .split("href=\"/office/registers/entries/")
            .nth(1)
            .unwrap();
        let page = format!(
            "/office/registers/entries/{}",
            href.split('"').next().unwrap()
        );
        let wrong = clerk.submit(&page, &page, &[("on", "2020-04-30")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("早于开始日期"));
        let done = clerk.submit(&page, &page, &[("on", "2021-06-30")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(clerk.get(done.location()).await.ok().has("2021-06-30"));
    });
}

#[test]
fn the_settings_are_the_administrators_of_the_head() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = "/office/settings";
        assert_eq!(clerk.get(page).await.status, StatusCode::FORBIDDEN);
        let mut admin = portal.signed_in("admin").await;
        let wrong = admin
            .submit(page, page, &[("site_name", "某县"), ("site_id_code", "12")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("应为 10 位数字"));
        let fields = [("site_name", "新名字县人民政府"), ("phone", "0953-1")];
        let done = admin.submit(page, page, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(
            portal
                .anonymous()
                .get("/")
                .await
                .ok()
                .has("新名字县人民政府")
        );
    });
}

#[test]
fn a_mistyped_decision_is_put_right_at_a_page_or_withdrawn() {
    with_portal(async |portal| {
        for (id, kind) in [("x1", "license"), ("x2", "license")] {
            portal
                .import(&format!(
                    "{{\"type\":\"decision\",\"id\":\"{id}\",\"unit\":\"edu\",\"kind\":\"{kind}\",\"decided_on\":\"2021-05-06\"}}"
                ))
                .await;
        }
        let mut clerk = portal.clerk().await;
        let list = "/office/registers/decisions?unit=edu&year=2021";
        let before = clerk.get(list).await.ok();
        assert!(before.has("2021 年共 2 件，从新到旧"));
        let page = "/office/registers/decisions/x1";
        assert!(before.has(&format!("href=\"{page}\"")));
        let typed = |how: &'static str, on: &'static str, reason: &'static str| {
            [
                ("how", how),
                ("kind", "penalty"),
                ("on", on),
                ("reason", reason),
            ]
        };
        // What was typed stays, and each error says where.
        for (fields, words) in [
            (typed("", "2021-05-06", "x"), "没有选怎样更正"),
            (typed("correct", "5月6日", "x"), "不是一个日期"),
            (typed("correct", "2021-05-06", ""), "没有写更正的理由"),
        ] {
            let wrong = clerk.submit(page, page, &fields).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                wrong.has(words) && wrong.has(&format!("value=\"{}\"", fields[2].1)),
                "{words}"
            );
        }
        let done = clerk
            .submit(page, page, &typed("correct", "2021-05-07", "种类选错"))
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let after = clerk.get(done.location()).await.ok();
        assert!(
            after.has("行政处罚") && after.has("2021-05-07"),
            "{}",
            after.text()
        );
        let history = clerk.get(page).await.ok();
        assert!(
            history.has("行政许可 2021-05-06 改为 行政处罚 2021-05-07；种类选错"),
            "{}",
            history.text()
        );
        let other = "/office/registers/decisions/x2";
        let gone = clerk
            .submit(other, other, &typed("withdraw", "", "重复登记"))
            .await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
        let after = clerk.get(list).await.ok();
        assert!(after.has("2021 年共 1 件，另有 1 件已撤回") && after.has("已撤回</span>"));
        assert!(!after.has(&format!("href=\"{other}\"")));
        let shut = clerk.get(other).await.ok();
        assert!(shut.has("撤回的登记不能再改") && !shut.has("name=\"reason\""));
        // The report counts what stands.
        let report = clerk.get("/office/reports?unit=edu&year=2021").await.ok();
        let penalty = "/office/figures/edu/2021/t2/penalty/decisions\">1</a>";
        let license = "/office/figures/edu/2021/t2/license/decisions\">0</a>";
        assert!(
            report.has(penalty) && report.has(license),
            "{}",
            report.text()
        );
    });
}

#[test]
fn all_cases_stand_in_one_list_that_can_be_narrowed() {
    with_portal(async |portal| {
        let mut lines = String::from(
            "{\"type\":\"request\",\"id\":\"r1\",\"unit\":\"edu\",\"number\":\"2024-77\",\"applicant\":\"natural\",\
             \"subject\":\"x\",\"channel\":\"online\",\"events\":[{\"on\":\"2024-02-01\",\"event\":\"received\"}]}\n",
        );
        lines += "{\"type\":\"case\",\"id\":\"c1\",\"request\":\"r1\",\"track\":\"review\",\"filed_on\":\"2024-04-03\",\
                  \"closed_on\":\"2024-06-01\",\"result\":\"corrected\"}\n";
        lines += "{\"type\":\"case\",\"id\":\"c2\",\"request\":\"r1\",\"track\":\"lit_after_review\",\"filed_on\":\"2025-07-04\"}\n";
        portal.import(&lines).await;
        let mut clerk = portal.clerk().await;
        let work = clerk.get("/office").await.ok();
        assert!(work.has("href=\"/office/cases\""));
        let all = clerk.get("/office/cases").await.ok();
        for words in [
            "共 2 件",
            "2025-07-04",
            "尚未审结",
            "结果纠正",
            "href=\"/office/requests/r1#cases\">2024-77</a>",
            "href=\"/office/requests/r1/cases/c2\"",
        ] {
            assert!(all.has(words), "{words} {}", all.text());
        }
        // One that has ended has its result.
        assert!(!all.has("href=\"/office/requests/r1/cases/c1\""));
        for (query, there, away) in [
            ("result=pending", "2025-07-04", "2024-04-03"),
            ("result=closed", "2024-04-03", "2025-07-04"),
            ("result=corrected&unit=edu", "2024-04-03", "2025-07-04"),
            ("track=lit_after_review", "2025-07-04", "2024-04-03"),
            ("year=2024&number=77", "2024-04-03", "2025-07-04"),
        ] {
            let page = clerk.get(&format!("/office/cases?{query}")).await.ok();
            assert!(page.has(there) && !page.has(away), "{query}");
        }
        let none = clerk.get("/office/cases?number=78").await.ok();
        assert!(none.has("没有找到"));
        // One who only watches records nothing.
        let watching = portal
            .signed_in("auditor")
            .await
            .get("/office/cases")
            .await
            .ok();
        assert!(watching.has("2025-07-04") && !watching.has("/cases/c2"));
    });
}

#[test]
fn who_looked_at_an_applicant_stands_in_the_journal() {
    with_portal(async |portal| {
        portal
            .import(
                "{\"type\":\"request\",\"id\":\"r1\",\"unit\":\"edu\",\"number\":\"2026-77\",\"applicant\":\"natural\",\
                 \"subject\":\"暗号青石沟\",\"channel\":\"online\",\"events\":[{\"on\":\"2026-11-02\",\"event\":\"received\"}]}",
            )
            .await;
        let mut auditor = portal.signed_in("auditor").await;
        let journal = "/office/journal?action=applicant.read";
        // Neither lists nor one's own work open anybody.
        let mut clerk = portal.clerk().await;
        for page in ["/office", "/office/requests", "/office/requests/r1/reply"] {
            clerk.get(page).await.ok();
        }
        auditor.get("/office/requests/r1").await.ok();
        assert!(
            !auditor
                .get(journal)
                .await
                .ok()
                .has("data-label=\"动作\">查看申请人信息")
        );
        for _ in 0..2 {
            let page = clerk.get("/office/requests/r1").await.ok();
            assert!(page.has("已记入日志"), "{}", page.text());
        }
        let found = auditor.get(journal).await.ok();
        let text = found.text();
        assert_eq!(
            text.matches("data-label=\"动作\">查看申请人信息").count(),
            1,
            "{text}"
        );
        assert!(found.has("r1") && !found.has("暗号青石沟"));
    });
}
