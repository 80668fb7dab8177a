//! `permissions.md`: who may do what.

use super::Page;
use office::people::Role;
use office::permissions::{Action, TABLE, allows};

pub(super) fn text() -> String {
    let mut page = Page::new(
        "权限",
        "一个角色在一个单位及其下级单位里有效；一个人可以在不同单位有不同角色。命令行由掌握数据目录的运维人员使用，不在此表。起草人不能审查自己的文件，即使同时有审查的角色。",
    );
    page.heading("动作与角色");
    let mut head = format!(
        "| 动作 | {} |\n",
        Role::ALL
            .iter()
            .map(|r| r.label())
            .collect::<Vec<_>>()
            .join(" | ")
    );
    head.push_str(&format!("|---|{}\n", "---|".repeat(Role::ALL.len())));
    for action in Action::ALL {
        let marks: Vec<&str> = Role::ALL
            .iter()
            .map(|role| if allows(*role, *action) { "✓" } else { "" })
            .collect();
        head.push_str(&format!(
            "| {} `{}` | {} |\n",
            action.label(),
            action.key(),
            marks.join(" | ")
        ));
    }
    page.paragraph(head.trim_end());
    page.heading("角色");
    let rows = TABLE
        .iter()
        .map(|(role, actions)| {
            let actions: Vec<_> = actions.iter().map(|action| action.label()).collect();
            [
                format!("{} `{}`", role.label(), role.key()),
                actions.join("；"),
            ]
        })
        .collect();
    page.table(["角色", "可以做什么"], rows);
    page.0
}
