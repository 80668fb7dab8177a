//! Every unit, with what may be done about it.

use crate::app::Site;
use crate::error::Result;
use crate::extract::Office;
use crate::reach;
use crate::shell::{self, Shell};
use crate::urls;
use askama::Template;
use office::permissions::Action;
use office::units::{Guide, Unit};

#[derive(Template)]
#[template(path = "units/office.html")]
struct Page {
    shell: Shell,
    add: &'static str,
    caption: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    public: String,
    kind: &'static str,
    parent: String,
    guide: String,
    edit: String,
}

/// The list.
pub async fn page(office: Office) -> Result {
    let site = office.app.site().await?;
    shell::render(&Page {
        shell: shell::office(&office, "units", "单位"),
        add: if office.actor.can_somewhere(Action::UnitManage) {
            urls::OFFICE_UNITS_NEW
        } else {
            ""
        },
        caption: format!("共 {} 个单位", site.units.len()),
        rows: site
            .units
            .iter()
            .map(|unit| row(&office, &site, unit))
            .collect(),
    })
}

fn row(office: &Office, site: &Site, unit: &Unit) -> Row {
    let missing = missing(&unit.guide);
    Row {
        name: unit.name.clone(),
        public: urls::unit(&unit.id),
        kind: unit.kind.label(),
        parent: unit
            .parent
            .as_deref()
            .map(|above| site.unit_name(above).to_owned())
            .unwrap_or_default(),
        guide: if missing.is_empty() {
            "内容齐全".to_owned()
        } else {
            format!("缺{}", missing.join("、"))
        },
        edit: if reach::may(&office.actor, site, Action::GuideEdit, &unit.id) {
            urls::office_guide(&unit.id)
        } else {
            String::new()
        },
    }
}

/// What article 12 asks for and the guide does not say; a fax is not everywhere.
fn missing(guide: &Guide) -> Vec<&'static str> {
    [
        ("信息分类", &guide.classification),
        ("编排体系", &guide.arrangement),
        ("获取方式", &guide.access),
        ("工作机构", &guide.office),
        ("地址", &guide.address),
        ("时间", &guide.hours),
        ("电话", &guide.phone),
    ]
    .into_iter()
    .filter(|(_, text)| text.trim().is_empty())
    .map(|(label, _)| label)
    .collect()
}
