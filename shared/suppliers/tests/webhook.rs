//! Calls from suppliers are believed only if they are theirs, and fresh.
#![allow(clippy::unwrap_used)]

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use suppliers::{
    Secret,
    webhook::{
        Algorithm, Encoding, MAX_ID_LENGTH, MAX_SIGNATURES, Scheme, TOLERANCE, WebhookError, sign, verify,
    },
};

const BODY: &[u8] = br#"{"test": 2432232314}"#;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn hmac(timestamp: bool) -> Scheme {
    Scheme::Hmac {
        header: "X-Signature".into(),
        algorithm: Algorithm::Sha512,
        encoding: Encoding::Hex,
        prefix: "sha512=".into(),
        timestamp_header: timestamp.then(|| "X-Time".into()),
    }
}

/// Each scheme with a secret for it.
fn schemes() -> [(Scheme, Secret); 3] {
    let standard = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let plain = Secret::new("s3cret");
    [(Scheme::StandardWebhooks, standard), (hmac(true), plain.clone()), (hmac(false), plain)]
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
}

#[test]
fn the_example_of_the_standard_is_believed() {
    let mut headers = HeaderMap::new();
    set(&mut headers, "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek");
    set(&mut headers, "webhook-timestamp", "1614265330");
    set(&mut headers, "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    let now = Timestamp::from_second(1_614_265_330).unwrap();
    for secret in ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
        let id = verify(&Scheme::StandardWebhooks, &Secret::new(secret), &headers, BODY, now).unwrap();
        assert_eq!(id.as_str(), "msg_p5jXN8AQM9LWM0D4loKWxJek");
    }
}

#[test]
fn a_plain_hmac_is_believed() {
    // Signatures that openssl dgst -sha256 -hmac s3cret makes: of the body, and of "1795341600." and the body.
    let of_body = "sha256=17db78689dcba1572d42dfdc8a61b169b291c1ea3ee9c169d78d9fe57c2bc55d";
    let with_time = "T0huIsJCHtX+AQ5Xh2BWOWJWiXk1LvAb1nb/cLlsD2Q=";
    for (scheme, signature) in [
        (r#"{"kind": "hmac", "header": "X-Sig", "prefix": "sha256="}"#, of_body),
        (
            r#"{"kind": "hmac", "header": "X-Sig", "encoding": "base64", "timestampHeader": "X-Time"}"#,
            with_time,
        ),
    ] {
        let scheme: Scheme = serde_json::from_str(scheme).unwrap();
        let mut headers = HeaderMap::new();
        set(&mut headers, "x-time", "1795341600");
        set(&mut headers, "x-sig", signature);
        verify(&scheme, &Secret::new("s3cret"), &headers, BODY, now()).unwrap();
    }
}

#[test]
fn what_is_signed_is_believed_while_it_is_fresh() {
    for (scheme, secret) in schemes() {
        let headers = sign(&scheme, &secret, "msg_1", BODY, now()).unwrap();
        let id = verify(&scheme, &secret, &headers, BODY, now()).unwrap();
        assert_eq!(verify(&scheme, &secret, &headers, BODY, now()), Ok(id.clone()));
        for (later, fresh) in [
            (TOLERANCE, true),
            (-TOLERANCE, true),
            (TOLERANCE + SignedDuration::from_secs(1), false),
            (-TOLERANCE - SignedDuration::from_secs(1), false),
        ] {
            let verified = verify(&scheme, &secret, &headers, BODY, now() + later);
            // Without a time in the message nobody can tell how old it is; that is what its name is kept for.
            let wanted =
                if fresh || scheme == hmac(false) { Ok(id.clone()) } else { Err(WebhookError::Stale) };
            assert_eq!(verified, wanted, "{scheme:?} {later}");
        }
        assert!(id.as_str().len() <= MAX_ID_LENGTH);
    }
}

#[test]
fn what_was_changed_is_not_believed() {
    for (scheme, secret) in schemes() {
        let signed = sign(&scheme, &secret, "msg_1", BODY, now()).unwrap();
        let other = Secret::new("whsec_AAAA");
        assert_eq!(verify(&scheme, &secret, &signed, b"{}", now()), Err(WebhookError::Signature));
        assert_eq!(verify(&scheme, &other, &signed, BODY, now()), Err(WebhookError::Signature));
        let later = (now() + SignedDuration::from_secs(1)).as_second().to_string();
        for (name, value) in [
            ("webhook-id", "msg_2"),
            ("webhook-timestamp", later.as_str()),
            ("x-time", later.as_str()),
            ("webhook-signature", "v1,"),
            ("webhook-signature", ""),
            ("x-signature", "sha512="),
            ("x-signature", "sha512=00"),
            ("x-signature", ""),
        ] {
            let mut headers = signed.clone();
            if !headers.contains_key(name) {
                continue;
            }
            set(&mut headers, name, value);
            let verified = verify(&scheme, &secret, &headers, BODY, now());
            assert_eq!(verified, Err(WebhookError::Signature), "{name}: {value}");
            headers.remove(name);
            let verified = verify(&scheme, &secret, &headers, BODY, now());
            assert!(
                matches!(&verified, Err(WebhookError::Missing(missing)) if missing.eq_ignore_ascii_case(name))
            );
        }
    }
}

#[test]
fn the_name_of_a_message_is_signed_or_made_of_what_is() {
    let (scheme, secret) = (hmac(false), Secret::new("s3cret"));
    let mut headers = sign(&scheme, &secret, "msg_1", BODY, now()).unwrap();
    let id = verify(&scheme, &secret, &headers, BODY, now()).unwrap();
    set(&mut headers, "webhook-id", "msg_2");
    assert_eq!(verify(&scheme, &secret, &headers, BODY, now()), Ok(id.clone()));
    let another = sign(&scheme, &secret, "msg_1", b"{}", now()).unwrap();
    assert_ne!(verify(&scheme, &secret, &another, b"{}", now()), Ok(id));

    let (scheme, secret) = (Scheme::StandardWebhooks, Secret::new("whsec_AAAA"));
    let longest = "i".repeat(MAX_ID_LENGTH);
    for (id, kept) in
        [("msg_1.a-b", true), (&longest, true), (&format!("{longest}i"), false), ("a/b#c", false)]
    {
        let headers = sign(&scheme, &secret, id, BODY, now()).unwrap();
        let verified = verify(&scheme, &secret, &headers, BODY, now()).unwrap();
        assert_eq!(verified.as_str() == id, kept, "{id}");
        assert!(verified.as_str().len() <= MAX_ID_LENGTH);
    }
}

#[test]
fn during_a_rotation_one_of_several_signatures_is_enough() {
    let (scheme, secret) = (Scheme::StandardWebhooks, Secret::new("whsec_AAAA"));
    let mut headers = sign(&scheme, &secret, "msg_1", BODY, now()).unwrap();
    let ours = headers["webhook-signature"].to_str().unwrap().to_owned();
    for (others, believed) in [(1, true), (MAX_SIGNATURES - 1, true), (MAX_SIGNATURES, false)] {
        let all = format!("{}{ours}", "v1a,AAAA ".repeat(others));
        set(&mut headers, "webhook-signature", &all);
        assert_eq!(verify(&scheme, &secret, &headers, BODY, now()).is_ok(), believed, "{others}");
    }
}

#[test]
fn what_cannot_work_says_why() {
    let mut headers = sign(&hmac(true), &Secret::new("s3cret"), "", BODY, now()).unwrap();
    set(&mut headers, "x-time", "soon");
    let verified = verify(&hmac(true), &Secret::new("s3cret"), &headers, BODY, now());
    assert_eq!(verified, Err(WebhookError::Time("X-Time".into())));
    for bad in ["not base64!", "whsec_", ""] {
        let signed = sign(&Scheme::StandardWebhooks, &Secret::new(bad), "msg_1", BODY, now());
        assert_eq!(signed, Err(WebhookError::Secret), "{bad}");
    }
    // An empty key would be everybody's.
    let empty = sign(&hmac(false), &Secret::new(""), "msg_1", BODY, now());
    assert_eq!(empty, Err(WebhookError::Signature));
    let nameless: Scheme = serde_json::from_str(r#"{"kind": "hmac", "header": "bad name"}"#).unwrap();
    assert_eq!(nameless.check().unwrap_err().to_string(), "`bad name` is no header name");
    assert_eq!(hmac(true).check(), Ok(()));
}

proptest! {
    #[test]
    fn only_the_signed_body_is_believed(body: Vec<u8>, other: Vec<u8>, key in "[a-zA-Z0-9]{1,40}") {
        let secret = Secret::new(key);
        for scheme in [hmac(true), hmac(false)] {
            let headers = sign(&scheme, &secret, "msg_1", &body, now()).unwrap();
            prop_assert!(verify(&scheme, &secret, &headers, &body, now()).is_ok());
            prop_assert_eq!(verify(&scheme, &secret, &headers, &other, now()).is_ok(), body == other);
        }
    }
}
