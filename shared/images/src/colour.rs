//! Colours: what a picture's profile means by its numbers, told in sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Turns RGBA pixels of a profile into such of sRGB. A profile that cannot be read, or that is for something else than
/// RGB, is passed over: the picture is shown in slightly other colours then, as it is by a browser.
pub fn to_srgb(pixels: &mut [u8], width: usize, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let Ok(transform) = profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options) else {
        return;
    };
    let mut row = vec![0; width * 4];
    for pixels in pixels.chunks_exact_mut(row.len()) {
        row.copy_from_slice(pixels);
        // It refuses only rows of different lengths.
        if transform.transform(&row, pixels).is_err() {
            pixels.copy_from_slice(&row);
        }
    }
}
