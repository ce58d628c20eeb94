//! `PUT /api/console/synonyms`: says which words mean the same.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::synonyms::SynonymError;
use domain::{Group, Synonyms};
use serde::Deserialize;
use store::Database;
use store::search::SynonymsWriteError;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, IfMatch, Person, Problem, guarded, tagged};

use crate::actor;
use crate::synonyms::SynonymsDto;

/// The words that shall mean the same.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SynonymsInput {
    /// Groups of terms of which each finds what the others find: at most 500 of 2 to 12 terms, each of at most 5 words.
    #[schema(example = json!([["spanner", "wrench"]]))]
    groups: Vec<Vec<String>>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(put_synonyms)))
}

#[utoipa::path(
    put,
    path = "/api/console/synonyms",
    tag = "console: catalogue",
    params(("If-Match" = String, Header, description = "The `ETag` of what was read")),
    request_body = SynonymsInput,
    responses(
        (status = 200, description = "All groups; searches know them within a minute", body = SynonymsDto),
        (status = 412, description = "They were changed since they were read; `current` is what they are now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_synonyms(
    State(database): State<Database>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(body): Body<SynonymsInput>,
) -> Result<Response, Problem> {
    let synonyms = parse(body.groups)?;
    let before = database.synonyms().await.map_err(Problem::internal)?;
    if before.version != version {
        return Err(Problem::outdated(&SynonymsDto::from(before)));
    }
    if before.value == synonyms {
        return Ok(tagged(version, Json(SynonymsDto::from(before))));
    }
    match database.update_synonyms(&before, synonyms, &actor(&person)).await {
        Ok(after) => Ok(tagged(after.version, Json(SynonymsDto::from(after)))),
        Err(SynonymsWriteError::Outdated) => {
            let current = database.synonyms().await.map_err(Problem::internal)?;
            Err(Problem::outdated(&SynonymsDto::from(current)))
        }
        Err(SynonymsWriteError::Store(error)) => Err(Problem::internal(error)),
    }
}

fn parse(groups: Vec<Vec<String>>) -> Result<Synonyms, Problem> {
    let pointer = |error: &SynonymError| match (error.group, error.term) {
        (None, _) => "/groups".to_owned(),
        (Some(group), None) => format!("/groups/{group}"),
        (Some(group), Some(term)) => format!("/groups/{group}/{term}"),
    };
    Synonyms::parse(groups).map_err(|errors| {
        let problems = errors.iter().map(|error| FieldProblem::new(pointer(error), error.to_string()));
        Problem::invalid(problems.collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bad_group_or_term_is_named() {
        let groups =
            |groups: &[&[&str]]| groups.iter().map(|g| g.iter().map(|t| (*t).to_owned()).collect()).collect();
        let pointers = |bad: &[&[&str]]| {
            let problem = serde_json::to_value(parse(groups(bad)).unwrap_err()).unwrap();
            let errors = problem["errors"].as_array().unwrap().clone();
            errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            pointers(&[&["tap", "faucet"], &["tap"], &["tap", "<b>", "tap"]]),
            ["/groups/1", "/groups/2/1", "/groups/2/2"]
        );
        let too_many: Vec<&[&str]> = vec![&["tap", "faucet"]; Synonyms::MAX_GROUPS + 1];
        assert_eq!(pointers(&too_many), ["/groups"]);
        assert!(parse(groups(&[&["tap", "faucet"]])).is_ok());
    }
}
