use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const ISSUER: &str = "https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_Abc";
const CLIENT: &str = "client-1";
const SUB: &str = "11111111-2222-4333-8444-555555555555";

fn pair() -> RsaKeyPair {
    RsaKeyPair::from_pkcs8(include_bytes!("../fixtures/test-key.p8")).unwrap()
}

/// What the directory gives for its keys.
fn keys() -> Value {
    let key = PublicKeyComponents::<Vec<u8>>::from(pair().public());
    let (n, e) = (URL_SAFE_NO_PAD.encode(key.n), URL_SAFE_NO_PAD.encode(key.e));
    json!({ "keys": [{ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "key-1", "n": n, "e": e }] })
}

fn signed(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(header), part(claims));
    let pair = pair();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn header() -> Value {
    json!({ "kid": "key-1", "alg": "RS256" })
}

/// The claims of a good token, and what is to be different about them.
fn claims(different: &Value) -> Value {
    let exp = Timestamp::now().as_second() + 900;
    let mut claims = json!({ "sub": SUB, "iss": ISSUER, "aud": CLIENT, "token_use": "id", "exp": exp });
    for (name, value) in different.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// A directory that may be asked for its keys so many times.
async fn directory(asked: u64) -> (MockServer, Directory) {
    let server = MockServer::start().await;
    let keys = ResponseTemplate::new(200).set_body_json(keys());
    Mock::given(method("GET")).and(path("/keys")).respond_with(keys).expect(asked).mount(&server).await;
    let directory = Directory::new(ISSUER, CLIENT, format!("{}/keys", server.uri()));
    (server, directory)
}

#[tokio::test]
async fn a_good_token_says_whose_it_is_and_the_keys_are_asked_for_once() {
    let (_server, directory) = directory(1).await;
    let groups = json!({ "cognito:groups": ["operator", "others"] });
    let staff = directory.bearer(&signed(&header(), &claims(&groups))).await.unwrap();
    assert_eq!((staff.id.to_string().as_str(), staff.is_staff()), (SUB, true));
    assert_eq!(staff.groups, BTreeSet::from([Group::Operator]));
    assert!(staff.until > Timestamp::now());
    let customer = directory.bearer(&signed(&header(), &claims(&json!({})))).await.unwrap();
    assert!(!customer.is_staff());
}

#[tokio::test]
async fn no_other_token_is_taken() {
    let (_server, directory) = directory(1).await;
    let good = signed(&header(), &claims(&json!({})));
    let (rest, signature) = good.rsplit_once('.').unwrap();
    let (head, _) = rest.split_once('.').unwrap();
    let other = URL_SAFE_NO_PAD.encode(claims(&json!({ "cognito:groups": ["admin"] })).to_string());
    let of = |different: Value| signed(&header(), &claims(&different));
    let unsigned = json!({ "kid": "key-1", "alg": "none" });
    let symmetric = json!({ "kid": "key-1", "alg": "HS256" });
    for (what, token) in [
        ("no token", "abc".to_owned()),
        ("changed claims", format!("{head}.{other}.{signature}")),
        ("no signature", format!("{rest}.")),
        ("an algorithm that is none", signed(&unsigned, &claims(&json!({})))),
        ("another algorithm", signed(&symmetric, &claims(&json!({})))),
        ("no key", signed(&json!({ "alg": "RS256" }), &claims(&json!({})))),
        ("another's key", signed(&json!({ "kid": "key-2", "alg": "RS256" }), &claims(&json!({})))),
        ("another issuer", of(json!({ "iss": format!("{ISSUER}x") }))),
        ("another client", of(json!({ "aud": "client-2" }))),
        ("no client", of(json!({ "aud": null }))),
        ("an access token", of(json!({ "token_use": "access" }))),
        ("nobody", of(json!({ "sub": "nobody" }))),
    ] {
        let error = directory.bearer(&token).await.unwrap_err();
        assert!(matches!(error, TokenError::Bad(_)), "{what}: {error}");
    }
    let expired = of(json!({ "exp": Timestamp::now().as_second() - 1 }));
    assert!(matches!(directory.bearer(&expired).await, Err(TokenError::Expired)));
}

#[tokio::test]
async fn without_the_keys_nothing_is_said_of_a_token() {
    let server = MockServer::start().await;
    let directory = Directory::new(ISSUER, CLIENT, format!("{}/keys", server.uri()));
    let token = signed(&header(), &claims(&json!({})));
    let error = directory.bearer(&token).await.unwrap_err();
    assert!(matches!(error, TokenError::Unavailable(_)), "{error}");
}

#[test]
fn keys_that_are_made_up_do_not_make_the_directory_be_asked_all_the_time() {
    let now = Instant::now();
    assert!(may_ask(None, now));
    assert!(!may_ask(Some(now), now + KEYS_PAUSE.saturating_sub(Duration::from_millis(1))));
    assert!(may_ask(Some(now), now + KEYS_PAUSE));
}
