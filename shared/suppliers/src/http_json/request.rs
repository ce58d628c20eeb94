//! A request made from a document of ours.

use reqwest::{
    Request,
    header::{HeaderMap, HeaderValue},
};
use serde_json::Value;

use super::{
    Misfit,
    config::{HttpJsonConfig, Method, RequestConfig},
};
use crate::{HttpClient, recorder};

/// Makes a request from a document.
pub(super) fn prepare(
    http: &HttpClient,
    config: &HttpJsonConfig,
    request: &RequestConfig,
    document: &Value,
) -> Result<Request, Misfit> {
    let mut url =
        config.base_url.join(&request.path, document).map_err(|reason| ("path".to_owned(), reason))?;
    for (name, value) in &request.query {
        let value = value.render(document).map_err(|reason| (format!("query.{name}"), reason))?;
        url.query_pairs_mut().append_pair(name, &value);
    }
    let mut headers = HeaderMap::new();
    for (name, value) in config.headers.iter().chain(request.headers.iter()) {
        let misfit = |reason| (format!("headers.{name}"), reason);
        let text = value.render(document).map_err(misfit)?;
        let mut value = HeaderValue::from_str(&text).map_err(|error| misfit(error.to_string()))?;
        value.set_sensitive(recorder::is_private(name.as_str()));
        headers.insert(name.clone(), value);
    }
    let mut builder = http.request(method(request.method), url).timeout(config.timeout_ms.0);
    if let Some(body) = &request.body {
        let body = body.search(document).map_err(|reason| ("body".to_owned(), reason))?;
        builder = builder.json(&body);
    }
    // The address and the headers are fine by now, so only the body can fail.
    builder.headers(headers).build().map_err(|error| ("body".to_owned(), error.to_string()))
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}
