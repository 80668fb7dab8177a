//! All units, by kind of body.

use crate::error::Result;
use crate::extract::Visitor;
use crate::shell::{self, Shell};
use crate::urls;
use crate::views::Link;
use askama::Template;
use office::units::UnitKind;

#[derive(Template)]
#[template(path = "units/list.html")]
struct UnitsPage {
    shell: Shell,
    trail: Vec<Link>,
    groups: Vec<Group>,
}

struct Group {
    name: &'static str,
    units: Vec<Link>,
}

pub(super) async fn show(visitor: Visitor) -> Result {
    let groups = UnitKind::ALL.iter().map(|kind| {
        let units = visitor.shell.site.units.iter();
        let units = units.filter(|unit| unit.kind == *kind);
        Group {
            name: kind.label(),
            units: units
                .map(|unit| Link::new(unit.name.as_str(), urls::unit(&unit.id)))
                .collect(),
        }
    });
    let mut shell = shell::public(&visitor, "units", "按机关查看");
    shell.meta = vec![
        ("ColumnName", "政府信息公开".to_owned()),
        ("ColumnType", "信息公开".to_owned()),
    ];
    shell::render(&UnitsPage {
        trail: vec![Link::new("首页", urls::HOME)],
        groups: groups.filter(|group| !group.units.is_empty()).collect(),
        shell,
    })
}
