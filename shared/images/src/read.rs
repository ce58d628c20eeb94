//! From a file to pixels.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits, RgbaImage};

use crate::format::Format;
use crate::refusal::Refusal;
use crate::rendition::{self, EncodeError, Rendition};
use crate::{MAX_BYTES, MAX_EXTRAS, MAX_PIXELS, MAX_SIDE, colour, jpeg};

/// A picture that was read to its end: upright pixels, and nothing else of the file.
#[derive(Debug, Clone)]
pub struct Picture {
    pixels: RgbaImage,
    profile: Option<Vec<u8>>,
}

/// Reads a file, or says why it is not taken. Its name and what the sender called it do not matter.
pub fn read(bytes: &[u8]) -> Result<Picture, Refusal> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > MAX_BYTES {
        return Err(Refusal::TooManyBytes { bytes: length });
    }
    let file = Cursor::new(bytes);
    match Format::of_content(bytes)? {
        Format::Jpeg => {
            let decoder = JpegDecoder::new(file).map_err(refusal)?;
            check_size(decoder.dimensions())?;
            if !jpeg::is_complete(bytes) {
                return Err(Refusal::Damaged);
            }
            decode(decoder)
        }
        Format::Png => {
            if let Some(size) = png_size(bytes) {
                check_size(size)?;
            }
            let decoder = PngDecoder::with_limits(file, limits()).map_err(refusal)?;
            if decoder.is_apng().map_err(refusal)? {
                return Err(Refusal::Animated);
            }
            decode(decoder)
        }
        Format::WebP => {
            let decoder = WebPDecoder::new(file).map_err(refusal)?;
            if decoder.has_animation() {
                return Err(Refusal::Animated);
            }
            decode(decoder)
        }
    }
}

impl Picture {
    /// Pixels from left to right.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Pixels from top to bottom.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// The picture in all widths that it is shown in, the widest first, in sRGB. Each is made of the next wider one.
    pub fn renditions(self) -> Result<Vec<Rendition>, EncodeError> {
        let mut pixels = self.pixels;
        let mut profile = self.profile;
        let mut renditions = Vec::new();
        for width in rendition::widths(pixels.width()) {
            if width != pixels.width() {
                pixels = rendition::resized(&pixels, width)?;
            }
            if let Some(profile) = profile.take() {
                colour::to_srgb(&mut pixels, width as usize, &profile);
            }
            renditions.push(rendition::encoded(&pixels)?);
        }
        Ok(renditions)
    }
}

fn decode(mut decoder: impl ImageDecoder) -> Result<Picture, Refusal> {
    check_size(decoder.dimensions())?;
    decoder.set_limits(limits()).map_err(refusal)?;
    // A picture whose extras cannot be read is shown as its pixels lie.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let decoded = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let mut upright = DynamicImage::ImageRgba8(decoded.into_rgba8());
    upright.apply_orientation(orientation);
    Ok(Picture { pixels: upright.into_rgba8(), profile })
}

fn check_size((width, height): (u32, u32)) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Refusal::TooManyPixels { width, height });
    }
    Ok(())
}

/// The size that a PNG file claims: the first thing in it, known before anything is unpacked.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    if bytes.get(12..16)? == b"IHDR" { Some((number(16)?, number(20)?)) } else { None }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_EXTRAS);
    limits
}

fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::Bomb,
        ImageError::Unsupported(_) => Refusal::UnsupportedVariety,
        _ => Refusal::Damaged,
    }
}
