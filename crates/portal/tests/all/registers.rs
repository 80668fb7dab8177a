//! Registers, figures, reports: from an entry to a published number and back to its records.

use crate::app::with_portal;
use axum::http::StatusCode;

#[test]
fn an_entry_is_recorded_once_and_counted_in_its_year() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let form = "/office/registers/training/new?unit=edu";
        let to = "/office/registers/training/new";
        let fields = [
            ("unit", "edu"),
            ("held_on", "2018-04-02"),
            ("attendees", "51"),
            ("topic", "新条例解读"),
            ("submission", "0123456789abcdef0123456789abcdef"),
        ];
        for _ in 0..2 {
            let answer = clerk.submit(form, to, &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            assert!(answer.location().starts_with("/office/registers/training"));
        }
        let list = clerk
            .get("/office/registers/training?unit=edu&year=2018")
            .await
            .ok();
        assert!(list.has("新条例解读") && list.has("共 1 条"));
        let list = clerk
            .get("/office/registers/training?unit=edu&year=2019")
            .await
            .ok();
        assert!(!list.has("新条例解读"));
        // The number of the form is what was entered, and leads back to it.
        let report = "/office/reports?unit=edu&year=2018";
        let page = clerk.get(report).await.ok();
        let figure = "/office/figures/edu/2018/stats2014/I3";
        assert!(
            page.has(&format!("href=\"{figure}\">51</a>")),
            "{}",
            page.text()
        );
        let records = clerk.get(figure).await.ok();
        assert!(records.has("新条例解读") && records.has(">51</td>"));
        // Rolled up it counts for the county, alone it does not.
        let rolled = clerk
            .get("/office/figures/gov/2018/stats2014/I3?roll_up=on")
            .await
            .ok();
        assert!(rolled.has("<span class=\"figure\">51</span>"));
        let own = clerk
            .get("/office/figures/gov/2018/stats2014/I3")
            .await
            .ok();
        assert!(own.has("<span class=\"figure\">0</span>"));
    });
}

#[test]
fn a_wrong_entry_keeps_what_was_typed_and_says_what_to_do() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = "/office/registers/request-fee/new";
        let fields = [
            ("unit", "edu"),
            ("charged_on", "2018-13-02"),
            ("fen", "46.505"),
            ("remark", "按页计收"),
        ];
        let answer = clerk.submit(page, page, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["2018-13-02", "46.505", "按页计收", "有 2 处需要改正"] {
            assert!(answer.has(words), "{words}");
        }
        // Another register of the same kind is refused by the rules of the office themselves.
        let page = "/office/registers/reading-point/new";
        let fields = [
            ("unit", "edu"),
            ("opened_on", "2018-05-02"),
            ("closed_on", "2018-05-01"),
        ];
        let answer = clerk.submit(page, page, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has("早于"));
        let list = clerk.get("/office/registers/reading-point").await.ok();
        assert!(list.has("这里还没有登记"));
    });
}

#[test]
fn one_who_may_not_record_sees_and_does_not_record() {
    with_portal(async |portal| {
        let mut auditor = portal.signed_in("auditor").await;
        let list = auditor.get("/office/registers/training").await.ok();
        assert!(!list.has("登记一条"));
        let form = auditor.get("/office/registers/training/new").await;
        assert_eq!(form.status, StatusCode::FORBIDDEN);
        let mut admin = portal.signed_in("admin").await;
        let page = admin.get("/office/registers").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let unknown = auditor.get("/office/registers/nothing").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn money_is_typed_in_yuan_and_printed_in_wan() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = "/office/registers/budget/new";
        let fields = [
            ("unit", "edu"),
            ("allotted_on", "2018-03-01"),
            ("fen", "15000"),
        ];
        let answer = clerk.submit(page, page, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let figure = clerk
            .get("/office/figures/edu/2018/stats2014/H4")
            .await
            .ok();
        assert!(
            figure.has("<span class=\"figure\">1.5</span>"),
            "{}",
            figure.text()
        );
    });
}
