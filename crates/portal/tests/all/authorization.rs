//! Every door of the portal, by every role, over another unit's records: the addresses are read off
//! the router itself, so that a new one without a line in [`RULES`] fails here.

use crate::app::{Answer, Client, PASSWORD, TestApp, with_portal};
use axum::http::StatusCode;
use office::documents::{Attribute, Kind};
use office::people::{Grant, Role};
use office::permissions::{Action, allows};
use statute::{Date, PublicationChannel};
use std::collections::{BTreeMap, BTreeSet};
use store::documents::{self, Drafting};
use store::people::Invitation;
use store::requests::{Applicant, NewRequest};

/// Whom a door lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Everybody.
    Public,
    /// Everybody who is signed in.
    SignedIn,
    /// Who may do this in some unit; what the page shows is narrowed to those units.
    Somewhere(Action),
    /// Who may do this in the unit of the record.
    At(Action),
    /// Who may do this at the head of the tree: it changes or shows the whole site.
    AtHead(Action),
}

use Action as A;
use Door::{At, AtHead, Public, SignedIn, Somewhere};

/// One line a door: method, the route as the router has it, an address of it with `[…]` for what
/// differs between two units, whom it lets in, and for a form the fields that reach the question.
pub type Rule = (&'static str, &'static str, &'static str, Door, &'static str);

pub const RULES: &[Rule] = &[
    // Public.
    ("GET", "/", "/", Public, ""),
    ("GET", "/accessibility", "/accessibility", Public, ""),
    ("GET", "/api/v1/documents", "/api/v1/documents", Public, ""),
    (
        "GET",
        "/api/v1/documents/{id}",
        "/api/v1/documents/[public]",
        Public,
        "",
    ),
    (
        "GET",
        "/api/v1/openapi.json",
        "/api/v1/openapi.json",
        Public,
        "",
    ),
    ("GET", "/api/v1/reports", "/api/v1/reports", Public, ""),
    (
        "GET",
        "/api/v1/reports/{unit}/{year}",
        "/api/v1/reports/[unit]/2024",
        Public,
        "",
    ),
    ("GET", "/api/v1/units", "/api/v1/units", Public, ""),
    (
        "GET",
        "/api/v1/units/{id}",
        "/api/v1/units/[unit]",
        Public,
        "",
    ),
    ("GET", "/assets/{name}", "/assets/gongkai.css", Public, ""),
    ("GET", "/display", "/display?type=large&back=/", Public, ""),
    ("GET", "/documents", "/documents", Public, ""),
    ("GET", "/documents/{id}", "/documents/[public]", Public, ""),
    ("GET", "/feed.atom", "/feed.atom", Public, ""),
    ("GET", "/files/{id}", "/files/[file]", Public, ""),
    ("GET", "/open-data", "/open-data", Public, ""),
    ("GET", "/reports", "/reports", Public, ""),
    (
        "GET",
        "/reports/{unit}/{year}",
        "/reports/[unit]/2024",
        Public,
        "",
    ),
    (
        "GET",
        "/reports/{unit}/{year}/{file}",
        "/reports/[unit]/2024/report.json",
        Public,
        "",
    ),
    (
        "GET",
        "/reports/{unit}/{year}/figures/{*cell}",
        "/reports/[unit]/2024/figures/t2/norms/issued",
        Public,
        "",
    ),
    ("GET", "/requests/new", "/requests/new", Public, ""),
    (
        "POST",
        "/requests/new",
        "/requests/new",
        Public,
        "unit=[unit]",
    ),
    ("GET", "/requests/track", "/requests/track", Public, ""),
    (
        "POST",
        "/requests/track",
        "/requests/track",
        Public,
        "number=1&code=2",
    ),
    ("GET", "/robots.txt", "/robots.txt", Public, ""),
    ("GET", "/search", "/search?q=a", Public, ""),
    ("GET", "/sitemap", "/sitemap", Public, ""),
    ("GET", "/sitemap.xml", "/sitemap.xml", Public, ""),
    ("GET", "/units", "/units", Public, ""),
    ("GET", "/units/{id}", "/units/[unit]", Public, ""),
    // Signing in and oneself.
    ("GET", "/office/sign-in", "/office/sign-in", Public, ""),
    (
        "POST",
        "/office/sign-in",
        "/office/sign-in",
        Public,
        "account=&password=",
    ),
    ("GET", "/office/enter", "/office/enter", Public, ""),
    (
        "POST",
        "/office/enter",
        "/office/enter",
        Public,
        "code=&password=a&again=b",
    ),
    ("GET", "/office", "/office", SignedIn, ""),
    ("GET", "/office/me", "/office/me", SignedIn, ""),
    ("GET", "/office/password", "/office/password", SignedIn, ""),
    (
        "POST",
        "/office/password",
        "/office/password",
        SignedIn,
        "old=a&password=b&again=c",
    ),
    ("POST", "/office/sign-out", "/office/sign-out", SignedIn, ""),
    // Documents.
    (
        "GET",
        "/office/documents",
        "/office/documents",
        Somewhere(A::DocumentRead),
        "",
    ),
    (
        "GET",
        "/office/documents/new",
        "/office/documents/new",
        Somewhere(A::DocumentDraft),
        "",
    ),
    (
        "POST",
        "/office/documents/new",
        "/office/documents/new",
        At(A::DocumentDraft),
        "unit=[unit]&title=a&kind=notice&written_on=2026-11-02&attribute=proactive&channels=website&body=a",
    ),
    (
        "GET",
        "/office/documents/{id}",
        "/office/documents/[draft]",
        At(A::DocumentRead),
        "",
    ),
    (
        "GET",
        "/office/documents/{id}/edit",
        "/office/documents/[draft]/edit",
        At(A::DocumentDraft),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/edit",
        "/office/documents/[draft]/edit",
        At(A::DocumentDraft),
        "unit=[unit]&title=a&kind=notice&written_on=2026-11-02&attribute=proactive&channels=website&body=a",
    ),
    (
        "POST",
        "/office/documents/{id}/files",
        "/office/documents/[draft]/files",
        At(A::DocumentDraft),
        "@a.txt",
    ),
    (
        "POST",
        "/office/documents/{id}/files/{file}/remove",
        "/office/documents/[draft]/files/[draft-file]/remove",
        At(A::DocumentDraft),
        "",
    ),
    (
        "GET",
        "/office/files/{id}",
        "/office/files/[draft-file]",
        At(A::DocumentRead),
        "",
    ),
    (
        "GET",
        "/office/documents/{id}/{verb}",
        "/office/documents/[draft]/submit",
        At(A::DocumentDraft),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/{verb}",
        "/office/documents/[draft]/submit",
        At(A::DocumentDraft),
        "",
    ),
    (
        "GET",
        "/office/documents/{id}/{verb}",
        "/office/documents/[in-review]/review",
        At(A::DocumentReview),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/{verb}",
        "/office/documents/[in-review]/review",
        At(A::DocumentReview),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/{verb}",
        "/office/documents/[in-review]/return",
        At(A::DocumentReview),
        "remark=a",
    ),
    (
        "GET",
        "/office/documents/{id}/{verb}",
        "/office/documents/[in-secrecy]/clear",
        At(A::DocumentSecrecyReview),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/{verb}",
        "/office/documents/[in-secrecy]/clear",
        At(A::DocumentSecrecyReview),
        "",
    ),
    (
        "GET",
        "/office/documents/{id}/{verb}",
        "/office/documents/[waiting]/approve",
        At(A::DocumentApprove),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/{verb}",
        "/office/documents/[waiting]/approve",
        At(A::DocumentApprove),
        "",
    ),
    (
        "GET",
        "/office/documents/{id}/{verb}",
        "/office/documents/[public]/withdraw",
        At(A::DocumentWithdraw),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/{verb}",
        "/office/documents/[public]/withdraw",
        At(A::DocumentWithdraw),
        "remark=a",
    ),
    // Requests.
    (
        "GET",
        "/office/requests",
        "/office/requests?show=all",
        Somewhere(A::RequestRead),
        "",
    ),
    (
        "GET",
        "/office/requests/new",
        "/office/requests/new",
        Somewhere(A::RequestRegister),
        "",
    ),
    (
        "POST",
        "/office/requests/new",
        "/office/requests/new",
        At(A::RequestRegister),
        "unit=[unit]&channel=counter&on=2026-11-19&confirmed=&number=&subject=a&applicant_kind=natural&name=a&identity_number=640323199001010017&phone=13900000000",
    ),
    (
        "GET",
        "/office/requests/{id}",
        "/office/requests/[request]",
        At(A::RequestRead),
        "",
    ),
    (
        "GET",
        "/office/requests/{id}/assign",
        "/office/requests/[request]/assign",
        At(A::RequestHandle),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/assign",
        "/office/requests/[request]/assign",
        At(A::RequestHandle),
        "handler=x",
    ),
    (
        "GET",
        "/office/requests/{id}/events/{event}",
        "/office/requests/[request]/events/supplement-asked",
        At(A::RequestHandle),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/events/{event}",
        "/office/requests/[request]/events/supplement-asked",
        At(A::RequestHandle),
        "on=2026-11-20&reply_by=2026-12-01",
    ),
    (
        "GET",
        "/office/requests/{id}/confirm",
        "/office/requests/[request]/confirm",
        At(A::RequestHandle),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/confirm",
        "/office/requests/[request]/confirm",
        At(A::RequestHandle),
        "on=2026-11-20",
    ),
    (
        "GET",
        "/office/requests/{id}/reply",
        "/office/requests/[request]/reply",
        At(A::RequestReply),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/reply",
        "/office/requests/[request]/reply",
        At(A::RequestReply),
        "on=2026-11-20&outcome=granted.full&by=post&text=a",
    ),
    (
        "GET",
        "/office/requests/{id}/correct/{index}",
        "/office/requests/[request]/correct/0",
        At(A::RequestCorrect),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/correct/{index}",
        "/office/requests/[request]/correct/0",
        At(A::RequestCorrect),
        "how=undo&reason=a",
    ),
    (
        "GET",
        "/office/requests/{id}/cases/{case}",
        "/office/requests/[request]/cases/new",
        At(A::CaseRecord),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/cases/{case}",
        "/office/requests/[request]/cases/new",
        At(A::CaseRecord),
        "track=review&filed_on=2026-11-20",
    ),
    (
        "GET",
        "/office/requests/{id}/erase",
        "/office/requests/[request]/erase",
        At(A::ApplicantErase),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/erase",
        "/office/requests/[request]/erase",
        At(A::ApplicantErase),
        "",
    ),
    // Registers, figures, reports.
    (
        "GET",
        "/office/registers",
        "/office/registers?unit=[unit]",
        Somewhere(A::RegisterRead),
        "",
    ),
    (
        "GET",
        "/office/registers/{register}",
        "/office/registers/training?unit=[unit]",
        Somewhere(A::RegisterRead),
        "",
    ),
    (
        "GET",
        "/office/registers/{register}/new",
        "/office/registers/training/new?unit=[unit]",
        Somewhere(A::RegisterRecord),
        "",
    ),
    (
        "POST",
        "/office/registers/{register}/new",
        "/office/registers/training/new",
        At(A::RegisterRecord),
        "unit=[unit]&held_on=2025-04-02&attendees=5&topic=a",
    ),
    (
        "GET",
        "/office/figures",
        "/office/figures",
        Somewhere(A::ReportRead),
        "",
    ),
    (
        "GET",
        "/office/figures/{unit}/{year}/{*cell}",
        "/office/figures/[unit]/2025/t2/norms/issued",
        At(A::ReportRead),
        "",
    ),
    (
        "GET",
        "/office/reports",
        "/office/reports",
        Somewhere(A::ReportRead),
        "",
    ),
    (
        "GET",
        "/office/reports",
        "/office/reports?unit=[unit]&year=2025",
        At(A::ReportRead),
        "",
    ),
    (
        "GET",
        "/office/reports/{file}",
        "/office/reports/report.json?unit=[unit]&year=2025",
        At(A::ReportRead),
        "",
    ),
    (
        "GET",
        "/office/reports/publish",
        "/office/reports/publish?unit=[unit]&year=2025",
        At(A::ReportPublish),
        "",
    ),
    (
        "POST",
        "/office/reports/publish",
        "/office/reports/publish?unit=[unit]&year=2025",
        At(A::ReportPublish),
        "",
    ),
    (
        "GET",
        "/office/supervision",
        "/office/supervision",
        Somewhere(A::RequestRead),
        "",
    ),
    // Units, people, calendar, journal.
    ("GET", "/office/units", "/office/units", SignedIn, ""),
    (
        "GET",
        "/office/units/new",
        "/office/units/new",
        Somewhere(A::UnitManage),
        "",
    ),
    (
        "POST",
        "/office/units/new",
        "/office/units/new",
        At(A::UnitManage),
        "parent=[unit]&kind=department&name=a",
    ),
    (
        "GET",
        "/office/units/{unit}/guide",
        "/office/units/[unit]/guide",
        At(A::GuideEdit),
        "",
    ),
    (
        "POST",
        "/office/units/{unit}/guide",
        "/office/units/[unit]/guide",
        At(A::GuideEdit),
        "phone=1",
    ),
    (
        "GET",
        "/office/people",
        "/office/people",
        Somewhere(A::PersonRead),
        "",
    ),
    (
        "GET",
        "/office/people/new",
        "/office/people/new",
        Somewhere(A::PersonManage),
        "",
    ),
    (
        "POST",
        "/office/people/new",
        "/office/people/new",
        At(A::PersonManage),
        "unit=[unit]&role_unit=[unit]&name=a&account=a-[unit]&role=clerk",
    ),
    (
        "GET",
        "/office/people/{person}",
        "/office/people/[person]",
        At(A::PersonRead),
        "",
    ),
    (
        "POST",
        "/office/people/{person}/roles",
        "/office/people/[person]/roles",
        At(A::PersonManage),
        "role=clerk&role_unit=[unit]",
    ),
    (
        "POST",
        "/office/people/{person}/leave",
        "/office/people/[person]/leave",
        At(A::PersonManage),
        "stand_in=[person]",
    ),
    (
        "POST",
        "/office/people/{person}/return",
        "/office/people/[person]/return",
        At(A::PersonManage),
        "",
    ),
    (
        "POST",
        "/office/people/{person}/reset",
        "/office/people/[person]/reset",
        At(A::PersonManage),
        "",
    ),
    (
        "POST",
        "/office/people/{person}/handover",
        "/office/people/[person]/handover",
        At(A::PersonManage),
        "to=[person]",
    ),
    ("GET", "/office/calendar", "/office/calendar", SignedIn, ""),
    (
        "POST",
        "/office/calendar/preview",
        "/office/calendar/preview",
        AtHead(A::CalendarLoad),
        "@a.txt",
    ),
    (
        "POST",
        "/office/calendar/load",
        "/office/calendar/load",
        AtHead(A::CalendarLoad),
        "region=CN&notice=a",
    ),
    (
        "GET",
        "/office/journal",
        "/office/journal",
        AtHead(A::JournalRead),
        "",
    ),
    // Repeal, amendment, erasure, decisions, fee income, ends, settings.
    (
        "GET",
        "/office/documents/{id}/repeal",
        "/office/documents/[public]/repeal",
        At(A::DocumentApprove),
        "",
    ),
    (
        "POST",
        "/office/documents/{id}/repeal",
        "/office/documents/[public]/repeal",
        At(A::DocumentApprove),
        "on=2026-11-20&reason=a",
    ),
    (
        "GET",
        "/office/requests/{id}/amend",
        "/office/requests/[request]/amend",
        At(A::RequestCorrect),
        "",
    ),
    (
        "POST",
        "/office/requests/{id}/amend",
        "/office/requests/[request]/amend",
        At(A::RequestCorrect),
        "name=a&subject=a",
    ),
    (
        "GET",
        "/office/people/erase",
        "/office/people/erase",
        Somewhere(A::ApplicantErase),
        "",
    ),
    (
        "GET",
        "/office/registers/decisions",
        "/office/registers/decisions?unit=[unit]",
        Somewhere(A::RegisterRead),
        "",
    ),
    (
        "GET",
        "/office/registers/decisions/new",
        "/office/registers/decisions/new?unit=[unit]",
        Somewhere(A::RegisterRecord),
        "",
    ),
    (
        "POST",
        "/office/registers/decisions/new",
        "/office/registers/decisions/new",
        At(A::RegisterRecord),
        "unit=[unit]&kind=penalty&on=2026-11-02&count=1",
    ),
    (
        "GET",
        "/office/registers/fee-income",
        "/office/registers/fee-income?unit=[unit]",
        Somewhere(A::RegisterRead),
        "",
    ),
    (
        "GET",
        "/office/registers/fee-income/edit",
        "/office/registers/fee-income/edit?unit=[unit]&year=2025",
        At(A::RegisterRecord),
        "",
    ),
    (
        "POST",
        "/office/registers/fee-income/edit",
        "/office/registers/fee-income/edit",
        At(A::RegisterRecord),
        "unit=[unit]&year=2025&yuan=a",
    ),
    (
        "POST",
        "/office/registers/fee-income/edit",
        "/office/registers/fee-income/edit",
        At(A::RegisterRecord),
        "unit=[unit]&year=2025&yuan=46",
    ),
    (
        "GET",
        "/office/registers/entries/{id}/end",
        "/office/registers/entries/[entry]/end",
        At(A::RegisterRecord),
        "",
    ),
    (
        "POST",
        "/office/registers/entries/{id}/end",
        "/office/registers/entries/[entry]/end",
        At(A::RegisterRecord),
        "on=2026-11-02",
    ),
    (
        "GET",
        "/office/settings",
        "/office/settings",
        AtHead(A::SiteManage),
        "",
    ),
    (
        "POST",
        "/office/settings",
        "/office/settings",
        AtHead(A::SiteManage),
        "site_name=a",
    ),
];

/// Method and route of everything the router answers.
fn routes(portal: &TestApp) -> BTreeSet<(String, String)> {
    let shown = format!("{:?}", portal.router);
    let (own, _) = shown.split_once("fallback_router").unwrap();
    let (methods, paths) = own.split_once("node: Node").unwrap();
    let paths: BTreeMap<&str, &str> = paths
        .split("RouteId(")
        .skip(1)
        .map(|one| {
            let (id, rest) = one.split_once("): \"").unwrap();
            (id, rest.split('"').next().unwrap())
        })
        .collect();
    let mut found = BTreeSet::new();
    for one in methods.split("RouteId(").skip(1) {
        let (id, rest) = one.split_once("): MethodRouter(").unwrap();
        for method in ["get", "delete", "patch", "post", "put"] {
            if rest.contains(&format!("{method}: Route"))
                || rest.contains(&format!("{method}: Boxed"))
            {
                found.insert((method.to_uppercase(), paths[id].to_owned()));
            }
        }
    }
    assert!(found.len() > 70, "{shown}");
    found
}

/// What of another unit nobody may read.
const MARK: &str = "暗号青石沟";

/// The records of one unit, by the names in the addresses.
pub type Records = BTreeMap<&'static str, String>;

async fn step(portal: &TestApp, id: &str, by: &str, verb: &str) {
    let mut client = portal.signed_in(by).await;
    let page = format!("/office/documents/{id}/{verb}");
    let done = client.submit(&page, &page, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

pub async fn records(portal: &TestApp, unit: &'static str, mark: &str, hash: &str) -> Records {
    let clerk = portal.actor("clerk").await;
    let mut all = Records::from([("unit", unit.to_owned())]);
    let steps = [
        ("clerk", "submit"),
        ("reviewer", "review"),
        ("secrecy", "clear"),
        ("approver", "approve"),
    ];
    for (count, name) in ["draft", "in-review", "in-secrecy", "waiting", "public"]
        .into_iter()
        .enumerate()
    {
        let drafting = Drafting {
            unit: unit.into(),
            kind: Kind::Notice,
            title: format!("{}{name}", if name == "public" { "" } else { mark }),
            number: None,
            written_on: Date::constant(2026, 11, 2),
            attribute: Attribute::Proactive,
            basis: None,
            channels: vec![PublicationChannel::Website],
            in_force_from: None,
            explains: None,
            body: "正文".into(),
        };
        let id = documents::draft(&portal.store, &clerk, drafting, &format!("{unit}{name}"))
            .await
            .unwrap();
        if matches!(name, "draft" | "public") {
            let seen = documents::find(&portal.store, &id)
                .await
                .unwrap()
                .unwrap()
                .seq;
            let bytes = b"text".to_vec();
            let file = store::attachments::add(&portal.store, &clerk, &id, "a.txt", bytes, seen)
                .await
                .unwrap();
            all.insert(
                if name == "draft" {
                    "draft-file"
                } else {
                    "file"
                },
                file,
            );
        }
        for (by, verb) in &steps[..count] {
            step(portal, &id, by, verb).await;
        }
        all.insert(name, id);
    }
    let receipt = store::requests::submit(
        &portal.store,
        NewRequest {
            unit: unit.into(),
            number: None,
            channel: statute::RequestChannel::Online,
            applicant_kind: statute::ApplicantKind::Natural,
            applicant: Applicant {
                name: mark.into(),
                identity_number: "640323199001010017".into(),
                phone: "13900000000".into(),
                ..Applicant::default()
            },
            subject: format!("{mark}的记录"),
            on: portal.store.today(),
            confirmed: None,
            submission: format!("{:032x}", unit.len()),
        },
    )
    .await
    .unwrap();
    all.insert("request", receipt.id);
    let invitation = Invitation {
        account: format!("target-{unit}"),
        name: format!("{mark}同事"),
        unit: unit.into(),
        grants: vec![Grant {
            role: Role::Clerk,
            unit: unit.into(),
        }],
    };
    let ids = store::people::enroll(&portal.store, &[(invitation, hash.to_owned())])
        .await
        .unwrap();
    all.insert("person", ids[0].clone());
    let mut client = portal.clerk().await;
    let page = "/office/registers/training/new";
    let topic = format!("{mark}培训");
    let fields = [
        ("unit", unit),
        ("held_on", "2025-04-02"),
        ("attendees", "5"),
        ("topic", topic.as_str()),
    ];
    let done = client.submit(page, page, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let entry = serde_json::json!({
        "type": "entry", "id": format!("entry-{unit}"), "unit": unit, "register": "reading-point",
        "fields": {"opened_on": "2016-01-01", "place": mark},
    });
    portal.import(&entry.to_string()).await;
    all.insert("entry", format!("entry-{unit}"));
    let order = store::reports::Order {
        unit: unit.into(),
        year: 2024,
        edition: None,
        roll_up: false,
    };
    let office = portal.actor("disclosure").await;
    store::reports::publish(&portal.store, &office, &order)
        .await
        .unwrap();
    all
}

pub fn filled(text: &str, records: &Records) -> String {
    records.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("[{name}]"), value)
    })
}

/// Knocks at a door with the secret of the session, if there is one.
async fn knock(client: &mut Client, rule: &Rule, records: &Records, csrf: &str) -> Answer {
    let (method, _, address, _, fields) = rule;
    let address = filled(address, records);
    if *method == "GET" {
        return client.get(&address).await;
    }
    // An old version: what is allowed changes nothing, and every role finds the same records.
    let own = [
        ("csrf", csrf),
        ("submission", "0123456789abcdef0123456789abcdef"),
        ("seen", "0"),
    ];
    if let Some(name) = fields.strip_prefix('@') {
        return client.upload(&address, &own, ("file", name, b"text")).await;
    }
    let fields = filled(fields, records);
    let typed = fields.split('&').filter_map(|pair| pair.split_once('='));
    let all: Vec<(&str, &str)> = own.into_iter().chain(typed).collect();
    client.post_raw(&address, &all).await
}

async fn secret(client: &mut Client) -> String {
    client.get("/office/me").await.ok().hidden("csrf")
}

/// Refused for want of a permission, not for anything else.
fn is_shut(answer: &Answer) -> bool {
    answer.status == StatusCode::NOT_FOUND
        || (answer.status == StatusCode::FORBIDDEN && answer.has("没有权限"))
}

#[test]
fn every_route_has_a_rule() {
    with_portal(async |portal| {
        let ruled: BTreeSet<(String, String)> = RULES
            .iter()
            .map(|(method, route, ..)| ((*method).to_owned(), (*route).to_owned()))
            .collect();
        let there = routes(portal);
        let missing: Vec<_> = there.difference(&ruled).collect();
        let gone: Vec<_> = ruled.difference(&there).collect();
        assert!(
            missing.is_empty(),
            "routes without a line in RULES: {missing:?}"
        );
        assert!(gone.is_empty(), "lines in RULES without a route: {gone:?}");
    });
}

#[test]
fn nobody_enters_the_office_without_a_session_and_no_form_is_taken_without_its_secret() {
    with_portal(async |portal| {
        let hash = portal.store.keys.hash_password(PASSWORD).await.unwrap();
        let records = records(portal, "civil", MARK, &hash).await;
        for rule in RULES {
            let (method, _, address, door, _) = rule;
            let mut stranger = portal.anonymous();
            stranger.cookies.insert("gk-session".into(), "0".repeat(64));
            let answer = knock(&mut stranger, rule, &records, "").await;
            assert!(!answer.has(MARK), "{method} {address} {answer:?}");
            match (door, *method) {
                (Public, "GET") => {
                    let fine =
                        answer.status == StatusCode::OK || answer.status == StatusCode::SEE_OTHER;
                    assert!(fine, "{method} {address} {}", answer.text());
                }
                (Public, _) => {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {address}")
                }
                // A form with something typed in it comes back, and nothing is done.
                (_, "POST") if answer.status == StatusCode::FORBIDDEN => {
                    assert!(answer.has("登录已过期，没有保存"), "{address}");
                }
                _ => {
                    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{method} {address}");
                    assert!(
                        answer.location().starts_with("/office/sign-in"),
                        "{address}"
                    );
                }
            }
            if *method == "POST" {
                // Signed in, with the secret of another session.
                let mut clerk = portal.clerk().await;
                let other = secret(&mut portal.clerk().await).await;
                for csrf in ["", other.as_str()] {
                    let answer = knock(&mut clerk, rule, &records, csrf).await;
                    assert_eq!(
                        answer.status,
                        StatusCode::FORBIDDEN,
                        "{address}: {}",
                        answer.text()
                    );
                    assert!(answer.has("表单已失效"), "{address}");
                }
            }
        }
    });
}

#[test]
fn every_role_gets_what_the_table_says_and_nothing_of_another_unit() {
    with_portal(async |portal| {
        let hash = portal.store.keys.hash_password(PASSWORD).await.unwrap();
        let invitations: Vec<(Invitation, String)> = Role::ALL
            .iter()
            .map(|role| {
                let invitation = Invitation {
                    account: format!("edu-only-{}", role.key()),
                    name: role.label().into(),
                    unit: "edu".into(),
                    grants: vec![Grant {
                        role: *role,
                        unit: "edu".into(),
                    }],
                };
                (invitation, hash.clone())
            })
            .collect();
        let ids = store::people::enroll(&portal.store, &invitations)
            .await
            .unwrap();
        let own = records(portal, "edu", "自己", &hash).await;
        let foreign = records(portal, "civil", MARK, &hash).await;
        let mut faults = Vec::new();
        for (role, id) in Role::ALL.iter().zip(&ids) {
            let mut client = portal.signed_in_as(id).await;
            let csrf = secret(&mut client).await;
            for rule in RULES {
                let (method, route, address, door, _) = rule;
                if *route == "/office/sign-out" {
                    continue;
                }
                let (mine, theirs) = match *door {
                    Public | SignedIn => (true, true),
                    Somewhere(action) => (allows(*role, action), allows(*role, action)),
                    At(action) => (allows(*role, action), false),
                    AtHead(_) => (false, false),
                };
                for (records, open) in [(&foreign, theirs), (&own, mine)] {
                    let answer = knock(&mut client, rule, records, &csrf).await;
                    let here = format!("{role:?} {method} {}", filled(address, records));
                    if is_shut(&answer) == open {
                        faults.push(format!("{here}: {}, should be open: {open}", answer.status));
                    }
                    if answer.status.is_server_error() || answer.has("表单已失效") {
                        faults.push(format!("{here}: {} {}", answer.status, answer.text()));
                    }
                    if answer.has(MARK) {
                        faults.push(format!("{here}: shows what is another unit's"));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        // At the head of the tree the roles that may, may.
        for (account, path) in [("auditor", "/office/journal"), ("admin", "/office/people")] {
            portal.signed_in(account).await.get(path).await.ok();
        }
    });
}
