//! Addresses.

use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;

use super::expression::Template;

/// What all paths of a supplier are appended to.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Checks an address: no user, query or fragment. Whether it may be called is for [`crate::Egress`] to say.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("is no URL: {error}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err("must begin with https://".into());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not contain a user or a password".into());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("must not contain a query or a fragment".into());
        }
        Ok(Self(url))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address.
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// This address and a path, filled from a document.
    pub(super) fn join(&self, path: &PathTemplate, document: &Value) -> Result<Url, String> {
        let segments: Vec<String> =
            path.0.iter().map(|segment| segment.render(document)).collect::<Result<_, _>>()?;
        // URL parsers resolve such segments, so that an id could lead the request elsewhere.
        if let Some(bad) = segments.iter().find(|segment| matches!(segment.as_str(), "" | "." | "..")) {
            return Err(format!("`{bad}` cannot be a part of a path"));
        }
        let mut url = self.0.clone();
        match url.path_segments_mut() {
            Ok(mut all) => all.pop_if_empty().extend(segments),
            Err(()) => return Err("the base URL has no path".into()),
        };
        Ok(url)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

/// A path with holes, such as `/orders/{id}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct PathTemplate(Vec<Template>);

impl PathTemplate {
    /// Parses a path. Query parameters have a field of their own.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some(segments) = text.strip_prefix('/') else {
            return Err("must begin with `/`".into());
        };
        if text.contains(['?', '#']) {
            return Err("must not contain `?` or `#`; parameters belong to `query`".into());
        }
        if segments.is_empty() {
            return Ok(Self(Vec::new()));
        }
        segments.split('/').map(Template::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<String> for PathTemplate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_is_an_address_and_nothing_more() {
        for good in ["https://supplier.example/api/v1", "http://127.0.0.1:4590/north"] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        for (bad, reason) in [
            ("supplier.example", "is no URL"),
            ("https://localhost@supplier.example", "a user or a password"),
            ("ftp://127.0.0.1", "must begin with https://"),
            ("https://user:secret@supplier.example", "a user or a password"),
            ("https://supplier.example/?a=b", "a query or a fragment"),
            ("https://supplier.example/#a", "a query or a fragment"),
        ] {
            let error = BaseUrl::parse(bad).unwrap_err();
            assert!(error.contains(reason), "{bad}: {error}");
        }
    }

    fn join(base: &str, path: &str, id: &str) -> Result<String, String> {
        let path = PathTemplate::parse(path)?;
        BaseUrl::parse(base)?.join(&path, &json!({ "id": id })).map(String::from)
    }

    #[test]
    fn what_fills_a_hole_stays_in_its_segment() {
        for (base, path, id, url) in [
            ("https://s.example", "/orders/{id}/cancel", "a1", "https://s.example/orders/a1/cancel"),
            (
                "https://s.example/v1/",
                "/orders/{id}",
                "a/../b?c#d",
                "https://s.example/v1/orders/a%2F..%2Fb%3Fc%23d",
            ),
            ("https://s.example/v1", "/", "", "https://s.example/v1"),
        ] {
            assert_eq!(join(base, path, id).as_deref(), Ok(url));
        }
        for id in ["", ".", ".."] {
            assert!(join("https://s.example", "/orders/{id}", id).is_err(), "{id}");
        }
        for path in ["orders", "/orders?id={id}", "/a//b"] {
            assert!(join("https://s.example", path, "a").is_err(), "{path}");
        }
    }
}
