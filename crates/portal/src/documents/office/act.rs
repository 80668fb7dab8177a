//! A step of a document on its way: first what will happen, then the act.

use crate::app::App;
use crate::error::{PortalError, Result};
use crate::extract::{Fields, Office};
use crate::shell::{self, Shell};
use crate::views::{FormErrors, Link};
use crate::{reach, urls};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use office::documents::{self as rules, Attribute, Document, Doing, Verb};
use store::{StoreError, documents};

/// The address of a step.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/office/documents/{id}/{verb}", get(form).post(act))
}

#[derive(Template)]
#[template(path = "documents/office_act.html")]
struct Page {
    shell: Shell,
    trail: Vec<Link>,
    title: String,
    status: &'static str,
    label: &'static str,
    stale: bool,
    errors: FormErrors,
    consequences: Vec<String>,
    action: String,
    back: String,
    seen: i64,
    asks_day: bool,
    publish_on: String,
    asks_remark: bool,
    remark: String,
    remark_label: &'static str,
    remark_help: &'static str,
    button: &'static str,
    button_class: &'static str,
}

/// The words of the button, which name the act.
fn button(document: &Document, verb: Verb) -> &'static str {
    match verb {
        Verb::Submit => "提交审核",
        Verb::Review => "审核通过",
        Verb::Clear => "保密审查通过",
        Verb::Return => "退回",
        Verb::Approve if document.attribute == Attribute::Proactive => "签发并公开",
        Verb::Approve => "签发并归档",
        Verb::Withdraw => "撤下",
    }
}

/// What will happen, in sentences.
fn consequences(office: &Office, document: &Document, verb: Verb) -> Vec<String> {
    let title = &document.title;
    let unit = office.shell.site.unit_name(&document.unit);
    let year = office.store().today().year();
    match verb {
        Verb::Submit => vec![
            "交给审核人审核；审核期间不能再改，要改须先退回。".into(),
            "起草人不能审核、保密审查或者签发自己的文件。".into(),
        ],
        Verb::Review => vec!["交给保密审查员审查。".into()],
        Verb::Clear => vec![
            format!("您确认《{title}》不含国家秘密、工作秘密和其他不能公开的内容。"),
            "交给签发人签发。".into(),
        ],
        Verb::Return => vec![
            "回到起草人手里，可以修改后再提交审核。".into(),
            "审核和保密审查要重新做。".into(),
        ],
        Verb::Approve if document.attribute == Attribute::Proactive => {
            let channels: Vec<&str> = document.channels.iter().map(|c| c.label()).collect();
            vec![
                format!("《{title}》出现在公开网站、订阅和检索中，任何人都能看到。"),
                format!("公开渠道：{}。", channels.join("、")),
                format!("记入{unit} {year} 年的主动公开数。"),
                "以后可以撤下，撤下会在日志里留下原因。".into(),
            ]
        }
        Verb::Approve => vec![
            format!(
                "《{title}》归档，公开属性是“{}”，不出现在公开网站上。",
                document.attribute.label()
            ),
            format!(
                "理由和依据：{}",
                document.basis.as_deref().unwrap_or("没有写")
            ),
        ],
        Verb::Withdraw => vec![
            format!("《{title}》和它的附件立即从公开网站、列表、检索、订阅和接口中消失。"),
            "撤下以后不能恢复，要再公开须重新起草。".into(),
            "原因和经手人留在日志里。".into(),
        ],
    }
}

struct Typed<'a> {
    publish_on: &'a str,
    remark: &'a str,
}

fn page(
    office: &Office,
    document: &Document,
    verb: Verb,
    typed: &Typed<'_>,
    errors: FormErrors,
    stale: bool,
) -> Page {
    let href = urls::office_document(&document.id);
    Page {
        shell: shell::office(office, "documents", verb.label()),
        trail: vec![
            Link::new("文件", urls::OFFICE_DOCUMENTS),
            Link::new(document.title.as_str(), href.as_str()),
        ],
        title: document.title.clone(),
        status: document.status.label(),
        label: verb.label(),
        stale,
        errors,
        consequences: consequences(office, document, verb),
        action: urls::office_document_act(&document.id, verb.key()),
        back: href,
        seen: document.seq,
        asks_day: verb == Verb::Approve && document.attribute == Attribute::Proactive,
        publish_on: typed.publish_on.to_owned(),
        asks_remark: matches!(verb, Verb::Return | Verb::Withdraw),
        remark: typed.remark.to_owned(),
        remark_label: if verb == Verb::Withdraw {
            "撤下原因"
        } else {
            "退回原因"
        },
        remark_help: if verb == Verb::Withdraw {
            "写给以后查日志的人，不要写个人信息"
        } else {
            "写明哪里要改、怎样改，起草人会看到"
        },
        button: button(document, verb),
        button_class: match verb {
            Verb::Approve | Verb::Withdraw => "btn-seal",
            _ => "btn-primary",
        },
    }
}

/// The document, for one who may take this step from where it is.
async fn load(office: &Office, id: &str, verb: &str) -> Result<(Document, Verb)> {
    let verb = Verb::from_key(verb).ok_or(PortalError::NotFound)?;
    let document = documents::find_office(office.store(), &office.actor, id).await?;
    // What does not lead on from here is refused by the store, with the state it is in.
    if let Some(action) = rules::permission(document.status, verb)
        && !reach::may(&office.actor, &office.shell.site, action, &document.unit)
    {
        return Err(StoreError::forbidden(action).into());
    }
    Ok((document, verb))
}

async fn form(office: Office, Path((id, verb)): Path<(String, String)>) -> Result {
    let (document, verb) = load(&office, &id, &verb).await?;
    let doing = Doing {
        actor: &office.actor.id,
        remark: "-",
        publish_on: None,
    };
    let against = rules::can(&document, verb, &doing, office.store().today());
    if rules::permission(document.status, verb).is_none() {
        return Err(StoreError::NotAllowed(against).into());
    }
    let typed = Typed {
        publish_on: "",
        remark: "",
    };
    // What the form cannot put right (a missing body, the own draft) is said before it is sent.
    shell::render(&page(
        &office,
        &document,
        verb,
        &typed,
        against.into(),
        false,
    ))
}

async fn act(office: Office, Path((id, verb)): Path<(String, String)>, fields: Fields) -> Result {
    let (document, verb) = load(&office, &id, &verb).await?;
    let seen = fields.seen()?;
    let typed = Typed {
        publish_on: fields.text("publish_on"),
        remark: fields.text("remark"),
    };
    let again = |errors| {
        let mut page = page(&office, &document, verb, &typed, errors, false);
        page.seen = seen;
        page
    };
    let publish_on = match fields.date("publish_on") {
        Ok(day) => day,
        Err(reason) => return shell::refused(&again(vec![reason].into())),
    };
    let doing = Doing {
        actor: &office.actor.id,
        remark: typed.remark,
        publish_on,
    };
    match documents::act(office.store(), &office.actor, &id, verb, &doing, seen).await {
        Ok(document) => {
            office.flash("done", &done(&document, verb, office.store().today()));
            Ok(shell::redirect(&urls::office_document(&id)))
        }
        Err(StoreError::NotAllowed(reasons)) => shell::refused(&again(reasons.into())),
        // The same button pressed twice: it is done, and says so.
        Err(StoreError::Stale { .. }) if rules::permission(document.status, verb).is_some() => {
            let page = page(
                &office,
                &document,
                verb,
                &typed,
                FormErrors::default(),
                true,
            );
            Ok((StatusCode::CONFLICT, shell::render(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn done(document: &Document, verb: Verb, today: statute::Date) -> String {
    match verb {
        Verb::Submit => "已经提交审核，等审核人审核。".into(),
        Verb::Review => "审核通过，等保密审查。".into(),
        Verb::Clear => "保密审查通过，等签发。".into(),
        Verb::Return => "已退回起草人。".into(),
        Verb::Approve => match document.published_on {
            Some(day) if day > today => format!("已签发，{day} 起公开。"),
            Some(_) => "已签发，公开网站上已经可以看到。".into(),
            None => "已签发并归档，不在公开网站上出现。".into(),
        },
        Verb::Withdraw => "已撤下，公开网站上不再出现。".into(),
    }
}
