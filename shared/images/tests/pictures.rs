//! What is taken as a picture, what is refused, and what is left of it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use images::{MAX_BYTES, MAX_SIDE, Picture, Refusal, Rendition, read};

const CMYK: &[u8] = include_bytes!("fixtures/cmyk.jpg");
const MOVING_PNG: &[u8] = include_bytes!("fixtures/moving.png");
const MOVING_WEBP: &[u8] = include_bytes!("fixtures/moving.webp");
const PROGRESSIVE: &[u8] = include_bytes!("fixtures/progressive.jpg");
/// Where a camera said that it was.
const PLACE: &[u8] = b"51.5007N-0.1246W";

fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A picture whose left half is red and whose right half is blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) },
    )
}

/// A JPEG file with this orientation and the place in its Exif data.
fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x01, 0x0E, 0, 2, 0, 0, 0, u8::try_from(PLACE.len()).unwrap(), 0, 0, 0, 38]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(PLACE);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&halves(width, height)).unwrap();
    bytes
}

/// A chunk of a PNG file.
fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut checked = flate2::Crc::new();
    checked.update(&name);
    checked.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &name, data, &checked.sum().to_be_bytes()].concat()
}

/// So many zeros, packed.
fn packed_zeros(count: usize) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..count / zeros.len() {
        packer.write_all(&zeros).unwrap();
    }
    packer.finish().unwrap()
}

/// A grey PNG file that claims this size, with these chunks.
fn png(width: u32, height: u32, chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    file.extend(chunk(*b"IHDR", &header));
    file.extend(chunks.concat());
    file.extend(chunk(*b"IEND", b""));
    file
}

fn shown(picture: Picture) -> Vec<Rendition> {
    picture.renditions().unwrap()
}

fn pixels(rendition: &Rendition) -> RgbaImage {
    image::load_from_memory_with_format(&rendition.webp, ImageFormat::WebP).unwrap().into_rgba8()
}

/// Whether the pixel is red.
fn red(picture: &RgbaImage, x: u32, y: u32) -> bool {
    let Rgba([red, _, blue, _]) = *picture.get_pixel(x, y);
    red > blue
}

#[test]
fn a_picture_is_shown_in_all_widths_up_to_its_own() {
    for (format, width, widths) in [
        (ImageFormat::Jpeg, 2_400, vec![2_000, 1_280, 640, 320]),
        (ImageFormat::Png, 700, vec![700, 640, 320]),
        (ImageFormat::WebP, 40, vec![40]),
    ] {
        let renditions = shown(read(&file(halves(width, width / 2), format)).unwrap());
        assert_eq!(renditions.iter().map(|r| r.width).collect::<Vec<_>>(), widths, "{format:?}");
        for rendition in &renditions {
            assert_eq!(rendition.height, rendition.width / 2);
            let pixels = pixels(rendition);
            assert_eq!(pixels.dimensions(), (rendition.width, rendition.height));
            assert!(red(&pixels, 0, 0) && !red(&pixels, rendition.width - 1, 0));
        }
    }
}

#[test]
fn neither_a_web_page_nor_a_drawing_is_a_picture() {
    let page = b"<!doctype html><script>alert(1)</script>";
    let drawing =
        br#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    for file in [&page[..], drawing] {
        assert_eq!(read(file).unwrap_err(), Refusal::Text);
    }
    // With a picture's first bytes before it, it is a damaged picture.
    let disguised = [b"\x89PNG\r\n\x1A\n", &page[..]].concat();
    assert_eq!(read(&disguised).unwrap_err(), Refusal::Damaged);
    // Behind a picture it is read by nobody.
    let polyglot = [&file(halves(8, 8), ImageFormat::Png), &page[..]].concat();
    let shown = shown(read(&polyglot).unwrap());
    assert!(!shown[0].webp.windows(6).any(|window| window == b"script"));
}

#[test]
fn a_small_file_that_claims_to_be_huge_is_refused_unread() {
    let data = chunk(*b"IDAT", &packed_zeros(1 << 20));
    for (width, height) in
        [(100_000, 100_000), (MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (7_000, 6_000), (u32::MAX, u32::MAX)]
    {
        let refused = read(&png(width, height, std::slice::from_ref(&data))).unwrap_err();
        assert_eq!(refused, Refusal::TooManyPixels { width, height });
    }
    assert_eq!(read(&png(0, 1, &[data])).unwrap_err(), Refusal::Damaged);
    let mut jpeg = photo(16, 16, 1);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(read(&jpeg).unwrap_err(), Refusal::TooManyPixels { width: 65_535, height: 65_535 });
    let webp = b"RIFF\x1A\0\0\0WEBPVP8L\x0D\0\0\0\x2F\xFE\xBF\xFF\x07\0\0\0\0\0\0\0\0\0";
    assert_eq!(read(webp).unwrap_err(), Refusal::TooManyPixels { width: 16_383, height: 8_191 });
}

#[test]
fn what_unpacks_to_more_than_pixels_is_not_unpacked() {
    // A colour profile of 256 MB in 256 KB, in a picture of one pixel.
    let profile = [&b"bomb\0\0"[..], &packed_zeros(256 << 20)].concat();
    let pixel = chunk(*b"IDAT", &{
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&[0, 127]).unwrap();
        packer.finish().unwrap()
    });
    let text = chunk(*b"zTXt", &profile);
    let bomb = png(1, 1, &[chunk(*b"iCCP", &profile), text, pixel]);
    assert!(bomb.len() < 1 << 20);
    // The profile is passed over or the file refused: either way it is not unpacked.
    if let Ok(picture) = read(&bomb) {
        assert_eq!(shown(picture).len(), 1);
    }
    // More pixels than the header says: what is too much is never looked at, and the picture is not taken for it.
    let too_much = png(2, 2, &[chunk(*b"IDAT", &packed_zeros(64 << 20))]);
    if let Ok(picture) = read(&too_much) {
        assert_eq!((picture.width(), picture.height()), (2, 2));
    }
}

#[test]
fn a_file_has_at_most_15_megabytes() {
    let mut photo = photo(16, 16, 1);
    photo.resize(30 * 1024 * 1024, 0);
    let refused = read(&photo).unwrap_err();
    assert_eq!(refused, Refusal::TooManyBytes { bytes: 30 * 1024 * 1024 });
    photo.truncate(usize::try_from(MAX_BYTES).unwrap());
    assert!(read(&photo).is_ok());
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(halves(64, 64), format);
        assert!(read(&whole).is_ok(), "{format:?}");
        // The end of a PNG file says nothing of its pixels.
        let needed = if format == ImageFormat::Png { whole.len() - 20 } else { whole.len() };
        for length in [needed - 1, needed / 2, needed / 4, 30, 12, 8, 4] {
            let refused = read(&whole[..length]).unwrap_err();
            assert!(
                [Refusal::Damaged, Refusal::Unrecognised, Refusal::UnsupportedVariety].contains(&refused),
                "{format:?} of {length}: {refused}"
            );
        }
    }
}

#[test]
fn what_moves_is_refused() {
    assert_eq!(read(MOVING_PNG).unwrap_err(), Refusal::Animated);
    assert_eq!(read(MOVING_WEBP).unwrap_err(), Refusal::Animated);
    assert_eq!(read(b"GIF89a\x01\0\x01\0\0\0\0").unwrap_err(), Refusal::OtherFormat("GIF"));
}

#[test]
fn a_picture_is_turned_upright() {
    // How a camera's own left half, red, lies after the turn that its Exif data ask for.
    for (orientation, size, red_at, blue_at) in [
        (1, (60, 20), (0, 0), (59, 19)),
        (2, (60, 20), (59, 0), (0, 19)),
        (3, (60, 20), (59, 0), (0, 19)),
        (4, (60, 20), (0, 0), (59, 19)),
        (5, (20, 60), (0, 0), (19, 59)),
        (6, (20, 60), (0, 0), (19, 59)),
        (7, (20, 60), (0, 59), (19, 0)),
        (8, (20, 60), (0, 59), (19, 0)),
    ] {
        let picture = read(&photo(60, 20, orientation)).unwrap();
        assert_eq!((picture.width(), picture.height()), size, "{orientation}");
        let pixels = pixels(&shown(picture)[0]);
        assert!(red(&pixels, red_at.0, red_at.1), "{orientation}");
        assert!(!red(&pixels, blue_at.0, blue_at.1), "{orientation}");
    }
}

#[test]
fn where_a_photo_was_taken_is_not_kept() {
    let photo = photo(400, 300, 1);
    let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(holds(&photo, PLACE), "the test's photo says where it was taken");
    for rendition in shown(read(&photo).unwrap()) {
        for secret in [PLACE, b"EXIF", b"XMP ", b"ICCP"] {
            assert!(!holds(&rendition.webp, secret));
        }
    }
}

#[test]
fn colours_of_all_kinds_become_those_of_a_screen() {
    let sixteen = image::ImageBuffer::from_pixel(30, 20, Rgb([52_000_u16, 15_000, 8_000]));
    let grey = image::GrayImage::from_pixel(30, 20, image::Luma([128]));
    for (name, file, expected) in [
        ("16 bits", file(sixteen, ImageFormat::Png), [202, 58, 31]),
        ("grey", file(grey.clone(), ImageFormat::Jpeg), [128; 3]),
        ("grey", file(grey, ImageFormat::Png), [128; 3]),
        ("inks", CMYK.to_vec(), [200, 60, 30]),
        ("in passes", PROGRESSIVE.to_vec(), [200, 60, 30]),
    ] {
        let pixels = pixels(&shown(read(&file).unwrap())[0]);
        let Rgba([red, green, blue, alpha]) = *pixels.get_pixel(10, 10);
        for (found, expected) in [red, green, blue].into_iter().zip(expected) {
            assert!(found.abs_diff(expected) <= 12, "{name}: {:?}", pixels.get_pixel(10, 10));
        }
        assert_eq!(alpha, 255, "{name}");
    }
}

#[test]
fn a_profile_decides_what_the_numbers_mean() {
    let with_profile = |profile: Vec<u8>| {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile).unwrap();
        let green = RgbImage::from_pixel(30, 20, Rgb([60, 200, 60]));
        encoder.write_image(&green, 30, 20, image::ExtendedColorType::Rgb8).unwrap();
        *pixels(&shown(read(&bytes).unwrap())[0]).get_pixel(10, 10)
    };
    let wide = with_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap());
    assert!(wide.0[0] < 30, "a wide green is a green that a usual screen shows as strongest: {wide:?}");
    let unreadable = with_profile(b"no profile at all".to_vec());
    assert!(unreadable.0[0].abs_diff(60) <= 12, "{unreadable:?}");
}

#[test]
fn what_is_clear_stays_clear() {
    let spot = RgbaImage::from_fn(800, 800, |x, _| Rgba([200, 30, 30, if x < 400 { 0 } else { 255 }]));
    for rendition in shown(read(&file(spot, ImageFormat::Png)).unwrap()) {
        let pixels = pixels(&rendition);
        assert_eq!(pixels.get_pixel(2, 2).0[3], 0);
        assert_eq!(pixels.get_pixel(rendition.width - 2, 2).0[3], 255);
    }
}

#[test]
fn a_picture_may_be_one_pixel() {
    let renditions = shown(read(&file(RgbImage::new(1, 1), ImageFormat::Png)).unwrap());
    assert_eq!(renditions.iter().map(|r| (r.width, r.height)).collect::<Vec<_>>(), [(1, 1)]);
    // And as thin as it may be long.
    let line = shown(read(&file(RgbImage::new(MAX_SIDE, 1), ImageFormat::Png)).unwrap());
    assert_eq!(line.last().map(|r| (r.width, r.height)), Some((320, 1)));
}
