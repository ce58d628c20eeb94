//! HMAC signatures, as suppliers check ours and we check theirs.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Sha256, Sha512};

/// The hash of an HMAC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Algorithm {
    #[default]
    Sha256,
    Sha512,
}

/// How the bytes of a signature are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Encoding {
    /// Hexadecimal; written in lower case, read in any.
    #[default]
    Hex,
    /// Base64 with padding.
    Base64,
}

impl Algorithm {
    /// The signature of the parts, one after the other; nothing for a key that cannot sign.
    pub(crate) fn sign(self, key: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
        match self {
            Self::Sha256 => Some(mac::<Hmac<Sha256>>(key, parts)?.finalize().into_bytes().to_vec()),
            Self::Sha512 => Some(mac::<Hmac<Sha512>>(key, parts)?.finalize().into_bytes().to_vec()),
        }
    }

    /// Whether `signature` is that of the parts, in a time that does not depend on how near it is.
    pub(crate) fn is_signature(self, key: &[u8], parts: &[&[u8]], signature: &[u8]) -> bool {
        match self {
            Self::Sha256 => {
                mac::<Hmac<Sha256>>(key, parts).is_some_and(|mac| mac.verify_slice(signature).is_ok())
            }
            Self::Sha512 => {
                mac::<Hmac<Sha512>>(key, parts).is_some_and(|mac| mac.verify_slice(signature).is_ok())
            }
        }
    }
}

impl Encoding {
    pub(crate) fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => hex::encode(bytes),
            Self::Base64 => STANDARD.encode(bytes),
        }
    }

    pub(crate) fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hex => hex::decode(text).ok(),
            Self::Base64 => STANDARD.decode(text).ok(),
        }
    }
}

fn mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Option<M> {
    if key.is_empty() {
        // It would sign, and everybody could.
        return None;
    }
    let mut mac = <M as KeyInit>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_standard() {
        // RFC 4231, test cases 2 and 6: a short key, and one that is longer than a block.
        let short = (&b"Jefe"[..], &b"what do ya want for nothing?"[..]);
        let long = (&[0xaa; 131][..], &b"Test Using Larger Than Block-Size Key - Hash Key First"[..]);
        for (algorithm, (key, text), signature) in [
            (Algorithm::Sha256, short, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (Algorithm::Sha256, long, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
            (
                Algorithm::Sha512,
                short,
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd\
                 caeab1a34d4a6b4b636e070a38bce737",
            ),
        ] {
            let (head, tail) = text.split_at(5);
            let signed = algorithm.sign(key, &[head, tail]).unwrap();
            assert_eq!(Encoding::Hex.encode(&signed), signature);
            assert!(algorithm.is_signature(key, &[text], &signed));
            assert!(!algorithm.is_signature(key, &[head], &signed));
            assert!(!algorithm.is_signature(b"other", &[text], &signed));
            assert!(!algorithm.is_signature(key, &[text], &signed[1..]));
        }
        assert_eq!(Algorithm::Sha256.sign(b"", &[b"text"]), None);
        assert!(!Algorithm::Sha256.is_signature(b"", &[b"text"], &[]));
    }

    #[test]
    fn encodings_are_read_as_they_are_written() {
        for (encoding, text) in [(Encoding::Hex, "00ff10"), (Encoding::Base64, "AP8Q")] {
            assert_eq!(encoding.encode(&[0, 255, 16]), text);
            assert_eq!(encoding.decode(text), Some(vec![0, 255, 16]));
            assert_eq!(encoding.decode("!"), None);
        }
        assert_eq!(Encoding::Hex.decode("00FF10"), Some(vec![0, 255, 16]));
    }
}
