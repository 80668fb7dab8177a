//! The language of `--help` and of the checker's frame: Chinese or English by locale. Messages are
//! Chinese.

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

    /// `zh…` is Chinese, any other language English. Without a language (none set, `C`, `POSIX`, as
    /// on many servers) Chinese, that of the people this is made for.
    pub fn of(locale: Option<&str>) -> Language {
        let locale = locale.unwrap_or_default().to_ascii_lowercase();
        let language = locale.split(['_', '.', '@']).next().unwrap_or_default();
        match language {
            "" | "c" | "posix" | "zh" => Language::Chinese,
            _ => Language::English,
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
            (Some("C.UTF-8"), Language::Chinese),
            (Some("POSIX"), Language::Chinese),
            (Some("de"), Language::English),
        ] {
            assert_eq!(Language::of(locale), language, "{locale:?}");
        }
    }
}
