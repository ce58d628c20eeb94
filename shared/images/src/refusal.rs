//! Why a file is not taken, in sentences for the editor who sent it.

use thiserror::Error;

use crate::{MAX_BYTES, MAX_PIXELS, MAX_SIDE};

/// Why a file is not taken as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It has more than [`MAX_BYTES`].
    #[error(
        "The file has {} MB: a picture may have at most {} MB. Save it smaller, or with stronger compression.",
        megabytes(*.bytes),
        megabytes(MAX_BYTES)
    )]
    TooManyBytes {
        /// How many it has.
        bytes: u64,
    },
    /// There is nothing in it.
    #[error("The file is empty.")]
    Empty,
    /// It is a text, such as a web page or a vector drawing, whatever its name says.
    #[error(
        "The file is a web page or a drawing made of text (HTML, SVG or XML), whatever its name says: only photos and pictures as JPEG, PNG or WebP are taken."
    )]
    Text,
    /// It is a picture in a form that is not taken.
    #[error("The file is a {0} picture: save it as JPEG, PNG or WebP and send that.")]
    OtherFormat(&'static str),
    /// Nobody knows what it is.
    #[error("The file is no JPEG, PNG or WebP picture, whatever its name says.")]
    Unrecognised,
    /// It has more than [`MAX_PIXELS`], or a side longer than [`MAX_SIDE`].
    #[error(
        "The picture measures {width} × {height} pixels: at most {} million pixels are taken, and at most {MAX_SIDE} along one side.",
        MAX_PIXELS / 1_000_000
    )]
    TooManyPixels {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// It unpacks to more than a picture of its size needs.
    #[error(
        "The picture unpacks to far more data than a picture of its size holds: save it anew with another program and send that."
    )]
    Bomb,
    /// It moves.
    #[error("The picture moves: only still pictures are taken. Send one of its frames.")]
    Animated,
    /// It is of a known form, but in a variety that cannot be read.
    #[error(
        "The picture is stored in a rare variety that cannot be read: save it anew with another program and send that."
    )]
    UnsupportedVariety,
    /// It cannot be read to its end.
    #[error("The picture is damaged or was cut off on its way: it cannot be read to its end.")]
    Damaged,
}

/// Megabytes with one decimal, rounded up, so that what is over the limit does not look like it.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) {
        format!("{}", tenths / 10)
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_how_much_was_too_much() {
        let told = |bytes| Refusal::TooManyBytes { bytes }.to_string();
        assert!(told(30 * 1024 * 1024).starts_with("The file has 30 MB: a picture may have at most 15 MB."));
        assert!(told(MAX_BYTES + 1).starts_with("The file has 15.1 MB"));
        assert!(told(u64::MAX).starts_with("The file has "));
        let wide = Refusal::TooManyPixels { width: 60_000, height: 1 }.to_string();
        assert!(wide.contains("60000 × 1 pixels: at most 40 million pixels"), "{wide}");
    }
}
