//! What templates are given, beside the [shell](crate::shell): plain values, ready to print. Text is
//! never optional here; an empty string means "not there". See `templates/README.md`.

use office::Reason;

/// A link with its words.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Link {
    pub label: String,
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Link {
        Link {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// One part of a thing that has several pages; `count` -1 shows none.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
    pub count: i64,
}

/// A document as a list shows it.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct DocumentItem {
    pub href: String,
    pub title: String,
    pub number: String,
    pub unit: String,
    pub published_on: String,
    pub state_kind: &'static str,
    pub state: String,
    pub excerpt: String,
}

/// Pages of a list.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Pager {
    pub from: u64,
    pub to: u64,
    pub total: u64,
    pub unit_word: &'static str,
    pub previous: String,
    pub next: String,
    pub pages: Vec<PageLink>,
}

/// One page of a list; neither an address nor current: the gap "…".
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct PageLink {
    pub label: String,
    pub href: String,
    pub current: bool,
}

impl Pager {
    /// The pages of a list of `total` items, `size` a page, standing on `page` (from 1). `href`
    /// makes the address of a page. Shown are the first, the last and the neighbours.
    pub fn new(
        page: u32,
        size: u32,
        total: i64,
        unit_word: &'static str,
        href: impl Fn(u32) -> String,
    ) -> Pager {
        let total = u64::try_from(total).unwrap_or(0);
        let size = u64::from(size.max(1));
        let last = u32::try_from(total.div_ceil(size).max(1))
            .unwrap_or(u32::MAX)
            .min(store::documents::PAGE_LIMIT);
        let page = page.clamp(1, last);
        let from = (u64::from(page) - 1) * size + 1;
        let mut pages: Vec<PageLink> = Vec::new();
        let mut shown = 0;
        for number in 1..=last {
            let near = number == 1 || number == last || number.abs_diff(page) <= 2;
            if !near {
                continue;
            }
            if number > shown + 1 {
                pages.push(PageLink {
                    label: "…".into(),
                    href: String::new(),
                    current: false,
                });
            }
            shown = number;
            pages.push(PageLink {
                label: number.to_string(),
                href: if number == page {
                    String::new()
                } else {
                    href(number)
                },
                current: number == page,
            });
        }
        Pager {
            from: from.min(total),
            to: (from + size - 1).min(total),
            total,
            unit_word,
            previous: if page > 1 {
                href(page - 1)
            } else {
                String::new()
            },
            next: if page < last {
                href(page + 1)
            } else {
                String::new()
            },
            pages,
        }
    }
}

/// A file to download.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct FileItem {
    pub href: String,
    pub name: String,
    pub kind: &'static str,
    pub size: String,
}

/// Something that happened, or will.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct HistoryItem {
    pub on: String,
    pub what: String,
    pub who: String,
    pub note: String,
    pub future: bool,
}

/// A due date: `kind` of mark, the days left in words, the address of the steps.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Due {
    pub on: String,
    pub kind: &'static str,
    pub words: String,
    pub why: String,
}

/// One step of the counting of a date; `day` 0 is not counted.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Step {
    pub date: String,
    pub weekday: &'static str,
    pub day: u32,
    pub counted: bool,
    pub why: String,
    pub article: String,
}

/// One choice of a select or of radio buttons.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    /// The same with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }
}

/// Errors of a form, in the order of its fields.
#[derive(Debug, Clone, Default)]
pub struct FormErrors {
    /// The errors.
    pub list: Vec<FieldError>,
}

/// An error at a field; `form` when it belongs to the whole form.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct FieldError {
    pub field: &'static str,
    pub message: String,
}

impl FormErrors {
    /// The message of one field, empty when it has none: `errors.of("subject")`.
    pub fn of(&self, field: &str) -> &str {
        self.list
            .iter()
            .find(|error| error.field == field)
            .map_or("", |error| error.message.as_str())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl From<Vec<Reason>> for FormErrors {
    fn from(reasons: Vec<Reason>) -> FormErrors {
        let list = reasons.into_iter().map(|reason| FieldError {
            field: reason.field.unwrap_or("form"),
            message: reason.text,
        });
        FormErrors {
            list: list.collect(),
        }
    }
}

/// A statutory table as it is printed.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct StatutoryTable {
    pub caption: String,
    pub unit_of_measure: String,
    pub class: &'static str,
    pub head: Vec<Vec<Cell>>,
    pub body: Vec<Vec<Cell>>,
}

/// A cell of it.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Cell {
    /// Of a cell that a finding leads to; else empty.
    pub id: String,
    pub text: String,
    pub href: String,
    pub head: bool,
    pub scope: &'static str,
    pub colspan: u16,
    pub rowspan: u16,
    pub class: &'static str,
}

/// A file's size as people read it.
pub fn size_words(bytes: i64) -> String {
    const KIB: i64 = 1024;
    match bytes {
        ..0 => "0 B".into(),
        0..KIB => format!("{bytes} B"),
        b if b < KIB * KIB => format!("{} KB", (b + KIB / 2) / KIB),
        b => {
            let tenths = (b * 10 + KIB * KIB / 2) / (KIB * KIB);
            match (tenths / 10, tenths % 10) {
                (whole, 0) => format!("{whole} MB"),
                (whole, tenth) => format!("{whole}.{tenth} MB"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_shows_the_ends_and_the_neighbours() {
        let pager = Pager::new(10, 20, 1638, "条", |page| format!("?page={page}"));
        let labels: Vec<_> = pager.pages.iter().map(|p| p.label.as_str()).collect();
        assert_eq!(labels, ["1", "…", "8", "9", "10", "11", "12", "…", "82"]);
        assert_eq!((pager.from, pager.to), (181, 200));
        let last = Pager::new(99, 20, 1638, "条", |page| format!("?page={page}"));
        assert_eq!((last.from, last.to, last.next.as_str()), (1621, 1638, ""));
        let none = Pager::new(1, 20, 0, "条", |page| format!("?page={page}"));
        assert_eq!((none.from, none.to, none.pages.len()), (0, 0, 1));
    }

    #[test]
    fn sizes_are_rounded_as_people_read_them() {
        let words: Vec<_> = [0, 1023, 1024, 47_000, 1_887_437, 10 << 20]
            .map(size_words)
            .into();
        assert_eq!(words, ["0 B", "1023 B", "1 KB", "46 KB", "1.8 MB", "10 MB"]);
    }
}
