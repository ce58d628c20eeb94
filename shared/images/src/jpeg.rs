//! Whether a JPEG file is all there. A decoder paints what is missing grey and does not say so.

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;

/// Whether the file's segments follow each other up to the mark that ends the picture.
pub fn is_complete(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some((marker, behind)) = next_marker(bytes, at) {
        at = match marker {
            END_OF_IMAGE => return true,
            // Marks without a body: restarts, and one that has no meaning.
            0x01 | 0xD0..=0xD8 => behind,
            _ => {
                let Some([high, low]) = bytes.get(behind..behind + 2) else { return false };
                let end = behind + usize::from(u16::from_be_bytes([*high, *low]));
                if marker == START_OF_SCAN { scan_end(bytes, end) } else { end }
            }
        };
    }
    false
}

/// The next mark, and where what follows it begins. Marks may be preceded by any number of fill bytes.
fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(at..)?;
    let start = rest.iter().position(|byte| *byte == 0xFF)?;
    let behind = rest.get(start..)?.iter().position(|byte| *byte != 0xFF)?;
    let marker = *rest.get(start + behind)?;
    Some((marker, at + start + behind + 1))
}

/// Where a scan's data ends: at a mark that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(pair) = bytes.get(at..at + 2) {
        if matches!(pair, [0xFF, second] if !matches!(second, 0x00 | 0xD0..=0xD7 | 0xFF)) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A segment that holds a whole other picture, as cameras store a thumbnail; a scan with a stuffed byte, a restart
    /// and a fill byte; the end.
    const PICTURE: &[u8] =
        b"\xFF\xD8\xFF\xE1\x00\x06\xFF\xD8\xFF\xD9\xFF\xFF\xDA\x00\x03\x01\x12\xFF\x00\x34\xFF\xD0\x56\xFF\xFF\xD9";

    #[test]
    fn a_file_is_complete_up_to_its_last_byte_and_no_sooner() {
        assert!(is_complete(PICTURE));
        for length in 0..PICTURE.len() {
            assert!(!is_complete(&PICTURE[..length]), "{length}");
        }
        assert!(is_complete(&[PICTURE, b"more"].concat()), "what follows the end is of no matter");
    }
}
