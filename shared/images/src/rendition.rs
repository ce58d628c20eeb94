//! A picture in the widths that the shop shows.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbaImage;
use thiserror::Error;
use webp::PixelLayout;

use crate::{QUALITY, WIDTHS};

/// A picture in one width, as a browser gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// The WebP file: pixels and nothing else.
    pub webp: Vec<u8>,
}

/// Why a picture that was read could not be written. It is our fault, not the file's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the picture cannot be encoded in width {width}: {reason}")]
pub struct EncodeError {
    /// The width.
    pub width: u32,
    /// What was wrong.
    pub reason: String,
}

/// The widths for a picture of this width, the widest first.
pub(crate) fn widths(own: u32) -> Vec<u32> {
    let widest = *WIDTHS.iter().max().unwrap_or(&own);
    let mut widths: Vec<_> = WIDTHS.into_iter().filter(|width| *width <= own).collect();
    widths.push(own.min(widest));
    widths.sort_unstable_by_key(|width| std::cmp::Reverse(*width));
    widths.dedup();
    widths
}

/// The picture in this width, its sides in proportion.
pub(crate) fn resized(picture: &RgbaImage, width: u32) -> Result<RgbaImage, EncodeError> {
    let failed = |reason: String| EncodeError { width, reason };
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
    let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x4);
    let source = source.map_err(|error| failed(error.to_string()))?;
    let mut target = Image::new(width, height, PixelType::U8x4);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&source, &mut target, &options).map_err(|error| failed(error.to_string()))?;
    RgbaImage::from_raw(width, height, target.into_vec()).ok_or_else(|| failed("too few pixels".into()))
}

/// The picture as a WebP file.
pub(crate) fn encoded(picture: &RgbaImage) -> Result<Rendition, EncodeError> {
    let (width, height) = picture.dimensions();
    let encoder = webp::Encoder::new(picture.as_raw(), PixelLayout::Rgba, width, height);
    let file = encoder.encode_simple(false, QUALITY);
    let file = file.map_err(|error| EncodeError { width, reason: format!("{error:?}") })?;
    Ok(Rendition { width, height, webp: file.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rendition_is_wider_than_its_picture() {
        assert_eq!(widths(1), [1]);
        assert_eq!(widths(320), [320]);
        assert_eq!(widths(1_000), [1_000, 640, 320]);
        assert_eq!(widths(2_000), [2_000, 1_280, 640, 320]);
        assert_eq!(widths(12_000), [2_000, 1_280, 640, 320]);
    }
}
