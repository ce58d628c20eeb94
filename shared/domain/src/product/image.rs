//! Pictures of products.

use serde::{Deserialize, Serialize};

use crate::ids::ImageId;

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// The picture's id, where somebody uploaded it in the console.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ImageId>,
    /// Path below the site's address, such as `/media/products/claw-hammer.webp`.
    pub url: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// Its width in pixels, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Its height in pixels, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The same picture in other widths, the narrowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renditions: Vec<Rendition>,
}

/// A picture in one of its widths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rendition {
    /// Its width in pixels.
    pub width: u32,
    /// Path below the site's address.
    pub url: String,
}

impl Image {
    /// The most characters of the text that says what a picture shows.
    pub const MAX_ALT: usize = 300;

    /// A picture of which nothing more is known.
    #[must_use]
    pub fn plain(url: impl Into<String>, alt: impl Into<String>) -> Self {
        Self { id: None, url: url.into(), alt: alt.into(), width: None, height: None, renditions: Vec::new() }
    }

    /// What identifies the picture among those of its product: its id, or its path where it has none.
    #[must_use]
    pub fn key(&self) -> String {
        self.id.map_or_else(|| self.url.clone(), |id| id.to_string())
    }
}
