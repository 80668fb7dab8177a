//! People, units, calendar, journal, supervision: what the administrator, the disclosure office and
//! the auditor do.

use crate::app::{PASSWORD, with_portal};
use axum::http::StatusCode;

#[test]
fn a_colleague_is_invited_enters_and_is_handed_over() {
    with_portal(async |portal| {
        let mut admin = portal.signed_in("admin").await;
        let page = "/office/people/new";
        let wrong = admin
            .submit(
                page,
                page,
                &[
                    ("name", "某新人"),
                    ("account", "x"),
                    ("unit", "edu"),
                    ("role_unit", "edu"),
                ],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("value=\"某新人\"") && wrong.has("2 到 40 位"));
        let fields = [
            ("name", "某新人"),
            ("account", "newcomer"),
            ("unit", "edu"),
            ("role_unit", "edu"),
            ("role", "clerk"),
        ];
        let invited = admin.submit(page, page, &fields).await;
        assert_eq!(invited.status, StatusCode::SEE_OTHER);
        let shown = admin.get(invited.location()).await.ok();
        let text = shown.text();
        let code = text.split("receipt-code\">").nth(1).unwrap();
        let code = code.split('<').next().unwrap().to_owned();
        store::people::enter(&portal.store, &code, PASSWORD)
            .await
            .unwrap();
        let people = store::people::list(&portal.store, &portal.actor("admin").await)
            .await
            .unwrap();
        let (person, grants) = people
            .iter()
            .find(|(person, _)| person.account == "newcomer")
            .unwrap();
        assert_eq!(grants.len(), 1);
        let here = format!("/office/people/{}", person.id);
        // The code is shown once.
        assert!(!admin.get(&here).await.ok().has("receipt-code"));
        // Roles: one kept, one added.
        let roles = format!("{here}/roles");
        let done = admin
            .submit(
                &here,
                &roles,
                &[
                    ("keep", "clerk@edu"),
                    ("role", "reviewer"),
                    ("role_unit", "edu"),
                ],
            )
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(
            store::people::grants(&portal.store, &person.id)
                .await
                .unwrap()
                .len(),
            2
        );
        // Leave needs a stand-in.
        let leave = format!("{here}/leave");
        let refused = admin.submit(&here, &leave, &[("stand_in", "")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = admin
            .submit(&here, &leave, &[("stand_in", portal.person("clerk"))])
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(admin.get(&here).await.ok().has("休假，由他人代办"));
        let done = admin.submit(&here, &format!("{here}/return"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let reset = admin.submit(&here, &format!("{here}/reset"), &[]).await;
        assert_eq!(reset.location(), here);
        let shown = admin.get(&here).await.ok();
        assert!(shown.has("receipt-code") && shown.has("待设新密码"));
        assert!(!admin.get(&here).await.ok().has("receipt-code"));
        let done = admin
            .submit(
                &here,
                &format!("{here}/handover"),
                &[("to", portal.person("clerk"))],
            )
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(admin.get(&here).await.ok().has("已离岗"));
    });
}

#[test]
fn only_an_administrator_manages_people() {
    with_portal(async |portal| {
        let mut auditor = portal.signed_in("auditor").await;
        assert!(auditor.get("/office/people").await.ok().has("clerk2"));
        let new = auditor.get("/office/people/new").await;
        assert_eq!(new.status, StatusCode::FORBIDDEN);
        let id = portal.person("clerk");
        let page = auditor.get(&format!("/office/people/{id}")).await.ok();
        assert!(!page.has("离岗交接"));
        let mut clerk = portal.clerk().await;
        assert_eq!(
            clerk.get("/office/people").await.status,
            StatusCode::FORBIDDEN
        );
        let csrf = page.hidden("csrf");
        let path = format!("/office/people/{id}/reset");
        let answer = auditor.post_raw(&path, &[("csrf", &csrf)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let answer = auditor.post_raw(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_unit_is_added_once_and_its_guide_saved() {
    with_portal(async |portal| {
        let mut admin = portal.signed_in("admin").await;
        let page = "/office/units/new";
        let fields = [
            ("name", "某县水务局"),
            ("kind", "department"),
            ("parent", "gov"),
            ("submission", "00112233445566778899aabbccddeeff"),
        ];
        for _ in 0..2 {
            let answer = admin.submit(page, page, &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        }
        let units = store::units::all(&portal.store).await.unwrap();
        assert_eq!(
            units
                .iter()
                .filter(|unit| unit.name == "某县水务局")
                .count(),
            1
        );
        let wrong = admin
            .submit(
                page,
                page,
                &[
                    ("name", "甲"),
                    ("kind", "department"),
                    ("parent", "gov"),
                    ("code", "123"),
                ],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("18 位") && wrong.has("value=\"甲\""));

        let guide = "/office/units/edu/guide";
        let first = admin.get(guide).await.ok();
        let done = admin
            .submit(guide, guide, &[("office", "办公室"), ("phone", "0000-1")])
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let shown = portal.anonymous().get("/units/edu?part=guide").await.ok();
        assert!(shown.has("0000-1"));
        // A form from before that is stale, and what was typed is not lost.
        let stale = admin
            .post_raw(
                guide,
                &[
                    ("csrf", &first.hidden("csrf")),
                    ("seen", &first.hidden("seen")),
                    ("office", "另一个办公室"),
                ],
            )
            .await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.has("另一个办公室"));
    });
}

#[test]
fn a_notice_shows_what_it_moves_before_it_moves_it() {
    with_portal(async |portal| {
        let request = r#"{"type":"request","id":"r1","unit":"edu","number":"2026-77","applicant":"natural","subject":"x","channel":"online","events":[{"on":"2026-12-14","event":"received"}]}"#;
        portal.import(request).await;
        let mut office = portal.signed_in("disclosure").await;
        let page = office.get("/office/calendar").await.ok();
        assert!(page.has("2027 年的放假安排还没有导入"));
        let csrf = page.hidden("csrf");
        let notice = "# year: 2027\n2027-01-01 off 元旦\n";
        let fields = [
            ("csrf", csrf.as_str()),
            ("region", "national"),
            ("notice", ""),
        ];
        let shown = office
            .upload(
                "/office/calendar/preview",
                &fields,
                ("file", "2027.txt", notice.as_bytes()),
            )
            .await
            .ok();
        assert!(shown.has("2026-77"), "{}", shown.text());
        // Nothing has moved yet.
        assert!(
            store::calendar::notices(&portal.store)
                .await
                .unwrap()
                .is_empty()
        );
        let fields = [
            ("csrf", csrf.as_str()),
            ("region", "national"),
            ("notice", notice),
        ];
        let done = office.post_raw("/office/calendar/load", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let page = office.get("/office/calendar?year=2027").await.ok();
        assert!(page.has("元旦") && page.has("1 件申请的期限已重新计算"));
        assert!(!page.has("2027 年的放假安排还没有导入"));

        let fields = [
            ("csrf", csrf.as_str()),
            ("region", "national"),
            ("notice", "2027-13-01 off 甲"),
        ];
        let wrong = office
            .upload("/office/calendar/preview", &fields, ("file", "", b""))
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has("第 1 行") && wrong.has("2027-13-01"));
        let mut clerk = portal.clerk().await;
        let csrf = clerk
            .get("/office/registers/meeting/new")
            .await
            .ok()
            .hidden("csrf");
        let fields = [
            ("csrf", csrf.as_str()),
            ("region", "national"),
            ("notice", notice),
        ];
        let refused = clerk.post_raw("/office/calendar/load", &fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_auditor_reads_the_journal_and_the_disclosure_office_sees_every_unit() {
    with_portal(async |portal| {
        let overdue = r#"{"type":"request","id":"r1","unit":"edu","number":"2026-1","applicant":"natural","subject":"x","channel":"online","events":[{"on":"2026-06-01","event":"received"}]}"#;
        portal.import(overdue).await;
        portal.publish("d1", "关于甲的通知", "正文").await;
        let mut auditor = portal.signed_in("auditor").await;
        let page = auditor.get("/office/journal").await.ok();
        assert!(page.has("批量导入") && page.has("运维（命令行）"));
        let narrowed = auditor.get("/office/journal?action=site.init").await.ok();
        assert!(!narrowed.has(">批量导入</td>"));
        let mut clerk = portal.clerk().await;
        assert_eq!(
            clerk.get("/office/journal").await.status,
            StatusCode::FORBIDDEN
        );

        let mut office = portal.signed_in("disclosure").await;
        let page = office.get("/office/supervision").await.ok().text();
        let row = page
            .split("某县教育局")
            .nth(1)
            .unwrap()
            .split("</tr>")
            .next()
            .unwrap();
        for (label, value) in [
            ("办理中", "1"),
            ("今天和三个工作日内", "0"),
            ("本年公开", "1"),
        ] {
            let cell = row.split(&format!("data-label=\"{label}\">")).nth(1);
            let cell = cell.and_then(|rest| rest.split("</td>").next());
            assert!(
                cell.is_some_and(|cell| cell.ends_with(&format!("\">{value}</a>"))),
                "{label} {row}"
            );
        }
        assert!(row.contains("data-label=\"最近公开\">2026-11-03<"));
        assert!(row.contains("mark-late"));
        let mut admin = portal.signed_in("admin").await;
        let page = admin.get("/office/supervision").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_last_administrator_of_a_head_stays_and_takers_can_take() {
    with_portal(async |portal| {
        let mut admin = portal.signed_in("admin").await;
        let own = format!("/office/people/{}", portal.person("admin"));
        let to = [("to", portal.person("clerk"))];
        let refused = admin.submit(&own, &format!("{own}/handover"), &to).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("唯一的系统管理"), "{}", refused.text());
        let refused = admin.submit(&own, &format!("{own}/roles"), &[]).await;
        assert!(refused.has("唯一的系统管理"));
        // A reviewer cannot take a draft.
        let mut clerk = portal.clerk().await;
        let fields = [
            ("unit", "civil"),
            ("kind", "other"),
            ("title", "要交接的草稿"),
            ("body", "正文。"),
            ("attribute", "proactive"),
            ("written_on", "2026-11-02"),
            ("do", "save"),
        ];
        let form = "/office/documents/new";
        let saved = clerk.submit(form, form, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let page = format!("/office/people/{}", portal.person("clerk"));
        let text = admin.get(&page).await.ok().text();
        let takers = text.split("id=\"f-to\"").nth(1).expect("the takers");
        assert!(takers.contains(portal.person("clerk2")));
        assert!(!takers.contains(portal.person("reviewer")));
    });
}
