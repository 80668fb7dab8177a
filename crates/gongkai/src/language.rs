//! The language of `--help`: Chinese or English by locale. Everything else speaks Chinese.

/// A language of the help texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// By `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set, as POSIX has it.
    pub fn of_environment() -> Language {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        Language::of(set.as_deref())
    }

    /// `zh…` is Chinese, any other locale English; without one Chinese, the language of the people
    /// this is made for.
    pub fn of(locale: Option<&str>) -> Language {
        match locale {
            None => Language::Chinese,
            Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Language::Chinese,
            Some(_) => Language::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_locale_decides_and_none_is_chinese() {
        for (locale, language) in [
            (None, Language::Chinese),
            (Some("zh_CN.UTF-8"), Language::Chinese),
            (Some("zh"), Language::Chinese),
            (Some("ZH_TW"), Language::Chinese),
            (Some("en_US.UTF-8"), Language::English),
            (Some("C.UTF-8"), Language::English),
            (Some("POSIX"), Language::English),
        ] {
            assert_eq!(Language::of(locale), language, "{locale:?}");
        }
    }
}
