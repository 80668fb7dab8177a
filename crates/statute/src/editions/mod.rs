//! The editions of the annual report: chapters, tables, figure cells and identities, as data.
//!
//! A report of a year uses the form that was in force for that year:
//!
//! | years | edition | source |
//! |---|---|---|
//! | to 2018 | [`Edition::Stats2014`] | 国办发〔2014〕32号 |
//! | 2019, 2020 | [`Edition::Trial2019`] | 国办公开办函〔2019〕60号 |
//! | from 2021 | [`Edition::Format2021`] | 国办公开办函〔2021〕30号 |
//!
//! [`Edition::Narrative`] is a report without any statutory table, as departments and townships
//! wrote them before 2019. Everything that compiles, reads, checks or prints a report takes its
//! labels, cells and equations from here, so a form is corrected in one place.

mod cases;
mod cell;
mod disclosure;
mod identities;
mod identity;
mod requests;
mod stats2014;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

pub use cell::{Cell, CellKey, UnknownCell};
pub use identity::{Equation, Identity, Level, Relation, Term};
pub use table::{Column, Line, Row, Slot, SlotContent, Table};

/// A form of the annual report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// 政府信息公开情况统计表, annexed to the reports up to the year 2018 (国办发〔2014〕32号).
    Stats2014,
    /// The trial form for the years 2019 and 2020 (国办公开办函〔2019〕60号).
    Trial2019,
    /// The form in force from the year 2021 (国办公开办函〔2021〕30号).
    Format2021,
    /// Text alone, without a statutory table.
    Narrative,
}

/// A chapter of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chapter {
    /// Chinese ordinal, `一` to `六`.
    pub number: &'static str,
    /// Title without the ordinal.
    pub title: &'static str,
    /// The article that asks for it.
    pub article: &'static str,
    /// Key of the table that is the chapter; `None` for a chapter of text.
    pub table: Option<&'static str>,
}

impl Chapter {
    /// The numbered heading as printed: `一、总体情况`.
    pub fn heading(&self) -> String {
        format!("{}、{}", self.number, self.title)
    }
}

impl Edition {
    /// All editions, oldest form first, [`Edition::Narrative`] last.
    pub const ALL: [Edition; 4] = [
        Edition::Stats2014,
        Edition::Trial2019,
        Edition::Format2021,
        Edition::Narrative,
    ];

    /// The key used in JSON, URLs and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Edition::Stats2014 => "stats2014",
            Edition::Trial2019 => "trial2019",
            Edition::Format2021 => "format2021",
            Edition::Narrative => "narrative",
        }
    }

    /// The edition with this [key](Self::key).
    pub fn from_key(key: &str) -> Option<Edition> {
        Self::ALL.into_iter().find(|edition| edition.key() == key)
    }

    /// The form that a report about `year` uses.
    pub const fn for_year(year: i16) -> Edition {
        match year {
            // 〔2019〕60号 applies from the report about 2019 on, 〔2021〕30号 from 2021 on.
            ..=2018 => Edition::Stats2014,
            2019..=2020 => Edition::Trial2019,
            2021.. => Edition::Format2021,
        }
    }

    /// The document that prescribes the form.
    pub const fn source(self) -> &'static str {
        match self {
            Edition::Stats2014 => "国办发〔2014〕32号",
            Edition::Trial2019 => "国办公开办函〔2019〕60号",
            Edition::Format2021 => "国办公开办函〔2021〕30号",
            Edition::Narrative => "条例（2008）§32",
        }
    }

    /// Title of a report about `year`, to stand after the unit's name.
    pub fn title(self, year: i16) -> String {
        format!("{year} 年政府信息公开工作年度报告")
    }

    /// The chapters in their order. For [`Edition::Stats2014`] and [`Edition::Narrative`] these are
    /// the contents that article 32 of the 2008 regulation asks for; it fixed no headings.
    pub const fn chapters(self) -> &'static [Chapter] {
        match self {
            Edition::Stats2014 | Edition::Narrative => &CHAPTERS_2008,
            Edition::Trial2019 => &CHAPTERS_2019,
            Edition::Format2021 => &CHAPTERS_2021,
        }
    }

    /// The statutory tables, in the order of printing.
    pub fn tables(self) -> &'static [Table] {
        &self.form().tables
    }

    /// The table with this key.
    pub fn table(self, key: &str) -> Option<&'static Table> {
        self.tables().iter().find(|table| table.key == key)
    }

    /// Every figure cell once, in the order of printing.
    pub fn cells(self) -> impl Iterator<Item = &'static Cell> {
        self.form().cells.iter()
    }

    /// The cell with this key, if the edition has it.
    pub fn cell(self, key: CellKey) -> Option<&'static Cell> {
        let form = self.form();
        form.index.get(&key).and_then(|at| form.cells.get(*at))
    }

    /// The identities that the figures of one report must meet.
    pub fn identities(self) -> &'static [Identity] {
        &self.form().identities
    }

    fn form(self) -> &'static Form {
        match self {
            Edition::Stats2014 => &STATS2014,
            Edition::Trial2019 => &TRIAL2019,
            Edition::Format2021 => &FORMAT2021,
            Edition::Narrative => &NARRATIVE,
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// What an edition consists of, expanded once.
struct Form {
    tables: Vec<Table>,
    cells: Vec<Cell>,
    index: BTreeMap<CellKey, usize>,
    identities: Vec<Identity>,
}

impl Form {
    fn new(edition: Edition, tables: Vec<Table>) -> Form {
        let cells: Vec<Cell> = tables.iter().flat_map(Table::cells).collect();
        let index = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| (cell.key, at))
            .collect();
        let identities = identities::of(edition, &tables);
        Form {
            tables,
            cells,
            index,
            identities,
        }
    }
}

static STATS2014: LazyLock<Form> =
    LazyLock::new(|| Form::new(Edition::Stats2014, vec![stats2014::table()]));
static TRIAL2019: LazyLock<Form> = LazyLock::new(|| {
    let tables = vec![
        disclosure::trial2019(),
        requests::trial2019(),
        cases::table(),
    ];
    Form::new(Edition::Trial2019, tables)
});
static FORMAT2021: LazyLock<Form> = LazyLock::new(|| {
    let tables = vec![
        disclosure::format2021(),
        requests::format2021(),
        cases::table(),
    ];
    Form::new(Edition::Format2021, tables)
});
static NARRATIVE: LazyLock<Form> = LazyLock::new(|| Form::new(Edition::Narrative, Vec::new()));

const fn chapter(
    number: &'static str,
    title: &'static str,
    article: &'static str,
    table: Option<&'static str>,
) -> Chapter {
    Chapter {
        number,
        title,
        article,
        table,
    }
}

/// 条例（2008）§32.
static CHAPTERS_2008: [Chapter; 6] = [
    chapter("一", "主动公开情况", "条例（2008）§32(一)", None),
    chapter(
        "二",
        "依申请公开和不予公开情况",
        "条例（2008）§32(二)",
        None,
    ),
    chapter("三", "收费及减免情况", "条例（2008）§32(三)", None),
    chapter("四", "行政复议、行政诉讼情况", "条例（2008）§32(四)", None),
    chapter("五", "主要问题及改进情况", "条例（2008）§32(五)", None),
    chapter("六", "其他需要报告的事项", "条例（2008）§32(六)", None),
];

/// 国办公开办函〔2019〕60号; only the fifth heading differs from 2021.
static CHAPTERS_2019: [Chapter; 6] = [
    CHAPTERS_2021[0],
    CHAPTERS_2021[1],
    CHAPTERS_2021[2],
    CHAPTERS_2021[3],
    chapter(
        "五",
        "政府信息公开工作存在的主要问题及改进情况",
        "条例 §50(四)",
        None,
    ),
    CHAPTERS_2021[5],
];

/// 国办公开办函〔2021〕30号.
const CHAPTERS_2021: [Chapter; 6] = [
    chapter("一", "总体情况", "条例 §50", None),
    chapter("二", "主动公开政府信息情况", "条例 §50(一)", Some("t2")),
    chapter(
        "三",
        "收到和处理政府信息公开申请情况",
        "条例 §50(二)",
        Some("t3"),
    ),
    chapter(
        "四",
        "政府信息公开行政复议、行政诉讼情况",
        "条例 §50(三)",
        Some("t4"),
    ),
    chapter("五", "存在的主要问题及改进情况", "条例 §50(四)", None),
    chapter("六", "其他需要报告的事项", "条例 §50(五)", None),
];
