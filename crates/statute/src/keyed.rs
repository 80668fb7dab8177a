//! One macro for the closed lists of the law: a key for machines, a label for people.

/// Declares an enum whose members have a fixed key and a Chinese label, with `ALL`, `key`,
/// `from_key`, `label`, `Display` (the label) and serde by key.
///
/// The nouns of the office are declared with it too, so that there is one form of a word list.
#[macro_export]
macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident, $noun:literal { $($(#[$vmeta:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!($label, " (`", $key, "`)")] $variant,)+ }

        impl $name {
            /// Every member, in the order of the official forms.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The key used in files, addresses and the API.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            /// The member with this key, or `None`.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)+ _ => None }
            }

            /// The words of the official form.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }

            /// Every key, for messages that say what was expected.
            pub fn keys() -> String {
                Self::ALL.iter().map(|m| m.key()).collect::<Vec<_>>().join("、")
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }

        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.key())
            }
        }

        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let key = <std::borrow::Cow<'de, str> as $crate::__serde::Deserialize>::deserialize(d)?;
                Self::from_key(&key).ok_or_else(|| {
                    $crate::__serde::de::Error::custom(format!(
                        "{}“{key}”不认识，应为 {} 之一", $noun, Self::keys()
                    ))
                })
            }
        }
    };
}
pub use keyed;
