//! What a file claims to be, by its first bytes.

use crate::refusal::Refusal;

/// How far into a file to look for the beginning of a text.
const HEAD: usize = 512;

/// A form of picture that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// ISO/IEC 10918.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
    /// RFC 9649.
    WebP,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::WebP];

    /// The form's media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    /// The form with this media type.
    #[must_use]
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.media_type() == media_type)
    }

    /// The form that a file's first bytes claim.
    pub fn of_content(bytes: &[u8]) -> Result<Self, Refusal> {
        match bytes {
            [] => Err(Refusal::Empty),
            [0xFF, 0xD8, 0xFF, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Self::WebP),
            other => Err(other_format(other)),
        }
    }
}

/// Names what is not taken, where it is something that an editor may have meant for a picture.
fn other_format(bytes: &[u8]) -> Refusal {
    match bytes {
        [b'G', b'I', b'F', b'8', ..] => Refusal::OtherFormat("GIF"),
        [b'B', b'M', ..] => Refusal::OtherFormat("BMP"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Refusal::OtherFormat("TIFF or raw camera"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => Refusal::OtherFormat("AVIF"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => Refusal::OtherFormat("HEIC"),
        [b'8', b'B', b'P', b'S', ..] => Refusal::OtherFormat("Photoshop"),
        [b'%', b'P', b'D', b'F', ..] => Refusal::OtherFormat("PDF"),
        text if is_markup(text) => Refusal::Text,
        _ => Refusal::Unrecognised,
    }
}

fn is_markup(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    head.iter().take(HEAD).find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_say_what_a_file_is() {
        for (bytes, format) in [
            (&b"\xFF\xD8\xFF\xE0"[..], Ok(Format::Jpeg)),
            (b"\x89PNG\r\n\x1A\n", Ok(Format::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Ok(Format::WebP)),
            (b"", Err(Refusal::Empty)),
            (b"\x89PNG", Err(Refusal::Unrecognised)),
            (b"RIFF\0\0\0\0WAVE", Err(Refusal::Unrecognised)),
            (b"\xEF\xBB\xBF \n<!doctype html>", Err(Refusal::Text)),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", Err(Refusal::Text)),
            (b"GIF89a", Err(Refusal::OtherFormat("GIF"))),
            (b"\0\0\0\x18ftypheic", Err(Refusal::OtherFormat("HEIC"))),
            (b"\0\0\0\x18ftypavif", Err(Refusal::OtherFormat("AVIF"))),
            (b"MZ\x90\0", Err(Refusal::Unrecognised)),
        ] {
            assert_eq!(Format::of_content(bytes), format, "{bytes:?}");
        }
    }

    #[test]
    fn media_types_read_back() {
        for format in Format::ALL {
            assert_eq!(Format::of_media_type(format.media_type()), Some(format));
        }
        for other in ["image/svg+xml", "image/gif", "text/html", "image/PNG", ""] {
            assert_eq!(Format::of_media_type(other), None, "{other}");
        }
    }
}
