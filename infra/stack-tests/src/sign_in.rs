//! Signing in as the site does: by the user directory's variant of SRP (RFC 2945), which shows that somebody knows a
//! password and never sends it.

use std::collections::HashMap;

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::types::{AuthFlowType, AuthenticationResultType, ChallengeNameType};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Zoned;
use jiff::tz::TimeZone;
use num_bigint::BigUint;
use sha2::{Digest, Sha256};

/// The prime of the 3072-bit group of RFC 3526, which the directory uses with the generator 2.
const PRIME: &[u8] =
    b"FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD\
EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F\
83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510\
15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// What a sign-in gave.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// What the API takes.
    pub id: String,
    /// What the directory takes, and the API must not.
    pub access: String,
    /// What gives new tokens.
    pub refresh: String,
}

impl Tokens {
    fn read(result: &AuthenticationResultType) -> Self {
        let token = |token: Option<&str>| token.unwrap().to_owned();
        Self {
            id: token(result.id_token()),
            access: token(result.access_token()),
            refresh: token(result.refresh_token()),
        }
    }
}

/// Signs somebody in at the pool's client.
pub async fn sign_in(cognito: &Client, pool: &str, client: &str, email: &str, password: &str) -> Tokens {
    let prime = BigUint::parse_bytes(PRIME, 16).unwrap();
    let generator = BigUint::from(2_u8);
    let secret = BigUint::from_bytes_be(&rand::random::<[u8; 32]>());
    let ours = generator.modpow(&secret, &prime);
    let begun = cognito
        .initiate_auth()
        .client_id(client)
        .auth_flow(AuthFlowType::UserSrpAuth)
        .auth_parameters("USERNAME", email)
        .auth_parameters("SRP_A", format!("{ours:x}"))
        .send()
        .await
        .unwrap();
    let challenge = begun.challenge_parameters().unwrap();
    let number = |name: &str| BigUint::parse_bytes(challenge[name].as_bytes(), 16).unwrap();
    let (theirs, salt) = (number("SRP_B"), number("SALT"));
    let user = &challenge["USER_ID_FOR_SRP"];
    let pool = pool.split_once('_').unwrap().1;

    let multiplier = number_of(&[&padded(&prime), &padded(&generator)]);
    let scrambler = number_of(&[&padded(&ours), &padded(&theirs)]);
    let password = number_of(&[&padded(&salt), &Sha256::digest(format!("{pool}{user}:{password}"))]);
    let verifier = generator.modpow(&password, &prime) * multiplier % &prime;
    let shared = ((theirs + &prime) - verifier).modpow(&(secret + &scrambler * password), &prime);
    let key = mac(&mac(&padded(&scrambler), &[&padded(&shared)]), &[b"Caldera Derived Key\x01"]);

    let block = &challenge["SECRET_BLOCK"];
    let now = Zoned::now().with_time_zone(TimeZone::UTC).strftime("%a %b %-d %H:%M:%S UTC %Y").to_string();
    let block_bytes = STANDARD.decode(block).unwrap();
    let claim = mac(&key[..16], &[pool.as_bytes(), user.as_bytes(), &block_bytes, now.as_bytes()]);
    let responses = HashMap::from([
        ("USERNAME", user.clone()),
        ("PASSWORD_CLAIM_SECRET_BLOCK", block.clone()),
        ("PASSWORD_CLAIM_SIGNATURE", STANDARD.encode(claim)),
        ("TIMESTAMP", now),
    ]);
    let responses = responses.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let answer = cognito
        .respond_to_auth_challenge()
        .client_id(client)
        .challenge_name(ChallengeNameType::PasswordVerifier)
        .set_challenge_responses(Some(responses))
        .send()
        .await
        .unwrap();
    Tokens::read(answer.authentication_result().expect("no further challenge"))
}

/// A number's bytes, with a zero before them where they would look negative.
fn padded(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes[0] >= 0x80 {
        bytes.insert(0, 0);
    }
    bytes
}

fn number_of(parts: &[&[u8]]) -> BigUint {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    BigUint::from_bytes_be(&hash.finalize())
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}
