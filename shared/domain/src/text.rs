//! Helpers for newtypes around text.

/// Implements `Display`, `AsRef<str>` and string (de)serialisation for a newtype around a `String` with a `parse`
/// function, so that a stored or received value passes the same door as every other.
macro_rules! text_newtype {
    ($name:ident, $error:ty) => {
        impl $name {
            /// The text of this value.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
    };
}

pub(crate) use text_newtype;
