//! Requests in the office: registering, the dated events, the reply, corrections, cases.

use crate::app::{Client, TestApp, with_portal};
use axum::http::StatusCode;
use store::requests::{Applicant, NewRequest, Receipt};

const NEW: &str = "/office/requests/new";
const NAME: &str = "丁一一";
const SUBJECT: &str = "青石沟水库二〇二六年蓄水记录";

fn paper<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let plain = [
        ("unit", "edu"),
        ("channel", "registered-mail"),
        ("on", "2026-11-09"),
        ("confirmed", ""),
        ("number", ""),
        ("subject", SUBJECT),
        ("applicant_kind", "natural"),
        ("name", NAME),
        ("identity_number", "640323199001010017"),
        ("phone", "13900000000"),
    ];
    let mut fields: Vec<(&str, &str)> = plain
        .into_iter()
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
        .collect();
    fields.extend_from_slice(changes);
    fields
}

/// Registers a paper request; its address.
async fn registered(clerk: &mut Client, changes: &[(&str, &str)]) -> String {
    let shown = clerk.submit(NEW, NEW, &paper(changes)).await.ok();
    let text = shown.text();
    let id = text.split("href=\"/office/requests/r-").nth(1).unwrap();
    format!("/office/requests/r-{}", id.split('"').next().unwrap())
}

async fn filed_online(portal: &TestApp) -> Receipt {
    let new = NewRequest {
        unit: "edu".into(),
        number: None,
        channel: statute::RequestChannel::Online,
        applicant_kind: statute::ApplicantKind::Natural,
        applicant: Applicant {
            name: NAME.into(),
            identity_number: "640323199001010017".into(),
            phone: "13900000000".into(),
            ..Applicant::default()
        },
        subject: SUBJECT.into(),
        on: portal.store.today(),
        confirmed: None,
        submission: "0123456789abcdef0123456789abcdef".into(),
    };
    store::requests::submit(&portal.store, new).await.unwrap()
}

#[test]
fn a_paper_request_is_registered_with_its_due_date_and_why() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let shown = clerk.submit(NEW, NEW, &paper(&[])).await.ok();
        // Signed for on Monday 2026-11-09: the 20th working day after it.
        for words in [
            "2026-12-07",
            "2026-0001",
            "第 20 个工作日",
            "条例 §33",
            "receipt-code",
        ] {
            assert!(shown.has(words), "{words}: {}", shown.text());
        }
        let list = clerk.get("/office/requests").await.ok();
        assert!(list.has("2026-0001") && list.has("2026-12-07") && !list.has(NAME));
        let work = clerk.get("/office").await.ok();
        assert!(work.has(SUBJECT) && work.has("写答复"));
    });
}

#[test]
fn a_form_that_is_wrong_keeps_what_was_typed_and_registers_nothing() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let bad = paper(&[("on", "昨天"), ("name", ""), ("subject", "要保留的描述")]);
        let refused = clerk.submit(NEW, NEW, &bad).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["value=\"昨天\"", "要保留的描述", "href=\"#f-on\""] {
            assert!(refused.has(words), "{words}: {}", refused.text());
        }
        let future = clerk
            .submit(NEW, NEW, &paper(&[("on", "2026-11-23")]))
            .await;
        assert!(future.has("晚于今天"), "{}", future.text());
        registered(&mut clerk, &[("number", "2026-0077")]).await;
        let taken = clerk
            .submit(NEW, NEW, &paper(&[("number", "2026-0077")]))
            .await;
        assert!(taken.has("href=\"#f-number\"") && taken.has("已经用过"));
        assert!(clerk.get("/office/requests").await.ok().has("共 1 件"));
    });
}

#[test]
fn the_same_registration_sent_twice_is_one_request_with_one_code() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let form = clerk.get(NEW).await.ok();
        let (csrf, submission) = (form.hidden("csrf"), form.hidden("submission"));
        let mut fields = paper(&[]);
        fields.extend([("csrf", csrf.as_str()), ("submission", submission.as_str())]);
        let first = clerk.post_raw(NEW, &fields).await.ok();
        let second = clerk.post_raw(NEW, &fields).await.ok();
        let code = |text: String| {
            let rest = text.split("receipt-code\">").nth(1).unwrap().to_owned();
            rest.split('<').next().unwrap().to_owned()
        };
        assert_eq!(code(first.text()), code(second.text()));
        assert!(clerk.get("/office/requests").await.ok().has("共 1 件"));
    });
}

#[test]
fn an_unconfirmed_letter_has_no_due_date_until_it_is_confirmed() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[("channel", "ordinary-mail")]).await;
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("待确认收到") && shown.has("期限未起算"));
        let form = format!("{page}/confirm");
        let early = clerk.submit(&form, &form, &[("on", "2026-11-01")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.has("value=\"2026-11-01\""));
        let done = clerk.submit(&form, &form, &[("on", "2026-11-12")]).await;
        assert_eq!(done.location(), page, "{}", done.text());
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("2026-12-10"), "{}", shown.text());
    });
}

#[test]
fn asking_a_third_party_moves_the_due_date_and_says_so() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[]).await;
        let ask = format!("{page}/events/third-party-asked");
        let done = clerk.submit(&ask, &ask, &[("on", "2026-11-11")]).await;
        assert_eq!(done.location(), page, "{}", done.text());
        let answered = format!("{page}/events/third-party-answered");
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("征求意见中") && shown.has(&answered));
        clerk
            .submit(&answered, &answered, &[("on", "2026-11-17")])
            .await;
        // Four working days (12, 13, 16, 17) did not count: from 12-07 to 12-11.
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("为什么是 2026-12-11"), "{}", shown.text());
        // A step that cannot be taken now is not offered as a form.
        assert_eq!(clerk.get(&answered).await.location(), page);
    });
}

#[test]
fn an_extension_beyond_the_law_is_refused_at_its_field() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[]).await;
        let form = format!("{page}/events/extended");
        let refused = clerk
            .submit(&form, &form, &[("on", "2026-11-20"), ("days", "21")])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("href=\"#f-days\"") && refused.has("value=\"21\""));
        let done = clerk
            .submit(&form, &form, &[("on", "2026-11-20"), ("days", "20")])
            .await;
        assert_eq!(done.location(), page);
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("2027-01-04"), "{}", shown.text());
        // It is beyond the loaded calendar, and the page says so.
        assert!(
            shown.has("2027年放假安排未导入") || shown.has("2027 年"),
            "{}",
            shown.text()
        );
    });
}

#[test]
fn a_reply_is_recorded_with_an_outcome_and_the_applicant_sees_it() {
    with_portal(async |portal| {
        let receipt = filed_online(portal).await;
        let page = format!("/office/requests/{}", receipt.id);
        let form = format!("{page}/reply");
        let mut clerk = portal.clerk().await;
        assert!(clerk.get("/office").await.ok().has(&page));
        let empty = clerk
            .submit(
                &form,
                &form,
                &[("on", "2026-11-20"), ("by", "online"), ("text", "文字还在")],
            )
            .await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.has("href=\"#f-outcome\"") && empty.has("文字还在"));
        // An outcome of the law, and not without its steps.
        let fields = [
            ("on", "2026-11-20"),
            ("by", "online"),
            ("text", "不再处理。"),
            ("outcome", "other.unpaid"),
        ];
        let refused = clerk.submit(&form, &form, &fields).await;
        assert!(refused.has("没有收费通知的记录"), "{}", refused.text());
        let fields = [
            ("on", "2026-11-20"),
            ("by", "online"),
            ("text", "予以公开，随附电子文件。"),
            ("outcome", "granted"),
        ];
        let shown = clerk.get(&form).await.ok();
        let done = clerk.submit(&form, &form, &fields).await;
        assert_eq!(done.location(), page, "{}", done.text());
        let after = clerk.get(&page).await.ok();
        assert!(after.has("予以公开") && after.has("随附电子文件") && after.has("已办结"));
        let tracked = store::requests::track(&portal.store, &receipt.code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            tracked.opened.reply.as_deref(),
            Some("予以公开，随附电子文件。")
        );
        // The same form once more enters nothing.
        let (csrf, seen) = (shown.hidden("csrf"), shown.hidden("seen"));
        let mut twice = fields.to_vec();
        twice.extend([("csrf", csrf.as_str()), ("seen", seen.as_str())]);
        assert_eq!(clerk.post_raw(&form, &twice).await.location(), page);
        let entries = portal
            .store
            .journal_of("request", &receipt.id)
            .await
            .unwrap();
        let replies = entries
            .iter()
            .filter(|entry| entry.action == "request.reply");
        assert_eq!(replies.count(), 1);
    });
}

#[test]
fn a_late_reply_takes_its_reason() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[("on", "2026-09-01"), ("channel", "counter")]).await;
        assert!(
            clerk
                .get("/office/requests?show=late")
                .await
                .ok()
                .has(&page)
        );
        let form = format!("{page}/reply");
        let fields = [
            ("on", "2026-11-20"),
            ("by", "hand"),
            ("text", "见附件。"),
            ("outcome", "granted"),
        ];
        let refused = clerk.submit(&form, &form, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("href=\"#f-late_reason\""), "{}", refused.text());
        let mut given = fields.to_vec();
        given.push(("late_reason", "经办人休假，交接有误"));
        assert_eq!(clerk.submit(&form, &form, &given).await.location(), page);
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("逾期办结") && shown.has("逾期原因：经办人休假"));
    });
}

#[test]
fn two_at_one_request_do_not_write_over_one_another() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[]).await;
        let form = format!("{page}/reply");
        let seen = clerk.get(&form).await.ok().hidden("seen");
        let mut other = portal.signed_in("clerk2").await;
        let ask = format!("{page}/events/extended");
        other
            .submit(&ask, &ask, &[("on", "2026-11-20"), ("days", "5")])
            .await;
        let fields = [
            ("on", "2026-11-20"),
            ("by", "post"),
            ("text", "我写的答复"),
            ("outcome", "granted"),
            ("seen", &seen),
        ];
        let stale = clerk.submit(&form, &form, &fields).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.has("我写的答复") && stale.has("已被别人办理"));
        assert!(!clerk.get(&page).await.ok().has("我写的答复"));
    });
}

#[test]
fn a_mistyped_registration_is_corrected_and_the_first_entry_stays() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[]).await;
        let form = format!("{page}/correct/0");
        let fields = [
            ("how", "change"),
            ("on", "2026-11-10"),
            ("channel", "counter"),
            ("applicant_kind", "business"),
        ];
        let refused = clerk.submit(&form, &form, &fields).await;
        assert!(refused.has("href=\"#f-reason\"") && refused.has("value=\"2026-11-10\""));
        let mut given = fields.to_vec();
        given.push(("reason", "把收件日期看错"));
        assert_eq!(clerk.submit(&form, &form, &given).await.location(), page);
        let shown = clerk.get(&page).await.ok();
        for words in [
            "2026-12-08",
            "已更正",
            "把收件日期看错",
            "商业企业",
            "答复期限由 2026-12-07 改为 2026-12-08",
        ] {
            assert!(shown.has(words), "{words}: {}", shown.text());
        }
        assert_eq!(
            clerk.get(&format!("{page}/correct/9")).await.status,
            StatusCode::NOT_FOUND
        );
        let mut reviewer = portal.signed_in("reviewer").await;
        assert_eq!(reviewer.get(&form).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn what_the_applicant_said_is_for_those_who_may_read_it() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[]).await;
        for who in ["clerk", "reviewer", "approver"] {
            let shown = portal.signed_in(who).await.get(&page).await.ok();
            assert!(shown.has(NAME) && shown.has(SUBJECT), "{who}");
        }
        for who in ["disclosure", "auditor"] {
            let mut client = portal.signed_in(who).await;
            for place in [page.as_str(), "/office/requests?show=all", "/office"] {
                let shown = client.get(place).await.ok();
                for secret in [NAME, SUBJECT, "640323199001010017", "13900000000"] {
                    assert!(!shown.has(secret), "{who} reads {secret} at {place}");
                }
            }
            let shown = client.get(&page).await.ok();
            assert!(shown.has("2026-12-07") && !shown.has("写答复"), "{who}");
            let reply = format!("{page}/reply");
            assert_eq!(client.get(&reply).await.status, StatusCode::FORBIDDEN);
        }
        for who in ["secrecy", "admin"] {
            let mut client = portal.signed_in(who).await;
            assert_eq!(
                client.get(&page).await.status,
                StatusCode::FORBIDDEN,
                "{who}"
            );
        }
        // Another bureau's clerk neither sees nor finds it.
        let civil = registered(&mut clerk, &[("unit", "civil")]).await;
        let mut bureau = portal.signed_in("edu-clerk").await;
        bureau.get(&page).await.ok();
        assert_eq!(bureau.get(&civil).await.status, StatusCode::FORBIDDEN);
        assert!(
            bureau
                .get("/office/requests?show=all")
                .await
                .ok()
                .has("共 1 件")
        );
    });
}

#[test]
fn a_request_is_given_to_one_who_may_handle_it() {
    with_portal(async |portal| {
        let receipt = filed_online(portal).await;
        let page = format!("/office/requests/{}", receipt.id);
        let form = format!("{page}/assign");
        let mut clerk = portal.clerk().await;
        let shown = clerk.get(&form).await.ok();
        assert!(shown.has(portal.person("edu-clerk")) && !shown.has(portal.person("auditor")));
        let to = portal.person("edu-clerk").to_owned();
        let done = clerk.submit(&form, &form, &[("handler", &to)]).await;
        assert_eq!(done.location(), page, "{}", done.text());
        // It lies on one desk now, not on the other.
        assert!(
            portal
                .signed_in("edu-clerk")
                .await
                .get("/office")
                .await
                .ok()
                .has(&page)
        );
        assert!(!clerk.get("/office").await.ok().has(&page));
    });
}

#[test]
fn a_case_is_recorded_once_and_closed_with_a_result() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[]).await;
        let form = format!("{page}/cases/new");
        let bad = [
            ("track", "review"),
            ("filed_on", "2026-11-15"),
            ("closed_on", "2026-11-18"),
        ];
        let refused = clerk.submit(&form, &form, &bad).await;
        assert!(refused.has("href=\"#f-result\""), "{}", refused.text());
        let fields = [("track", "review"), ("filed_on", "2026-11-15")];
        assert_eq!(clerk.submit(&form, &form, &fields).await.location(), page);
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("行政复议") && shown.has("尚未审结"));
        let text = shown.text();
        let case = text.split(&format!("{page}/cases/c-")).nth(1).unwrap();
        let case = format!("{page}/cases/c-{}", case.split('"').next().unwrap());
        let end = [
            ("track", "review"),
            ("filed_on", "2026-11-15"),
            ("closed_on", "2026-11-18"),
            ("result", "upheld"),
        ];
        assert_eq!(clerk.submit(&case, &case, &end).await.location(), page);
        assert!(clerk.get(&page).await.ok().has("结果维持"));
    });
}

#[test]
fn an_erased_applicant_is_gone_from_the_page_and_the_dates_stay() {
    with_portal(async |portal| {
        let person = portal.person("clerk").to_owned();
        let admin = portal.actor("admin").await;
        let grants = [
            office::people::Role::Clerk,
            office::people::Role::Administrator,
        ]
        .map(|role| office::people::Grant {
            role,
            unit: "gov".into(),
        });
        store::people::set_roles(&portal.store, &admin, &person, &grants)
            .await
            .unwrap();
        let mut clerk = portal.clerk().await;
        let page = registered(&mut clerk, &[]).await;
        let reply = format!("{page}/reply");
        let fields = [
            ("on", "2026-11-20"),
            ("by", "post"),
            ("text", "随附。"),
            ("outcome", "granted"),
        ];
        clerk.submit(&reply, &reply, &fields).await;
        let form = format!("{page}/erase");
        assert!(clerk.get(&page).await.ok().has(&form));
        assert_eq!(clerk.submit(&form, &form, &[]).await.location(), page);
        let shown = clerk.get(&page).await.ok();
        assert!(!shown.has(NAME) && !shown.has(SUBJECT) && !shown.has(&form));
        assert!(shown.has("已经销毁") && shown.has("予以公开"));
        assert_eq!(
            portal.signed_in("clerk2").await.get(&form).await.status,
            StatusCode::FORBIDDEN
        );
    });
}

#[test]
fn a_confirmation_is_called_one_and_what_would_be_refused_is_not_offered() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = registered(
            &mut clerk,
            &[("on", "2026-11-12"), ("channel", "ordinary-mail")],
        )
        .await;
        let form = format!("{page}/confirm");
        let done = clerk.submit(&form, &form, &[("on", "2026-11-13")]).await;
        assert_eq!(done.location(), page);
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("2026-11-13 与申请人确认"), "{}", shown.text());
        let events = shown.text();
        let events = events.split(">办理环节</h2>").nth(1).expect("the events");
        let events = events.split("<aside").next().expect("the page itself");
        assert!(events.contains("确认收到") && !events.contains("更正登记"));
        assert!(!events.contains("已更正"));
        let ask = format!("{page}/events/supplement-asked");
        assert!(shown.has(&format!("href=\"{ask}\"")));
        let fields = [("on", "2026-11-16"), ("reply_by", "2026-11-19")];
        clerk.submit(&ask, &ask, &fields).await;
        let given = format!("{page}/events/supplemented");
        // One link per form: the next step stands at the top and nowhere else.
        let shown = clerk.get(&page).await.ok().text();
        assert_eq!(shown.matches(&format!("href=\"{given}\"")).count(), 1);
        clerk.submit(&given, &given, &[("on", "2026-11-18")]).await;
        let shown = clerk.get(&page).await.ok();
        assert!(!shown.has(&format!("href=\"{ask}\"")));
        assert!(shown.has("补正只能一次性告知"));
    });
}

/// Every number of a tally with the list that it opens.
fn tallies(page: &str) -> Vec<(String, i64)> {
    let list = page.split("<ul class=\"tally\">").nth(1).expect("a tally");
    let list = list.split("</ul>").next().expect("its end");
    list.split("<li><a href=\"")
        .skip(1)
        .map(|item| {
            let href = item.split('"').next().expect("an address");
            let number = item.split("<strong>").nth(1).expect("a number");
            let number = number.split('<').next().and_then(|n| n.parse().ok());
            (
                href.replace("&#38;", "&").replace("&amp;", "&"),
                number.expect("digits"),
            )
        })
        .collect()
}

#[test]
fn every_tally_opens_the_list_that_it_counts() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        // Late, due today, due soon, due later, late but waiting for the applicant, not confirmed.
        for on in ["2026-09-01", "2026-10-23", "2026-10-26", "2026-11-19"] {
            registered(&mut clerk, &[("on", on), ("channel", "counter")]).await;
        }
        let waiting = registered(&mut clerk, &[("on", "2026-09-02"), ("channel", "counter")]).await;
        let form = format!("{waiting}/events/supplement-asked");
        let fields = [("on", "2026-09-08"), ("reply_by", "2026-12-01")];
        assert_eq!(
            clerk.submit(&form, &form, &fields).await.status,
            StatusCode::SEE_OTHER
        );
        registered(&mut clerk, &[("channel", "ordinary-mail")]).await;
        let mut office = portal.signed_in("disclosure").await;
        for (browser, home) in [
            (&mut clerk, "/office"),
            (&mut office, "/office/supervision"),
        ] {
            let page = browser.get(home).await.ok().text();
            let tallies = tallies(&page);
            assert_eq!(tallies.len(), 4, "{page}");
            assert!(
                tallies.iter().filter(|(_, n)| *n > 0).count() >= 3,
                "{tallies:?}"
            );
            for (href, number) in tallies {
                let list = browser.get(&href).await.ok().text();
                let rows = list.matches("<tr><th scope=\"row\">").count();
                assert_eq!(rows as i64, number, "{href}");
            }
        }
    });
}
