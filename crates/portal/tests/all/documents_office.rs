//! From draft to publication in the office.

use crate::app::{Answer, Client, TestApp, with_portal};
use axum::http::StatusCode;

const NEW: &str = "/office/documents/new";

const DRAFT: &[(&str, &str)] = &[
    ("unit", "edu"),
    ("title", "关于做好冬季供暖工作的通知"),
    ("kind", "notice"),
    ("number", ""),
    ("written_on", "2026-11-18"),
    ("attribute", "proactive"),
    ("basis", ""),
    ("channels", "website"),
    ("channels", "wechat"),
    ("body", "各学校：\n现就冬季供暖工作通知如下。"),
];

/// The draft with some fields changed.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = DRAFT
        .iter()
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
        .copied()
        .collect();
    fields.extend_from_slice(changes);
    fields
}

async fn act(client: &mut Client, page: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let form = format!("{page}/{verb}");
    client.submit(&form, &form, fields).await
}

/// Drafts and sends to review; the address of the document in the office.
async fn submitted(portal: &TestApp) -> String {
    let mut clerk = portal.clerk().await;
    let done = clerk.submit(NEW, NEW, &with(&[("do", "submit")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    done.location().to_owned()
}

#[test]
fn a_document_goes_through_four_hands_and_is_public() {
    with_portal(async |portal| {
        let page = submitted(portal).await;
        let public = page.replace("/office", "");
        let mut visitor = portal.anonymous();
        for (who, verb) in [
            ("reviewer", "review"),
            ("secrecy", "clear"),
            ("approver", "approve"),
        ] {
            let mut hand = portal.signed_in(who).await;
            // It waits on the desk of whoever is next.
            assert!(
                hand.get("/office").await.ok().has(&page),
                "not on the desk of {who}"
            );
            assert_eq!(visitor.get(&public).await.status, StatusCode::NOT_FOUND);
            let done = act(&mut hand, &page, verb, &[]).await;
            assert_eq!(done.location(), page, "{who}: {}", done.text());
        }
        assert!(visitor.get(&public).await.ok().has("冬季供暖"));
        let mut clerk = portal.clerk().await;
        let shown = clerk.get(&page).await.ok();
        for words in [
            "已公布",
            "提交审核",
            "保密审查通过",
            "签发",
            "政府网站、政务微信",
            &public,
        ] {
            assert!(shown.has(words), "{words}");
        }
        let mut approver = portal.signed_in("approver").await;
        let no_reason = act(&mut approver, &page, "withdraw", &[("remark", " ")]).await;
        assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(visitor.get(&public).await.status, StatusCode::OK);
        act(&mut approver, &page, "withdraw", &[("remark", "数字有误")]).await;
        assert_eq!(visitor.get(&public).await.status, StatusCode::NOT_FOUND);
        assert!(clerk.get(&page).await.ok().has("数字有误"));
    });
}

#[test]
fn the_drafter_does_none_of_the_other_steps() {
    with_portal(async |portal| {
        // One who is allowed everything, and still may not clear the own draft.
        let person = portal.person("clerk").to_owned();
        let grants = [
            office::people::Role::Clerk,
            office::people::Role::Reviewer,
            office::people::Role::SecrecyReviewer,
            office::people::Role::Approver,
        ]
        .map(|role| office::people::Grant {
            role,
            unit: "gov".into(),
        });
        let admin = portal.actor("admin").await;
        store::people::set_roles(&portal.store, &admin, &person, &grants)
            .await
            .unwrap();
        let page = submitted(portal).await;
        let mut clerk = portal.clerk().await;
        let shown = clerk.get(&page).await.ok();
        assert!(!shown.has(&format!("{page}/review")));
        assert!(shown.has("起草人不能审核自己的文件"));
        let refused = act(&mut clerk, &page, "review", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut reviewer = portal.signed_in("reviewer").await;
        act(&mut reviewer, &page, "review", &[]).await;
        let refused = act(&mut clerk, &page, "clear", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("起草人不能对自己的文件作保密审查"));
    });
}

#[test]
fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let bad = with(&[
            ("title", ""),
            ("written_on", "2026-13-02"),
            ("body", "这段正文不能丢"),
            ("do", "save"),
        ]);
        let refused = clerk.submit(NEW, NEW, &bad).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in [
            "href=\"#f-title\"",
            "href=\"#f-written_on\"",
            "value=\"2026-13-02\"",
            "这段正文不能丢",
        ] {
            assert!(refused.has(words), "{words}: {}", refused.text());
        }
        let unreasoned = with(&[("attribute", "withheld"), ("do", "save")]);
        let refused = clerk.submit(NEW, NEW, &unreasoned).await;
        assert!(refused.has("href=\"#f-basis\""), "{}", refused.text());
        let list = clerk.get("/office/documents").await.ok();
        assert!(list.has("没有找到符合条件的文件"), "something was saved");
    });
}

#[test]
fn the_same_form_sent_twice_makes_one_draft() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let form = clerk.get(NEW).await.ok();
        let (csrf, submission) = (form.hidden("csrf"), form.hidden("submission"));
        let mut fields = with(&[("do", "save")]);
        fields.extend([
            ("csrf", csrf.as_str()),
            ("submission", &submission),
            ("seen", "0"),
        ]);
        let first = clerk.post_raw(NEW, &fields).await;
        let second = clerk.post_raw(NEW, &fields).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        assert_eq!(first.location(), second.location());
        let list = clerk.get("/office/documents").await.ok();
        assert!(list.has("共 1 份"), "{}", list.text());
    });
}

#[test]
fn a_change_on_top_of_another_is_shown_not_written_over() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = clerk
            .submit(NEW, NEW, &with(&[("do", "save")]))
            .await
            .location()
            .to_owned();
        let edit = format!("{page}/edit");
        let seen = clerk.get(&edit).await.ok().hidden("seen");
        let mut other = portal.signed_in("clerk2").await;
        let theirs = with(&[("title", "后来的标题"), ("do", "save")]);
        assert_eq!(other.submit(&edit, &edit, &theirs).await.location(), page);
        let mine = with(&[("title", "我的标题"), ("do", "save"), ("seen", &seen)]);
        let stale = clerk.submit(&edit, &edit, &mine).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.has("我的标题") && stale.has("已被别人修改"));
        assert!(clerk.get(&page).await.ok().has("后来的标题"));
        // Having looked, one may go on.
        let now = stale.hidden("seen");
        let again = with(&[("title", "我的标题"), ("do", "save"), ("seen", &now)]);
        assert_eq!(clerk.submit(&edit, &edit, &again).await.location(), page);
    });
}

#[test]
fn files_belong_to_drafts_and_are_read_by_colleagues_only() {
    with_portal(async |portal| {
        let mut clerk = portal.clerk().await;
        let page = clerk
            .submit(NEW, NEW, &with(&[("do", "save")]))
            .await
            .location()
            .to_owned();
        let to = format!("{page}/files");
        let shown = clerk.get(&page).await.ok();
        let fields = [
            ("csrf", shown.hidden("csrf")),
            ("seen", shown.hidden("seen")),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let bad = clerk.upload(&to, &fields, ("file", "run.exe", b"MZ")).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.has("run.exe"), "{}", bad.text());
        let done = clerk
            .upload(&to, &fields, ("file", "片区图.pdf", b"%PDF-1.4 x"))
            .await;
        assert_eq!(done.location(), page, "{}", done.text());
        let shown = clerk.get(&page).await.ok();
        assert!(shown.has("片区图.pdf") && shown.has("PDF"));
        let text = shown.text();
        let file = text.split("href=\"/office/files/").nth(1).unwrap();
        let file = format!("/office/files/{}", file.split('"').next().unwrap());
        let read = clerk.get(&file).await.ok();
        assert_eq!(read.bytes, b"%PDF-1.4 x");
        assert!(
            read.headers["content-disposition"]
                .to_str()
                .unwrap()
                .starts_with("attachment")
        );
        let mut visitor = portal.anonymous();
        assert_eq!(visitor.get(&file).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            visitor.get(&file.replace("/office", "")).await.status,
            StatusCode::NOT_FOUND
        );
        let id = file.rsplit('/').next().unwrap();
        let remove = format!("{page}/files/{id}/remove");
        assert_eq!(clerk.submit(&page, &remove, &[]).await.location(), page);
        assert!(clerk.get(&page).await.ok().has("没有附件"));
    });
}

#[test]
fn everybody_sees_and_does_only_what_the_role_allows() {
    with_portal(async |portal| {
        let page = submitted(portal).await;
        let review = format!("{page}/review");
        for who in ["auditor", "disclosure", "secrecy", "approver"] {
            let mut client = portal.signed_in(who).await;
            assert!(
                !client.get(&page).await.ok().has(&review),
                "{who} is offered the review"
            );
            assert_eq!(
                client.get(&review).await.status,
                StatusCode::FORBIDDEN,
                "{who}"
            );
        }
        let mut admin = portal.signed_in("admin").await;
        assert_eq!(admin.get(&page).await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            admin.get("/office/documents").await.status,
            StatusCode::FORBIDDEN
        );
        let mut auditor = portal.signed_in("auditor").await;
        assert_eq!(auditor.get(NEW).await.status, StatusCode::FORBIDDEN);
        // A clerk of one bureau does not draft for another.
        let mut bureau = portal.signed_in("edu-clerk").await;
        let refused = bureau
            .submit(NEW, NEW, &with(&[("unit", "civil"), ("do", "save")]))
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}
