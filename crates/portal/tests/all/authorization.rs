//! Every door of the portal, by every role, over another unit's records: the addresses are read off
//! the router itself, so that a new one without a line in `doors.txt` fails here.

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
    /// Everybody, and no secret is asked for: nothing is changed, and nothing told of the sender.
    Open,
    /// Everybody who is signed in.
    SignedIn,
    /// Who may do this in some unit; what the page shows is narrowed to those units.
    Somewhere(Action),
    /// Who may do this in the unit of the record.
    At(Action),
    /// Who may do this at the head of the tree: it changes or shows the whole site.
    AtHead(Action),
}

use Door::{At, AtHead, Open, Public, SignedIn, Somewhere};

/// One line a door: method, the route as the router has it, an address of it with `[…]` for what
/// differs between two units (`=` when it is the route), whom it lets in, and for a form the fields
/// that reach the question (`@name` for a form with a file).
const TABLE: &str = include_str!("doors.txt");

/// A line of the table.
pub struct Rule {
    pub method: &'static str,
    pub route: &'static str,
    pub address: &'static str,
    pub door: Door,
    pub fields: &'static str,
}

/// The table.
pub fn rules() -> Vec<Rule> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.map(rule).collect()
}

fn rule(line: &'static str) -> Rule {
    let mut parts = line.split('|').map(str::trim);
    let mut words = parts.next().unwrap().split(' ');
    let (method, route) = (words.next().unwrap(), words.next().unwrap());
    let address = words.next().filter(|word| *word != "=").unwrap_or(route);
    let door = parts.next().unwrap();
    let (door, action) = door.split_once(' ').unwrap_or((door, ""));
    let action = || Action::from_key(action).unwrap_or_else(|| panic!("{line}"));
    let door = match door {
        "public" => Public,
        "open" => Open,
        "signed-in" => SignedIn,
        "somewhere" => Somewhere(action()),
        "at" => At(action()),
        "at-head" => AtHead(action()),
        other => panic!("{other}"),
    };
    Rule {
        method,
        route,
        address,
        door,
        fields: parts.next().unwrap_or_default(),
    }
}

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
    let decision = serde_json::json!({
        "type": "decision", "id": format!("decision-{unit}"), "unit": unit, "kind": "license",
        "decided_on": "2026-03-02",
    });
    portal.import(&decision.to_string()).await;
    all.insert("decision", format!("decision-{unit}"));
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
    let address = filled(rule.address, records);
    if rule.method == "GET" {
        return client.get(&address).await;
    }
    // An old version: what is allowed changes nothing, and every role finds the same records.
    let own = [
        ("csrf", csrf),
        ("submission", "0123456789abcdef0123456789abcdef"),
        ("seen", "0"),
    ];
    if let Some(name) = rule.fields.strip_prefix('@') {
        return client.upload(&address, &own, ("file", name, b"text")).await;
    }
    let fields = filled(rule.fields, records);
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
        let ruled: BTreeSet<(String, String)> = rules()
            .iter()
            .map(|rule| (rule.method.to_owned(), rule.route.to_owned()))
            .collect();
        let there = routes(portal);
        let missing: Vec<_> = there.difference(&ruled).collect();
        let gone: Vec<_> = ruled.difference(&there).collect();
        assert!(
            missing.is_empty(),
            "routes without a line in doors.txt: {missing:?}"
        );
        assert!(
            gone.is_empty(),
            "lines in doors.txt without a route: {gone:?}"
        );
    });
}

#[test]
fn nobody_enters_the_office_without_a_session_and_no_form_is_taken_without_its_secret() {
    with_portal(async |portal| {
        let hash = portal.store.keys.hash_password(PASSWORD).await.unwrap();
        let records = records(portal, "civil", MARK, &hash).await;
        for rule in &rules() {
            let (method, address, door) = (rule.method, rule.address, rule.door);
            let mut stranger = portal.anonymous();
            stranger.cookies.insert("gk-session".into(), "0".repeat(64));
            let answer = knock(&mut stranger, rule, &records, "").await;
            assert!(!answer.has(MARK), "{method} {address} {answer:?}");
            match (door, method) {
                (Public, "GET") => {
                    let fine =
                        answer.status == StatusCode::OK || answer.status == StatusCode::SEE_OTHER;
                    assert!(fine, "{method} {address} {}", answer.text());
                }
                (Open, _) => assert_eq!(answer.status, StatusCode::OK, "{method} {address}"),
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
            if method == "POST" && door != Open {
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
            for rule in &rules() {
                let (method, address, door) = (rule.method, rule.address, rule.door);
                if rule.route == "/office/sign-out" {
                    continue;
                }
                let (mine, theirs) = match door {
                    Public | Open | SignedIn => (true, true),
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
