//! How a supplier signs what it tells of its own accord, as those who edit it see it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use suppliers::webhook::Scheme;
use utoipa::ToSchema;

/// How a supplier signs what it tells of its own accord.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WebhookScheme)]
pub enum WebhookDto {
    /// As standardwebhooks.com says.
    StandardWebhooks {},
    /// A keyed hash of the body in a header.
    Hmac {
        /// The header's name.
        #[schema(example = "X-Signature")]
        header: String,
        /// The hash.
        algorithm: WebhookAlgorithm,
        /// How it is written.
        encoding: WebhookEncoding,
        /// What stands before it.
        #[serde(default)]
        #[schema(example = "sha256=")]
        prefix: String,
        /// The header with the time that is signed with the body, in seconds; null where there is none.
        // By hand: the document's generator does not know `rename_all_fields`.
        #[serde(default, rename = "timestampHeader")]
        timestamp_header: Option<String>,
    },
}

/// The hash of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum WebhookAlgorithm {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How a signature is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum WebhookEncoding {
    /// In hexadecimal digits.
    Hex,
    /// In base 64.
    Base64,
}

impl WebhookDto {
    /// The scheme as it is stored, if calls can be checked by it.
    pub(crate) fn stored(&self) -> Result<Value, String> {
        let value = serde_json::to_value(self).map_err(|error| error.to_string())?;
        let scheme: Scheme = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
        scheme.check().map_err(|error| error.to_string())?;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use utoipa::PartialSchema;

    use super::*;

    fn stored(scheme: &Value) -> Option<Value> {
        serde_json::from_value::<WebhookDto>(scheme.clone()).ok()?.stored().ok()
    }

    #[test]
    fn a_scheme_is_stored_as_it_is_read_again() {
        let hmac = json!({
            "kind": "hmac", "header": "X-Signature", "algorithm": "sha512", "encoding": "base64",
            "prefix": "v1=", "timestampHeader": "X-Time",
        });
        for scheme in [json!({ "kind": "standardWebhooks" }), hmac] {
            let stored = stored(&scheme).unwrap();
            assert_eq!(stored, scheme);
            assert!(serde_json::from_value::<WebhookDto>(stored).is_ok());
        }
    }

    #[test]
    fn the_document_names_the_fields_as_they_are_read() {
        let document = serde_json::to_string(&WebhookDto::schema()).unwrap();
        assert!(
            document.contains(r#""timestampHeader""#) && !document.contains("timestamp_header"),
            "{document}"
        );
    }

    #[test]
    fn a_scheme_that_cannot_work_is_refused() {
        for bad in [
            json!({ "kind": "trust" }),
            json!({ "kind": "standardWebhooks", "header": "X" }),
            json!({ "kind": "hmac", "header": "no header", "algorithm": "sha256", "encoding": "hex" }),
            json!({ "kind": "hmac", "header": "X-Signature", "algorithm": "md5", "encoding": "hex" }),
        ] {
            assert_eq!(stored(&bad), None, "{bad}");
        }
    }
}
