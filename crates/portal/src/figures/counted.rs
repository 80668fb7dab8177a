//! The records under one figure, as both sides show them.

use crate::app::Site;
use crate::error::{PortalError, Result};
use crate::views::Pager;
use office::figures::{Indicator, Measure, Period};
use report::Decimal;
use statute::editions::{Cell, CellKey, Edition};
use store::Store;
use store::figures::{self, Counted, Scope};

/// Records on one page.
pub const SIZE: u32 = 50;

/// What is counted: a cell of a form, over whose records, in which year.
pub struct Asking {
    /// The form.
    pub edition: Edition,
    /// The unit.
    pub unit: String,
    /// Whether the units below are counted in.
    pub roll_up: bool,
    /// The year, and the day of counting.
    pub period: Period,
    /// The cell.
    pub cell: &'static Cell,
    /// How it is counted.
    pub indicator: Indicator,
}

impl Asking {
    /// The figure of an address.
    ///
    /// # Errors
    /// [`PortalError::NotFound`] when the form has no such cell.
    pub fn new(
        edition: Edition,
        unit: &str,
        roll_up: bool,
        period: Period,
        cell: &str,
    ) -> Result<Asking> {
        let key: CellKey = cell.parse().map_err(|_| PortalError::NotFound)?;
        Ok(Asking {
            edition,
            unit: unit.to_owned(),
            roll_up,
            period,
            cell: edition.cell(key).ok_or(PortalError::NotFound)?,
            indicator: office::figures::indicator(edition, key).ok_or(PortalError::NotFound)?,
        })
    }

    /// Whose records.
    pub fn scope(&self) -> Scope {
        if self.roll_up {
            Scope::RollUp(self.unit.clone())
        } else {
            Scope::Own(self.unit.clone())
        }
    }

    /// A number as the form writes it: money in 万元.
    pub fn written(&self, number: i64) -> String {
        let value = match self.indicator.measure() {
            Measure::Fen => Decimal::wan_from_fen(number),
            Measure::Count | Measure::Quantity => Decimal::whole(number),
        };
        value.map_or_else(|| number.to_string(), |value| value.to_string())
    }

    /// Table, group and row of the form.
    pub fn place(&self) -> String {
        let table = self.edition.table(self.cell.key.table);
        let mut parts = vec![table.map_or("", |table| table.title)];
        parts.extend(self.cell.group);
        let label = self.cell.label();
        parts.push(&label);
        parts.join("，")
    }
}

/// One line of the list.
pub struct Row {
    /// Where the record can be read; empty where it cannot.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// What it is.
    pub noun: &'static str,
    /// Its unit.
    pub unit: String,
    /// The day that places it in the year.
    pub on: String,
    /// What it adds.
    pub weight: String,
}

/// One page of records and the figure over all pages.
pub struct List {
    /// The records of this page.
    pub records: Vec<Counted>,
    /// How many there are in all.
    pub total: i64,
    /// What they add up to.
    pub sum: i64,
}

/// Counts, and lists one page.
///
/// # Errors
/// Those of the store.
pub async fn read(store: &Store, asking: &Asking, page: u32) -> Result<List> {
    let scope = asking.scope();
    let of = &asking.indicator;
    let listed = figures::list(store, &scope, asking.period, of, page, SIZE).await?;
    Ok(List {
        records: listed.items,
        total: listed.total,
        sum: figures::count(store, &scope, asking.period, of).await?,
    })
}

/// The room of a record in words.
pub fn noun_label(noun: &str) -> &'static str {
    match noun {
        "document" => "文件",
        "request" => "申请",
        "case" => "复议诉讼案件",
        "decision" => "处理决定",
        "entry" => "台账记录",
        _ => "收费",
    }
}

/// A line; `href` and `label` are what this side may show of the record.
pub fn row(asking: &Asking, site: &Site, record: &Counted, href: String, label: String) -> Row {
    Row {
        href,
        label,
        noun: noun_label(record.noun),
        unit: site.unit_name(&record.unit).to_owned(),
        on: record.on.map(|day| day.to_string()).unwrap_or_default(),
        weight: asking.written(record.weight),
    }
}

/// What stands around the list on both sides.
pub struct Around {
    /// Table and row.
    pub place: String,
    /// Unit of measure.
    pub measure: &'static str,
    /// Unit of the weights, where they are not simply records.
    pub weight_unit: &'static str,
    /// Words over the list.
    pub caption: String,
    /// Words of the sum.
    pub sum_label: String,
    /// The sum.
    pub sum: String,
    /// Pages.
    pub pager: Pager,
    /// Name of the indicator.
    pub indicator: String,
    /// What is counted.
    pub definition: String,
    /// How, in words.
    pub selection: String,
    /// Which article asks for it.
    pub article: &'static str,
    /// Whose records.
    pub scope: String,
    /// Day of counting.
    pub as_of: String,
}

/// The words around a list.
pub fn around(
    asking: &Asking,
    site: &Site,
    list: &List,
    page: u32,
    href: impl Fn(u32) -> String,
) -> Around {
    let name = site.unit_name(&asking.unit);
    Around {
        place: asking.place(),
        measure: asking.cell.measure,
        weight_unit: match asking.indicator.measure() {
            Measure::Count => "",
            Measure::Quantity | Measure::Fen => asking.cell.measure,
        },
        caption: format!("这个数由这些记录得来，共 {} 条", list.total),
        sum_label: if list.total > i64::from(SIZE) {
            format!("各页合计（{} 条）", list.total)
        } else {
            "合计".to_owned()
        },
        sum: asking.written(list.sum),
        pager: Pager::new(page, SIZE, list.total, "条", href),
        indicator: asking.cell.label(),
        definition: asking.cell.definition.clone(),
        selection: asking.indicator.in_words(),
        article: asking.cell.article,
        scope: if asking.roll_up {
            format!("{name}和全部下属单位，{} 年", asking.period.from.year())
        } else {
            format!("{name}本单位，{} 年", asking.period.from.year())
        },
        as_of: asking.period.as_of.to_string(),
    }
}
