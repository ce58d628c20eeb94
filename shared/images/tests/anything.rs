//! Whatever a file holds: it is read or refused, and never takes the program down.
#![allow(clippy::unwrap_used, reason = "these are tests and their helpers")]

use std::io::Cursor;
use std::sync::LazyLock;

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use images::read;
use proptest::prelude::*;
use proptest::sample::{Index, select};

static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let noise = |x: u32, y: u32| u8::try_from((x * 31 + y * 17) % 256).unwrap();
    let opaque = RgbImage::from_fn(33, 21, |x, y| image::Rgb([noise(x, y), noise(y, x), 90]));
    let clear = RgbaImage::from_fn(17, 40, |x, y| image::Rgba([noise(x, y), 8, noise(y, x), noise(x, x)]));
    let file = |picture: DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let mut files: Vec<_> = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP]
        .into_iter()
        .map(|format| file(opaque.clone().into(), format))
        .collect();
    files.extend([ImageFormat::Png, ImageFormat::WebP].map(|format| file(clear.clone().into(), format)));
    files.push(read(&files[1]).unwrap().renditions().unwrap().remove(0).webp);
    files.extend([
        include_bytes!("fixtures/cmyk.jpg").to_vec(),
        include_bytes!("fixtures/progressive.jpg").to_vec(),
        include_bytes!("fixtures/moving.png").to_vec(),
        include_bytes!("fixtures/moving.webp").to_vec(),
    ]);
    files
});

/// Reads a file to the end, if it can be read.
fn try_all(bytes: &[u8]) {
    if let Ok(picture) = read(bytes) {
        assert!(!picture.renditions().unwrap().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn random_bytes(
        start in select(vec![&b""[..], b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"RIFF\x40\0\0\0WEBPVP8 ", b"RIFF\x40\0\0\0WEBPVP8X"]),
        rest in proptest::collection::vec(any::<u8>(), 0..512),
    ) {
        try_all(&[start, &rest].concat());
    }

    #[test]
    fn damaged_pictures(
        which in any::<Index>(),
        changes in proptest::collection::vec((any::<Index>(), any::<u8>()), 0..12),
        cut in any::<Option<Index>>(),
    ) {
        let mut bytes = which.get(&GOOD).clone();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        try_all(&bytes);
    }
}
