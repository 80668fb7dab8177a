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
