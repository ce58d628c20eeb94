//! Tracking numbers that look real.

/// A number in the form of the postal unions' S10 standard, with its check digit, made from the order's id, so that
/// every read gives the same one.
pub fn tracking_number(id: &str) -> String {
    let step = |hash: u64, byte| (hash * 31 + u64::from(byte)) % 100_000_000;
    let serial = format!("{:08}", id.bytes().fold(0, step));
    let check = check_digit(&serial);
    format!("NG{serial}{check}GB")
}

fn check_digit(serial: &str) -> u64 {
    const WEIGHTS: [u64; 8] = [8, 6, 4, 2, 3, 5, 9, 7];
    let weighted = |(digit, weight): (u8, u64)| u64::from(digit - b'0') * weight;
    let sum: u64 = serial.bytes().zip(WEIGHTS).map(weighted).sum();
    match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => digit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_numbers_have_the_postal_form() {
        let number = tracking_number("so_01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assert_eq!(number.len(), 13);
        assert!(number.starts_with("NG") && number.ends_with("GB"));
        assert!(number[2..11].bytes().all(|byte| byte.is_ascii_digit()), "{number}");
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        assert_eq!(check_digit("47312482"), 9);
    }
}
