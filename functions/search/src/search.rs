//! `GET /api/search`: finds products by words and filters.

use std::time::Instant;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Problem, cached};

use crate::SEARCH_SECONDS;
use crate::dto::SearchPage;
use crate::finder::{Finder, Loaded};
use crate::parameters;

/// Which index the answer is from, or `none` where none was built yet.
const INDEX: HeaderName = HeaderName::from_static("x-search-index");

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Finder> {
    OpenApiRouter::new().routes(routes!(search))
}

#[utoipa::path(
    get,
    path = "/api/search",
    tag = "catalogue",
    description = "All words should match; where nothing has all, misspelt words and then missing ones are forgiven. The \
        last word may be the beginning of one, unless a space follows. Without words, everything. Changes of the catalogue \
        can be found within a minute.",
    params(
        ("q" = Option<String>, Query, description = "What was typed: words, or a stock code; at most 200 characters",
            example = "claw hammer"),
        ("category" = Option<Vec<String>>, Query, description = "Slugs of categories, which include those below them; \
            repeated or with commas between, at most 20"),
        ("brand" = Option<Vec<String>>, Query, description = "Slugs of brands; repeated or with commas between, at most 20"),
        ("minPrice" = Option<i64>, Query, description = "The least price, in minor units"),
        ("maxPrice" = Option<i64>, Query, description = "The highest price, in minor units"),
        ("minRating" = Option<u8>, Query, minimum = 1, maximum = 5, description = "The least average rating"),
        ("inStock" = Option<bool>, Query, description = "Whether it can be bought now"),
        ("sort" = Option<String>, Query, description = "`relevance` (where it is absent), `price`, `-price`, `newest`, \
            `rating` or `title`"),
        ("cursor" = Option<String>, Query, description = "The `nextCursor` of the page before; one can page through 5,000 \
            products"),
        ("limit" = Option<i32>, Query, minimum = 1, maximum = 100, description = "How many products: 1 to 100, 24 where \
            it is absent"),
    ),
    responses(
        (status = 200, description = "A page, in order, and what filters would leave. `X-Search-Index` says which index \
            the answer is from; `none` where none was built yet, and then the page is empty", body = SearchPage),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn search(
    State(finder): State<Finder>,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(pairs) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let request = parameters::parse(pairs)?;
    let current = finder.current().await;
    answer(current.as_deref(), &request)
}

fn answer(loaded: Option<&Loaded>, request: &::search::Request) -> Result<Response, Problem> {
    let Some(Loaded { index, pointer, .. }) = loaded else {
        tracing::warn!("there is no index yet");
        let mut response = Json(SearchPage::default()).into_response();
        response.headers_mut().insert(INDEX, HeaderValue::from_static("none"));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return Ok(response);
    };
    let begun = Instant::now();
    let page = SearchPage::of(index.search(request).map_err(Problem::internal)?)?;
    let micros = begun.elapsed().as_micros();
    tracing::info!(query_micros = micros, characters = request.query.len(), version = %pointer.version, "searched");
    let mut response = cached(SEARCH_SECONDS, Json(page));
    if let Ok(version) = HeaderValue::from_str(&pointer.version.to_string()) {
        response.headers_mut().insert(INDEX, version);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_first_index_nothing_is_found_and_nothing_is_kept() {
        let response = answer(None, &::search::Request::default()).unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[INDEX], "none");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}
