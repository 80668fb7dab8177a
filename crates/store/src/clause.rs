//! What a list is narrowed to, as SQL: a WHERE clause from our own constants, with its arguments.

use crate::db::Arg;

/// A WHERE clause being put together, with its numbered arguments.
pub(crate) struct Clause {
    pub(crate) sql: String,
    pub(crate) args: Vec<Arg>,
}

impl Clause {
    /// A clause that begins with a condition and the arguments of it.
    pub(crate) fn new(sql: &str, args: Vec<Arg>) -> Clause {
        Clause {
            sql: sql.to_owned(),
            args,
        }
    }

    /// One more condition.
    pub(crate) fn and(&mut self, text: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(text);
    }

    /// The next parameter, bound.
    pub(crate) fn bind(&mut self, arg: impl Into<Arg>) -> String {
        self.args.push(arg.into());
        format!("${}", self.args.len())
    }

    /// Only rows of units at or below some of these; `row` is the table's short name in the query.
    /// Without any, nothing at all.
    pub(crate) fn below<'a>(&mut self, row: &str, heads: impl IntoIterator<Item = &'a str>) {
        let heads: Vec<String> = heads.into_iter().map(|head| self.bind(head)).collect();
        let heads = if heads.is_empty() {
            "NULL".to_owned()
        } else {
            heads.join(", ")
        };
        self.and(&format!(
            "EXISTS (SELECT 1 FROM unit_above a WHERE a.site = {row}.site AND a.unit = {row}.unit \
             AND a.ancestor IN ({heads}))"
        ));
    }
}
